//! What the measurement happens in: an apiserver with the chart's kinds and rights, two replicas with no more rights than
//! these, a labelled namespace with flags, and in it very many pods, each with a token of its own.

mod observer;
mod pods;

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime},
};

use anyhow::{Context, Result};
use k8s_openapi::api::core::v1::Secret;
use kube::{
    Api, Client,
    api::{DynamicObject, Patch, PatchParams},
    core::{ApiResource, GroupVersionKind},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tollgate_tests::harness::{
    chart,
    control_plane::{Cluster, ControlPlane},
    operator::{NAMESPACE, Operator, Replica},
};

use self::observer::Observer;
use super::clients::Clients;
use crate::machine::{self, Ticks};

/// The feature that is turned off and on.
pub(super) const FEATURE: &str = "chat";
const SHOP: &str = "shop";
/// Flags beside it, so that a state is of an ordinary size: some kB.
const NEIGHBOURS: usize = 19;
/// As whom the replicas come to the apiserver.
const OPERATOR: &str = "system:serviceaccount:tollgate-system:tollgate-operator";
/// Of all that the chart renders, what an apiserver needs so that replicas can run beside it.
const KINDS: [&str; 6] = [
    "CustomResourceDefinition",
    "ServiceAccount",
    "ClusterRole",
    "ClusterRoleBinding",
    "Role",
    "RoleBinding",
];

pub(super) struct Scene {
    count: usize,
    // before the plane, so that they end first
    operators: Vec<Operator>,
    observer: Observer,
    cluster: Cluster,
    flags: Api<DynamicObject>,
    plane: ControlPlane,
    folder: TempDir,
}

/// A change of the flag: Unix times in microseconds.
pub(super) struct Change {
    pub(super) sent: u64,
    pub(super) answered: u64,
    /// Somebody who watches the flag had the event.
    pub(super) watched: u64,
}

/// CPU time so far, by whom.
#[derive(Clone, Copy)]
pub(super) struct Cpu {
    pub(super) apiserver: Ticks,
    pub(super) operators: Ticks,
    pub(super) clients: Ticks,
}

// === impl Scene ===

impl Scene {
    /// Everything but the clients, with the feature on.
    pub(super) async fn set(count: usize) -> Result<Scene> {
        let folder = tempfile::Builder::new().prefix("tollgate-bench-").tempdir()?;
        let plane = ControlPlane::start()?;
        let cluster = plane.cluster().await?;
        install(&cluster).await?;
        cluster.namespace(SHOP, &[("tollgate.dev/inject", "enabled")]).await?;
        cluster.apply(&flag(FEATURE)).await?;
        for neighbour in 0..NEIGHBOURS {
            cluster.apply(&flag(&format!("neighbour-{neighbour}"))).await?;
        }
        pods::make(&cluster, SHOP, count, folder.path()).await?;

        let kubeconfig = plane.kubeconfig_of(OPERATOR, &["system:serviceaccounts"])?;
        let mut operators = Vec::new();
        for name in ["replica-1", "replica-2"] {
            let replica = Replica::prepare(name, &cluster, kubeconfig.clone(), folder.path()).await?;
            operators.push(Operator::start(&replica, folder.path())?);
        }
        for operator in &mut operators {
            operator.ready()?;
        }
        fs::write(ca_file(folder.path()), ca(&cluster).await?)?;

        let kind = ApiResource::from_gvk(&GroupVersionKind::gvk("tollgate.dev", "v1alpha1", "FeatureFlag"));
        let flags = Api::namespaced_with(cluster.client.clone(), SHOP, &kind);
        let observer = Observer::watch(flags.clone());
        Ok(Scene { count, operators, observer, cluster, flags, plane, folder })
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn client(&self) -> &Client {
        &self.cluster.client
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What `state_clients` is told: each client begins at another replica than the one before.
    pub(super) fn clients(&self) -> Value {
        let urls: Vec<String> =
            self.operators.iter().map(|operator| format!("https://{}", operator.push)).collect();
        let clients: Vec<Value> = (0..self.count)
            .map(|client| {
                let mut operators = urls.clone();
                operators.rotate_left(client % urls.len().max(1));
                json!({
                    "operators": operators,
                    "tokenFile": pods::token_file(self.folder(), client),
                    "caFile": ca_file(self.folder()),
                    "namespace": SHOP,
                })
            })
            .collect();
        json!({"feature": FEATURE, "clients": clients})
    }

    /// Turns the feature off or on, and waits until somebody who watches has seen it.
    pub(super) async fn turn(&mut self, enabled: bool) -> Result<Change> {
        let patch = Patch::Merge(json!({"spec": {"enabled": enabled}}));
        let sent = now();
        let patched = async {
            self.flags.patch(FEATURE, &PatchParams::default(), &patch).await?;
            anyhow::Ok(now())
        };
        let (answered, watched) = tokio::try_join!(patched, self.observer.sees(enabled))?;
        Ok(Change { sent, answered, watched })
    }

    pub(super) fn kill_replicas(&mut self) -> Result<()> {
        self.operators.iter_mut().try_for_each(Operator::kill)
    }

    /// Starts them where they were, and waits until they are ready.
    pub(super) fn start_replicas(&mut self) -> Result<()> {
        self.operators.iter_mut().try_for_each(Operator::start_again)?;
        self.operators.iter_mut().try_for_each(Operator::ready)
    }

    /// Of the replica that has most.
    pub(super) fn rss_kib(&self) -> Result<u64> {
        let sizes = self.operators.iter().map(|operator| machine::rss_kib(operator.id()));
        Ok(sizes.collect::<Result<Vec<_>>>()?.into_iter().max().unwrap_or(0))
    }

    pub(super) fn cpu(&self, clients: &Clients) -> Result<Cpu> {
        Ok(Cpu {
            apiserver: machine::cpu(self.plane.apiserver_id().context("the apiserver runs")?),
            operators: self.operators.iter().map(|operator| machine::cpu(operator.id())).sum(),
            clients: machine::cpu(clients.id()),
        })
    }
}

async fn install(cluster: &Cluster) -> Result<()> {
    cluster.namespace(NAMESPACE, &[]).await?;
    for manifest in chart::render(&chart::least())? {
        if KINDS.iter().any(|kind| manifest["kind"] == *kind) {
            cluster.apply(&manifest).await?;
        }
    }
    Ok(())
}

fn flag(name: &str) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
        "metadata": {"name": name, "namespace": SHOP},
        "spec": {
            "enabled": true,
            "description": "What the shop's assistant does here",
            "whenDisabled": {"message": "The shop's assistant rests at the moment. Please try again later."},
        },
    })
}

/// The certificates that the replicas' own is signed with; the leader has made them when it is ready.
async fn ca(cluster: &Cluster) -> Result<Vec<u8>> {
    let secrets = Api::<Secret>::namespaced(cluster.client.clone(), NAMESPACE);
    let secret = secrets.get("tollgate-tls").await?;
    let bytes = secret.data.and_then(|mut data| data.remove("ca.crt"));
    Ok(bytes.context("the Secret tollgate-tls has no ca.crt")?.0)
}

fn ca_file(folder: &Path) -> std::path::PathBuf {
    folder.join("ca.crt")
}

/// Unix time in microseconds, as the clients take it.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

// === impl Cpu ===

impl Cpu {
    pub(super) fn since(self, before: &Cpu) -> Cpu {
        Cpu {
            apiserver: self.apiserver - before.apiserver,
            operators: self.operators - before.operators,
            clients: self.clients - before.clients,
        }
    }
}
