-- Ids whose own time cannot be right (a pod's clock jumped by days): their rows get the time of their first arrival
-- instead, and it is kept here so that a second sending finds the same row.
create table public.usage_clamped (
    id         uuid        primary key,
    created_at timestamptz not null
);

alter table public.usage_clamped owner to tollgate_owner;
revoke all on public.usage_clamped from public;
