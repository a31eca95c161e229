-- Checks a token and returns what it claims: {"cluster", "namespace", "pod", "expires"}, each optional but the last
-- (Unix seconds). A token that does not hold gives {"refused": why}; it is not raised as an error, because an error
-- would put the whole statement, rows and token, into the server's log.
--
-- A token is four parts with dots between: tg1, the key's id, the claims (JSON in hex), and the HMAC-SHA256 in hex
-- over all that stands before its dot. operator/src/token.rs writes the same bytes.
create function public.tollgate_ingest_claims(token text) returns jsonb
    language plpgsql stable
as $$
declare
    parts text[] := string_to_array(token, '.');
    key record;
    mac bytea;
    claims jsonb;
begin
    if length(token) > 4096 or array_length(parts, 1) is distinct from 4 or parts[1] <> 'tg1' then
        return '{"refused": "this is no token of Tollgate"}';
    end if;

    select inner_pad, outer_pad into key
        from public.ingest_keys k
        where k.key_id = parts[2] and (k.retired_at is null or k.retired_at > now());
    if not found then
        return '{"refused": "the token is signed with a key that this database does not know, or no longer accepts"}';
    end if;

    mac := sha256(key.outer_pad || sha256(key.inner_pad
        || convert_to(parts[1] || '.' || parts[2] || '.' || parts[3], 'UTF8')));
    -- Hashes are compared, not the values, so that the time this takes tells nothing about the right one.
    if sha256(convert_to(parts[4], 'UTF8')) <> sha256(convert_to(encode(mac, 'hex'), 'UTF8')) then
        return '{"refused": "the token''s signature does not hold"}';
    end if;

    claims := convert_from(decode(parts[3], 'hex'), 'UTF8')::jsonb;
    if (claims ->> 'expires')::bigint <= extract(epoch from now()) then
        return '{"refused": "the token has expired"}';
    end if;
    return claims;
end
$$;

alter function public.tollgate_ingest_claims(text) owner to tollgate_owner;
revoke all on function public.tollgate_ingest_claims(text) from public;
