//! Signing in to the console by an OpenID Connect issuer, which the apiserver knows, or does not.

use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tollgate_tests::harness::{
    chart,
    console::{Browser, Console},
    control_plane::{Cluster, ControlPlane},
    http::{Call, Reply},
    issuer::Issuer,
    wait,
};

/// A cluster, an issuer, a console between them.
struct Scene {
    console: Console,
    issuer: Issuer,
    cluster: Cluster,
    runtime: Runtime,
    plane: ControlPlane,
    _folder: TempDir,
}

const EXTERNAL: &str = "https://tollgate.example.com";

// === impl Scene ===

impl Scene {
    /// `known`: the apiserver takes the issuer's tokens. `arguments` are the console's.
    fn start(known: bool, arguments: &[&str]) -> Scene {
        Scene::of(Issuer::start, known, arguments).expect("a scene")
    }

    fn of(issuer: impl FnOnce(&Path) -> Result<Issuer>, known: bool, arguments: &[&str]) -> Result<Scene> {
        let folder = tempfile::Builder::new().prefix("tollgate-issuer-").tempdir()?;
        let issuer = issuer(folder.path())?;
        let plane = ControlPlane::with(if known { told_of(&issuer) } else { Vec::new() })?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let cluster = runtime.block_on(plane.cluster())?;
        runtime.block_on(Console::install(&cluster))?;
        runtime.block_on(cluster.namespace("shop", &[]))?;
        let mut all = vec![format!("--external-url={EXTERNAL}"), format!("--oidc-issuer-url={}", issuer.url)];
        all.extend([
            format!("--oidc-ca-file={}", issuer.ca.display()),
            "--oidc-client-secret=a secret".to_owned(),
        ]);
        all.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let console = runtime.block_on(Console::start(&plane, &cluster, folder.path(), &all))?;
        Ok(Scene { console, issuer, cluster, runtime, plane, _folder: folder })
    }

    fn apply(&self, manifest: &Value) {
        self.runtime.block_on(self.cluster.apply(manifest)).expect("taken by the apiserver");
    }

    /// To the issuer and back, up to the console's answer.
    fn signs_in(&self, user: &str, groups: &[&str]) -> Reply {
        let left = self.leaves();
        let location = left.header("location").expect("to the issuer").to_owned();
        let back = self.issuer.signs_in(&location, user, groups, true);
        self.send(&Browser::of(&left).get(&back))
    }

    fn leaves(&self) -> Reply {
        let left = self.send(&Call::get("/sign-in/issuer?next=%2Fme"));
        assert_eq!(left.status(), 303, "{}", left.text());
        left
    }

    fn me(&self, signed_in: &Reply) -> Value {
        assert_eq!(
            (signed_in.status(), signed_in.header("location")),
            (303, Some("/me")),
            "{}",
            signed_in.text()
        );
        let me = self.send(&Browser::of(signed_in).get("/api/v1/me"));
        assert_eq!(me.status(), 200, "{}", me.text());
        me.json()
    }

    fn send(&self, call: &Call) -> Reply {
        call.send(self.console.address)
    }
}

fn told_of(issuer: &Issuer) -> Vec<String> {
    vec![
        format!("--oidc-issuer-url={}", issuer.url),
        format!("--oidc-ca-file={}", issuer.ca.display()),
        "--oidc-client-id=tollgate".to_owned(),
        "--oidc-username-claim=email".to_owned(),
        "--oidc-groups-claim=groups".to_owned(),
    ]
}

/// A group may see what the namespace shop uses.
fn binding(group: &str) -> Value {
    json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
        "metadata": {"name": "readers", "namespace": "shop"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "tollgate-viewer"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": group}],
    })
}

#[test]
fn whom_the_issuer_and_the_apiserver_know_comes_in_as_themselves() {
    let scene = Scene::start(true, &[]);
    scene.apply(&binding("shop-team"));
    let page = scene.send(&Call::get("/sign-in")).text();
    assert!(page.contains("/sign-in/issuer") && page.contains("localhost"), "{page}");
    // the apiserver comes to know its issuer a moment after it is ready
    let signed_in = wait::eventually("the apiserver takes the issuer's tokens", || {
        let signed_in = scene.signs_in("ada@example.com", &["shop-team"]);
        if signed_in.status() == 303 { Ok(signed_in) } else { Err(signed_in.text()) }
    });
    let me = scene.me(&signed_in);
    assert_eq!((&me["name"], &me["namespaces"]), (&json!("ada@example.com"), &json!(["shop"])));
    assert!(me["groups"].as_array().is_some_and(|groups| groups.contains(&json!("shop-team"))), "{me}");
}

#[test]
fn a_code_is_of_use_to_nobody_else_and_once() {
    let scene = Scene::start(false, &["--oidc-impersonation-prefix=oidc:"]);
    impersonating(&scene);
    let left = scene.leaves();
    let location = left.header("location").expect("to the issuer").to_owned();
    for part in ["code_challenge_method=S256", "code_challenge=", "state=", "nonce=", "response_type=code"] {
        assert!(location.contains(part), "{location}");
    }
    let back = scene.issuer.signs_in(&location, "ada@example.com", &[], true);
    // whoever catches the address, without the cookie; or with the cookie of an attempt of their own
    for call in [Call::get(back.as_str()), Browser::of(&scene.leaves()).get(&back)] {
        let caught = scene.send(&call);
        assert_eq!(caught.status(), 403, "{}", caught.text());
        assert!(caught.text().contains("not known here"), "{}", caught.text());
    }
    let browser = Browser::of(&left);
    assert_eq!(scene.send(&browser.get(&back)).status(), 303);
    let again = scene.send(&browser.get(&back));
    assert_eq!(again.status(), 403, "{}", again.text());
}

#[test]
fn an_apiserver_that_does_not_know_the_issuer_is_told_how_to_or_impersonation_is_opted_into() {
    let scene = Scene::start(false, &[]);
    let refused = scene.signs_in("ada@example.com", &[]);
    assert_eq!(refused.status(), 403, "{}", refused.text());
    assert!(refused.text().contains("--oidc-issuer-url=") && refused.text().contains("impersonationPrefix"));
    assert!(!refused.head.headers.iter().any(|(_, value)| value.starts_with("__Host-tollgate=1.")));
}

#[test]
fn whoever_is_acted_for_has_a_prefix_and_is_never_one_of_the_clusters_own() {
    let scene = Scene::start(false, &["--oidc-impersonation-prefix=oidc:"]);
    impersonating(&scene);
    scene.apply(&binding("oidc:shop-team"));
    let me = scene.me(&scene.signs_in("ada@example.com", &["shop-team", "system:masters"]));
    assert_eq!((&me["name"], &me["namespaces"]), (&json!("oidc:ada@example.com"), &json!(["shop"])));
    let rights = me["rights"].as_array().expect("rights");
    let allowed: Vec<&Value> =
        rights.iter().filter(|right| right["allowed"] == true).map(|right| &right["verb"]).collect();
    assert_eq!(
        allowed,
        ["get", "list"],
        "a viewer's, by the apiserver's word on the impersonated: {rights:?}"
    );
    let me = scene.me(&scene.signs_in("system:admin", &["system:masters"]));
    assert_eq!((&me["name"], &me["namespaces"]), (&json!("oidc:system:admin"), &json!([])));
}

#[test]
fn whom_the_issuer_does_not_vouch_for_stays_outside() {
    let scene = Scene::start(false, &["--oidc-impersonation-prefix=oidc:"]);
    impersonating(&scene);
    let left = scene.leaves();
    let location = left.header("location").expect("to the issuer").to_owned();
    let back = scene.issuer.signs_in(&location, "ada@example.com", &[], false);
    let refused = scene.send(&Browser::of(&left).get(&back));
    assert_eq!(refused.status(), 403);
    assert!(refused.text().contains("not verified"), "{}", refused.text());
    let denied = scene.signs_in("nobody", &[]);
    assert_eq!(denied.status(), 403, "{}", denied.text());
    assert!(denied.text().contains("did not sign you in"), "{}", denied.text());
    let made_up = scene.send(&Call::get("/sign-in/callback?code=made-up&state=made-up"));
    assert_eq!(made_up.status(), 403);
    assert!(scene.plane.apiserver_id().is_some());
}

#[test]
fn a_certified_provider_vouches_for_a_name_and_groups_for_as_long_as_its_token_holds() {
    let certified = |folder: &Path| Issuer::certified("10s", folder);
    let scene = Scene::of(certified, false, &["--oidc-impersonation-prefix=oidc:"]).expect("a scene");
    impersonating(&scene);
    scene.apply(&binding("oidc:shop-team"));
    let left = scene.leaves();
    let location = left.header("location").expect("to the issuer").to_owned();
    let back = scene.issuer.ada_signs_in(&location);

    let signed_in = scene.send(&Browser::of(&left).get(&back));

    let me = scene.me(&signed_in);
    assert_eq!((&me["name"], &me["namespaces"]), (&json!("oidc:ada@example.com"), &json!(["shop"])));
    let browser = Browser::of(&signed_in);
    let over = wait::eventually("the end of what the issuer said", || {
        let reply = scene.send(&browser.get("/api/v1/me"));
        if reply.status() == 200 { Err(reply.text()) } else { Ok(reply) }
    });
    assert_eq!(over.status(), 401, "{}", over.text());
    assert!(over.text().contains("what the issuer said of you has expired"), "{}", over.text());
}

/// What the chart adds where impersonation was opted into.
fn impersonating(scene: &Scene) {
    let mut values = chart::least();
    values["console"] = json!({
        "enabled": true, "externalUrl": EXTERNAL, "oidc": {"issuerUrl": scene.issuer.url, "impersonationPrefix": "oidc:"},
    });
    let manifests = chart::render(&values).expect("rendered");
    let role = chart::find(&manifests, "ClusterRole", "tollgate-console").expect("a role");
    scene.apply(role);
}
