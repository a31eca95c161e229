-- Teams read the rows of their namespaces, admins all. A team's namespaces are asked for once a query, not once a row
-- (array(…) is an InitPlan), so that an index on the namespace can be used; the pair with the cluster is then exact.
alter table public.provider_usage_logs enable row level security;
create policy admins_read_all on public.provider_usage_logs for select to tollgate_reader_all using (true);
create policy teams_read_their_namespaces on public.provider_usage_logs for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (coalesce(cluster, ''), namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));

alter table public.usage_quarantine enable row level security;
create policy admins_read_all on public.usage_quarantine for select to tollgate_reader_all using (true);
create policy teams_read_their_namespaces on public.usage_quarantine for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (coalesce(cluster, ''), namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));
