-- Budgets that hold: what is left of each, and who may spend how much of it. A budget is a limit over a window; each group of it
-- (a user, where it is grouped by users) has its own. Amounts are whole numbers of the smallest unit: pico-USD, tokens, calls, errors.
create table public.budget_grants (
    budget       text          not null, -- the alert's uid
    group_key    text          not null, -- '' where it is not grouped
    window_start timestamptz   not null,
    window_end   timestamptz   not null,
    generation   bigint        not null, -- of the alert whose limit this is: a replica that lags does not turn it back
    limit_units  numeric(30,0) not null,
    spent_before numeric(30,0) not null, -- by the ledger, before anybody held a lease
    primary key (budget, group_key, window_start)
);
create index budget_grants_window_end on public.budget_grants (window_end);

-- One sidecar's share. It may have used and reserved, together, no more than `ceiling`, which is never below `used`.
-- A holder stays to its window's end, also when it is gone: what it used is used.
create table public.budget_holders (
    budget       text          not null,
    group_key    text          not null,
    window_start timestamptz   not null,
    epoch        text          not null, -- pod uid and start: who starts anew holds anew
    seq          bigint        not null, -- of the last ask that was heard; asks that are older, or the same once more, change nothing
    used         numeric(30,0) not null,
    reserved     numeric(30,0) not null, -- for calls in flight
    ceiling      numeric(30,0) not null,
    live         boolean       not null,
    expires_at   timestamptz   not null,
    primary key (budget, group_key, window_start, epoch),
    foreign key (budget, group_key, window_start) references public.budget_grants on delete cascade
) with (fillfactor = 50); -- a row changes each second, within its page

alter table public.budget_grants owner to tollgate_owner;
revoke all on public.budget_grants from public;
alter table public.budget_holders owner to tollgate_owner;
revoke all on public.budget_holders from public;
