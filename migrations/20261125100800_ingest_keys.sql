-- The keys that sign sidecars' tokens. HMAC-SHA256 needs the key padded in two ways; both are kept ready, because
-- making them in each call costs more than the rest of the check. Only the owner reads this table.
create table public.ingest_keys (
    key_id     text        primary key,
    inner_pad  bytea       not null check (length(inner_pad) = 64), -- key xor 0x36…
    outer_pad  bytea       not null check (length(outer_pad) = 64), -- key xor 0x5c…
    created_at timestamptz not null default now(),
    retired_at timestamptz                                          -- from then on its tokens are refused
);

alter table public.ingest_keys owner to tollgate_owner;
revoke all on public.ingest_keys from public;
