//! What is broken: how it is set up, and how it comes to rest.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use k8s_openapi::api::core::v1::Secret;
use kube::Api;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{
    Plan,
    pods::{self, Disks, NAMESPACE, Place, Pod, Surroundings},
};
use crate::harness::{
    control_plane::{Cluster, ControlPlane},
    operator::{self, Operator, Replica},
    postgres::{self, Postgres},
    programs,
    relay::Relay,
    standin::Standin,
    wait,
};

/// All that runs.
pub(super) struct Scene {
    pub(super) places: Vec<Arc<Place>>,
    pub(super) pods: Vec<Pod>,
    pub(super) disks: Disks,
    pub(super) operators: Vec<Operator>,
    pub(super) standin: Standin,
    pub(super) relay: Relay,
    pub(super) postgres: Postgres,
    pub(super) troubles: Troubles,
    surroundings: Surroundings,
    made: usize,
    /// Before the operators.
    pub(super) service: Relay,
    runtime: Runtime,
    cluster: Cluster,
    _plane: ControlPlane,
    folder: TempDir,
}

/// When calls may fail that nobody asked to fail, and what nobody could witness.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    /// A pod's sidecar was not there.
    pub(super) down: Vec<(String, Instant, Instant)>,
    /// The provider was not there.
    pub(super) provider: Vec<(Instant, Instant)>,
    /// A pod that was deleted by force, and since when nobody had heard of it, at the latest.
    pub(super) forced: Vec<(String, Instant, Instant)>,
}

pub(super) const DATABASE: &str = "ledger";
/// A report comes each second; one that was on its way when its pod went may not have arrived.
const UNHEARD: Duration = Duration::from_millis(1500);

// === impl Scene ===

impl Scene {
    pub(super) fn set(plan: &Plan) -> Result<Scene> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let folder = tempfile::Builder::new().prefix("tollgate-chaos-").tempdir()?;
        let standin = Standin::start(folder.path())?;
        let postgres = Postgres::start()?;
        postgres::query(&postgres.url("postgres"), &format!("create database {DATABASE}"))?;
        let relay = Relay::start(vec![postgres.address])?;
        let plane = ControlPlane::start()?;
        let cluster = runtime.block_on(plane.cluster())?;
        let mut operators = Vec::new();
        runtime.block_on(install(&cluster))?;
        for name in ["operator-1", "operator-2"] {
            let mut replica =
                runtime.block_on(Replica::prepare(name, &cluster, plane.kubeconfig(), folder.path()))?;
            let usage = folder.path().join(format!("{name}.usage"));
            replica.arguments = vec![
                format!("--database-url={}", postgres.url(DATABASE)),
                format!("--sidecar-database-url=postgres://tollgate_sidecar@{}/{DATABASE}", relay.address),
                format!("--usage-dir={}", usage.display()),
            ];
            operators.push(Operator::start(&replica, folder.path())?);
        }
        for operator in &mut operators {
            operator.ready()?;
        }
        let service = Relay::start(operators.iter().map(|operator| operator.push).collect())?;
        let ca = runtime.block_on(ca(&cluster))?;
        let surroundings = Surroundings {
            openai: standin.openai,
            anthropic: standin.anthropic,
            service: service.address,
            ca,
        };
        let disks = Disks::start(folder.path())?;
        let mut scene = Scene {
            places: (0..plan.pods).map(|_| Arc::default()).collect(),
            pods: Vec::new(),
            disks,
            operators,
            standin,
            relay,
            postgres,
            troubles: Troubles::default(),
            surroundings,
            made: 0,
            service,
            runtime,
            cluster,
            _plane: plane,
            folder,
        };
        for place in 0..plan.pods {
            let pod = scene.pod()?;
            scene.places[place].open(&pod);
            scene.pods.push(pod);
        }
        scene.rows_arrive()?;
        Ok(scene)
    }

    /// The database was migrated, and the sidecars know the way.
    fn rows_arrive(&self) -> Result<()> {
        wait::within(wait::DEADLINE, || {
            let ready =
                postgres::query(&self.postgres.url(DATABASE), "select count(*) from provider_usage_logs");
            ready.map(drop).map_err(|error| error.to_string())
        })
        .map_err(anyhow::Error::msg)
        .context("the leader does not migrate the database")
    }

    fn pod(&mut self) -> Result<Pod> {
        self.made += 1;
        let name = format!("web-{}", self.made);
        let (reference, token) = self.runtime.block_on(pods::make(&self.cluster, &name))?;
        Pod::start(name, reference, &token, &self.surroundings, &self.disks, self.folder.path())
    }

    /// Its app and its sidecar end in good order, then its object goes.
    pub(super) fn delete(&mut self, place: usize) -> Result<()> {
        self.places[place].close();
        let next = self.pod()?;
        let mut pod = std::mem::replace(&mut self.pods[place], next);
        pod.sidecar.terminate()?;
        self.places[place].open(&self.pods[place]);
        pod.sidecar.ended();
        let reference = pod.gone(&self.disks)?;
        self.runtime.block_on(self.cluster.delete_pod(&reference))
    }

    /// `kubectl delete --force`, or the end of a node: nobody says goodbye, and the volume is gone.
    pub(super) fn delete_by_force(&mut self, place: usize) -> Result<()> {
        let next = self.pod()?;
        let pod = std::mem::replace(&mut self.pods[place], next);
        let (name, killed) = (pod.name.clone(), Instant::now());
        let reference = pod.gone(&self.disks)?;
        let gone = Instant::now();
        self.troubles.forced.push((name.clone(), killed.checked_sub(UNHEARD).unwrap_or(killed), gone));
        self.runtime.block_on(self.cluster.delete_pod(&reference))?;
        self.places[place].open(&self.pods[place]);
        self.troubles.down.push((name, killed, Instant::now()));
        Ok(())
    }

    /// The sidecar's container dies and is started again.
    pub(super) fn kill(&mut self, place: usize) -> Result<()> {
        let from = Instant::now();
        let pod = &mut self.pods[place];
        pod.sidecar.kill()?;
        pod.sidecar.restart()?;
        self.troubles.down.push((pod.name.clone(), from, Instant::now()));
        Ok(())
    }

    /// Calls in flight break off; those that begin now are served by the next worker.
    pub(super) fn kill_worker(&mut self, place: usize) -> Result<()> {
        let from = Instant::now();
        let pod = &self.pods[place];
        pod.sidecar.kill_worker()?;
        self.troubles.down.push((pod.name.clone(), from, Instant::now()));
        Ok(())
    }

    /// Whether nothing is under way any more: no row on a spool, none kept, no hour to be rolled up. Else says what is.
    pub(super) fn is_quiet(&self) -> Result<()> {
        for pod in &self.pods {
            let waiting = pod.sidecar.metrics().sum("tollgate_spool_records", &[]);
            ensure!(waiting == 0, "{} has {waiting} records", pod.name);
        }
        for operator in &self.operators {
            let kept = operator.metrics().sum("tollgate_operator_usage_rows", &[]);
            ensure!(kept == 0, "an operator keeps {kept} rows");
        }
        let marks = "select (select count(*) from usage_dirty) + (select count(*) from usage_rolling)";
        let marks = postgres::query(&self.postgres.url(DATABASE), marks)?;
        ensure!(marks == "0", "{marks} hours are to be rolled up");
        Ok(())
    }
}

async fn install(cluster: &Cluster) -> Result<()> {
    for file in ["featureflags.yaml", "clusterfeatureflags.yaml"] {
        let text = fs::read_to_string(programs::root().join("crds").join(file))?;
        cluster.apply(&serde_yaml::from_str::<Value>(&text)?).await?;
    }
    cluster.namespace(NAMESPACE, &[("tollgate.dev/inject", "enabled")]).await
}

async fn ca(cluster: &Cluster) -> Result<String> {
    let secrets = Api::<Secret>::namespaced(cluster.client.clone(), operator::NAMESPACE);
    let bytes = secrets.get("tollgate-tls").await?.data.and_then(|mut data| data.remove("ca.crt"));
    Ok(String::from_utf8(bytes.context("the Secret tollgate-tls has no ca.crt")?.0)?)
}
