-- Who reads sums has to know which of them are not up to date, to read the rows instead: the console does. A mark says that something
-- was written in an hour, and nothing of whom or what.
grant select on public.usage_dirty, public.usage_dirty_days, public.usage_rolling to tollgate_reader;
