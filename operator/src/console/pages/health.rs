//! Whether these figures can be trusted: the ledger, the flags' way to the sidecars, what is estimated.

use axum::response::Response;
use futures::{FutureExt, future::BoxFuture};
use maud::{Markup, html};
use sqlx::Row;

use super::{
    attention::check,
    context::{Context, Missing},
    coverage,
    frame::{self, Part},
    shown,
};
use crate::query::{Ask, QueryError, Range};

/// Rows that come later than this after their call are late.
const SLOW_MILLIS: i64 = 60_000;

pub(super) async fn page(context: Context) -> Response {
    frame::answer(context, "Health", html! {}, parts).await
}

fn parts(context: Context) -> BoxFuture<'static, Vec<Part>> {
    async move {
        vec![
            Part::new("coverage", coverage::told(&context)),
            Part::new("flags", flags(&context)),
            Part::or("ledger", ledger(&context).await),
        ]
    }
    .boxed()
}

fn flags(context: &Context) -> Markup {
    let flags = context.world.cluster.flags(&context.viewer);
    let behind: Vec<_> = flags
        .iter()
        .filter(|flag| flag.status.sidecars.is_some_and(|count| count.current < count.total))
        .collect();
    let wrong = flags.iter().filter(|flag| flag.trouble().is_some()).count();
    html! {
        h2 { "Flags" }
        ul.attention.checks {
            (check(behind.is_empty(), "Every sidecar holds the latest flags", &html! {
                @if behind.is_empty() { (flags.len()) " flags" } @else {
                    @for flag in &behind { @if let Some(count) = flag.status.sidecars { (flag.namespace) "/" (flag.name) ": " (count.current) " of " (count.total) ". " } }
                    "A sidecar that does not come along keeps its last state: see its pod's log, and whether it reaches the operator."
                }
            }))
            (check(wrong == 0, "Every flag can be used", &html! { @if wrong > 0 { (wrong) " cannot: Overview says which, and what to write." } @else { "none is refused" } }))
        }
    }
}

async fn ledger(context: &Context) -> Result<Markup, Missing> {
    let reader = context.reader()?;
    let mut transaction = reader.begin().await?;
    let row = sqlx::query(
        "select (select extract(epoch from now() - max(received_at))::bigint from public.provider_usage_logs
                 where created_at > now() - interval '1 hour') as newest,
                (select count(distinct hour) from public.usage_dirty where cluster = $1 and hour < date_trunc('hour', now(), 'UTC')) as open_hours,
                (select count(*) from public.usage_quarantine) as quarantined,
                (select percentile_disc(0.95) within group (order by extract(epoch from received_at - created_at) * 1000
                        - case when metadata -> 'timings' ->> 'total_us' ~ '^[0-9]{1,15}$' then (metadata -> 'timings' ->> 'total_us')::bigint / 1000 else 0 end)::bigint
                 from public.provider_usage_logs where created_at > now() - interval '10 minutes' and coalesce(cluster, '') = $1) as lag",
    )
    .bind(reader.cluster())
    .fetch_one(&mut *transaction)
    .await
    .map_err(QueryError::of)?;
    drop(transaction);
    let newest: Option<i64> = row.try_get("newest").map_err(QueryError::of)?;
    let open_hours: i64 = row.try_get("open_hours").map_err(QueryError::of)?;
    let lag: Option<i64> = row.try_get("lag").map_err(QueryError::of)?;
    let quarantined: i64 = row.try_get("quarantined").map_err(QueryError::of)?;
    let day = context.usage(&Ask::of(context.span(&Range::Hours(24)))).await?.sum;
    let share = |part: u64| shown::percent(part.into(), day.calls.into()).unwrap_or_else(|| "0 %".to_owned());
    let estimated =
        shown::percent(day.estimated_cost.picos(), day.cost.picos()).unwrap_or_else(|| "0 %".to_owned());
    Ok(html! {
        h2 { "The ledger" }
        ul.attention.checks {
            (check(true, "The database answers", &html! {
                @match newest {
                    Some(seconds) => { "The newest row came " (seconds) " s ago." },
                    None => "No call in the last hour.",
                }
            }))
            (check(lag.is_none_or(|lag| lag < SLOW_MILLIS), "Rows come at once", &html! {
                @match lag {
                    Some(lag) => {
                        "Of the last ten minutes, 95 of 100 were there " (shown::duration(Some(lag.max(0).unsigned_abs() * 1_000))) " after their call ended."
                        @if lag >= SLOW_MILLIS { " Nothing is lost, sidecars keep rows until they are taken: see what holds the database up, and whether pods reach it." }
                    }
                    None => "No call in the last ten minutes.",
                }
            }))
            (check(open_hours <= 1, "Sums are up to date", &html! {
                @if open_hours > 1 { (open_hours) " past hours are still to be summed: the operator's leader does it, newest first. Figures read up to thirty such hours from the rows." }
                @else { "past hours are summed" }
            }))
            (check(quarantined == 0, "Every row could be taken", &html! {
                @if quarantined > 0 { (quarantined) " rows were set aside: " code { "select reason, row from usage_quarantine" } " says why." } @else { "none was set aside" }
            }))
            (check(day.unpriced_calls == 0, "Every call of the last day has a price", &html! {
                (share(day.unpriced_calls)) " of " (shown::count(day.calls)) " calls have none" @if day.unpriced_calls > 0 { ": " a href="/prices" { "Prices" } " has the lines to add" } "."
            }))
            (check(true, "What is estimated", &html! { (estimated) " of the last day's cost: where the provider did not say what was used." }))
        }
        p.hint { "Spools and the age of each sidecar's state over time are metrics: the dashboard Health in Grafana has them, docs/metrics.md their names." }
    })
}
