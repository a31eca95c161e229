-- A mail server may take a mail for some of its recipients: they have it, and those who are named here are tried again. Whoever
-- does not know the column leaves them out, and mails nobody twice.
alter table public.alert_deliveries add column if not exists left_out text[];
create index if not exists alert_deliveries_left_out on public.alert_deliveries (cluster, not_before)
    where left_out is not null and gave_up_at is null;
