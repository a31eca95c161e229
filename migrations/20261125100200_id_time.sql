-- The time an id was made: the first 48 bits of a UUIDv7, and of the UUIDv8 that Tollgate derives from a provider's
-- own id, are Unix milliseconds. NULL for an id of any other kind.
-- `created_at` of a usage row is this value, so an id has one place in one partition, however often it is sent.
create function public.tollgate_id_time(id uuid) returns timestamptz
    language sql immutable parallel safe
as $$
    select case
        when substr(id::text, 15, 1) in ('7', '8') and substr(id::text, 20, 1) in ('8', '9', 'a', 'b')
        then to_timestamp(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint::double precision / 1000)
    end
$$;

alter function public.tollgate_id_time(uuid) owner to tollgate_owner;
revoke all on function public.tollgate_id_time(uuid) from public;
grant execute on function public.tollgate_id_time(uuid) to tollgate_reader;
