//! Alerts in a cluster: told once, by each way there is, and never to where nobody should be asked.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::Command,
    sync::{Arc, Mutex},
    thread,
};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tollgate_tests::harness::{
    alertmanager::Alertmanager, fleet::Fleet, mail::MailServer, programs, python, tls::Authority, wait,
};

/// An HTTP server that takes what is posted, and answers as the path says.
struct Hooks {
    address: SocketAddr,
    posts: Arc<Mutex<Vec<Posted>>>,
}

#[derive(Clone, Debug)]
struct Posted {
    path: String,
    head: String,
    body: String,
}

// === impl Hooks ===

impl Hooks {
    fn start() -> Hooks {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a socket");
        let address = listener.local_addr().expect("an address");
        let posts = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&posts);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || answer(stream, &kept));
            }
        });
        Hooks { address, posts }
    }

    fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.address.port())
    }

    fn to(&self, path: &str) -> Vec<Posted> {
        self.posts
            .lock()
            .expect("posts")
            .iter()
            .filter(|posted| posted.path.starts_with(path))
            .cloned()
            .collect()
    }
}

fn answer(mut stream: TcpStream, kept: &Mutex<Vec<Posted>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("a body");
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let answer: &[u8] = match path.as_str() {
        "/refuses" => b"HTTP/1.1 403 Forbidden\r\ncontent-length: 20\r\n\r\ninvalid_token, sorry",
        "/fails" => b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 17\r\n\r\nout of disk space",
        "/redirects" => b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n",
        "/hangs" => {
            kept.lock().expect("posts").push(Posted { path, head, body: String::new() });
            // until the other side gives up
            let _ = reader.read(&mut [0]);
            return;
        }
        _ => b"HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nok",
    };
    kept.lock().expect("posts").push(Posted {
        path,
        head,
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    let _ = stream.write_all(answer);
}

/// Operators that may reach this machine, and trust this authority.
fn fleet(replicas: usize, authority: &Authority) -> Fleet {
    let config = json!({"alerts": {"allow": ["localhost"]}, "extraCAs": authority.pem()});
    let fleet = Fleet::configured(replicas, &[], &config).expect("a fleet");
    fleet.namespace("shop", &[]).expect("a namespace");
    fleet
}

fn secret(fleet: &Fleet, name: &str, values: Value) {
    fleet
        .apply(&json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": {"name": name, "namespace": "shop"}, "stringData": values,
        }))
        .expect("a Secret");
}

fn mails_to(server: &MailServer) -> Value {
    json!({"email": {
        "to": ["ada@example.com"], "from": "tollgate@example.com", "secretRef": {"name": "tollgate-alerts"},
        "server": format!("localhost:{}", server.address.port()),
    }})
}

fn alert(name: &str, spec: &Value) -> Value {
    json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert",
        "metadata": {"name": name, "namespace": "shop"}, "spec": spec,
    })
}

/// Calls that are in the ledger already.
fn calls(fleet: &Fleet, token: &str, ago: SignedDuration, users: &[(&str, &str)]) {
    let at = Timestamp::now() - ago;
    let rows: Vec<Value> = users
        .iter()
        .enumerate()
        .map(|(n, (user, cost))| {
            let millis = at.as_millisecond();
            let (high, low) = (millis >> 16, millis & 0xffff);
            json!({
                "id": format!("{high:08x}-{low:04x}-7000-8000-{n:012x}"), "created_at": at.to_string(), "cluster": "default",
                "namespace": "shop", "workload": "web", "pod": "web-0", "container": null, "feature": "chat", "user_id": user,
                "provider": "openai", "host": "api.openai.com", "model": "gpt-4o", "endpoint": "/v1/chat/completions",
                "outcome": "completed", "status": 200, "streamed": true, "tokens_used": 30, "input_tokens": 10,
                "output_tokens": 20, "cached_input_tokens": 0, "cache_write_tokens": 0, "reasoning_tokens": 0,
                "cost_usd": cost, "usage_source": "provider", "account": "abcdefghijklmnop", "metadata": {},
            })
        })
        .collect();
    let rows = Value::Array(rows).to_string();
    let answer = fleet.ask(&format!("select tollgate_ingest_v1('{token}', '{rows}'::jsonb)")).expect("taken");
    assert!(answer.contains(&format!("\"accepted\": {}", users.len())), "{answer}");
}

fn token(fleet: &Fleet) -> String {
    let mut migrate = Command::new(programs::operator());
    migrate.args(["migrate", "--standalone", "--database-url", &fleet.postgres.url("ledger")]);
    let output = migrate.output().expect("tollgate migrate");
    String::from_utf8(output.stdout).expect("a token").trim().to_owned()
}

fn condition(fleet: &Fleet, name: &str, type_: &str, status: &str) -> String {
    wait::eventually("the condition", || {
        let alert = fleet.get("tua", "shop", name).map_err(|error| error.to_string())?;
        let conditions = alert["status"]["conditions"].as_array().cloned().unwrap_or_default();
        let found =
            conditions.iter().find(|condition| condition["type"] == type_ && condition["status"] == status);
        match found {
            Some(found) => Ok(found["message"].as_str().unwrap_or_default().to_owned()),
            None => Err(alert["status"].to_string()),
        }
    })
}

fn try_out(fleet: &Fleet, name: &str) -> (bool, String) {
    let mut test = Command::new(programs::operator());
    test.args(["alert", "test", name, "--namespace", "shop"]).env("KUBECONFIG", fleet.plane.kubeconfig());
    let output = test.output().expect("tollgate alert test");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn a_leader_that_dies_between_crossing_and_delivery_leaves_one_mail_with_all_that_must_be_known() {
    let authority = Authority::new();
    let mut fleet = fleet(2, &authority);
    let mail = MailServer::start(&authority, fleet.folder()).expect("a mail server");
    secret(&fleet, "tollgate-alerts", json!({"username": "tollgate", "password": "a secret"}));
    calls(&fleet, &token(&fleet), SignedDuration::from_mins(3), &[("ada", "41.25"), ("bob", "2")]);
    mail.refuses(true).expect("refuses");

    let daily = json!({
        "window": {"rolling": "24h"}, "limit": {"metric": "Cost", "amount": "50"},
        "thresholds": [{"above": "80%", "severity": "Critical"}], "receivers": [mails_to(&mail)],
    });
    fleet.apply(&alert("daily", &daily)).expect("applied");
    let failed = condition(&fleet, "daily", "Delivered", "False");
    assert!(failed.contains("(452): Chaos recipient error"), "{failed}");
    let holder = fleet.ask("select count(*) from alert_events").expect("events");
    assert_eq!(holder, "1");

    let leader = fleet.leader().expect("a leader");
    fleet.operators[leader].kill().expect("killed");
    mail.refuses(false).expect("takes");
    condition(&fleet, "daily", "Delivered", "True");
    // a later mail has come: what would have come twice is there
    wait::eventually("a trial's mail", || match try_out(&fleet, "daily") {
        (true, _) => Ok(()),
        (false, words) => Err(words),
    });

    let mails = mail.mails().expect("mails");
    let texts: Vec<&str> = mails.iter().filter_map(|mail| mail["Text"].as_str()).collect();
    let told: Vec<&&str> = texts.iter().filter(|text| text.contains("has reached")).collect();
    assert_eq!(told.len(), 1, "{texts:#?}");
    for part in [
        "UsageAlert shop/daily: cost 43.25 USD has reached 40 USD (80% of the limit)",
        "in the last 24h",
        "Workloads: shop/web 43.25 USD",
        "Users: ada 41.25 USD, bob 2 USD",
        "Models: gpt-4o 43.25 USD",
        "kubectl apply -f -",
    ] {
        assert!(told[0].contains(part), "{part} is not in\n{}", told[0]);
    }
    assert!(mails.iter().all(|mail| mail["Username"] == "tollgate"), "{mails:#?}");
    let status = fleet.get("tua", "shop", "daily").expect("an alert")["status"].clone();
    assert_eq!(
        (&status["state"], &status["value"], &status["limit"]),
        (&json!("Firing"), &json!("43.25"), &json!("50"))
    );
    assert_eq!(fleet.ask("select count(*) from alert_events").expect("events"), "1");
}

#[test]
fn each_kind_of_receiver_is_told_in_its_own_form_and_what_they_refuse_is_said_in_their_words() {
    let authority = Authority::new();
    let fleet = fleet(1, &authority);
    let hooks = Hooks::start();
    let closed =
        json!({"key": "k", "routingKey": "r", "slack": hooks.url("/slack"), "teams": hooks.url("/teams")});
    secret(&fleet, "tollgate-alerts", closed);
    let hook =
        |path: &str| json!({"webhook": {"url": hooks.url(path), "secretRef": {"name": "tollgate-alerts"}}});
    let at = |url: &str| json!({"webhook": {"url": url, "secretRef": {"name": "tollgate-alerts"}}});
    let named = |key: &str| json!({"secretRef": {"name": "tollgate-alerts", "key": key}});
    let good = json!([
        hook("/hook"), {"slack": named("slack")}, {"teams": named("teams")},
        {"pagerDuty": {"url": hooks.url("/pager"), "secretRef": {"name": "tollgate-alerts"}}},
        {"alertmanager": {"url": hooks.url("/manager")}}, {"kubernetesEvent": {}},
    ]);
    let bad = json!([
        hook("/refuses"), hook("/fails"), hook("/redirects"), hook("/hangs"), at("http://169.254.169.254/latest"), at("http://10.96.0.1/"),
        at("http://127.0.0.1/"), at("http://[::ffff:127.0.0.1]/"), at("http://[fe80::1]/"), {"slack": {"secretRef": {"name": "missing"}}},
        {"slack": {"secretRef": {"name": "tollgate-alerts"}}},
    ]);
    let spec = |receivers: Value| {
        json!({
            "groupBy": ["User"], "window": {"rolling": "24h"}, "limit": {"metric": "Cost", "amount": "50"},
            "thresholds": [{"above": "80%"}], "receivers": receivers,
        })
    };
    fleet.apply(&alert("bad", &spec(bad))).expect("applied");
    let (well, words) = try_out(&fleet, "bad");
    assert!(!well, "{words}");
    for part in [
        "it answered 403 Forbidden: invalid_token, sorry",
        "it answered 500 Internal Server Error: out of disk space",
        "it sends elsewhere (302 Found), which is not followed",
        "it did not answer within 10 s",
        "169.254.169.254 is 169.254.169.254, which is not a public address: refused",
        "10.96.0.1 is 10.96.0.1, which is not",
        "127.0.0.1 is 127.0.0.1, which is not",
        "::ffff:127.0.0.1, which is not",
        "fe80::1, which is not",
        "the Secret shop/missing cannot be read",
        "the Secret shop/tollgate-alerts has no key url",
    ] {
        assert!(words.contains(part), "{part} is not in\n{words}");
    }
    assert_eq!(hooks.to("/elsewhere").len(), 0);

    calls(&fleet, &token(&fleet), SignedDuration::from_mins(3), &[("ada", "41.25"), ("bob", "2")]);
    fleet.apply(&alert("good", &spec(good))).expect("applied");
    let (well, words) = try_out(&fleet, "good");
    assert!(well, "{words}");
    let posted = |path: &str| -> Value {
        let told = wait::eventually(path, || {
            let all = hooks.to(path);
            all.iter().find(|posted| posted.body.contains("has reached")).cloned().ok_or(all)
        });
        if path == "/hook" {
            let time = told.head.split("t=").nth(1).and_then(|rest| rest.split(',').next()).expect("a time");
            let wanted = python::hmac_sha256("k", &format!("{time}.{}", told.body));
            assert!(told.head.contains(&format!("v1={wanted}")), "{}", told.head);
        }
        serde_json::from_str(&told.body).expect("JSON")
    };
    let hook = posted("/hook");
    assert_eq!(
        hook["alert"],
        json!({"kind": "UsageAlert", "namespace": "shop", "name": "good", "uid": hook["alert"]["uid"]})
    );
    let event = &hook["events"][0];
    assert_eq!(event["group"], json!({"user": "ada"}), "bob has not reached anything: {hook}");
    assert_eq!(
        (&event["state"], &event["value"], &event["threshold"]),
        (&json!("firing"), &json!("41.25"), &json!("40"))
    );
    assert!(posted("/slack")["text"].as_str().expect("text").contains("(user ada): cost 41.25 USD"));
    assert_eq!(posted("/teams")["attachments"][0]["content"]["type"], "AdaptiveCard");
    let pager = posted("/pager/v2/enqueue");
    assert_eq!((&pager["event_action"], &pager["routing_key"]), (&json!("trigger"), &json!("r")));
    assert_eq!(posted("/manager/api/v2/alerts")[0]["labels"]["alertname"], "TollgateUsageAlert");
    wait::eventually("an Event", || {
        let events = fleet
            .plane
            .kubectl()
            .map_err(|error| error.to_string())?
            .args(["get", "events", "-n", "shop", "-o", "json"])
            .output();
        let text = events
            .map(|events| String::from_utf8_lossy(&events.stdout).into_owned())
            .map_err(|error| error.to_string())?;
        if text.contains("AlertFiring") { Ok(()) } else { Err(text) }
    });
    let row = fleet
        .plane
        .kubectl()
        .expect("kubectl")
        .args(["get", "tua", "good", "-n", "shop"])
        .output()
        .expect("a table");
    let row = String::from_utf8_lossy(&row.stdout).into_owned();
    for part in ["VALUE", "LIMIT", "PROJECTED", "STATE", "41.25", "50", "Firing"] {
        assert!(row.contains(part), "{part} is not in\n{row}");
    }
}

#[test]
fn an_alertmanager_shows_what_fires_learns_it_again_when_it_has_forgotten_and_lets_go_of_what_is_over() {
    let authority = Authority::new();
    let mut fleet = fleet(2, &authority);
    let mut manager = Alertmanager::start(fleet.folder()).expect("an Alertmanager");
    let address = manager.address;
    calls(&fleet, &token(&fleet), SignedDuration::from_mins(3), &[("ada", "41.25"), ("bob", "2")]);
    let of = |amount: &str| {
        json!({
            "groupBy": ["User"], "window": {"rolling": "24h"}, "limit": {"metric": "Cost", "amount": amount},
            "thresholds": [{"above": "80%", "severity": "Critical"}],
            "receivers": [{"alertmanager": {"url": format!("http://localhost:{}", address.port())}}],
        })
    };
    // a round is a minute, and what is told rests for another
    let fires = |manager: &Alertmanager, number: usize| {
        let look = || {
            let alerts = manager.alerts();
            if alerts.len() == number { Ok(alerts) } else { Err(alerts) }
        };
        wait::within(4 * wait::DEADLINE, look).expect("what fires")
    };

    fleet.apply(&alert("daily", &of("50"))).expect("applied");
    let first = fires(&manager, 1).remove(0);
    let labels = &first["labels"];
    assert_eq!(
        [&labels["alertname"], &labels["alert"], &labels["namespace"], &labels["user"], &labels["severity"]],
        ["TollgateUsageAlert", "UsageAlert shop/daily", "shop", "ada", "critical"]
    );
    let summary = first["annotations"]["summary"].as_str().expect("a summary");
    assert!(summary.contains("cost 41.25 USD has reached 40 USD (80% of the limit)"), "{summary}");

    drop(manager);
    manager = Alertmanager::start_at(address, fleet.folder()).expect("an Alertmanager");
    fires(&manager, 0);
    let leader = fleet.leader().expect("a leader");
    fleet.operators[leader].kill().expect("killed");
    let again = fires(&manager, 1).remove(0);
    assert_eq!((&again["labels"], &again["startsAt"]), (labels, &first["startsAt"]));

    fleet.apply(&alert("daily", &of("100"))).expect("applied");
    fires(&manager, 0);
}
