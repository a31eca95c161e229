//! The leader's task as a whole.

use std::{
    io::Write,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use prometheus_client::{encoding::text::encode, registry::Registry};
use serde_json::json;
use tokio::{sync::watch, task::JoinHandle, time::timeout};
use tollgate_operator::{
    database::{metrics::UpkeepMetrics, upkeep::Upkeep},
    leadership::{Leadership, Standing},
};

use crate::support::{Database, connect, counts, row, run};

const DEADLINE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);

/// An upkeep that runs, and what it shows.
struct Running {
    standing: watch::Sender<Standing>,
    registry: Registry,
    task: JoinHandle<()>,
}

// === impl Running ===

impl Running {
    fn start(database: &Database) -> Self {
        let (standing, watched) = watch::channel(Standing::default());
        let mut registry = Registry::default();
        let upkeep = Upkeep {
            database: database.handle(),
            leadership: Leadership::new(watched),
            sidecar_url: None,
            console_url: None,
            keep: 35,
            metrics: UpkeepMetrics::register(&mut registry),
        };
        let task = tokio::spawn(async move { match upkeep.run().await {} });
        Self { standing, registry, task }
    }

    fn lead(&self, leads: bool) {
        let until = leads.then(|| Instant::now() + Duration::from_secs(3600));
        self.standing.send_replace(Standing { until, leader: None });
    }

    fn text(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.registry).unwrap();
        text
    }

    /// Waits until a metric's line is there.
    async fn shows(&self, line: &str) {
        self.until(line, |text| text.lines().any(|shown| shown == line)).await;
    }

    async fn until(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let held = async {
            while !holds(&self.text()) {
                tokio::time::sleep(LOOK).await;
            }
        };
        assert!(
            timeout(DEADLINE, held).await.is_ok(),
            "{what}: it did not come to that, but\n{}",
            self.text()
        );
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Waits until a query's value is this.
async fn becomes(database: &mut Database, sql: &str, value: serde_json::Value) {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let found = database.value(sql).await;
        if found == value {
            return;
        }
        assert!(Instant::now() < deadline, "{sql}: {found}, not {value}");
        tokio::time::sleep(LOOK).await;
    }
}

/// Whoever is in it is put out, and nobody gets in; a superuser that asks for another database still gets that.
async fn close(name: &str, closed: bool) {
    let mut admin = connect("admin", "postgres").await;
    run(&mut admin, format!("alter database {name} with allow_connections {}", !closed)).await;
    if closed {
        run(
            &mut admin,
            format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"),
        )
        .await;
    }
}

#[tokio::test]
async fn an_empty_database_is_migrated_and_kept_once_the_replica_leads() {
    let mut database = Database::empty("admin").await;
    let upkeep = Running::start(&database);
    upkeep.shows("tollgate_operator_database_up 0").await;
    assert_eq!(database.value("select to_regclass('provider_usage_logs')").await, json!(null));
    upkeep.lead(true);
    upkeep.shows("tollgate_operator_database_up 1").await;
    assert_eq!(
        database
            .value("select count(*) from pg_inherits where inhparent = 'provider_usage_logs'::regclass")
            .await,
        15
    );
    let token = database.token().await;
    database.ingest(&token, &json!([row(json!({}))])).await;
    becomes(&mut database, "select sum(calls) from usage_hourly", json!(1)).await;
    becomes(&mut database, "select sum(calls) from usage_users_daily", json!(1)).await;
    upkeep.shows(r#"tollgate_operator_rollup_waiting{grain="Hour"} 0"#).await;
    upkeep.shows(r#"tollgate_operator_rollup_waiting{grain="Day"} 0"#).await;
}

#[tokio::test]
async fn a_replica_that_leads_no_longer_leaves_the_marks_to_the_next() {
    let mut database = Database::migrated().await;
    let first = Running::start(&database);
    first.lead(true);
    first.shows("tollgate_operator_database_up 1").await;
    first.lead(false);
    first.shows("tollgate_operator_database_up 0").await;
    let gone = "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'tollgate-operator'";
    becomes(&mut database, gone, json!(0)).await;
    let token = database.token().await;
    database.ingest(&token, &json!([row(json!({}))])).await;
    let second = Running::start(&database);
    second.lead(true);
    becomes(&mut database, "select sum(calls) from usage_hourly", json!(1)).await;
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_database_that_was_away_is_kept_again_and_both_are_said() {
    let log = Log::default();
    let written = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || written.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let mut database = Database::migrated().await;
    let token = database.token().await;
    let upkeep = Running::start(&database);
    upkeep.lead(true);
    upkeep.shows("tollgate_operator_database_up 1").await;
    close(&database.name, true).await;
    upkeep.shows("tollgate_operator_database_up 0").await;
    let refused = r#"tollgate_operator_database_failures_total{step="Connect"}"#;
    upkeep
        .until("tries that failed", |text| text.contains(refused) && !text.contains(&format!("{refused} 0")))
        .await;
    close(&database.name, false).await;
    upkeep.shows("tollgate_operator_database_up 1").await;

    database.connection = connect("admin", &database.name).await;
    assert_eq!(database.ingest(&token, &json!([row(json!({}))])).await, counts(1, 0, 0, 0));
    becomes(&mut database, "select sum(calls) from usage_hourly", json!(1)).await;
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let warnings: Vec<_> = said.lines().filter(|line| line.contains("is not kept at the moment")).collect();
    assert!((1..=3).contains(&warnings.len()), "{said}");
    assert!(said.contains("the ledger's database is back"), "{said}");
}

#[tokio::test]
async fn an_hour_that_cannot_be_made_keeps_no_other_from_its_turn_and_is_counted() {
    let mut database = Database::migrated().await;
    let token = database.token().await;
    database
        .run(
            "create function no_search() returns trigger language plpgsql as $$
             begin
                 if new.feature = 'search' then raise exception 'no room for it'; end if;
                 return new;
             end $$;
             create trigger no_search before insert on usage_hourly for each row execute function no_search()",
        )
        .await;
    let batch = json!([row(json!({"cluster": "a", "feature": "search"})), row(json!({"cluster": "b"}))]);
    database.ingest(&token, &batch).await;
    let upkeep = Running::start(&database);
    upkeep.lead(true);
    becomes(&mut database, "select string_agg(cluster, ' ') from usage_hourly", json!("b")).await;
    upkeep.shows(r#"tollgate_operator_database_failures_total{step="Rollup"} 1"#).await;
    upkeep.shows("tollgate_operator_database_up 1").await;
    assert_eq!(database.value("select string_agg(cluster, ' ') from usage_rolling").await, "a");
}
