-- Rows the ledger could not take, as they were sent, with the reason. A row sent again is kept once.
create table public.usage_quarantine (
    fingerprint bytea       primary key, -- sha256 of the row's text
    received_at timestamptz not null default now(),
    cluster     text,                    -- who sent it, as far as its token says
    namespace   text,
    pod         text,
    reason      text        not null,
    row         jsonb       not null
);

alter table public.usage_quarantine owner to tollgate_owner;
revoke all on public.usage_quarantine from public;
grant select on public.usage_quarantine to tollgate_reader;
