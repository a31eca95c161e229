//! Each minute, which thresholds hold for whom.
//!
//! An alert's engine is made from the ledger's history when it is first seen, when it was changed, and when rows came late; then it gets each
//! minute as it ends. What holds is compared with what was said, so that it does not matter who led before.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use sqlx::PgPool;
use tollgate_alerts::{
    amount::Amount,
    engine::{Change, Engine, Key, MOST_GROUPS},
    plan::{Dimension, Rule},
    spec::{Metric, ThresholdSpec, UsageAlertSpec},
    traffic::Row,
    window::Minute,
};

use super::{
    events::{self, Event, Said},
    figures::Figures,
    minutes::{self, Apart, MinutesError},
    too_long,
};
use crate::{
    index::{Alert, SharedIndex},
    settings::Retention,
};

/// Rows reach the ledger within a second or two of a call's end: a minute is asked for when it has been over so long.
const SETTLES: i64 = 5;
/// Rows that come later than this many minutes are seen when the engine is made anew for another reason.
const LOOK_BACK: Minute = 180;
/// Between two looks for late rows, in minutes.
const LATE: Minute = 5;

/// All alerts, as far as they are evaluated.
pub struct Rounds {
    cluster: String,
    retention: Retention,
    watched: BTreeMap<String, Watched>,
    /// The first minute that has not been evaluated.
    next: Option<Minute>,
    /// Of the minutes that were read: what the ledger had of them then.
    seen: Option<(Minute, Minute, (i64, String))>,
    /// What holds could not be kept.
    unsaid: bool,
}

/// One alert.
pub struct Watched {
    pub alert: Arc<Alert>,
    pub spec: Arc<UsageAlertSpec>,
    pub engine: Engine,
    /// Those whose calls count; None: all.
    namespaces: Option<BTreeSet<String>>,
    /// What was said and is not over, by threshold (as it is written) and group.
    pub said: BTreeMap<(String, Key), Said>,
    /// As of the last minute.
    pub figures: Figures,
}

/// What a threshold asks, whatever it is called elsewhere: two that ask the same are one.
pub fn asks(threshold: &ThresholdSpec) -> String {
    let asks = ThresholdSpec { severity: None, action: None, ..threshold.clone() };
    serde_json::to_string(&asks).unwrap_or_default()
}

/// What keeps a round from being whole.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    #[error(transparent)]
    Minutes(#[from] MinutesError),
    #[error("the alerts' events cannot be kept")]
    Events(#[from] sqlx::Error),
}

// === impl Rounds ===

impl Rounds {
    pub fn new(cluster: &str, retention: Retention) -> Self {
        Self {
            cluster: cluster.to_owned(),
            retention,
            watched: BTreeMap::new(),
            next: None,
            seen: None,
            unsaid: false,
        }
    }

    pub fn watched(&self, uid: &str) -> Option<&Watched> {
        self.watched.get(uid)
    }

    /// Evaluates all minutes that are over, and keeps what is new. Gives how many events that were.
    pub async fn round(
        &mut self,
        pool: &PgPool,
        index: &SharedIndex,
        now: Timestamp,
    ) -> Result<usize, RoundError> {
        if !index.read(|index| index.is_whole() && index.knows_alerts()) {
            return Ok(0);
        }
        let until = (now.as_second() - SETTLES).div_euclid(60);
        let next = self.next.unwrap_or(until);
        let new = self.look(index);
        if new.is_empty() && next >= until && !self.unsaid {
            for (uid, watched) in &mut self.watched {
                let untold = watched.said.values().any(|said| said.notified_at.is_none());
                if untold && !watched.spec.receivers.is_empty() {
                    watched.said = events::said(pool, &self.cluster, uid).await?;
                }
            }
            return Ok(0);
        }
        if next < until && until % LATE == 0 && self.late(pool).await? {
            tracing::info!("rows came late, or were priced anew: the alerts are made anew");
            self.watched.clear();
            return Box::pin(self.round(pool, index, now)).await;
        }
        let mut changes: BTreeMap<String, Vec<Change>> = BTreeMap::new();
        if next < until {
            self.follow(pool, (next, until), &mut changes).await?;
        }
        self.next = Some(until);
        self.unsaid = true;
        self.begin(pool, new, until, &mut changes).await?;
        if next < until {
            let span = (until - LOOK_BACK, until);
            self.seen = Some((span.0, span.1, minutes::fingerprint(pool, &self.cluster, span).await?));
        }
        let mut count = 0;
        let cluster = self.cluster.clone();
        for (uid, watched) in &mut self.watched {
            let changes = changes.remove(uid).unwrap_or_default();
            count += watched.say(pool, &cluster, until, &changes).await?;
            watched.figures = watched.figures();
        }
        self.unsaid = false;
        Ok(count)
    }

    /// Alerts that are new, or other than they were. Those that are gone are forgotten.
    fn look(&mut self, index: &SharedIndex) -> Vec<Watched> {
        let retention = self.retention;
        let there: Vec<(Arc<Alert>, Option<BTreeSet<String>>)> = index.read(|index| {
            let namespaces = |alert: &Alert| alert.selects().then(|| index.seen_by(alert).collect());
            index.alerts().map(|alert| (Arc::clone(alert), namespaces(alert))).collect()
        });
        self.watched.retain(|uid, watched| {
            there.iter().any(|(alert, namespaces)| {
                alert.uid == *uid
                    && alert.generation == watched.alert.generation
                    && *namespaces == watched.namespaces
            })
        });
        let new = there.into_iter().filter_map(|(alert, namespaces)| {
            if let Some(watched) = self.watched.get_mut(&alert.uid) {
                watched.alert = alert; // its annotations may be others
                return None;
            }
            let plan = alert.plan.as_ref().ok()?;
            let spec: UsageAlertSpec = serde_json::from_value(alert.spec.clone()).ok()?;
            if too_long(&spec, retention).is_some() {
                return None;
            }
            let engine = Engine::new(plan.as_ref().clone());
            Some(Watched {
                spec: Arc::new(spec),
                engine,
                namespaces,
                said: BTreeMap::new(),
                figures: Figures::default(),
                alert,
            })
        });
        new.collect()
    }

    async fn late(&self, pool: &PgPool) -> Result<bool, RoundError> {
        let Some((from, until, seen)) = &self.seen else { return Ok(false) };
        Ok(minutes::fingerprint(pool, &self.cluster, (*from, *until)).await? != *seen)
    }

    /// The minutes that ended since the last round.
    async fn follow(
        &mut self,
        pool: &PgPool,
        (from, until): (Minute, Minute),
        changes: &mut BTreeMap<String, Vec<Change>>,
    ) -> Result<(), RoundError> {
        if self.watched.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::new();
        minutes::read(pool, &self.cluster, (from, until), apart(self.watched.values()), |row| rows.push(row))
            .await?;
        let mut rows = rows.into_iter().peekable();
        for minute in from..until {
            while let Some(row) = rows.next_if(|row| row.minute <= minute) {
                self.watched.values_mut().for_each(|watched| watched.take(&row));
            }
            for (uid, watched) in &mut self.watched {
                watched.engine.close(minute, changes.entry(uid.clone()).or_default());
            }
        }
        Ok(())
    }

    /// What alerts that are new must know: their history, the last minute judged.
    async fn begin(
        &mut self,
        pool: &PgPool,
        mut new: Vec<Watched>,
        until: Minute,
        changes: &mut BTreeMap<String, Vec<Change>>,
    ) -> Result<(), RoundError> {
        let Some(history) = new.iter().map(|watched| watched.engine.history()).max() else { return Ok(()) };
        let kept = Minute::from(self.retention.usage_days) * 1440;
        let last = until - 1;
        let mut open = until - history.min(kept);
        let mut judged = Vec::new();
        let apart = apart(new.iter());
        minutes::read(pool, &self.cluster, (open, until), apart, |row| {
            while open < row.minute {
                new.iter_mut().for_each(|watched| watched.engine.remember(open));
                open += 1;
            }
            new.iter_mut().for_each(|watched| watched.take(&row));
        })
        .await?;
        for watched in &mut new {
            for minute in open..last {
                watched.engine.remember(minute);
            }
            watched.said = events::said(pool, &self.cluster, &watched.alert.uid).await?;
            let thresholds: Vec<String> = watched.spec.thresholds.iter().map(asks).collect();
            for (threshold, key) in watched.said.keys() {
                if let Some(at) = thresholds.iter().position(|known| known == threshold) {
                    watched.engine.was_firing(key, at);
                }
            }
            watched.engine.close(last, changes.entry(watched.alert.uid.clone()).or_default());
            judged.push(watched.alert.uid.clone());
        }
        self.watched.extend(judged.into_iter().zip(new));
        Ok(())
    }
}

fn apart<'a>(watched: impl Iterator<Item = &'a Watched>) -> Apart {
    watched.fold(Apart::default(), |apart, watched| {
        let scope = watched.spec.scope();
        let by = |dimension| watched.spec.group_by.contains(&dimension);
        Apart {
            users: apart.users || by(Dimension::User) || !scope.users.is_empty(),
            models: apart.models || by(Dimension::Model) || !scope.models.is_empty(),
        }
    })
}

// === impl Watched ===

impl Watched {
    fn take(&mut self, row: &Row) {
        let seen = |namespaces: &BTreeSet<String>| {
            row.namespace.as_ref().is_some_and(|namespace| namespaces.contains(namespace))
        };
        if self.namespaces.as_ref().is_none_or(seen) {
            self.engine.add(row);
        }
    }

    fn figures(&self) -> Figures {
        let metric = self.spec.limit.as_ref().map(|limit| limit.metric).or(self.spec.thresholds[0].metric);
        let firing = self.said.keys().map(|(_, group)| group).collect();
        Figures::of(&self.engine, metric.unwrap_or(Metric::Cost), &firing)
    }

    /// The namespaces whose calls count; None: all of the cluster.
    pub fn namespaces(&self) -> Option<Vec<String>> {
        match (&self.alert.key.namespace, &self.namespaces) {
            (Some(own), _) => Some(vec![own.clone()]),
            (None, Some(selected)) => Some(selected.iter().cloned().collect()),
            (None, None) => None,
        }
    }

    /// Whether there were more groups than are told apart.
    pub fn is_beyond(&self) -> Option<String> {
        (self.engine.beyond > 0).then(|| {
            format!(
                "{MOST_GROUPS} groups are told apart; the calls of further ones are not counted. Group by something coarser, \
                 or narrow spec.scope"
            )
        })
    }

    /// Keeps what holds and was not said, and what was said and is over.
    async fn say(
        &mut self,
        pool: &PgPool,
        cluster: &str,
        until: Minute,
        changes: &[Change],
    ) -> Result<usize, RoundError> {
        let thresholds: Vec<String> = self.spec.thresholds.iter().map(asks).collect();
        let mut holds: BTreeMap<(String, Key), usize> = BTreeMap::new();
        for (index, threshold) in thresholds.iter().enumerate() {
            for key in self.engine.firing(index) {
                holds.entry((threshold.clone(), key.clone())).or_insert(index);
            }
        }
        let mut news = Vec::new();
        for ((threshold, key), index) in &holds {
            if !self.said.contains_key(&(threshold.clone(), key.clone())) {
                let change = changes.iter().find(|change| change.index == *index && change.group == *key);
                news.push(self.event(threshold, key, Some(*index), true, until, change));
            }
        }
        for (threshold, key) in self.said.keys().filter(|said| !holds.contains_key(said)) {
            let index = thresholds.iter().position(|known| known == threshold);
            news.push(self.event(threshold, key, index, false, until, None));
        }
        if news.is_empty() {
            return Ok(0);
        }
        let receivers: Vec<String> = self.spec.receivers.iter().map(super::receivers::identity).collect();
        let count = events::keep(pool, cluster, &self.alert, &news, &receivers).await?;
        self.said = events::said(pool, cluster, &self.alert.uid).await?;
        Ok(count)
    }

    fn event(
        &self,
        threshold: &str,
        key: &Key,
        index: Option<usize>,
        firing: bool,
        until: Minute,
        change: Option<&Change>,
    ) -> Event {
        let plan = self.engine.plan();
        let written = index.and_then(|index| self.spec.thresholds.get(index));
        let planned = index.and_then(|index| plan.thresholds.get(index));
        let metric = planned.map_or(Metric::Cost, |threshold| threshold.metric);
        let value = self.engine.values(metric).find(|(known, _)| *known == key);
        let forecast = self.engine.forecast(key, metric);
        let about = |end: f64| format!("{end:.6}");
        let (from, to) = plan.window.bounds(until - 1);
        let said = self.said.get(&(threshold.to_owned(), key.clone()));
        Event {
            id: 0,
            threshold: threshold.to_owned(),
            group: key.clone(),
            seq: said.map_or(0, |said| said.seq) + 1,
            firing,
            at: time(until),
            window: (time(from), time(to)),
            metric: metric.name().to_owned(),
            value: value.map_or(Amount::default(), |(_, value)| value).to_string(),
            threshold_value: match planned.map(|threshold| &threshold.rule) {
                Some(Rule::Reached(amount) | Rule::WillReach(amount)) => Some(amount.to_string()),
                Some(Rule::Anomaly { .. }) => change.map(|change| format!("{:.6}", change.threshold)),
                None => None,
            },
            projected: forecast.map(|forecast| about(forecast.value)),
            projected_range: forecast
                .and_then(|forecast| forecast.range)
                .map(|(low, high)| (about(low), about(high))),
            severity: written.map_or("Warning", |threshold| threshold.severity().name()).to_owned(),
            silent: written.is_none(),
        }
    }
}

pub(super) fn time(minute: Minute) -> Timestamp {
    Timestamp::from_second(minute * 60).unwrap_or(Timestamp::MAX)
}
