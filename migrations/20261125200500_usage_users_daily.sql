-- The ledger by user and day (UTC). Users have a table of their own, for with them usage_hourly would be as large as the
-- ledger itself; within the days whose rows are still there, the ledger answers what is finer. '' is the user of calls that
-- named none, so that the sum over users is the sum over all.
create table public.usage_users_daily (
    cluster        text    not null,
    day            date    not null,
    namespace      text    not null,
    feature        text    not null,
    user_id        text    not null,
    provider       text    not null,
    host           text    not null,
    model          text    not null,
    price          text    not null,
    served         text    not null,
    input_above    integer not null,

    calls          bigint  not null,
    refused_calls  bigint  not null,
    failed_calls   bigint  not null, -- provider_error, provider_closed, unreachable
    unpriced_calls bigint  not null,
    cost_usd       numeric not null,
    estimated_usd  numeric not null, -- of the cost: where the usage was estimated
    input_tokens   bigint  not null,
    output_tokens  bigint  not null,
    units          jsonb   not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);

create index usage_users_daily_day on public.usage_users_daily (cluster, day);
create index usage_users_daily_feature on public.usage_users_daily (namespace, feature, day);
create index usage_users_daily_user on public.usage_users_daily (user_id, day);

alter table public.usage_users_daily owner to tollgate_owner;
revoke all on public.usage_users_daily from public;
grant select on public.usage_users_daily to tollgate_reader;

alter table public.usage_users_daily enable row level security;
create policy admins_read_all on public.usage_users_daily for select to tollgate_reader_all using (true);
create policy teams_read_their_namespaces on public.usage_users_daily for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));

-- Days of which an hour was made anew since their users were. Set in the transaction that makes the hour; taken, as the
-- marks of hours are, before the rows are read.
create table public.usage_dirty_days (
    cluster text not null,
    day     date not null,
    primary key (cluster, day)
);

alter table public.usage_dirty_days owner to tollgate_owner;
revoke all on public.usage_dirty_days from public;
