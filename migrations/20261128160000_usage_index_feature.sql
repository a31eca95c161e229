-- The index on feature and time kept each row's own millisecond, and so each of its entries was the only one of its kind: 72
-- bytes a row, for pages split in the middle where fifty features grow side by side. By feature and hour the entries of
-- an hour are one list: 8 bytes a row. The last calls of a feature are read in its order, hour by hour (docs/ledger.md has
-- the query); a shorter span is this index and the block range index on time together.
--
-- Where the ledger is large this takes a minute. Rows wait on the spools meanwhile; readers wait for the drop at its end only.
create index provider_usage_logs_feature_hour on public.provider_usage_logs
    (feature, date_bin('1 hour', created_at, '2000-01-01 00:00:00+00'));
drop index public.provider_usage_logs_feature;
