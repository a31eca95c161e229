-- usage_hourly by quarter of a day (UTC), for days in zones whose midnight is not UTC's: of a day that Tokyo's midnight cuts, nine hours
-- count with the next; read are three quarters of a day less three hours at most. Made and marked as usage_daily is.
create table public.usage_quarter_daily (
    cluster             text        not null,
    quarter             timestamptz not null, -- when it begins: 0, 6, 12 or 18 o'clock
    namespace           text        not null,
    workload            text        not null,
    feature             text        not null,
    provider            text        not null,
    model               text        not null,
    outcome             text        not null,
    usage_source        text        not null,

    calls               bigint  not null,
    unpriced_calls      bigint  not null,
    cost_usd            numeric not null,
    input_tokens        bigint  not null,
    output_tokens       bigint  not null,
    cached_input_tokens bigint  not null,
    cache_write_tokens  bigint  not null,
    reasoning_tokens    bigint  not null
);
create index usage_quarter_daily_quarter on public.usage_quarter_daily (cluster, quarter);
create index usage_quarter_daily_feature on public.usage_quarter_daily (namespace, feature, quarter);

alter table public.usage_quarter_daily owner to tollgate_owner;
revoke all on public.usage_quarter_daily from public;
grant select on public.usage_quarter_daily to tollgate_reader;
alter table public.usage_quarter_daily enable row level security;
create policy admins_read_all on public.usage_quarter_daily for select to tollgate_reader_all using (true);
create policy admins_read_their_cluster on public.usage_quarter_daily for select to tollgate_reader_cluster
    using (cluster = any (array(select c.cluster from public.reader_clusters c)));
create policy teams_read_their_namespaces on public.usage_quarter_daily for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));

-- What was summed has no quarters yet; the leader sums it anew. One of a release that knows none would take the marks for nothing: it finds
-- them no longer, and says so until it has been replaced.
alter view public.usage_unsummed_settled rename to usage_unsummed_settled_days;
insert into public.usage_unsummed
    select distinct cluster, (hour at time zone 'UTC')::date, namespace, feature from public.usage_hourly
    on conflict do nothing;
