//! The layout of docs/gitops.md, applied by Flux itself: source-, kustomize- and helm-controller beside a node. Everything is healthy,
//! nothing is written twice, what is beside git is left alone, what git no longer has goes, and what is wrong is said.

use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use serde_json::{Value, json};
use tollgate_tests::harness::{
    gitops::{self, Stage, TEAM},
    http::Call,
    world::chat,
};

/// A cluster that Flux keeps as git says.
struct Flux {
    stage: Stage,
    /// Counts what was asked for, so that each wish is another one.
    wishes: u32,
}

static FLUX: LazyLock<Mutex<Flux>> = LazyLock::new(|| Mutex::new(Flux::bootstrapped().expect("Flux")));

const SYSTEM: &str = "flux-system";
/// In the order in which one needs the other.
const EVERYTHING: [(&str, &str); 6] = [
    ("gitrepository", SYSTEM),
    ("kustomization", SYSTEM),
    ("ocirepository", "tollgate"),
    ("helmrelease", "tollgate"),
    ("kustomization", "tollgate"),
    ("kustomization", "features"),
];
const ASKED: &str = "reconcile.fluxcd.io/requestedAt";
/// What `flux bootstrap` commits under clusters/prod/flux-system, but for where git is.
const BOOTSTRAP: &str = "
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 10m, ref: {branch: main}, url: $(GIT)}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec:
  interval: 10m
  path: ./clusters/prod
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
";

/// The cluster for one test, as the layout has it. What a test changes in git is of no matter to the next.
fn turn() -> MutexGuard<'static, Flux> {
    let mut flux = FLUX.lock().unwrap_or_else(PoisonError::into_inner);
    let commit = flux.stage.lay_out().expect("a commit");
    flux.sync(&commit);
    flux
}

// === impl Flux ===

impl Flux {
    fn bootstrapped() -> Result<Flux> {
        let mut stage = Stage::set()?;
        stage.apply_file(&gitops::tool("flux/kinds.yaml"))?;
        stage.ctl(&["create", "namespace", SYSTEM])?;
        let files = stage.folder().join("artifacts");
        std::fs::create_dir(&files)?;
        let served = "127.0.0.1:9790";
        for (name, port, more) in [
            (
                "source-controller",
                9700,
                vec![
                    format!("--storage-path={}", files.display()),
                    format!("--storage-addr={served}"),
                    format!("--storage-adv-addr={served}"),
                ],
            ),
            ("kustomize-controller", 9710, vec!["--requeue-dependency=1s".to_owned()]),
            ("helm-controller", 9720, Vec::new()),
        ] {
            let mut command = stage.tool(&format!("flux/{name}"));
            command.env("RUNTIME_NAMESPACE", SYSTEM).args(more);
            command.arg(format!("--metrics-addr=127.0.0.1:{port}"));
            command.arg(format!("--health-addr=127.0.0.1:{}", port + 1));
            stage.run(name, &command)?;
        }
        stage.tollgate.apply(&BOOTSTRAP.replace("$(GIT)", &stage.repository_url()))?;
        let flux = Flux { stage, wishes: 0 };
        for (kind, name) in EVERYTHING {
            flux.until_ready(kind, name);
        }
        Ok(flux)
    }

    fn get(&self, kind: &str, name: &str) -> Value {
        self.stage.get(SYSTEM, &[kind, name]).unwrap_or_default()
    }

    fn ready(&self, kind: &str, name: &str) -> Value {
        let object = self.get(kind, name);
        let mut conditions = object["status"]["conditions"].as_array().into_iter().flatten();
        conditions.find(|condition| condition["type"] == "Ready").cloned().unwrap_or_default()
    }

    fn until_ready(&self, kind: &str, name: &str) {
        self.stage.until(&format!("{kind} {name} is ready"), || {
            let ready = self.ready(kind, name);
            if ready["status"] == "True" { Ok(()) } else { Err(ready.to_string()) }
        });
    }

    /// As `flux reconcile` does: asks for it, and waits until it was done; what it came to.
    fn reconcile(&mut self, kind: &str, name: &str) -> Value {
        self.wishes += 1;
        let wish = format!("wish-{}", self.wishes);
        self.stage
            .ctl(&["-n", SYSTEM, "annotate", "--overwrite", kind, name, &format!("{ASKED}={wish}")])
            .expect("annotated");
        self.stage.until(&format!("{kind} {name} is reconciled"), || {
            let status = &self.get(kind, name)["status"];
            if status["lastHandledReconcileAt"] == wish.as_str() { Ok(()) } else { Err(status.to_string()) }
        });
        self.ready(kind, name)
    }

    /// Everything, from git on; the features' condition.
    fn reconcile_all(&mut self) -> Value {
        let (features, others) = EVERYTHING.split_last().expect("something");
        for (kind, name) in others {
            let ready = self.reconcile(kind, name);
            assert_eq!(ready["status"], "True", "{kind} {name}: {ready}");
        }
        self.reconcile(features.0, features.1)
    }

    /// The cluster is what this commit says, and healthy.
    fn sync(&mut self, commit: &str) {
        let ready = self.reconcile_all();
        let message = ready["message"].as_str().unwrap_or_default();
        assert_eq!(ready["status"], "True", "{ready}");
        assert!(message.contains(commit), "{ready} is not {commit}");
    }

    fn annotate(&self, flag: &str, how: &[&str]) {
        self.stage.ctl(&[&["-n", TEAM, "annotate", "tff", flag], how].concat()).expect("annotated");
    }

    fn flag(&self, name: &str) -> Value {
        self.stage.get(TEAM, &["tff", name]).expect("a flag")
    }
}

fn editor() -> Value {
    json!({"labels": {"app": "editor"}})
}

fn call() -> Call {
    chat(json!({}), "input=1000 output=500").under("/openai")
}

#[test]
fn the_layout_is_healthy_by_flux_and_by_kstatus() {
    let flux = turn();
    for (kind, name) in EVERYTHING {
        let ready = flux.ready(kind, name);
        assert_eq!(ready["status"], "True", "{kind} {name}: {ready}");
    }
    let (current, lines) = flux.stage.kstatus().expect("kstatus");
    assert!(current, "{lines}");
    for flag in ["writing-assistant", "pictures"] {
        assert!(lines.contains(&format!("Current FeatureFlag {TEAM}/{flag}")), "{lines}");
    }
    assert!(lines.contains(&format!("Current UsageAlert {TEAM}/daily")), "{lines}");
}

#[test]
fn two_more_syncs_write_nothing_and_find_no_drift() {
    let mut flux = turn();
    let before = flux.stage.written();
    assert!(before.len() > 20, "{before:#?}");

    for _ in 0..2 {
        let ready = flux.reconcile_all();
        assert_eq!(ready["status"], "True", "{ready}");
    }

    assert_eq!(flux.stage.written(), before);
    // the chart was installed, and never upgraded; what differs in the cluster would be an Event
    let release = flux.get("helmrelease", "tollgate");
    assert_eq!(release["spec"]["driftDetection"]["mode"], "enabled", "{release:#}");
    assert_eq!(release["status"]["history"].as_array().map(Vec::len), Some(1), "{release:#}");
    let events = flux.stage.ctl(&["-n", SYSTEM, "get", "events"]).expect("events");
    assert!(!events.contains("DriftDetected"), "{events}");
}

#[test]
fn an_override_is_left_alone_and_a_flag_of_git_is_switched_in_no_other_way() {
    let mut flux = turn();
    flux.stage.pod("overridden", editor()).expect("a pod");
    flux.stage.answered("overridden", &call(), 200);

    let off = ["off", "writing-assistant", "-n", TEAM, "--yes", "--reason", "it writes nonsense"];
    let (well, said) = flux.stage.kubectl_tollgate(&off).expect("kubectl tollgate");
    assert!(!well && said.contains("Flux's Kustomization flux-system/features"), "{said}");
    let (well, said) =
        flux.stage.kubectl_tollgate(&[&off[..], &["--for", "2h"]].concat()).expect("kubectl tollgate");
    assert!(well, "{said}");
    flux.stage.answered("overridden", &call(), 403);
    // by hand, as docs/flags.md has it: what a manager named kubectl… writes, Flux takes back
    let by_hand = ["tollgate.dev/override=disabled", "tollgate.dev/override-until=2099-01-01T00:00:00Z"];
    flux.annotate("pictures", &[&by_hand[..], &["--field-manager=tollgate-override"]].concat());
    let before = flux.stage.written();

    for _ in 0..2 {
        let ready = flux.reconcile_all();
        assert_eq!(ready["status"], "True", "{ready}");
    }

    assert_eq!(flux.stage.written(), before);
    for flag in ["writing-assistant", "pictures"] {
        assert_eq!(flux.flag(flag)["status"]["effective"]["reason"], "Override", "{flag}");
    }
    flux.stage.answered("overridden", &call(), 403);
    for flag in ["writing-assistant", "pictures"] {
        flux.annotate(flag, &["tollgate.dev/override-", "tollgate.dev/override-until-"]);
    }
    flux.stage.answered("overridden", &call(), 200);
}

#[test]
fn a_spent_budget_goes_on_refusing_through_syncs() {
    let mut flux = turn();
    flux.stage.pod("spent", json!({"annotations": {"tollgate.dev/feature": "essays"}})).expect("a pod");
    // 600 USD of 200 a day
    let dear = chat(json!({}), "input=100 output=1000000000 chunks=1").under("/openai");
    assert_eq!(flux.stage.call("spent", &dear).status(), 200);
    let refusal = flux.stage.answered("spent", &call(), 403);
    assert!(refusal.contains("The budget UsageAlert shop/daily is spent until"), "{refusal}");
    let before = flux.stage.written();

    for _ in 0..2 {
        let ready = flux.reconcile_all();
        assert_eq!(ready["status"], "True", "{ready}");
    }

    assert_eq!(flux.stage.written(), before);
    let refusal = flux.stage.answered("spent", &call(), 403);
    assert!(refusal.contains("The budget UsageAlert shop/daily is spent until"), "{refusal}");
}

#[test]
fn a_flag_that_git_no_longer_has_goes_and_its_calls_pass_as_before() {
    let mut flux = turn();
    flux.stage.pod("removed", editor()).expect("a pod");
    let flags = "features/base/flags.yaml";
    let named = |object: &Value| object["metadata"]["name"] == "writing-assistant";
    let switched = |objects: &mut Vec<Value>| {
        for object in objects.iter_mut().filter(|object| named(object)) {
            object["spec"]["enabled"] = json!(false);
        }
    };
    flux.stage.edit(flags, switched).expect("edited");
    let commit = flux.stage.commit("off").expect("a commit");
    flux.sync(&commit);
    // healthy is: every sidecar holds it
    assert_eq!(flux.stage.call("removed", &call()).status(), 403);

    flux.stage.edit(flags, |objects| objects.retain(|object| !named(object))).expect("edited");
    let commit = flux.stage.commit("gone").expect("a commit");
    flux.sync(&commit);

    let flags = flux.stage.ctl(&["-n", TEAM, "get", "tff", "-o", "name"]).expect("flags");
    assert_eq!(flags, "featureflag.tollgate.dev/pictures");
    flux.stage.answered("removed", &call(), 200);
}

#[test]
fn a_broken_flag_is_told_in_flux_status_with_what_to_write_and_nothing_is_applied() {
    let mut flux = turn();
    let before = flux.stage.written();
    let broken = |objects: &mut Vec<Value>| {
        let pictures = objects.iter_mut().find(|object| object["metadata"]["name"] == "pictures");
        pictures.expect("a flag")["spec"]["rollout"] = json!({"percent": 110, "by": "User"});
    };
    flux.stage.edit("features/base/flags.yaml", broken).expect("edited");
    flux.stage.commit("more than everybody").expect("a commit");

    let ready = flux.reconcile_all();

    assert_eq!(ready["status"], "False", "{ready}");
    let message = ready["message"].as_str().expect("a message");
    for part in ["FeatureFlag/shop/pictures", "spec.rollout.percent", "100"] {
        assert!(message.contains(part), "{message}");
    }
    assert_eq!(flux.stage.written(), before);
}
