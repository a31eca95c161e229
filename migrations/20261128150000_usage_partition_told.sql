-- As before, but whoever finds a partition there waits for its maker, too. A commit is visible a moment before other
-- sessions are told of it: in that moment the catalog has the table, and the ledger, as this session knows it, does not
-- have the partition yet; the row would have been taken for one that fits nowhere and put into quarantine. The lock is given up only when all are told.
create or replace function public.tollgate_ensure_partition(day date) returns void
    language plpgsql
as $$
declare
    name text := 'provider_usage_logs_p' || to_char(day, 'YYYYMMDD');
begin
    perform pg_advisory_xact_lock(hashtextextended('tollgate.partition', 0));
    -- Asked of the catalog itself: to_regclass may go on remembering that there was none.
    if exists (select from pg_class c where c.relname = name and c.relnamespace = 'public'::regnamespace) then
        return;
    end if;
    execute format('create table public.%I (like public.provider_usage_logs including defaults including constraints)', name);
    execute format('alter table public.%I owner to tollgate_owner', name);
    execute format('revoke all on public.%I from public', name);
    execute format('alter table public.%I enable row level security', name);
    execute format('alter table public.provider_usage_logs attach partition public.%I for values from (%L) to (%L)',
        name, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
end
$$;
