-- Until when the alerts of a cluster are judged: a leader that takes over judges the minutes since.
create table public.alert_rounds (
    cluster text        primary key,
    until   timestamptz not null
);

alter table public.alert_rounds owner to tollgate_owner;
revoke all on public.alert_rounds from public;
