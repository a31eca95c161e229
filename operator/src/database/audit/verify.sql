-- The first row of a cluster that does not follow from the one before it, if there is one; how many rows, and the last one's hash.
with chain as (
    select c.seq, c.hash,
           row_number() over behind as place,
           sha256(lag(c.hash, 1, decode(repeat('00', 32), 'hex')) over behind
               || convert_to(public.tollgate_change_text(c), 'UTF8')) as due
    from public.flag_changes c
    where c.cluster = $1
    window behind as (order by c.seq)
)
select count(*) as rows,
       min(seq) filter (where seq <> place or hash <> due) as broken,
       encode((array_agg(hash order by seq desc))[1], 'hex') as head
from chain
