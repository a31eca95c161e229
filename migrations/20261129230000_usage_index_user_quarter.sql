-- By user and six hours: of a day that a zone's midnight cuts, the rows of those who cost most are read, and by user alone all of
-- their day was, ten times as many pages as they have rows in it. Heavy users' entries are still lists, 8 bytes a row.
--
-- Where the ledger is large this takes a minute. Rows wait on the spools meanwhile; readers wait for the drop at its end only.
create index provider_usage_logs_user_quarter on public.provider_usage_logs
    (user_id, date_bin('6 hours', created_at, '2000-01-01 00:00:00+00')) where user_id is not null;
drop index public.provider_usage_logs_user_id;
