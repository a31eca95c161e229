//! The ledger settles: what it has and no sidecar said (calls of a pod that died, rows that came late) is counted, again and again.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::{PgPool, Row};
use tokio::time::sleep;

use super::{found::Found, spent::spent, window};
use crate::{
    context::{Context, Tasks},
    database::Database,
    index::SharedIndex,
};

/// Between two rounds.
const PACE: Duration = Duration::from_secs(15);
/// Sidecars say what they used each second, and a call's row may come before: they are heard this much later.
const HEARD: Duration = Duration::from_secs(10);

/// A window that somebody has a share of.
struct Open {
    budget: String,
    group: String,
    window_start: i64,
    ledger: u64,
}

/// The leader's task.
pub(super) fn spawn(context: &Context, database: &Database, tasks: &mut Tasks) {
    let (index, leadership) = (context.index.clone(), context.leadership.clone());
    let (pool, cluster) = (database.pool().clone(), context.settings.cluster.clone());
    tasks.spawn(async move {
        loop {
            sleep(PACE).await;
            if !leadership.leads() {
                continue;
            }
            if let Err(error) = settle(&pool, &index, &cluster, HEARD).await {
                tracing::debug!(%error, "budgets are not held against the ledger");
            }
        }
    });
}

/// One round, `heard` after the ledger was asked. Gives how many windows were behind the ledger.
pub async fn settle(
    pool: &PgPool,
    index: &SharedIndex,
    cluster: &str,
    heard: Duration,
) -> Result<usize, sqlx::Error> {
    let mut open = Vec::new();
    let rows = sqlx::query(
        "select budget, group_key, extract(epoch from window_start)::bigint as window_start
         from public.budget_grants where window_end > now() and window_start <= now()",
    )
    .fetch_all(pool)
    .await?;
    for row in rows {
        let (budget, group): (String, String) = (row.try_get("budget")?, row.try_get("group_key")?);
        let window_start: i64 = row.try_get("window_start")?;
        let Some(found) = Found::look(index, &budget, None) else { continue };
        let Some(window) = found.alert.window() else { continue };
        let Ok(start) = Timestamp::from_second(window_start) else { continue };
        let span = window::at(window, start);
        if span.start != window_start {
            continue; // of a window that was written otherwise since
        }
        let of = found.of(index, cluster, &group, span);
        if let Ok(ledger) = spent(&mut *pool.acquire().await?, &of).await {
            open.push(Open { budget, group, window_start, ledger });
        }
    }
    sleep(heard).await;
    let mut behind = 0;
    for Open { budget, group, window_start, ledger } in open {
        // Up only: what sidecars have and the ledger has not yet is on its way there.
        let changed = sqlx::query(
            "update public.budget_grants g set spent_before = $4::numeric - h.used
             from (select coalesce(sum(used), 0) as used from public.budget_holders
                   where budget = $1 and group_key = $2 and window_start = to_timestamp($3)) h
             where g.budget = $1 and g.group_key = $2 and g.window_start = to_timestamp($3)
               and $4::numeric > g.spent_before + h.used",
        )
        .bind(&budget)
        .bind(&group)
        .bind(window_start)
        .bind(ledger.to_string())
        .execute(pool)
        .await?;
        behind += usize::try_from(changed.rows_affected()).unwrap_or_default();
    }
    Ok(behind)
}
