-- Makes the flags of cluster $1 those of $2 (a JSON array of rows); gives how many were written and removed.
with flags as materialized (
    select $1::text as cluster, r.kind, r.namespace, r.name, r.feature_name, r.description, r.enabled, r.effective, r.effective_reason,
           r.effective_by, r.uid, r.resource_version, r.spec,
           case when f.spec = r.spec then f.updated_at else r.updated_at end as updated_at,
           case when f.spec = r.spec then f.updated_by else r.updated_by end as updated_by
    from jsonb_to_recordset($2::jsonb) as r (
        kind text, namespace text, name text, feature_name text, description text, enabled boolean, effective boolean,
        effective_reason text, effective_by text, uid text, resource_version text, spec jsonb, updated_at timestamptz, updated_by text
    )
    left join public.feature_flags f
        on f.cluster = $1 and f.kind = r.kind and f.namespace = r.namespace and f.name = r.name and f.uid = r.uid
), gone as (
    delete from public.feature_flags f
    where f.cluster = $1 and not exists (
        select from flags r where r.kind = f.kind and r.namespace = f.namespace and r.name = f.name)
    returning 1
), changed as (
    select * from flags
    except
    select * from public.feature_flags where cluster = $1
), written as (
    insert into public.feature_flags
    select * from changed
    on conflict (cluster, kind, namespace, name) do update set
        feature_name = excluded.feature_name, description = excluded.description, enabled = excluded.enabled,
        effective = excluded.effective, effective_reason = excluded.effective_reason, effective_by = excluded.effective_by,
        uid = excluded.uid, resource_version = excluded.resource_version, spec = excluded.spec,
        updated_at = excluded.updated_at, updated_by = excluded.updated_by
    returning 1
)
select (select count(*) from written) as written, (select count(*) from gone) as removed
