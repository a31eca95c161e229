//! One control plane and one operator, whose webhooks the apiserver asks as the chart tells it to.

use std::{
    fs,
    process::{Command, Output, Stdio},
    sync::LazyLock,
};

use k8s_openapi::api::core::v1::{Event, Pod};
use kube::{
    Api,
    api::{DynamicObject, ListParams, PostParams},
    core::{ApiResource, GroupVersionKind},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tollgate_tests::harness::{
    control_plane::{Cluster, ControlPlane},
    metrics::Samples,
    operator::{NAMESPACE, Operator, Replica},
    postgres::{self, Postgres},
    programs,
    wait::until,
};

/// The shared cluster, with a client of this test's runtime.
pub(crate) struct World {
    pub(crate) cluster: Cluster,
    shared: &'static Shared,
}

struct Shared {
    operator: Operator,
    postgres: Postgres,
    /// Rows go in with it, as a sidecar's do.
    ledger_token: String,
    folder: TempDir,
}

/// On namespaces whose pods the apiserver's own policy gives their sidecars, not the webhook: `true`.
pub(crate) const BY_POLICY: &str = "tests.tollgate.dev/by-policy";

/// The ledger's database.
const LEDGER: &str = "ledger";

static PLANE: LazyLock<ControlPlane> = LazyLock::new(|| ControlPlane::start().expect("a control plane"));
static SHARED: OnceCell<Shared> = OnceCell::const_new();

// === impl World ===

impl World {
    pub(crate) async fn new() -> World {
        let cluster = PLANE.cluster().await.expect("a client");
        let shared = SHARED.get_or_init(|| Shared::start(&cluster)).await;
        World { cluster, shared }
    }

    /// A namespace of this test's own, with these labels besides Tollgate's.
    pub(crate) async fn labelled(&self, name: &str, more: &[(&str, &str)]) {
        let labels = [&[("tollgate.dev/inject", "enabled")], more].concat();
        self.cluster.namespace(name, &labels).await.expect("a namespace");
    }

    /// Has the pod made by the apiserver; what came of it.
    pub(crate) async fn make(&self, namespace: &str, pod: &Value) -> Value {
        let pods = Api::<Pod>::namespaced(self.cluster.client.clone(), namespace);
        let pod: Pod = serde_json::from_value(pod.clone()).expect("a pod");
        let made = pods.create(&PostParams::default(), &pod).await.expect("made");
        serde_json::to_value(made).expect("JSON")
    }

    /// The flag as it is now, once it is so.
    pub(crate) async fn flag_when(
        &self,
        namespace: Option<&str>,
        name: &str,
        is: impl Fn(&Value) -> bool,
    ) -> Value {
        let kind = if namespace.is_some() { "FeatureFlag" } else { "ClusterFeatureFlag" };
        let resource = ApiResource::from_gvk(&GroupVersionKind::gvk("tollgate.dev", "v1alpha1", kind));
        let client = self.cluster.client.clone();
        let flags: Api<DynamicObject> = match namespace {
            Some(namespace) => Api::namespaced_with(client, namespace, &resource),
            None => Api::all_with(client, &resource),
        };
        until(&format!("{kind} {name}"), async || {
            let flag = serde_json::to_value(flags.get(name).await.expect("a flag")).expect("JSON");
            if is(&flag) { Ok(flag) } else { Err(flag) }
        })
        .await
    }

    /// The notes of the Events of this reason about an object of this name, once there is one.
    pub(crate) async fn event(&self, namespace: &str, about: &str, reason: &str) -> String {
        let events = Api::<Event>::namespaced(self.cluster.client.clone(), namespace);
        until(&format!("an Event {reason} about {about}"), async || {
            let all = events.list(&ListParams::default()).await.expect("Events").items;
            let found = all.iter().find(|event| {
                event.involved_object.name.as_deref() == Some(about)
                    && event.reason.as_deref() == Some(reason)
            });
            found.and_then(|event| event.message.clone()).ok_or(all)
        })
        .await
    }

    /// Writes rows into the ledger, through the door that sidecars take.
    pub(crate) fn write(&self, rows: &Value) {
        let door = self.shared.postgres.url_as("tollgate_sidecar", LEDGER);
        let token = &self.shared.ledger_token;
        let sql = format!("select public.tollgate_ingest_v1('{token}', '{rows}')");
        let answer = postgres::query(&door, &sql).expect("an answer");
        let answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(answer["accepted"], rows.as_array().expect("a list").len(), "{answer}");
    }

    /// What `psql` prints for this question to the ledger.
    pub(crate) fn ask(&self, sql: &str) -> String {
        postgres::query(&self.shared.postgres.url(LEDGER), sql).expect("an answer")
    }

    /// `tollgate preview` of this manifest.
    pub(crate) fn preview(&self, manifest: &Value) -> Output {
        let file = tempfile::NamedTempFile::new_in(self.shared.folder.path()).expect("a file");
        fs::write(file.path(), manifest.to_string()).expect("written");
        let mut preview = Command::new(programs::operator());
        preview.args(["preview", "--database-url", &self.shared.postgres.url(LEDGER), "-f"]).arg(file.path());
        preview.output().expect("tollgate preview")
    }

    /// `kubectl tollgate` with these arguments, as kubectl finds it, for somebody of these groups. It may read the ledger.
    pub(crate) fn tollgate(&self, user: &str, groups: &[&str], arguments: &[&str]) -> Output {
        let mut kubectl = Self::plugin(user, groups, arguments);
        kubectl.env("DATABASE_URL", self.ledger_url()).output().expect("kubectl")
    }

    /// The same, for somebody whom nothing tells where the ledger is.
    pub(crate) fn tollgate_without_ledger(&self, user: &str, groups: &[&str], arguments: &[&str]) -> Output {
        Self::plugin(user, groups, arguments).env_remove("DATABASE_URL").output().expect("kubectl")
    }

    fn plugin(user: &str, groups: &[&str], arguments: &[&str]) -> Command {
        let kubeconfig = PLANE.kubeconfig_of(user, groups).expect("a kubeconfig");
        let mut kubectl = PLANE.kubectl().expect("kubectl");
        let path = [programs::built().as_os_str(), &std::env::var_os("PATH").unwrap_or_default()]
            .join(std::ffi::OsStr::new(":"));
        kubectl.env("KUBECONFIG", kubeconfig).env("PATH", path).arg("tollgate").args(arguments);
        kubectl.stdin(Stdio::null());
        kubectl
    }

    pub(crate) fn ledger_url(&self) -> String {
        self.shared.postgres.url(LEDGER)
    }

    pub(crate) fn metrics(&self) -> Samples {
        self.shared.operator.metrics()
    }

    /// `kubectl` with these arguments, as somebody who may everything, and a manifest as its file.
    pub(crate) fn kubectl(&self, user: &str, arguments: &[&str], manifest: &Value) -> Output {
        let kubeconfig = PLANE.kubeconfig_of(user, &["system:masters"]).expect("a kubeconfig");
        let file = tempfile::NamedTempFile::new_in(self.shared.folder.path()).expect("a file");
        fs::write(file.path(), manifest.to_string()).expect("written");
        let mut kubectl = PLANE.kubectl().expect("kubectl");
        kubectl.env("KUBECONFIG", kubeconfig).args(arguments).arg("-f").arg(file.path());
        kubectl.output().expect("kubectl")
    }
}

// === impl Shared ===

impl Shared {
    async fn start(cluster: &Cluster) -> Shared {
        let folder = tempfile::tempdir().expect("a folder");
        for file in ["featureflags.yaml", "clusterfeatureflags.yaml"] {
            let text = fs::read_to_string(programs::root().join("crds").join(file)).expect("a definition");
            cluster.apply(&serde_yaml::from_str(&text).expect("YAML")).await.expect("applied");
        }
        let postgres = Postgres::start().expect("Postgres");
        postgres.ends_with_us().expect("a tether");
        let ledger_token = postgres.migrated(LEDGER).expect("migrations");
        let mut replica =
            Replica::prepare("admission", cluster, PLANE.kubeconfig(), folder.path()).await.expect("a pod");
        let config = folder.path().join("config.yaml");
        let settings = json!({
            "injection": {"via": "policy"}, "sidecar": {"captureDefault": "base-url"},
            "imagePullSecrets": ["mirror", "app"],
        });
        fs::write(&config, settings.to_string()).expect("written");
        replica.arguments = vec![
            format!("--database-url={}", postgres.url(LEDGER)),
            // it goes on to answer the webhook
            format!("--config={}", config.display()),
        ];
        let mut operator = Operator::start(&replica, folder.path()).expect("an operator");
        operator.ends_with_us().expect("a tether");
        operator.ready().expect("ready");
        for configuration in webhooks(&format!("https://{}", operator.webhook)) {
            cluster.apply(&configuration).await.expect("applied");
        }
        until_asked(cluster).await;
        Shared { operator, postgres, ledger_token, folder }
    }
}

/// As the chart's, but by URL: no Service has a route here.
fn webhooks(url: &str) -> [Value; 2] {
    let webhook = |name: &str, path: &str, rule: Value, more: Value| {
        let mut webhook = json!({
            "name": name, "admissionReviewVersions": ["v1"], "clientConfig": {"url": format!("{url}{path}")},
            "rules": [rule], "failurePolicy": "Ignore", "timeoutSeconds": 10, "sideEffects": "NoneOnDryRun",
        });
        webhook.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        webhook
    };
    let pods =
        json!({"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]});
    let flags = |operations: &[&str]| {
        json!({
            "apiGroups": ["tollgate.dev"], "apiVersions": ["*"], "operations": operations,
            "resources": ["featureflags", "clusterfeatureflags"],
        })
    };
    let labelled = json!({
        "namespaceSelector": {"matchExpressions": [
            {"key": "tollgate.dev/inject", "operator": "In", "values": ["enabled", "strict"]},
            {"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system", NAMESPACE]},
            {"key": BY_POLICY, "operator": "NotIn", "values": ["true"]},
        ]},
        "reinvocationPolicy": "IfNeeded",
    });
    [
        json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
            "metadata": {"name": "tollgate"},
            "webhooks": [
                webhook("pods.tollgate.dev", "/mutate/pods", pods, labelled),
                webhook("flags.tollgate.dev", "/mutate/flags", flags(&["CREATE", "UPDATE"]), json!({})),
            ],
        }),
        json!({
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
            "metadata": {"name": "tollgate"},
            "webhooks": [
                webhook("flags.tollgate.dev", "/validate/flags", flags(&["CREATE", "UPDATE", "DELETE"]), json!({})),
            ],
        }),
    ]
}

/// The apiserver takes a moment to learn of webhooks, and the operator to tell it whom to trust.
async fn until_asked(cluster: &Cluster) {
    let pods = Api::<Pod>::namespaced(cluster.client.clone(), "asked");
    cluster.namespace("asked", &[("tollgate.dev/inject", "enabled")]).await.expect("a namespace");
    let flags = ApiResource::from_gvk(&GroupVersionKind::gvk("tollgate.dev", "v1alpha1", "FeatureFlag"));
    let flags: Api<DynamicObject> = Api::namespaced_with(cluster.client.clone(), "asked", &flags);
    let dry = PostParams { dry_run: true, ..PostParams::default() };
    let flag: DynamicObject = serde_json::from_value(flag("asked", "chat", json!({}))).expect("a flag");
    until("the apiserver asks the operator", async || {
        let pod = pods.create(&dry, &serde_json::from_value(pod(json!({}))).expect("a pod")).await;
        let pod = pod.expect("made").spec.and_then(|spec| spec.init_containers);
        let flag = flags.create(&dry, &flag).await.expect("made").metadata.annotations;
        if pod.is_some() && flag.is_some() { Ok(()) } else { Err((pod.is_some(), flag.is_some())) }
    })
    .await
}

/// A pod of one container, with what goes over its spec.
pub(crate) fn pod(spec: Value) -> Value {
    let mut pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web-0", "labels": {"app": "web"}},
        "spec": {"containers": [{"name": "app", "image": "app:1"}]},
    });
    for (key, value) in spec.as_object().expect("an object") {
        pod["spec"][key] = value.clone();
    }
    pod
}

pub(crate) fn flag(namespace: &str, name: &str, spec: Value) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
        "metadata": {"name": name, "namespace": namespace}, "spec": spec,
    })
}

/// The condition of a flag as (status, reason, message); empty words where it has none.
pub(crate) fn condition<'a>(flag: &'a Value, kind: &str) -> (&'a str, &'a str, &'a str) {
    let mut conditions = flag["status"]["conditions"].as_array().into_iter().flatten();
    let word = |condition: &'a Value, member: &str| condition[member].as_str().unwrap_or_default();
    conditions.find(|condition| condition["type"] == kind).map_or(("", "", ""), |condition| {
        (word(condition, "status"), word(condition, "reason"), word(condition, "message"))
    })
}
