-- Makes one hour of one cluster anew: $1 cluster ('' for rows that name none), $2 the hour's first moment (Unix seconds).
-- What did not change is not written: a late row in an old hour costs one row. $3: the sizes of calls' inputs that have prices
-- of their own. Columns are named, for a newer release may have given the table more.
--
-- Each call gives one line for itself (kind null) and one for each kind of unit it used, so that one pass sums both.
-- `metadata` is as sidecars sent it: what is no plausible count is passed over, and texts have an end.
with lines as (
    select left(coalesce(l.namespace, ''), 253) as namespace,
           left(coalesce(l.workload, ''), 253) as workload,
           left(l.feature, 253) as feature,
           left(l.provider, 64) as provider,
           left(l.host, 253) as host,
           left(coalesce(l.model, ''), 253) as model,
           left(coalesce(l.account, ''), 64) as account,
           l.outcome,
           l.usage_source,
           left(coalesce(l.metadata ->> 'price', ''), 64) as price,
           left(coalesce(l.metadata ->> 'served', ''), 64) as served,
           coalesce(($3::bigint[])[width_bucket(l.input_tokens / merged.calls - 1, $3::bigint[])], 0)::int as input_above,
           unit.kind,
           sum(merged.calls) as calls,
           coalesce(sum(merged.calls) filter (where l.cost_usd is null), 0) as unpriced_calls,
           sum(l.cost_usd) as cost_usd,
           sum(l.tokens_used) as tokens_used,
           sum(l.input_tokens) as input_tokens,
           sum(l.output_tokens) as output_tokens,
           sum(l.cached_input_tokens) as cached_input_tokens,
           sum(l.cache_write_tokens) as cache_write_tokens,
           sum(l.reasoning_tokens) as reasoning_tokens,
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
    where l.created_at >= to_timestamp($2) and l.created_at < to_timestamp($2 + 3600) and coalesce(l.cluster, '') = $1
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
), fresh as materialized (
    select $1::text as cluster, to_timestamp($2::bigint) as hour, namespace, workload, feature, provider, host, model, account, outcome,
           usage_source, price, served, input_above,
           sum(calls) filter (where kind is null)::bigint as calls,
           sum(unpriced_calls) filter (where kind is null)::bigint as unpriced_calls,
           coalesce(sum(cost_usd) filter (where kind is null), 0) as cost_usd,
           least(sum(tokens_used) filter (where kind is null), 9223372036854775807)::bigint as tokens_used,
           least(sum(input_tokens) filter (where kind is null), 9223372036854775807)::bigint as input_tokens,
           least(sum(output_tokens) filter (where kind is null), 9223372036854775807)::bigint as output_tokens,
           least(sum(cached_input_tokens) filter (where kind is null), 9223372036854775807)::bigint as cached_input_tokens,
           least(sum(cache_write_tokens) filter (where kind is null), 9223372036854775807)::bigint as cache_write_tokens,
           least(sum(reasoning_tokens) filter (where kind is null), 9223372036854775807)::bigint as reasoning_tokens,
           coalesce(jsonb_object_agg(kind, units) filter (where kind is not null), '{}') as units
    from lines
    group by namespace, workload, feature, provider, host, model, account, outcome, usage_source, price, served, input_above
), held as materialized (
    select cluster, hour, namespace, workload, feature, provider, host, model, account, outcome, usage_source, price,
           served, input_above, calls, unpriced_calls, cost_usd, tokens_used, input_tokens, output_tokens,
           cached_input_tokens, cache_write_tokens, reasoning_tokens, units
    from public.usage_hourly where cluster = $1 and hour = to_timestamp($2)
), gone as (
    delete from public.usage_hourly u
    using (select * from held except select * from fresh) h
    where u.cluster = $1 and u.hour = to_timestamp($2)
        -- a few columns find it, all of them make it sure
        and h.namespace = u.namespace and h.workload = u.workload and h.feature = u.feature and h.model = u.model
        and h = row(u.cluster, u.hour, u.namespace, u.workload, u.feature, u.provider, u.host, u.model, u.account, u.outcome,
            u.usage_source, u.price, u.served, u.input_above, u.calls, u.unpriced_calls, u.cost_usd, u.tokens_used,
            u.input_tokens, u.output_tokens, u.cached_input_tokens, u.cache_write_tokens, u.reasoning_tokens, u.units)
)
insert into public.usage_hourly (cluster, hour, namespace, workload, feature, provider, host, model, account, outcome, usage_source, price,
    served, input_above, calls, unpriced_calls, cost_usd, tokens_used, input_tokens, output_tokens,
    cached_input_tokens, cache_write_tokens, reasoning_tokens, units)
select * from fresh
except
select * from held
order by namespace, feature
