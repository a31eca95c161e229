-- Who reads what:
--   tollgate_reader      may read the tables; which rows, reader_namespaces says. Granted to a team's role
--   tollgate_reader_all  is a tollgate_reader that reads the rows of every namespace. Granted to admins and their dashboards
--
-- Until now a tollgate_reader saw every namespace: whoever is one when the second role is made goes on doing so.
-- As in the first migration, a race with another database's migration is noticed and tried again.
do $roles$
declare
    reader text;
    tries int := 0;
begin
    loop
        begin
            if not exists (select from pg_catalog.pg_roles where rolname = 'tollgate_reader_all') then
                create role tollgate_reader_all nologin;
                for reader in
                    select m.rolname
                    from pg_catalog.pg_auth_members a
                    join pg_catalog.pg_roles m on m.oid = a.member
                    join pg_catalog.pg_roles r on r.oid = a.roleid
                    where r.rolname = 'tollgate_reader' and m.rolname <> current_user
                loop
                    execute format('grant tollgate_reader_all to %I', reader);
                end loop;
                grant tollgate_reader to tollgate_reader_all;
            end if;
            exit;
        exception when duplicate_object or unique_violation or internal_error then -- "tuple concurrently updated"
            tries := tries + 1;
            if tries > 100 then
                raise;
            end if;
        end;
    end loop;
end
$roles$;
