//! What the facts mean. Pure: each check is a function of the facts, and its words are those that are printed.

mod flags;
mod installation;
mod ledger;
mod pods;

use jiff::Timestamp;
use serde::Serialize;

use super::facts::{Facts, Known, Unknown};
use crate::numbers::counted;

/// One line, and what to do below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    pub(super) room: &'static str,
    #[serde(rename = "result")]
    pub(super) outcome: Outcome,
    pub(super) said: String,
    pub(super) todo: Vec<String>,
}

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    Ok,
    Warning,
    Failed,
    /// It could not be looked at.
    Unknown,
}

/// So many pods or workloads are named below a line.
const NAMED: usize = 5;

/// All of them, in the order in which one builds on another.
pub(super) fn judge(facts: &Facts, now: Timestamp) -> Vec<Check> {
    [
        installation::kinds(facts),
        installation::replicas(facts),
        installation::leader(facts, now),
        installation::webhooks(facts),
        installation::watches(facts),
        pods::namespaces(facts),
        pods::uncovered(facts),
        pods::versions(facts),
        pods::freshness(facts),
        flags::objects(facts),
        flags::unpriced(facts),
        ledger::database(facts),
        ledger::lag(facts),
        ledger::rows(facts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// One metric of all replicas that answered.
fn of_operators(facts: &Facts, metric: &str) -> Vec<f64> {
    facts
        .operator_samples
        .iter()
        .flatten()
        .flat_map(|samples| samples.of(metric, "").collect::<Vec<_>>())
        .collect()
}

/// The check, or that what it is about is not known.
fn look<T>(room: &'static str, what: &str, known: &Known<T>, check: impl FnOnce(&T) -> Check) -> Check {
    match known {
        Ok(value) => check(value),
        Err(why) => not_known(room, what, why),
    }
}

fn not_known(room: &'static str, what: &str, why: &Unknown) -> Check {
    let (said, todo) = match why {
        Unknown::Forbidden(right) => (
            format!("not known: {what}"),
            vec![format!("you may not {right}; somebody who may can run this, too")],
        ),
        Unknown::Failed(why) => (format!("not known: {what}: {why}"), Vec::new()),
    };
    Check { room, outcome: Outcome::Unknown, said, todo }
}

fn ok(room: &'static str, said: &str) -> Check {
    Check { room, outcome: Outcome::Ok, said: said.to_owned(), todo: Vec::new() }
}

fn warning(room: &'static str, said: String, todo: impl IntoIterator<Item = String>) -> Check {
    Check { room, outcome: Outcome::Warning, said, todo: todo.into_iter().collect() }
}

fn failed(room: &'static str, said: String, todo: impl IntoIterator<Item = String>) -> Check {
    Check { room, outcome: Outcome::Failed, said, todo: todo.into_iter().collect() }
}

/// Like `1 pod is` and `2 pods are`.
fn are(count: usize, one: &str) -> String {
    format!("{} {}", counted(count, one), if count == 1 { "is" } else { "are" })
}

// === impl Outcome ===

impl Outcome {
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Ok => "√",
            Self::Warning => "‼",
            Self::Failed => "×",
            Self::Unknown => "?",
        }
    }
}

#[cfg(test)]
mod tests;
