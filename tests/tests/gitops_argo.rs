//! The layout of docs/gitops.md, applied by Argo CD itself: its application-controller and repo-server beside a node. Everything is
//! healthy by the health check of the docs, nothing is written twice, what is beside git is left alone, what git no longer has goes,
//! and what is wrong is said.

use std::{
    fs,
    process::Command,
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
};

use anyhow::Result;
use serde_json::{Value, json};
use tollgate_tests::harness::{
    gitops::{self, Stage, TEAM},
    http::Call,
    programs,
    world::chat,
};

/// A cluster that Argo CD keeps as git says.
struct Argo {
    stage: Stage,
    /// Counts what was asked for, so that each wish is another one.
    wishes: u32,
}

static ARGO: LazyLock<Mutex<Argo>> = LazyLock::new(|| Mutex::new(Argo::started().expect("Argo CD")));

const SYSTEM: &str = "argocd";
const APPLICATIONS: [&str; 2] = ["tollgate", "features"];
/// What Argo CD's own installation and its API server make.
const SETTINGS: &str = "
{apiVersion: v1, kind: ConfigMap, metadata: {name: argocd-rbac-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: argocd-ssh-known-hosts-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: argocd-tls-certs-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}}
---
apiVersion: v1
kind: Secret
metadata: {name: argocd-secret, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
stringData: {server.secretkey: only-on-this-machine}
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: default, namespace: argocd}
spec:
  sourceRepos: ['*']
  destinations: [{namespace: '*', server: '*'}]
  clusterResourceWhitelist: [{group: '*', kind: '*'}]
";

/// The cluster for one test, as the layout has it. What a test changes in git is of no matter to the next.
fn turn() -> MutexGuard<'static, Argo> {
    let mut argo = ARGO.lock().unwrap_or_else(PoisonError::into_inner);
    let commit = argo.stage.lay_out().expect("a commit");
    argo.takes(&commit);
    argo
}

// === impl Argo ===

impl Argo {
    fn started() -> Result<Argo> {
        let mut stage = Stage::set()?;
        stage.apply_file(&gitops::tool("argo/kinds.yaml"))?;
        stage.ctl(&["create", "namespace", SYSTEM])?;
        stage.tollgate.apply(SETTINGS)?;
        stage.apply_file(&programs::root().join("docs/gitops/argocd/health.yaml"))?;
        stage.ctl(&["config", "set-context", "--current", &format!("--namespace={SYSTEM}")])?;

        let mut redis = stage.tollgate.node.command("redis-server");
        redis.args(["--bind", "127.0.0.1", "--port", "6379", "--save", "", "--appendonly", "no", "--dir"]);
        redis.arg(stage.folder());
        stage.run("redis", &redis)?;
        let path = std::env::var("PATH")?;
        for (name, args) in [
            ("argocd-repo-server", ["--redis=127.0.0.1:6379", "--address=127.0.0.1", "--disable-tls"]),
            (
                "argocd-application-controller",
                ["--redis=127.0.0.1:6379", "--repo-server=127.0.0.1:8081", "--repo-server-plaintext"],
            ),
        ] {
            let mut command = stage.tool("argo/argocd");
            command.args(args).args(["--logformat", "text"]).env("ARGOCD_BINARY_NAME", name);
            // kustomize is where argocd is, helm where the node's programs are
            command.env("PATH", format!("{}:{path}", gitops::tool("argo").display()));
            command.env("ARGOCD_FAKE_IN_CLUSTER", "true").env("ARGOCD_GPG_ENABLED", "false");
            command.env("ARGOCD_ASK_PASS_SOCK", stage.folder().join("ask-pass.sock"));
            for kind in ["TLS", "SSH"] {
                command.env(format!("ARGOCD_{kind}_DATA_PATH"), stage.folder().join(kind));
            }
            stage.run(name, &command)?;
        }
        for file in ["argocd/tollgate.yaml", "argocd/features.yaml"] {
            for object in stage.manifests(file)? {
                stage.tollgate.apply(&object.to_string())?;
            }
        }
        let argo = Argo { stage, wishes: 0 };
        for application in APPLICATIONS {
            argo.until_well(application, None);
        }
        Ok(argo)
    }

    fn application(&self, name: &str) -> Value {
        self.stage.get(SYSTEM, &["applications.argoproj.io", name]).unwrap_or_default()
    }

    /// Waits until it is Synced and Healthy, at this commit if one is named.
    fn until_well(&self, name: &str, commit: Option<&str>) {
        self.stage.until(&format!("{name} is synced and healthy"), || {
            let status = &self.application(name)["status"];
            let here = commit.is_none_or(|commit| status["sync"]["revision"] == commit);
            let done = status["operationState"]["phase"] == "Succeeded";
            if here && done && status["sync"]["status"] == "Synced" && status["health"]["status"] == "Healthy"
            {
                Ok(())
            } else {
                Err(format!("{status:#}"))
            }
        });
    }

    /// As `argocd app get --hard-refresh` does: compares anew with what git and the registry say now; its status then.
    fn refresh(&self, name: &str) -> Value {
        let annotate = ["-n", SYSTEM, "annotate", "--overwrite", "applications.argoproj.io", name];
        self.stage.ctl(&[&annotate[..], &["argocd.argoproj.io/refresh=hard"]].concat()).expect("annotated");
        self.stage.until(&format!("{name} is refreshed"), || {
            let application = self.application(name);
            let wish = &application["metadata"]["annotations"]["argocd.argoproj.io/refresh"];
            if wish.is_null() { Ok(application["status"].clone()) } else { Err(application.to_string()) }
        })
    }

    /// As `argocd app sync` does: applies everything, changed or not.
    fn sync(&mut self, name: &str) {
        self.wishes += 1;
        let wish = json!([{"name": "wish", "value": self.wishes.to_string()}]);
        let options = &self.application(name)["spec"]["syncPolicy"]["syncOptions"];
        let operation = json!({"operation": {
            "initiatedBy": {"username": "ada"}, "info": wish, "sync": {"prune": true, "syncOptions": options},
        }});
        let patch = ["-n", SYSTEM, "patch", "applications.argoproj.io", name, "--type=merge", "--patch"];
        self.stage.ctl(&[&patch[..], &[&operation.to_string()]].concat()).expect("patched");
        self.stage.until(&format!("{name} is synced"), || {
            let state = &self.application(name)["status"]["operationState"];
            if state["operation"]["info"] == wish && state["phase"] == "Succeeded" {
                Ok(())
            } else {
                Err(format!("{state:#}"))
            }
        });
    }

    /// As [`Stage::written`]. Whether Argo CD counts itself among the owners of the field that it is told to ignore is another matter
    /// from sync to sync, and changes nothing.
    fn written(&self) -> Vec<Value> {
        let mut written = self.stage.written();
        for entry in written.iter_mut().filter_map(|object| object["fields"].as_array_mut()).flatten() {
            let webhooks = entry.pointer_mut("/fieldsV1/f:webhooks").and_then(Value::as_object_mut);
            for webhook in webhooks.into_iter().flat_map(|webhooks| webhooks.values_mut()) {
                let config = webhook.get_mut("f:clientConfig").and_then(Value::as_object_mut);
                let _ignored = config.map(|config| config.remove("f:caBundle"));
            }
        }
        written
    }

    /// Two more syncs of everything; nothing is out of sync afterwards.
    fn syncs_twice(&mut self) {
        for _ in 0..2 {
            for application in APPLICATIONS {
                self.sync(application);
                let status = self.refresh(application);
                assert_eq!(status["sync"]["status"], "Synced", "{status:#}");
            }
        }
    }

    /// The features are what this commit says, and healthy.
    fn takes(&mut self, commit: &str) {
        self.refresh("features");
        self.until_well("features", Some(commit));
    }
}

fn editor() -> Value {
    json!({"labels": {"app": "editor"}})
}

fn call() -> Call {
    chat(json!({}), "input=1000 output=500").under("/openai")
}

/// What Argo CD makes of an object by the health check of the docs.
fn health(object: &Value) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("object.yaml");
    fs::write(&file, object.to_string()).expect("written");
    let settings = programs::root().join("docs/gitops/argocd/health.yaml");
    let mut argocd = Command::new(gitops::tool("argo/argocd"));
    argocd.args(["admin", "settings", "resource-overrides", "health"]).arg(&file);
    let output = argocd.arg("--argocd-cm-path").arg(settings).output().expect("argocd");
    String::from_utf8([output.stdout, output.stderr].concat()).expect("text")
}

/// A flag of generation 2, with these conditions.
fn flag(conditions: Value) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
        "metadata": {"name": "chat", "namespace": TEAM, "generation": 2}, "status": {"conditions": conditions},
    })
}

#[test]
fn the_layout_is_synced_and_healthy_flag_by_flag() {
    let argo = turn();
    let status = argo.application("features")["status"].clone();
    let resources = status["resources"].as_array().expect("resources");
    let names: Vec<_> =
        resources.iter().map(|resource| resource["name"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["pictures", "writing-assistant", "daily"], "{status:#}");
    assert!(resources.iter().all(|resource| resource["status"] == "Synced"), "{resources:#?}");
    argo.until_well("tollgate", None);
}

#[test]
fn two_more_syncs_write_nothing_and_find_no_drift() {
    let mut argo = turn();
    let before = argo.written();
    assert!(before.len() > 20, "{before:#?}");
    let history = argo.application("tollgate")["status"]["history"].clone();
    assert!(history.as_array().is_some_and(|history| !history.is_empty()), "{history}");

    argo.syncs_twice();

    assert_eq!(argo.written(), before);
}

#[test]
fn an_override_is_left_alone_and_a_flag_of_git_is_switched_in_no_other_way() {
    let mut argo = turn();
    argo.stage.pod("overridden", editor()).expect("a pod");
    argo.stage.answered("overridden", &call(), 200);

    let off = ["off", "writing-assistant", "-n", TEAM, "--yes", "--reason", "it writes nonsense"];
    let (well, said) = argo.stage.kubectl_tollgate(&off).expect("kubectl tollgate");
    assert!(!well && said.contains("Argo CD's Application features"), "{said}");
    let (well, said) =
        argo.stage.kubectl_tollgate(&[&off[..], &["--for", "2h"]].concat()).expect("kubectl tollgate");
    assert!(well, "{said}");
    argo.stage.answered("overridden", &call(), 403);
    let before = argo.written();

    argo.syncs_twice();

    assert_eq!(argo.written(), before);
    let flag = argo.stage.get(TEAM, &["tff", "writing-assistant"]).expect("a flag");
    assert_eq!(flag["status"]["effective"]["reason"], "Override");
    argo.stage.answered("overridden", &call(), 403);
    let ends = ["tollgate.dev/override-", "tollgate.dev/override-until-"];
    argo.stage
        .ctl(&[&["-n", TEAM, "annotate", "tff", "writing-assistant"], &ends[..]].concat())
        .expect("ended");
    argo.stage.answered("overridden", &call(), 200);
}

#[test]
fn a_spent_budget_goes_on_refusing_through_syncs() {
    let mut argo = turn();
    argo.stage.pod("spent", json!({"annotations": {"tollgate.dev/feature": "essays"}})).expect("a pod");
    // 600 USD of 200 a day
    let dear = chat(json!({}), "input=100 output=1000000000 chunks=1").under("/openai");
    assert_eq!(argo.stage.call("spent", &dear).status(), 200);
    let refusal = argo.stage.answered("spent", &call(), 403);
    assert!(refusal.contains("The budget UsageAlert shop/daily is spent until"), "{refusal}");
    let before = argo.written();

    argo.syncs_twice();

    assert_eq!(argo.written(), before);
    let refusal = argo.stage.answered("spent", &call(), 403);
    assert!(refusal.contains("The budget UsageAlert shop/daily is spent until"), "{refusal}");
}

#[test]
fn a_flag_that_git_no_longer_has_goes_and_its_calls_pass_as_before() {
    let mut argo = turn();
    argo.stage.pod("removed", editor()).expect("a pod");
    let flags = "features/base/flags.yaml";
    let named = |object: &Value| object["metadata"]["name"] == "writing-assistant";
    let switched = |objects: &mut Vec<Value>| {
        for object in objects.iter_mut().filter(|object| named(object)) {
            object["spec"]["enabled"] = json!(false);
        }
    };
    argo.stage.edit(flags, switched).expect("edited");
    let commit = argo.stage.commit("off").expect("a commit");
    argo.takes(&commit);
    // healthy is: every sidecar holds it
    assert_eq!(argo.stage.call("removed", &call()).status(), 403);

    argo.stage.edit(flags, |objects| objects.retain(|object| !named(object))).expect("edited");
    let commit = argo.stage.commit("gone").expect("a commit");
    argo.takes(&commit);

    let flags = argo.stage.ctl(&["-n", TEAM, "get", "tff", "-o", "name"]).expect("flags");
    assert_eq!(flags, "featureflag.tollgate.dev/pictures");
    argo.stage.answered("removed", &call(), 200);
}

#[test]
fn a_broken_flag_is_told_in_the_applications_status_with_what_to_write_and_nothing_is_applied() {
    let argo = turn();
    let before = argo.written();
    let broken = |objects: &mut Vec<Value>| {
        let pictures = objects.iter_mut().find(|object| object["metadata"]["name"] == "pictures");
        pictures.expect("a flag")["spec"]["rollout"] = json!({"percent": 110, "by": "User"});
    };
    argo.stage.edit("features/base/flags.yaml", broken).expect("edited");
    argo.stage.commit("more than everybody").expect("a commit");

    argo.refresh("features");

    let told = argo.stage.until("why it is not applied", || {
        let status = argo.application("features")["status"].clone();
        let results =
            status["operationState"]["syncResult"]["resources"].as_array().cloned().unwrap_or_default();
        let failed = results.iter().find(|result| result["status"] == "SyncFailed");
        failed.map(|result| result["message"].to_string()).ok_or_else(|| format!("{status:#}"))
    });
    for part in ["pictures", "spec.rollout.percent", "100"] {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(argo.written(), before);
}

#[test]
fn a_flag_is_healthy_once_it_is_in_force_as_it_is_written_now() {
    let ready = |status: &str, generation: u64, message: &str| json!({"type": "Ready", "status": status, "observedGeneration": generation, "message": message});
    let in_force = health(&flag(json!([ready("True", 2, "All 2 sidecars hold it")])));
    assert!(in_force.contains("Healthy") && in_force.contains("All 2 sidecars hold it"), "{in_force}");

    for (conditions, message) in [
        (json!([ready("False", 2, "1 of 2 sidecars hold it")]), "1 of 2 sidecars hold it"),
        (json!([ready("True", 1, "All 2 sidecars hold it")]), "The operator has not looked at it yet"),
        (json!([]), "The operator has not looked at it yet"),
    ] {
        let progressing = health(&flag(conditions));
        assert!(progressing.contains("Progressing") && progressing.contains(message), "{progressing}");
    }
}

#[test]
fn a_flag_that_cannot_be_obeyed_is_degraded_and_says_why() {
    let message = "spec.match[0].path: \"v1\" does not begin with /";
    let degraded = health(&flag(json!([
        {"type": "Accepted", "status": "False", "observedGeneration": 2, "message": message},
        {"type": "Ready", "status": "False", "observedGeneration": 2, "message": message},
    ])));
    assert!(degraded.contains("Degraded") && degraded.contains("does not begin with /"), "{degraded}");
}
