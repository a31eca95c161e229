//! The program itself, configured as injection does it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::operator::{Authority, Operator, ledger, state};
use crate::wait::{blocking, until};

/// A pod's volumes, and the sidecar in it.
struct Sidecar {
    folder: TempDir,
    base: SocketAddr,
    admin: SocketAddr,
    operator: String,
    /// Where the provider is.
    upstream: String,
    /// Where it is the providers' hosts: then it ends TLS, and says in the folder `trust` whom apps must trust.
    hosts: Option<SocketAddr>,
    process: Option<Child>,
}

impl Sidecar {
    /// The volumes, with a token and the operator's certificates.
    fn new(operator: &str, authority: &Authority) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("state")).unwrap();
        fs::write(folder.path().join("token"), "token-1").unwrap();
        fs::write(folder.path().join("state/ca.crt"), authority.pem()).unwrap();
        // Nobody is there: a call that passes is answered with 502.
        let upstream = "http://127.0.0.1:1".to_owned();
        let operator = operator.to_owned();
        Self { folder, base: free(), admin: free(), operator, upstream, hosts: None, process: None }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What kubelet brings of the ConfigMap.
    fn config_map(&self, mut state: Value) {
        state.as_object_mut().unwrap().remove("type");
        fs::write(self.path("aside"), state.to_string()).unwrap();
        fs::rename(self.path("aside"), self.path("state/state.json")).unwrap();
    }

    fn config(&self) -> Value {
        let mut config = json!({
            "listen": {"baseUrl": self.base, "admin": self.admin},
            "upstreams": {"openai": self.upstream},
            "workload": {"namespace": "shop", "name": "web"},
            "spool": self.path("spool"),
            "spoolLimit": 64 << 20,
            "ledger": "operator",
            "operator": {"url": self.operator, "tokenFile": self.path("token"),
                "stateDirectory": self.path("state"), "denyUntilKnown": ["payments"]},
            "aSettingOfANewerRelease": true,
        });
        if let Some(hosts) = self.hosts {
            config["listen"]["hosts"] = json!([hosts]);
            config["tls"] = json!({"bundle": self.path("trust")});
        }
        config
    }

    fn command(&self, word: &str) -> Command {
        let log = File::options().create(true).append(true).open(self.path("log")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate-sidecar"));
        command
            .arg(word)
            .env("TOLLGATE_CONFIG", self.config().to_string())
            .env("POD_NAME", "web-0")
            .stderr(log);
        command
    }

    /// Starts it; by its own probe it has started when this returns.
    fn start(&mut self) {
        assert!(!self.has_started(), "before it was");
        self.process = Some(self.command("run").spawn().unwrap());
        blocking("the sidecar's start", || self.has_started().then_some(()).ok_or_else(|| self.log()));
    }

    fn has_started(&self) -> bool {
        self.command("probe").status().unwrap().success()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    fn kill(&mut self) {
        let mut process = self.process.take().unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// Told to stop, as kubelet does it once the app has ended.
    fn terminate(&mut self) -> ExitStatus {
        let mut process = self.process.take().unwrap();
        assert!(Command::new("kill").arg(process.id().to_string()).status().unwrap().success());
        blocking("the sidecar's end", || process.try_wait().unwrap().ok_or_else(|| "it runs".to_owned()))
    }

    /// Of a call that names this feature.
    fn status(&self, feature: &str) -> u16 {
        let head = format!("x-tollgate-feature: {feature}\r\n");
        ask(self.base, "POST", "/openai/v1/chat/completions", &head).map_or(0, |(status, _)| status)
    }

    fn refuses(&self, feature: &str) -> bool {
        match self.status(feature) {
            403 => true,
            502 => false,
            other => panic!("{feature} is answered with {other}\n{}", self.log()),
        }
    }

    /// The value of a metric, by the beginning of its line.
    fn metric(&self, line: &str) -> Option<String> {
        let (_, text) = ask(self.admin, "GET", "/metrics", "")?;
        let found = text.lines().find(|candidate| candidate.starts_with(line))?;
        found.rsplit_once(' ').map(|(_, value)| value.to_owned())
    }
}

impl Drop for Sidecar {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
        if std::thread::panicking() {
            eprintln!("--- log of the sidecar ---\n{}---", self.log());
        }
    }
}

fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Status and body; none where nobody answers.
fn ask(address: SocketAddr, method: &str, path: &str, headers: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(address).ok()?;
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n{headers}\r\n"
    );
    stream.write_all(head.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
}

/// An operator on a thread of its own, so that a test may wait for a call.
fn elsewhere(authority: &Authority) -> Operator {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let handle = runtime.handle().clone();
    std::thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
    let _in_that_runtime = handle.enter();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    Operator::on(tokio::net::TcpListener::from_std(listener).unwrap(), authority)
}

/// A provider whose every answer is of this model, for a million tokens of input.
fn provider(model: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = json!({
        "id": "chatcmpl-1", "object": "chat.completion", "model": model,
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hello"}}],
        "usage": {"prompt_tokens": 1_000_000, "completion_tokens": 0, "total_tokens": 1_000_000},
    })
    .to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let (mut head, mut byte) = (Vec::new(), [0]);
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                head.extend_from_slice(&byte);
            }
            let length = answer.len();
            let _gone = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{answer}"
            );
        }
    });
    url
}

/// An address where no operator is.
const NOBODY: &str = "https://127.0.0.1:1";

#[test]
fn a_fresh_pod_knows_by_the_config_map_what_is_off_while_no_operator_answers() {
    let mut sidecar = Sidecar::new(NOBODY, &Authority::new());
    sidecar.config_map(state(10, &[("chat", false)]));
    sidecar.start();
    assert!(sidecar.refuses("chat") && !sidecar.refuses("search") && !sidecar.refuses("payments"));
    let holds_by = "tollgate_state_source{namespace=\"shop\",workload=\"web\",source=\"config_map\"}";
    assert_eq!(sidecar.metric(holds_by).as_deref(), Some("1"));
    assert!(sidecar.log().contains("aSettingOfANewerRelease"));
}

#[test]
fn a_config_map_that_comes_later_counts() {
    let mut sidecar = Sidecar::new(NOBODY, &Authority::new());
    sidecar.start();
    sidecar.config_map(state(10, &[("chat", false)]));
    blocking("chat to be refused", || sidecar.refuses("chat").then_some(()).ok_or_else(|| sidecar.log()));
}

#[test]
fn a_pod_that_knows_nothing_lets_calls_pass_and_says_so_but_those_denied_until_then() {
    let mut sidecar = Sidecar::new(NOBODY, &Authority::new());
    sidecar.start();
    assert!(sidecar.refuses("payments") && !sidecar.refuses("chat"));
    let passed = sidecar
        .metric("tollgate_fail_open_total{namespace=\"shop\",workload=\"web\",reason=\"StateUnknown\"}");
    assert_eq!(passed.as_deref(), Some("1"));
    assert!(sidecar.log().contains("no state of the flags is known yet"));
}

/// Full, read-only or somebody else's: here, no folder at all, which takes no file from anybody.
#[tokio::test]
async fn a_disk_that_takes_nothing_keeps_no_pod_from_its_calls_and_no_flag_from_holding() {
    let authority = Authority::new();
    let mut operator = elsewhere(&authority);
    let mut sidecar = Sidecar::new(&operator.url(), &authority);
    fs::write(sidecar.path("spool"), "no folder").unwrap();
    sidecar.start();
    assert!(!sidecar.refuses("chat"));
    let mut stream = operator.stream().await;
    stream.line(&state(10, &[("chat", false)]));
    until("chat to be refused", || sidecar.refuses("chat")).await;
    assert!(sidecar.log().contains("records wait in memory until the ledger has them, calls go on"));
    assert_eq!(sidecar.metric("tollgate_records_dropped_total").as_deref(), Some("0"));
    assert!(sidecar.metric("tollgate_spool_records").is_some_and(|waiting| waiting != "0.0"));
    assert!(sidecar.terminate().success(), "{}", sidecar.log());
}

/// What is in the way of a file there keeps it from being written, as a full disk does.
#[test]
fn whom_to_trust_may_stay_unwritten_where_apps_have_read_it_of_an_earlier_start() {
    let mut sidecar = Sidecar::new(NOBODY, &Authority::new());
    sidecar.hosts = Some(free());
    fs::create_dir_all(sidecar.path("trust/bundle.new")).unwrap();
    assert!(!sidecar.command("run").status().unwrap().success(), "apps could trust nobody");
    assert!(sidecar.log().contains("by which apps would trust us"));
    fs::write(sidecar.path("trust/ca.pem"), "of an earlier start").unwrap();
    sidecar.start();
    assert!(!sidecar.refuses("chat"));
    assert!(sidecar.log().contains("pass it by, and are not metered"));
}

#[test]
fn the_admin_port_has_metrics_and_probes_and_nothing_else() {
    let mut sidecar = Sidecar::new(NOBODY, &Authority::new());
    sidecar.start();
    for path in ["/metrics", "/startupz", "/healthz", "/readyz"] {
        assert_eq!(ask(sidecar.admin, "GET", path, "").unwrap().0, 200, "{path}");
        assert_eq!(ask(sidecar.admin, "POST", path, "").unwrap().0, 405, "{path}");
    }
    assert_eq!(ask(sidecar.admin, "GET", "/openai/v1/models", "").unwrap().0, 404);
}

#[tokio::test]
async fn what_the_stream_told_holds_after_a_kill_though_the_operator_is_away_and_the_config_map_is_older() {
    let authority = Authority::new();
    let mut operator = elsewhere(&authority);
    let mut sidecar = Sidecar::new(&operator.url(), &authority);
    sidecar.config_map(state(5, &[("chat", true)]));
    sidecar.start();
    let mut stream = operator.stream().await;
    stream.line(&ledger("token"));
    stream.line(&state(10, &[("chat", false)]));
    until("chat to be refused", || sidecar.refuses("chat")).await;
    // what holds is kept at once, but after it holds
    let state = sidecar.path("spool/state.json");
    let is_off = |kept: String| kept.contains("\"enabled\":false");
    until("that to be kept", || fs::read_to_string(&state).is_ok_and(is_off)).await;

    operator.kill().await;
    sidecar.kill();
    sidecar.start();
    assert!(sidecar.refuses("chat"), "right from the first call");
    let kept = |name: &str| mode(&sidecar.path("spool").join(name));
    assert_eq!((kept("state.json"), kept("ledger-access.json")), (0o600, 0o600));
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn told_prices_hold_at_once_and_after_a_kill_and_those_that_cannot_be_read_change_nothing() {
    let authority = Authority::new();
    let mut operator = elsewhere(&authority);
    let mut sidecar = Sidecar::new(&operator.url(), &authority);
    sidecar.start();
    let mut stream = operator.stream().await;
    let told = |text: &str| json!({"type": "prices", "text": text});
    let hold = |log: &str| log.matches("hold: the operator's").count();
    stream.line(&told("openai: {discount: \"15%\"}"));
    until("the prices to hold", || hold(&sidecar.log()) == 1).await;
    until("the prices to be kept", || sidecar.path("spool/prices.json").exists()).await;
    let kept = fs::read_to_string(sidecar.path("spool/prices.json")).unwrap();
    stream.line(&told("openai: {aWordOfTheFuture: 1, discount: x}"));
    until("the others to be refused", || sidecar.log().contains("cannot be read by this sidecar")).await;
    assert_eq!(fs::read_to_string(sidecar.path("spool/prices.json")).unwrap(), kept);

    operator.kill().await;
    sidecar.kill();
    sidecar.start();
    assert_eq!(hold(&sidecar.log()), 2, "{}", sidecar.log());
}

#[tokio::test]
async fn a_price_announced_for_an_instant_holds_from_that_instant() {
    let authority = Authority::new();
    let mut operator = elsewhere(&authority);
    let mut sidecar = Sidecar::new(&operator.url(), &authority);
    sidecar.upstream = provider("our-model");
    sidecar.start();
    let mut stream = operator.stream().await;
    let hold = |log: &str| log.matches("hold: the operator's").count();
    let (mut calls, mut announced) = (0, 0);
    // Once more should the first call come so late that the new price holds already.
    let (instant, before) = loop {
        let instant = Timestamp::from_second(Timestamp::now().as_second() + 3).unwrap();
        let text = format!(
            "openai: {{our-model: [{{input: '1', output: '0'}}, {{valid_from: {instant}, input: '2', output: '0'}}]}}"
        );
        stream.line(&json!({"type": "prices", "text": text}));
        announced += 1;
        until("the prices to hold", || hold(&sidecar.log()) == announced).await;
        let row = called(&sidecar, &mut operator, &mut calls).await;
        if at(&row) < instant {
            break (instant, row);
        }
    };
    assert_eq!(before["cost_usd"], "1", "{before}");
    let after = loop {
        let row = called(&sidecar, &mut operator, &mut calls).await;
        if at(&row) >= instant {
            break row;
        }
        assert_eq!(row["cost_usd"], "1", "{row}");
    };
    assert_eq!(after["cost_usd"], "2", "{after}");
}

/// The row of one more call.
async fn called(sidecar: &Sidecar, operator: &mut Operator, calls: &mut usize) -> Value {
    assert_eq!(sidecar.status("chat"), 200, "{}", sidecar.log());
    *calls += 1;
    let report = operator.report_that(|report| report.waiting.len() >= *calls).await;
    let mut rows: Vec<Value> = report.waiting.iter().map(|row| serde_json::from_str(row).unwrap()).collect();
    rows.sort_by_key(at);
    rows.pop().unwrap()
}

fn at(row: &Value) -> Timestamp {
    row["created_at"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_model_that_no_price_book_has_is_reported_with_the_one_that_it_looks_like() {
    let authority = Authority::new();
    let mut operator = elsewhere(&authority);
    let mut sidecar = Sidecar::new(&operator.url(), &authority);
    sidecar.upstream = provider("gpt-5.4-hyper");
    sidecar.start();
    let _stream = operator.stream().await;
    let row = called(&sidecar, &mut operator, &mut 0).await;
    assert_eq!((&row["cost_usd"], &row["input_tokens"]), (&json!(null), &json!(1_000_000)));
    let report = operator.report_that(|report| !report.unpriced.is_empty()).await;
    let [unpriced] = &*report.unpriced else { panic!("{:?}", report.unpriced) };
    assert_eq!(
        (&*unpriced.feature, &*unpriced.provider, &*unpriced.model),
        ("chat", "openai", "gpt-5.4-hyper")
    );
    assert_eq!(unpriced.looks_like.as_deref(), Some("gpt-5.4"));
}

#[tokio::test]
async fn its_metrics_say_how_fresh_the_state_is_and_how_fast_it_came() {
    let authority = Authority::new();
    let mut operator = elsewhere(&authority);
    let mut sidecar = Sidecar::new(&operator.url(), &authority);
    sidecar.start();
    let mut stream = operator.stream().await;
    stream.line(&state(10, &[("chat", true)]));
    stream.heartbeat(3_000);
    stream.line(&state(11, &[("chat", false)]));
    until("chat to be refused", || sidecar.refuses("chat")).await;
    let metric = |name: &str, labels: &str| {
        sidecar.metric(&format!("{name}{{namespace=\"shop\",workload=\"web\"{labels}}}")).unwrap_or_default()
    };
    assert_eq!(metric("tollgate_flag_enabled", ",feature=\"chat\""), "0");
    assert_eq!(metric("tollgate_state_source", ",source=\"stream\""), "1");
    assert_eq!(metric("tollgate_state_connected", ""), "1");
    assert_eq!(metric("tollgate_state_push_seconds_count", ""), "1");
    let age: f64 = metric("tollgate_state_age_seconds", ",source=\"stream\"").parse().unwrap();
    assert!(age >= 3.0, "{age}");
}

#[tokio::test]
async fn told_to_stop_it_reports_what_was_spent_says_goodbye_and_ends() {
    let authority = Authority::new();
    let mut operator = elsewhere(&authority);
    let mut sidecar = Sidecar::new(&operator.url(), &authority);
    sidecar.start();
    let mut stream = operator.stream().await;
    stream.line(&state(10, &[("chat", false)]));
    until("chat to be refused", || sidecar.refuses("chat")).await;
    sidecar.refuses("search");
    let status = tokio::task::spawn_blocking(move || sidecar.terminate()).await.unwrap();
    assert!(status.success(), "{status}");
    let goodbye = operator.report_that(|report| report.closing).await;
    let spend = &goodbye.spend;
    assert!(spend["chat"].refused >= 1 && spend["chat"].cost == "0", "{spend:?}");
    assert_eq!((spend["search"].calls, spend["search"].refused), (1, 0));
    assert!(goodbye.spool_records >= 2, "no ledger was told of");
}
