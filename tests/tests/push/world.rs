//! One control plane and one replica for the tests that break neither; and flags as people write them.

use std::sync::LazyLock;

use k8s_openapi::api::core::v1::Secret;
use kube::Api;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tollgate_tests::harness::{
    control_plane::{Cluster, ControlPlane, PodRef},
    operator::{NAMESPACE, Operator, Replica},
    programs,
    state_stream::{Caller, StateStream},
    wait,
};

/// The shared control plane, with a client of this test's runtime.
pub(crate) struct World {
    pub(crate) cluster: Cluster,
    pub(crate) shared: &'static Shared,
}

pub(crate) struct Shared {
    pub(crate) operator: Operator,
    pub(crate) ca: String,
    _folder: TempDir,
}

static PLANE: LazyLock<ControlPlane> = LazyLock::new(|| ControlPlane::start().expect("a control plane"));
static SHARED: OnceCell<Shared> = OnceCell::const_new();

// === impl World ===

impl World {
    pub(crate) async fn new() -> World {
        let cluster = PLANE.cluster().await.expect("a client");
        let shared = SHARED.get_or_init(|| Shared::start(&cluster)).await;
        World { cluster, shared }
    }

    /// The way to the apiserver, for a replica of a test's own.
    pub(crate) fn kubeconfig() -> std::path::PathBuf {
        PLANE.kubeconfig()
    }

    /// A namespace of this test's own.
    pub(crate) async fn labelled(&self, name: &str) -> String {
        self.cluster.namespace(name, &[("tollgate.dev/inject", "enabled")]).await.expect("a namespace");
        name.to_owned()
    }

    /// A running pod that says it has a sidecar.
    pub(crate) async fn pod(&self, namespace: &str, name: &str) -> PodRef {
        pod(&self.cluster, namespace, name).await
    }

    pub(crate) async fn token(&self, pod: &PodRef) -> String {
        self.cluster.token(pod, "tollgate").await.expect("a token")
    }

    pub(crate) async fn caller(&self) -> Caller {
        Caller::connect(self.shared.operator.push, &self.shared.ca).await.expect("a connection")
    }

    /// The state stream of this pod.
    pub(crate) async fn listen(&self, pod: &PodRef) -> StateStream {
        let token = self.token(pod).await;
        self.caller().await.state(&token).await.expect("an answer").expect("a stream")
    }
}

// === impl Shared ===

impl Shared {
    async fn start(cluster: &Cluster) -> Shared {
        let folder = tempfile::tempdir().expect("a folder");
        install(cluster).await;
        let replica =
            Replica::prepare("shared", cluster, PLANE.kubeconfig(), folder.path()).await.expect("a pod");
        let mut operator = Operator::start(&replica, folder.path()).expect("an operator");
        operator.ends_with_us().expect("a tether");
        operator.ready().expect("ready");
        Shared { operator, ca: ca(cluster).await, _folder: folder }
    }
}

/// The definitions of our kinds.
pub(crate) async fn install(cluster: &Cluster) {
    for file in ["featureflags.yaml", "clusterfeatureflags.yaml"] {
        let text = std::fs::read_to_string(programs::root().join("crds").join(file)).expect("a definition");
        let definition: Value = serde_yaml::from_str(&text).expect("YAML");
        cluster.apply(&definition).await.expect("applied");
    }
}

/// The certificates that the operator's own is signed with, as soon as the leader has made them.
pub(crate) async fn ca(cluster: &Cluster) -> String {
    let secrets = Api::<Secret>::namespaced(cluster.client.clone(), NAMESPACE);
    let secret = secrets.get("tollgate-tls").await.expect("the Secret of a ready operator");
    let bytes = secret.data.expect("data")["ca.crt"].0.clone();
    String::from_utf8(bytes).expect("PEM")
}

pub(crate) async fn pod(cluster: &Cluster, namespace: &str, name: &str) -> PodRef {
    let marked = json!({"metadata": {"annotations": {"tollgate.dev/injected": "tollgate"}}});
    cluster.pod(namespace, name, marked).await.expect("a pod")
}

pub(crate) fn flag(namespace: &str, name: &str, spec: Value) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
        "metadata": {"name": name, "namespace": namespace}, "spec": spec,
    })
}

/// A state in which this flag is off.
pub(crate) fn off(name: &str) -> impl FnMut(&Value) -> bool {
    says(name, false)
}

/// A state in which this flag is on.
pub(crate) fn on(name: &str) -> impl FnMut(&Value) -> bool {
    says(name, true)
}

fn says(name: &str, enabled: bool) -> impl FnMut(&Value) -> bool {
    move |line| {
        let mut flags = line["flags"].as_array().into_iter().flatten();
        line["type"] == "state" && flags.any(|flag| flag["name"] == name && flag["enabled"] == enabled)
    }
}

/// Waits for something that only changes by itself; the look may be async.
pub(crate) async fn eventually<T, F: Future<Output = Option<T>>>(
    what: &str,
    mut look: impl FnMut() -> F,
) -> T {
    let search = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(wait::DEADLINE, search).await.unwrap_or_else(|_| panic!("{what}: not in time"))
}
