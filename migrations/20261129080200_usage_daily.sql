-- The ledger by day (UTC), by all that figures are told apart by: sums of usage_hourly, for who asks about months. Money and units stay there; what a
-- call's price hangs on is not told apart here.
--
-- Kept by a trigger, as usage_users_sums is: whoever changes a line of usage_hourly changes its day in the same transaction.
create table public.usage_daily (
    cluster             text    not null,
    day                 date    not null,
    namespace           text    not null,
    feature             text    not null,
    workload            text    not null,
    provider            text    not null,
    model               text    not null,
    outcome             text    not null,
    usage_source        text    not null,

    calls               bigint  not null,
    unpriced_calls      bigint  not null,
    cost_usd            numeric not null,
    -- numeric, so that what is added can be taken away again
    input_tokens        numeric not null,
    output_tokens       numeric not null,
    cached_input_tokens numeric not null,
    cache_write_tokens  numeric not null,
    reasoning_tokens    numeric not null,
    primary key (cluster, day, namespace, feature, workload, provider, model, outcome, usage_source)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

alter table public.usage_daily owner to tollgate_owner;
revoke all on public.usage_daily from public;
grant select on public.usage_daily to tollgate_reader;
alter table public.usage_daily enable row level security;
create policy admins_read_all on public.usage_daily for select to tollgate_reader_all using (true);
create policy admins_read_their_cluster on public.usage_daily for select to tollgate_reader_cluster
    using (cluster = any (array(select c.cluster from public.reader_clusters c)));
create policy teams_read_their_namespaces on public.usage_daily for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));

-- What `lines` holds is added, times the trigger's argument. Hours of one day are made anew by one leader at a time, or by two that wait for each other's
-- lines in the order of the key.
create function public.tollgate_hours_summed() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    sign int := tg_argv[0];
begin
    insert into public.usage_daily as s (cluster, day, namespace, feature, workload, provider, model, outcome, usage_source,
        calls, unpriced_calls, cost_usd, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens)
    select l.cluster, (l.hour at time zone 'UTC')::date, l.namespace, l.feature, l.workload, l.provider, l.model, l.outcome, l.usage_source,
           sign * sum(l.calls), sign * sum(l.unpriced_calls), sign * sum(l.cost_usd), sign * sum(l.input_tokens), sign * sum(l.output_tokens),
           sign * sum(l.cached_input_tokens), sign * sum(l.cache_write_tokens), sign * sum(l.reasoning_tokens)
    from lines l
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    order by 1, 2, 3, 4, 5, 6, 7, 8, 9
    on conflict (cluster, day, namespace, feature, workload, provider, model, outcome, usage_source) do update set
        calls = s.calls + excluded.calls,
        unpriced_calls = s.unpriced_calls + excluded.unpriced_calls,
        cost_usd = s.cost_usd + excluded.cost_usd,
        input_tokens = s.input_tokens + excluded.input_tokens,
        output_tokens = s.output_tokens + excluded.output_tokens,
        cached_input_tokens = s.cached_input_tokens + excluded.cached_input_tokens,
        cache_write_tokens = s.cache_write_tokens + excluded.cache_write_tokens,
        reasoning_tokens = s.reasoning_tokens + excluded.reasoning_tokens;
    return null;
end
$$;
alter function public.tollgate_hours_summed() owner to tollgate_owner;
revoke all on function public.tollgate_hours_summed() from public;

create trigger hours_came after insert on public.usage_hourly
    referencing new table as lines for each statement execute function public.tollgate_hours_summed('1');
create trigger hours_went after delete on public.usage_hourly
    referencing old table as lines for each statement execute function public.tollgate_hours_summed('-1');
create trigger hours_were after update on public.usage_hourly
    referencing old table as lines for each statement execute function public.tollgate_hours_summed('-1');
create trigger hours_are after update on public.usage_hourly
    referencing new table as lines for each statement execute function public.tollgate_hours_summed('1');

-- What is there already, through the same function.
create temp table hours_until_now (like public.usage_hourly) on commit drop;
create trigger hours_came after insert on hours_until_now
    referencing new table as lines for each statement execute function public.tollgate_hours_summed('1');
insert into hours_until_now select * from public.usage_hourly;
