-- How much a row knows about its call. A row of higher rank replaces one of lower; of equal rank the first stays.
--   0  pending    created at the provider, usage not read yet
--   1  lost       the pod vanished with the call open; what is known is an estimate from outside
--   2  estimated  the call ended, its usage is estimated; or nobody meters its kind yet (unknown)
--   3  provider   the provider's own figure; or nothing was billable (none), which is as certain
create function public.tollgate_usage_rank(outcome text, usage_source text) returns int
    language sql immutable parallel safe
as $$
    select case
        when outcome = 'pending' then 0
        when outcome = 'lost' then 1
        when usage_source in ('estimated', 'unknown') then 2
        else 3
    end
$$;

alter function public.tollgate_usage_rank(text, text) owner to tollgate_owner;
revoke all on function public.tollgate_usage_rank(text, text) from public;
