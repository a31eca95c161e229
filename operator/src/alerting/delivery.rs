//! Events to receivers, again and again until they have them.
//!
//! What waits for one receiver of an alert goes in one message, and no more than one a minute: a thousand users over their limit are one
//! mail. A message is claimed for longer than its sending takes, then sent, then marked: who dies in between leaves it to whoever
//! leads next, under the same id. Recipients of a mail who were refused are tried again by themselves.
//!
//! A receiver is told that something is over after it was told that it began, or is not told that it began.

mod claim;
mod repeat;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures::future::join_all;
use jiff::Timestamp;
use sqlx::{PgPool, Row};
use tollgate_crds::alert::{Receiver, UsageAlertSpec};

use self::claim::Claimed;
use super::{
    causes::{Causes, causes},
    events::Event,
    message::{Message, told},
    receivers::{SendError, Sender, identity, label, left_out},
};
use crate::{
    context::Context,
    controllers::backoff::Doubling,
    index::{Alert, SharedIndex},
    random,
};

/// See the module.
pub struct Delivery {
    pub sender: Sender,
    cluster: String,
    rest: Duration,
    pruned: Option<Instant>,
    repeated: Option<Instant>,
}

/// What is asked of one receiver of an alert: who asks, in which namespaces, and of whom.
struct Asked {
    alert: Arc<Alert>,
    namespaces: Option<Vec<String>>,
    spec: UsageAlertSpec,
    to: Receiver,
}

/// Between two messages of an alert to one receiver.
const REST: Duration = Duration::from_secs(60);
const AGAIN: Doubling = Doubling { first: Duration::from_secs(5), longest: Duration::from_secs(900) };
/// What could not be said for so long is no news any more.
const GIVE_UP: i64 = 24 * 3600;
const AT_ONCE: i64 = 50;
/// Of the other side's words.
const WORDS: usize = 500;
/// Who causes it is asked for so many events of a message.
const ASKED: usize = 10;

/// How it stands with one receiver of one alert.
#[derive(Clone, Debug)]
pub struct Standing {
    pub alert_uid: String,
    pub receiver: String,
    pub error: Option<String>,
    pub attempts: i32,
    pub gave_up: bool,
    pub delivered: bool,
}

/// Of each alert's receivers, what became of the last event.
pub async fn standing(pool: &PgPool, cluster: &str) -> Result<Vec<Standing>, sqlx::Error> {
    let rows = sqlx::query(
        "select distinct on (alert_uid, receiver) alert_uid, receiver, error, attempts, gave_up_at is not null as gave_up,
                delivered_at is not null and left_out is null as delivered
         from public.alert_deliveries where cluster = $1 order by alert_uid, receiver, event desc",
    )
    .bind(cluster)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Standing {
                alert_uid: row.try_get("alert_uid")?,
                receiver: row.try_get("receiver")?,
                error: row.try_get("error")?,
                attempts: row.try_get("attempts")?,
                gave_up: row.try_get("gave_up")?,
                delivered: row.try_get("delivered")?,
            })
        })
        .collect()
}

// === impl Asked ===

impl Asked {
    /// Nothing, where the alert or its receiver is gone.
    fn find(index: &SharedIndex, uid: &str, receiver: &str) -> Option<Asked> {
        let (alert, namespaces) = index.read(|index| {
            let alert = index.alerts().find(|alert| alert.uid == uid)?.clone();
            let selected = alert.selects().then(|| index.seen_by(&alert).collect());
            let own = alert.key.namespace.clone().map(|own| vec![own]);
            Some((alert, own.or(selected)))
        })?;
        let spec = serde_json::from_value::<UsageAlertSpec>(alert.spec.clone()).ok()?;
        let to = spec.receivers.iter().find(|to| identity(to) == receiver)?.clone();
        Some(Asked { alert, namespaces, spec, to })
    }
}

// === impl Delivery ===

impl Delivery {
    pub fn new(context: &Context) -> Self {
        let settings = &context.settings;
        let sender = Sender::new(
            context.client.clone(),
            context.events.clone(),
            settings.namespace.clone(),
            settings.alerts.allow.clone(),
            settings.sidecar.extra_cas.clone(),
        );
        Self::with(sender, &settings.cluster, REST)
    }

    /// `rest`: between two messages of an alert to one receiver.
    pub fn with(sender: Sender, cluster: &str, rest: Duration) -> Self {
        Self { sender, cluster: cluster.to_owned(), rest, pruned: None, repeated: None }
    }

    /// Tries what is due. Gives how many messages were taken.
    pub async fn round(&mut self, pool: &PgPool, index: &SharedIndex) -> Result<usize, sqlx::Error> {
        if !index.read(|index| index.is_whole() && index.knows_alerts()) {
            return Ok(0);
        }
        self.prune(pool).await?;
        let due = sqlx::query(
            "select d.alert_uid, d.receiver from public.alert_deliveries d
             where d.cluster = $1 and (d.delivered_at is null or d.left_out is not null) and d.gave_up_at is null
               and d.not_before <= now()
               and not exists (select from public.alert_deliveries p where p.cluster = d.cluster and p.alert_uid = d.alert_uid
                   and p.receiver = d.receiver and p.delivered_at > now() - make_interval(secs => $2))
             group by 1, 2 order by min(d.event) limit $3",
        )
        .bind(&self.cluster)
        .bind(self.rest.as_secs_f64())
        .bind(AT_ONCE)
        .fetch_all(pool)
        .await?;
        let mut works = Vec::new();
        for row in due {
            let (uid, receiver): (String, String) = (row.try_get("alert_uid")?, row.try_get("receiver")?);
            let this = &*self;
            works.push(async move { this.one(pool, index, &uid, &receiver).await });
        }
        let taken = join_all(works).await.into_iter().sum();
        self.repeat(pool, index).await?;
        taken
    }

    /// All that waits for one receiver.
    async fn one(
        &self,
        pool: &PgPool,
        index: &SharedIndex,
        uid: &str,
        receiver: &str,
    ) -> Result<usize, sqlx::Error> {
        let Some(asked) = Asked::find(index, uid, receiver) else {
            // Nobody asks for it any more.
            sqlx::query(
                "with nobodys as (
                    delete from public.alert_deliveries
                    where cluster = $1 and alert_uid = $2 and receiver = $3 and delivered_at is null)
                 update public.alert_deliveries set left_out = null
                 where cluster = $1 and alert_uid = $2 and receiver = $3 and left_out is not null",
            )
            .bind(&self.cluster)
            .bind(uid)
            .bind(receiver)
            .execute(pool)
            .await?;
            return Ok(0);
        };
        let mut taken = 0;
        self.pass_over(pool, uid, receiver).await?;
        for (id, Claimed { attempts, only, events }) in self.claim(pool, uid, receiver).await? {
            let message = self.message(pool, &asked, &id, events).await?;
            taken += usize::from(self.send(pool, &asked.to, only.as_deref(), &message, attempts).await?);
        }
        Ok(taken)
    }

    async fn message(
        &self,
        pool: &PgPool,
        asked: &Asked,
        id: &str,
        events: Vec<Event>,
    ) -> Result<Message, sqlx::Error> {
        let Asked { alert, namespaces, spec, .. } = asked;
        let mut message = Message {
            trial: false,
            told: Vec::new(),
            ..Message::trial(&alert.key, &alert.uid, id.to_owned())
        };
        for (at, event) in events.into_iter().enumerate() {
            let who = match event.firing && at < ASKED {
                true => causes(pool, &self.cluster, namespaces.as_deref(), spec, &event).await?,
                false => Causes::default(),
            };
            message.told.push(told(&alert.key, spec, event, &who));
        }
        Ok(message)
    }

    /// Whether it was taken, by some at least.
    async fn send(
        &self,
        pool: &PgPool,
        to: &Receiver,
        only: Option<&[String]>,
        message: &Message,
        attempts: i32,
    ) -> Result<bool, sqlx::Error> {
        let sent = self.sender.send(to, only, message).await;
        let oldest = message.told.iter().map(|told| told.event.at).min().unwrap_or(Timestamp::MAX);
        let (error, left): (_, Option<Vec<&str>>) = match &sent {
            Ok(refused) if refused.is_empty() => (None, None),
            Ok(refused) => {
                (Some(left_out(refused)), Some(refused.iter().map(|refused| refused.to.as_str()).collect()))
            }
            Err(error) => {
                (Some(error.to_string()), only.map(|only| only.iter().map(String::as_str).collect()))
            }
        };
        let error = error.map(|error| error.chars().take(WORDS).collect::<String>());
        if let Some(error) = &error {
            tracing::warn!(alert = %message.alert, receiver = label(to), attempts, error, "an alert could not be delivered");
        }
        let wished = sent.as_ref().err().and_then(SendError::after);
        let again = put_off(AGAIN.wait(u32::try_from(attempts).unwrap_or(0), random::share()), wished);
        let give_up = error.is_some() && oldest.as_second() + GIVE_UP < Timestamp::now().as_second();
        sqlx::query(
            "update public.alert_deliveries
             set error = $4, delivered_at = coalesce(delivered_at, case when $7 then now() end), left_out = $8,
                 gave_up_at = case when $6 then now() end, not_before = now() + make_interval(secs => $5)
             where cluster = $1 and message = $2::uuid and receiver = $3 and (delivered_at is null or left_out is not null)",
        )
        .bind(&self.cluster)
        .bind(&message.id)
        .bind(identity(to))
        .bind(&error)
        .bind(again.as_secs_f64())
        .bind(give_up)
        .bind(sent.is_ok())
        .bind(left)
        .execute(pool)
        .await?;
        Ok(sent.is_ok())
    }

    /// What is over for a quarter is forgotten.
    async fn prune(&mut self, pool: &PgPool) -> Result<(), sqlx::Error> {
        if self.pruned.is_some_and(|pruned| pruned.elapsed() < Duration::from_secs(3600)) {
            return Ok(());
        }
        self.pruned = Some(Instant::now());
        sqlx::query(
            "delete from public.alert_events e where e.cluster = $1 and e.at < now() - interval '90 days'
               and (e.state = 'resolved' or exists (select from public.alert_events l where l.cluster = e.cluster
                   and l.alert_uid = e.alert_uid and l.threshold = e.threshold and l.group_key = e.group_key and l.seq > e.seq))",
        )
        .bind(&self.cluster)
        .execute(pool)
        .await?;
        Ok(())
    }
}

/// As long as the receiver wishes (Slack counts who comes before as one who floods it), and no longer than attempts ever lie apart.
fn put_off(usual: Duration, wished: Option<Duration>) -> Duration {
    usual.max(wished.unwrap_or_default().min(AGAIN.longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_that_says_when_is_not_asked_before_and_cannot_put_it_off_for_good() {
        let seconds = Duration::from_secs;
        assert_eq!(put_off(seconds(5), None), seconds(5));
        assert_eq!(put_off(seconds(5), Some(seconds(120))), seconds(120));
        assert_eq!(put_off(seconds(300), Some(seconds(120))), seconds(300));
        assert_eq!(put_off(seconds(5), Some(Duration::MAX)), AGAIN.longest);
    }
}
