//! PgBouncer in transaction mode between sidecars and database, with one connection to the server for all of them.

use std::{
    fs,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use serde_json::json;
use tempfile::TempDir;
use tollgate_ledger::Sink;

use crate::{
    shipping::{append, open, ship},
    support::{Database, connect, counts, folder, ingest, row, unprivileged},
};

/// A running PgBouncer, for one database. Ends with its value.
struct Pooler {
    folder: TempDir,
    port: u16,
    child: Child,
}

/// The number is part of a socket's name in the pooler's own folder; nothing listens on TCP.
static PORT: AtomicU16 = AtomicU16::new(6432);

// === impl Pooler ===

impl Pooler {
    fn start(database: &str) -> Self {
        let own = tempfile::Builder::new().prefix("tollgate-pooler-").tempdir().unwrap();
        let port = PORT.fetch_add(1, Ordering::Relaxed);
        let config = own.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n{database} = host={server} port=5432\n\
             [pgbouncer]\nlisten_addr =\nunix_socket_dir = {own}\nlisten_port = {port}\nauth_type = any\n\
             pool_mode = transaction\ndefault_pool_size = 1\nmin_pool_size = 0\nmax_db_connections = 1\n\
             logfile = {own}/log\n",
            server = folder().display(),
            own = own.path().display(),
        );
        // With auth_type any everybody is the one login that is named here: sidecars have but one.
        let text = text.replace("port=5432", "port=5432 user=tollgate_sidecar");
        fs::write(&config, text).unwrap();
        if rustix::process::geteuid().is_root() {
            std::os::unix::fs::chown(own.path(), Some(65_534), Some(65_534)).unwrap();
        }
        let mut words: Vec<&str> = unprivileged().to_vec();
        words.push("pgbouncer");
        let child = Command::new(words[0])
            .args(&words[1..])
            .arg(&config)
            .env("PATH", format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("this test needs PgBouncer: apt-get install pgbouncer");
        let mut pooler = Self { folder: own, port, child };
        let socket = pooler.folder.path().join(format!(".s.PGSQL.{port}"));
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            let log = fs::read_to_string(pooler.folder.path().join("log")).unwrap_or_default();
            assert!(pooler.child.try_wait().unwrap().is_none(), "PgBouncer does not start:\n{log}");
            std::thread::yield_now();
        }
        pooler
    }

    fn url(&self, database: &str) -> String {
        let folder = self.folder.path().display();
        format!("postgres://tollgate_sidecar@localhost:{}/{database}?host={folder}", self.port)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const LONG: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_sidecars_share_one_connection_to_the_server() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let pooler = Pooler::start(&database.name);
    let url = pooler.url(&database.name);
    let sidecars: Vec<_> = ["chat", "search"]
        .into_iter()
        .map(|feature| {
            let (url, token) = (url.clone(), token.clone());
            std::thread::spawn(move || {
                let folder = tempfile::tempdir().unwrap();
                let mut opened = open(folder.path());
                for _ in 0..700 {
                    append(&mut opened.writers[0], feature);
                }
                drop(opened);
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(ship(open(folder.path()), Sink::postgres(&url, &token).unwrap(), LONG))
            })
        })
        .collect();
    for sidecar in sidecars {
        assert_eq!(sidecar.join().unwrap(), 0, "records are left");
    }
    assert_eq!(
        database
            .rows("select feature, count(*) as rows from provider_usage_logs group by 1 order by 1")
            .await,
        [json!({"feature": "chat", "rows": 700}), json!({"feature": "search", "rows": 700})]
    );
    assert_eq!(database.count("usage_quarantine").await, 0);
    let servers = "select count(*) from pg_stat_activity where datname = current_database() and usename = 'tollgate_sidecar'";
    assert_eq!(database.value(servers).await, 1);
}

#[tokio::test]
async fn a_sidecar_that_waits_holds_no_connection_from_the_others() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    let pooler = Pooler::start(&database.name);
    let mut idle = Vec::new();
    for _ in 0..5 {
        // each stays connected to the pooler after its batch
        let mut sidecar = crate::support::connect_to(&pooler.url(&database.name)).await;
        assert_eq!(simple(&mut sidecar, &token).await, counts(1, 0, 0, 0));
        idle.push(sidecar);
    }
    for sidecar in &mut idle {
        assert_eq!(simple(sidecar, &token).await, counts(1, 0, 0, 0));
    }
    let mut direct = connect("tollgate_sidecar", &database.name).await;
    assert_eq!(ingest(&mut direct, &token, &json!([row(json!({}))])).await, counts(1, 0, 0, 0));
    assert_eq!(database.count("provider_usage_logs").await, 11);
}

/// A batch by the simple protocol, as the sink sends it.
async fn simple(connection: &mut sqlx::PgConnection, token: &str) -> serde_json::Value {
    let rows = json!([row(json!({}))]).to_string().replace('\'', "''");
    let sql = format!("select tollgate_ingest_v1('{token}', '{rows}')::text");
    let answer = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).fetch_one(connection).await.unwrap();
    serde_json::from_str(&sqlx::Row::get::<String, _>(&answer, 0)).unwrap()
}
