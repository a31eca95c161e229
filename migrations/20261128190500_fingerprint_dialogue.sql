-- Which dialogue a sketched call is of (a keyed hash of its first question), and whether that had been answered before: what the
-- calls of one dialogue have in common is no feature's.
alter table public.fingerprint_sketches add column dialogue bigint, add column goes_on boolean;
