//! Whether rows arrive.

use super::{Check, failed, not_known, of_operators, ok, warning};
use crate::kubectl::status::facts::{Facts, Newest, Unknown};

pub(super) const ROOM: &str = "ledger";
/// Rows are on their way for some seconds; an alert of the chart's fires at the same.
const LAG_SECONDS: f64 = 300.0;

pub(super) fn database(facts: &Facts) -> Option<Check> {
    let up = of_operators(facts, "tollgate_operator_database_up");
    if up.is_empty() {
        return None;
    }
    if up.iter().any(|up| *up > 0.5) {
        return Some(ok(ROOM, "the operator works with its database"));
    }
    let installation = &facts.installation;
    Some(failed(
        ROOM,
        "the operator cannot work with its database, or has none: rows wait, and nothing is added up"
            .to_owned(),
        [format!(
            "its log says why: kubectl -n {installation} logs -l app.kubernetes.io/component=operator | grep -i database"
        )],
    ))
}

pub(super) fn lag(facts: &Facts) -> Option<Check> {
    let lags: Vec<(&String, f64)> = facts
        .sidecars
        .iter()
        .filter_map(|(pod, samples)| {
            Some((pod, samples.as_ref().ok()?.highest("tollgate_ledger_lag_seconds", "")?))
        })
        .collect();
    let (pod, longest) = lags.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    if longest <= LAG_SECONDS {
        return Some(ok(ROOM, "no sidecar's rows wait for long"));
    }
    Some(failed(
        ROOM,
        format!("rows wait for the ledger, the oldest for {longest:.0} s, in {pod}"),
        ["docs/runbooks.md#tollgateledgerlag".to_owned()],
    ))
}

pub(super) fn rows(facts: &Facts) -> Option<Check> {
    let newest = match &facts.ledger {
        Ok(None) => return None,
        Ok(Some(newest)) => newest,
        Err(Unknown::Failed(why)) => return Some(failed(ROOM, why.clone(), [])),
        Err(why) => return Some(not_known(ROOM, "what the ledger says", why)),
    };
    let Newest { age, calls, unpriced } = newest;
    Some(match age {
        None => warning(ROOM, "the ledger answers; no call of the last day is in it".to_owned(), []),
        Some(age) => ok(
            ROOM,
            &format!(
                "the ledger answers: {calls} calls in 24 hours, {unpriced} of them without a price; the newest row came {age} s ago"
            ),
        ),
    })
}
