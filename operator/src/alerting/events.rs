//! What was said: the tables `alert_events` and `alert_deliveries`; and until when all was judged: `alert_rounds`.

use std::{
    collections::{BTreeMap, HashMap},
    str::FromStr,
};

use jiff::Timestamp;
use sqlx::{PgPool, Row, postgres::PgRow};
use tollgate_alerts::{engine::Key, window::Minute};
use tollgate_crds::alert::ThresholdSpec;

use crate::index::Alert;

/// A threshold that began to hold for a group, or ended to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// In the database; 0 before it is there.
    pub id: i64,
    /// What it asks, as JSON.
    pub threshold: String,
    pub group: Key,
    pub seq: i64,
    pub firing: bool,
    pub at: Timestamp,
    pub window: (Timestamp, Timestamp),
    pub metric: String,
    /// Exact decimals.
    pub value: String,
    pub threshold_value: Option<String>,
    pub projected: Option<String>,
    /// Where it ends, four times of five.
    pub projected_range: Option<(String, String)>,
    pub severity: String,
    /// Nobody is told: the alert does not ask it any more.
    pub silent: bool,
}

/// What a threshold asks, whatever it is called elsewhere: two that ask the same are one.
pub fn asks(threshold: &ThresholdSpec) -> String {
    let asks = ThresholdSpec { severity: None, action: None, ..threshold.clone() };
    serde_json::to_string(&asks).unwrap_or_default()
}

/// What was said last of a threshold and group, and is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    pub seq: i64,
    pub since: Timestamp,
    /// When a receiver was told last.
    pub notified_at: Option<Timestamp>,
}

/// What is not over of some alerts, by their uid.
pub async fn said(
    pool: &PgPool,
    cluster: &str,
    alert_uids: &[String],
) -> Result<HashMap<String, BTreeMap<(String, Key), Said>>, sqlx::Error> {
    let rows = sqlx::query(
        "select e.alert_uid, e.threshold, e.group_key, e.seq, e.at::text as at,
                (select max(d.delivered_at)::text from public.alert_deliveries d where d.event = e.id) as notified_at
         from (select distinct on (alert_uid, threshold, group_key) * from public.alert_events
               where cluster = $1 and alert_uid = any($2) order by alert_uid, threshold, group_key, seq desc) e
         where e.state = 'firing'",
    )
    .bind(cluster)
    .bind(alert_uids)
    .fetch_all(pool)
    .await?;
    let mut all: HashMap<String, BTreeMap<(String, Key), Said>> = HashMap::new();
    for row in rows {
        let notified_at = row.try_get::<Option<String>, _>("notified_at")?;
        let said = Said {
            seq: row.try_get("seq")?,
            since: time(&row.try_get::<String, _>("at")?)?,
            notified_at: notified_at.map(|at| time(&at)).transpose()?,
        };
        let of = (row.try_get("threshold")?, key(&row.try_get::<String, _>("group_key")?)?);
        all.entry(row.try_get("alert_uid")?).or_default().insert(of, said);
    }
    Ok(all)
}

/// The first minute that no leader has judged; none where none ever did.
pub async fn judged(pool: &PgPool, cluster: &str) -> Result<Option<Minute>, sqlx::Error> {
    sqlx::query_scalar(
        "select extract(epoch from until)::bigint / 60 from public.alert_rounds where cluster = $1",
    )
    .bind(cluster)
    .fetch_optional(pool)
    .await
}

/// All minutes before one are judged.
pub async fn judge(pool: &PgPool, cluster: &str, until: Minute) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into public.alert_rounds values ($1, to_timestamp($2 * 60))
         on conflict (cluster) do update set until = greatest(alert_rounds.until, excluded.until)",
    )
    .bind(cluster)
    .bind(until)
    .execute(pool)
    .await?;
    Ok(())
}

/// Keeps events, with whom to tell of them; those that another leader has kept meanwhile are passed over. Gives how many were new.
pub async fn keep(
    pool: &PgPool,
    cluster: &str,
    alert: &Alert,
    events: &[Event],
    receivers: &[String],
) -> Result<usize, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let mut count = 0;
    for event in events {
        // A group may have been said before to be over: its number goes on.
        let id: Option<i64> = sqlx::query_scalar(
            "insert into public.alert_events (cluster, alert_uid, kind, namespace, name, threshold, group_key, seq, state, at,
                window_start, window_end, metric, value, threshold_value, projected, severity,
                projected_low, projected_high)
             select $1, $2, $3, $4, $5, $6, $7, l.seq + 1, $8, $9::timestamptz, $10::timestamptz, $11::timestamptz, $12,
                $13::numeric, $14::numeric, $15::numeric, $16, $17::numeric, $18::numeric
             from (select coalesce(max(seq), 0) as seq from public.alert_events
                   where cluster = $1 and alert_uid = $2 and threshold = $6 and group_key = $7) l
             where (l.seq % 2 = 0) = ($8 = 'firing')
             on conflict do nothing returning id",
        )
        .bind(cluster)
        .bind(&alert.uid)
        .bind(alert.key.kind().name())
        .bind(alert.key.namespace.as_deref().unwrap_or_default())
        .bind(&alert.key.name)
        .bind(&event.threshold)
        .bind(serde_json::to_string(&event.group).unwrap_or_default())
        .bind(if event.firing { "firing" } else { "resolved" })
        .bind(event.at.to_string())
        .bind(event.window.0.to_string())
        .bind(event.window.1.to_string())
        .bind(&event.metric)
        .bind(&event.value)
        .bind(&event.threshold_value)
        .bind(&event.projected)
        .bind(&event.severity)
        .bind(event.projected_range.as_ref().map(|(low, _)| low))
        .bind(event.projected_range.as_ref().map(|(_, high)| high))
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(id) = id else { continue };
        count += 1;
        if event.silent {
            continue;
        }
        sqlx::query(
            "insert into public.alert_deliveries (event, cluster, alert_uid, receiver)
             select $1, $2, $3, receiver from unnest($4) receiver on conflict do nothing",
        )
        .bind(id)
        .bind(cluster)
        .bind(&alert.uid)
        .bind(receivers)
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(count)
}

/// A row of `alert_events`, its times and numbers as texts (see [`COLUMNS`]).
pub(super) fn read(row: &PgRow) -> Result<Event, sqlx::Error> {
    let at = |column| time(&row.try_get::<String, _>(column)?);
    Ok(Event {
        id: row.try_get("id")?,
        threshold: row.try_get("threshold")?,
        group: key(&row.try_get::<String, _>("group_key")?)?,
        seq: row.try_get("seq")?,
        firing: row.try_get::<String, _>("state")? == "firing",
        at: at("at")?,
        window: (at("window_start")?, at("window_end")?),
        metric: row.try_get("metric")?,
        value: row.try_get("value")?,
        threshold_value: row.try_get("threshold_value")?,
        projected: row.try_get("projected")?,
        projected_range: row
            .try_get::<Option<String>, _>("projected_low")?
            .zip(row.try_get("projected_high")?),
        severity: row.try_get("severity")?,
        silent: false,
    })
}

/// What [`read`] reads.
pub(super) const COLUMNS: &str = "e.id, e.threshold, e.group_key, e.seq, e.state, e.at::text as at, e.window_start::text as window_start, \
     e.window_end::text as window_end, e.metric, trim_scale(e.value)::text as value, \
     trim_scale(e.threshold_value)::text as threshold_value, trim_scale(e.projected)::text as projected, \
     trim_scale(e.projected_low)::text as projected_low, trim_scale(e.projected_high)::text as projected_high, e.severity";

fn key(text: &str) -> Result<Key, sqlx::Error> {
    serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// As Postgres writes a time: 2026-11-28 15:00:00+00.
fn time(text: &str) -> Result<Timestamp, sqlx::Error> {
    Timestamp::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))
}
