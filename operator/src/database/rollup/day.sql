-- Makes the users of one day of one cluster anew: $1 cluster ('' for rows that name none), $2 the day (UTC). Works as hour.sql does.
with lines as (
    select left(coalesce(l.namespace, ''), 253) as namespace,
           left(l.feature, 253) as feature,
           left(coalesce(l.user_id, ''), 253) as user_id,
           left(l.provider, 64) as provider,
           left(l.host, 253) as host,
           left(coalesce(l.model, ''), 253) as model,
           left(coalesce(l.metadata ->> 'price', ''), 64) as price,
           left(coalesce(l.metadata ->> 'served', ''), 64) as served,
           coalesce(($3::bigint[])[width_bucket(l.input_tokens / merged.calls - 1, $3::bigint[])], 0)::int as input_above,
           unit.kind,
           sum(merged.calls) as calls,
           coalesce(sum(merged.calls) filter (where l.outcome = 'refused'), 0) as refused_calls,
           coalesce(sum(merged.calls) filter (where l.outcome in ('provider_error', 'provider_closed', 'unreachable')), 0) as failed_calls,
           coalesce(sum(merged.calls) filter (where l.cost_usd is null), 0) as unpriced_calls,
           sum(l.cost_usd) as cost_usd,
           sum(l.cost_usd) filter (where l.usage_source = 'estimated') as estimated_usd,
           sum(l.input_tokens) as input_tokens,
           sum(l.output_tokens) as output_tokens,
           sum(unit.count) as units
    from public.provider_usage_logs l
    -- a row may be the sum of calls, all of one hour and size
    cross join lateral (
        select case when l.metadata ->> 'merged' ~ '^[1-9][0-9]{0,8}$' then (l.metadata ->> 'merged')::bigint else 1 end as calls
    ) merged
    cross join lateral (
        select null::text as kind, null::numeric as count
        union all
        select u.key, (u.value #>> '{}')::numeric
        from jsonb_each(case jsonb_typeof(l.metadata -> 'usage') when 'object' then l.metadata -> 'usage' else '{}' end) u
        where jsonb_typeof(u.value) = 'number' and u.key ~ '^[a-z0-9_]{1,40}$' and length(u.value #>> '{}') <= 18
    ) unit
    where l.created_at >= $2::text::date::timestamp at time zone 'UTC' and l.created_at < ($2::text::date + 1)::timestamp at time zone 'UTC'
        and coalesce(l.cluster, '') = $1
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
), fresh as materialized (
    select $1::text as cluster, $2::text::date as day, namespace, feature, user_id, provider, host, model, price, served, input_above,
           sum(calls) filter (where kind is null)::bigint as calls,
           sum(refused_calls) filter (where kind is null)::bigint as refused_calls,
           sum(failed_calls) filter (where kind is null)::bigint as failed_calls,
           sum(unpriced_calls) filter (where kind is null)::bigint as unpriced_calls,
           coalesce(sum(cost_usd) filter (where kind is null), 0) as cost_usd,
           coalesce(sum(estimated_usd) filter (where kind is null), 0) as estimated_usd,
           least(sum(input_tokens) filter (where kind is null), 9223372036854775807)::bigint as input_tokens,
           least(sum(output_tokens) filter (where kind is null), 9223372036854775807)::bigint as output_tokens,
           coalesce(jsonb_object_agg(kind, units) filter (where kind is not null), '{}') as units
    from lines
    group by namespace, feature, user_id, provider, host, model, price, served, input_above
), held as materialized (
    select cluster, day, namespace, feature, user_id, provider, host, model, price, served, input_above, calls,
           refused_calls, failed_calls, unpriced_calls, cost_usd, estimated_usd, input_tokens, output_tokens, units
    from public.usage_users_daily where cluster = $1 and day = $2::text::date
), gone as (
    delete from public.usage_users_daily u
    using (select * from held except select * from fresh) h
    where u.cluster = $1 and u.day = $2::text::date
        and h.namespace = u.namespace and h.feature = u.feature and h.user_id = u.user_id and h.model = u.model
        and h = row(u.cluster, u.day, u.namespace, u.feature, u.user_id, u.provider, u.host, u.model, u.price, u.served,
            u.input_above, u.calls, u.refused_calls, u.failed_calls, u.unpriced_calls, u.cost_usd, u.estimated_usd,
            u.input_tokens, u.output_tokens, u.units)
)
insert into public.usage_users_daily (cluster, day, namespace, feature, user_id, provider, host, model, price, served, input_above, calls,
    refused_calls, failed_calls, unpriced_calls, cost_usd, estimated_usd, input_tokens, output_tokens, units)
select * from fresh
except
select * from held
-- a feature's lines stand together: read one by one they took four times as long
order by namespace, feature
