-- A batch (JSON array of objects, a member a column) as rows of the ledger. What the token names is stamped over what
-- the rows say; members nobody knows are ignored, so that newer sidecars may send more.
--
-- `created_at` is the id's time where that can be right: from 30 days ago (older days may be rolled up and dropped)
-- to a day ahead. Outside it is what usage_clamped holds, and NULL where that holds nothing: the row is then not taken,
-- and tollgate_ingest_v1 sees to it.
create function public.tollgate_usage_rows(batch jsonb, cluster text, namespace text, pod text)
    returns setof public.provider_usage_logs
    language sql stable
as $$
    select
        r.id,
        coalesce(c.created_at, case
            when public.tollgate_id_time(r.id) between now() - interval '30 days' and now() + interval '1 day'
            then public.tollgate_id_time(r.id)
        end),
        now(),
        coalesce($2, r.cluster),
        coalesce($3, r.namespace),
        r.workload,
        coalesce($4, r.pod),
        r.container,
        r.feature,
        r.user_id,
        r.provider,
        r.host,
        r.model,
        r.endpoint,
        r.outcome,
        r.status,
        r.streamed,
        r.tokens_used,
        r.input_tokens,
        r.output_tokens,
        r.cached_input_tokens,
        r.cache_write_tokens,
        r.reasoning_tokens,
        r.cost_usd,
        r.usage_source,
        r.account,
        case
            when c.id is null then coalesce(r.metadata, '{}')
            else coalesce(r.metadata, '{}') || jsonb_build_object('clock_said', public.tollgate_id_time(r.id))
        end
    from jsonb_to_recordset($1) as r (
        id uuid, cluster text, namespace text, workload text, pod text, container text, feature text, user_id text,
        provider text, host text, model text, endpoint text, outcome text, status smallint, streamed boolean,
        tokens_used bigint, input_tokens bigint, output_tokens bigint, cached_input_tokens bigint,
        cache_write_tokens bigint, reasoning_tokens bigint, cost_usd numeric(20, 12), usage_source text, account text, metadata jsonb
    )
    left join public.usage_clamped c on c.id = r.id
$$;

alter function public.tollgate_usage_rows(jsonb, text, text, text) owner to tollgate_owner;
revoke all on function public.tollgate_usage_rows(jsonb, text, text, text) from public;
