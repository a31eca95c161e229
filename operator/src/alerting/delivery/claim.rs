//! What is sent next to a receiver: its messages, the oldest first, ours alone for a while.

use std::{collections::BTreeMap, time::Duration};

use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::Delivery;
use crate::alerting::events::{self, Event};

/// A message that is ours to send.
#[derive(Default)]
pub(super) struct Claimed {
    pub(super) attempts: i32,
    /// Its recipients who do not have it yet, where others do.
    pub(super) only: Option<Vec<String>>,
    pub(super) events: Vec<Event>,
}

/// Longer than any sending takes.
const CLAIM: Duration = Duration::from_secs(30);

impl Delivery {
    /// What the receiver was told the end of already: a page that is opened after that stays open.
    pub(super) async fn pass_over(
        &self,
        pool: &PgPool,
        uid: &str,
        receiver: &str,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "update public.alert_deliveries d set gave_up_at = now()
             from public.alert_events e
             where d.cluster = $1 and d.alert_uid = $2 and d.receiver = $3 and e.id = d.event and d.gave_up_at is null
               and (d.delivered_at is null or d.left_out is not null)
               and exists (select from public.alert_events l join public.alert_deliveries t on t.event = l.id
                   where l.cluster = e.cluster and l.alert_uid = e.alert_uid and l.threshold = e.threshold
                     and l.group_key = e.group_key and l.seq > e.seq
                     and t.receiver = d.receiver and t.delivered_at is not null and t.left_out is null)",
        )
        .bind(&self.cluster)
        .bind(uid)
        .bind(receiver)
        .execute(pool)
        .await?;
        Ok(())
    }

    /// By message, the oldest first: what is due, ours alone for a while. The beginning of what is to be told to be over comes along,
    /// whatever it waits for.
    pub(super) async fn claim(
        &self,
        pool: &PgPool,
        uid: &str,
        receiver: &str,
    ) -> Result<BTreeMap<String, Claimed>, sqlx::Error> {
        let sql = format!(
            "with begun as (
                select w.message from public.alert_deliveries w join public.alert_events e on e.id = w.event
                join public.alert_events l on l.cluster = e.cluster and l.alert_uid = e.alert_uid
                    and l.threshold = e.threshold and l.group_key = e.group_key and l.seq > e.seq
                join public.alert_deliveries t on t.event = l.id and t.receiver = w.receiver
                where w.cluster = $1 and w.alert_uid = $2 and w.receiver = $3 and w.delivered_at is null
                  and w.gave_up_at is null and w.error is not null and t.delivered_at is null and t.not_before <= now()
             ), claimed as (
                update public.alert_deliveries
                set attempts = attempts + 1, not_before = now() + make_interval(secs => $4), message = coalesce(message, $5::uuid)
                where cluster = $1 and alert_uid = $2 and receiver = $3 and (delivered_at is null or left_out is not null)
                  and gave_up_at is null and (not_before <= now() or message in (select b.message from begun b))
                returning event, attempts, message::text as message, left_out)
             select c.message, c.attempts, c.left_out, {} from claimed c join public.alert_events e on e.id = c.event order by e.id",
            events::COLUMNS
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(&self.cluster)
            .bind(uid)
            .bind(receiver)
            .bind(CLAIM.as_secs_f64())
            .bind(Uuid::now_v7().to_string())
            .fetch_all(pool)
            .await?;
        let mut messages: BTreeMap<String, Claimed> = BTreeMap::new();
        for row in &rows {
            let claimed = messages.entry(row.try_get("message")?).or_default();
            claimed.attempts = row.try_get::<i32, _>("attempts")?.max(claimed.attempts);
            claimed.only = row.try_get("left_out")?;
            claimed.events.push(events::read(row)?);
        }
        Ok(messages)
    }
}
