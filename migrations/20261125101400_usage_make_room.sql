-- Before a batch that did not fit is tried again: gives ids with an impossible time a time (usage_clamped), and makes the
-- partitions that are missing. An id whose time was possible when its row came keeps that row, also when it is sent
-- again so late that it no longer is.
create function public.tollgate_usage_make_room(batch jsonb) returns void
    language plpgsql
as $$
declare
    day date;
begin
    insert into public.usage_clamped (id, created_at)
        select distinct on (i.id) i.id, coalesce(
            (select l.created_at from public.provider_usage_logs l where l.id = i.id and l.created_at = i.said),
            date_trunc('milliseconds', now()))
        from public.tollgate_batch_ids(batch) i
        where i.said not between now() - interval '30 days' and now() + interval '1 day'
        order by i.id
        on conflict (id) do nothing;

    for day in
        select distinct (coalesce(c.created_at, i.said) at time zone 'UTC')::date
        from public.tollgate_batch_ids(batch) i
        left join public.usage_clamped c on c.id = i.id
        order by 1
    loop
        perform public.tollgate_ensure_partition(day);
    end loop;
end
$$;

-- The ids of a batch that are ids, with the time each says; whatever else a batch may hold is passed over.
create function public.tollgate_batch_ids(batch jsonb) returns table (id uuid, said timestamptz)
    language sql stable
as $$
    select t.id, public.tollgate_id_time(t.id)
    from (
        select (e ->> 'id')::uuid as id
        from jsonb_array_elements(batch) e
        where jsonb_typeof(e) = 'object'
            and e ->> 'id' ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
    ) t
$$;

alter function public.tollgate_batch_ids(jsonb) owner to tollgate_owner;
revoke all on function public.tollgate_batch_ids(jsonb) from public;
alter function public.tollgate_usage_make_room(jsonb) owner to tollgate_owner;
revoke all on function public.tollgate_usage_make_room(jsonb) from public;
