-- A few days of one namespace or feature, at the edges of weeks: found among the lines of these days by the index alone. Equal keys are kept
-- once, so it is hardly larger than the one by day that it stands for.
create index usage_users_daily_day_feature on public.usage_users_daily (cluster, day, namespace, feature);
drop index public.usage_users_daily_day;
