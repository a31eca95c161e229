-- Hours and days that are being rolled up: their marks were taken, their sums are not replaced yet. To take a mark and to
-- replace the sums are two transactions, for a writer that finds its mark being taken waits until that is committed, and
-- must not wait for the sums. What stands here is to be done, also after a crash between the two.
create table public.usage_rolling (
    grain   text        not null check (grain in ('hour', 'day')),
    cluster text        not null,
    start   timestamptz not null,
    primary key (grain, cluster, start)
);

alter table public.usage_rolling owner to tollgate_owner;
revoke all on public.usage_rolling from public;
