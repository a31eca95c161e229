-- Which namespaces a team's role reads: a row for each. `role` is a Postgres role that is a tollgate_reader; logins that
-- are members of it read the same, and so does who sets it for a transaction (SET LOCAL ROLE).
--
--     create role team_shop nologin;
--     grant tollgate_reader to team_shop;
--     insert into reader_namespaces values ('team_shop', 'default', 'shop');
create table public.reader_namespaces (
    role      text not null,
    cluster   text not null, -- '' for rows that name none
    namespace text not null,
    primary key (role, cluster, namespace)
);

alter table public.reader_namespaces owner to tollgate_owner;
revoke all on public.reader_namespaces from public;

-- What the policies of all other tables ask. Everybody sees of it what concerns themselves; a role that is gone matches nothing.
grant select on public.reader_namespaces to tollgate_reader;
alter table public.reader_namespaces enable row level security;
create policy readers_see_their_own on public.reader_namespaces for select to tollgate_reader
    using (exists (select from pg_catalog.pg_roles r
                   where r.rolname = reader_namespaces.role and pg_has_role(current_user, r.oid, 'USAGE')));
