//! Tollgate on a node as an admin installs it: images, the chart by helm, stand-ins for the providers, a Prometheus.
//! What is applied lies in `tests/cluster`.

use std::{
    fs::{self, Permissions},
    io::Write,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{node::Node, programs, wait};

/// Where the chart is installed.
pub const NAMESPACE: &str = "tollgate-system";
/// The chart's own Postgres, with the password of `tests/cluster/values.yaml`.
pub const LEDGER: &str =
    "postgres://postgres:only-on-this-machine@tollgate-postgres.tollgate-system.svc/tollgate";
/// How long a rollout may take before it has failed.
const ROLLOUT: &str = "--timeout=180s";

/// The images of this machine, by name. Names change with the content.
#[derive(Debug)]
pub struct Images {
    /// The one tag of `localhost/tollgate` and `localhost/tollgate-sidecar`.
    pub tag: String,
    pub standin: String,
    pub app: String,
    pub postgres: String,
    pub prometheus: String,
    pub pgbouncer: String,
}

/// A node with images on it.
#[derive(Debug)]
pub struct Installation {
    pub node: Node,
    pub images: Images,
}

// === impl Images ===

impl Images {
    /// Makes them all: ours of the programs in `built`, the others of what is installed on this machine.
    pub fn make(built: &Path) -> Result<Images> {
        let programs = image("programs", Some(built))?;
        let tag =
            programs.lines().next().and_then(|name| name.rsplit_once(':')).context("an image has a tag")?.1;
        Ok(Images {
            tag: tag.to_owned(),
            standin: image("standin", Some(built))?,
            app: image("app", None)?,
            postgres: image("postgres", None)?,
            prometheus: image("prometheus", None)?,
            pgbouncer: image("pgbouncer", None)?,
        })
    }

    /// The archives of them all.
    pub fn archives() -> Vec<PathBuf> {
        ["tollgate", "tollgate-sidecar", "standin", "app", "postgres", "prometheus", "pgbouncer"]
            .map(archive)
            .to_vec()
    }

    /// A manifest of `tests/cluster` with the images' names in the places of `$(STANDIN)` and so on.
    fn named_in(&self, manifest: &str) -> String {
        let names = [
            ("$(STANDIN)", &self.standin),
            ("$(APP)", &self.app),
            ("$(PROMETHEUS)", &self.prometheus),
            ("$(PGBOUNCER)", &self.pgbouncer),
        ];
        names.iter().fold(manifest.to_owned(), |text, (place, name)| text.replace(place, name))
    }
}

// === impl Installation ===

impl Installation {
    /// Brings the images in.
    pub fn on(node: Node, images: Images) -> Result<Installation> {
        for archive in Images::archives() {
            node.load(&archive)?;
        }
        Ok(Installation { node, images })
    }

    /// Brings in the image with the SDKs of Node, Go and Java, which `make setup-sdks` installs; its name.
    pub fn sdks(&self) -> Result<String> {
        let name = image("sdks", None)?;
        self.node.load(&archive("sdks"))?;
        Ok(name)
    }

    /// `helm upgrade --install` with the values of `tests/cluster/values.yaml` and, over them, `set` (`key=value`), into a
    /// namespace that enforces Pod Security `restricted`; returns when all of it is ready.
    pub fn install(&self, set: &[&str]) -> Result<()> {
        self.volume()?;
        let namespace = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {
            "name": NAMESPACE, "labels": {"pod-security.kubernetes.io/enforce": "restricted"},
        }});
        self.apply(&namespace.to_string())?;
        let mut helm = self.node.command("helm");
        helm.args(["upgrade", "--install", "tollgate"]).arg(programs::root().join("charts/tollgate"));
        helm.args(["--namespace", NAMESPACE]);
        helm.arg("--values").arg(programs::root().join("tests/cluster/values.yaml"));
        helm.args(["--set-string", &format!("image.tag={}", self.images.tag)]);
        helm.args(["--set-string", &format!("postgres.image={}", self.images.postgres)]);
        for value in set {
            helm.args(["--set", value]);
        }
        good("helm upgrade --install", helm.output()?)?;
        self.rolled_out(NAMESPACE, "statefulset/tollgate-postgres")?;
        self.rolled_out(NAMESPACE, "deployment/tollgate-operator")?;
        self.rolled_out(NAMESPACE, "deployment/tollgate-console")?;
        // A Service takes a moment to know its pod, and the leader one to migrate.
        wait::within(wait::DEADLINE, || self.sql("select 'tollgate_reader_all'::regrole"))?;
        Ok(())
    }

    /// A place for Postgres' data. Any user may write there: the kubelet gives nobody a folder of the node.
    pub fn volume(&self) -> Result<()> {
        let folder = self.node.folder().join("postgres");
        fs::create_dir_all(&folder)?;
        fs::set_permissions(&folder, Permissions::from_mode(0o777))?;
        let manifest = self.cluster_file("volume.yaml")?;
        self.apply(&manifest.replace("$(FOLDER)", &folder.display().to_string()))
    }

    /// The stand-ins for OpenAI and Anthropic, in namespace `providers`.
    pub fn providers(&self) -> Result<()> {
        self.apply_file("providers.yaml")?;
        self.rolled_out("providers", "deployment/standin")
    }

    /// A Prometheus in namespace `monitoring`, configured by the chart's own ConfigMap; it scrapes each second.
    pub fn prometheus(&self) -> Result<()> {
        let of_chart = |key: &str| {
            let path = format!("jsonpath={{.data.{key}\\.yaml}}");
            self.node.kubectl(&[
                "--namespace",
                NAMESPACE,
                "get",
                "configmap",
                "tollgate-prometheus",
                "--output",
                &path,
            ])
        };
        let mut scrape: Value = serde_yaml::from_str(&of_chart("scrape")?)?;
        for job in scrape["scrape_configs"].as_array_mut().context("scrape_configs is a list")? {
            discovered_by_file(job)?;
        }
        scrape["global"] = json!({"scrape_interval": "1s", "evaluation_interval": "1s"});
        scrape["rule_files"] = json!(["/etc/prometheus/rules.yaml"]);
        let config = json!({
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "prometheus", "namespace": "monitoring"},
            "data": {
                "prometheus.yaml": scrape.to_string(),
                "rules.yaml": of_chart("rules")?,
                "targets.py": self.cluster_file("targets.py")?,
            },
        });
        let manifest = self.cluster_file("prometheus.yaml")?;
        self.apply(&format!("{manifest}\n---\n{config}\n"))?;
        self.rolled_out("monitoring", "deployment/prometheus")
    }

    /// Applies a manifest of `tests/cluster`.
    pub fn apply_file(&self, name: &str) -> Result<()> {
        self.apply(&self.cluster_file(name)?)
    }

    /// `kubectl apply` of this text.
    pub fn apply(&self, manifests: &str) -> Result<()> {
        let mut kubectl = self.node.command("kubectl");
        kubectl.args(["apply", "--filename", "-"]);
        good("kubectl apply", fed(&mut kubectl, &self.images.named_in(manifests))?)?;
        Ok(())
    }

    /// Waits until all pods of it are ready.
    pub fn rolled_out(&self, namespace: &str, what: &str) -> Result<()> {
        let waited = self.node.kubectl(&["--namespace", namespace, "rollout", "status", what, ROLLOUT]);
        waited.map(drop).with_context(|| self.pods(namespace))
    }

    /// One statement in the ledger, as its superuser; a row a line, columns separated by `|`.
    pub fn sql(&self, statement: &str) -> Result<String> {
        let mut psql = self.node.command("psql");
        psql.args(["--no-psqlrc", "--tuples-only", "--no-align", "--quiet", "--set", "ON_ERROR_STOP=1"]);
        psql.args(["--command", statement, LEDGER]);
        good(statement, psql.output()?)
    }

    /// What the Prometheus of [`Installation::prometheus`] answers now: for each series its labels and its value.
    pub fn query(&self, promql: &str) -> Result<Vec<(Value, String)>> {
        let mut promtool = self.node.command("promtool");
        promtool.args(["query", "instant", "--format=json", "http://prometheus.monitoring.svc:9090", promql]);
        let answer: Vec<Value> = serde_json::from_str(&good(promql, promtool.output()?)?)?;
        let series = answer.into_iter().map(|series| {
            let value = series["value"][1].as_str().context("a sample is a time and a text")?.to_owned();
            Ok((series["metric"].clone(), value))
        });
        series.collect()
    }

    /// How the pods of a namespace are, for whoever must find out why something did not come up.
    pub fn pods(&self, namespace: &str) -> String {
        let pods = self.node.kubectl(&["--namespace", namespace, "get", "pods", "--output", "wide"]);
        let events =
            self.node.kubectl(&["--namespace", namespace, "get", "events", "--sort-by", ".lastTimestamp"]);
        let text = |output: Result<String>| output.unwrap_or_else(|error| format!("{error:#}"));
        format!("pods of {namespace}:\n{}\nevents:\n{}", text(pods), text(events))
    }

    fn cluster_file(&self, name: &str) -> Result<String> {
        let path = programs::root().join("tests/cluster").join(name);
        fs::read_to_string(&path).with_context(|| format!("{}", path.display()))
    }
}

/// Where the console's Service is, in the node's network.
pub fn console(node: &Node) -> Result<SocketAddr> {
    let path = "jsonpath={.spec.clusterIP}:{.spec.ports[0].port}";
    let service = ["--namespace", NAMESPACE, "get", "service", "tollgate-console", "--output", path];
    Ok(node.kubectl(&service)?.parse()?)
}

/// Puts the file of `targets.py` in the place of Kubernetes' own discovery, which Debian's Prometheus is built without.
fn discovered_by_file(job: &mut Value) -> Result<()> {
    let job = job.as_object_mut().context("a job is a mapping")?;
    let discovery = job.remove("kubernetes_sd_configs").context("a job finds the cluster's pods")?;
    job.insert("file_sd_configs".to_owned(), json!([{"files": ["/targets/*.json"]}]));
    if let Some(names) = discovery[0]["namespaces"]["names"].as_array() {
        let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
        let only = json!({
            "source_labels": ["__meta_kubernetes_namespace"], "regex": names.join("|"), "action": "keep",
        });
        job["relabel_configs"].as_array_mut().context("a job relabels")?.insert(0, only);
    }
    Ok(())
}

fn archive(name: &str) -> PathBuf {
    programs::root().join(".cache/images").join(format!("{name}.tar"))
}

/// Makes one image; what the script prints: its name.
fn image(name: &str, built: Option<&Path>) -> Result<String> {
    let mut build = Command::new(programs::root().join("tests/images/build"));
    build.arg(name).args(built).stdin(Stdio::null());
    good(&format!("tests/images/build {name}"), build.output()?)
}

pub(super) fn fed(command: &mut Command, input: &str) -> Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    child.stdin.take().context("stdin is a pipe")?.write_all(input.as_bytes())?;
    Ok(child.wait_with_output()?)
}

pub(super) fn good(what: &str, output: Output) -> Result<String> {
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{what}: {}\n{errors}", output.status);
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}
