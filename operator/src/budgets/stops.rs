//! Groups whose calls do not pass, for something holds that has no number to reach: a projection, or an anomaly. The leader's rounds say
//! what holds; each replica reads it where they keep it.

use std::{
    collections::{HashMap, HashSet},
    str::FromStr,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jiff::Timestamp;
use sqlx::{PgPool, Row};
use tokio::time::sleep;
use tollgate_alerts::{plan::Plan, window::Window};
use tollgate_crds::{
    alert::{Action, Dimension, UsageAlertSpec},
    stream::StateBudget,
};

use crate::{
    alerting::events::asks,
    context::{Context, Tasks},
    database::Database,
    index::{Alert, SharedIndex},
};

/// What holds, as it was read last. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Stops(Arc<RwLock<Option<HashSet<Stop>>>>);

/// A budget's uid, and the group as sidecars name it.
pub type Stop = (String, String);

/// Between two looks. What holds is found once a minute.
const LOOK: Duration = Duration::from_secs(2);

/// Each replica's task.
pub(super) fn spawn(context: &Context, database: &Database, tasks: &mut Tasks) -> Stops {
    let stops = Stops::default();
    let (told, index, pool) = (stops.clone(), context.index.clone(), database.pool().clone());
    let cluster = context.settings.cluster.clone();
    tasks.spawn(async move {
        loop {
            match stopped(&pool, &index, &cluster).await {
                Ok(stopped) => *told.0.write().unwrap_or_else(PoisonError::into_inner) = Some(stopped),
                // What was read last holds on.
                Err(error) => tracing::debug!(%error, "what alerts stop cannot be read"),
            }
            sleep(LOOK).await;
        }
    });
    stops
}

/// What the alerts that are known say now.
pub async fn stopped(
    pool: &PgPool,
    index: &SharedIndex,
    cluster: &str,
) -> Result<HashSet<Stop>, sqlx::Error> {
    let alerts: Vec<Arc<Alert>> = index.read(|index| {
        let stops = |alert: &&Arc<Alert>| alert.budgets.iter().any(|budget| budget.stops);
        index.alerts().filter(stops).cloned().collect()
    });
    let asked: Vec<Foreseen> = alerts.iter().filter_map(Foreseen::of).collect();
    if asked.is_empty() {
        return Ok(HashSet::new());
    }
    found(pool, cluster, &asked).await
}

/// An alert that stops calls for what it foresees, or finds unusual.
struct Foreseen<'a> {
    alert: &'a Alert,
    plan: &'a Plan,
    budget: &'a StateBudget,
    /// As events name them.
    thresholds: Vec<String>,
}

/// One question, however many alerts there are. What was found in a calendar's window holds to its end: that calls were refused since
/// makes nothing right. In a rolling one it holds until it is over.
async fn found(pool: &PgPool, cluster: &str, asked: &[Foreseen<'_>]) -> Result<HashSet<Stop>, sqlx::Error> {
    let (mut uids, mut thresholds, mut calendars) = (Vec::new(), Vec::new(), Vec::new());
    for one in asked {
        for threshold in &one.thresholds {
            uids.push(one.alert.uid.clone());
            thresholds.push(threshold.clone());
            calendars.push(matches!(one.plan.window, Window::Calendar { .. }));
        }
    }
    let rows = sqlx::query(
        "select e.alert_uid, e.group_key, e.at::text as at
         from unnest($2::text[], $3::text[], $4::boolean[]) as a (uid, threshold, calendar)
         join public.alert_events e on e.cluster = $1 and e.alert_uid = a.uid and e.threshold = a.threshold and e.state = 'firing'
         where a.calendar and e.window_end > now() or not exists (select from public.alert_events l where l.cluster = e.cluster
               and l.alert_uid = e.alert_uid and l.threshold = e.threshold and l.group_key = e.group_key and l.seq > e.seq)",
    )
    .bind(cluster)
    .bind(uids)
    .bind(thresholds)
    .bind(calendars)
    .fetch_all(pool)
    .await?;
    let asked: HashMap<&str, &Foreseen<'_>> = asked.iter().map(|one| (one.alert.uid.as_str(), one)).collect();
    let mut stopped = HashSet::new();
    for row in rows {
        let (uid, group, at): (String, String, String) =
            (row.try_get("alert_uid")?, row.try_get("group_key")?, row.try_get("at")?);
        let Some(one) = asked.get(uid.as_str()) else { continue };
        let at = Timestamp::from_str(&at).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let is_resumed = one.alert.resumed_at().is_some_and(|resumed| resumed >= at);
        if let (false, Some(group)) = (is_resumed, group_of(one.budget, &one.plan.group_by, &group)) {
            stopped.insert((one.budget.uid.clone(), group));
        }
    }
    Ok(stopped)
}

/// As sidecars name it. The events' groups are in the order in which the alert names what it groups by.
fn group_of(budget: &StateBudget, by: &[Dimension], group: &str) -> Option<String> {
    let values: Vec<Option<String>> = serde_json::from_str(group).ok()?;
    let value = |dimension| {
        let at = by.iter().position(|known| *known == dimension)?;
        values.get(at)?.as_deref()
    };
    Some(budget.group(value))
}

// === impl Foreseen ===

impl<'a> Foreseen<'a> {
    fn of(alert: &'a Arc<Alert>) -> Option<Self> {
        let plan = alert.plan.as_ref().ok()?;
        let spec: UsageAlertSpec = serde_json::from_value(alert.spec.clone()).ok()?;
        let budget = alert.budgets.iter().find(|budget| budget.stops)?;
        let foresees = spec.thresholds.iter().filter(|threshold| {
            threshold.action() == Action::Disable
                && (threshold.projected == Some(true) || threshold.anomaly.is_some())
        });
        let thresholds: Vec<String> = foresees.map(asks).collect();
        (!thresholds.is_empty()).then_some(Self { alert, plan, budget, thresholds })
    }
}

// === impl Stops ===

impl Stops {
    /// Whether calls of the group are stopped; None where that has not been read yet.
    pub(super) fn knows(&self, budget: &str, group: &str) -> Option<bool> {
        let stops = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Some(stops.as_ref()?.contains(&(budget.to_owned(), group.to_owned())))
    }

    pub(super) fn all(&self) -> Vec<Stop> {
        let stops = self.0.read().unwrap_or_else(PoisonError::into_inner);
        stops.iter().flatten().cloned().collect()
    }
}
