//! How budgets stand: told to the index, so that flags say it, and to Prometheus.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{family::Family, gauge::Gauge},
    registry::Registry,
};
use sqlx::{PgPool, Row};
use std::sync::atomic::AtomicU64;
use tokio::time::sleep;

use super::{found::Found, stops::Stops};
use crate::{
    context::{Context, Tasks},
    database::Database,
    index::SpentBudget,
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

/// One group of one budget.
struct Standing {
    budget: String,
    group: String,
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
    for Standing { budget, group, used_ratio, spent: is_spent } in standings {
        let Some(Found { alert, budget: told }) = Found::look(&context.index, &budget, None) else {
            continue;
        };
        let labels = Labels {
            namespace: alert.key.namespace.clone().unwrap_or_default(),
            alert: alert.key.name.clone(),
            metric: format!("{:?}", told.metric),
        };
        let most = used.entry(labels).or_default();
        *most = most.max(used_ratio);
        if is_spent {
            spent.push(SpentBudget { alert: Arc::clone(&alert), budget: told, group });
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
        "select g.budget, g.group_key,
                ((g.spent_before + coalesce(sum(h.used), 0)) / greatest(g.limit_units, 1))::float8 as used_ratio,
                g.spent
         from public.budget_grants g
         left join public.budget_holders h using (budget, group_key, window_start)
         where g.window_start <= now() and g.window_end > now()
         group by g.budget, g.group_key, g.window_start, g.limit_units, g.spent_before, g.spent
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
                used_ratio: row.try_get("used_ratio")?,
                spent: row.try_get("spent")?,
            })
        })
        .collect()
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
