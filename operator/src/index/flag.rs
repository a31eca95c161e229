//! A flag: what was written, what it means, and what is wrong with it.

use std::{collections::BTreeMap, fmt};

use jiff::Timestamp;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ManagedFieldsEntry;
use kube::core::DynamicObject;
use serde_json::{Map, Value, json};
use tollgate_crds::{
    API_VERSION, LabelSelector, OnStateUnknown,
    flag::{EffectiveReason, FeatureFlagStatus, Mode, Override, Period},
    stream::StateFlag,
    validate::{self, Violation},
};

use super::Kind;

/// Which flag. The order is that of precedence: what holds for the whole cluster first, then by name, as sidecars have it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlagKey {
    /// None for a ClusterFeatureFlag.
    pub namespace: Option<String>,
    pub name: String,
}

/// A flag as the watch last saw it.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    pub key: FlagKey,
    pub uid: String,
    pub resource_version: String,
    /// Counts changes of the spec, not of the status.
    pub generation: i64,
    pub annotations: BTreeMap<String, String>,
    /// The field manager that wrote last, other than to the status.
    pub manager: Option<String>,
    /// As it was written.
    pub spec: Value,
    /// What it means, or what is wrong with it.
    pub accepted: Result<Accepted, Vec<Violation>>,
    /// What was last written back.
    pub status: FeatureFlagStatus,
}

/// What a flag that is right says.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    pub feature: String,
    pub enabled: bool,
    /// Whether it does what it says, or counts what it would.
    pub mode: Mode,
    pub schedule: Vec<Period>,
    /// What its annotations say in the place of `enabled` and `schedule`.
    pub overriding: Option<Override>,
    /// Whether a namespace's own flag takes its place there.
    pub overridable: bool,
    /// A ClusterFeatureFlag's namespaces; None: all that Tollgate is in.
    pub selector: Option<LabelSelector>,
    /// What is wrong with the rest of it. No apiserver lets that in, except where its schema is newer than this release
    /// (an upgrade under way, a rollback). What a flag says of a feature holds all the same: off stays off.
    pub problems: Vec<Violation>,
    /// Whether a pod that never learned the state must refuse it.
    pub deny_while_unknown: bool,
}

// === impl FlagKey ===

impl FlagKey {
    pub fn kind(&self) -> Kind {
        match self.namespace {
            Some(_) => Kind::FeatureFlag,
            None => Kind::ClusterFeatureFlag,
        }
    }
}

/// Like `FeatureFlag/chat`: a reader of a condition knows its namespace.
impl fmt::Display for FlagKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind().name(), self.name)
    }
}

// === impl Flag ===

impl Flag {
    /// Reads an object of the kind. Never fails: what is wrong with it is in [`Flag::accepted`].
    pub fn read(kind: Kind, object: DynamicObject) -> Self {
        let DynamicObject { types: _, metadata, mut data } = object;
        let part = |data: &mut Value, name: &str| data.get_mut(name).map(Value::take);
        let spec = part(&mut data, "spec").unwrap_or(Value::Null);
        let status = part(&mut data, "status").and_then(|status| serde_json::from_value(status).ok());
        let name = metadata.name.unwrap_or_default();
        let namespace = if kind == Kind::FeatureFlag { metadata.namespace } else { None };
        let key = FlagKey { namespace, name };
        let annotations = metadata.annotations.unwrap_or_default();
        Self {
            accepted: Accepted::read(&key, &spec, &annotations),
            key,
            uid: metadata.uid.unwrap_or_default(),
            resource_version: metadata.resource_version.unwrap_or_default(),
            generation: metadata.generation.unwrap_or_default(),
            annotations,
            manager: metadata.managed_fields.as_deref().and_then(last_writer),
            spec,
            status: status.unwrap_or_default(),
        }
    }

    /// The feature it is for, also where something else is wrong with it.
    pub fn feature(&self) -> &str {
        self.spec.get("feature").and_then(Value::as_str).unwrap_or(&self.key.name)
    }

    /// As sidecars get it; None if it is not right.
    pub(super) fn for_sidecars(&self) -> Option<StateFlag> {
        let accepted = self.accepted.as_ref().ok()?;
        let mut spec = self.spec.clone();
        // Which other namespaces it holds in is nobody's business there.
        if let Value::Object(fields) = &mut spec {
            fields.remove("namespaceSelector");
            if let Some(overriding) = &accepted.overriding {
                let schedule = [std::slice::from_ref(&overriding.period()), &accepted.schedule].concat();
                fields.insert("schedule".to_owned(), json!(schedule));
            }
        }
        Some(StateFlag {
            namespace: self.key.namespace.clone(),
            name: self.key.name.clone(),
            uid: self.uid.clone(),
            resource_version: self.resource_version.clone(),
            feature: accepted.feature.clone(),
            // Who does not know the mode must not refuse what is only to be counted.
            enabled: accepted.enabled || accepted.mode == Mode::Preview,
            spec,
        })
    }
}

/// The manager of the newest entry that is not about a subresource.
pub(crate) fn last_writer(entries: &[ManagedFieldsEntry]) -> Option<String> {
    entries
        .iter()
        .filter(|entry| entry.subresource.as_deref().unwrap_or_default().is_empty())
        .max_by_key(|entry| entry.time.as_ref().map(|time| time.0))
        .and_then(|entry| entry.manager.clone())
}

// === impl Accepted ===

impl Accepted {
    /// The same rules as the schema's; only what is written is judged, not Kubernetes' own metadata.
    fn read(
        key: &FlagKey,
        spec: &Value,
        annotations: &BTreeMap<String, String>,
    ) -> Result<Self, Vec<Violation>> {
        let mut accepted =
            Self::parse(key, spec).or_else(|problems| match Self::parse(key, &essence(spec)) {
                Ok(accepted) => Ok(Self { problems, ..accepted }),
                Err(_) => Err(problems),
            })?;
        match Override::read(annotations) {
            Ok(overriding) => accepted.overriding = overriding,
            Err(problem) => accepted.problems.push(problem),
        }
        Ok(accepted)
    }

    /// Whether calls pass at this time by its `enabled`, and what says so.
    pub(super) fn says(&self, now: Timestamp) -> (bool, EffectiveReason) {
        let Self { enabled, schedule, overriding, .. } = self;
        if let Some(overriding) = overriding
            && overriding.period().holds_at(now)
        {
            return (overriding.enabled, EffectiveReason::Override);
        }
        match Period::decides(schedule, now) {
            Some(enabled) => (enabled, EffectiveReason::Schedule),
            None => (*enabled, EffectiveReason::Spec),
        }
    }

    fn parse(key: &FlagKey, spec: &Value) -> Result<Self, Vec<Violation>> {
        let mut metadata = Map::from_iter([("name".to_owned(), json!(key.name))]);
        if let Some(namespace) = &key.namespace {
            metadata.insert("namespace".to_owned(), json!(namespace));
        }
        let object = json!({
            "apiVersion": API_VERSION, "kind": key.kind().name(), "metadata": metadata, "spec": spec,
        });
        let (feature, spec, selector, overridable) = match key.kind() {
            Kind::ClusterFeatureFlag => {
                let flag = validate::cluster_feature_flag(object)?;
                let selector = flag.spec.namespace_selector.clone();
                let overridable = flag.spec.overridable.unwrap_or_default();
                (flag.feature().to_owned(), flag.spec.into_namespaced(), selector, overridable)
            }
            Kind::FeatureFlag | Kind::UsageAlert | Kind::ClusterUsageAlert | Kind::Namespace | Kind::Pod => {
                let flag = validate::feature_flag(object)?;
                (flag.feature().to_owned(), flag.spec, None, false)
            }
        };
        Ok(Self {
            feature,
            enabled: spec.enabled.unwrap_or(true),
            mode: spec.mode.unwrap_or_default(),
            schedule: spec.schedule,
            overriding: None,
            overridable,
            selector,
            problems: Vec::new(),
            deny_while_unknown: spec.on_state_unknown == Some(OnStateUnknown::Deny),
        })
    }
}

/// The fields without which a flag means nothing.
fn essence(spec: &Value) -> Value {
    let Value::Object(fields) = spec else { return spec.clone() };
    let essential =
        |name: &str| matches!(name, "feature" | "enabled" | "mode" | "namespaceSelector" | "onStateUnknown");
    fields
        .iter()
        .filter(|(name, _)| essential(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect::<Map<_, _>>()
        .into()
}
