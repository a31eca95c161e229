//! A Postgres for tests: one server a test program, a fresh database a test. Debian's binaries, run as an unprivileged
//! user in a folder of their own; nothing is left when the program ends, however it ends.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, Row, postgres::PgConnectOptions};
use tollgate_crds::stream::Attribution;
use tollgate_ledger::{CallId, CallIds};
use tollgate_operator::{
    database::rollup::{Grain, Part, Remade, marked, remake},
    index::{Alert, INJECT, Index, Kind, Namespace, SharedIndex},
    migrate,
    token::Claims,
    token_key,
};

/// A running server. It ends with this program: its shell waits on a pipe that only this program holds open.
struct Server {
    folder: PathBuf,
    _shell: Child,
}

/// A database of a test's own.
pub(crate) struct Database {
    pub(crate) name: String,
    /// As a superuser.
    pub(crate) connection: PgConnection,
}

static SERVER: LazyLock<Server> = LazyLock::new(Server::start);
static COUNT: AtomicUsize = AtomicUsize::new(0);

const START: &str = r#"
trap '' INT TERM
"$@" >"$FOLDER/log" 2>&1 &
postgres=$!
cat >/dev/null
kill -QUIT $postgres
wait $postgres
rm -rf "$FOLDER"
"#;

// === impl Server ===

impl Server {
    fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("tollgate-pg-").tempdir().unwrap().keep();
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(&folder, Some(65_534), Some(65_534)).unwrap();
        }
        let program = |name: &str| {
            let path = binaries().join(name);
            let mut words: Vec<String> = unprivileged().iter().map(ToString::to_string).collect();
            words.push(path.to_str().unwrap().to_owned());
            words
        };
        let data = folder.join("data");
        let initdb = program("initdb");
        let made = Command::new(&initdb[0])
            .args(&initdb[1..])
            .arg("-D")
            .arg(&data)
            .args(["-U", "admin", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));

        let mut shell = Command::new("sh");
        shell.args(["-c", START, "sh"]).args(program("postgres")).arg("-D").arg(&data).arg("-k").arg(&folder);
        for setting in [
            "listen_addresses=",
            "fsync=off",
            "full_page_writes=off",
            "synchronous_commit=off",
            "shared_buffers=32MB",
            "max_connections=250",
        ] {
            shell.args(["-c", setting]);
        }
        let shell = shell.env("FOLDER", &folder).current_dir(&folder).stdin(Stdio::piped()).spawn().unwrap();
        let server = Self { folder, _shell: shell };
        server.wait();
        server
    }

    /// Until it takes connections: it says so in its log, and its log is shown if it ends instead.
    fn wait(&self) {
        loop {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            if log.contains("ready to accept connections") {
                return;
            }
            assert!(!log.contains("FATAL"), "Postgres does not start:\n{log}");
            std::thread::yield_now();
        }
    }
}

/// Debian keeps them out of the path, by version.
fn binaries() -> PathBuf {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect())
        .unwrap_or_default();
    found.retain(|bin| bin.join("initdb").exists());
    found.sort();
    let elsewhere = || {
        let path = env::var_os("PATH")?;
        env::split_paths(&path).find(|bin| bin.join("initdb").exists())
    };
    found.pop().or_else(elsewhere).expect("this test needs Postgres: apt-get install postgresql")
}

pub(crate) fn folder() -> &'static Path {
    &SERVER.folder
}

/// The words before a program that must not run as root.
pub(crate) fn unprivileged() -> &'static [&'static str] {
    if rustix::process::geteuid().is_root() {
        &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    } else {
        &[]
    }
}

/// The URL of a database, for anything that takes one.
pub(crate) fn url(login: &str, database: &str) -> String {
    format!("postgres://{login}@localhost/{database}?host={}", folder().display())
}

pub(crate) async fn connect(login: &str, database: &str) -> PgConnection {
    let options: PgConnectOptions = url(login, database).parse().unwrap();
    options.connect().await.unwrap()
}

/// As a sidecar connects, through whatever stands between.
pub(crate) async fn connect_to(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().unwrap();
    options.extra_float_digits(None).statement_cache_capacity(0).connect().await.unwrap()
}

// === impl Database ===

impl Database {
    /// An empty one.
    pub(crate) async fn empty(owner: &str) -> Self {
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let mut admin = connect("admin", "postgres").await;
        run(&mut admin, format!("create database {name} owner {owner}")).await;
        Self { connection: connect("admin", &name).await, name }
    }

    /// One with our schema.
    pub(crate) async fn migrated() -> Self {
        let mut database = Self::empty("admin").await;
        migrate::run(&mut database.connection, || ()).await.unwrap();
        database
    }

    pub(crate) async fn token(&mut self) -> String {
        let nobody = Claims { cluster: None, namespace: None, pod: None, expires: in_an_hour() };
        self.sign(&nobody).await
    }

    pub(crate) async fn sign(&mut self, claims: &Claims) -> String {
        token_key::current(&mut self.connection).await.unwrap().sign(claims)
    }

    /// Puts rows through the door, as sidecars do.
    pub(crate) async fn ingest(&mut self, token: &str, rows: &Value) -> Value {
        ingest(&mut self.connection, token, rows).await
    }

    pub(crate) async fn run(&mut self, sql: impl Into<String>) {
        run(&mut self.connection, sql.into()).await;
    }

    /// A query's single value, as JSON.
    pub(crate) async fn value(&mut self, sql: &str) -> Value {
        let sql = format!("select to_jsonb(({sql}))::text");
        let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&mut self.connection).await.unwrap();
        row.get::<Option<String>, _>(0).map_or(Value::Null, |text| serde_json::from_str(&text).unwrap())
    }

    /// Makes anew what is marked of one grain.
    pub(crate) async fn remake(&mut self, grain: Grain) -> Vec<(Part, Remade)> {
        let mut made = Vec::new();
        for part in marked(&mut self.connection, grain).await.unwrap() {
            let remade = remake(&mut self.connection, &part).await.unwrap();
            made.push((part, remade));
        }
        made
    }

    /// Makes all rollups anew that are marked, until no mark is left.
    pub(crate) async fn roll_up(&mut self) {
        loop {
            let mut parts = Vec::new();
            for grain in Grain::ALL {
                parts.extend(marked(&mut self.connection, grain).await.unwrap());
            }
            if parts.is_empty() {
                return;
            }
            for part in parts {
                remake(&mut self.connection, &part).await.unwrap();
            }
        }
    }

    /// A query's rows, each as JSON.
    pub(crate) async fn rows(&mut self, sql: &str) -> Vec<Value> {
        match self.value(&format!("select jsonb_agg(to_jsonb(r)) from ({sql}) r")).await {
            Value::Array(rows) => rows,
            _ => Vec::new(),
        }
    }

    /// The owner's way to it, as the operator has it.
    pub(crate) fn handle(&self) -> tollgate_operator::database::Database {
        tollgate_operator::database::Database::new(&url("admin", &self.name), None).unwrap()
    }

    pub(crate) async fn count(&mut self, table: &str) -> i64 {
        self.value(&format!("select count(*) from {table}")).await.as_i64().unwrap()
    }
}

pub(crate) async fn run(connection: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.unwrap();
}

pub(crate) async fn ingest(connection: &mut PgConnection, token: &str, rows: &Value) -> Value {
    let answer: String = sqlx::query_scalar("select tollgate_ingest_v1($1, $2::jsonb)::text")
        .bind(token)
        .bind(rows.to_string())
        .fetch_one(connection)
        .await
        .unwrap();
    serde_json::from_str(&answer).unwrap()
}

pub(crate) fn in_an_hour() -> Timestamp {
    Timestamp::now() + SignedDuration::from_hours(1)
}

pub(crate) fn id_at(at: Timestamp) -> CallId {
    CallIds::from_os().unwrap().next(at)
}

/// A row as a sidecar sends it, with what is to differ.
pub(crate) fn row(changes: Value) -> Value {
    let mut row = json!({
        "id": id_at(Timestamp::now()).to_string(), "created_at": "2026-11-25T10:00:00.000Z",
        "cluster": null, "namespace": "shop", "workload": "web", "pod": "web-0", "container": null,
        "feature": "chat", "user_id": "ada", "provider": "openai", "host": "api.openai.com", "model": "gpt-4o",
        "endpoint": "/v1/chat/completions", "outcome": "completed", "status": 200, "streamed": true,
        "tokens_used": 30, "input_tokens": 10, "output_tokens": 20, "cached_input_tokens": 0,
        "cache_write_tokens": 0, "reasoning_tokens": 0, "cost_usd": "0.000225000001", "usage_source": "provider",
        "account": "abcdefghijklmnop", "metadata": {"usage": {"input": 10, "output": 20}},
    });
    for (name, value) in changes.as_object().unwrap() {
        row[name] = value.clone();
    }
    row
}

pub(crate) fn counts(accepted: u64, replaced: u64, duplicate: u64, quarantined: u64) -> Value {
    json!({"accepted": accepted, "replaced": replaced, "duplicate": duplicate, "quarantined": quarantined})
}

/// An index that knows one namespace and this UsageAlert of it, `shop/daily` with the uid `uid-9`.
pub(crate) fn index_of(spec: Value) -> SharedIndex {
    let mut index = Index::new(Attribution::default());
    let namespace = Namespace {
        name: "shop".to_owned(),
        uid: "ns".to_owned(),
        labels: [(INJECT.to_owned(), "enabled".to_owned())].into(),
        annotations: Default::default(),
    };
    let now = Timestamp::now();
    index.reset_flags(Kind::FeatureFlag, Vec::new(), "1", now);
    index.reset_flags(Kind::ClusterFeatureFlag, Vec::new(), "1", now);
    index.reset_namespaces(vec![namespace], "1", now);
    index.reset_alerts(Kind::UsageAlert, vec![alert_of(spec, 1)], "1", now);
    index.reset_alerts(Kind::ClusterUsageAlert, Vec::new(), "1", now);
    SharedIndex::new(index)
}

/// The alert of [`index_of`], as it was written so many times.
pub(crate) fn alert_of(spec: Value, generation: u64) -> Alert {
    let object = json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert",
        "metadata": {"name": "daily", "namespace": "shop", "uid": "uid-9", "generation": generation}, "spec": spec,
    });
    Alert::read(Kind::UsageAlert, serde_json::from_value(object).unwrap())
}
