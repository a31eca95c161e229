use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::{
    answer::AnswerFacts,
    settle::{Bill, Call, Line},
    usage::{Shown, Usage},
};

#[derive(Serialize)]
struct Metered<'a> {
    id: &'a RawValue,
    provider: &'static str,
    model: Option<&'a str>,
    endpoint: &'static str,
    outcome: &'static str,
    usage: Counts<'a>,
    usage_source: &'static str,
    /// An exact decimal, as a string.
    cost_usd: Option<String>,
    /// Why there is none, or why it is not the provider's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<EstimateOut>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    unknown_fields: BTreeSet<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<Vec<Line>>,
}

#[derive(Serialize)]
struct EstimateOut {
    method: &'static str,
    fault: &'static str,
}

#[derive(Serialize)]
struct Failed<'a> {
    id: &'a RawValue,
    error: &'a str,
}

/// Counts by kind, in the order of the kinds.
struct Counts<'a>(&'a Usage);

pub(super) fn metered(
    id: &RawValue,
    call: &Call<'_>,
    model: Option<&str>,
    answers: &[AnswerFacts],
    bill: &Bill,
    lines: Option<Vec<Line>>,
) -> String {
    let unknown = || call.answer.into_iter().chain(answers).flat_map(|facts| facts.unknown_fields.iter());
    line(&Metered {
        id,
        provider: call.provider.name(),
        model,
        endpoint: call.endpoint.template,
        outcome: call.outcome.name(),
        usage: Counts(&bill.usage),
        usage_source: bill.usage_source.name(),
        cost_usd: bill.cost.map(|cost| cost.to_string()),
        reason: match (&bill.unpriced, bill.estimate) {
            (Some(unpriced), _) => Some(unpriced.to_string()),
            (None, estimate) => estimate.map(|estimate| estimate.fault.to_owned()),
        },
        price: bill.price_version.as_deref(),
        estimate: bill
            .estimate
            .map(|estimate| EstimateOut { method: estimate.method, fault: estimate.fault }),
        unknown_fields: unknown().map(AsRef::as_ref).collect(),
        lines,
    })
}

pub(super) fn failed(id: &RawValue, error: &str) -> String {
    line(&Failed { id, error })
}

/// Strings, numbers and maps with string keys: nothing in here can fail to be JSON.
fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Serialize for Counts<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(kind, count)| (kind.name(), Number(kind.shown(count)))))
    }
}

/// A number with or without a fraction, as JSON spells it.
struct Number(Shown);

impl Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Shown::Whole(count) => serializer.serialize_u64(count),
            fraction @ Shown::Fraction { .. } => {
                let number =
                    RawValue::from_string(fraction.to_string()).map_err(serde::ser::Error::custom)?;
                number.serialize(serializer)
            }
        }
    }
}
