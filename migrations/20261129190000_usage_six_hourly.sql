-- usage_hourly by six hours (UTC), for days in zones whose midnight is not UTC's: of a day that Tokyo's midnight cuts, nine hours
-- count with the next: they are read as six and three. Made and marked as usage_daily is.
create table public.usage_six_hourly (
    cluster             text        not null,
    six_hours           timestamptz not null, -- when it begins: 0, 6, 12 or 18 o'clock
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
create index usage_six_hourly_six_hours on public.usage_six_hourly (cluster, six_hours);
create index usage_six_hourly_feature on public.usage_six_hourly (namespace, feature, six_hours);

alter table public.usage_six_hourly owner to tollgate_owner;
revoke all on public.usage_six_hourly from public;
grant select on public.usage_six_hourly to tollgate_reader;
alter table public.usage_six_hourly enable row level security;
create policy admins_read_all on public.usage_six_hourly for select to tollgate_reader_all using (true);
create policy admins_read_their_cluster on public.usage_six_hourly for select to tollgate_reader_cluster
    using (cluster = any (array(select c.cluster from public.reader_clusters c)));
create policy teams_read_their_namespaces on public.usage_six_hourly for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));

-- What was summed has none of these yet; the leader sums it anew. One of a release that knows no such sums would take the marks for nothing: it
-- is shown none until it has been replaced.
create view public.usage_unsummed_settled_days as
    select u.cluster, u.day, u.namespace, u.feature from public.usage_unsummed u
    where not exists (select from public.usage_dirty_days d where d.cluster = u.cluster and d.day = u.day)
        and not exists (select from public.usage_dirty d where d.cluster = u.cluster
            and d.hour >= u.day::timestamp at time zone 'UTC' and d.hour < (u.day + 1)::timestamp at time zone 'UTC')
        and not exists (select from public.usage_rolling r where r.cluster = u.cluster
            and r.start >= u.day::timestamp at time zone 'UTC' and r.start < (u.day + 1)::timestamp at time zone 'UTC');
alter view public.usage_unsummed_settled_days owner to tollgate_owner;
revoke all on public.usage_unsummed_settled_days from public;
create or replace view public.usage_unsummed_settled as
    select cluster, day, namespace, feature from public.usage_unsummed where false;
insert into public.usage_unsummed
    select distinct cluster, (hour at time zone 'UTC')::date, namespace, feature from public.usage_hourly
    order by 1, 2, 3, 4
    on conflict do nothing;
