-- A forecast without its range says more than it knows: four windows of five end between these two.
alter table public.alert_events add column projected_low numeric, add column projected_high numeric;
