//! An Alertmanager forgets what nobody repeats, and all of it when it starts anew: what fires is told to it again until it is over.
//!
//! The rows stay as they are: a repetition is no second message, for Alertmanager knows an alert by its labels.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use futures::future::join_all;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::{Asked, Delivery};
use crate::{
    alerting::events::{self, Event},
    index::SharedIndex,
};

/// Well within the time for which an Alertmanager is told to hold it (`receivers/forms.rs`).
const EVERY: Duration = Duration::from_secs(300);
/// So many of what fires, the newest.
const AT_ONCE: i64 = 1_000;

impl Delivery {
    /// Tells what fires again, where that is due: at once when this replica begins to lead, for nobody knows what the one before said.
    pub(super) async fn repeat(&mut self, pool: &PgPool, index: &SharedIndex) -> Result<(), sqlx::Error> {
        if self.repeated.is_some_and(|repeated| repeated.elapsed() < EVERY) {
            return Ok(());
        }
        self.repeated = Some(Instant::now());
        let this = &*self;
        let works = this.fires(pool).await?.into_iter().map(async |((uid, receiver), events)| {
            let Some(asked) = Asked::find(index, &uid, &receiver) else { return Ok(()) };
            let message = this.message(pool, &asked, &Uuid::now_v7().to_string(), events).await?;
            if let Err(error) = this.sender.send(&asked.to, None, &message).await {
                let error = error.to_string();
                tracing::warn!(alert = %message.alert, receiver, error, "an Alertmanager could not be told again what fires");
            }
            Ok(())
        });
        join_all(works).await.into_iter().collect()
    }

    /// By alert and Alertmanager: what was told to it and is not over.
    async fn fires(&self, pool: &PgPool) -> Result<BTreeMap<(String, String), Vec<Event>>, sqlx::Error> {
        let sql = format!(
            "select e.alert_uid, d.receiver, {}
             from (select distinct on (alert_uid, threshold, group_key) * from public.alert_events
                   where cluster = $1 order by alert_uid, threshold, group_key, seq desc) e
             join public.alert_deliveries d on d.event = e.id
             where e.state = 'firing' and d.receiver like 'alertmanager:%' and d.delivered_at is not null
             order by e.id desc limit $2",
            events::COLUMNS
        );
        let rows =
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(&self.cluster).bind(AT_ONCE).fetch_all(pool).await?;
        let mut found: BTreeMap<(String, String), Vec<Event>> = BTreeMap::new();
        for row in &rows {
            let whose = (row.try_get("alert_uid")?, row.try_get("receiver")?);
            found.entry(whose).or_default().push(events::read(row)?);
        }
        Ok(found)
    }
}
