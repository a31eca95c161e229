-- Everything lives in the schema "public", under the names the documentation promises. Nobody but the owner may
-- create anything there (before Postgres 15 everybody could), and nobody may use temporary tables but the database's owner.
--
-- A role that does not own the schema or the database cannot do all of this; then what is missing is said, and
-- what is needed is checked.
do $schema$
begin
    grant usage, create on schema public to tollgate_owner;
    revoke create on schema public from public;
    grant usage on schema public to tollgate_sidecar, tollgate_reader;
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant connect on database %I to tollgate_owner, tollgate_sidecar, tollgate_reader', current_database());

    if not has_schema_privilege('tollgate_owner', 'public', 'create') then
        raise exception 'the role tollgate_owner may not create tables in the schema public of the database %', current_database()
            using hint = 'Run as a superuser: GRANT CREATE ON SCHEMA public TO tollgate_owner; and migrate again.';
    end if;
end
$schema$;
