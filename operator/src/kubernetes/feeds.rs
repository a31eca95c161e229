//! What the events of each kind are to the index.

use std::fmt::Debug;

use jiff::Timestamp;
use k8s_openapi::api::core::v1;
use kube::{
    ResourceExt,
    core::{DynamicObject, PartialObjectMeta, metadata::ObjectMeta},
};
use serde::de::DeserializeOwned;

use crate::index::{Alert, Flag, Index, Kind, Namespace, Phase, Pod};

/// One kind's way into the index.
pub(super) trait Feed: Send + Sync + 'static {
    type Object: ResourceExt + Clone + Debug + DeserializeOwned + Send + Sync + 'static;

    fn kind(&self) -> Kind;

    /// Of all objects of the kind, those with these fields.
    fn fields(&self) -> Option<&'static str> {
        None
    }

    fn apply(&self, index: &mut Index, object: Self::Object, now: Timestamp);
    fn delete(&self, index: &mut Index, object: Self::Object, now: Timestamp);
    /// All objects there are, as a list of this resourceVersion had them.
    fn reset(&self, index: &mut Index, objects: Vec<Self::Object>, version: &str, now: Timestamp);
}

/// FeatureFlags or ClusterFeatureFlags, as they were written: one that cannot be understood is still seen.
pub(super) struct Flags {
    pub(super) kind: Kind,
}

/// UsageAlerts or ClusterUsageAlerts.
pub(super) struct Alerts {
    pub(super) kind: Kind,
}

/// Namespaces, their metadata.
pub(super) struct Namespaces;

/// Pods in one phase, their metadata: which does not tell the phase, so it is asked for by field. Pods that have ended
/// are in neither watch.
pub(super) struct Pods {
    pub(super) phase: Phase,
}

// === impl Flags ===

impl Feed for Flags {
    type Object = DynamicObject;

    fn kind(&self) -> Kind {
        self.kind
    }

    fn apply(&self, index: &mut Index, object: DynamicObject, now: Timestamp) {
        index.apply_flag(Flag::read(self.kind, object), now);
    }

    fn delete(&self, index: &mut Index, object: DynamicObject, now: Timestamp) {
        index.delete_flag(Flag::read(self.kind, object), now);
    }

    fn reset(&self, index: &mut Index, objects: Vec<DynamicObject>, version: &str, now: Timestamp) {
        let flags = objects.into_iter().map(|object| Flag::read(self.kind, object)).collect();
        index.reset_flags(self.kind, flags, version, now);
    }
}

// === impl Alerts ===

impl Feed for Alerts {
    type Object = DynamicObject;

    fn kind(&self) -> Kind {
        self.kind
    }

    fn apply(&self, index: &mut Index, object: DynamicObject, now: Timestamp) {
        index.apply_alert(Alert::read(self.kind, object), now);
    }

    fn delete(&self, index: &mut Index, object: DynamicObject, now: Timestamp) {
        index.delete_alert(&Alert::read(self.kind, object), now);
    }

    fn reset(&self, index: &mut Index, objects: Vec<DynamicObject>, version: &str, now: Timestamp) {
        let alerts = objects.into_iter().map(|object| Alert::read(self.kind, object)).collect();
        index.reset_alerts(self.kind, alerts, version, now);
    }
}

// === impl Namespaces ===

impl Feed for Namespaces {
    type Object = PartialObjectMeta<v1::Namespace>;

    fn kind(&self) -> Kind {
        Kind::Namespace
    }

    fn apply(&self, index: &mut Index, object: Self::Object, now: Timestamp) {
        let version = version(&object.metadata);
        index.apply_namespace(Namespace::read(object.metadata), &version, now);
    }

    fn delete(&self, index: &mut Index, object: Self::Object, now: Timestamp) {
        let version = version(&object.metadata);
        index.delete_namespace(&object.name_any(), &version, now);
    }

    fn reset(&self, index: &mut Index, objects: Vec<Self::Object>, version: &str, now: Timestamp) {
        let namespaces = objects.into_iter().map(|object| Namespace::read(object.metadata)).collect();
        index.reset_namespaces(namespaces, version, now);
    }
}

// === impl Pods ===

impl Feed for Pods {
    type Object = PartialObjectMeta<v1::Pod>;

    fn kind(&self) -> Kind {
        Kind::Pod
    }

    fn fields(&self) -> Option<&'static str> {
        Some(match self.phase {
            Phase::Pending => "status.phase=Pending",
            Phase::Running => "status.phase=Running",
        })
    }

    fn apply(&self, index: &mut Index, object: Self::Object, _: Timestamp) {
        index.apply_pod(Pod::read(object.metadata, self.phase));
    }

    fn delete(&self, index: &mut Index, object: Self::Object, _: Timestamp) {
        index.delete_pod(&Pod::read(object.metadata, self.phase));
    }

    fn reset(&self, index: &mut Index, objects: Vec<Self::Object>, _: &str, _: Timestamp) {
        let pods = objects.into_iter().map(|object| Pod::read(object.metadata, self.phase)).collect();
        index.reset_pods(self.phase, pods);
    }
}

fn version(metadata: &ObjectMeta) -> String {
    metadata.resource_version.clone().unwrap_or_default()
}
