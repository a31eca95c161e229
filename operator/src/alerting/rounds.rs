//! Each minute, which thresholds hold for whom.
//!
//! An alert's engine is told the ledger's history when it is first seen and when it was changed; then it gets each minute as it ends, and what
//! came late of those before. What holds is compared with what was said, so that it does not matter who led before; the
//! minutes that nobody judged meanwhile are judged one by one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use sqlx::PgPool;
use tollgate_alerts::{
    engine::{Change, Engine},
    spec::UsageAlertSpec,
    traffic::Row,
    window::Minute,
};

pub use super::watched::Watched;

use super::{
    events,
    figures::Figures,
    hours::{self, HOUR},
    minutes::MinutesError,
    recent::{self, Recent},
    retained::too_long,
    seed::{Feed, seed},
    watched::apart,
};
use crate::{
    index::{Alert, SharedIndex},
    settings::Retention,
};

/// Rows reach the ledger within a second or two of a call's end: a minute is asked for when it has been over so long.
const SETTLES: i64 = 5;
/// Between two looks at all that may have come late, in minutes.
const LATE: Minute = 5;
/// Minutes that nobody judged are judged one by one, so many at most: more would take longer than a minute each.
const MISSED: Minute = 60;

/// All alerts, as far as they are evaluated.
pub struct Rounds {
    cluster: String,
    retention: Retention,
    watched: BTreeMap<String, Watched>,
    /// The first minute that has not been evaluated.
    next: Option<Minute>,
    /// The same for alerts that could not be told their past yet.
    owed: Option<Minute>,
    recent: Recent,
    /// What the rollup had of the hours before, when it was last looked at.
    before: Option<Before>,
    /// What holds could not be kept.
    unsaid: bool,
}

/// The hours from one until before another, and the minute of the look.
struct Before {
    at: Minute,
    span: (Minute, Minute),
    sums: Vec<(Minute, String)>,
}

/// What came of some minutes.
#[derive(Default)]
struct Judged {
    events: usize,
    failed: Option<sqlx::Error>,
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
            owed: None,
            recent: Recent::default(),
            before: None,
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
        let next = match self.next {
            Some(next) => next,
            // Where another leader ended.
            None => events::judged(pool, &self.cluster)
                .await?
                .map_or(until, |judged| judged.clamp(until - MISSED, until)),
        };
        let mut new = self.look(index);
        if new.is_empty() && next >= until && !self.unsaid {
            self.learn_who_was_told(pool).await?;
            return Ok(0);
        }
        let is_due = self.before.as_ref().is_none_or(|before| until - before.at >= LATE);
        if is_due && self.came_late(pool, until).await? {
            tracing::info!("hours of the past are other than they were: the alerts are told their past anew");
            self.watched.clear();
            new = self.look(index);
        }
        self.unsaid = true;
        let mut judged = Judged::default();
        let apart = apart(self.watched.values().chain(&new));
        // A new alert is judged by what the ledger has now, not by what it had when the last minute ended.
        if next < until || !self.recent.tells(apart) || !new.is_empty() {
            let again = if is_due || !new.is_empty() { recent::KEPT } else { recent::AGAIN };
            let changed = self.recent.look(pool, &self.cluster, apart, (again, until)).await?;
            for watched in self.watched.values_mut() {
                changed.iter().for_each(|changed| watched.correct(changed));
            }
            let since = self.owed.map_or(next, |owed| owed.min(next));
            (self.next, self.owed) = (Some(until), Some(since));
            judged.all(pool, &self.cluster, &mut self.watched, self.recent.since(next), (next, until)).await;
            self.recent.forget(until - recent::KEPT);
        }
        let since = self.owed.unwrap_or(until).min(until - 1).max(self.recent.start());
        self.look_before(pool, until, &new).await?;
        // Limits first: minutes of weeks take longer to be told.
        let (slow, quick): (Vec<Watched>, Vec<Watched>) = new.into_iter().partition(Watched::needs_minutes);
        for new in [quick, slow] {
            self.begin(pool, new, (since, until), &mut judged).await?;
        }
        self.owed = None;
        for watched in self.watched.values_mut() {
            judged.events += watched.say(pool, &self.cluster, until, &[]).await?;
            watched.figures = watched.figures();
        }
        if let Some(failed) = judged.failed {
            return Err(failed.into());
        }
        events::judge(pool, &self.cluster, until).await?;
        self.unsaid = false;
        Ok(judged.events)
    }

    /// Alerts that are new, or other than they were. Those that are gone are forgotten.
    fn look(&mut self, index: &SharedIndex) -> Vec<Watched> {
        let retention = self.retention;
        let there: Vec<(Arc<Alert>, Option<BTreeSet<String>>)> = index.read(|index| {
            let namespaces = |alert: &Alert| alert.selects().then(|| index.seen_by(alert).collect());
            index.alerts().map(|alert| (Arc::clone(alert), namespaces(alert))).collect()
        });
        let by_uid: BTreeMap<&str, _> =
            there.iter().map(|(alert, seen)| (alert.uid.as_str(), (alert.generation, seen))).collect();
        self.watched.retain(|uid, watched| {
            by_uid.get(uid.as_str()) == Some(&(watched.alert.generation, &watched.seen))
        });
        let new = there.into_iter().filter_map(|(alert, seen)| {
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
                seen,
                said: BTreeMap::new(),
                figures: Figures::default(),
                alert,
            })
        });
        new.collect()
    }

    async fn learn_who_was_told(&mut self, pool: &PgPool) -> Result<(), sqlx::Error> {
        let untold = self.watched.iter().filter(|(_, watched)| watched.is_untold());
        let uids: Vec<String> = untold.map(|(uid, _)| uid.clone()).collect();
        if uids.is_empty() {
            return Ok(());
        }
        let mut said = events::said(pool, &self.cluster, &uids).await?;
        for uid in uids {
            if let Some(watched) = self.watched.get_mut(&uid) {
                watched.said = said.remove(&uid).unwrap_or_default();
            }
        }
        Ok(())
    }

    /// Whether hours before those minutes that are looked at again are other than they were: rows that came after hours or days, an
    /// import, other prices.
    async fn came_late(&mut self, pool: &PgPool, until: Minute) -> Result<bool, RoundError> {
        let Some(history) = self.watched.values().map(|watched| watched.engine.history()).max() else {
            return Ok(false);
        };
        let hour = |minute: Minute| minute.div_euclid(HOUR) * HOUR;
        let span = (hour(until - history), hour(self.recent.start()) + HOUR);
        let sums = hours::sums(pool, &self.cluster, span).await?;
        let was = self.before.replace(Before { at: until, span, sums });
        let (Some(was), Some(is)) = (was, &self.before) else { return Ok(false) };
        let both = (was.span.0.max(span.0), was.span.1.min(span.1));
        let within = |(hour, _): &&(Minute, String)| (both.0..both.1).contains(hour);
        Ok(!was.sums.iter().filter(within).eq(is.sums.iter().filter(within)))
    }

    /// What the rollup has of the hours before, before the first alerts are told of them: what comes meanwhile is seen later.
    async fn look_before(&mut self, pool: &PgPool, until: Minute, new: &[Watched]) -> Result<(), RoundError> {
        let history = new.iter().map(|watched| watched.engine.history()).max();
        if let (None, Some(history)) = (&self.before, history) {
            let hour = |minute: Minute| minute.div_euclid(HOUR) * HOUR;
            let span = (hour(until - history), hour(self.recent.start()) + HOUR);
            let sums = hours::sums(pool, &self.cluster, span).await?;
            self.before = Some(Before { at: until, span, sums });
        }
        Ok(())
    }

    /// What alerts that are new must know: their past; then the minutes that nobody judged, the last one at least.
    async fn begin(
        &mut self,
        pool: &PgPool,
        mut new: Vec<Watched>,
        (since, until): (Minute, Minute),
        judged: &mut Judged,
    ) -> Result<(), RoundError> {
        if new.is_empty() {
            return Ok(());
        }
        let start = self.recent.start();
        seed(pool, &self.cluster, &mut new, start).await?;
        let uids: Vec<String> = new.iter().map(|watched| watched.alert.uid.clone()).collect();
        let mut said = events::said(pool, &self.cluster, &uids).await?;
        let mut told: Vec<&mut Watched> = new.iter_mut().collect();
        let mut feed = Feed::new(&mut told, 1);
        self.recent.since(start).take_while(|row| row.minute < since).for_each(|row| feed.take(row));
        feed.end();
        let mut new: BTreeMap<String, Watched> = uids.into_iter().zip(new).collect();
        for (uid, watched) in &mut new {
            watched.was_said(said.remove(uid).unwrap_or_default());
        }
        judged.all(pool, &self.cluster, &mut new, self.recent.since(since), (since, until)).await;
        self.watched.extend(new);
        Ok(())
    }
}

// === impl Judged ===

impl Judged {
    /// Minute by minute: what begins to hold and what ends is said as it was then. What cannot be kept is said with the next round, as far as
    /// it holds then.
    async fn all(
        &mut self,
        pool: &PgPool,
        cluster: &str,
        watched: &mut BTreeMap<String, Watched>,
        rows: impl Iterator<Item = &Row>,
        (from, until): (Minute, Minute),
    ) {
        let mut rows = rows.peekable();
        let mut changes: Vec<Change> = Vec::new();
        for minute in from..until {
            while let Some(row) = rows.next_if(|row| row.minute <= minute) {
                watched.values_mut().for_each(|watched| watched.take(row));
            }
            for watched in watched.values_mut() {
                changes.clear();
                watched.engine.close(minute, &mut changes);
                if changes.is_empty() {
                    continue;
                }
                match watched.say(pool, cluster, minute + 1, &changes).await {
                    Ok(count) => self.events += count,
                    Err(error) => self.failed = Some(error),
                }
            }
        }
    }
}
