-- The one door into the ledger, and the only thing the role tollgate_sidecar may use:
--
--     select tollgate_ingest_v1('<token>', '[{"id": "…", "feature": "chat", …}, …]')
--
-- It answers {"accepted", "replaced", "duplicate", "quarantined"}, which add up to the batch's rows, or {"refused": why},
-- and then nothing was taken. After an answer without "refused" the sender may forget the batch. A row that cannot be taken goes to
-- usage_quarantine and holds up no other. What is no fault of the rows (a full disk, a deadlock) is raised, nothing
-- is taken, and the same batch may be sent again.
--
-- A clean batch, nearly every one, costs one check of the token and one INSERT; all else begins with that INSERT's error.
-- The version is in the name: a new shape is a new function beside this one, and months-old sidecars go on writing.
create function public.tollgate_ingest_v1(token text, batch jsonb) returns jsonb
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    claims jsonb := public.tollgate_ingest_claims(token);
    cluster text := claims ->> 'cluster';
    namespace text := claims ->> 'namespace';
    pod text := claims ->> 'pod';
    total bigint;
    put record;
    item jsonb;
    accepted bigint := 0;
    replaced bigint := 0;
    quarantined bigint := 0;
    fault text;
    fault_rule text;
    fault_column text;
begin
    if claims ? 'refused' then
        return claims;
    end if;
    if jsonb_typeof(batch) is distinct from 'array' then
        batch := jsonb_build_array(coalesce(batch, 'null')); -- one thing, perhaps a row
    end if;
    total := jsonb_array_length(batch);
    if total > 10000 then
        return jsonb_build_object('refused', format('a batch of %s rows is too large, at most 10000', total));
    end if;

    -- First as it is, then once more with room made for it.
    for attempt in 1..2 loop
        begin
            put := public.tollgate_usage_put(batch, cluster, namespace, pod);
            return jsonb_build_object('accepted', put.accepted, 'replaced', put.replaced,
                'duplicate', total - put.accepted - put.replaced, 'quarantined', 0);
        exception when data_exception or integrity_constraint_violation or program_limit_exceeded then
            if attempt = 1 then
                perform public.tollgate_usage_make_room(batch);
            end if;
        end;
    end loop;

    -- A row is at fault: each for itself.
    for item in select e from jsonb_array_elements(batch) e loop
        begin
            put := public.tollgate_usage_put(jsonb_build_array(item), cluster, namespace, pod);
            accepted := accepted + put.accepted;
            replaced := replaced + put.replaced;
        exception when data_exception or integrity_constraint_violation or program_limit_exceeded then
            get stacked diagnostics fault = message_text, fault_rule = constraint_name, fault_column = column_name;
            quarantined := quarantined + 1;
            insert into public.usage_quarantine (fingerprint, cluster, namespace, pod, reason, row)
            values (
                sha256(convert_to(item::text, 'UTF8')),
                cluster, namespace, pod,
                case
                    when jsonb_typeof(item) <> 'object' then 'it is no JSON object'
                    when not exists (select from public.tollgate_batch_ids(jsonb_build_array(item)))
                        then 'its id is no UUIDv7 or UUIDv8'
                    when fault_column <> '' then fault_column || ' is missing'
                    when fault_rule <> '' then 'it breaks the rule ' || fault_rule
                    else left(fault, 500)
                end,
                item
            )
            on conflict do nothing;
        end;
    end loop;
    return jsonb_build_object('accepted', accepted, 'replaced', replaced,
        'duplicate', total - accepted - replaced - quarantined, 'quarantined', quarantined);
end
$$;

alter function public.tollgate_ingest_v1(text, jsonb) owner to tollgate_owner;
revoke all on function public.tollgate_ingest_v1(text, jsonb) from public;
grant execute on function public.tollgate_ingest_v1(text, jsonb) to tollgate_sidecar;
