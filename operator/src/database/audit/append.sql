-- Adds a change behind the last of its cluster, whose lock the caller holds. Gives no row where the change stands already.
with last as (
    select coalesce(max(seq), 0) as seq from public.flag_changes where cluster = $1
), change as (
    -- as the table will hold it, so that the hash is of what is stored: numbers and times lose their spelling on the way
    select row($1, last.seq + 1, $2::timestamptz, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15::jsonb, ''
           )::public.flag_changes as row,
           coalesce((select hash from public.flag_changes c where c.cluster = $1 and c.seq = last.seq),
                    decode(repeat('00', 32), 'hex')) as before
    from last
)
insert into public.flag_changes
select (row).cluster, (row).seq, (row).at, (row).kind, (row).namespace, (row).name, (row).feature, (row).uid, (row).resource_version,
       (row).action, (row).actor, (row).actor_groups, (row).via, (row).reason, (row).before, (row).after,
       sha256(before || convert_to(public.tollgate_change_text(row), 'UTF8'))
from change
on conflict on constraint a_change_stands_once do nothing
returning seq, encode(hash, 'hex') as hash
