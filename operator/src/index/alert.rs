//! An alert: what was written, what it means, and which budgets it makes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use jiff::Timestamp;
use kube::core::DynamicObject;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tollgate_alerts::{
    plan::{self, Plan, Rule},
    spec::Metric,
    window::Window,
};
use tollgate_crds::{API_VERSION, LabelSelector, stream::StateBudget};

use super::{Kind, Namespace, flag::last_writer};

/// The annotation that ends what a spent budget refuses, in the window of its time.
pub const RESUME: &str = "tollgate.dev/resume";

/// Which alert; those of the whole cluster come first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlertKey {
    /// None for a ClusterUsageAlert.
    pub namespace: Option<String>,
    pub name: String,
}

/// An alert as the watch last saw it.
#[derive(Clone, Debug)]
pub struct Alert {
    pub key: AlertKey,
    pub uid: String,
    pub resource_version: String,
    /// Counts changes of the spec, not of the status.
    pub generation: i64,
    pub annotations: BTreeMap<String, String>,
    /// The field manager that wrote last, other than to the status.
    pub manager: Option<String>,
    /// As it was written.
    pub spec: Value,
    /// What was last written back.
    pub status: Value,
    /// What it means, or what is wrong with it.
    pub plan: Result<Arc<Plan>, String>,
    /// What sidecars must know of it.
    pub budgets: Vec<StateBudget>,
    selector: Option<LabelSelector>,
}

// === impl AlertKey ===

impl AlertKey {
    pub fn kind(&self) -> Kind {
        match self.namespace {
            Some(_) => Kind::UsageAlert,
            None => Kind::ClusterUsageAlert,
        }
    }
}

/// Like `UsageAlert shop/daily`.
impl fmt::Display for AlertKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind().name();
        match &self.namespace {
            Some(namespace) => write!(f, "{kind} {namespace}/{}", self.name),
            None => write!(f, "{kind} {}", self.name),
        }
    }
}

// === impl Alert ===

impl Alert {
    /// Reads an object of the kind. Never fails: what is wrong with it is in [`Alert::plan`].
    pub fn read(kind: Kind, object: DynamicObject) -> Self {
        let DynamicObject { types: _, metadata, mut data } = object;
        let mut part = |name: &str| data.get_mut(name).map(Value::take).unwrap_or_default();
        let (spec, status) = (part("spec"), part("status"));
        let namespace = if kind == Kind::UsageAlert { metadata.namespace } else { None };
        let key = AlertKey { namespace, name: metadata.name.unwrap_or_default() };
        let named = match &key.namespace {
            Some(namespace) => json!({"name": key.name, "namespace": namespace}),
            None => json!({"name": key.name}),
        };
        let object = json!({"apiVersion": API_VERSION, "kind": kind.name(), "metadata": named, "spec": spec});
        let selector = spec.pointer("/scope/namespaceSelector").cloned();
        let selector = selector.map(serde_json::from_value::<LabelSelector>).transpose();
        let plan = match &selector {
            Ok(_) => plan::of(object).map(Arc::new),
            Err(error) => Err(format!("spec.scope.namespaceSelector: {error}")),
        };
        let (uid, generation) = (metadata.uid.unwrap_or_default(), metadata.generation.unwrap_or_default());
        Self {
            budgets: plan.as_ref().map_or_else(
                |_| Vec::new(),
                |plan| budgets(&key, &uid, &about(&spec["scope"]), generation, plan),
            ),
            key,
            uid,
            resource_version: metadata.resource_version.unwrap_or_default(),
            generation,
            annotations: metadata.annotations.unwrap_or_default(),
            manager: metadata.managed_fields.as_deref().and_then(last_writer),
            spec,
            status,
            plan,
            selector: selector.unwrap_or_default(),
        }
    }

    /// Whether calls of the namespace are its business.
    pub fn sees(&self, namespace: &Namespace) -> bool {
        match &self.key.namespace {
            Some(name) => *name == namespace.name,
            None => self.selector.as_ref().is_none_or(|selector| selector.selects(&namespace.labels)),
        }
    }

    /// Whether it sees only namespaces of some labels.
    pub fn selects(&self) -> bool {
        self.selector.is_some()
    }

    pub fn window(&self) -> Option<&Window> {
        self.plan.as_ref().ok().map(|plan| &plan.window)
    }

    /// When somebody said that its calls are to pass again.
    pub fn resumed_at(&self) -> Option<Timestamp> {
        self.annotations.get(RESUME)?.parse().ok()
    }
}

/// What a budget has that has no limit: calls pass.
pub const PLENTY: u64 = 1 << 60;

/// Tells scopes apart, where there is one: an alert that is about other calls than it was has another budget, of which those calls
/// have used what the ledger says.
fn about(scope: &Value) -> String {
    match scope.as_object() {
        Some(scope) if !scope.is_empty() => {
            let hash = Sha256::digest(serde_json::to_vec(scope).unwrap_or_default());
            hash.iter().take(4).fold("-".to_owned(), |text, byte| format!("{text}{byte:02x}"))
        }
        _ => String::new(),
    }
}

/// A budget for each metric with a threshold that disables; of several, the lowest. And one without a limit for those that disable by a
/// projection or an anomaly.
fn budgets(key: &AlertKey, uid: &str, about: &str, generation: i64, plan: &Plan) -> Vec<StateBudget> {
    let mut limits: BTreeMap<Metric, u64> = BTreeMap::new();
    let mut stops = false;
    for threshold in plan.thresholds.iter().filter(|threshold| threshold.disables) {
        let Rule::Reached(amount) = &threshold.rule else {
            stops = true;
            continue;
        };
        let limit = match threshold.metric {
            Metric::Cost => amount.picos(),
            Metric::Tokens | Metric::Calls | Metric::Errors => amount.ceiling(),
        };
        let lowest = limits.entry(threshold.metric).or_insert(limit);
        *lowest = limit.min(*lowest);
    }
    let scope = &plan.scope;
    let group_by: BTreeSet<_> = plan.group_by.iter().copied().collect();
    let of = |(name, metric, limit): (String, Metric, u64)| StateBudget {
        uid: format!("{uid}/{name}{about}"),
        alert: key.to_string(),
        generation,
        features: scope.features.clone(),
        users: scope.users.clone(),
        providers: scope.providers.iter().map(|provider| provider.name().to_owned()).collect(),
        models: scope.models.clone(),
        group_by: group_by.iter().copied().collect(),
        metric,
        limit,
        deny_unknown: plan.deny_unknown,
        stops: false,
    };
    let stopping =
        stops.then(|| StateBudget { stops: true, ..of(("Stops".to_owned(), Metric::Calls, PLENTY)) });
    let limits = limits.into_iter().map(|(metric, limit)| of((format!("{metric:?}"), metric, limit)));
    limits.chain(stopping).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alert_that_is_about_other_calls_than_it_was_has_another_budget() {
        let budget = |scope: Value, amount: &str| {
            let object = json!({
                "apiVersion": API_VERSION, "kind": "UsageAlert",
                "metadata": {"name": "daily", "namespace": "shop", "uid": "uid-1"},
                "spec": {
                    "scope": scope, "window": {"calendar": "Day"}, "limit": {"metric": "Cost", "amount": amount},
                    "thresholds": [{"above": "100%", "action": "Disable"}],
                },
            });
            Alert::read(Kind::UsageAlert, serde_json::from_value(object).unwrap()).budgets[0].uid.clone()
        };
        assert_eq!(budget(json!({}), "1"), "uid-1/Cost");
        let chat = budget(json!({"features": ["chat"]}), "1");
        assert_eq!(
            chat,
            budget(json!({"features": ["chat"]}), "2"),
            "a limit that is raised is the same budget's"
        );
        assert_ne!(chat, budget(json!({"features": ["search"]}), "1"));
        assert_ne!(chat, budget(json!({"users": ["chat"]}), "1"));
    }
}
