-- What alerts said: a row for each time that a threshold began to hold for a group, and one for each time that it was over. A
-- replica that takes over knows from here what was said already; two that lead for a moment cannot both say it, for `seq` is taken once.
create table public.alert_events (
    id              bigint      generated always as identity primary key,
    cluster         text        not null,
    alert_uid       text        not null,
    kind            text        not null, -- UsageAlert, ClusterUsageAlert
    namespace       text        not null, -- '' for a ClusterUsageAlert
    name            text        not null,
    threshold       text        not null, -- what it asks, as JSON
    group_key       text        not null, -- a JSON list, by the alert's groupBy
    seq             bigint      not null, -- 1 firing, 2 resolved, 3 firing …
    state           text        not null check (state in ('firing', 'resolved')),
    at              timestamptz not null, -- the end of the minute that made it so
    window_start    timestamptz not null,
    window_end      timestamptz not null,
    metric          text        not null,
    value           numeric     not null,
    threshold_value numeric,              -- what had to be reached, where that is one number
    projected       numeric,              -- what the window will hold at its end
    severity        text        not null,
    constraint a_crossing_is_said_once unique (cluster, alert_uid, threshold, group_key, seq)
);
create index alert_events_at on public.alert_events (at);

-- Who is to be told of an event, and whether that was done. What goes in one message has one `message`, also when it is tried again:
-- receivers that look can tell a second copy from a second event.
create table public.alert_deliveries (
    event        bigint      not null references public.alert_events on delete cascade,
    cluster      text        not null,
    alert_uid    text        not null,
    receiver     text        not null, -- its kind, and a hash of what is written of it
    message      uuid,
    attempts     integer     not null default 0,
    not_before   timestamptz not null default now(), -- also: somebody is at it until then
    delivered_at timestamptz,
    gave_up_at   timestamptz,
    error        text,                 -- the other side's own words
    primary key (event, receiver)
);
create index alert_deliveries_due on public.alert_deliveries (cluster, not_before) where delivered_at is null and gave_up_at is null;
create index alert_deliveries_alert on public.alert_deliveries (cluster, alert_uid, receiver, delivered_at);

alter table public.alert_events owner to tollgate_owner;
revoke all on public.alert_events from public;
grant select on public.alert_events to tollgate_reader;
alter table public.alert_events enable row level security;
create policy admins_read_all on public.alert_events for select to tollgate_reader_all using (true);
create policy teams_read_their_namespaces on public.alert_events for select to tollgate_reader
    using (namespace = any (array(select t.namespace from public.reader_namespaces t))
        and (cluster, namespace) in (select t.cluster, t.namespace from public.reader_namespaces t));

alter table public.alert_deliveries owner to tollgate_owner;
revoke all on public.alert_deliveries from public;
