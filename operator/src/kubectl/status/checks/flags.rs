//! Whether what was written holds, and every model has a price.

use super::{Check, NAMED, failed, look, of_operators, ok, warning};
use crate::kubectl::status::facts::{Facts, Object};

const ROOM: &str = "flags, alerts and prices";
/// Conditions that are another check's word, and part of no verdict on the object.
const ADVICE: [&str; 3] = ["Covered", "Priced", "Ready"];

pub(super) fn objects(facts: &Facts) -> Option<Check> {
    Some(look(ROOM, "flags and alerts", &facts.objects, |objects| {
        let bad = |object: &&Object| {
            object.unseen || object.faults.iter().any(|(kind, _)| !ADVICE.contains(&&**kind))
        };
        let unwell: Vec<&Object> = objects.iter().filter(bad).collect();
        if unwell.is_empty() {
            return ok(ROOM, &format!("{} as written", are_obeyed(objects.len())));
        }
        let more = unwell.len().saturating_sub(NAMED);
        let mut todo: Vec<String> = unwell.iter().take(NAMED).map(|object| told(object)).collect();
        if more > 0 {
            todo.push(format!("and {more} more"));
        }
        failed(ROOM, format!("{} of {} are not in force", unwell.len(), of_all(objects.len())), todo)
    }))
}

fn told(object: &Object) -> String {
    let faults: Vec<String> = object
        .faults
        .iter()
        .filter(|(kind, _)| !ADVICE.contains(&&**kind))
        .map(|(kind, message)| format!("{kind}: {message}"))
        .collect();
    match faults.as_slice() {
        [] => format!("{}: no operator has judged it yet", object.shown()),
        faults => format!("{}: {}", object.shown(), faults.join("; ")),
    }
}

fn are_obeyed(count: usize) -> String {
    if count == 1 { "1 flag or alert is obeyed".to_owned() } else { format!("{} are obeyed", of_all(count)) }
}

fn of_all(count: usize) -> String {
    if count == 1 { "1 flag or alert".to_owned() } else { format!("{count} flags and alerts") }
}

pub(super) fn unpriced(facts: &Facts) -> Option<Check> {
    let of_leader = of_operators(facts, "tollgate_operator_unpriced_models");
    let models = of_leader.iter().copied().fold(0.0, f64::max);
    let objects = facts.objects.as_deref().unwrap_or_default();
    let told: Vec<String> = objects
        .iter()
        .flat_map(|object| {
            let messages = object.faults.iter().filter(|(kind, _)| kind == "Priced");
            messages.map(move |(_, message)| format!("{}: {message}", object.shown()))
        })
        .take(NAMED)
        .collect();
    if of_leader.is_empty() && told.is_empty() {
        return None;
    }
    if models < 0.5 && told.is_empty() {
        return Some(ok(ROOM, "every model that was called in the last day has a price"));
    }
    let installation = &facts.installation;
    let mut todo = told;
    todo.push(format!(
        "which, and what to write: kubectl -n {installation} get events --field-selector reason=UnpricedModel"
    ));
    Some(warning(
        ROOM,
        "models were called that no price book has: their calls have tokens and no cost".to_owned(),
        todo,
    ))
}
