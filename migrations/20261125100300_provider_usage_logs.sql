-- The ledger: one row for each call to a provider, also for those that cost nothing and those that were refused.
-- Partitioned by day (UTC) of `created_at`, so that old days leave by dropping a table.
create table public.provider_usage_logs (
    id                  uuid        not null, -- UUIDv7 of the call's start, or UUIDv8 of what the provider bills
    created_at          timestamptz not null, -- the id's own time, in milliseconds
    received_at         timestamptz not null, -- when this row, as it stands, came through the door
    cluster             text,
    namespace           text,
    workload            text,
    pod                 text,
    container           text,
    feature             text        not null, -- 'unattributed' where nobody named one
    user_id             text,
    provider            text        not null, -- openai, anthropic, google, xai, openrouter
    host                text        not null, -- the provider's own host
    model               text,                 -- that answered, else the one asked for
    endpoint            text        not null, -- a template out of a fixed table, else 'other'
    outcome             text        not null,
    status              smallint,             -- HTTP status as the app saw it
    streamed            boolean     not null,
    tokens_used         bigint      not null, -- input_tokens + output_tokens
    input_tokens        bigint      not null, -- all input, cached and cache writes included
    output_tokens       bigint      not null, -- all output, reasoning included
    cached_input_tokens bigint      not null,
    cache_write_tokens  bigint      not null,
    reasoning_tokens    bigint      not null,
    cost_usd            numeric(20, 12),      -- NULL: not priced; metadata says why
    usage_source        text        not null,
    account             text,                 -- keyed hash of the API key
    metadata            jsonb       not null default '{}',

    primary key (id, created_at),

    -- The names of these rules are the reasons shown in quarantine.
    constraint outcome_is_known check (outcome in
        ('completed', 'refused', 'provider_error', 'provider_closed', 'client_closed', 'unreachable', 'pending', 'lost', 'offpath')),
    constraint usage_source_is_known check (usage_source in ('provider', 'estimated', 'none', 'unknown')),
    constraint status_is_positive check (status > 0),
    constraint counts_are_not_negative check (tokens_used >= 0 and input_tokens >= 0 and output_tokens >= 0
        and cached_input_tokens >= 0 and cache_write_tokens >= 0 and reasoning_tokens >= 0),
    -- numeric's NaN is greater than any number, so the upper bound keeps it out
    constraint cost_is_an_amount check (cost_usd >= 0 and cost_usd < 100000000),
    constraint metadata_is_an_object check (jsonb_typeof(metadata) = 'object')
) partition by range (created_at);

alter table public.provider_usage_logs owner to tollgate_owner;
revoke all on public.provider_usage_logs from public;
grant select on public.provider_usage_logs to tollgate_reader;

comment on table public.provider_usage_logs is 'One row a call to an AI provider; rows come in through tollgate_ingest_v1 only';
