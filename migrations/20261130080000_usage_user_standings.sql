-- Whose calls cost how much, of a feature's users in a day or a week, as one text: to rank 10,000 users over ninety days out of their lines takes a
-- tenth of a second of a core, out of these texts a tenth of that. Made and marked as the sums by user are, of which they are a copy.
--
-- standings: one after the other, by user, `BYTES:USERCALLS,COST;` — BYTES is how long the user's id is, COST an exact decimal in US dollars.
create table public.usage_user_standings (
    cluster   text   not null,
    grain     text   not null, -- 'day' (UTC), or 'week' from its Monday
    start     date   not null,
    namespace text   not null,
    feature   text   not null,
    users     bigint not null, -- so many are in it
    standings text   not null,
    primary key (feature, grain, start, namespace, cluster)
);
create index usage_user_standings_namespace on public.usage_user_standings (namespace, grain, start);

-- The same of all namespaces together, for those who read them all.
create table public.usage_user_total_standings (
    cluster   text   not null,
    grain     text   not null,
    start     date   not null,
    users     bigint not null,
    standings text   not null,
    primary key (cluster, grain, start)
);

do $access$
declare
    of_sums text;
begin
    foreach of_sums in array array['usage_user_standings', 'usage_user_total_standings'] loop
        execute format('alter table public.%I owner to tollgate_owner', of_sums);
        execute format('revoke all on public.%I from public', of_sums);
        execute format('grant select on public.%I to tollgate_reader', of_sums);
        execute format('alter table public.%I enable row level security', of_sums);
        execute format('create policy admins_read_all on public.%I for select to tollgate_reader_all using (true)', of_sums);
        execute format('create policy admins_read_their_cluster on public.%I for select to tollgate_reader_cluster
            using (cluster = any (array(select c.cluster from public.reader_clusters c)))', of_sums);
    end loop;
end
$access$;
create policy teams_read_their_namespaces on public.usage_user_standings for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));

-- What was summed has none of these yet; the leader sums it anew. One of a release that knows no standings would take the marks for nothing: it
-- is shown none until it has been replaced.
alter view public.usage_unsummed_settled_days rename to usage_unsummed_settled_parts;
create view public.usage_unsummed_settled_days as
    select cluster, day, namespace, feature from public.usage_unsummed where false;
alter view public.usage_unsummed_settled_days owner to tollgate_owner;
revoke all on public.usage_unsummed_settled_days from public;
insert into public.usage_unsummed
    select distinct cluster, day, namespace, feature from public.usage_users_daily
    order by 1, 2, 3, 4
    on conflict do nothing;
