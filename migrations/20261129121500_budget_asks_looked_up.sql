-- Asks of two hundred pods, some thrice (who is not answered asks anew), were compared each with each, and with a list: a statement took
-- seconds just when a replica had died and all asked the other. What is asked is looked up now, not searched.
--
-- batch, answer: as before.
create or replace function public.tollgate_budget_grant_v1(batch jsonb) returns jsonb
    language plpgsql
as $$
declare
    -- Pods say each second what they do not need any more. Who has not spoken for longer has gone, and what it had comes back later.
    counted_on constant interval := interval '1500 milliseconds';
    -- A call that was granted what it waited for may have ended by then, and cost less.
    in_flight constant interval := interval '200 milliseconds';
    -- Of calls that wait, all pods together.
    asks_a_second constant bigint := 250;
    terms jsonb;
    start timestamptz;
    judged public.budget_grants;
    newest jsonb; -- the number of its newest ask by holder
    taken jsonb; -- the same of those that say something new
    held numeric;
    unused numeric;
    set_aside numeric;
    holders bigint;
    remaining numeric;
    share numeric;
    is_short boolean;
    is_spent boolean;
    ask record;
    answers jsonb := '[]';
begin
    -- Always in one order: two replicas wait for each other, they never lock each other out.
    for terms in
        select b.value from jsonb_array_elements(batch) b
        order by b.value->>'budget' collate "C", b.value->>'group' collate "C", (b.value->>'windowStart')::bigint
    loop
        start := to_timestamp((terms->>'windowStart')::bigint);
        insert into public.budget_grants (budget, group_key, window_start, window_end, generation, limit_units, spent_before)
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

        select coalesce(jsonb_object_agg(a.epoch, a.seq), '{}') into newest
        from (select n.epoch, max(n.seq) as seq from jsonb_to_recordset(terms->'asks') as n (epoch text, seq bigint) group by n.epoch) a;

        -- First all give back, then all are given. What is used and set aside is gone, also where it is more than was granted.
        with asked as (
            select distinct on (a.epoch) a.*
            from jsonb_to_recordset(terms->'asks') as a (
                epoch text, seq bigint, used numeric, reserved numeric, kept numeric, closing boolean, "holdMillis" bigint)
            order by a.epoch, a.seq desc
        ), put as (
            insert into public.budget_holders as h (budget, group_key, window_start, epoch, seq, used, reserved, ceiling, live,
                expires_at, heard_at)
            select judged.budget, judged.group_key, start, a.epoch, a.seq, a.used, a.reserved,
                case when a.closing then a.used else greatest(a.used + a.reserved, a.kept) end, not a.closing,
                clock_timestamp() + make_interval(secs => a."holdMillis" / 1000.0), clock_timestamp()
            from asked a
            on conflict (budget, group_key, window_start, epoch) do update
            set seq = excluded.seq, used = greatest(h.used, excluded.used), reserved = excluded.reserved, lent = 0,
                ceiling = greatest(h.used, case when excluded.live then excluded.used + excluded.reserved else excluded.used end,
                    least(h.ceiling, excluded.ceiling)),
                live = excluded.live, expires_at = excluded.expires_at, heard_at = excluded.heard_at
            where h.seq < excluded.seq
            returning h.epoch, h.seq
        )
        select coalesce(jsonb_object_agg(put.epoch, put.seq), '{}') into taken from put;

        select coalesce(sum(h.ceiling), 0), count(*) filter (where h.live),
            coalesce(sum(greatest(h.ceiling - h.used - h.set_aside, 0))
                filter (where h.live and h.heard_at + counted_on >= clock_timestamp()), 0),
            coalesce(sum(h.set_aside) filter (where h.live), 0)
        into held, holders, unused, set_aside
        from (
            select b.*, b.reserved - case when b.heard_at + in_flight < clock_timestamp() then b.lent else 0 end as set_aside
            from public.budget_holders b
            where b.budget = judged.budget and b.group_key = judged.group_key and b.window_start = start
        ) h;
        remaining := judged.limit_units - judged.spent_before - held;

        is_short := null;
        -- Shares shrink as the limit nears; a call that waits gets what it needs while it is there, and the poorest come first.
        -- What is too little for any call of a pod stays for others, unless it is more than a hundredth of the limit: that is the
        -- last, and goes to one call, with what it lacks on top.
        for ask in
            select a.epoch, a.need, coalesce(a.least, a.need) as least, a.want
            from jsonb_to_recordset(terms->'asks') as a (
                epoch text, seq bigint, need numeric, least numeric, want numeric, closing boolean, kept numeric, used numeric,
                reserved numeric)
            where (taken->>a.epoch)::bigint = a.seq and a.want > 0 and not a.closing
            order by a.need > 0 desc, a.kept - a.used - a.reserved, a.epoch
        loop
            if ask.need > 0 then
                is_short := remaining <= 0 or ask.least > remaining and remaining * 100 <= judged.limit_units;
            end if;
            exit when remaining <= 0;
            share := least(ask.want, remaining, greatest(ask.need, floor(remaining / (2 * holders))));
            if ask.need > 0 and ask.least > remaining then
                continue when is_short;
                share := ask.least;
            end if;
            continue when share <= 0;
            -- What a call waits for is set aside for it.
            update public.budget_holders h
            set ceiling = h.ceiling + share, reserved = h.reserved + least(share, ask.need), lent = least(share, ask.need)
            where h.budget = judged.budget and h.group_key = judged.group_key and h.window_start = start and h.epoch = ask.epoch;
            remaining := remaining - share;
            unused := unused + greatest(share - ask.need, 0);
            set_aside := set_aside + least(share, ask.need);
        end loop;
        remaining := greatest(remaining, 0);
        is_spent := (remaining + unused) * 100 <= judged.limit_units;
        -- It is spent once a call does not get what it needs, and no more once one does.
        if judged.spent is distinct from (is_spent and coalesce(is_short, judged.spent or remaining + unused = 0)) then
            update public.budget_grants g set spent = not judged.spent
            where g.budget = judged.budget and g.group_key = judged.group_key and g.window_start = start;
        end if;

        select answers || coalesce(jsonb_agg(jsonb_build_object(
            'budget', judged.budget, 'group', judged.group_key, 'windowStart', (terms->>'windowStart')::bigint,
            'epoch', h.epoch, 'seq', h.seq, 'ceiling', h.ceiling, 'rest', remaining,
            'tight', remaining * 20 < judged.limit_units,
            -- All that lies ready together is a twentieth of what is left, or half a hundredth of the limit: that may stay unused.
            'ready', floor(greatest(remaining / 20, judged.limit_units / 200) / greatest(holders, 1)),
            'spent', is_spent,
            'open', (remaining + unused + set_aside) * 100 > judged.limit_units,
            'againMillis', least(greatest(holders * 1000 / asks_a_second, 25), 1000))), '[]')
        into answers
        from public.budget_holders h
        where h.budget = judged.budget and h.group_key = judged.group_key and h.window_start = start
            and newest ? h.epoch;
    end loop;
    return answers;
end
$$;
