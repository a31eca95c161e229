//! Pods that follow operators: a control plane, Postgres, replicas behind a relay as behind a Service, stand-ins, and for each
//! pod an object in the apiserver and a sidecar beside it, started here as a kubelet would.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use k8s_openapi::api::core::v1::Secret;
use kube::Api;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{
    control_plane::{Cluster, ControlPlane, PodRef},
    operator::{self, Operator, Replica},
    postgres::{self, Postgres},
    programs,
    relay::Relay,
    sidecar::{Around, Sidecar},
    standin::Standin,
    state_stream::Caller,
    wait,
};
use crate::standin::Provider;

/// All of it.
pub struct Fleet {
    // before the folder, so that the programs end first
    pub pods: Vec<Pod>,
    pub operators: Vec<Operator>,
    pub standin: Standin,
    pub postgres: Postgres,
    pub runtime: Runtime,
    pub cluster: Cluster,
    service: SocketAddr,
    ca: String,
    _relay: Relay,
    pub plane: ControlPlane,
    folder: TempDir,
    /// What stands around the sidecars of pods that are started from now on.
    pub around: Around,
}

/// A pod that runs.
#[derive(Debug)]
pub struct Pod {
    pub name: String,
    pub reference: PodRef,
    pub sidecar: Sidecar,
}

/// The ledger's database.
const LEDGER: &str = "ledger";
const REPLICAS: [&str; 3] = ["operator-1", "operator-2", "operator-3"];
/// What the charts install.
const DEFINITIONS: [&str; 4] =
    ["featureflags.yaml", "clusterfeatureflags.yaml", "usagealerts.yaml", "clusterusagealerts.yaml"];

// === impl Fleet ===

impl Fleet {
    /// So many replicas, and no pod yet. `settings` are Postgres' own.
    pub fn start(replicas: usize, settings: &'static [&'static str]) -> Result<Fleet> {
        Self::configured(replicas, settings, &json!({}))
    }

    /// As [`Fleet::start`]; `config` is the operators' `--config`.
    pub fn configured(replicas: usize, settings: &'static [&'static str], config: &Value) -> Result<Fleet> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let folder = tempfile::Builder::new().prefix("tollgate-fleet-").tempdir()?;
        let config_file = folder.path().join("operator.yaml");
        fs::write(&config_file, config.to_string())?;
        let standin = Standin::start(folder.path())?;
        let postgres = Postgres::with(settings)?;
        postgres::query(&postgres.url("postgres"), &format!("create database {LEDGER}"))?;
        let plane = ControlPlane::start()?;
        let cluster = runtime.block_on(plane.cluster())?;
        for file in DEFINITIONS {
            let text = fs::read_to_string(programs::root().join("crds").join(file))
                .with_context(|| file.to_owned())?;
            runtime.block_on(cluster.apply(&serde_yaml::from_str::<Value>(&text)?))?;
        }
        let mut operators = Vec::new();
        for name in REPLICAS.into_iter().take(replicas) {
            let mut replica =
                runtime.block_on(Replica::prepare(name, &cluster, plane.kubeconfig(), folder.path()))?;
            replica.arguments = vec![
                format!("--config={}", config_file.display()),
                format!("--database-url={}", postgres.url(LEDGER)),
                format!("--sidecar-database-url={}", postgres.url_as("tollgate_sidecar", LEDGER)),
            ];
            operators.push(Operator::start(&replica, folder.path())?);
        }
        for operator in &mut operators {
            operator.ready()?;
        }
        wait::within(wait::DEADLINE, || {
            let migrated = postgres::query(&postgres.url(LEDGER), "select count(*) from budget_grants");
            migrated.map(drop).map_err(|error| error.to_string())
        })
        .map_err(anyhow::Error::msg)
        .context("the leader does not migrate the database")?;
        let relay = Relay::start(operators.iter().map(|operator| operator.push).collect())?;
        let ca = runtime.block_on(ca(&cluster))?;
        Ok(Fleet {
            pods: Vec::new(),
            operators,
            standin,
            postgres,
            runtime,
            cluster,
            service: relay.address,
            ca,
            _relay: relay,
            plane,
            folder,
            around: Around::default(),
        })
    }

    /// A namespace that Tollgate is in.
    pub fn namespace(&self, name: &str, labels: &[(&str, &str)]) -> Result<()> {
        let labels = [&[("tollgate.dev/inject", "enabled")], labels].concat();
        self.runtime.block_on(self.cluster.namespace(name, &labels))
    }

    pub fn apply(&self, manifest: &Value) -> Result<()> {
        self.runtime.block_on(self.cluster.apply(manifest))
    }

    /// The object as it is now.
    pub fn get(&self, kind: &str, namespace: &str, name: &str) -> Result<Value> {
        let get = ["get", kind, name, "-n", namespace, "-o", "json", "--show-managed-fields"];
        let kubectl = self.plane.kubectl()?.args(get).output()?;
        serde_json::from_slice(&kubectl.stdout)
            .with_context(|| String::from_utf8_lossy(&kubectl.stderr).into_owned())
    }

    /// One more pod of this namespace and feature; its index.
    pub fn pod(&mut self, namespace: &str, feature: &str) -> Result<usize> {
        self.start_pod(namespace, format!("{feature}-{}", self.pods.len()), Some(feature))
    }

    /// One more pod of this namespace, whose app names no feature; its index.
    pub fn pod_without_feature(&mut self, namespace: &str) -> Result<usize> {
        self.start_pod(namespace, format!("web-{}", self.pods.len()), None)
    }

    /// Where a pod's sidecar keeps what it keeps.
    pub fn pod_folder(&self, namespace: &str, pod: usize) -> PathBuf {
        self.folder.path().join(format!("{namespace}-{}", self.pods[pod].name))
    }

    fn start_pod(&mut self, namespace: &str, name: String, feature: Option<&str>) -> Result<usize> {
        let marked = json!({"metadata": {"annotations": {"tollgate.dev/injected": "tollgate"}}});
        let reference = self.runtime.block_on(self.cluster.pod(namespace, &name, marked))?;
        let token = self.runtime.block_on(self.cluster.token(&reference, "tollgate"))?;
        let folder = self.folder.path().join(format!("{namespace}-{name}"));
        fs::create_dir(&folder)?;
        let token_file = folder.join("token");
        fs::write(&token_file, token)?;
        let upstreams = Provider::ALL.map(|provider| {
            (provider.name().to_owned(), format!("http://{}", self.standin.address(provider)).into())
        });
        let mut workload = json!({"cluster": "default", "namespace": namespace, "name": "web", "pod": name});
        if let Some(feature) = feature {
            workload["feature"] = json!(feature);
        }
        let config = json!({
            "upstreams": upstreams.into_iter().collect::<serde_json::Map<_, _>>(),
            "workload": workload,
            "spool": folder.join("spool"),
            "ledger": "operator",
            "operator": {"url": format!("https://{}", self.service), "tokenFile": token_file, "ca": self.ca},
        });
        let sidecar = Sidecar::start(&folder, config, self.around.clone())?;
        self.pods.push(Pod { name, reference, sidecar });
        Ok(self.pods.len() - 1)
    }

    /// The replica that leads, by its place.
    pub fn leader(&self) -> Result<usize> {
        let lease = self.get("lease", operator::NAMESPACE, "tollgate-operator")?;
        let holder = lease["spec"]["holderIdentity"].as_str().unwrap_or_default();
        REPLICAS.iter().position(|name| *name == holder).with_context(|| format!("{holder:?} leads"))
    }

    /// Ends with this program, its folder too: for a `static`, which is never dropped.
    pub fn ends_with_us(&self) -> Result<()> {
        self.standin.ends_with_us()?;
        self.postgres.ends_with_us()?;
        self.pods.iter().try_for_each(|pod| pod.sidecar.ends_with_us())?;
        self.operators.iter().try_for_each(Operator::ends_with_us)
    }

    /// Waits until the first replica tells pods of this namespace of so many budgets: kinds are watched apart.
    pub fn tells_budgets(&self, namespace: &str, count: usize) -> Result<()> {
        let marked = json!({"metadata": {"annotations": {"tollgate.dev/injected": "tollgate"}}});
        let push = self.operators.first().context("a replica")?.push;
        self.runtime.block_on(async {
            let listener = self.cluster.pod(namespace, "listener", marked).await?;
            let token = self.cluster.token(&listener, "tollgate").await?;
            let stream = Caller::connect(push, &self.ca).await?.state(&token).await?;
            let mut stream = stream.map_err(|(status, why)| anyhow::anyhow!("{status}: {why}"))?;
            let tells =
                |message: &Value| message["budgets"].as_array().is_some_and(|budgets| budgets.len() == count);
            stream.until(tells).await?;
            self.cluster.delete_pod(&listener).await
        })
    }

    /// What `psql` prints for this question to the ledger.
    pub fn ask(&self, sql: &str) -> Result<String> {
        postgres::query(&self.postgres.url(LEDGER), sql)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

async fn ca(cluster: &Cluster) -> Result<String> {
    let secrets = Api::<Secret>::namespaced(cluster.client.clone(), operator::NAMESPACE);
    let bytes = secrets.get("tollgate-tls").await?.data.and_then(|mut data| data.remove("ca.crt"));
    Ok(String::from_utf8(bytes.context("the Secret tollgate-tls has no ca.crt")?.0)?)
}
