//! The cluster's watches, fed into the index, and how fresh they are.
//!
//! - [`feeder`]: lists, then watches, and starts again when a watch breaks: one for each kind
//! - [`feeds`]: what the events of each kind are to the index
//! - [`freshness`]: when the flags' watches were last known to be complete, by asking the apiserver beside them

mod backoff;
mod feeder;
mod feeds;
mod freshness;

use std::sync::Arc;

use k8s_openapi::api::core::v1;
use kube::{
    Api,
    core::{ApiResource, DynamicObject, GroupVersionKind, PartialObjectMeta},
};
use tokio::sync::watch;
use tollgate_crds::{ClusterFeatureFlag, FeatureFlag, GROUP, VERSION};

pub use freshness::Freshness;

use self::{
    feeder::Feeder,
    feeds::{Alerts, Feed, Flags, Namespaces, Pods},
    freshness::Compared,
};
use crate::{
    context::{Context, Tasks},
    index::{Kind, Phase},
};

/// How far the watches are.
#[derive(Clone)]
pub struct Watches {
    pub freshness: Arc<Freshness>,
    synced: Vec<watch::Receiver<bool>>,
}

/// Starts all watches, and the task that looks whether those of the flags are complete.
pub fn spawn(context: &Context, tasks: &mut Tasks) -> Watches {
    let mut synced = Vec::new();
    let kinds = [
        (Kind::FeatureFlag, ApiResource::erase::<FeatureFlag>(&())),
        (Kind::ClusterFeatureFlag, ApiResource::erase::<ClusterFeatureFlag>(&())),
    ];
    let mut compared = Vec::new();
    for (kind, resource) in kinds {
        let api = Api::<DynamicObject>::all_with(context.client.clone(), &resource);
        let restart = watch::Sender::new(0);
        synced.push(feed(context, Flags { kind }, api.clone(), restart.subscribe(), tasks));
        compared.push(Compared { kind, api, restart });
    }

    let never = watch::Sender::new(0);
    // Nothing waits for them: whoever has only the flags' definitions has no alerts.
    for kind in [Kind::UsageAlert, Kind::ClusterUsageAlert] {
        let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(GROUP, VERSION, kind.name()));
        let api = Api::<DynamicObject>::all_with(context.client.clone(), &resource);
        let _nobody_waits = feed(context, Alerts { kind }, api, never.subscribe(), tasks);
    }
    let api = Api::<PartialObjectMeta<v1::Namespace>>::all(context.client.clone());
    synced.push(feed(context, Namespaces, api, never.subscribe(), tasks));
    for phase in [Phase::Pending, Phase::Running] {
        let api = Api::<PartialObjectMeta<v1::Pod>>::all(context.client.clone());
        synced.push(feed(context, Pods { phase }, api, never.subscribe(), tasks));
    }

    let freshness = Arc::new(Freshness::new(&context.metrics));
    freshness::spawn(context, &freshness, compared, tasks);
    Watches { freshness, synced }
}

fn feed<F: Feed>(
    context: &Context,
    feed: F,
    api: Api<F::Object>,
    restart: watch::Receiver<u64>,
    tasks: &mut Tasks,
) -> watch::Receiver<bool> {
    let (done, synced) = watch::channel(false);
    let feeder = Feeder { feed, api, index: context.index.clone(), restart, synced: done };
    tasks.spawn(async move {
        feeder.run().await;
        "a watch"
    });
    synced
}

// === impl Watches ===

impl Watches {
    /// Whether everything has been listed once.
    pub fn are_synced(&self) -> bool {
        self.synced.iter().all(|synced| *synced.borrow())
    }
}
