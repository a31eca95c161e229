-- Partitions are closed to everybody but their owner: rows are read through provider_usage_logs, where the policies
-- are. A partition has row security and no policy, so that a grant on it (by hand, or by default privileges) opens
-- nothing. And it belongs to tollgate_owner, whoever made it: the operator makes them ahead of time under its own login.
create or replace function public.tollgate_ensure_partition(day date) returns void
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
    execute format('alter table public.%I owner to tollgate_owner', name);
    execute format('revoke all on public.%I from public', name);
    execute format('alter table public.%I enable row level security', name);
    execute format('alter table public.provider_usage_logs attach partition public.%I for values from (%L) to (%L)',
        name, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
end
$$;

do $partitions$
declare
    partition regclass;
begin
    for partition in select inhrelid::regclass from pg_inherits where inhparent = 'public.provider_usage_logs'::regclass loop
        execute format('alter table %s enable row level security', partition);
    end loop;
end
$partitions$;
