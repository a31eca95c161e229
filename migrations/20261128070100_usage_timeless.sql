-- Answers that can be read again and tell no time (the lines of a batch's results) have ids of their first reading's time.
-- Whoever reads one again, a day later in another pod, must write the same row: the first id is kept here, by the part of
-- it that is made of the provider's own id.
create table public.usage_timeless (
    tenant     text        not null, -- cluster and namespace
    mark       text        not null, -- the id behind its time, in hex
    id         uuid        not null,
    first_read timestamptz not null default now(),
    primary key (tenant, mark)
);

create index usage_timeless_first_read on public.usage_timeless (first_read);
alter table public.usage_timeless owner to tollgate_owner;
revoke all on public.usage_timeless from public;

-- The batch, its timeless rows under the ids of their first reading. Providers keep results for 30 days; what is older
-- than 60 is forgotten.
create function public.tollgate_usage_timeless(batch jsonb, cluster text, namespace text) returns jsonb
    language plpgsql
as $$
declare
    item jsonb;
    known uuid;
    mended jsonb := '[]';
begin
    delete from public.usage_timeless t
        where t.ctid = any (array(
            select o.ctid from public.usage_timeless o where o.first_read < now() - interval '60 days' limit 100
        ));
    for item in select e from jsonb_array_elements(batch) e loop
        if item -> 'metadata' ? 'timeless' and item ->> 'id' ~ '^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$' then
            insert into public.usage_timeless as t (tenant, mark, id)
                values (
                    coalesce($2, item ->> 'cluster', '') || '/' || coalesce($3, item ->> 'namespace', ''),
                    substr(replace(item ->> 'id', '-', ''), 13),
                    (item ->> 'id')::uuid
                )
                on conflict (tenant, mark) do update set id = t.id
                returning t.id into known;
            item := jsonb_set(item, '{id}', to_jsonb(known::text)) #- '{metadata,timeless}';
        end if;
        mended := mended || jsonb_build_array(item);
    end loop;
    return mended;
end
$$;

alter function public.tollgate_usage_timeless(jsonb, text, text) owner to tollgate_owner;
revoke all on function public.tollgate_usage_timeless(jsonb, text, text) from public;

-- As before, with that.
create or replace function public.tollgate_ingest_v1(token text, batch jsonb) returns jsonb
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    claims jsonb := public.tollgate_ingest_claims(token);
    cluster text := claims ->> 'cluster';
    namespace text := claims ->> 'namespace';
    pod text := claims ->> 'pod';
    total bigint;
    put record;
    item jsonb;
    accepted bigint := 0;
    replaced bigint := 0;
    quarantined bigint := 0;
    fault text;
    fault_rule text;
    fault_column text;
begin
    if claims ? 'refused' then
        return claims;
    end if;
    if jsonb_typeof(batch) is distinct from 'array' then
        batch := jsonb_build_array(coalesce(batch, 'null')); -- one thing, perhaps a row
    end if;
    total := jsonb_array_length(batch);
    if total > 10000 then
        return jsonb_build_object('refused', format('a batch of %s rows is too large, at most 10000', total));
    end if;

    if batch @? '$[*].metadata.timeless' then
        batch := public.tollgate_usage_timeless(batch, cluster, namespace);
    end if;

    -- First as it is, then once more with room made for it.
    for attempt in 1..2 loop
        begin
            put := public.tollgate_usage_put(batch, cluster, namespace, pod);
            return jsonb_build_object('accepted', put.accepted, 'replaced', put.replaced,
                'duplicate', total - put.accepted - put.replaced, 'quarantined', 0);
        exception when data_exception or integrity_constraint_violation or program_limit_exceeded then
            if attempt = 1 then
                perform public.tollgate_usage_make_room(batch);
            end if;
        end;
    end loop;

    -- A row is at fault: each for itself.
    for item in select e from jsonb_array_elements(batch) e loop
        begin
            put := public.tollgate_usage_put(jsonb_build_array(item), cluster, namespace, pod);
            accepted := accepted + put.accepted;
            replaced := replaced + put.replaced;
        exception when data_exception or integrity_constraint_violation or program_limit_exceeded then
            get stacked diagnostics fault = message_text, fault_rule = constraint_name, fault_column = column_name;
            quarantined := quarantined + 1;
            insert into public.usage_quarantine (fingerprint, cluster, namespace, pod, reason, row)
            values (
                sha256(convert_to(item::text, 'UTF8')),
                cluster, namespace, pod,
                case
                    when jsonb_typeof(item) <> 'object' then 'it is no JSON object'
                    when not exists (select from public.tollgate_batch_ids(jsonb_build_array(item)))
                        then 'its id is no UUIDv7 or UUIDv8'
                    when fault_column <> '' then fault_column || ' is missing'
                    when fault_rule <> '' then 'it breaks the rule ' || fault_rule
                    else left(fault, 500)
                end,
                item
            )
            on conflict do nothing;
        end;
    end loop;
    return jsonb_build_object('accepted', accepted, 'replaced', replaced,
        'duplicate', total - accepted - replaced - quarantined, 'quarantined', quarantined);
end
$$;
