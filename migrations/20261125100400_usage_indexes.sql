-- What people ask for: a feature over time, a user over time, a span of time. Within a day rows arrive nearly in the
-- order of time, so a block range index (a few kB a day) serves the span.
create index provider_usage_logs_feature on public.provider_usage_logs (feature, created_at);
create index provider_usage_logs_user on public.provider_usage_logs (user_id, created_at) where user_id is not null;
create index provider_usage_logs_time on public.provider_usage_logs using brin (created_at);
