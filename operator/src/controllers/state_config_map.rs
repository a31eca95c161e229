//! The ConfigMap `tollgate-state` in each labelled namespace: what its sidecars would be told, for pods that start while no
//! operator answers. Tenants can read it, so it holds no list of users.
//!
//! The ConfigMaps of this name are watched; what is there is compared with what ought to be, and only differences are
//! written. Where the label is gone, so is the ConfigMap. One that somebody else made under this name is taken over.

mod desired;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::{Duration, Instant},
};

use futures::{StreamExt, TryStreamExt};
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{
    Api, Client,
    api::{DeleteParams, Patch, PatchParams},
    runtime::{WatchStreamExt, reflector, watcher},
};
use serde_json::json;
use tollgate_crds::stream::CONFIG_MAP;

use super::backoff;
use crate::context::{CONTROLLER, Context};

/// Namespace by namespace: what the ConfigMap holds.
type Contents = BTreeMap<String, BTreeMap<String, String>>;

/// What comes together is written together. A pod that starts reads a file that the kubelet renews each minute or so.
const GATHER: Duration = Duration::from_millis(500);
const LOOK: Duration = Duration::from_secs(5);

/// Failures, namespace by namespace.
#[derive(Default)]
struct Failures(HashMap<String, (u32, Instant)>);

/// Keeps all of them right, for as long as it is let.
pub(super) async fn lead(context: Context) {
    let maps: Api<ConfigMap> = Api::all(context.client.clone());
    let config = watcher::Config::default().fields(&format!("metadata.name={CONFIG_MAP}"));
    let (there, writer) = reflector::store();
    let watch = watcher(maps, config).default_backoff().reflect(writer).applied_objects();
    let watching = watch
        .inspect_err(|error| tracing::warn!(%error, "the ConfigMaps {CONFIG_MAP} cannot be watched"))
        .for_each(|_| std::future::ready(()));
    tokio::select! {
        () = watching => {}
        () = keep(&context, &there) => {}
    }
}

async fn keep(context: &Context, there: &reflector::Store<ConfigMap>) {
    let mut index = context.index.revisions();
    let mut ca = context.ca.clone();
    let mut failures = Failures::default();
    if there.wait_until_ready().await.is_err() {
        return; // the watch has ended
    }
    loop {
        round(context, there, &mut failures).await;
        tokio::time::sleep(GATHER).await;
        tokio::select! {
            _ = index.changed() => {}
            _ = ca.changed() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

async fn round(context: &Context, there: &reflector::Store<ConfigMap>, failures: &mut Failures) {
    let is: Contents = there.state().iter().filter_map(|map| contents(map)).collect();
    let ca = context.ca.borrow().clone();
    let ca = ca.as_ref().map(|ca| &*ca.0);
    let Some(ought) = context.index.read(|index| {
        let data = |name: &str| Some(desired::data(&index.published(name)?.state, ca));
        let labelled =
            index.labelled().filter_map(|namespace| Some((namespace.name.clone(), data(&namespace.name)?)));
        index.is_whole().then(|| labelled.collect::<Contents>())
    }) else {
        return; // what is there stays until all that belongs into it is known
    };
    let names: BTreeSet<&String> = is.keys().chain(ought.keys()).collect();
    for name in names {
        if !context.leadership.leads() {
            return;
        }
        if !failures.may_try(name, Instant::now()) {
            continue;
        }
        let written = match (is.get(name), ought.get(name)) {
            (None, None) => continue,
            (Some(is), Some(ought)) if is == ought => continue,
            (_, Some(ought)) => apply(&context.client, name, ought).await,
            (Some(_), None) => delete(&context.client, name).await,
        };
        failures.note(name, written);
    }
}

fn contents(map: &ConfigMap) -> Option<(String, BTreeMap<String, String>)> {
    Some((map.metadata.namespace.clone()?, map.data.clone().unwrap_or_default()))
}

async fn apply(client: &Client, namespace: &str, data: &BTreeMap<String, String>) -> kube::Result<()> {
    let body = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": CONFIG_MAP,
            "labels": { "app.kubernetes.io/name": "tollgate", "app.kubernetes.io/managed-by": CONTROLLER },
        },
        "data": data,
    });
    let maps: Api<ConfigMap> = Api::namespaced(client.clone(), namespace);
    maps.patch(CONFIG_MAP, &PatchParams::apply(CONTROLLER).force(), &Patch::Apply(body)).await?;
    Ok(())
}

async fn delete(client: &Client, namespace: &str) -> kube::Result<()> {
    let maps: Api<ConfigMap> = Api::namespaced(client.clone(), namespace);
    match maps.delete(CONFIG_MAP, &DeleteParams::default()).await {
        Err(kube::Error::Api(status)) if status.is_not_found() => Ok(()),
        deleted => deleted.map(|_| ()),
    }
}

// === impl Failures ===

impl Failures {
    fn may_try(&self, namespace: &str, now: Instant) -> bool {
        self.0.get(namespace).is_none_or(|(_, not_before)| now >= *not_before)
    }

    fn note(&mut self, namespace: &str, written: kube::Result<()>) {
        match written {
            Ok(()) => {
                self.0.remove(namespace);
            }
            Err(error) => {
                let (failures, not_before) =
                    self.0.entry(namespace.to_owned()).or_insert_with(|| (0, Instant::now()));
                *failures += 1;
                let wait = backoff::wait(*failures, backoff::share(namespace));
                *not_before = Instant::now() + wait;
                tracing::warn!(namespace, %error, ?wait, "the ConfigMap {CONFIG_MAP} could not be kept");
            }
        }
    }
}
