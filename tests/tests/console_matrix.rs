//! Every path of the console by every method, as everybody: who may not, finds nothing and changes nothing, and it stands in the log.

use std::{cell::Cell, collections::BTreeSet, sync::LazyLock};

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header, dangerous::insecure_decode_claims, encode};
use rcgen::KeyPair;
use serde_json::{Value, json};
use tempfile::TempDir;
use tollgate_tests::harness::{
    console::{ADMIN, Console, METHODS, OPEN, READER, Stage, paths, runtime},
    http::{Call, Reply},
    postgres,
};

/// A test's own console.
struct Here {
    console: Console,
    reader: String,
    admin: String,
    _folder: TempDir,
}

/// One stage, with a call of the reader's namespace, one of another, and one of another cluster whose ledger is the same database.
static STAGE: LazyLock<Stage> = LazyLock::new(|| {
    let stage = Stage::set();
    let calls = json!([
        call(1, "default", "shop", OURS, "0.5"),
        call(2, "default", "bank", THEIRS, "43.21"),
        call(3, "elsewhere", "shop", "distant-one", "77.77")
    ]);
    let put = format!("select tollgate_ingest_v1('{}', '{calls}')", stage.token);
    let taken = postgres::query(&stage.postgres.url("ledger"), &put).expect("a ledger");
    assert!(taken.contains("\"accepted\": 3"), "{taken}");
    std::thread::scope(|scope| {
        let applied = scope.spawn(|| {
            runtime().block_on(async {
                let cluster = stage.plane.cluster().await?;
                for (namespace, name) in [("shop", OURS), ("bank", THEIRS)] {
                    cluster.apply(&flag(namespace, name)).await?;
                }
                anyhow::Ok(())
            })
        });
        applied.join().expect("a thread").expect("flags");
    });
    stage
});

/// What the reader's namespace has, and what another has: names that stand nowhere else.
const OURS: &str = "ours-to-see";
const THEIRS: &str = "theirs-alone";
/// What only the cluster or the ledger knows of the other namespace, and of the other cluster.
const OF_BANK: [&str; 3] = ["of-bank", "43.21", "43,21"];
const OF_ELSEWHERE: [&str; 4] = ["of-elsewhere", "distant-one", "77.77", "78.27"];
const QUERIES: [&str; 6] = [
    "",
    "namespace=bank",
    "namespace=shop&namespace=bank&feature=theirs-alone",
    "by=workload,feature&range=24h&step=hour",
    "range=24h&by=model&feature=theirs-alone",
    "range=30d&limit=1000&by=namespace",
];

fn call(number: u32, cluster: &str, namespace: &str, feature: &str, cost: &str) -> Value {
    let millis = Timestamp::now().as_millisecond();
    let place = if cluster == "default" { namespace } else { cluster };
    json!({
        "id": format!("{:08x}-{:04x}-7000-8000-{number:012x}", millis >> 16, millis & 0xffff),
        "cluster": cluster, "namespace": namespace, "workload": format!("workload-of-{place}"), "pod": format!("pod-of-{place}"),
        "feature": feature, "user_id": format!("user-of-{place}"), "provider": "openai", "host": "api.openai.com", "model": "gpt-4o",
        "endpoint": "/v1/chat/completions", "outcome": "completed", "status": 200, "streamed": false,
        "tokens_used": 30, "input_tokens": 10, "output_tokens": 20, "cached_input_tokens": 0, "cache_write_tokens": 0,
        "reasoning_tokens": 0, "cost_usd": cost, "usage_source": "provider", "account": "abcdefghijklmnop",
        "metadata": {"usage": {"input": 10, "output": 20}},
    })
}

fn flag(namespace: &str, name: &str) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag", "metadata": {"name": name, "namespace": namespace},
        "spec": {"enabled": true, "description": format!("The flag-of-{namespace}")},
    })
}

// === impl Here ===

impl Here {
    fn start() -> Here {
        let runtime = runtime();
        let folder = tempfile::Builder::new().prefix("tollgate-console-").tempdir().expect("a folder");
        let cluster = runtime.block_on(STAGE.plane.cluster()).expect("a client");
        let console = runtime.block_on(STAGE.console(&cluster, folder.path(), &[])).expect("a console");
        let reader = runtime.block_on(READER.token(&cluster)).expect("a token");
        let admin = runtime.block_on(ADMIN.token(&cluster)).expect("a token");
        Here { console, reader, admin, _folder: folder }
    }

    fn send(&self, call: &Call) -> Reply {
        call.send(self.console.address)
    }

    /// All that somebody is given who reads, by whatever address, as a person or as a program.
    fn everything(&self, token: &str) -> Vec<(String, Reply)> {
        let mut seen = Vec::new();
        for path in inside() {
            for query in QUERIES {
                for accept in ["text/html", "application/json"] {
                    let address = format!("{path}?{query}");
                    let call = Call::get(&address).header("authorization", &format!("Bearer {token}"));
                    let reply = self.send(&call.header("accept", accept));
                    seen.push((address, reply));
                }
            }
        }
        seen
    }
}

/// All paths behind the door, with the other namespace's names in them.
fn inside() -> BTreeSet<String> {
    let ids = postgres::query(
        &STAGE.postgres.url("ledger"),
        "select id from provider_usage_logs where cluster = 'elsewhere' or namespace = 'bank' order by namespace",
    );
    let ids = ids.expect("calls");
    let (theirs, afar) = ids.split_once('\n').expect("two calls");
    let inside = paths().into_iter().filter(|path| !OPEN.contains(&path.as_str()));
    inside
        .flat_map(|path| match path.as_str() {
            "/calls/bank" | "/api/v1/calls/bank" => {
                vec![path.replace("bank", theirs), path.replace("bank", afar)]
            }
            _ => vec![path.replace("bank/bank", &format!("bank/{THEIRS}"))],
        })
        .collect()
}

/// The same token, over since an hour.
fn expired(token: &str) -> String {
    let mut claims: Value = insecure_decode_claims(token).expect("claims");
    let now = Timestamp::now().as_second();
    (claims["iat"], claims["nbf"], claims["exp"]) =
        (json!(now - 7_200), json!(now - 7_200), json!(now - 3_600));
    let mut header = Header::new(Algorithm::ES256);
    header.kid = jsonwebtoken::decode_header(token).expect("a header").kid;
    let key = KeyPair::from_pem(&STAGE.plane.token_key().expect("a key")).expect("a key");
    let key = EncodingKey::from_ec_der(&key.serialize_der());
    encode(&header, &claims, &key).expect("signed")
}

fn spec(namespace: &str, name: &str) -> Value {
    let mut kubectl = STAGE.plane.kubectl().expect("kubectl");
    let flag =
        kubectl.args(["-n", namespace, "get", "featureflags.tollgate.dev", name, "-o", "json"]).output();
    let flag: Value = serde_json::from_slice(&flag.expect("kubectl").stdout).expect("JSON");
    flag["spec"].clone()
}

#[test]
fn whoever_is_not_recognised_gets_nothing_by_any_path_and_method_and_is_in_the_log() {
    let here = Here::start();
    let browser = here.console.sign_in(&here.reader);
    let forged = format!("{}AAAA{}", &browser.cookie[..40], &browser.cookie[44..]);
    let (over, tried) = (expired(&here.reader), Cell::new(0));
    type Dress<'a> = &'a dyn Fn(Call) -> Call;
    let nobody: [(&str, Dress<'_>); 4] = [
        ("stranger", &|call| call),
        ("stranger", &|call| {
            let names = ["x-forwarded-user", "x-remote-user", "impersonate-user", "x-auth-request-user"];
            names.into_iter().fold(call, |call, name| call.header(name, &ADMIN.user()))
        }),
        ("forged", &|call| call.header("cookie", &forged)),
        // after some of them nobody is listened to any more who comes with another token that is none
        ("to", &|call| {
            tried.set(tried.get() + 1);
            call.header("authorization", &format!("Bearer {over}{}", tried.get()))
        }),
    ];
    for (why, dress) in nobody {
        for path in inside() {
            for method in METHODS {
                for accept in ["text/html", "text/event-stream"] {
                    let call = Call::new(method, &path).header("sec-fetch-site", "same-origin");
                    let reply = here.send(&dress(call).header("accept", accept));
                    let led_away = reply.header("location").is_some_and(|to| to.starts_with("/sign-in"));
                    assert!(
                        matches!(reply.status(), 401 | 429) || (reply.status() == 303 && led_away),
                        "{why} {method} {path}: {} {}",
                        reply.status(),
                        reply.text()
                    );
                    assert!(reply.body.len() < 300, "{why} {method} {path}: {}", reply.text());
                }
            }
        }
        let log = here.console.log();
        for path in inside() {
            let line = |line: &str| {
                line.contains(&format!("path=\"{path}\"")) && line.contains(&format!("why=\"{why}"))
            };
            assert!(log.lines().any(line), "{why} {path} is not in the log");
        }
        let reasons: &[&str] = if why == "to" { &["token", "too_many"] } else { &[why] };
        for reason in reasons {
            assert!(here.console.metrics().sum("tollgate_console_refusals_total", &[("reason", reason)]) > 0);
        }
    }
}

/// A name that is asked for may be said again; what only the cluster or the ledger knows of it may not.
#[test]
fn a_reader_finds_nothing_of_another_teams_namespace_anywhere_and_the_log_says_who_asked() {
    let here = Here::start();
    for (address, reply) in here.everything(&here.reader) {
        let text = reply.text();
        let theirs = OF_BANK.into_iter().chain((!address.contains(THEIRS)).then_some(THEIRS));
        for word in theirs.chain(OF_ELSEWHERE) {
            assert!(!text.contains(word), "{address} says {word}: {text}");
        }
        let their_page = address.starts_with("/features/bank/") || address.starts_with("/calls/");
        assert!(!their_page || reply.status() >= 400, "{address}: {}", reply.status());
    }
    let log = here.console.log();
    let asked = format!("who=\"{}\" path=\"/explore\" namespace=\"bank\"", READER.user());
    assert!(log.contains(&asked), "{log}");
}

#[test]
fn a_reader_changes_nothing_by_any_path_and_method() {
    let here = Here::start();
    let browser = here.console.sign_in(&here.reader);
    let before = (spec("bank", THEIRS), spec("shop", OURS));
    for path in inside() {
        for (namespace, name) in [("bank", THEIRS), ("shop", OURS)] {
            let path = path.replace(&format!("bank/{THEIRS}"), &format!("{namespace}/{name}"));
            for method in METHODS.into_iter().filter(|method| *method != "GET") {
                let call = Call::new(method, &path).header("sec-fetch-site", "same-origin");
                let call = call.body("to=off&enabled=false&reason=because&uid=x&at=2999-01-01T00%3A00%3A00Z");
                let call = call.header("content-type", "application/x-www-form-urlencoded");
                let reply = here.send(&browser.over(call));
                assert!(reply.status() >= 400, "{method} {path}: {} {}", reply.status(), reply.text());
            }
        }
    }
    assert_eq!((spec("bank", THEIRS), spec("shop", OURS)), before);
}

#[test]
fn an_admin_finds_both_namespaces_and_nothing_of_another_cluster_in_the_same_database() {
    let here = Here::start();
    let mut found = BTreeSet::new();
    for (address, reply) in here.everything(&here.admin) {
        let text = reply.text();
        found.extend(OF_BANK.into_iter().filter(|word| text.contains(word)));
        for word in OF_ELSEWHERE {
            assert!(!text.contains(word), "{address} says {word}: {text}");
        }
        assert!(reply.status() < 500, "{address}: {} {text}", reply.status());
    }
    assert!(found.contains("of-bank") && found.contains("43.21"), "{found:?}");
}
