-- What calls without a feature were, by group: $1 cluster or null, $2 namespace or null, $3 since when, $4 until then or null. A row may be the sum of calls.
with calls as (
    select coalesce(cluster, '') as cluster, coalesce(namespace, '') as namespace, metadata->>'fingerprint' as fingerprint,
           workload, outcome, coalesce(metadata->>'model_requested', model) as model, cost_usd, created_at, usage_source,
           case when metadata ->> 'merged' ~ '^[1-9][0-9]{0,8}$' then (metadata ->> 'merged')::bigint else 1 end as calls
    from public.provider_usage_logs
    where feature = 'unattributed' and created_at >= $3::timestamptz and created_at < coalesce($4::timestamptz, 'infinity')
      and ($1::text is null or cluster = $1) and ($2::text is null or namespace = $2)
), total as (
    select coalesce(sum(cost_usd), 0) as cost, sum(calls)::bigint as calls from calls
), workloads as (
    select cluster, namespace, fingerprint, workload, row_number() over (
        partition by cluster, namespace, fingerprint order by sum(calls) desc, workload) as place
    from calls where workload is not null group by 1, 2, 3, 4
), models as (
    select cluster, namespace, fingerprint, model, row_number() over (
        partition by cluster, namespace, fingerprint order by sum(calls) desc, model) as place
    from calls where model is not null group by 1, 2, 3, 4
), groups as (
    select cluster, namespace, fingerprint, coalesce(sum(cost_usd), 0) as cost, sum(calls)::bigint as calls,
           coalesce(sum(calls) filter (where outcome = 'refused'), 0)::bigint as refused,
           coalesce(sum(calls) filter (where cost_usd is null), 0)::bigint as unpriced,
           coalesce(sum(cost_usd) filter (where usage_source = 'estimated'), 0) as estimated, min(created_at) as first, max(created_at) as last
    from calls group by 1, 2, 3
)
select g.cluster, g.namespace, g.fingerprint,
       round(case when t.cost > 0 then 100 * g.cost / t.cost else 100.0 * g.calls / t.calls end, 1)::text as share,
       trim_scale(g.cost)::text as cost, trim_scale(g.estimated)::text as estimated_cost, g.calls, g.refused as refused_calls, g.unpriced as unpriced_calls,
       array(select w.workload from workloads w
             where (w.cluster, w.namespace) = (g.cluster, g.namespace) and w.fingerprint is not distinct from g.fingerprint
               and w.place <= 10 order by w.place) as workloads,
       array(select m.model from models m
             where (m.cluster, m.namespace) = (g.cluster, g.namespace) and m.fingerprint is not distinct from g.fingerprint
               and m.place <= 10 order by m.place) as models,
       to_char(least(k.first_seen, g.first) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as first_seen,
       to_char(g.last at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_seen
from groups g
cross join total t
left join public.fingerprint_groups k on (k.cluster, k.namespace, k.id) = (g.cluster, g.namespace, g.fingerprint)
order by g.fingerprint is null, g.cost desc, g.calls desc, g.namespace, g.fingerprint
