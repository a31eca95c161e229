//! The past of alerts that are new to a leader: out of the rollup's hours where an alert needs it no finer, else out of the ledger's
//! minutes. One pass over each, however many alerts there are.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgPool;
use tollgate_alerts::{
    plan::Dimension,
    traffic::Row,
    window::{Minute, Window},
};

use super::{
    hours::{self, HOUR, Known, Order, Stretch},
    minutes::{self, Apart, MinutesError},
    recent::Changed,
    watched::{Watched, apart},
};

/// What an alert must know of its past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Needs {
    /// Hours: a calendar's window is a sum of them, and so is a forecast.
    Hours,
    /// Minutes: what is usual is known by them, and a rolling window ends by them.
    Minutes { usual: bool },
    /// By user, whom the rollup by hour does not know.
    Users,
}

/// Tells alerts what was until before a minute.
pub(super) async fn seed(
    pool: &PgPool,
    cluster: &str,
    new: &mut [Watched],
    until: Minute,
) -> Result<(), MinutesError> {
    let mut by_need: BTreeMap<Needs, Vec<&mut Watched>> = BTreeMap::new();
    for watched in new {
        by_need.entry(Needs::of(watched)).or_default().push(watched);
    }
    for (needs, mut alerts) in by_need {
        let Some(history) = alerts.iter().map(|watched| watched.engine.history()).max() else { continue };
        let from = (until - history).div_euclid(HOUR) * HOUR;
        let known = hours::known(pool, cluster, from).await?;
        let apart = apart(alerts.iter().map(|watched| &**watched));
        let stretches = needs.stretches((from, until), &known, &alerts);
        match needs {
            Needs::Hours => by_kind(pool, cluster, &stretches, apart, &mut alerts, until).await?,
            Needs::Minutes { .. } | Needs::Users => {
                in_time(pool, cluster, &stretches, apart, &mut alerts).await?
            }
        }
    }
    Ok(())
}

/// Hours kind by kind, so that an alert is asked once whether a kind is its business; then the minutes of those hours that come out of the rows.
async fn by_kind(
    pool: &PgPool,
    cluster: &str,
    stretches: &[Stretch],
    apart: Apart,
    alerts: &mut [&mut Watched],
    until: Minute,
) -> Result<(), MinutesError> {
    let mut feed = Feed::new(alerts, 1);
    for stretch in stretches {
        if let Stretch::Hours(from, end) = *stretch {
            let mut kind: Vec<Row> = Vec::new();
            let take = |row: Row| {
                if kind.last().is_some_and(|last| !last.is_like(&row)) {
                    feed.seed(&kind, until);
                    kind.clear();
                }
                kind.push(row);
            };
            hours::read(pool, cluster, (from, end), (apart.models, Order::Kind), take).await?;
            feed.seed(&kind, until);
        }
    }
    for stretch in stretches {
        if let Stretch::Rows(from, end) = *stretch {
            minutes::read(pool, cluster, (from, end), apart, |row| feed.add(row)).await?;
        }
    }
    Ok(())
}

async fn in_time(
    pool: &PgPool,
    cluster: &str,
    stretches: &[Stretch],
    apart: Apart,
    alerts: &mut [&mut Watched],
) -> Result<(), MinutesError> {
    for stretch in stretches {
        let minutes = match stretch {
            Stretch::Hours(..) => HOUR,
            Stretch::Rows(..) => 1,
        };
        let mut feed = Feed::new(alerts, minutes);
        let take = |row: Row| feed.take(&row);
        match *stretch {
            Stretch::Hours(from, end) => {
                hours::read(pool, cluster, (from, end), (apart.models, Order::Time), take).await?;
            }
            Stretch::Rows(from, end) => minutes::read(pool, cluster, (from, end), apart, take).await?,
        }
        feed.end();
    }
    Ok(())
}

/// Alerts that are told their past, row by row. An alert sees its own namespace: the others are not asked.
pub(super) struct Feed<'a, 'b> {
    alerts: &'a mut [&'b mut Watched],
    homes: BTreeMap<String, Vec<usize>>,
    everywhere: Vec<usize>,
    /// A row stands for so many minutes.
    minutes: i64,
    open: Option<Minute>,
}

// === impl Feed ===

impl<'a, 'b> Feed<'a, 'b> {
    pub(super) fn new(alerts: &'a mut [&'b mut Watched], minutes: i64) -> Self {
        let (mut homes, mut everywhere) = (BTreeMap::<_, Vec<usize>>::new(), Vec::new());
        for (at, watched) in alerts.iter().enumerate() {
            match &watched.alert.key.namespace {
                Some(home) => homes.entry(home.clone()).or_default().push(at),
                None => everywhere.push(at),
            }
        }
        Self { alerts, homes, everywhere, minutes, open: None }
    }

    pub(super) fn take(&mut self, row: &Row) {
        if self.open.is_some_and(|open| open < row.minute) {
            self.end();
        }
        self.open = Some(row.minute);
        self.each(row, |watched| watched.take(row));
    }

    /// The hours of one kind of call.
    fn seed(&mut self, hours: &[Row], until: Minute) {
        if let Some(first) = hours.first() {
            self.each(first, |watched| watched.seed(hours, until));
        }
    }

    /// A minute beside hours.
    fn add(&mut self, row: Row) {
        let changed = Changed { was: None, is: Some(row) };
        if let Some(row) = &changed.is {
            self.each(row, |watched| watched.correct(&changed));
        }
    }

    fn each(&mut self, row: &Row, tell: impl Fn(&mut Watched)) {
        let home = row.namespace.as_ref().and_then(|namespace| self.homes.get(namespace));
        for at in home.into_iter().flatten().chain(&self.everywhere) {
            tell(self.alerts[*at]);
        }
    }

    /// What was taken is a minute of the past, or an hour.
    pub(super) fn end(&mut self) {
        if let Some(open) = self.open.take() {
            self.alerts.iter_mut().for_each(|watched| watched.engine.remember_all(open, self.minutes));
        }
    }
}

// === impl Needs ===

impl Needs {
    fn of(watched: &Watched) -> Self {
        let plan = watched.engine.plan();
        if !plan.scope.users.is_empty() || plan.group_by.contains(&Dimension::User) {
            return Self::Users;
        }
        match (&plan.window, plan.asks_for_anomalies()) {
            (Window::Calendar { .. }, false) => Self::Hours,
            (Window::Calendar { .. } | Window::Rolling { .. }, usual) => Self::Minutes { usual },
        }
    }

    fn stretches(
        self,
        (from, until): (Minute, Minute),
        known: &Known,
        alerts: &[&mut Watched],
    ) -> Vec<Stretch> {
        match self {
            Self::Hours => {
                let begins = |watched: &&mut Watched| watched.engine.plan().window.bounds(until).0;
                let borders: BTreeSet<Minute> = alerts.iter().map(begins).collect();
                hours::by_hour(from, until, known, &borders)
            }
            Self::Minutes { usual: false } => hours::by_row(from, until, known),
            Self::Minutes { usual: true } | Self::Users => vec![Stretch::Rows(from, until)],
        }
    }
}
