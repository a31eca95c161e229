//! Rows of the ledger, as far as their price depends on them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use tollgate_meter::{Cost, Provider, UnitKind, Usage};

use super::{Next, Wanted};

/// A row.
pub(super) struct Row {
    id: String,
    /// As Postgres writes it, exact.
    created_at: String,
    pub(super) at: Timestamp,
    /// None: of a newer release.
    pub(super) provider: Option<Provider>,
    pub(super) model: Option<String>,
    pub(super) cost: Option<Cost>,
    pub(super) price: Option<String>,
    /// What priced it first.
    first_price: Option<String>,
    pub(super) served: Option<String>,
    pub(super) merged: bool,
    /// None: a kind or a count that this release does not know.
    pub(super) usage: Option<Usage>,
    /// The same as it stands.
    counts: Value,
}

/// Where reading goes on: behind this row.
pub(super) struct Page {
    created_at: String,
    id: String,
}

/// The book of the first release whose rows say how a call was served: from then on, one that says nothing was served as by
/// default.
const SERVED_SINCE: &str = "2026-11-28";
/// That day, for rows that nothing priced.
const SERVED_SINCE_DAY: Timestamp = Timestamp::constant(1_795_824_000, 0);

/// Two that lock each other out: one is thrown out, and tries again.
const DEADLOCK: &str = "40P01";
const TRIES: u32 = 5;

/// The next rows that something billable was used for, oldest first.
pub(super) async fn read(
    connection: &mut PgConnection,
    wanted: &Wanted,
    page: &Page,
    limit: usize,
) -> Result<Vec<Row>, sqlx::Error> {
    let rows = sqlx::query(
        "select id::text, (created_at at time zone 'UTC')::text || 'Z' as created_at,
                floor(extract(epoch from created_at))::bigint as seconds, provider, model, cost_usd::text as cost,
                metadata ->> 'price' as price,
                case when metadata ? 'repriced' then metadata -> 'repriced' ->> 'price' else metadata ->> 'price' end as first_price,
                metadata ->> 'served' as served, metadata ? 'merged' as merged,
                coalesce(metadata -> 'usage', 'null')::text as counts,
                coalesce((select jsonb_object_agg(key, value) from jsonb_each_text(
                    case jsonb_typeof(metadata -> 'usage') when 'object' then metadata -> 'usage' else '{}' end)), '{}')::text as units
         from public.provider_usage_logs l
         where created_at < $1::text::timestamptz and ($2::text is null or feature = $2)
             and created_at >= $3::text::timestamptz and (created_at, id) > ($3::text::timestamptz, $4::text::uuid)
             and usage_source in ('provider', 'estimated')
         -- the columns themselves: what is selected under their names is text, of another order
         order by l.created_at, l.id limit $5",
    )
    .bind(wanted.until.to_string())
    .bind(&wanted.feature)
    .bind(&page.created_at)
    .bind(&page.id)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    rows.iter().map(Row::read).collect()
}

/// Writes the new costs, and marks their hours. Gives how many rows still were what they had been.
pub(super) async fn write(
    connection: &mut PgConnection,
    next: &[Next<'_>],
    price: &str,
) -> Result<u64, sqlx::Error> {
    let rows: Vec<Value> = next.iter().map(Next::to_json).collect();
    let rows = Value::Array(rows).to_string();
    let mut tries = 0;
    loop {
        let written = sqlx::query_scalar::<_, i64>(
            "with new as materialized (
                 select * from jsonb_to_recordset($1::jsonb)
                     as n (id uuid, created_at timestamptz, was text, cost text, counts jsonb)
             ), put as (
                 update public.provider_usage_logs l
                 set cost_usd = n.cost::numeric,
                     metadata = (l.metadata - 'unpriced') || jsonb_build_object('price', $2::text, 'repriced', jsonb_build_object(
                         'was', coalesce(l.metadata -> 'repriced' -> 'was', to_jsonb(l.cost_usd::text)),
                         'price', coalesce(l.metadata -> 'repriced' -> 'price', l.metadata -> 'price'),
                         'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')))
                 from new n
                 where l.id = n.id and l.created_at = n.created_at
                     and l.created_at between $3::text::timestamptz and $4::text::timestamptz
                     and l.cost_usd is not distinct from n.was::numeric and l.metadata -> 'usage' = n.counts
                 returning l.cluster, l.created_at
             ), marked as (
                 insert into public.usage_dirty as d
                 select distinct coalesce(put.cluster, ''), date_trunc('hour', put.created_at, 'UTC'), pg_backend_pid() % 64
                 from put
                 order by 1, 2
                 on conflict (cluster, hour, lane) do update set lane = excluded.lane where false
             )
             select count(*) from put",
        )
        .bind(&rows)
        .bind(price)
        .bind(next.first().map(|next| &next.row.created_at))
        .bind(next.last().map(|next| &next.row.created_at))
        .fetch_one(&mut *connection)
        .await;
        tries += 1;
        match written {
            Ok(written) => return Ok(u64::try_from(written).unwrap_or(0)),
            Err(sqlx::Error::Database(error))
                if error.code().as_deref() == Some(DEADLOCK) && tries < TRIES => {}
            Err(error) => return Err(error),
        }
    }
}

// === impl Page ===

impl Page {
    pub(super) fn first(wanted: &Wanted) -> Self {
        Self { created_at: wanted.since.to_string(), id: "00000000-0000-0000-0000-000000000000".to_owned() }
    }

    pub(super) fn after(row: &Row) -> Self {
        Self { created_at: row.created_at.clone(), id: row.id.clone() }
    }
}

// === impl Row ===

impl Row {
    /// Whether whoever wrote it could not say yet how it was served: it may have been by flex, by batch, or in a region.
    pub(super) fn is_of_before_served(&self) -> bool {
        self.served.is_none()
            && match &self.first_price {
                Some(version) => version.as_str() < SERVED_SINCE,
                None => self.at < SERVED_SINCE_DAY,
            }
    }

    fn read(row: &PgRow) -> Result<Self, sqlx::Error> {
        let decoded = |error: serde_json::Error| sqlx::Error::Decode(error.into());
        let units: BTreeMap<String, String> = serde_json::from_str(row.try_get("units")?).map_err(decoded)?;
        let counts: Value = serde_json::from_str(row.try_get("counts")?).map_err(decoded)?;
        let cost: Option<String> = row.try_get("cost")?;
        let cost = cost.map(|cost| cost.parse()).transpose();
        Ok(Self {
            id: row.try_get("id")?,
            created_at: row.try_get("created_at")?,
            at: Timestamp::from_second(row.try_get("seconds")?)
                .map_err(|error| sqlx::Error::Decode(error.into()))?,
            provider: Provider::from_name(row.try_get("provider")?),
            model: row.try_get("model")?,
            cost: cost
                .map_err(|error: tollgate_meter::cost::DecimalError| sqlx::Error::Decode(error.into()))?,
            price: row.try_get("price")?,
            first_price: row.try_get("first_price")?,
            served: row.try_get("served")?,
            merged: row.try_get("merged")?,
            usage: if counts.is_object() { usage(&units) } else { None },
            counts,
        })
    }
}

fn usage(units: &BTreeMap<String, String>) -> Option<Usage> {
    units.iter().try_fold(Usage::default(), |usage, (name, count)| {
        let kind = UnitKind::from_name(name)?;
        Some(usage.with(kind, kind.read(count)?))
    })
}

// === impl Next ===

impl Next<'_> {
    fn to_json(&self) -> Value {
        let Row { id, created_at, cost: was, counts, .. } = self.row;
        json!({
            "id": id, "created_at": created_at, "was": was.map(|was| was.to_string()),
            "cost": self.cost.to_string(), "counts": counts,
        })
    }
}
