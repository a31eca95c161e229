//! How budgets stand: told to the index, so that flags say it, and to Prometheus.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::Timestamp;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{family::Family, gauge::Gauge},
    registry::Registry,
};
use sqlx::{PgPool, Row};
use std::sync::atomic::AtomicU64;
use tokio::time::sleep;
use tollgate_crds::stream::StateBudget;

use super::{found::Found, stops::Stops, window};
use crate::{
    context::{Context, Tasks},
    database::Database,
    index::{Alert, SpentBudget},
};

/// Between two looks: a flag's status is for people.
const LOOK: Duration = Duration::from_secs(2);
/// Groups that are looked at; the most used first.
const MOST: i64 = 1_000;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EncodeLabelSet)]
struct Labels {
    namespace: String,
    alert: String,
    metric: String,
}

/// By alert: of its groups, the one that has used most.
#[derive(Clone, Debug, Default)]
struct BudgetMetrics {
    used: Family<Labels, Gauge<f64, AtomicU64>>,
}

/// One group of one budget in one window, as the judge has it.
struct Standing {
    budget: String,
    group: String,
    window_start: i64,
    /// Of the alert as it was when the judge was asked last.
    generation: i64,
    used: u64,
    used_ratio: f64,
    spent: bool,
}

/// The leader's task.
pub(super) fn spawn(context: &Context, database: &Database, stops: Stops, tasks: &mut Tasks) {
    let metrics = context.metrics.register(BudgetMetrics::register);
    let (context, pool) = (context.clone(), database.pool().clone());
    tasks.spawn(async move {
        loop {
            sleep(LOOK).await;
            let has_budgets =
                context.index.read(|index| index.alerts().any(|alert| !alert.budgets.is_empty()));
            let looked = match has_budgets && context.leadership.leads() {
                true => look(&pool).await,
                false => Ok(Vec::new()),
            };
            match looked {
                Ok(standings) => tell(&context, &metrics, standings, &stops),
                Err(error) => tracing::debug!(%error, "how budgets stand cannot be read"),
            }
        }
    });
}

fn tell(context: &Context, metrics: &BudgetMetrics, standings: Vec<Standing>, stops: &Stops) {
    let mut used: BTreeMap<Labels, f64> = BTreeMap::new();
    let mut spent = Vec::new();
    let now = Timestamp::now();
    for standing in standings {
        let Some(Found { alert, budget: told }) = Found::look(&context.index, &standing.budget, None) else {
            continue;
        };
        let Some(is_spent) = standing.is_spent(&alert, &told, now) else { continue };
        let labels = Labels {
            namespace: alert.key.namespace.clone().unwrap_or_default(),
            alert: alert.key.name.clone(),
            metric: format!("{:?}", told.metric),
        };
        let most = used.entry(labels).or_default();
        *most = most.max(standing.used_ratio);
        if is_spent {
            spent.push(SpentBudget { alert: Arc::clone(&alert), budget: told, group: standing.group });
        }
    }
    if context.leadership.leads() {
        spent.extend(stops.all().into_iter().filter_map(|(budget, group)| {
            let Found { alert, budget } = Found::look(&context.index, &budget, None)?;
            Some(SpentBudget { alert, budget, group })
        }));
    }
    metrics.used.clear();
    for (labels, used) in used {
        metrics.used.get_or_create(&labels).set(used);
    }
    let is_news = context.index.read(|index| !index.knows_spent(&spent));
    if is_news {
        context.index.write(|index| index.tell_spent(spent));
    }
}

async fn look(pool: &PgPool) -> Result<Vec<Standing>, sqlx::Error> {
    let rows = sqlx::query(
        "select g.budget, g.group_key, extract(epoch from g.window_start)::bigint as window_start, g.generation, g.spent,
                least(g.spent_before + coalesce(sum(h.used), 0), 9223372036854775807)::bigint as used,
                ((g.spent_before + coalesce(sum(h.used), 0)) / greatest(g.limit_units, 1))::float8 as used_ratio
         from public.budget_grants g
         left join public.budget_holders h using (budget, group_key, window_start)
         where g.window_start <= now() and g.window_end > now()
         group by g.budget, g.group_key, g.window_start, g.generation, g.limit_units, g.spent_before, g.spent
         order by used_ratio desc limit $1",
    )
    .bind(MOST)
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Standing {
                budget: row.try_get("budget")?,
                group: row.try_get("group_key")?,
                window_start: row.try_get("window_start")?,
                generation: row.try_get("generation")?,
                used: row.try_get::<i64, _>("used")?.unsigned_abs(),
                used_ratio: row.try_get("used_ratio")?,
                spent: row.try_get("spent")?,
            })
        })
        .collect()
}

// === impl Standing ===

impl Standing {
    /// None: of a window that is over, or was written otherwise since.
    fn is_spent(&self, alert: &Alert, budget: &StateBudget, now: Timestamp) -> Option<bool> {
        let span = window::at(alert.window()?, now);
        if span.start != self.window_start {
            return None;
        }
        let is_resumed = alert.resumed_at().is_some_and(|resumed| span.is_of(resumed));
        // Nobody has asked the judge since the alert was written anew: it has still the limit of before.
        let is_spent =
            if self.generation < alert.generation { self.used >= budget.limit } else { self.spent };
        Some(is_spent && !is_resumed)
    }
}

// === impl BudgetMetrics ===

impl BudgetMetrics {
    fn register(registry: &mut Registry) -> Self {
        let metrics = Self::default();
        registry.register(
            "tollgate_budget_used_ratio",
            "What was used of a budget in its present window, 1 is all of it; of its groups, the one that used most",
            metrics.used.clone(),
        );
        metrics
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::index::Kind;

    /// An alert that disables at 10 calls.
    fn alert(generation: i64, window: Value, resumed: Option<&str>) -> Alert {
        let mut object = json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert",
            "metadata": {"name": "daily", "namespace": "shop", "uid": "uid-1", "generation": generation},
            "spec": {
                "window": window, "limit": {"metric": "Calls", "amount": "10"},
                "thresholds": [{"above": "100%", "action": "Disable"}],
            },
        });
        if let Some(resumed) = resumed {
            object["metadata"]["annotations"] = json!({"tollgate.dev/resume": resumed});
        }
        Alert::read(Kind::UsageAlert, serde_json::from_value(object).unwrap())
    }

    /// What is said at noon of a budget that the judge found spent in the day of UTC, when the alert was written for the first time.
    fn is_spent(alert: &Alert, used: u64) -> Option<bool> {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let standing = Standing {
            budget: "uid-1/Calls".to_owned(),
            group: String::new(),
            window_start: at("2026-11-30T00:00:00Z").as_second(),
            generation: 1,
            used,
            used_ratio: 1.0,
            spent: true,
        };
        standing.is_spent(alert, &alert.budgets[0], at("2026-11-30T12:00:00Z"))
    }

    #[test]
    fn a_budget_that_was_resumed_turns_nothing_off() {
        let day = json!({"calendar": "Day"});
        assert_eq!(is_spent(&alert(1, day.clone(), None), 10), Some(true));
        assert_eq!(is_spent(&alert(1, day.clone(), Some("2026-11-30T11:00:00Z")), 10), Some(false));
        assert_eq!(is_spent(&alert(1, day, Some("2026-11-29T11:00:00Z")), 10), Some(true));
    }

    #[test]
    fn a_limit_that_was_raised_counts_before_anybody_calls() {
        let day = json!({"calendar": "Day"});
        assert_eq!(is_spent(&alert(2, day.clone(), None), 9), Some(false));
        assert_eq!(is_spent(&alert(2, day, None), 10), Some(true));
    }

    #[test]
    fn what_was_spent_of_a_window_that_was_written_otherwise_since_is_past() {
        for window in [json!({"rolling": "1h"}), json!({"calendar": "Day", "timeZone": "Asia/Kathmandu"})] {
            assert_eq!(is_spent(&alert(2, window, None), 10), None);
        }
    }
}
