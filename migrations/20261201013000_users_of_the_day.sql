-- Who the users of a day are that still goes on, and what they cost: its sums by user are made with its rollup, in one transaction, so that
-- dashboards need not add up a line for nearly each call of it.

-- Of days that are marked (usage_unsummed) and whose usage_user_totals_daily are what usage_users_daily says nevertheless: each feature they
-- have, and how many named users it had. Those of a day that is summed say nothing: a
-- release that is older leaves them.
create table public.usage_users_totalled (
    cluster   text   not null,
    day       date   not null,
    namespace text   not null,
    feature   text   not null,
    users     bigint not null,
    primary key (cluster, day, namespace, feature)
);
alter table public.usage_users_totalled owner to tollgate_owner;
revoke all on public.usage_users_totalled from public;
grant select on public.usage_users_totalled to tollgate_reader;
alter table public.usage_users_totalled enable row level security;
-- those who read totals: whoever sees a day here would else take it for one without users
create policy admins_read_all on public.usage_users_totalled for select to tollgate_reader_all using (true);
create policy admins_read_their_cluster on public.usage_users_totalled for select to tollgate_reader_cluster
    using (cluster = any (array(select c.cluster from public.reader_clusters c)));

-- Whatever changes the rollup, an operator that is a release older, too, has left the totals behind.
create or replace function public.tollgate_mark_unsummed_days() returns trigger
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
    delete from public.usage_users_totalled t using (select distinct c.cluster, c.day from changed c) d
        where t.cluster = d.cluster and t.day = d.day;
    return null;
end
$$;

-- `totalled` are days that are not summed, but have sums by user over all namespaces. Where is_of_all is false they are `unsummed`, too: sums of fewer
-- are taken from the rollup.
drop function public.tollgate_users_where(timestamptz, timestamptz, text[], text[], text[]);
create function public.tollgate_users_where(
    since timestamptz, until timestamptz, clusters text[], namespaces text[], features text[],
    out weeks date[], out days date[], out summed date[], out totalled date[], out unsummed date[], out is_of_all boolean
)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    first  date := ceil(extract(epoch from since) / 86400)::integer + date '1970-01-01';
    last   date := ceil(extract(epoch from until) / 86400)::integer - 1 + date '1970-01-01';
    marked date[];
begin
    marked := array(select distinct u.day from public.usage_unsummed_days u where u.cluster = any(clusters) and u.day between first and last);
    weeks := array(
        select monday::date from generate_series(date_trunc('week', first + interval '6 days'), last - interval '6 days', interval '7 days') monday
        where not exists (select from unnest(marked) day where day - monday::date between 0 and 6)
    );
    summed := array(
        select day::date from generate_series(first::timestamp, last::timestamp, interval '1 day') day where day::date <> all(marked)
    );
    days := array(select day from unnest(summed) day where date_trunc('week', day::timestamp)::date <> all(weeks));
    totalled := array(
        select goes_on from unnest(marked) goes_on where not exists (
            select from public.usage_unsummed_days u where u.cluster = any(clusters) and u.day = goes_on
                and not exists (select from public.usage_users_totalled t where t.cluster = u.cluster and t.day = u.day)
        )
    );
    is_of_all := not exists (
        select from unnest(clusters) of_cluster
        where exists (select from public.usage_daily d where d.cluster = of_cluster)
            and not exists (select from public.usage_user_totals_daily t where t.cluster = of_cluster)
    ) and ((namespaces is null and features is null) or not exists (
        select from (
            select namespace, feature from public.usage_daily where cluster = any(clusters) and day between first and last
            union all
            select namespace, feature from public.usage_users_totalled where cluster = any(clusters) and day = any(totalled)
        ) found
        where namespaces is not null and (found.namespace = any(namespaces)) is not true
            or features is not null and (found.feature = any(features)) is not true
    ));
    unsummed := array(select goes_on from unnest(marked) goes_on where not is_of_all or goes_on <> all(totalled));
end
$$;

create or replace function public.tollgate_users(
    since timestamptz, until timestamptz, clusters text[], namespaces text[] default null, features text[] default null
)
    returns table (user_id text, calls numeric, refused_calls numeric, failed_calls numeric, unpriced_calls numeric, cost_usd numeric,
        estimated_usd numeric, tokens numeric)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
    -- with what is asked in hand: an index that finds one feature is no help for all
    set plan_cache_mode = force_custom_plan
    -- users are many and their lines more: hashed they take a fraction of the time that sorting takes
    set enable_sort = off
    set jit = off
as $$
#variable_conflict use_column
declare
    sums record;
begin
    sums := public.tollgate_users_where(since, until, clusters, namespaces, features);
    return query
        select user_id, sum(calls), sum(refused_calls), sum(failed_calls), sum(unpriced_calls), sum(cost_usd), sum(estimated_usd),
            sum(input_tokens) + sum(output_tokens)
        from (
            select user_id, calls, refused_calls, failed_calls, unpriced_calls, cost_usd, estimated_usd, input_tokens, output_tokens
            from public.usage_user_totals_weekly
            where sums.is_of_all and cluster = any(clusters) and week = any(sums.weeks)
            union all
            select user_id, calls, refused_calls, failed_calls, unpriced_calls, cost_usd, estimated_usd, input_tokens, output_tokens
            from public.usage_user_totals_daily
            where sums.is_of_all and cluster = any(clusters) and day = any(sums.days || sums.totalled)
            union all
            select user_id, calls, refused_calls, failed_calls, unpriced_calls, cost_usd, estimated_usd, input_tokens, output_tokens
            from public.usage_users_weekly
            where not sums.is_of_all and cluster = any(clusters) and week = any(sums.weeks)
                and (namespaces is null or namespace = any(namespaces)) and (features is null or feature = any(features))
            union all
            select user_id, calls, refused_calls, failed_calls, unpriced_calls, cost_usd, estimated_usd, input_tokens, output_tokens
            from public.usage_users_daily
            where cluster = any(clusters) and day = any(case when sums.is_of_all then sums.unsummed else sums.unsummed || sums.days end)
                and (namespaces is null or namespace = any(namespaces)) and (features is null or feature = any(features))
        ) lines
        group by 1;
end
$$;

-- Who they are, and no more: their figures are not added up, which takes half of the time.
create or replace function public.tollgate_user_ids(
    since timestamptz, until timestamptz, clusters text[], namespaces text[] default null, features text[] default null
)
    returns setof text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set enable_sort = off
    set jit = off
as $$
#variable_conflict use_column
declare
    sums record;
begin
    sums := public.tollgate_users_where(since, until, clusters, namespaces, features);
    return query
        select user_id from public.usage_user_totals_weekly
        where sums.is_of_all and cluster = any(clusters) and week = any(sums.weeks)
        union
        select user_id from public.usage_user_totals_daily
        where sums.is_of_all and cluster = any(clusters) and day = any(sums.days || sums.totalled)
        union
        select user_id from public.usage_users_weekly
        where not sums.is_of_all and cluster = any(clusters) and week = any(sums.weeks)
            and (namespaces is null or namespace = any(namespaces)) and (features is null or feature = any(features))
        union
        select user_id from public.usage_users_daily
        where cluster = any(clusters) and day = any(case when sums.is_of_all then sums.unsummed else sums.unsummed || sums.days end)
            and (namespaces is null or namespace = any(namespaces)) and (features is null or feature = any(features));
end
$$;

-- What those `most` cost who cost most, each day; all others, together, have no user_id.
create or replace function public.tollgate_dearest_users_daily(
    since timestamptz, until timestamptz, clusters text[], namespaces text[] default null, features text[] default null, most integer default 10
)
    returns table (day date, user_id text, cost_usd numeric)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set jit = off
as $$
#variable_conflict use_column
declare
    sums    record;
    dearest text[];
begin
    sums := public.tollgate_users_where(since, until, clusters, namespaces, features);
    dearest := array(
        select u.user_id from public.tollgate_users(since, until, clusters, namespaces, features) u
        order by u.cost_usd desc, u.user_id limit most
    );
    return query
        with theirs as (
            select day, user_id, cost_usd from public.usage_user_totals_daily
            where sums.is_of_all and cluster = any(clusters) and user_id = any(dearest) and day = any(sums.summed || sums.totalled)
            union all
            select day, user_id, cost_usd from public.usage_users_daily
            where cluster = any(clusters) and user_id = any(dearest)
                and day = any(case when sums.is_of_all then sums.unsummed else sums.unsummed || sums.summed end)
                and (namespaces is null or namespace = any(namespaces)) and (features is null or feature = any(features))
        ), everybodys as (
            select day, cost_usd from public.usage_daily
            where cluster = any(clusters) and day = any(sums.summed)
                and (namespaces is null or namespace = any(namespaces)) and (features is null or feature = any(features))
            union all
            select day, cost_usd from public.usage_user_totals_daily
            where sums.is_of_all and cluster = any(clusters) and day = any(sums.totalled)
            union all
            select day, cost_usd from public.usage_users_daily
            where cluster = any(clusters) and day = any(sums.unsummed)
                and (namespaces is null or namespace = any(namespaces)) and (features is null or feature = any(features))
        )
        select day, user_id, sum(cost_usd) from theirs group by 1, 2
        union all
        select day, null, sum(cost_usd) from (select * from everybodys union all select day, -cost_usd from theirs) others
        group by 1 having sum(cost_usd) <> 0;
end
$$;

-- How many named users each feature had, each day.
create or replace function public.tollgate_users_of_features_daily(
    since timestamptz, until timestamptz, clusters text[], namespaces text[] default null, features text[] default null
)
    returns table (day date, feature text, users bigint)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_custom_plan
    set jit = off
as $$
#variable_conflict use_column
declare
    sums record;
begin
    sums := public.tollgate_users_where(since, until, clusters, namespaces, features);
    return query
        -- how many stand in a text, but for nobody, who stands first; of a feature in several namespaces or clusters one user may stand in each
        with counted as materialized (
            select start, feature, count(*) as counts, sum(users)::bigint as users
            from (
                select start, namespace, feature, users - (left(standings, 2) = '0:')::integer as users
                from public.usage_user_standings s
                where cluster = any(clusters) and grain = 'day' and (start = any(sums.summed)
                    -- of those clusters whose day does not go on
                    or start = any(sums.totalled)
                        and not exists (select from public.usage_users_totalled t where t.cluster = s.cluster and t.day = s.start))
                union all
                select day, namespace, feature, users from public.usage_users_totalled
                where cluster = any(clusters) and day = any(sums.totalled)
            ) found
            where (namespaces is null or namespace = any(namespaces)) and (features is null or feature = any(features))
            group by 1, 2
        )
        select start, feature, users from counted where counts = 1 and users > 0
        union all
        select c.start, c.feature, count(distinct u.user_id)
        from counted c join public.usage_users_daily u on u.feature = c.feature and u.day = c.start
        where c.counts > 1 and u.cluster = any(clusters) and u.user_id <> '' and (namespaces is null or u.namespace = any(namespaces))
        group by 1, 2
        union all
        select day, feature, count(distinct user_id) from public.usage_users_daily
        where cluster = any(clusters) and day = any(sums.unsummed) and day <> all(sums.totalled) and user_id <> ''
            and (namespaces is null or namespace = any(namespaces)) and (features is null or feature = any(features))
        group by 1, 2;
end
$$;

alter function public.tollgate_users_where(timestamptz, timestamptz, text[], text[], text[]) owner to tollgate_owner;
revoke all on function public.tollgate_users_where(timestamptz, timestamptz, text[], text[], text[]) from public;
grant execute on function public.tollgate_users_where(timestamptz, timestamptz, text[], text[], text[]) to tollgate_reader;
