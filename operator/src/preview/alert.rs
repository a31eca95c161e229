//! When an alert would have fired over the last 24 hours: its own engine, over the ledger's minutes.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use tollgate_alerts::{
    engine::Engine,
    plan::{Dimension, Plan, Rule},
    traffic::Row,
    window::{Minute, Window},
};

use super::{PATIENCE, Scope, Seen, scope::begin};
use crate::alerting::minutes::{self, Apart, MinutesError};

/// An alert as somebody is about to write it.
#[derive(Clone, Debug)]
pub struct AlertPreview {
    plan: Plan,
    pub cluster: String,
    /// Whose calls it sees. None: all namespaces'.
    pub namespaces: Option<Vec<String>>,
}

/// What is to be told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertTold {
    /// All calls that it counts.
    pub all: Seen,
    pub fired: Fired,
    /// It has thresholds of anomalies, or forecasts of calendar windows, which take weeks of history.
    pub left_out: bool,
}

/// How often a threshold was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fired {
    /// So often, for so many groups; how often of these the calls would have been refused; and whether it would have been firing before.
    Times { times: u64, groups: u64, disabled: u64, already: bool },
    /// It takes longer than whoever asks waits.
    Unknown,
    /// It asks for nothing but what is left out.
    LeftOut,
}

const DAY: Minute = 1440;
/// More rows are not looked at while somebody waits.
const MOST_ROWS: usize = 200_000;

// === impl AlertPreview ===

impl AlertPreview {
    pub fn new(plan: &Plan, cluster: &str, namespaces: Option<Vec<String>>) -> Self {
        let own = plan.namespace.clone().map(|own| vec![own]);
        Self { plan: plan.clone(), cluster: cluster.to_owned(), namespaces: own.or(namespaces) }
    }

    /// Asks the ledger.
    pub async fn ask(&self, pool: &PgPool, now: Timestamp) -> Result<AlertTold, MinutesError> {
        let mut transaction = begin(pool).await?;
        let scope = Scope {
            cluster: Some(self.cluster.clone()),
            namespaces: self.namespaces.clone(),
            counted: Some(self.plan.scope.clone()),
            ..Scope::default()
        };
        let all = scope.seen_of(&mut transaction, None).await?;
        let until = now.as_second().div_euclid(60);
        let mut plan = self.plan.clone();
        let is_calendar = matches!(plan.window, Window::Calendar { .. });
        plan.thresholds.retain(|threshold| match threshold.rule {
            Rule::Anomaly { .. } => false,
            Rule::WillReach(_) => !is_calendar,
            Rule::Reached(_) => true,
        });
        let left_out = plan.thresholds.len() < self.plan.thresholds.len();
        if plan.thresholds.is_empty() {
            return Ok(AlertTold { all, fired: Fired::LeftOut, left_out });
        }
        let rows = self.rows(&mut transaction, until).await?;
        drop(transaction);
        let fired = match rows {
            Some(rows) => {
                // some thousand groups are a second's work, and others are served meanwhile
                let fired =
                    tokio::task::spawn_blocking(move || fired(plan, &rows, until, PATIENCE / 2)).await;
                fired.unwrap_or(Fired::Unknown)
            }
            None => Fired::Unknown,
        };
        Ok(AlertTold { all, fired, left_out })
    }

    /// The minutes of a day, and of the window that was open when it began; none: too many.
    async fn rows(
        &self,
        connection: &mut PgConnection,
        until: Minute,
    ) -> Result<Option<Vec<Row>>, MinutesError> {
        let Plan { scope, group_by, window, .. } = &self.plan;
        let apart = Apart {
            users: !scope.users.is_empty() || group_by.contains(&Dimension::User),
            models: !scope.models.is_empty() || group_by.contains(&Dimension::Model),
        };
        let (from, _) = window.bounds(until - DAY);
        let mut rows = Some(Vec::new());
        minutes::read(connection, &self.cluster, (from, until), apart, |row| {
            if !self.sees(&row) {
                return;
            }
            match &mut rows {
                Some(all) if all.len() < MOST_ROWS => all.push(row),
                _ => rows = None,
            }
        })
        .await?;
        Ok(rows)
    }

    fn sees(&self, row: &Row) -> bool {
        let is_there = |names: &Vec<String>| row.namespace.as_ref().is_some_and(|name| names.contains(name));
        self.namespaces.as_ref().is_none_or(is_there) && self.plan.sees(row)
    }
}

/// Minute by minute, the last day's.
fn fired(plan: Plan, rows: &[Row], until: Minute, patience: Duration) -> Fired {
    let begun = Instant::now();
    let disables: Vec<bool> = plan.thresholds.iter().map(|threshold| threshold.disables).collect();
    let since = until - DAY;
    let (mut engine, mut changes) = (Engine::new(plan), Vec::new());
    let (mut times, mut disabled, mut already, mut groups) = (0, 0, false, BTreeSet::new());
    let mut rows = rows.iter().peekable();
    let first = rows.peek().map_or(since, |row| row.minute.min(since));
    for minute in first..until {
        if begun.elapsed() > patience {
            return Fired::Unknown;
        }
        while let Some(row) = rows.next_if(|row| row.minute <= minute) {
            engine.add(row);
        }
        if minute + 1 < since {
            engine.remember(minute);
            continue;
        }
        engine.close(minute, &mut changes);
        if minute < since {
            // what was reached before the day is no news of it
            already = changes.drain(..).any(|change| change.firing);
            continue;
        }
        for change in changes.drain(..).filter(|change| change.firing) {
            times += 1;
            disabled += u64::from(disables.get(change.index) == Some(&true));
            groups.insert(change.group);
        }
    }
    Fired::Times { times, groups: u64::try_from(groups.len()).unwrap_or(u64::MAX), disabled, already }
}
