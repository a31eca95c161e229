-- A Postgres role for each set of namespaces that somebody may read, made when it is first asked for:
--
--     begin; set local role tollgate_viewer_…; select …; commit
--
-- Its name is a hash of the set, so what a role may read never changes: who loses a namespace gets another role.
create table public.viewer_roles (
    role       text        primary key,
    cluster    text        not null,
    namespaces text[]      not null,
    used_at    timestamptz not null default now() -- to the day
);
alter table public.viewer_roles owner to tollgate_owner;
revoke all on public.viewer_roles from public;

-- Gives the role; the console may execute it, nobody else. It belongs to whoever migrates and not to tollgate_owner: making
-- roles takes CREATEROLE, which the owner of the tables, as whom the sidecars' door runs, must not have.
create function public.tollgate_viewer_role_v1(of_cluster text, of_namespaces text[]) returns text
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    wanted text[] := array(select distinct n collate "C" from unnest(of_namespaces) n where n is not null order by 1);
    name text := 'tollgate_viewer_'
        || left(encode(sha256(convert_to(jsonb_build_array(of_cluster, to_jsonb(wanted))::text, 'UTF8')), 'hex'), 32);
    old text;
begin
    if cardinality(wanted) = 0 then
        return 'tollgate_reader'; -- which has no namespace
    end if;
    if exists (select from public.viewer_roles v join pg_roles r on r.rolname = v.role
               where v.role = name and v.used_at > now() - interval '1 day') then
        return name;
    end if;

    perform pg_advisory_xact_lock(hashtextextended('tollgate.viewer_roles', 0));
    if not exists (select from pg_roles where rolname = name) then
        begin
            execute format('create role %I nologin', name);
        exception when duplicate_object or unique_violation then
            null; -- another database's console was faster
        end;
        execute format('grant tollgate_reader to %I', name);
        execute format('grant %I to tollgate_console', name);
    end if;
    insert into public.reader_namespaces (role, cluster, namespace)
        select name, of_cluster, n from unnest(wanted) n
        on conflict do nothing;
    insert into public.viewer_roles (role, cluster, namespaces) values (name, of_cluster, wanted)
        on conflict (role) do update set used_at = now();

    -- What nobody has asked for in a month goes: a set of namespaces that changed is never asked for again.
    for old in select v.role from public.viewer_roles v where v.used_at < now() - interval '30 days' loop
        delete from public.reader_namespaces where role = old;
        delete from public.viewer_roles where role = old;
        execute format('drop role if exists %I', old);
    end loop;
    return name;
end
$$;
revoke all on function public.tollgate_viewer_role_v1(text, text[]) from public;
grant execute on function public.tollgate_viewer_role_v1(text, text[]) to tollgate_console;
