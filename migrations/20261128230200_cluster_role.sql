-- The role that a console sets for who may read all namespaces of its cluster, made when it is first asked for. As tollgate_viewer_role_v1,
-- it belongs to whoever migrates.
create function public.tollgate_cluster_role_v1(of_cluster text) returns text
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    name text := 'tollgate_cluster_' || left(encode(sha256(convert_to(of_cluster, 'UTF8')), 'hex'), 32);
begin
    if exists (select from public.reader_clusters c join pg_roles r on r.rolname = c.role where c.role = name) then
        return name;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('tollgate.viewer_roles', 0));
    if not exists (select from pg_roles where rolname = name) then
        begin
            execute format('create role %I nologin', name);
        exception when duplicate_object or unique_violation then
            null; -- another database's console was faster
        end;
        execute format('grant tollgate_reader_cluster to %I', name);
        execute format('grant %I to tollgate_console', name);
    end if;
    insert into public.reader_clusters (role, cluster) values (name, of_cluster) on conflict do nothing;
    return name;
end
$$;
revoke all on function public.tollgate_cluster_role_v1(text) from public;
grant execute on function public.tollgate_cluster_role_v1(text) to tollgate_console;
