-- The newest calls of a span, for dashboards. To sort all of a busy day for fifty of its calls takes longer the busier it is: spans that end where the one
-- before began, each eight times as long, are asked until there are enough, and no call is looked at twice.

-- The least id of a call that began then.
create function public.tollgate_id_at(at timestamptz) returns uuid
    language sql immutable parallel safe
as $$
    select rpad(lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0'), 32, '0')::uuid
$$;

create function public.tollgate_last_calls(
    since timestamptz, until timestamptz, clusters text[], namespaces text[] default null, features text[] default null, most integer default 50
)
    returns setof public.provider_usage_logs
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set jit = off
as $$
declare
    span interval := '10 seconds';
    upper timestamptz := until + interval '1 millisecond';
    lower timestamptz;
    found integer;
begin
    if not isfinite(since) or not isfinite(until) then
        raise exception 'since and until are two times: write now() - interval ''30 days'', now()' using errcode = 'invalid_parameter_value';
    end if;
    while most > 0 and upper > since loop
        lower := greatest(since, upper - span);
        return query
            select c.* from public.provider_usage_logs c
            where c.created_at >= lower and c.created_at < upper and c.created_at <= until
                and c.id >= public.tollgate_id_at(lower) and c.id < public.tollgate_id_at(upper + interval '1 millisecond')
                and (features is null or c.feature = any(features))
                -- the index by feature and hour: worth it where a span has much of an hour
                and (span < interval '5 minutes' or date_bin('1 hour', c.created_at, '2000-01-01 00:00:00+00')
                    between date_bin('1 hour', lower, '2000-01-01 00:00:00+00') and date_bin('1 hour', upper, '2000-01-01 00:00:00+00'))
                and coalesce(c.cluster, '') = any(clusters)
                and (namespaces is null or c.namespace = any(namespaces))
            order by c.id desc limit most;
        get diagnostics found = row_count;
        most := most - found;
        upper := lower;
        span := span * 8;
    end loop;
end
$$;

alter function public.tollgate_id_at(timestamptz) owner to tollgate_owner;
alter function public.tollgate_last_calls(timestamptz, timestamptz, text[], text[], text[], integer) owner to tollgate_owner;
revoke all on function public.tollgate_id_at(timestamptz), public.tollgate_last_calls(timestamptz, timestamptz, text[], text[], text[], integer) from public;
grant execute on function public.tollgate_id_at(timestamptz), public.tollgate_last_calls(timestamptz, timestamptz, text[], text[], text[], integer) to tollgate_reader;
