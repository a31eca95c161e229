//! Events for the owners of pods. An answer to the apiserver never waits for one.

use std::sync::Arc;

use k8s_openapi::api::core::v1::{ObjectReference, Pod};
use kube::runtime::events::{Event, EventType};
use tokio::sync::Semaphore;

use super::metrics::AdmissionMetrics;
use crate::events::Events;

/// Writes Events in the background.
#[derive(Clone)]
pub(super) struct Notices {
    events: Events,
    room: Arc<Semaphore>,
    metrics: AdmissionMetrics,
}

/// So many are written at once; a namespace of a thousand wrong pods must not keep the apiserver busy. Those beyond are lost, and counted.
const AT_ONCE: usize = 16;

// === impl Notices ===

impl Notices {
    pub(super) fn new(events: Events, metrics: AdmissionMetrics) -> Self {
        Self { events, room: Arc::new(Semaphore::new(AT_ONCE)), metrics }
    }

    /// Tells the pod's owner.
    pub(super) fn tell(&self, about: ObjectReference, reason: &str, note: String) {
        let Ok(place) = Arc::clone(&self.room).try_acquire_owned() else {
            self.metrics.event_lost();
            return;
        };
        let event = Event {
            type_: EventType::Warning,
            reason: reason.to_owned(),
            note: Some(note),
            action: "Inject".to_owned(),
            secondary: None,
        };
        let Self { events, metrics, .. } = self.clone();
        let reason = reason.to_owned();
        tokio::spawn(async move {
            if let Err(error) = events.publish(event, &about).await {
                metrics.event_lost();
                tracing::warn!(%error, reason, "an Event could not be written");
            }
            drop(place);
        });
    }
}

/// Whom an Event about a pod goes to: its controller, for the pod itself may not have a name yet.
pub(super) fn owner_of(pod: &Pod, namespace: &str) -> ObjectReference {
    let controller =
        pod.metadata.owner_references.iter().flatten().find(|owner| owner.controller == Some(true));
    let namespace = Some(namespace.to_owned());
    match controller {
        Some(owner) => ObjectReference {
            api_version: Some(owner.api_version.clone()),
            kind: Some(owner.kind.clone()),
            name: Some(owner.name.clone()),
            uid: Some(owner.uid.clone()),
            namespace,
            ..Default::default()
        },
        None => ObjectReference {
            api_version: Some("v1".to_owned()),
            kind: Some("Pod".to_owned()),
            name: pod.metadata.name.clone().or_else(|| pod.metadata.generate_name.clone()),
            namespace,
            ..Default::default()
        },
    }
}
