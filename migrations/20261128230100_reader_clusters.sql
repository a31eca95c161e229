-- Whose admins read which cluster: a row for each. `role` as in reader_namespaces, but a tollgate_reader_cluster:
--
--     create role admins_eu nologin;
--     grant tollgate_reader_cluster to admins_eu;
--     insert into reader_clusters values ('admins_eu', 'eu');
create table public.reader_clusters (
    role    text not null,
    cluster text not null, -- '' for rows that name none
    primary key (role, cluster)
);
alter table public.reader_clusters owner to tollgate_owner;
revoke all on public.reader_clusters from public;
grant select on public.reader_clusters to tollgate_reader_cluster;
alter table public.reader_clusters enable row level security;
create policy readers_see_their_own on public.reader_clusters for select to tollgate_reader_cluster
    using (exists (select from pg_catalog.pg_roles r
                   where r.rolname = reader_clusters.role and pg_has_role(current_user, r.oid, 'USAGE')));

-- Policies of a role of their own: what a team asks is planned as it was.
do $policies$
declare
    read text;
begin
    foreach read in array array['provider_usage_logs', 'usage_quarantine', 'usage_hourly', 'usage_users_daily', 'feature_flags',
        'flag_changes', 'fingerprint_groups', 'alert_events'] loop
        execute format(
            'create policy admins_read_their_cluster on public.%I for select to tollgate_reader_cluster
                 using (coalesce(cluster, '''') = any (array(select c.cluster from public.reader_clusters c)))', read);
    end loop;
end
$policies$;
