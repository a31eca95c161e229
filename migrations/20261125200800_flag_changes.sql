-- Who changed which flag, when, from what to what. Rows are only ever added, and chained: each one's hash covers the row and the
-- hash before it, by cluster, so that a row that was changed, taken out or moved shows. The first follows 32 zero bytes.
create table public.flag_changes (
    cluster          text        not null,
    seq              bigint      not null, -- 1, 2, 3 … in each cluster, without a gap
    at               timestamptz not null,
    kind             text        not null, -- FeatureFlag, ClusterFeatureFlag
    namespace        text        not null, -- '' for a ClusterFeatureFlag
    name             text        not null,
    feature          text        not null,
    uid              text        not null,
    resource_version text        not null, -- that the change gave; with the uid it names the change
    action           text        not null check (action in ('created', 'changed', 'deleted')),
    actor            text,                 -- null: nobody saw who
    actor_groups     text[]      not null,
    via              text,                 -- the field manager: kubectl, kustomize-controller …
    reason           text,
    before           jsonb,                -- null where it was created
    after            jsonb,                -- null where it was deleted
    hash             bytea       not null,
    primary key (cluster, seq),
    constraint a_change_stands_once unique (cluster, uid, resource_version),
    constraint change_has_its_sides check ((before is null) = (action = 'created') and (after is null) = (action = 'deleted'))
);
create index flag_changes_at on public.flag_changes (at);
create index flag_changes_flag on public.flag_changes (namespace, name, at);

alter table public.flag_changes owner to tollgate_owner;
revoke all on public.flag_changes from public;
grant select on public.flag_changes to tollgate_reader;

alter table public.flag_changes enable row level security;
create policy admins_read_all on public.flag_changes for select to tollgate_reader_all using (true);
create policy teams_read_their_namespaces on public.flag_changes for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));

-- Nobody has the right to change a row but the owner, and the owner is told that it is not done.
create function public.tollgate_only_added() returns trigger
    language plpgsql
as $$
begin
    raise exception 'rows of % are only added, never changed or taken away', tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;
alter function public.tollgate_only_added() owner to tollgate_owner;
revoke all on function public.tollgate_only_added() from public;
create trigger only_added before update or delete or truncate on public.flag_changes
    for each statement execute function public.tollgate_only_added();

-- What a hash is made of: all columns but the hash, as the text that Postgres gives a jsonb (keys by length, then by
-- bytes; one space behind each colon and comma). Times in UTC with six digits. hash = sha256(hash before || this, in UTF-8).
create function public.tollgate_change_text(change public.flag_changes) returns text
    language sql stable
as $$
    select jsonb_build_object(
        'cluster', change.cluster, 'seq', change.seq,
        'at', to_char(change.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'kind', change.kind, 'namespace', change.namespace, 'name', change.name, 'feature', change.feature,
        'uid', change.uid, 'resource_version', change.resource_version, 'action', change.action,
        'actor', change.actor, 'actor_groups', change.actor_groups, 'via', change.via, 'reason', change.reason,
        'before', change.before, 'after', change.after)::text
$$;
alter function public.tollgate_change_text(public.flag_changes) owner to tollgate_owner;
revoke all on function public.tollgate_change_text(public.flag_changes) from public;
grant execute on function public.tollgate_change_text(public.flag_changes) to tollgate_reader;
