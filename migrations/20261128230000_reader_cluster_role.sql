-- A third kind of reader, where clusters share a database:
--   tollgate_reader_cluster  is a tollgate_reader that reads every namespace of the clusters that reader_clusters has for one of its roles
-- As in the first migration, a race with another database's migration is noticed and tried again.
do $roles$
declare
    tries int := 0;
begin
    loop
        begin
            if not exists (select from pg_catalog.pg_roles where rolname = 'tollgate_reader_cluster') then
                create role tollgate_reader_cluster nologin;
                grant tollgate_reader to tollgate_reader_cluster;
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
