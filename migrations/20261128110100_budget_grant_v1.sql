-- The only judge of budgets. Any replica asks it, for all its sidecars at once; the row of a budget is locked while it is shared out.
--
-- batch: [{budget, group, windowStart, windowEnd (Unix seconds), limit, generation, spentBefore,
--          asks: [{epoch, seq, used, reserved, kept, need, want, closing, holdMillis}]}]
-- answer: [{budget, group, windowStart, epoch, seq, ceiling, tight, spent}], one for each epoch that asked
--
-- An ask says what is: `used` since the holder's start, and the ceiling that it keeps (`kept`: it gave back the rest before it asked).
-- So an answer that is lost costs nothing: the next ask keeps less, and what it never learned of goes back.
create function public.tollgate_budget_grant_v1(batch jsonb) returns jsonb
    language plpgsql
as $$
declare
    terms jsonb;
    start timestamptz;
    judged public.budget_grants;
    taken text[];
    held numeric;
    holders bigint;
    remaining numeric;
    share numeric;
    ask record;
    answers jsonb := '[]';
begin
    -- Always in one order: two replicas wait for each other, they never lock each other out.
    for terms in
        select b.value from jsonb_array_elements(batch) b
        order by b.value->>'budget' collate "C", b.value->>'group' collate "C", (b.value->>'windowStart')::bigint
    loop
        start := to_timestamp((terms->>'windowStart')::bigint);
        insert into public.budget_grants
        values (terms->>'budget', terms->>'group', start, to_timestamp((terms->>'windowEnd')::bigint),
            (terms->>'generation')::bigint, (terms->>'limit')::numeric, (terms->>'spentBefore')::numeric)
        on conflict do nothing;
        if found then
            -- A window begins: those that nobody asks for any more go.
            delete from public.budget_grants g
            where (g.budget, g.group_key, g.window_start) in (
                select o.budget, o.group_key, o.window_start from public.budget_grants o
                where o.window_end < clock_timestamp() - interval '35 days' for update skip locked limit 100);
        end if;
        select * into strict judged from public.budget_grants g
        where g.budget = terms->>'budget' and g.group_key = terms->>'group' and g.window_start = start
        for update;
        if (terms->>'generation')::bigint > judged.generation then
            update public.budget_grants g
            set generation = (terms->>'generation')::bigint, limit_units = (terms->>'limit')::numeric
            where g.budget = judged.budget and g.group_key = judged.group_key and g.window_start = start
            returning * into judged;
        end if;

        -- Who has not been heard of keeps what it used, and what its calls in flight may have cost.
        update public.budget_holders h
        set live = false, ceiling = least(h.ceiling, h.used + h.reserved)
        where h.budget = judged.budget and h.group_key = judged.group_key and h.window_start = start
            and h.live and h.expires_at < clock_timestamp();

        -- First all give back, then all are given.
        with asked as (
            select distinct on (a.epoch) a.*
            from jsonb_to_recordset(terms->'asks') as a (
                epoch text, seq bigint, used numeric, reserved numeric, kept numeric, closing boolean, "holdMillis" bigint)
            order by a.epoch, a.seq desc
        ), put as (
            insert into public.budget_holders as h
            select judged.budget, judged.group_key, start, a.epoch, a.seq, a.used, a.reserved,
                case when a.closing then a.used else greatest(a.used, a.kept) end, not a.closing,
                clock_timestamp() + make_interval(secs => a."holdMillis" / 1000.0)
            from asked a
            on conflict (budget, group_key, window_start, epoch) do update
            set seq = excluded.seq, used = greatest(h.used, excluded.used), reserved = excluded.reserved,
                ceiling = greatest(h.used, excluded.used, least(h.ceiling, excluded.ceiling)),
                live = excluded.live, expires_at = excluded.expires_at
            where h.seq < excluded.seq
            returning h.epoch
        )
        select coalesce(array_agg(put.epoch), '{}') into taken from put;

        select coalesce(sum(h.ceiling), 0), count(*) filter (where h.live) into held, holders
        from public.budget_holders h
        where h.budget = judged.budget and h.group_key = judged.group_key and h.window_start = start;
        remaining := greatest(judged.limit_units - judged.spent_before - held, 0);

        -- Shares shrink as the limit nears; a call that waits gets what it needs while it is there, and the poorest come first.
        for ask in
            select a.epoch, a.need, a.want
            from jsonb_to_recordset(terms->'asks') as a (
                epoch text, seq bigint, need numeric, want numeric, closing boolean, kept numeric, used numeric, reserved numeric)
            join public.budget_holders h on h.budget = judged.budget and h.group_key = judged.group_key
                and h.window_start = start and h.epoch = a.epoch and h.seq = a.seq
            where a.epoch = any (taken) and a.want > 0 and not a.closing
            order by a.need > 0 desc, a.kept - a.used - a.reserved, a.epoch
        loop
            exit when remaining <= 0;
            share := least(ask.want, remaining, greatest(ask.need, floor(remaining / (2 * holders))));
            continue when share <= 0;
            update public.budget_holders h set ceiling = h.ceiling + share
            where h.budget = judged.budget and h.group_key = judged.group_key and h.window_start = start and h.epoch = ask.epoch;
            remaining := remaining - share;
        end loop;

        select answers || coalesce(jsonb_agg(jsonb_build_object(
            'budget', judged.budget, 'group', judged.group_key, 'windowStart', (terms->>'windowStart')::bigint,
            'epoch', h.epoch, 'seq', h.seq, 'ceiling', h.ceiling,
            'tight', remaining * 20 < judged.limit_units, 'spent', remaining = 0)), '[]')
        into answers
        from public.budget_holders h
        where h.budget = judged.budget and h.group_key = judged.group_key and h.window_start = start
            and h.epoch in (select a->>'epoch' from jsonb_array_elements(terms->'asks') a);
    end loop;
    return answers;
end
$$;

alter function public.tollgate_budget_grant_v1(jsonb) owner to tollgate_owner;
revoke all on function public.tollgate_budget_grant_v1(jsonb) from public;
