-- As before, but who began a pending call stays the one who pays for it: a row that completes it may be written by whoever
-- read its result, another pod or another feature.
--
-- Puts a batch into the ledger, all of it or, by an error, nothing. Ids that are there already are looked at only when
-- there are any: then a row of higher rank takes the place of one of lower, within its own cluster and namespace (an id
-- that another tenant holds is not to be had).
create or replace function public.tollgate_usage_put(
    batch jsonb, cluster text, namespace text, pod text, out accepted bigint, out replaced bigint
)
    language plpgsql
as $$
#variable_conflict use_column
begin
    with put as (
        insert into public.provider_usage_logs
        select r.* from public.tollgate_usage_rows($1, $2, $3, $4) r
        order by r.id, public.tollgate_usage_rank(r.outcome, r.usage_source) desc
        on conflict do nothing
        returning cluster, created_at
    ), marked as (
        insert into public.usage_dirty as d
        select distinct coalesce(put.cluster, ''), date_trunc('hour', put.created_at, 'UTC'), pg_backend_pid() % 64
        from put
        order by 1, 2
        -- locks a mark that is there, and writes nothing
        on conflict (cluster, hour, lane) do update set lane = excluded.lane where false
    )
    select count(*) into accepted from put;

    replaced := 0;
    if accepted = jsonb_array_length(batch) then
        return;
    end if;

    with better as (
        select distinct on (r.id) r.* from public.tollgate_usage_rows($1, $2, $3, $4) r
        order by r.id, public.tollgate_usage_rank(r.outcome, r.usage_source) desc
    ), put as (
        update public.provider_usage_logs l
        set received_at = b.received_at,
            workload = case when l.outcome = 'pending' then l.workload else b.workload end,
            pod = case when l.outcome = 'pending' then l.pod else b.pod end,
            container = case when l.outcome = 'pending' then l.container else b.container end,
            feature = case when l.outcome = 'pending' then l.feature else b.feature end,
            user_id = case when l.outcome = 'pending' then l.user_id else b.user_id end,
            account = case when l.outcome = 'pending' then l.account else b.account end,
            endpoint = case when l.outcome = 'pending' then l.endpoint else b.endpoint end,
            status = case when l.outcome = 'pending' then l.status else b.status end,
            streamed = case when l.outcome = 'pending' then l.streamed else b.streamed end,
            provider = b.provider, host = b.host, model = b.model, outcome = b.outcome,
            tokens_used = b.tokens_used, input_tokens = b.input_tokens, output_tokens = b.output_tokens,
            cached_input_tokens = b.cached_input_tokens, cache_write_tokens = b.cache_write_tokens,
            reasoning_tokens = b.reasoning_tokens, cost_usd = b.cost_usd, usage_source = b.usage_source,
            metadata = case when l.outcome = 'pending' then l.metadata - 'unpriced' else '{}' end || b.metadata
        from better b
        where l.id = b.id and l.created_at = b.created_at
            and l.cluster is not distinct from b.cluster
            and l.namespace is not distinct from b.namespace
            and public.tollgate_usage_rank(l.outcome, l.usage_source) < public.tollgate_usage_rank(b.outcome, b.usage_source)
        returning l.cluster, l.created_at
    ), marked as (
        insert into public.usage_dirty as d
        select distinct coalesce(put.cluster, ''), date_trunc('hour', put.created_at, 'UTC'), pg_backend_pid() % 64
        from put
        order by 1, 2
        on conflict (cluster, hour, lane) do update set lane = excluded.lane where false
    )
    select count(*) into replaced from put;
end
$$;
