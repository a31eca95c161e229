//! The console's door: who comes in, what they are told, and what a stranger learns.

use std::{collections::BTreeSet, fs, sync::LazyLock};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tollgate_tests::harness::{
    console::{ADMIN, Browser, Console, METHODS, Person, READER, Stage, paths, runtime},
    control_plane::Cluster,
    http::{Call, Connection, Reply},
    operator::NAMESPACE,
    postgres,
    tls::{Authority, Client},
    wait,
};

/// A test's own console.
struct Here {
    runtime: Runtime,
    cluster: Cluster,
    console: Console,
    folder: TempDir,
}

static STAGE: LazyLock<Stage> = LazyLock::new(Stage::set);

// === impl Here ===

impl Here {
    fn start() -> Here {
        Here::with(&[])
    }

    fn with(arguments: &[&str]) -> Here {
        let runtime = runtime();
        let folder = tempfile::Builder::new().prefix("tollgate-console-").tempdir().expect("a folder");
        let cluster = runtime.block_on(STAGE.plane.cluster()).expect("a client");
        let console = runtime.block_on(STAGE.console(&cluster, folder.path(), arguments)).expect("a console");
        Here { runtime, cluster, console, folder }
    }

    fn token(&self, person: Person) -> String {
        self.runtime.block_on(person.token(&self.cluster)).expect("a token")
    }

    fn me(&self, token: &str) -> Value {
        let reply = self.console.api("/api/v1/me", token);
        assert_eq!(reply.status(), 200, "{}", reply.text());
        reply.json()
    }

    fn send(&self, call: &Call) -> Reply {
        call.send(self.console.address)
    }

    /// A second replica beside it.
    fn replica(&self) -> Console {
        let folder = self.folder.path().join("replica");
        fs::create_dir(&folder).expect("a folder");
        self.runtime.block_on(STAGE.console(&self.cluster, &folder, &[])).expect("a replica")
    }
}

#[test]
fn every_answer_tells_browsers_to_keep_others_out() {
    let here = Here::with(&["--external-url=https://tollgate.example.com"]);
    let token = here.token(ADMIN);
    let mut nonces = BTreeSet::new();
    for path in paths().into_iter().chain(["/there-is-no-such-page".to_owned()]) {
        for method in METHODS {
            for call in [
                Call::new(method, &path),
                Call::new(method, &path).header("authorization", &format!("Bearer {token}")),
                Call::new(method, &path).header("host", "evil.example"),
            ] {
                let reply = here.send(&call);
                let header =
                    |name: &str| reply.header(name).unwrap_or_else(|| panic!("{method} {path} lacks {name}"));
                let policy = header("content-security-policy");
                for rule in [
                    "default-src 'none'",
                    "frame-ancestors 'none'",
                    "base-uri 'none'",
                    "form-action 'self'",
                    "require-trusted-types-for 'script'",
                ] {
                    assert!(policy.contains(rule), "{method} {path}: {policy}");
                }
                assert!(!policy.contains("unsafe"), "{policy}");
                let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
                assert!(
                    nonces.insert(nonce.expect("a nonce").to_owned()),
                    "{method} {path}: the same nonce again"
                );
                assert_eq!(header("x-content-type-options"), "nosniff");
                assert_eq!(header("x-frame-options"), "DENY");
                assert_eq!(header("referrer-policy"), "no-referrer");
                assert_eq!(header("cross-origin-opener-policy"), "same-origin");
                assert_eq!(header("strict-transport-security"), "max-age=31536000");
                assert!(reply.header("access-control-allow-origin").is_none(), "{method} {path}");
                header("cache-control");
            }
        }
    }
}

#[test]
fn a_person_signs_in_with_a_token_is_led_back_and_may_what_their_account_may() {
    let here = Here::start();
    let asked = here.send(&Call::get("/me?lang=en"));
    assert_eq!((asked.status(), asked.header("location")), (303, Some("/sign-in?next=%2Fme%3Flang%3Den")));

    let signed_in = here.console.try_sign_in(&here.token(READER));
    assert_eq!(
        (signed_in.status(), signed_in.header("location")),
        (303, Some("/me")),
        "{}",
        signed_in.text()
    );
    let cookie = signed_in.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("__Host-tollgate=1."), "{cookie}");
    for attribute in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let page = here.send(&Browser::of(&signed_in).get("/me"));
    assert_eq!(page.status(), 200, "{}", page.text());
    assert!(page.text().contains(&READER.user()), "{}", page.text());
}

#[test]
fn a_reader_sees_their_namespace_and_an_admin_all() {
    let here = Here::start();
    let reader = here.me(&here.token(READER));
    assert_eq!(reader["namespaces"], json!(["shop"]));
    assert_eq!(reader["maySeeUsers"], false);
    let admin = here.me(&here.token(ADMIN));
    assert_eq!((&admin["namespaces"], &admin["maySeeUsers"]), (&Value::Null, &json!(true)));
    let roles = "select namespaces from viewer_roles where cluster = 'default'";
    let roles = postgres::query(&STAGE.postgres.url("ledger"), roles).expect("roles");
    assert!(roles.lines().any(|line| line == "{shop}"), "{roles}");
}

#[test]
fn what_somebody_may_not_do_comes_with_the_role_that_allows_it() {
    let here = Here::start();
    let person = Person { namespace: "rights", name: "writer" };
    here.runtime.block_on(person.with(&here.cluster, "tollgate-viewer", false)).expect("a person");
    let token = here.token(person);
    let right = |me: &Value| {
        let rights = me["rights"].as_array().expect("rights").clone();
        let found =
            rights.into_iter().find(|right| right["resource"] == "featureflags" && right["verb"] == "patch");
        found.expect("the right to turn features off")
    };
    let missing = right(&here.me(&token));
    assert_eq!(missing["allowed"], false);
    for manifest in missing["role"].as_str().expect("a Role").split("---\n") {
        let manifest: Value = serde_yaml::from_str(manifest).expect("YAML");
        here.runtime.block_on(here.cluster.apply(&manifest)).expect("taken by the apiserver");
    }
    wait::eventually("the right", || {
        let right = right(&here.me(&token));
        if right["allowed"] == true { Ok(()) } else { Err(right) }
    });
}

#[test]
fn a_right_that_is_taken_away_is_gone_soon_after() {
    let here = Here::start();
    let person = Person { namespace: "leaving", name: "reader" };
    here.runtime.block_on(person.with(&here.cluster, "tollgate-viewer", false)).expect("a person");
    let token = here.token(person);
    assert_eq!(here.me(&token)["namespaces"], json!(["leaving"]));
    let mut kubectl = STAGE.plane.kubectl().expect("kubectl");
    let deleted =
        kubectl.args(["-n", "leaving", "delete", "rolebinding", "leaving-reader-tollgate-viewer"]).status();
    assert!(deleted.expect("kubectl").success());
    wait::eventually("the end of the right", || {
        let namespaces = here.me(&token)["namespaces"].clone();
        if namespaces == json!([]) { Ok(()) } else { Err(namespaces) }
    });
}

#[test]
fn a_cookie_that_was_copied_is_of_no_use_after_signing_out_at_any_replica() {
    let here = Here::start();
    let replica = here.replica();
    let browser = here.console.sign_in(&here.token(READER));
    let thief = browser.clone();
    assert_eq!(thief.get("/me").send(replica.address).status(), 200);

    let out = here.send(&browser.post("/sign-out", ""));
    assert_eq!((out.status(), out.header("location")), (303, Some("/sign-in")));
    assert!(out.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=0")));
    assert_eq!(here.send(&thief.get("/me")).status(), 303);
    wait::eventually("the end of the session at the other replica", || {
        match thief.get("/api/v1/me").send(replica.address).status() {
            401 => Ok(()),
            status => Err(status),
        }
    });
    // and after a restart
    let folder = here.folder.path().join("again");
    fs::create_dir(&folder).expect("a folder");
    let again = here.runtime.block_on(STAGE.console(&here.cluster, &folder, &[])).expect("a console");
    assert_eq!(thief.get("/api/v1/me").send(again.address).status(), 401);
    assert!(again.log().contains("why=\"session_over\""), "{}", again.log());
}

#[test]
fn a_session_that_was_made_up_or_changed_is_none() {
    let here = Here::start();
    let browser = here.console.sign_in(&here.token(READER));
    let end = browser.cookie.len() - 10;
    let other = if &browser.cookie[end..=end] == "A" { "B" } else { "A" };
    let changed = format!("{}{other}{}", &browser.cookie[..end], &browser.cookie[end + 1..]);
    for cookie in [changed.as_str(), "__Host-tollgate=1.e30", "__Host-tollgate=1.", "__Host-tollgate=9.x"] {
        let reply = here.send(&Call::get("/api/v1/me").header("cookie", cookie));
        assert_eq!(reply.status(), 401, "{cookie}: {}", reply.text());
    }
    assert!(here.console.log().contains("why=\"forged\""), "{}", here.console.log());
}

#[test]
fn a_token_that_the_apiserver_does_not_take_opens_nothing_and_too_many_of_them_nothing_for_a_while() {
    let here = Here::start();
    let sidecars =
        here.runtime.block_on(here.cluster.token_of("shop", "reader", "tollgate", None)).expect("a token");
    let refused = here.console.api("/api/v1/me", &sidecars);
    assert_eq!(refused.status(), 401);
    assert!(
        refused.json()["error"].as_str().is_some_and(|error| error.contains("audience")),
        "{}",
        refused.text()
    );
    assert_eq!(here.console.try_sign_in("made.up").status(), 401);
    assert_eq!(here.console.try_sign_in("").status(), 401);
    let mut tries = 0;
    let waits = loop {
        let reply = here.console.api("/api/v1/me", &format!("made.up.{tries}"));
        tries += 1;
        match reply.status() {
            401 if tries < 20 => {}
            status => break (status, reply.header("retry-after").map(str::to_owned)),
        }
    };
    assert_eq!(waits.0, 429);
    assert!(waits.1.and_then(|seconds| seconds.parse::<u64>().ok()).is_some_and(|seconds| seconds <= 61));
    assert_eq!(here.console.try_sign_in(&here.token(READER)).status(), 429);
}

#[test]
fn whoever_is_signed_in_and_a_program_that_was_let_in_stay_so_while_others_fail() {
    let here = Here::start();
    let browser = here.console.sign_in(&here.token(READER));
    let program = here.token(READER);
    assert_eq!(here.console.api("/api/v1/me", &program).status(), 200);
    for number in 0..12 {
        here.console.api("/api/v1/me", &format!("made.up.{number}"));
    }
    assert_eq!(here.console.api("/api/v1/me", "another.made.up").status(), 429);
    assert_eq!(here.send(&browser.get("/api/v1/me")).status(), 200);
    assert_eq!(here.console.api("/api/v1/me", &program).status(), 200);
}

#[test]
fn whatever_a_program_asks_of_the_api_it_is_told_in_json() {
    let here = Here::start();
    let bearer = format!("Bearer {}", here.token(READER));
    for (method, path, status) in [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/usage/", 404),
        ("GET", "/api/v1/calls/%FF", 400),
        ("GET", "/api/v1/features?namspace=bank", 400),
        ("POST", "/api/v1/features", 405),
    ] {
        let reply = here.send(&Call::new(method, path).header("authorization", &bearer));
        assert_eq!(reply.status(), status, "{path}");
        assert!(reply.json()["error"].is_string(), "{path}: {}", reply.text());
        assert_eq!(reply.header("allow").is_some(), status == 405, "{path}");
    }
}

#[test]
fn headers_that_name_somebody_are_believed_by_nobody() {
    let here = Here::start();
    let forged = |call: Call| {
        ["x-forwarded-user", "x-remote-user", "impersonate-user", "x-auth-request-user"]
            .into_iter()
            .fold(call, |call, name| call.header(name, &ADMIN.user()))
            .header("impersonate-group", "system:masters")
    };
    assert_eq!(here.send(&forged(Call::get("/api/v1/me"))).status(), 401);
    let bearer = format!("Bearer {}", here.token(READER));
    let me = here.send(&forged(Call::get("/api/v1/me").header("authorization", &bearer))).json();
    assert_eq!((&me["name"], &me["namespaces"]), (&json!(READER.user()), &json!(["shop"])));
    let rights = me["rights"].as_array().expect("rights");
    assert!(rights.iter().all(|right| right["verb"] != "patch" || right["allowed"] == false), "{rights:?}");
    assert!(here.console.log().contains("impersonate-user"), "{}", here.console.log());
}

#[test]
fn a_change_from_another_sites_page_is_refused_a_sister_domains_too() {
    let here = Here::start();
    let browser = here.console.sign_in(&here.token(READER));
    let from = |headers: &[(&str, &str)]| {
        let call = headers
            .iter()
            .fold(Call::new("POST", "/sign-out"), |call, (name, value)| call.header(name, value));
        here.send(&browser.over(call)).status()
    };
    let sister = "https://docs.tollgate.example.com";
    assert_eq!(from(&[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")]), 403);
    assert_eq!(from(&[("sec-fetch-site", "same-site"), ("origin", sister)]), 403);
    assert_eq!(from(&[("origin", sister)]), 403);
    assert_eq!(from(&[]), 403);
    assert_eq!(here.send(&browser.get("/api/v1/me")).status(), 200, "still signed in");
    assert_eq!(from(&[("sec-fetch-site", "same-origin")]), 303);
}

#[test]
fn a_name_that_is_not_ours_leads_to_nothing() {
    let here = Here::with(&["--external-url=https://tollgate.example.com", "--host=tollgate.internal"]);
    let bearer = format!("Bearer {}", here.token(ADMIN));
    let asked = |host: &str| {
        let request = format!("GET /api/v1/me HTTP/1.1\r\nhost: {host}\r\nauthorization: {bearer}\r\n\r\n");
        let mut connection = Connection::open(here.console.address).expect("a connection");
        connection.write(request.as_bytes()).expect("written");
        connection.reply().expect("an answer")
    };
    for host in [
        "tollgate.example.com",
        "tollgate.internal:8443",
        "localhost:1",
        "tollgate-console.tollgate-system.svc",
    ] {
        assert_eq!(asked(host).status(), 200, "{host}");
    }
    for host in ["rebound.evil.example", "10.0.0.1", ""] {
        let reply = asked(host);
        assert_eq!(reply.status(), 421, "{host}");
        assert!(!reply.text().contains("admin"), "{}", reply.text());
    }
}

#[test]
fn no_token_and_no_cookie_stands_in_the_log() {
    let here = Here::start();
    let token = here.token(READER);
    let browser = here.console.sign_in(&token);
    here.me(&token);
    here.send(&browser.get("/me"));
    here.console.try_sign_in("made.up.secret");
    here.send(&Call::get("/me?token=in-the-query"));
    let log = here.console.log();
    assert!(log.contains("signed in with a token") && log.contains("refused"), "{log}");
    let signature = token.rsplit('.').next().expect("a signature");
    for secret in [signature, &browser.cookie[20..60], "made.up.secret", "in-the-query"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[test]
fn people_sign_in_while_postgres_is_away() {
    let runtime = runtime();
    let folder = tempfile::tempdir().expect("a folder");
    let cluster = runtime.block_on(STAGE.plane.cluster()).expect("a client");
    let nowhere = ["--database-url=postgres://tollgate_console@127.0.0.1:1/ledger"];
    let console = Console::start(&STAGE.plane, &cluster, folder.path(), &nowhere);
    let console = runtime.block_on(console).expect("a console");
    let token = runtime.block_on(READER.token(&cluster)).expect("a token");
    let me = console.sign_in(&token).get("/api/v1/me").send(console.address);
    assert_eq!((me.status(), &me.json()["namespaces"]), (200, &json!(["shop"])));
}

#[test]
fn a_key_that_is_deleted_is_made_anew_and_ends_every_session() {
    // a Secret of its own: the other tests' sessions live on
    let here = Here::start();
    let own = "tollgate-console-own";
    let grant = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": own, "namespace": NAMESPACE},
        "rules": [{"apiGroups": [""], "resources": ["secrets"], "resourceNames": [own], "verbs": ["get", "list", "watch", "update"]}],
    });
    let bound = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": own, "namespace": NAMESPACE},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": own},
        "subjects": [{"kind": "ServiceAccount", "name": "tollgate-console", "namespace": NAMESPACE}],
    });
    for manifest in [grant, bound] {
        here.runtime.block_on(here.cluster.apply(&manifest)).expect("a right");
    }
    let folder = here.folder.path().join("own");
    fs::create_dir(&folder).expect("a folder");
    let console =
        here.runtime.block_on(STAGE.console(&here.cluster, &folder, &[&format!("--session-secret={own}")]));
    let console = console.expect("a console");
    let browser = console.sign_in(&here.token(READER));
    let elsewhere = here.send(&browser.get("/api/v1/me")).status();
    assert_eq!(elsewhere, 401, "a session of another key");

    let mut kubectl = STAGE.plane.kubectl().expect("kubectl");
    assert!(kubectl.args(["-n", NAMESPACE, "delete", "secret", own]).status().expect("kubectl").success());
    wait::eventually("the end of the session", || {
        match browser.get("/api/v1/me").send(console.address).status() {
            401 => Ok(()),
            status => Err(status),
        }
    });
    console.sign_in(&here.token(READER));
}

#[test]
fn told_by_files_it_speaks_tls_and_it_ends_in_good_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new();
    let (certificate, key) = authority.written(&["localhost"], folder.path());
    let (certificate, key) = (certificate.display().to_string(), key.display().to_string());
    let mut here = Here::with(&["--tls-cert-file", &certificate, "--tls-key-file", &key]);
    let trusted = folder.path().join("ca.crt");
    fs::write(&trusted, authority.pem()).expect("a file");
    let reply = Client::trusting(&trusted).send(&Call::get("/sign-in"), here.console.address, "localhost");
    assert_eq!(reply.status(), 200);
    assert!(here.console.end().expect("a signal").success());
}
