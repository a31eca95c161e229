//! A node beside which GitOps tools run, as processes in its network: git with the layout of `docs/gitops`, a registry that has
//! the chart, and the namespace of a team. `make setup-gitops` builds the tools.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    chart,
    http::{Call, Reply},
    installation::{Images, Installation, NAMESPACE, fed, good},
    node::Node,
    programs,
    tether::{self, Tethered},
    wait,
};

/// Where a registry and git are, in the node's network.
pub const ORIGIN: &str = "127.0.0.1:5000";
/// The namespace that the layout's flags are in.
pub const TEAM: &str = "shop";
/// All kinds of the layout that teams write.
const FLAGS: &str = "featureflags.tollgate.dev,usagealerts.tollgate.dev";
/// What the chart's own objects are labelled with.
const CHART: &str = "--selector=app.kubernetes.io/name=tollgate,app.kubernetes.io/managed-by=Helm";
/// What a whole installation takes on a busy machine.
const LONG: Duration = Duration::from_secs(300);
/// What stands in the layout for a company's own hosts.
const REGISTRY: &str = "registry.example.com";
const GIT: &str = "https://git.example.com/platform/fleet.git";

/// All of it.
pub struct Stage {
    // before the folder, so that the programs end first
    tools: Vec<Tethered>,
    pub tollgate: Installation,
    folder: TempDir,
}

// === impl Stage ===

impl Stage {
    /// The node, with nothing of Tollgate in it but images.
    pub fn set() -> Result<Stage> {
        let folder = tempfile::Builder::new().prefix("tollgate-gitops-").tempdir()?;
        tether::sweep(folder.path())?;
        let tollgate = Installation::on(Node::start()?, Images::make(programs::built())?)?;
        tollgate.providers()?;
        tollgate.volume()?;
        let mut stage = Stage { tools: Vec::new(), tollgate, folder };
        stage.ctl(&["create", "namespace", TEAM])?;
        stage.ctl(&["label", "namespace", TEAM, "tollgate.dev/inject=enabled"])?;

        fs::create_dir(stage.repository())?;
        stage.git(&["init", "--quiet", "--initial-branch=main"])?;
        stage.lay_out()?;
        let mut origin = stage.tollgate.node.command(&tool("flux/origin-server").display().to_string());
        origin.arg(ORIGIN).arg(stage.folder.path());
        stage.run("origin", &origin)?;
        stage.publish_chart()?;
        Ok(stage)
    }

    /// Runs a tool beside the cluster until the end.
    pub fn run(&mut self, name: &'static str, command: &Command) -> Result<()> {
        self.tools.push(Tethered::start(name, command, self.folder.path())?);
        Ok(())
    }

    /// A program of `.cache/gitops` that knows the cluster, with files of its own in [`Stage::folder`].
    pub fn tool(&self, program: &str) -> Command {
        let mut command = self.tollgate.node.command(&tool(program).display().to_string());
        command.env("TMPDIR", self.folder()).env("HOME", self.folder());
        command
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What a tool has said, for whoever must find out why it did nothing.
    pub fn log(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(format!("{name}.log"))).unwrap_or_default()
    }

    /// `kubectl`; what it prints.
    pub fn ctl(&self, args: &[&str]) -> Result<String> {
        self.tollgate.node.kubectl(args)
    }

    pub fn get(&self, namespace: &str, what: &[&str]) -> Result<Value> {
        let args = [&["-n", namespace, "get"], what, &["-o", "json", "--show-managed-fields"]].concat();
        Ok(serde_json::from_str(&self.ctl(&args)?)?)
    }

    /// Applies all manifests of a file, as large as they may be.
    pub fn apply_file(&self, file: &Path) -> Result<()> {
        self.ctl(&["apply", "--server-side", "-f", &file.display().to_string()]).map(drop)
    }

    /// Waits until `look` finds it. `Err` is what was there instead.
    ///
    /// # Panics
    /// When it takes far too long.
    pub fn until<T>(&self, what: &str, look: impl FnMut() -> Result<T, String>) -> T {
        wait::within(LONG, look).unwrap_or_else(|seen| {
            let pods = self.tollgate.pods(NAMESPACE);
            panic!("{what}: not within {LONG:?}; the last look saw {seen}\n{pods}")
        })
    }

    // --- git

    fn repository(&self) -> PathBuf {
        self.folder.path().join("fleet")
    }

    /// The address of the repository, as tools in the node's network reach it.
    pub fn repository_url(&self) -> String {
        format!("http://{ORIGIN}/git/fleet/.git")
    }

    /// Commits the layout as the docs have it, whatever was changed since.
    pub fn lay_out(&self) -> Result<String> {
        let layout = programs::root().join("docs/gitops");
        let mut copy = Command::new("cp");
        copy.arg("-r").arg(layout.join(".")).arg(self.repository());
        good("cp", copy.output()?)?;
        for file in ["tollgate/prod/release.yaml", "argocd/tollgate.yaml", "argocd/features.yaml"] {
            self.edit(file, |objects| objects.iter_mut().for_each(|object| self.of_this_machine(object)))?;
        }
        self.commit("the layout")
    }

    /// What a cluster says of itself in the layout: where git, its images and its charts are, and its database.
    fn of_this_machine(&self, object: &mut Value) {
        let text = object.to_string().replace(REGISTRY, ORIGIN).replace(GIT, &self.repository_url());
        *object = serde_json::from_str(&text).expect("JSON");
        match object["kind"].as_str() {
            Some("OCIRepository") => object["spec"]["insecure"] = json!(true),
            Some("HelmRelease") => object["spec"]["values"] = self.values(),
            Some("Secret") => object["stringData"]["insecureOCIForceHttp"] = json!("true"),
            Some("Application") if !object["spec"]["source"]["helm"].is_null() => {
                object["spec"]["source"]["helm"]["valuesObject"] = self.values();
            }
            _ => {}
        }
    }

    /// The chart's values on this node.
    fn values(&self) -> Value {
        let file = programs::root().join("tests/cluster/values.yaml");
        let text = fs::read_to_string(file).expect("the node's values");
        let mut values: Value = serde_yaml::from_str(&text).expect("YAML");
        values["image"]["tag"] = json!(self.tollgate.images.tag);
        values["postgres"]["image"] = json!(self.tollgate.images.postgres);
        values
    }

    /// The manifests of a file in the work tree.
    pub fn manifests(&self, file: &str) -> Result<Vec<Value>> {
        chart::read(&fs::read_to_string(self.repository().join(file))?)
    }

    /// Changes the manifests of a file in the work tree.
    pub fn edit(&self, file: &str, change: impl FnOnce(&mut Vec<Value>)) -> Result<()> {
        let mut objects = self.manifests(file)?;
        change(&mut objects);
        let texts: Vec<String> = objects.iter().map(Value::to_string).collect();
        Ok(fs::write(self.repository().join(file), texts.join("\n---\n"))?)
    }

    /// Commits what was changed; the commit.
    pub fn commit(&self, message: &str) -> Result<String> {
        self.git(&["add", "--all"])?;
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message])?;
        self.git(&["rev-parse", "HEAD"])
    }

    fn git(&self, args: &[&str]) -> Result<String> {
        let mut git = Command::new("git");
        git.current_dir(self.repository());
        git.args(["-c", "user.name=ada", "-c", "user.email=ada@example.com"]).args(args);
        good("git", git.output()?)
    }

    fn publish_chart(&self) -> Result<()> {
        let target = self.folder.path().display().to_string();
        let packed = self.tollgate.node.helm(&[
            "package",
            &chart::folder().display().to_string(),
            "--destination",
            &target,
        ])?;
        let archive = packed.rsplit_once(": ").context("helm package says where the archive is")?.1;
        let charts = format!("oci://{ORIGIN}/platform/charts");
        self.until("the registry takes the chart", || {
            let pushed = self.tollgate.node.helm(&["push", archive, &charts, "--plain-http"]);
            pushed.map(drop).map_err(|error| format!("{error:#}"))
        });
        Ok(())
    }

    // --- the team's pods

    /// A pod of the team, whose app is this test; `over` goes over its metadata.
    pub fn pod(&self, name: &str, metadata: Value) -> Result<()> {
        let idle = "import signal; signal.sigwait([signal.SIGTERM])";
        let mut metadata = metadata;
        metadata["name"] = json!(name);
        metadata["namespace"] = json!(TEAM);
        let pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {
            "terminationGracePeriodSeconds": 1,
            "containers": [{"name": "app", "image": self.tollgate.images.app, "args": ["-c", idle]}],
        }});
        self.tollgate.apply(&pod.to_string())?;
        self.ctl(&["-n", TEAM, "wait", "--for=condition=Ready", &format!("pod/{name}"), "--timeout=120s"])?;
        Ok(())
    }

    /// The call's answer as the app in the pod gets it.
    pub fn call(&self, pod: &str, call: &Call) -> Reply {
        let base = "127.0.0.1:7411".parse().expect("an address");
        self.tollgate.node.inside_pod(TEAM, pod, || call.send(base)).expect("the pod's network")
    }

    /// Waits until the app in the pod gets such an answer; its text.
    pub fn answered(&self, pod: &str, call: &Call, status: u16) -> String {
        wait::eventually(&format!("an answer with {status}"), || {
            let reply = self.call(pod, call);
            if reply.status() == status { Ok(reply.text()) } else { Err((reply.status(), reply.text())) }
        })
    }

    /// `kubectl tollgate`, as a person runs it: whether it ended well, and what it said.
    pub fn kubectl_tollgate(&self, args: &[&str]) -> Result<(bool, String)> {
        let mut command = self.tollgate.node.command("kubectl-tollgate");
        // the node's own script puts its programs before this
        let path = format!("{}:{}", programs::built().display(), std::env::var("PATH").unwrap_or_default());
        let output = command.env("PATH", path).args(args).stdin(Stdio::null()).output()?;
        let said = [output.stdout, output.stderr].concat();
        Ok((output.status.success(), String::from_utf8(said)?))
    }

    /// Who wrote what of all that the layout brings, and when: equal as long as nobody writes it, whatever becomes of its status.
    ///
    /// # Panics
    /// When the cluster does not say.
    pub fn written(&self) -> Vec<Value> {
        let lists = [
            (TEAM, FLAGS, "--selector="),
            (
                NAMESPACE,
                "deployments,statefulsets,services,configmaps,serviceaccounts,roles,rolebindings",
                CHART,
            ),
            (
                NAMESPACE,
                "crds,clusterroles,clusterrolebindings,mutatingwebhookconfigurations,validatingwebhookconfigurations",
                CHART,
            ),
        ];
        let objects = lists.into_iter().flat_map(|(namespace, kinds, selector)| {
            let list = self.get(namespace, &[kinds, selector]).expect("a list");
            list["items"].as_array().cloned().expect("a list has items")
        });
        objects.map(|object| written(&object)).collect()
    }

    /// What Flux's own kstatus makes of the team's flags and alerts: whether all are Current, and its lines.
    pub fn kstatus(&self) -> Result<(bool, String)> {
        let objects = self.get(TEAM, &[FLAGS])?;
        let mut kstatus = Command::new(programs::root().join(".cache/sdks/kstatus/kstatus"));
        let output = fed(&mut kstatus, &objects.to_string())?;
        Ok((output.status.success(), String::from_utf8(output.stdout)?))
    }
}

/// A program or file that `make setup-gitops` made.
pub fn tool(name: &str) -> PathBuf {
    programs::root().join(".cache/gitops").join(name)
}

fn written(object: &Value) -> Value {
    let metadata = &object["metadata"];
    let fields = metadata["managedFields"].as_array().into_iter().flatten();
    let fields: Vec<&Value> = fields.filter(|entry| entry["subresource"].is_null()).collect();
    json!({"kind": object["kind"], "name": metadata["name"], "generation": metadata["generation"], "fields": fields})
}
