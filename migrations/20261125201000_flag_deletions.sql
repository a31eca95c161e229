-- Who asked for the end of a flag. The object itself cannot say it, for it is gone when its end is recorded in flag_changes;
-- so admission notes it here. Nothing is lost with a row but a name in the audit, and rows are dropped after a week.
create table public.flag_deletions (
    cluster      text        not null,
    uid          text        not null,
    at           timestamptz not null default now(),
    actor        text        not null,
    actor_groups text[]      not null,
    primary key (cluster, uid)
);
alter table public.flag_deletions owner to tollgate_owner;
revoke all on public.flag_deletions from public;
