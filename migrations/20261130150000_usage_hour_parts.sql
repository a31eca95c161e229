-- What of an hour came after a zone's midnight that is no whole hour of UTC's: India's cuts the hour at half past six in the evening. Days of such zones
-- were exact for as long as there were rows, half an hour of which was read for each day. Made of rows, and marked as usage_six_hourly is.
create table public.usage_hour_parts (
    cluster             text        not null,
    since               timestamptz not null, -- until the hour ends, or the next such midnight
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
create index usage_hour_parts_since on public.usage_hour_parts (cluster, since);
create index usage_hour_parts_feature on public.usage_hour_parts (namespace, feature, since);

-- The days (UTC) that have them, for those without a line had nothing: days whose rows were gone before have none.
create table public.usage_hour_part_days (
    cluster text not null,
    day     date not null,
    primary key (cluster, day)
);

do $access$
declare
    of_parts text;
begin
    foreach of_parts in array array['usage_hour_parts', 'usage_hour_part_days'] loop
        execute format('alter table public.%I owner to tollgate_owner', of_parts);
        execute format('revoke all on public.%I from public', of_parts);
        execute format('grant select on public.%I to tollgate_reader', of_parts);
        execute format('alter table public.%I enable row level security', of_parts);
        execute format('create policy admins_read_all on public.%I for select to tollgate_reader_all using (true)', of_parts);
        execute format('create policy admins_read_their_cluster on public.%I for select to tollgate_reader_cluster
            using (cluster = any (array(select c.cluster from public.reader_clusters c)))', of_parts);
    end loop;
end
$access$;
create policy teams_read_their_namespaces on public.usage_hour_parts for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));
create policy teams_read_their_clusters on public.usage_hour_part_days for select to tollgate_reader
    using (cluster in (select t.cluster from public.reader_namespaces t));

-- Days that still have rows are summed anew. A leader of a release that knows no such parts would take the marks for nothing: it is shown
-- none until it has been replaced.
alter view public.usage_unsummed_settled_parts rename to usage_unsummed_ready;
create view public.usage_unsummed_settled_parts as
    select cluster, day, namespace, feature from public.usage_unsummed where false;
alter view public.usage_unsummed_settled_parts owner to tollgate_owner;
revoke all on public.usage_unsummed_settled_parts from public;
insert into public.usage_unsummed
    select distinct cluster, (hour at time zone 'UTC')::date, namespace, feature from public.usage_hourly
    where to_regclass('public.provider_usage_logs_p' || to_char((hour at time zone 'UTC')::date, 'YYYYMMDD')) is not null
    order by 1, 2, 3, 4
    on conflict do nothing;
