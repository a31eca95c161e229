-- Calls that are of no known group, until they are studied: keyed hashes. Bounded for each namespace by whoever writes here.
create table public.fingerprint_sketches (
    id        bigint      not null primary key generated always as identity,
    cluster   text        not null,
    namespace text        not null,
    heard_at  timestamptz not null default now(),
    endpoint  bigint      not null,
    atoms     text        not null
);
create index fingerprint_sketches_namespace on public.fingerprint_sketches (cluster, namespace, id);

alter table public.fingerprint_sketches owner to tollgate_owner;
revoke all on public.fingerprint_sketches from public;

-- Without a policy: nobody but the owner reads here.
alter table public.fingerprint_sketches enable row level security;
