//! An alert as a person writes it: the API's own types. What a file has as bare numbers is made the texts that they are in
//! a cluster.

use serde_json::{Number, Value};

pub use tollgate_crds::alert::{
    Action, AnomalySpec, Calendar, Dimension, Limit, Metric, OnGrantUnknown, Scope, ThresholdSpec,
    UsageAlertSpec, Weekday, WindowSpec,
};

/// Amounts may be bare numbers in a file: YAML makes some of `amount: 50`.
pub(crate) fn amounts_as_texts(alert: &mut Value) {
    if let Some(amount) = alert.pointer_mut("/spec/limit/amount") {
        as_text(amount);
    }
    let thresholds = alert.pointer_mut("/spec/thresholds").and_then(Value::as_array_mut);
    for threshold in thresholds.into_iter().flatten() {
        for place in ["/above", "/anomaly/factor"] {
            if let Some(amount) = threshold.pointer_mut(place) {
                as_text(amount);
            }
        }
    }
}

fn as_text(value: &mut Value) {
    if let Value::Number(number) = value {
        *value = Value::String(plain(number));
    }
}

/// A number's decimal digits, without an exponent.
pub(crate) fn plain(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => float.to_string(),
        _ => number.to_string(),
    }
}
