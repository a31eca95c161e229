-- What is cleared away by age is found by age.
create index usage_quarantine_received on public.usage_quarantine (received_at);
create index usage_clamped_created on public.usage_clamped (created_at);
