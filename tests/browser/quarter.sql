-- Ninety days of a company that uses AI: twelve features in four namespaces, two hundred people, busy by day and quiet on weekends, one bad
-- day, a model that no book has a price for, calls that name no feature, and somebody who turned things off and on. Whole days as the
-- rollups have them; the last two days and today as rows, which the operator then rolls up. Chance is a hash: every time the same.
set synchronous_commit = off;

create temp table shapes (namespace text, feature text, workload text, provider text, host text, model text, endpoint text,
    per_day int, input int, cached int, output int, usd_input numeric, usd_cached numeric, usd_output numeric);
insert into shapes values
('shop', 'chat', 'storefront', 'openai', 'api.openai.com', 'gpt-5.4-mini', '/v1/chat/completions', 820, 2400, 900, 380, 0.75, 0.075, 4.5),
('shop', 'chat', 'storefront', 'anthropic', 'api.anthropic.com', 'claude-sonnet-5', '/v1/messages', 210, 3100, 1200, 520, 2, 0.2, 10),
('shop', 'search', 'catalogue', 'openai', 'api.openai.com', 'gpt-4o-mini', '/v1/chat/completions', 1400, 900, 0, 60, 0.15, 0.075, 0.6),
('shop', 'recommendations', 'catalogue', 'google', 'generativelanguage.googleapis.com', 'gemini-2.5-flash', '/v1beta/models/{model}:generateContent', 640, 1800, 0, 210, 0.3, 0.03, 2.5),
('shop', 'reviews-summary', 'reviews', 'openai', 'api.openai.com', 'gpt-4o-mini', '/v1/chat/completions', 310, 5200, 0, 260, 0.15, 0.075, 0.6),
('support', 'answer-drafts', 'helpdesk', 'anthropic', 'api.anthropic.com', 'claude-sonnet-5', '/v1/messages', 460, 4200, 2600, 640, 2, 0.2, 10),
('support', 'ticket-routing', 'helpdesk', 'anthropic', 'api.anthropic.com', 'claude-haiku-4-5', '/v1/messages', 720, 1100, 0, 40, 1, 0.1, 5),
('support', 'translation', 'helpdesk', 'openai', 'api.openai.com', 'gpt-5.4-mini', '/v1/responses', 280, 800, 0, 760, 0.75, 0.075, 4.5),
('content', 'writing-assistant', 'editor', 'openai', 'api.openai.com', 'gpt-5.4', '/v1/responses', 240, 3600, 1500, 1300, 2.5, 0.25, 15),
('content', 'writing-assistant', 'editor', 'xai', 'api.x.ai', 'grok-3', '/v1/chat/completions', 40, 2800, 0, 900, 3, 0.75, 15),
('content', 'seo-titles', 'publisher', 'google', 'generativelanguage.googleapis.com', 'gemini-2.5-flash', '/v1beta/models/{model}:generateContent', 190, 1200, 0, 90, 0.3, 0.03, 2.5),
('content', 'alt-texts', 'publisher', 'openai', 'api.openai.com', 'gpt-4o-mini', '/v1/chat/completions', 350, 1500, 0, 70, 0.15, 0.075, 0.6),
('finance', 'invoice-intake', 'ledger-bot', 'anthropic', 'api.anthropic.com', 'claude-haiku-4-5', '/v1/messages', 300, 6400, 3000, 480, 1, 0.1, 5),
('finance', 'forecast-notes', 'analyst', 'openrouter', 'openrouter.ai', 'openai/gpt-oss-240b', '/api/v1/chat/completions', 22, 5200, 0, 1400, null, null, null),
('shop', 'unattributed', 'storefront', 'openai', 'api.openai.com', 'gpt-4o-mini', '/v1/chat/completions', 160, 1300, 0, 180, 0.15, 0.075, 0.6),
('content', 'unattributed', 'importer', 'anthropic', 'api.anthropic.com', 'claude-haiku-4-5', '/v1/messages', 90, 3900, 0, 700, 1, 0.1, 5);

create temp table people as
select row_number() over (order by hashtext(a || b)) - 1 as place, a || '.' || b as id
from unnest(array['ada', 'alan', 'amina', 'barbara', 'carl', 'dorothy', 'edsger', 'emmy', 'fatima', 'grace', 'hedy', 'ines', 'jun', 'katherine', 'linus', 'mary', 'noor', 'radia', 'sofia', 'tim']) a,
     unnest(array['bauer', 'costa', 'dubois', 'fischer', 'ito', 'khan', 'lindqvist', 'moreau', 'okafor', 'silva']) b;

-- So many calls of each kind in each hour.
create temp table busy as
select s.*, h as hour,
       case when s.usd_input is null then null
            else trunc(((s.input - s.cached) * s.usd_input + s.cached * s.usd_cached + s.output * s.usd_output) / 1000000, 12) end as usd,
       case when s.cached > 0 then jsonb_build_object('input', s.input - s.cached, 'input_cached', s.cached, 'output', s.output)
            else jsonb_build_object('input', s.input, 'output', s.output) end as units,
       round(s.per_day * (1 - 0.85 * cos(2 * pi() * (extract(hour from h)::int - 2) / 24)) / 24
             * case when extract(isodow from h) > 5 then 0.42 else 1.0 end
             * (0.7 + 0.3 * (90 - extract(day from date_trunc('day', now(), 'UTC') - date_trunc('day', h, 'UTC'))) / 90)
             * (0.78 + 0.44 * ((hashtext(s.feature || s.model || h::text)::bigint & 65535) / 65535.0))
             * case when s.feature = 'answer-drafts' and date_trunc('day', h, 'UTC') = date_trunc('day', now(), 'UTC') - interval '9 days' then 2.8 else 1 end)::int as calls
from shapes s,
     generate_series(date_trunc('day', now(), 'UTC') - interval '89 days', date_trunc('hour', now(), 'UTC'), interval '1 hour') h
-- what a feature began with, and what it is by now
where not (s.model = 'grok-3' and h < now() - interval '40 days') and not (s.usd_input is null and h < now() - interval '6 days');
delete from busy where calls <= 0;

insert into public.usage_hourly
select 'default', hour, namespace, workload, feature, provider, host, model, 'q7v2k9m4t1x8z3ba', outcome, source, '2026-11-25', '', 0,
       n, case when usd is null and source = 'provider' then n else 0 end,
       case when source = 'none' then 0 else coalesce(usd, 0) * n end,
       case when source = 'none' then 0 else (input + output) * n end, case when source = 'none' then 0 else input * n end,
       case when source = 'none' then 0 else output * n end, case when source = 'none' then 0 else cached * n end, 0, 0,
       case when source = 'none' then '{}' else (select jsonb_object_agg(key, value::bigint * n) from jsonb_each_text(units)) end
from busy, lateral (values
    ('completed', 'provider', calls - calls / 40 - calls / 50), ('provider_error', 'none', calls / 40), ('client_closed', 'estimated', calls / 50)
) as parts (outcome, source, n)
where n > 0 and hour < date_trunc('day', now(), 'UTC') - interval '2 days';

-- Of each feature twenty-five of the people, a few of them much.
insert into public.usage_users_daily
select 'default', day, namespace, feature, coalesce(p.id, ''), provider, host, model, '2026-11-25', '', 0,
       sum(n), 0, sum(case when k = 0 then failed else 0 end), sum(case when k = 0 then unpriced else 0 end),
       sum(spent), 0,
       sum(input * n / calls), sum(output * n / calls), '{}'
from (
    select *, case when k = 0 then calls - sum(part) over shape + part else part end as n,
           case when k = 0 then usd - sum(trunc(usd * part / calls, 12)) over shape + trunc(usd * part / calls, 12)
                else trunc(usd * part / calls, 12) end as spent
    from (
        select *, floor(calls / (k + 2) / 2.9)::bigint as part
        from (
            select (hour at time zone 'UTC')::date as day, namespace, feature, provider, host, model, sum(calls) as calls,
                   coalesce(sum(calls) filter (where outcome = 'provider_error'), 0) as failed, sum(unpriced_calls) as unpriced,
                   sum(cost_usd) as usd, sum(input_tokens) as input, sum(output_tokens) as output
            from public.usage_hourly group by 1, 2, 3, 4, 5, 6
        ) days cross join generate_series(0, 24) k
    ) parts
    window shape as (partition by day, namespace, feature, provider, host, model)
) shares
left join people p on feature <> 'unattributed' and p.place = (k * k * 3 + k + (hashtext(feature) & 127)) % 200
where n > 0
group by 1, 2, 3, 4, 5, 6, 7, 8;

-- Single calls. Ids are version 7 of their time.
select public.tollgate_ensure_partition((date_trunc('day', now(), 'UTC') - day * interval '1 day')::date) from generate_series(0, 2) day;
insert into public.provider_usage_logs
select (lpad(to_hex(ms), 12, '0') || '7' || substr(hash, 1, 3) || 'a' || substr(hash, 4, 15))::uuid,
       to_timestamp(ms / 1000.0), to_timestamp(ms / 1000.0), 'default', namespace, workload, workload || '-7d9c5b-' || substr(hash, 1, 5), null,
       feature, user_id, provider, host, model, endpoint, outcome,
       case outcome when 'provider_error' then 529 else 200 end, dice % 3 <> 0,
       case when outcome = 'provider_error' then 0 else input + output end, case when outcome = 'provider_error' then 0 else input end,
       case when outcome = 'provider_error' then 0 else output end, case when outcome = 'provider_error' then 0 else cached end, 0, 0,
       case when outcome = 'provider_error' then 0 else usd end,
       case outcome when 'provider_error' then 'none' when 'client_closed' then 'estimated' else 'provider' end, 'q7v2k9m4t1x8z3ba',
       jsonb_strip_nulls(jsonb_build_object(
           'usage', case when outcome = 'provider_error' then '{}' else units end, 'price', '2026-11-25',
           'request_id', 'req_' || substr(hash, 1, 24), 'model_requested', model,
           'unpriced', case when usd is null then 'the price book does not know openrouter''s model ' || model end,
           'estimate', case outcome when 'client_closed' then '{"method": "text", "fault": "the app went away before the answer ended"}'::jsonb end,
           'fingerprint', case when feature = 'unattributed' and dice % 11 > 0 then 'fp-' || substr(md5(namespace || dice % 2), 1, 12) end,
           'timings', jsonb_build_object('first_byte_us', 180000 + dice * 37 % 620000, 'total_us', 900000 + dice * 91 % 3200000)))
from (
    select b.*, case when b.feature = 'unattributed' then null else p.id end as user_id, hash, dice,
           case when dice % 41 = 0 then 'provider_error' when dice % 53 = 0 then 'client_closed' else 'completed' end as outcome,
           (extract(epoch from hour) * 1000)::bigint + (dice * 7919::bigint) % 3600000 as ms
    from busy b cross join generate_series(1, b.calls) number
    cross join lateral (select md5(b.feature || b.model || b.hour || number) as hash, (hashtext(b.feature || b.model || b.hour || number)::bigint & 1048575) as dice) drawn
    left join people p on p.place = ((dice % 25) * (dice % 25) * 3 + (dice % 25) + (hashtext(b.feature) & 127)) % 200
    where hour >= date_trunc('day', now(), 'UTC') - interval '2 days'
) calls
where ms < extract(epoch from now()) * 1000;
insert into public.usage_dirty
select distinct 'default', hour, 0 from busy where hour >= date_trunc('day', now(), 'UTC') - interval '2 days'
on conflict do nothing;

-- What people did to flags, each change chained to the one before it.
do $$
declare
    change public.flag_changes;
    head bytea := coalesce((select hash from public.flag_changes order by seq desc limit 1), decode(repeat('00', 32), 'hex'));
    before bigint := (select count(*) from public.flag_changes);
    told record;
begin
    for told in select before + row_number() over (order by days desc) as seq, * from (values
        (61.3, 'shop', 'recommendations', 'created', true, 'ines.silva@example.com', 'kubectl', 'first customers try it'),
        (34.1, 'content', 'writing-assistant', 'changed', true, 'jun.ito@example.com', 'kustomize-controller', 'Grok for the newsroom, see CO-218'),
        (20.4, 'support', 'translation', 'changed', false, 'noor.khan@example.com', 'tollgate-console', 'provider is down, their status page says 40 minutes'),
        (20.35, 'support', 'translation', 'changed', true, 'noor.khan@example.com', 'tollgate-console', 'undone'),
        (8.6, 'support', 'answer-drafts', 'changed', false, 'emmy.bauer@example.com', 'tollgate-console', 'a loop in the helpdesk calls it without end'),
        (8.2, 'support', 'answer-drafts', 'changed', true, 'emmy.bauer@example.com', 'kubectl', 'helpdesk 4.2.1 is out'),
        (3.4, 'shop', 'chat', 'changed', true, 'ada.okafor@example.com', 'tollgate-console', 'half of the users only, until the new prompt is judged')
    ) as all_of (days, namespace, feature, action, enabled, actor, via, reason)
    loop
        change := row('default', told.seq, now() - told.days * interval '1 day', 'FeatureFlag', told.namespace, told.feature, told.feature,
            md5(told.namespace || told.feature), (1000 + told.seq)::text, told.action, told.actor, array['platform'], told.via, told.reason,
            case told.action when 'created' then null else jsonb_build_object('spec', jsonb_build_object('enabled', not told.enabled or told.days in (34.1, 3.4))) end,
            jsonb_build_object('spec', case told.days when 34.1 then '{"enabled": true, "match": [{"models": ["gpt-5.4", "grok-3"]}]}'
                when 3.4 then '{"enabled": true, "rollout": {"percent": 50, "by": "User"}}' else jsonb_build_object('enabled', told.enabled) end), null);
        head := sha256(head || convert_to(public.tollgate_change_text(change), 'UTF8'));
        change.hash := head;
        insert into public.flag_changes select change.*;
    end loop;
end
$$
