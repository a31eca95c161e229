-- The ledger by hour, for everything that looks at more than single calls: of money and of units, so that history can be
-- priced anew when the rows are gone. What a call cost is linear in its units as long as model, host, service (`served`) and
-- size class (`input_above`) are the same, so all of these are kept apart.
--
-- The operator replaces an hour whole (operator/src/database/rollup), so there is one row for each combination, though
-- no index says so: one over all these texts would be larger than the table. '' stands for what a call did not have.
create table public.usage_hourly (
    cluster             text        not null,
    hour                timestamptz not null, -- its first moment
    namespace           text        not null,
    workload            text        not null,
    feature             text        not null,
    provider            text        not null,
    host                text        not null,
    model               text        not null,
    account             text        not null,
    outcome             text        not null,
    usage_source        text        not null,
    price               text        not null, -- the version of the price book
    served              text        not null, -- '' as by default, else what the answer said: flex, priority …
    input_above         integer     not null, -- the call's input was larger than so many tokens: 0, 100000, 128000, 200000 or 272000

    calls               bigint      not null,
    unpriced_calls      bigint      not null, -- of the calls: without a cost
    cost_usd            numeric     not null, -- of the priced calls, exact
    tokens_used         bigint      not null,
    input_tokens        bigint      not null,
    output_tokens       bigint      not null,
    cached_input_tokens bigint      not null,
    cache_write_tokens  bigint      not null,
    reasoning_tokens    bigint      not null,
    units               jsonb       not null  -- sums of metadata.usage, by kind
) with (
    -- The current hour is written every few seconds; what it leaves behind must not wait for a fifth of the table.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000
);

create index usage_hourly_hour on public.usage_hourly (cluster, hour);
create index usage_hourly_feature on public.usage_hourly (namespace, feature, hour);

alter table public.usage_hourly owner to tollgate_owner;
revoke all on public.usage_hourly from public;
grant select on public.usage_hourly to tollgate_reader;

alter table public.usage_hourly enable row level security;
create policy admins_read_all on public.usage_hourly for select to tollgate_reader_all using (true);
create policy teams_read_their_namespaces on public.usage_hourly for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));
