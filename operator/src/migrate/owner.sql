-- Whoever migrates gives tables to tollgate_owner and changes them later: a member of it, who may set it and has its rights. Before
-- Postgres 16 that is what the first migration's grant says; since then it takes a grant of its own, for who made the role is a member
-- already, who may only give it away. A superuser needs none.
do $owner$
declare
    tries int := 0;
begin
    loop
        begin
            if not exists (select from pg_catalog.pg_roles where rolname = 'tollgate_owner') then
                create role tollgate_owner nologin;
            end if;
            if not (pg_has_role(current_user, 'tollgate_owner', 'SET') and pg_has_role(current_user, 'tollgate_owner', 'USAGE')) then
                execute format('grant tollgate_owner to %I with inherit true, set true', current_user);
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
$owner$;
