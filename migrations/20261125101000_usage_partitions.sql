-- Makes the partition of one day (UTC) when it is missing. Called by the door when a row finds none, and ahead of time by the operator.
--
-- CREATE TABLE … PARTITION OF would lock out every reader and writer of the ledger; making a table and attaching it
-- does not. Those who miss the same day at the same moment queue at an advisory lock, all but the first find it there.
create function public.tollgate_ensure_partition(day date) returns void
    language plpgsql
as $$
declare
    name text := 'provider_usage_logs_p' || to_char(day, 'YYYYMMDD');
begin
    if to_regclass('public.' || name) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('tollgate.partition', 0));
    -- Asked of the catalog itself: to_regclass may go on remembering that there was none.
    if exists (select from pg_class c where c.relname = name and c.relnamespace = 'public'::regnamespace) then
        return;
    end if;
    execute format('create table public.%I (like public.provider_usage_logs including defaults including constraints)', name);
    execute format('revoke all on public.%I from public', name);
    execute format('alter table public.provider_usage_logs attach partition public.%I for values from (%L) to (%L)',
        name, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
end
$$;

alter function public.tollgate_ensure_partition(date) owner to tollgate_owner;
revoke all on function public.tollgate_ensure_partition(date) from public;
