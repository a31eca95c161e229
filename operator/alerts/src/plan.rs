//! An alert, checked and parsed once. Messages name the field, what was found and what to write instead.

use serde::Deserialize;

use crate::{
    amount::Amount,
    spec::{
        Action, AnomalySpec, Calendar, Dimension, Limit, Manifest, Metric, Number, OnGrantUnknown, Scope,
        ThresholdSpec, Weekday, WindowSpec,
    },
    traffic::Row,
    window::{self, Window},
};

/// Raw rows are kept so long unless an installation says otherwise; no window can be longer.
const RETENTION_DAYS: i64 = 35;
const DAY: i64 = 1440;

#[derive(Clone, Debug)]
pub struct Plan {
    pub name: String,
    pub namespace: Option<String>,
    pub scope: Scope,
    pub group_by: Vec<Dimension>,
    pub window: Window,
    pub thresholds: Vec<Threshold>,
    /// A call that gets no answer about its share is refused.
    pub deny_unknown: bool,
}

#[derive(Clone, Debug)]
pub struct Threshold {
    pub metric: Metric,
    pub rule: Rule,
    /// Calls of the group are refused once it holds.
    pub disables: bool,
}

#[derive(Clone, Debug)]
pub enum Rule {
    /// The window's value has reached it.
    Reached(Amount),
    /// The window's value will have reached it at the window's end.
    WillReach(Amount),
    /// Above so many times what it usually was, over so many days.
    Anomaly { factor: f64, days: i64 },
}

/// Why a file's alerts are not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("document {document}: {problem}")]
pub struct PlanError {
    pub document: usize,
    pub problem: String,
}

/// Reads every alert of a file (YAML or JSON, many documents), or none.
pub fn read(text: &str) -> Result<Vec<Plan>, PlanError> {
    let mut plans = Vec::new();
    for (index, document) in serde_yaml::Deserializer::from_str(text).enumerate() {
        let wrong = |problem: String| PlanError { document: index + 1, problem };
        let value = serde_yaml::Value::deserialize(document).map_err(|error| wrong(error.to_string()))?;
        if value.is_null() {
            continue;
        }
        let manifest: Manifest = serde_yaml::from_value(value).map_err(|error| wrong(error.to_string()))?;
        let name = manifest.metadata.name.clone();
        plans.push(plan(manifest).map_err(|problem| wrong(format!("{name}: {problem}")))?);
    }
    match plans.is_empty() {
        true => Err(PlanError { document: 1, problem: "expected a UsageAlert, found nothing".to_owned() }),
        false => Ok(plans),
    }
}

/// One alert, as an apiserver has it.
pub fn of(object: serde_json::Value) -> Result<Plan, String> {
    plan(serde_json::from_value(object).map_err(|error| error.to_string())?)
}

fn plan(manifest: Manifest) -> Result<Plan, String> {
    let Manifest { api_version, kind, metadata, spec } = manifest;
    let cluster = match (api_version.as_str(), kind.as_str()) {
        ("tollgate.dev/v1alpha1", "UsageAlert") => false,
        ("tollgate.dev/v1alpha1", "ClusterUsageAlert") => true,
        _ => {
            return Err(format!(
                "expected UsageAlert or ClusterUsageAlert of tollgate.dev/v1alpha1, found {kind} of {api_version}"
            ));
        }
    };
    if !cluster && spec.scope.namespace_selector.is_some() {
        return Err("spec.scope.namespaceSelector: only a ClusterUsageAlert sees other namespaces".to_owned());
    }
    let limit = spec.limit.as_ref().map(limit).transpose()?;
    if spec.thresholds.is_empty() {
        return Err("spec.thresholds: expected at least one".to_owned());
    }
    let thresholds = spec.thresholds.iter().enumerate();
    Ok(Plan {
        name: metadata.name,
        namespace: metadata.namespace.filter(|_| !cluster),
        window: window_of(&spec.window)?,
        thresholds: thresholds
            .map(|(index, spec)| {
                threshold(spec, limit).map_err(|problem| format!("spec.thresholds[{index}]{problem}"))
            })
            .collect::<Result<_, _>>()?,
        scope: spec.scope,
        group_by: spec.group_by,
        deny_unknown: spec.on_grant_unknown == Some(OnGrantUnknown::Deny),
    })
}

fn limit(spec: &Limit) -> Result<(Metric, Amount), String> {
    Ok((spec.metric, positive(&spec.amount).map_err(|problem| format!("spec.limit.amount: {problem}"))?))
}

fn positive(number: &Number) -> Result<Amount, String> {
    let text = number.text();
    match text.parse::<Amount>() {
        Ok(amount) if amount > Amount::default() => Ok(amount),
        Ok(_) => Err(format!("expected more than 0, found {text:?}")),
        Err(_) if text.starts_with('-') => Err(format!("expected more than 0, found {text:?}")),
        Err(error) => Err(error.to_string()),
    }
}

fn threshold(spec: &ThresholdSpec, limit: Option<(Metric, Amount)>) -> Result<Threshold, String> {
    let metric = spec.metric.or(limit.map(|(metric, _)| metric)).ok_or(
        ".metric: expected Cost, Tokens, Calls or Errors (there is no limit to take it from), found nothing",
    )?;
    let rule = match (&spec.above, &spec.anomaly) {
        (Some(above), None) => {
            let amount = above_of(above, metric, limit).map_err(|problem| format!(".above: {problem}"))?;
            if spec.projected { Rule::WillReach(amount) } else { Rule::Reached(amount) }
        }
        (None, Some(_)) if spec.projected => {
            return Err(".projected: goes with above only; an anomaly is of what was".to_owned());
        }
        (None, Some(anomaly)) => anomaly_of(anomaly)?,
        _ => return Err(": expected exactly one of above and anomaly".to_owned()),
    };
    Ok(Threshold { metric, rule, disables: spec.action == Some(Action::Disable) })
}

fn above_of(above: &Number, metric: Metric, limit: Option<(Metric, Amount)>) -> Result<Amount, String> {
    let text = above.text();
    let Some(percent) = text.strip_suffix('%') else { return positive(above) };
    let part = positive(&Number::Text(percent.trim().to_owned()))?;
    match limit {
        Some((of, amount)) if of == metric => Ok(amount.share(part)),
        Some(_) => {
            Err(format!("{text:?} is a part of spec.limit, which has another metric: write an amount"))
        }
        None => Err(format!("{text:?} is a part of spec.limit, which is absent: write it, or an amount")),
    }
}

fn anomaly_of(spec: &AnomalySpec) -> Result<Rule, String> {
    let factor = positive(&spec.factor).map_err(|problem| format!(".anomaly.factor: {problem}"))?;
    if factor < Amount::whole(1) {
        return Err(".anomaly.factor: expected at least 1".to_owned());
    }
    let minutes = minutes(&spec.baseline).map_err(|problem| format!(".anomaly.baseline: {problem}"))?;
    if !(3 * DAY..=RETENTION_DAYS * DAY).contains(&minutes) {
        return Err(format!(".anomaly.baseline: expected 72h to 840h, found {:?}", spec.baseline));
    }
    Ok(Rule::Anomaly { factor: factor.as_f64(), days: minutes / DAY })
}

fn window_of(spec: &WindowSpec) -> Result<Window, String> {
    let WindowSpec { rolling, calendar, week_start, time_zone } = spec;
    match (rolling, calendar) {
        (Some(rolling), None) => {
            if week_start.is_some() || time_zone.is_some() {
                return Err("spec.window: weekStart and timeZone go with calendar only".to_owned());
            }
            let minutes = minutes(rolling).map_err(|problem| format!("spec.window.rolling: {problem}"))?;
            if minutes > RETENTION_DAYS * DAY {
                return Err(format!("spec.window.rolling: calls are kept 840h, {rolling:?} is longer"));
            }
            Ok(Window::Rolling { minutes })
        }
        (None, Some(unit)) => {
            if week_start.is_some() && *unit != Calendar::Week {
                return Err("spec.window.weekStart: goes with calendar: Week only".to_owned());
            }
            let name = time_zone.as_deref().unwrap_or("UTC");
            let zone = window::zone(name).ok_or_else(|| {
                format!("spec.window.timeZone: expected a name such as Europe/Berlin or UTC, found {name:?}")
            })?;
            Ok(Window::Calendar { unit: *unit, week_start: week_start.unwrap_or(Weekday::Monday), zone })
        }
        _ => Err("spec.window: expected exactly one of rolling and calendar".to_owned()),
    }
}

/// A duration such as 10m, 1h, 1h30m or 336h.
fn minutes(text: &str) -> Result<i64, String> {
    let wrong = || format!("expected whole minutes or hours such as 10m, 1h or 1h30m, found {text:?}");
    let (mut total, mut number) = (0_i64, String::new());
    for character in text.chars() {
        let unit = match character {
            '0'..='9' if number.len() < 6 => {
                number.push(character);
                continue;
            }
            'm' => 1,
            'h' => 60,
            'd' => DAY,
            _ => return Err(wrong()),
        };
        total += number.parse::<i64>().map_err(|_| wrong())? * unit;
        number.clear();
    }
    if total == 0 || !number.is_empty() { Err(wrong()) } else { Ok(total) }
}

// === impl Plan ===

impl Plan {
    /// Whether a row is this alert's.
    pub fn sees(&self, row: &Row) -> bool {
        let Scope { features, users, providers, models, namespace_selector: _ } = &self.scope;
        let named = |list: &[String], value: Option<&str>| {
            list.is_empty() || value.is_some_and(|value| list.iter().any(|name| glob(name, value)))
        };
        let home = self.namespace.as_deref().is_none_or(|home| row.namespace.as_deref() == Some(home));
        home && named(features, row.feature.as_deref())
            && named(users, row.user.as_deref())
            && named(providers, row.provider.as_deref())
            && named(models, row.model.as_deref())
    }
}

/// Whether a text is what a pattern says, in which * stands for any characters.
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            (0..=text.len()).any(|at| text.get(at..).is_some_and(|tail| glob(rest, tail)))
        }),
    }
}
