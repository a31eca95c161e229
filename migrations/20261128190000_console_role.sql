-- The login of the console. Of itself it reads nothing: it sets, for one transaction, the role of whoever asks (SET LOCAL
-- ROLE): tollgate_reader_all for who may read all namespaces, for others what tollgate_viewer_role_v1 gives. NOINHERIT, so that a
-- query that forgets to set one finds nothing. It has no password until the administrator (or the operator) gives it one.
-- As in the first migration, a race with another database's migration is noticed and tried again.
do $roles$
declare
    tries int := 0;
begin
    loop
        begin
            if not exists (select from pg_catalog.pg_roles where rolname = 'tollgate_console') then
                create role tollgate_console login noinherit;
                grant tollgate_reader, tollgate_reader_all to tollgate_console;
            end if;
            exit;
        exception when duplicate_object or unique_violation or internal_error then -- "tuple concurrently updated"
            tries := tries + 1;
            if tries > 100 then
                raise;
            end if;
        end;
    end loop;
    grant usage on schema public to tollgate_console;
    execute format('grant connect on database %I to tollgate_console', current_database());
end
$roles$;
