//! An alert, checked and parsed once. Messages name the field, what was found and what to write instead.

use std::collections::BTreeMap;

use serde_json::Value;
use tollgate_crds::{
    ManifestError,
    alert::minutes,
    manifests,
    validate::{self, Violation},
};

use crate::{
    amount::Amount,
    spec::{
        Action, AnomalySpec, Limit, Metric, OnGrantUnknown, Scope, ThresholdSpec, UsageAlertSpec, Weekday,
        WindowSpec, amounts_as_texts,
    },
    traffic::Row,
    window::{self, Window},
};

pub use crate::spec::Dimension;

const DAY: i64 = 1440;

#[derive(Clone, Debug)]
pub struct Plan {
    pub name: String,
    /// The one that it sees; none sees all.
    pub namespace: Option<String>,
    pub kind: Kind,
    pub scope: Scope,
    pub group_by: Vec<Dimension>,
    pub window: Window,
    pub thresholds: Vec<Threshold>,
    /// A call that gets no answer about its share is refused.
    pub deny_unknown: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    UsageAlert,
    ClusterUsageAlert,
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

/// Reads every alert of a file (YAML or JSON, many documents, lists too), or none.
pub fn read(text: &str) -> Result<Vec<Plan>, PlanError> {
    let objects = match manifests::documents(text).and_then(manifests::objects) {
        Ok(objects) => objects,
        Err(ManifestError::Empty) => Vec::new(),
        Err(ManifestError::Unreadable { document, problem }) => return Err(PlanError { document, problem }),
        Err(ManifestError::Invalid { place, violations }) => {
            let problems: Vec<String> = violations.iter().map(Violation::to_string).collect();
            return Err(PlanError { document: place.document, problem: problems.join("; ") });
        }
        Err(error) => return Err(PlanError { document: 1, problem: format!("the file {error}") }),
    };
    let mut plans: Vec<Plan> = Vec::new();
    let mut seen = BTreeMap::new();
    for (place, value) in objects {
        let document = place.document;
        let wrong = |problem: String| match place.item {
            Some(item) => PlanError { document, problem: format!("item {item}: {problem}") },
            None => PlanError { document, problem },
        };
        let plan = manifest(value).map_err(wrong)?;
        // what is told names an alert by these
        let identity = (plan.kind, plan.namespace.clone(), plan.name.clone());
        if let Some(first) = seen.insert(identity, document) {
            let name = &plan.name;
            return Err(wrong(format!(
                "{name}: the same kind, namespace and name as in document {first}; one of them must go"
            )));
        }
        plans.push(plan);
    }
    match plans.is_empty() {
        true => Err(PlanError { document: 1, problem: "expected a UsageAlert, found nothing".to_owned() }),
        false => Ok(plans),
    }
}

fn manifest(mut object: Value) -> Result<Plan, String> {
    amounts_as_texts(&mut object);
    let name = object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    of(object).map_err(|problem| if name.is_empty() { problem } else { format!("{name}: {problem}") })
}

/// One alert, as an apiserver has it.
pub fn of(object: Value) -> Result<Plan, String> {
    let name = object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let told = |violations: Vec<Violation>| {
        let violations: Vec<String> = violations.iter().map(Violation::to_string).collect();
        violations.join("; ")
    };
    let word = |field: &str| object[field].as_str().unwrap_or("nothing").to_owned();
    match word("kind").as_str() {
        "UsageAlert" => {
            let alert = validate::usage_alert(object).map_err(told)?;
            Plan::new((Kind::UsageAlert, &name), alert.metadata.namespace, &alert.spec)
        }
        "ClusterUsageAlert" => {
            let alert = validate::cluster_usage_alert(object).map_err(told)?;
            Plan::new((Kind::ClusterUsageAlert, &name), None, &alert.spec.0)
        }
        kind => Err(format!(
            "expected UsageAlert or ClusterUsageAlert of {}, found {kind} of {}",
            tollgate_crds::API_VERSION,
            word("apiVersion")
        )),
    }
}

fn limit(spec: &Limit) -> Result<(Metric, Amount), String> {
    Ok((spec.metric, positive(&spec.amount).map_err(|problem| format!("spec.limit.amount: {problem}"))?))
}

fn positive(text: &str) -> Result<Amount, String> {
    match text.parse::<Amount>() {
        Ok(amount) if amount > Amount::default() => Ok(amount),
        Ok(_) => Err(format!("expected more than 0, found {text:?}")),
        Err(error) => Err(error.to_string()),
    }
}

fn threshold(spec: &ThresholdSpec, limit: Option<(Metric, Amount)>) -> Result<Threshold, String> {
    let metric = spec
        .metric
        .or(limit.map(|(metric, _)| metric))
        .ok_or(".metric: there is no limit to take it from")?;
    let rule = match (&spec.above, &spec.anomaly) {
        (Some(above), None) => {
            let amount = above_of(above, metric, limit).map_err(|problem| format!(".above: {problem}"))?;
            if spec.projected == Some(true) { Rule::WillReach(amount) } else { Rule::Reached(amount) }
        }
        (None, Some(anomaly)) => anomaly_of(anomaly)?,
        _ => return Err(": expected exactly one of above and anomaly".to_owned()),
    };
    Ok(Threshold { metric, rule, disables: spec.action() == Action::Disable })
}

fn above_of(above: &str, metric: Metric, limit: Option<(Metric, Amount)>) -> Result<Amount, String> {
    let Some(percent) = above.strip_suffix('%') else { return positive(above) };
    match limit {
        Some((of, amount)) if of == metric => Ok(amount.share(positive(percent)?)),
        _ => Err(format!("{above:?} is a part of spec.limit, which is another metric's or absent")),
    }
}

fn anomaly_of(spec: &AnomalySpec) -> Result<Rule, String> {
    let factor = positive(&spec.factor).map_err(|problem| format!(".anomaly.factor: {problem}"))?;
    let minutes = minutes(&spec.baseline)
        .ok_or_else(|| format!(".anomaly.baseline: expected 72h to 840h, found {:?}", spec.baseline))?;
    Ok(Rule::Anomaly { factor: factor.as_f64(), days: minutes / DAY })
}

fn window_of(spec: &WindowSpec) -> Result<Window, String> {
    let WindowSpec { rolling, calendar, week_start, time_zone } = spec;
    match (rolling, calendar) {
        (Some(rolling), None) => {
            let minutes = minutes(rolling)
                .ok_or_else(|| format!("spec.window.rolling: expected a duration, found {rolling:?}"))?;
            Ok(Window::Rolling { minutes })
        }
        (None, Some(unit)) => {
            let name = time_zone.as_deref().unwrap_or("UTC");
            let zone = window::zone(name).ok_or_else(|| {
                format!("spec.window.timeZone: expected a name such as Europe/Berlin or UTC, found {name:?}")
            })?;
            Ok(Window::Calendar { unit: *unit, week_start: week_start.unwrap_or(Weekday::Monday), zone })
        }
        _ => Err("spec.window: expected exactly one of rolling and calendar".to_owned()),
    }
}

// === impl Kind ===

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::UsageAlert => "UsageAlert",
            Self::ClusterUsageAlert => "ClusterUsageAlert",
        }
    }
}

// === impl Plan ===

impl Plan {
    /// Of a spec that [`validate`] has let through.
    fn new(
        (kind, name): (Kind, &str),
        namespace: Option<String>,
        spec: &UsageAlertSpec,
    ) -> Result<Self, String> {
        let limit = spec.limit.as_ref().map(limit).transpose()?;
        let thresholds = spec.thresholds.iter().enumerate();
        Ok(Self {
            name: name.to_owned(),
            namespace,
            kind,
            window: window_of(&spec.window)?,
            thresholds: thresholds
                .map(|(index, spec)| {
                    threshold(spec, limit).map_err(|problem| format!("spec.thresholds[{index}]{problem}"))
                })
                .collect::<Result<_, _>>()?,
            scope: spec.scope(),
            group_by: spec.group_by.clone(),
            deny_unknown: spec.on_grant_unknown == Some(OnGrantUnknown::Deny),
        })
    }

    /// Some threshold asks for what is usual.
    pub fn asks_for_anomalies(&self) -> bool {
        self.thresholds.iter().any(|threshold| matches!(threshold.rule, Rule::Anomaly { .. }))
    }

    /// Whether a row is this alert's.
    pub fn sees(&self, row: &Row) -> bool {
        let Scope { features, users, providers, models, namespace_selector: _ } = &self.scope;
        let named = |list: &[String], value: Option<&str>| {
            list.is_empty() || value.is_some_and(|value| list.iter().any(|name| glob(name, value)))
        };
        let home = self.namespace.as_deref().is_none_or(|home| row.namespace.as_deref() == Some(home));
        home && named(features, row.feature.as_deref())
            && named(users, row.user.as_deref())
            && (providers.is_empty()
                || row
                    .provider
                    .as_deref()
                    .is_some_and(|name| providers.iter().any(|known| known.name() == name)))
            && named(models, row.model.as_deref())
    }
}

/// Whether a text is what a pattern says, in which * stands for any characters. Never goes back, however many stars there are: whoever
/// writes an alert in one namespace must not stop all others.
pub fn glob(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let (between, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(text) = text.strip_prefix(first).and_then(|text| text.strip_suffix(last)) else { return false };
    // Each part as early as it can stand leaves the most for those behind it.
    let mut left = text;
    between.split('*').all(|part| match left.find(part) {
        Some(at) => {
            left = &left[at + part.len()..];
            true
        }
        None => false,
    })
}
