//! The node of this program, whose turn it is, and namespaces.

use std::{
    ops::Deref,
    sync::{LazyLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    thread,
};

use serde_json::{Value, json};
use tollgate_tests::harness::{
    http::{Call, Reply},
    installation::{Images, Installation},
    metrics::Samples,
    node::Node,
    programs, wait,
};

/// Tollgate installed by helm on a node of our own, with the stand-ins in it.
static INSTALLATION: LazyLock<Installation> = LazyLock::new(|| {
    let node = Node::start().expect("a node");
    let images = Images::make(programs::built()).expect("images");
    let tollgate = Installation::on(node, images).expect("images on the node");
    tollgate.providers().expect("the stand-ins");
    tollgate.install(&[]).expect("the chart");
    tollgate.node.kubectl(&["create", "namespace", TURNS_NAMESPACE]).expect("a namespace");
    let label = ["label", "namespace", TURNS_NAMESPACE, "tollgate.dev/inject=enabled"];
    tollgate.node.kubectl(&label).expect("a label");
    tollgate
});

static TURNS: RwLock<()> = RwLock::new(());

/// Where pods are asked for that never are.
const TURNS_NAMESPACE: &str = "turns";

/// So many pods in a row have a sidecar before a turn begins: an operator that has just come or gone may still be missed
/// by a kube-proxy that has not heard of it.
const SURE: usize = 5;

/// The installation, for as long as a test runs.
pub(crate) enum Turn {
    /// Other tests use it, too: it must stay as it is.
    Shared { _guard: RwLockReadGuard<'static, ()> },
    /// Nobody else does.
    Alone { _guard: RwLockWriteGuard<'static, ()> },
}

/// A namespace of a test's own. When the test fails, it tells how its pods are.
pub(crate) struct Namespace<'a> {
    pub(crate) name: &'static str,
    tollgate: &'a Installation,
}

/// A call of the official SDK by an app that knows nothing of us; prints the answer's text.
pub(crate) const SDK_CALL: &str = "
import openai
api = openai.OpenAI(api_key='sk-standin', max_retries=0)
messages = [{'role': 'user', 'content': 'Say something.'}]
print(api.chat.completions.create(model='gpt-4o-mini', messages=messages).choices[0].message.content)
";

/// An app that waits for tests to act in its place.
const IDLE: &str = "import signal; signal.sigwait([signal.SIGTERM])";

// === impl Turn ===

/// Tollgate, beside other tests.
pub(crate) fn shared() -> Turn {
    let turn = Turn::Shared { _guard: TURNS.read().unwrap_or_else(PoisonError::into_inner) };
    turn.injects();
    turn
}

/// Tollgate for one test that disturbs it, and leaves it installed again, whatever becomes of the test.
pub(crate) fn alone() -> Turn {
    let turn = Turn::Alone { _guard: TURNS.write().unwrap_or_else(PoisonError::into_inner) };
    turn.injects();
    turn
}

impl Turn {
    /// Waits until pods get their sidecar.
    pub(crate) fn injects(&self) {
        // Who comes first installs it all, which takes longer than any wait.
        let Installation { node, images } = &**self;
        let (image, mut in_a_row) = (&images.app, 0);
        wait::eventually("sidecars for new pods", || {
            let asked = node.kubectl(&[
                "--namespace",
                TURNS_NAMESPACE,
                "run",
                "asked",
                "--image",
                image,
                "--dry-run=server",
                "--output",
                "jsonpath={.spec.initContainers[*].name}",
            ]);
            in_a_row =
                if asked.as_ref().is_ok_and(|names| names.contains("tollgate")) { in_a_row + 1 } else { 0 };
            if in_a_row >= SURE { Ok(()) } else { Err(format!("{asked:?}")) }
        });
    }

    /// A namespace with the label that asks for sidecars.
    pub(crate) fn labelled(&self, name: &'static str) -> Namespace<'_> {
        let namespace = self.plain(name);
        namespace.label("tollgate.dev/inject=enabled");
        namespace
    }

    pub(crate) fn plain(&self, name: &'static str) -> Namespace<'_> {
        self.ctl(&["create", "namespace", name]);
        Namespace { name, tollgate: self }
    }

    /// What kubectl prints.
    ///
    /// # Panics
    /// When it fails.
    pub(crate) fn ctl(&self, args: &[&str]) -> String {
        self.node.kubectl(args).expect("kubectl")
    }

    /// A pod's manifest: one idle container named `app` of the image with the SDKs, `over` merged into it.
    pub(crate) fn manifest(&self, over: &Value) -> Value {
        manifest(self, over)
    }
}

impl Deref for Turn {
    type Target = Installation;

    fn deref(&self) -> &Installation {
        &INSTALLATION
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Self::Alone { .. } = self
            && let Err(error) = self.install(&[])
        {
            eprintln!("the chart could not be installed again; the tests that follow will say so: {error:#}");
        }
    }
}

// === impl Namespace ===

impl Namespace<'_> {
    pub(crate) fn label(&self, label: &str) {
        self.ctl(&["label", "namespace", self.name, label]);
    }

    pub(crate) fn annotate(&self, annotation: &str) {
        self.ctl(&["annotate", "namespace", self.name, annotation]);
    }

    /// Makes a pod of one idle container, with `over` merged into its manifest, and waits until it is ready.
    pub(crate) fn pod(&self, name: &str, over: &Value) {
        self.create("v1", "Pod", name, &manifest(self.tollgate, over));
        self.until("condition=Ready", &format!("pod/{name}"));
    }

    /// Makes an object of this namespace. `body` is all but its kind and its name.
    pub(crate) fn create(&self, version: &str, kind: &str, name: &str, body: &Value) {
        let mut object = json!({
            "apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": self.name},
        });
        json_patch::merge(&mut object, body);
        self.tollgate.apply(&object.to_string()).expect("an object");
    }

    /// `kubectl wait`.
    pub(crate) fn until(&self, what: &str, object: &str) {
        let what = format!("--for={what}");
        self.ctl(&["wait", &what, object, "--timeout=90s"]);
    }

    /// Applies a flag for a feature of this name.
    pub(crate) fn flag(&self, feature: &str, spec: &Value) {
        self.create("tollgate.dev/v1alpha1", "FeatureFlag", feature, &json!({"spec": spec}));
    }

    /// Waits until a pod that starts now knows this flag from its first call on.
    pub(crate) fn knows(&self, feature: &str) {
        wait::eventually("the flag in the namespace's ConfigMap", || {
            let state =
                self.ctl(&["get", "configmap", "tollgate-state", "--ignore-not-found", "--output=json"]);
            if state.contains(feature) { Ok(()) } else { Err(state) }
        });
    }

    /// The call's answer as an app in the pod gets it.
    pub(crate) fn call(&self, pod: &str, call: &Call) -> Reply {
        let base = "127.0.0.1:7411".parse().expect("an address");
        self.tollgate.node.inside_pod(self.name, pod, || call.send(base)).expect("the pod's network")
    }

    /// What the pod's sidecar has counted.
    pub(crate) fn metrics(&self, pod: &str) -> Samples {
        let admin = "127.0.0.1:7419".parse().expect("an address");
        let scrape = || Call::get("/metrics").send(admin).text();
        Samples::parse(&self.tollgate.node.inside_pod(self.name, pod, scrape).expect("the pod's network"))
    }

    /// What `kubectl get WHAT --output jsonpath=PATH` prints.
    pub(crate) fn get(&self, what: &str, path: &str) -> String {
        let path = format!("jsonpath={path}");
        self.ctl(&["get", what, "--output", &path])
    }

    /// `kubectl` in this namespace.
    ///
    /// # Panics
    /// When it fails.
    pub(crate) fn ctl(&self, args: &[&str]) -> String {
        self.tollgate.node.kubectl(&[&["--namespace", self.name], args].concat()).expect("kubectl")
    }

    /// What container `app` said.
    pub(crate) fn logs(&self, what: &str) -> String {
        self.ctl(&["logs", what, "--container", "app"])
    }

    /// The note of an Event that has this word in it.
    pub(crate) fn event(&self, word: &str) -> String {
        wait::eventually(&format!("an Event about {word}"), || {
            let all = self.get("events", "{range .items[*]}{.reason}: {.message}{\"\\n\"}{end}");
            all.lines().find(|line| line.contains(word)).map(str::to_owned).ok_or(all)
        })
    }

    /// What the ledger has of this namespace in these columns, once it is so many rows.
    pub(crate) fn rows(&self, columns: &str, count: usize) -> Vec<String> {
        let namespace = self.name;
        let statement = format!(
            "select {columns} from provider_usage_logs where namespace = '{namespace}' order by created_at"
        );
        wait::eventually(&statement, || {
            let text = self.tollgate.sql(&statement).map_err(|error| format!("{error:#}"))?;
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            if lines.len() == count { Ok(lines) } else { Err(text) }
        })
    }
}

impl Drop for Namespace<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("{}", self.tollgate.pods(self.name));
        }
    }
}

fn manifest(tollgate: &Installation, over: &Value) -> Value {
    let mut pod = json!({"spec": {
        "terminationGracePeriodSeconds": 1,
        "containers": [{"name": "app", "image": tollgate.images.app, "args": ["-c", IDLE]}],
    }});
    json_patch::merge(&mut pod, over);
    pod
}
