-- The flags that there are, a row each: a report for people and dashboards, kept equal to the cluster by the operator. Nothing
-- boots from it and nothing is switched by it.
create table public.feature_flags (
    cluster          text        not null,
    kind             text        not null, -- FeatureFlag, ClusterFeatureFlag
    namespace        text        not null, -- '' for a ClusterFeatureFlag
    name             text        not null,
    feature_name     text        not null,
    description      text,
    enabled          boolean     not null, -- what the flag says
    effective        boolean     not null, -- what holds, all flags of the feature taken together
    effective_reason text        not null, -- Spec, StricterFlag …
    effective_by     text,                 -- the flag that decides, where it is another
    uid              text        not null,
    resource_version text        not null,
    spec             jsonb       not null,
    updated_at       timestamptz not null, -- the flag's last change that the operator saw
    updated_by       text,                 -- who made it, where admission saw it
    primary key (cluster, kind, namespace, name)
);

alter table public.feature_flags owner to tollgate_owner;
revoke all on public.feature_flags from public;
grant select on public.feature_flags to tollgate_reader;

alter table public.feature_flags enable row level security;
create policy admins_read_all on public.feature_flags for select to tollgate_reader_all using (true);
create policy teams_read_their_namespaces on public.feature_flags for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));
