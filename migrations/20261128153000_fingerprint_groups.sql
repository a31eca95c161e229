-- Groups of calls whose feature nobody names, as they were found: what their calls have and have not, as keyed hashes. A row is
-- never changed: its id is a hash of it, and flags name it.
create table public.fingerprint_groups (
    cluster    text        not null,
    namespace  text        not null,
    id         text        not null, -- fp-…
    seq        bigint      not null generated always as identity, -- a call is of the first group that it matches
    endpoint   bigint      not null,
    has        text        not null, -- eight hex digits each
    lacks      text[]      not null,
    first_seen timestamptz not null, -- of the calls that it was found by
    found_at   timestamptz not null default now(),
    primary key (cluster, namespace, id)
);

alter table public.fingerprint_groups owner to tollgate_owner;
revoke all on public.fingerprint_groups from public;
grant select on public.fingerprint_groups to tollgate_reader;

alter table public.fingerprint_groups enable row level security;
create policy admins_read_all on public.fingerprint_groups for select to tollgate_reader_all using (true);
create policy teams_read_their_namespaces on public.fingerprint_groups for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));
