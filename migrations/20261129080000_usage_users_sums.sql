-- Users over longer times than a day, for who asks about thousands of them over months: sums of usage_users_daily by week (UTC, from
-- Monday), of all features together, of a namespace's, and of one feature; and by day, of all together.
--
-- Whoever changes a line of usage_users_daily changes these in the same transaction, by a trigger: by what is there more, less what
-- is gone. So both say the same at any moment, also where a leader of an older release is at work, and there is no mark to be waited for.
-- A line that has nothing left of it stays, with no calls.
create table public.usage_users_sums (
    level               smallint not null, -- 0: all namespaces together, 1: one namespace, 2: one feature
    cluster             text     not null,
    days                smallint not null, -- 1 or 7
    start               date     not null, -- the first of them
    feature             text     not null, -- '' at levels 0 and 1
    namespace           text     not null, -- '' at level 0
    user_id             text     not null,

    calls               bigint   not null,
    refused_calls       bigint   not null,
    failed_calls        bigint   not null,
    unpriced_calls      bigint   not null,
    cost_usd            numeric  not null,
    estimated_usd       numeric  not null,
    -- numeric, so that what is added can be taken away again: days may be as many as a bigint holds
    input_tokens        numeric  not null,
    output_tokens       numeric  not null,
    cached_input_tokens numeric  not null,
    cache_write_tokens  numeric  not null,
    reasoning_tokens    numeric  not null,
    primary key (level, cluster, days, start, feature, namespace, user_id)
) partition by list (level);

-- A table each, so that the few lines of all do not lie among the many of each feature.
create table public.usage_users_sums_all partition of public.usage_users_sums for values in (0)
    with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
create table public.usage_users_sums_namespaces partition of public.usage_users_sums for values in (1)
    with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
create table public.usage_users_sums_features partition of public.usage_users_sums for values in (2)
    with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

-- What `lines` holds is added, times the trigger's argument.
create function public.tollgate_users_summed() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    sign int := tg_argv[0];
begin
    -- one at a time, so that two who do this at once cannot each wait for a line that the other has
    perform pg_advisory_xact_lock(hashtextextended('tollgate.users_summed', 0));
    insert into public.usage_users_sums as s (level, cluster, days, start, feature, namespace, user_id,
        calls, refused_calls, failed_calls, unpriced_calls, cost_usd, estimated_usd, input_tokens, output_tokens,
        cached_input_tokens, cache_write_tokens, reasoning_tokens)
    with told as materialized (
        select l.cluster, l.day, l.day - (extract(isodow from l.day)::int - 1) as monday, l.feature, l.namespace, l.user_id,
               sum(l.calls) as calls, sum(l.refused_calls) as refused_calls, sum(l.failed_calls) as failed_calls,
               sum(l.unpriced_calls) as unpriced_calls, sum(l.cost_usd) as cost_usd, sum(l.estimated_usd) as estimated_usd,
               sum(l.input_tokens) as input_tokens, sum(l.output_tokens) as output_tokens,
               sum(coalesce((l.units ->> 'input_cached')::numeric, 0)) as cached_input_tokens,
               sum(coalesce((l.units ->> 'input_cache_write')::numeric, 0) + coalesce((l.units ->> 'input_cache_write_5m')::numeric, 0)
                   + coalesce((l.units ->> 'input_cache_write_1h')::numeric, 0)) as cache_write_tokens,
               sum(coalesce((l.units ->> 'output_reasoning')::numeric, 0)) as reasoning_tokens
        from lines l group by 1, 2, 3, 4, 5, 6
    )
    select kind.level, t.cluster, kind.days, kind.start, kind.feature, kind.namespace, t.user_id,
           sign * sum(t.calls), sign * sum(t.refused_calls), sign * sum(t.failed_calls), sign * sum(t.unpriced_calls),
           sign * sum(t.cost_usd), sign * sum(t.estimated_usd), sign * sum(t.input_tokens), sign * sum(t.output_tokens),
           sign * sum(t.cached_input_tokens), sign * sum(t.cache_write_tokens), sign * sum(t.reasoning_tokens)
    from told t
    cross join lateral (values
        (0, 1, t.day, '', ''),
        (0, 7, t.monday, '', ''),
        (1, 7, t.monday, '', t.namespace),
        (2, 7, t.monday, t.feature, t.namespace)
    ) as kind (level, days, start, feature, namespace)
    group by 1, 2, 3, 4, 5, 6, 7
    on conflict (level, cluster, days, start, feature, namespace, user_id) do update set
        calls = s.calls + excluded.calls,
        refused_calls = s.refused_calls + excluded.refused_calls,
        failed_calls = s.failed_calls + excluded.failed_calls,
        unpriced_calls = s.unpriced_calls + excluded.unpriced_calls,
        cost_usd = s.cost_usd + excluded.cost_usd,
        estimated_usd = s.estimated_usd + excluded.estimated_usd,
        input_tokens = s.input_tokens + excluded.input_tokens,
        output_tokens = s.output_tokens + excluded.output_tokens,
        cached_input_tokens = s.cached_input_tokens + excluded.cached_input_tokens,
        cache_write_tokens = s.cache_write_tokens + excluded.cache_write_tokens,
        reasoning_tokens = s.reasoning_tokens + excluded.reasoning_tokens;
    return null;
end
$$;
alter function public.tollgate_users_summed() owner to tollgate_owner;
revoke all on function public.tollgate_users_summed() from public;

do $tables$
declare
    part text;
begin
    foreach part in array array['usage_users_sums', 'usage_users_sums_all', 'usage_users_sums_namespaces', 'usage_users_sums_features'] loop
        execute format('alter table public.%I owner to tollgate_owner', part);
        execute format('revoke all on public.%I from public', part);
        -- the partitions have no policies: nobody reads past those of the whole
        execute format('alter table public.%I enable row level security', part);
    end loop;
end
$tables$;
grant select on public.usage_users_sums to tollgate_reader;
create policy admins_read_all on public.usage_users_sums for select to tollgate_reader_all using (true);
create policy admins_read_their_cluster on public.usage_users_sums for select to tollgate_reader_cluster
    using (cluster = any (array(select c.cluster from public.reader_clusters c)));
create policy teams_read_their_namespaces on public.usage_users_sums for select to tollgate_reader
    using (level > 0 and namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));

create trigger users_came after insert on public.usage_users_daily
    referencing new table as lines for each statement execute function public.tollgate_users_summed('1');
create trigger users_went after delete on public.usage_users_daily
    referencing old table as lines for each statement execute function public.tollgate_users_summed('-1');
create trigger users_were after update on public.usage_users_daily
    referencing old table as lines for each statement execute function public.tollgate_users_summed('-1');
create trigger users_are after update on public.usage_users_daily
    referencing new table as lines for each statement execute function public.tollgate_users_summed('1');

-- What is there already, a week at a time through the same function.
set local work_mem = '64MB';
create temp table lines_until_now (like public.usage_users_daily) on commit drop;
create trigger users_came after insert on lines_until_now
    referencing new table as lines for each statement execute function public.tollgate_users_summed('1');
do $fill$
declare
    week record;
begin
    for week in select distinct d.cluster, d.day - (extract(isodow from d.day)::int - 1) as monday from public.usage_users_daily d loop
        insert into lines_until_now select * from public.usage_users_daily d
            where d.cluster = week.cluster and d.day >= week.monday and d.day < week.monday + 7;
        truncate lines_until_now;
    end loop;
end
$fill$;
