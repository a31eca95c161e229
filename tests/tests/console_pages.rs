//! What is changed in the console: features are turned off and on, groups of calls are named; as the person, with a reason.

use std::sync::LazyLock;

use kube::{
    Api,
    api::{Patch, PatchParams},
    core::{ApiResource, DynamicObject, GroupVersionKind},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tollgate_tests::harness::{
    console::{ADMIN, Browser, Console, Person, READER, Stage, runtime},
    control_plane::Cluster,
    http::Reply,
    wait,
};

/// A test's own console.
struct Here {
    runtime: Runtime,
    cluster: Cluster,
    console: Console,
    _folder: TempDir,
}

static STAGE: LazyLock<Stage> = LazyLock::new(Stage::set);

fn flag(name: &str, labels: Value) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
        "metadata": {"name": name, "namespace": "shop", "labels": labels}, "spec": {"enabled": true},
    })
}

// === impl Here ===

impl Here {
    fn start() -> Here {
        let runtime = runtime();
        let folder = tempfile::Builder::new().prefix("tollgate-console-").tempdir().expect("a folder");
        let cluster = runtime.block_on(STAGE.plane.cluster()).expect("a client");
        let console = runtime.block_on(STAGE.console(&cluster, folder.path(), &[])).expect("a console");
        Here { runtime, cluster, console, _folder: folder }
    }

    fn browser(&self, person: Person) -> Browser {
        self.console.sign_in(&self.runtime.block_on(person.token(&self.cluster)).expect("a token"))
    }

    fn apply(&self, object: &Value) {
        self.runtime.block_on(self.cluster.apply(object)).expect("applied");
    }

    /// A flag as the console knows it, once it is what the test waits for.
    fn flag(&self, browser: &Browser, name: &str, is: impl Fn(&Value) -> bool) -> Value {
        wait::eventually("the flag is what it should be", || {
            let reply = browser.get("/api/v1/features").send(self.console.address);
            let flags: Value = serde_json::from_str(&reply.text()).unwrap_or_default();
            let found = flags["flags"].as_array().into_iter().flatten().find(|flag| flag["name"] == name);
            let seen = found.cloned().unwrap_or_default();
            if is(&seen) { Ok(seen) } else { Err(seen) }
        })
    }

    fn get(&self, browser: &Browser, path: &str) -> Reply {
        browser.get(path).send(self.console.address)
    }

    fn post(&self, browser: &Browser, path: &str, form: &str) -> Reply {
        browser.post(path, form).send(self.console.address)
    }
}

/// What a form of a page would send along.
fn hidden(page: &str, name: &str) -> String {
    let after = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a field").1;
    after.split_once('"').expect("its end").0.to_owned()
}

#[test]
fn an_admin_turns_a_feature_off_with_a_reason_and_takes_it_back() {
    let here = Here::start();
    let admin = here.browser(ADMIN);
    here.apply(&flag("chat", json!({})));
    here.flag(&admin, "chat", |flag| flag["enabled"] == true);
    let asked = here.get(&admin, "/features/shop/chat/switch?to=off").text();
    let form = format!("to=off&reason=too+dear&seen={}", hidden(&asked, "seen"));
    let done = here.post(&admin, "/features/shop/chat/switch", &form);
    assert_eq!(done.status(), 303, "{}", done.text());
    here.flag(&admin, "chat", |flag| flag["enabled"] == false);

    let page = here.get(&admin, done.header("location").expect("a way on")).text();
    assert!(page.contains("Turned off"), "{page}");
    let undo = format!("to=on&uid={}&at={}", hidden(&page, "uid"), hidden(&page, "at"));
    assert_eq!(here.post(&admin, "/features/shop/chat/undo", &undo).status(), 303);
    here.flag(&admin, "chat", |flag| flag["enabled"] == true);
    let late = here.post(&admin, "/features/shop/chat/undo", &undo);
    assert_eq!(late.status(), 409, "there is nothing left to take back: {}", late.text());
}

#[test]
fn a_change_of_what_somebody_else_has_changed_since_is_not_made() {
    let here = Here::start();
    let admin = here.browser(ADMIN);
    here.apply(&flag("search", json!({})));
    here.flag(&admin, "search", |flag| flag["enabled"] == true);
    let asked = here.get(&admin, "/features/shop/search/switch?to=off").text();
    let mut theirs = flag("search", json!({}));
    theirs["spec"]["description"] = json!("somebody works on it");
    here.apply(&theirs);
    let form = format!("to=off&reason=outage&seen={}", hidden(&asked, "seen"));
    let refused = here.post(&admin, "/features/shop/search/switch", &form);
    assert_eq!(refused.status(), 409, "{}", refused.text());
    here.flag(&admin, "search", |flag| flag["enabled"] == true);
}

#[test]
fn a_status_that_is_written_while_somebody_reads_is_in_nobodys_way() {
    let here = Here::start();
    let admin = here.browser(ADMIN);
    here.apply(&flag("drawing", json!({})));
    here.flag(&admin, "drawing", |flag| flag["enabled"] == true);
    let asked = here.get(&admin, "/features/shop/drawing/switch?to=off").text();
    let status = Patch::Merge(json!({"status": {"observedGeneration": 1}}));
    let kind = ApiResource::from_gvk(&GroupVersionKind::gvk("tollgate.dev", "v1alpha1", "FeatureFlag"));
    let flags = Api::<DynamicObject>::namespaced_with(here.cluster.client.clone(), "shop", &kind);
    here.runtime.block_on(flags.patch_status("drawing", &PatchParams::default(), &status)).expect("a status");
    let form = format!("to=off&reason=outage&seen={}", hidden(&asked, "seen"));
    let done = here.post(&admin, "/features/shop/drawing/switch", &form);
    assert_eq!(done.status(), 303, "{}", done.text());
    here.flag(&admin, "drawing", |flag| flag["enabled"] == false);
}

#[test]
fn a_feature_without_a_flag_gets_one_and_loses_it_again() {
    let here = Here::start();
    let admin = here.browser(ADMIN);
    let done = here.post(&admin, "/features/shop/tagging/switch", "to=off&reason=why+not&seen=");
    assert_eq!(done.status(), 303, "{}", done.text());
    here.flag(&admin, "tagging", |flag| flag["enabled"] == false);
    let page = here.get(&admin, done.header("location").expect("a way on")).text();
    let undo = format!("to=on&new=1&uid={}&at={}", hidden(&page, "uid"), hidden(&page, "at"));
    assert_eq!(here.post(&admin, "/features/shop/tagging/undo", &undo).status(), 303);
    here.flag(&admin, "tagging", Value::is_null);
}

#[test]
fn a_flag_that_git_manages_is_overridden_and_its_spec_stays() {
    let here = Here::start();
    let admin = here.browser(ADMIN);
    here.apply(&flag("intake", json!({"kustomize.toolkit.fluxcd.io/name": "apps"})));
    here.flag(&admin, "intake", |flag| flag["managed_by"] == "Flux");
    let asked = here.get(&admin, "/features/shop/intake/switch?to=off").text();
    assert!(asked.contains("Override it until"), "{asked}");
    let form = format!(
        "to=off&reason=outage&way=override&until=2999-01-01T00%3A00%3A00Z&seen={}",
        hidden(&asked, "seen")
    );
    let done = here.post(&admin, "/features/shop/intake/switch", &form);
    assert_eq!(done.status(), 303, "{}", done.text());
    let overridden = here.flag(&admin, "intake", |flag| !flag["override_until"].is_null());
    assert_eq!(overridden["enabled"], true, "the spec is git's");
}

#[test]
fn who_may_not_is_shown_the_role_that_would_allow_it_and_changes_nothing() {
    let here = Here::start();
    let (admin, reader) = (here.browser(ADMIN), here.browser(READER));
    here.apply(&flag("summaries", json!({})));
    here.flag(&admin, "summaries", |flag| flag["enabled"] == true);
    let asked = here.get(&reader, "/features/shop/summaries/switch?to=off").text();
    assert!(asked.contains(" disabled") && asked.contains("kind: RoleBinding"), "{asked}");
    let form = format!("to=off&reason=mine&seen={}", hidden(&asked, "seen"));
    assert_eq!(here.post(&reader, "/features/shop/summaries/switch", &form).status(), 403);
    here.flag(&admin, "summaries", |flag| flag["enabled"] == true);
}

const GROUP: &str = "/unattributed/name?namespace=shop&group=fp-3f61c09b2ad4";

/// What a flag of that name matches, by the apiserver's word.
fn matches(here: &Here, name: &str) -> Value {
    let kind = ApiResource::from_gvk(&GroupVersionKind::gvk("tollgate.dev", "v1alpha1", "FeatureFlag"));
    let flags = Api::<DynamicObject>::namespaced_with(here.cluster.client.clone(), "shop", &kind);
    here.runtime.block_on(flags.get(name)).expect("a flag").data["spec"]["match"].clone()
}

#[test]
fn a_group_that_is_named_gets_a_flag_of_that_name() {
    let here = Here::start();
    let admin = here.browser(ADMIN);
    let asked = here.get(&admin, GROUP).text();
    assert!(!asked.contains(" disabled"), "{asked}");
    let named = here.post(&admin, GROUP, "feature=answer-drafts");
    assert_eq!((named.status(), named.header("location")), (303, Some("/features/shop/answer-drafts")));
    assert_eq!(matches(&here, "answer-drafts"), json!([{"fingerprint": ["fp-3f61c09b2ad4"]}]));
}

#[test]
fn a_group_is_added_to_the_flag_that_its_feature_has() {
    let here = Here::start();
    let admin = here.browser(ADMIN);
    let mut known = flag("ticket-routing", json!({}));
    known["spec"]["match"] = json!([{"fingerprint": ["fp-000000000000"]}]);
    here.apply(&known);
    here.flag(&admin, "ticket-routing", |flag| flag["enabled"] == true);
    assert_eq!(here.post(&admin, GROUP, "feature=ticket-routing").status(), 303);
    assert_eq!(
        matches(&here, "ticket-routing"),
        json!([{"fingerprint": ["fp-000000000000", "fp-3f61c09b2ad4"]}])
    );
}

#[test]
fn who_may_not_name_a_group_is_shown_the_role_and_names_nothing() {
    let here = Here::start();
    let reader = here.browser(READER);
    let asked = here.get(&reader, GROUP).text();
    assert!(asked.contains(" disabled") && asked.contains("kind: RoleBinding"), "{asked}");
    assert_eq!(here.post(&reader, GROUP, "feature=mine-alone").status(), 403);
    let theirs = GROUP.replace("shop", "bank");
    assert_eq!(here.get(&reader, &theirs).status(), 403);
    assert_eq!(here.post(&reader, &theirs, "feature=theirs").status(), 403);
}
