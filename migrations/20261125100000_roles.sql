-- Three roles, and who may do what:
--   tollgate_owner    owns every table and function; nobody logs in as it
--   tollgate_sidecar  the one login of all sidecars; may EXECUTE the door tollgate_ingest_v1, nothing else.
--                     It has no password until the administrator (or the operator) gives it one
--   tollgate_reader   reads; granted to the logins of people and dashboards
--
-- Roles belong to the whole server, and two databases of one server may be migrated at the same moment. Advisory
-- locks are per database, so a lost race is noticed and tried again instead.
do $roles$
declare
    wanted record;
    tries int := 0;
begin
    for wanted in
        select * from (values
            ('tollgate_owner', 'nologin'),
            ('tollgate_sidecar', 'login'),
            ('tollgate_reader', 'nologin')
        ) as w (name, login)
    loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
            begin
                execute format('create role %I %s', wanted.name, wanted.login);
            exception when duplicate_object or unique_violation then
                null; -- another database's migration was faster
            end;
        end if;
    end loop;

    -- Whoever migrates must be able to give things to the owner, and to change them later. A superuser always can.
    while not pg_has_role(current_user, 'tollgate_owner', 'MEMBER') loop
        begin
            execute format('grant tollgate_owner to %I', current_user);
        exception when internal_error or unique_violation then -- "tuple concurrently updated"
            tries := tries + 1;
            if tries > 100 then
                raise;
            end if;
        end;
    end loop;
end
$roles$;
