-- As with features, but a user has few rows a day, which is what a partition holds: 10 bytes a row instead of 71.
create index provider_usage_logs_user_id on public.provider_usage_logs (user_id) where user_id is not null;
drop index public.provider_usage_logs_user;
