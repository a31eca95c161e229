-- Hours whose rows changed since their rollup was made.
--
-- A mark must not get lost between a writer that finds it already there and a rollup that takes it away at the same
-- moment. So a writer locks the mark (or makes it) and holds it until its rows are committed, and the rollup takes
-- marks FOR UPDATE SKIP LOCKED before it reads the rows, in a later statement: what it took was committed, what is still being written stays marked.
-- Writers spread over `lane`s (of their server process), else all would wait for one another at the same hour.
create table public.usage_dirty (
    cluster text        not null, -- '' where rows name none
    hour    timestamptz not null,
    lane    smallint    not null,
    primary key (cluster, hour, lane)
);

alter table public.usage_dirty owner to tollgate_owner;
revoke all on public.usage_dirty from public;
