//! Groups whose calls do not pass, for something holds that has no number to reach: a projection, or an anomaly. The leader's rounds say
//! what holds; each replica reads it where they keep it.

use std::{
    collections::HashSet,
    str::FromStr,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jiff::Timestamp;
use sqlx::{PgPool, Row};
use tokio::time::sleep;
use tollgate_alerts::window::Window;
use tollgate_crds::{
    alert::{Action, Dimension, UsageAlertSpec},
    stream::StateBudget,
};

use crate::{
    alerting::rounds::asks,
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
    let mut stopped = HashSet::new();
    for alert in alerts {
        stopped.extend(of(pool, &alert, cluster).await?);
    }
    Ok(stopped)
}

/// What was found in a calendar's window holds to its end: that calls were refused since makes nothing right. In a rolling one it holds
/// until it is over.
async fn of(pool: &PgPool, alert: &Alert, cluster: &str) -> Result<Vec<Stop>, sqlx::Error> {
    let (Ok(plan), Ok(spec)) = (&alert.plan, serde_json::from_value::<UsageAlertSpec>(alert.spec.clone()))
    else {
        return Ok(Vec::new());
    };
    let Some(budget) = alert.budgets.iter().find(|budget| budget.stops) else { return Ok(Vec::new()) };
    let foresees = spec.thresholds.iter().filter(|threshold| {
        threshold.action() == Action::Disable
            && (threshold.projected == Some(true) || threshold.anomaly.is_some())
    });
    let rows = sqlx::query(
        "select e.group_key, e.at::text as at from public.alert_events e
         where e.cluster = $1 and e.alert_uid = $2 and e.threshold = any($3) and e.state = 'firing'
           and ($4 and e.window_end > now() or not exists (select from public.alert_events l where l.cluster = e.cluster
               and l.alert_uid = e.alert_uid and l.threshold = e.threshold and l.group_key = e.group_key and l.seq > e.seq))",
    )
    .bind(cluster)
    .bind(&alert.uid)
    .bind(foresees.map(asks).collect::<Vec<_>>())
    .bind(matches!(plan.window, Window::Calendar { .. }))
    .fetch_all(pool)
    .await?;
    let mut stopped = Vec::new();
    for row in rows {
        let (group, at): (String, String) = (row.try_get("group_key")?, row.try_get("at")?);
        let at = Timestamp::from_str(&at).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let is_resumed = alert.resumed_at().is_some_and(|resumed| resumed >= at);
        if let (false, Some(group)) = (is_resumed, group_of(budget, &plan.group_by, &group)) {
            stopped.push((budget.uid.clone(), group));
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
