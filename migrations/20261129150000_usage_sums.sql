-- Sums of the two rollups, for questions over months: 50 features in 90 days are 400,000 lines by hour and 18,000 by day; of
-- 10,000 users who use them all, the rollup by user and day has a line for nearly each call.
--
-- They are made of the rollups and not of the rows, which are gone after some weeks. What they lack is marked; whoever
-- reads takes what is marked from the rollups.

-- usage_hourly by day (UTC), without what only prices ask for.
create table public.usage_daily (
    cluster             text    not null,
    day                 date    not null,
    namespace           text    not null,
    workload            text    not null,
    feature             text    not null,
    provider            text    not null,
    model               text    not null,
    outcome             text    not null,
    usage_source        text    not null,

    calls               bigint  not null,
    unpriced_calls      bigint  not null,
    cost_usd            numeric not null,
    input_tokens        bigint  not null,
    output_tokens       bigint  not null,
    cached_input_tokens bigint  not null,
    cache_write_tokens  bigint  not null,
    reasoning_tokens    bigint  not null
);
create index usage_daily_day on public.usage_daily (cluster, day);
create index usage_daily_feature on public.usage_daily (namespace, feature, day);

-- usage_users_daily by week (from Monday, UTC), without providers and models.
create table public.usage_users_weekly (
    cluster             text    not null,
    week                date    not null, -- its Monday
    namespace           text    not null,
    feature             text    not null,
    user_id             text    not null,

    calls               bigint  not null,
    refused_calls       bigint  not null,
    failed_calls        bigint  not null,
    unpriced_calls      bigint  not null,
    cost_usd            numeric not null,
    estimated_usd       numeric not null,
    input_tokens        bigint  not null,
    output_tokens       bigint  not null,
    cached_input_tokens bigint  not null,
    cache_write_tokens  bigint  not null,
    reasoning_tokens    bigint  not null
);
create index usage_users_weekly_feature on public.usage_users_weekly (feature, week);
create index usage_users_weekly_namespace on public.usage_users_weekly (namespace, week);
create index usage_users_weekly_user on public.usage_users_weekly (user_id, week);

-- The same of all namespaces together, by day and by week: for those who read them all. There are no lines for teams here.
create table public.usage_user_totals_daily (
    cluster             text    not null,
    day                 date    not null,
    user_id             text    not null,

    calls               bigint  not null,
    refused_calls       bigint  not null,
    failed_calls        bigint  not null,
    unpriced_calls      bigint  not null,
    cost_usd            numeric not null,
    estimated_usd       numeric not null,
    input_tokens        bigint  not null,
    output_tokens       bigint  not null,
    cached_input_tokens bigint  not null,
    cache_write_tokens  bigint  not null,
    reasoning_tokens    bigint  not null
);
create index usage_user_totals_daily_day on public.usage_user_totals_daily (cluster, day);
create index usage_user_totals_daily_user on public.usage_user_totals_daily (user_id, day);

create table public.usage_user_totals_weekly (like public.usage_user_totals_daily);
alter table public.usage_user_totals_weekly rename column day to week;
create index usage_user_totals_weekly_week on public.usage_user_totals_weekly (cluster, week);
create index usage_user_totals_weekly_user on public.usage_user_totals_weekly (user_id, week);

do $access$
declare
    of_sums text;
begin
    foreach of_sums in array array['usage_daily', 'usage_users_weekly', 'usage_user_totals_daily', 'usage_user_totals_weekly'] loop
        execute format('alter table public.%I owner to tollgate_owner', of_sums);
        execute format('revoke all on public.%I from public', of_sums);
        execute format('grant select on public.%I to tollgate_reader', of_sums);
        execute format('alter table public.%I enable row level security', of_sums);
        execute format('create policy admins_read_all on public.%I for select to tollgate_reader_all using (true)', of_sums);
        execute format('create policy admins_read_their_cluster on public.%I for select to tollgate_reader_cluster
            using (cluster = any (array(select c.cluster from public.reader_clusters c)))', of_sums);
    end loop;
    foreach of_sums in array array['usage_daily', 'usage_users_weekly'] loop
        execute format('create policy teams_read_their_namespaces on public.%I for select to tollgate_reader
            using (namespace = any (array(select t.namespace from public.reader_namespaces t))
                and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t))', of_sums);
    end loop;
end
$access$;

-- Features of which a rollup changed since their day and its week were summed.
create table public.usage_unsummed (
    cluster   text not null,
    day       date not null,
    namespace text not null,
    feature   text not null,
    primary key (cluster, day, namespace, feature)
);
alter table public.usage_unsummed owner to tollgate_owner;
revoke all on public.usage_unsummed from public;
alter table public.usage_unsummed enable row level security;

-- That a day is marked concerns all readers; whose feature it is, and of how many, none of them.
create view public.usage_unsummed_days as select distinct cluster, day from public.usage_unsummed;
alter view public.usage_unsummed_days owner to tollgate_owner;
revoke all on public.usage_unsummed_days from public;
grant select on public.usage_unsummed_days to tollgate_reader;

-- Those of days whose rollups are what their rows say: what still goes on need not be summed each minute.
create view public.usage_unsummed_settled as
    select u.cluster, u.day, u.namespace, u.feature from public.usage_unsummed u
    where not exists (select from public.usage_dirty_days d where d.cluster = u.cluster and d.day = u.day)
        and not exists (select from public.usage_dirty d where d.cluster = u.cluster
            and d.hour >= u.day::timestamp at time zone 'UTC' and d.hour < (u.day + 1)::timestamp at time zone 'UTC')
        and not exists (select from public.usage_rolling r where r.cluster = u.cluster
            and r.start >= u.day::timestamp at time zone 'UTC' and r.start < (u.day + 1)::timestamp at time zone 'UTC');
alter view public.usage_unsummed_settled owner to tollgate_owner;
revoke all on public.usage_unsummed_settled from public;

-- Held by whoever changes a day's rollups (shared, many may) or takes its marks (alone), so that no mark gets lost between.
create function public.tollgate_sums_key(of_cluster text, of_day date) returns bigint
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$ select hashtextextended('tollgate.sums ' || (of_day - date '2000-01-01') || ' ' || of_cluster, 0) $$;
alter function public.tollgate_sums_key(text, date) owner to tollgate_owner;

-- Marks whatever a statement changed, whoever ran it: an operator that is a release older, too.
create function public.tollgate_mark_unsummed_hours() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_xact_lock_shared(public.tollgate_sums_key(d.cluster, d.day))
        from (select distinct c.cluster, (c.hour at time zone 'UTC')::date as day from changed c) d;
    -- in one order: two who mark the same day would else wait for each other
    insert into public.usage_unsummed
        select distinct c.cluster, (c.hour at time zone 'UTC')::date, c.namespace, c.feature from changed c
        order by 1, 2, 3, 4
        on conflict do nothing;
    return null;
end
$$;
create function public.tollgate_mark_unsummed_days() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_xact_lock_shared(public.tollgate_sums_key(d.cluster, d.day))
        from (select distinct c.cluster, c.day from changed c) d;
    insert into public.usage_unsummed
        select distinct c.cluster, c.day, c.namespace, c.feature from changed c
        order by 1, 2, 3, 4
        on conflict do nothing;
    return null;
end
$$;
do $marks$
declare
    rollup text;
    marker text;
begin
    foreach rollup in array array['usage_hourly', 'usage_users_daily'] loop
        marker := case rollup when 'usage_hourly' then 'tollgate_mark_unsummed_hours' else 'tollgate_mark_unsummed_days' end;
        execute format('alter function public.%I() owner to tollgate_owner', marker);
        execute format('revoke all on function public.%I() from public', marker);
        execute format('create trigger unsummed_inserted after insert on public.%I
            referencing new table as changed for each statement execute function public.%I()', rollup, marker);
        execute format('create trigger unsummed_deleted after delete on public.%I
            referencing old table as changed for each statement execute function public.%I()', rollup, marker);
        execute format('create trigger unsummed_updated_from after update on public.%I
            referencing old table as changed for each statement execute function public.%I()', rollup, marker);
        execute format('create trigger unsummed_updated_to after update on public.%I
            referencing new table as changed for each statement execute function public.%I()', rollup, marker);
    end loop;
end
$marks$;

-- What there is already is summed by the leader, week by week.
insert into public.usage_unsummed
    select distinct cluster, (hour at time zone 'UTC')::date, namespace, feature from public.usage_hourly;
insert into public.usage_unsummed
    select distinct cluster, day, namespace, feature from public.usage_users_daily
    on conflict do nothing;

-- Where the ledger is large this takes minutes, in which rollups wait. Rows are taken meanwhile; readers wait for the drop at the end only.
-- Some days of a feature are found without its namespace, and one user's of one feature without those of all others.
create index usage_users_daily_feature_day on public.usage_users_daily (feature, day);
create index usage_users_daily_user_feature on public.usage_users_daily (user_id, feature, day);
drop index public.usage_users_daily_user;
