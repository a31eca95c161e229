//! What git says of flags and alerts, applied as Flux's kustomize-controller applies it: healthy by Flux's own kstatus, no drift,
//! overlays left alone, and gone when it is gone from git.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde_json::{Value, json};
use tollgate_tests::harness::{fleet::Fleet, programs, wait};

/// A cluster that git is applied to.
struct Scene {
    fleet: Fleet,
}

const MANAGER: &str = "kustomize-controller";
const OBJECTS: &str = "featureflags.tollgate.dev,usagealerts.tollgate.dev";

// === impl Scene ===

impl Scene {
    fn new() -> Scene {
        let fleet = Fleet::start(1, &[]).expect("a fleet");
        fleet.namespace("shop", &[]).expect("a namespace");
        Scene { fleet }
    }

    /// The layout of docs/gitops.md, as kustomize builds it, with the labels that Flux puts on everything.
    fn built(&self) -> Vec<Value> {
        let overlay = programs::root().join("docs/gitops/features/prod");
        let built = self.kubectl(&["kustomize", &overlay.display().to_string()], "");
        let documents = serde_yaml::Deserializer::from_str(&built);
        let mut objects: Vec<Value> =
            documents.map(|document| serde::Deserialize::deserialize(document).expect("YAML")).collect();
        for object in &mut objects {
            object["metadata"]["labels"] = json!({
                "kustomize.toolkit.fluxcd.io/name": "features", "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
            });
        }
        objects
    }

    fn sync(&self, objects: &[Value]) {
        let texts: Vec<String> = objects.iter().map(Value::to_string).collect();
        let manager = format!("--field-manager={MANAGER}");
        let args = ["apply", "--server-side", "--force-conflicts", &manager, "-f", "-"];
        self.kubectl(&args, &texts.join("\n---\n"));
    }

    fn kubectl(&self, args: &[&str], input: &str) -> String {
        let mut kubectl = self.fleet.plane.kubectl().expect("kubectl");
        fed(kubectl.args(args), input).1
    }

    fn objects(&self) -> String {
        self.kubectl(&["get", OBJECTS, "-n", "shop", "-o", "json"], "")
    }

    /// What kstatus makes of them: whether all are Current, and its lines.
    fn kstatus(&self) -> (bool, String) {
        let program = programs::root().join(".cache/sdks/kstatus/kstatus");
        fed(&mut Command::new(program), &self.objects())
    }

    fn until_current(&self) -> String {
        wait::eventually("all are Current", || match self.kstatus() {
            (true, lines) => Ok(lines),
            (false, lines) => Err(lines),
        })
    }

    /// By name: version and spec.
    fn versions(&self) -> Vec<(String, String, Value)> {
        let list: Value = serde_json::from_str(&self.objects()).expect("JSON");
        let items = list["items"].as_array().expect("items").iter();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        items
            .map(|item| {
                let generation = item["metadata"]["generation"].to_string();
                (text(&item["metadata"]["name"]), generation, item["spec"].clone())
            })
            .collect()
    }
}

/// Whether it ended well, and what it printed. `make setup-sdks` builds what is in .cache/sdks.
fn fed(command: &mut Command, input: &str) -> (bool, String) {
    let program = command.get_program().to_owned();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{program:?}: {error}; make setup-sdks"));
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("fed");
    let output = child.wait_with_output().expect("an end");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.is_empty() || output.status.success(), "{program:?}: {errors}");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn the_layout_of_the_docs_is_current_without_drift_and_goes_when_git_says_so() {
    let mut scene = Scene::new();
    let objects = scene.built();
    assert_eq!(objects.len(), 3);

    scene.sync(&objects);
    let lines = scene.until_current();
    for line in [
        "Current FeatureFlag shop/pictures",
        "Current FeatureFlag shop/writing-assistant",
        "Current UsageAlert shop/daily",
    ] {
        assert!(lines.contains(line), "{lines}");
    }
    let before = scene.versions();
    assert_eq!(before[2].2["limit"]["amount"], "200", "{before:?}");

    // an override in a hurry, and a budget's word in the status
    let annotate = ["annotate", "tff", "pictures", "-n", "shop"];
    let until = ["tollgate.dev/override=disabled", "tollgate.dev/override-until=2099-01-01T00:00:00Z"];
    scene.kubectl(&[&annotate[..], &until[..]].concat(), "");
    let overridden = wait::eventually("the override", || {
        let flag = scene.fleet.get("tff", "shop", "pictures").map_err(|error| error.to_string())?;
        if flag["status"]["effective"]["reason"] == "Override" {
            Ok(flag)
        } else {
            Err(flag["status"].to_string())
        }
    });
    scene.sync(&objects);
    let synced = scene.fleet.get("tff", "shop", "pictures").expect("a flag");
    assert_eq!(synced["metadata"]["annotations"]["tollgate.dev/override"], "disabled");
    assert_eq!(synced["status"]["effective"], overridden["status"]["effective"]);
    assert_eq!(scene.versions(), before, "a second sync changes no spec");
    scene.until_current();

    // a pod whose sidecar does not hold what changes
    let marked = json!({"metadata": {"annotations": {"tollgate.dev/injected": "tollgate"}}});
    let pod = scene.fleet.runtime.block_on(scene.fleet.cluster.pod("shop", "late", marked)).expect("a pod");
    let mut commits = objects.clone();
    let pictures =
        commits.iter().position(|object| object["metadata"]["name"] == "pictures").expect("a flag");
    let mut percent = 10;
    // each look is another commit: the operator may not know of the pod yet
    wait::eventually("a flag in progress", || {
        percent = percent % 100 + 1;
        commits[pictures]["spec"]["rollout"]["percent"] = json!(percent);
        scene.sync(&commits);
        match scene.kstatus() {
            (false, lines)
                if lines.contains("InProgress FeatureFlag shop/pictures 0 of 1 sidecars hold it") =>
            {
                Ok(())
            }
            (_, lines) => Err(lines),
        }
    });
    scene.fleet.runtime.block_on(scene.fleet.cluster.delete_pod(&pod)).expect("deleted");
    scene.fleet.pod("shop", "web").expect("a pod with a sidecar");
    scene.until_current();

    // pruned
    scene.kubectl(&["delete", "tff", "pictures", "-n", "shop", "--timeout=20s"], "");
    assert_eq!(scene.versions().len(), 2);
}
