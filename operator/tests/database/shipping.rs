use std::{fs, path::Path, sync::Arc, thread, time::Duration};

use jiff::Timestamp;
use tempfile::TempDir;
use tollgate_ledger::{Access, CallIds, Metadata, Opened, Record, Sink, Spool, SpoolSettings, SpoolWriter};
use tollgate_meter::{Outcome, Provider, Usage, UsageSource};

use crate::support::{Database, connect, run, url};

pub(crate) fn open(folder: &Path) -> Opened {
    Spool::open(&SpoolSettings::new(folder, 1)).unwrap()
}

pub(crate) fn append(writer: &mut SpoolWriter, feature: &str) {
    let usage = Usage::default();
    let record = Record {
        id: CallIds::from_os().unwrap().next(Timestamp::now()),
        cluster: None,
        namespace: Some("shop"),
        workload: Some("web"),
        pod: Some("web-0"),
        container: None,
        feature,
        user_id: Some(r#"o'hara\n"\u0041"#),
        provider: Provider::OpenAi,
        host: "api.openai.com",
        model: Some("gpt-4o\0"),
        endpoint: "/v1/chat/completions",
        outcome: Outcome::Completed,
        status: Some(200),
        streamed: true,
        tokens: usage.tokens(),
        cost: None,
        usage_source: UsageSource::None,
        account: None,
        metadata: Metadata::of(&usage),
    };
    writer.append(&record, None);
}

/// Everything there is, as at the end of a process; gives how many records are left.
pub(crate) async fn ship(opened: Opened, sink: Sink, grace: Duration) -> u64 {
    opened.shipper.run(sink, std::future::ready(()), grace).await
}

const LONG: Duration = Duration::from_secs(60);

async fn sink(database: &mut Database) -> Sink {
    let token = database.token().await;
    Sink::postgres(&url("tollgate_sidecar", &database.name), &token).unwrap()
}

/// As the folder was before: what a crash after the database's answer leaves.
fn copy(from: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

#[tokio::test]
async fn records_stand_in_the_table_once_also_when_a_crash_sends_them_again() {
    let mut database = Database::migrated().await;
    let folder = tempfile::tempdir().unwrap();
    let mut opened = open(folder.path());
    for _ in 0..1234 {
        append(&mut opened.writers[0], "chat");
    }
    drop(opened);
    let again = copy(folder.path());
    assert_eq!(ship(open(folder.path()), sink(&mut database).await, LONG).await, 0);
    assert_eq!(ship(open(again.path()), sink(&mut database).await, LONG).await, 0);
    assert_eq!(database.count("provider_usage_logs").await, 1234);
    assert_eq!(database.count("usage_quarantine").await, 0);
    let texts = "select distinct user_id || '|' || model from provider_usage_logs";
    assert_eq!(database.value(texts).await, "o'hara\\n\"\\u0041|gpt-4o\u{fffd}");
}

#[tokio::test]
async fn a_row_on_which_the_database_fails_is_set_aside_and_blocks_no_other() {
    let mut database = Database::migrated().await;
    database
        .run(
            "alter function tollgate_ingest_v1(text, jsonb) rename to real_door;
             create function tollgate_ingest_v1(token text, batch jsonb) returns jsonb language plpgsql as $$
             begin
                 if batch @> '[{\"feature\": \"poison\"}]' then
                     raise exception using errcode = 'invalid_parameter_value';
                 end if;
                 return real_door(token, batch);
             end
             $$;
             grant execute on function real_door(text, jsonb), tollgate_ingest_v1(text, jsonb) to tollgate_sidecar",
        )
        .await;
    let folder = tempfile::tempdir().unwrap();
    let mut opened = open(folder.path());
    for number in 0..50 {
        append(&mut opened.writers[0], if number % 20 == 7 { "poison" } else { "chat" });
    }
    let stats = opened.stats.clone();
    assert_eq!(ship(opened, sink(&mut database).await, LONG).await, 0);
    assert_eq!(database.count("provider_usage_logs").await, 47);
    assert_eq!(stats.quarantined(), 3);
    let kept = fs::read_to_string(folder.path().join("quarantine.jsonl")).unwrap();
    assert_eq!(kept.lines().filter(|line| line.contains("\"feature\":\"poison\"")).count(), 3);
    assert_eq!(kept.lines().count(), 3);
}

#[tokio::test]
async fn while_the_database_takes_nothing_records_wait_and_the_reason_is_known() {
    let mut empty = Database::empty("admin").await;
    let mut migrated = Database::migrated().await;
    let token = migrated.token().await;
    let nobody = "reads_only";
    migrated
        .run(format!(
            "do $$ begin create role {nobody} login; exception when duplicate_object then null; end $$"
        ))
        .await;
    migrated.run(format!("grant usage on schema public to {nobody}")).await;
    empty.run("select 1").await;
    let cases = [
        (url("tollgate_sidecar", "no_such_database"), &*token, "unreachable"),
        ("postgres://nobody@127.0.0.1:1/nothing".to_owned(), &token, "unreachable"),
        (url("admin", &empty.name), &token, "not_migrated"),
        (url("tollgate_sidecar", &migrated.name), "tg1.forged", "token"),
        (url(nobody, &migrated.name), &token, "denied"),
    ];
    let folder = tempfile::tempdir().unwrap();
    append(&mut open(folder.path()).writers[0], "chat");
    for (url, token, trouble) in cases {
        let opened = open(folder.path());
        let stats = opened.stats.clone();
        let sink = Sink::postgres(&url, token).unwrap();
        let run = opened.shipper.run(sink, until(|| stats.trouble().is_some()), Duration::ZERO);
        assert_eq!(run.await, 1, "{url}");
        assert_eq!(stats.trouble(), Some(trouble), "{url}");
    }
    assert_eq!(ship(open(folder.path()), sink(&mut migrated).await, LONG).await, 0);
    assert_eq!(migrated.count("provider_usage_logs").await, 1);
}

#[tokio::test]
async fn a_ledger_that_is_told_of_later_and_anew_gets_each_record_once() {
    let (mut first, mut second) = (Database::migrated().await, Database::migrated().await);
    let way = |database: &Database, token: &str| {
        let url = url("tollgate_sidecar", &database.name);
        Some(Arc::new(Access { url, ca: None, token: token.to_owned() }))
    };
    let (one, two) = (first.token().await, second.token().await);
    let folder = tempfile::tempdir().unwrap();
    let Opened { mut writers, shipper, stats, .. } = open(folder.path());
    let (tell, told) = tokio::sync::watch::channel(None);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let shipping = tokio::spawn(shipper.run(Sink::told(told), async { drop(stopped.await) }, LONG));

    append(&mut writers[0], "chat");
    until(|| stats.trouble() == Some("untold")).await;
    tell.send_replace(way(&first, "tg1.forged"));
    until(|| stats.trouble() == Some("token")).await;
    tell.send_replace(way(&first, &one));
    until(|| stats.waiting_records() == 0).await;
    append(&mut writers[0], "chat");
    until(|| stats.waiting_records() == 0).await;
    tell.send_replace(way(&second, &two));
    append(&mut writers[0], "chat");
    until(|| stats.waiting_records() == 0).await;
    tell.send_replace(None);
    append(&mut writers[0], "chat");
    until(|| stats.trouble() == Some("untold")).await;
    stop.send(()).unwrap();
    assert_eq!(shipping.await.unwrap(), 1, "it waits for the next start");
    assert_eq!(first.count("provider_usage_logs").await, 2);
    assert_eq!(second.count("provider_usage_logs").await, 1);
}

async fn until(mut true_now: impl FnMut() -> bool) {
    while !true_now() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_database_that_comes_back_gets_what_waited_and_what_comes_after() {
    let mut database = Database::migrated().await;
    let sink = sink(&mut database).await;
    let mut admin = connect("admin", "postgres").await;
    let (name, away) = (database.name.clone(), format!("{}_away", database.name));
    drop(database);
    // Taken away as soon as nobody is in it any more.
    while sqlx::raw_sql(sqlx::AssertSqlSafe(format!("alter database {name} rename to {away}")))
        .execute(&mut admin)
        .await
        .is_err()
    {}

    let folder = tempfile::tempdir().unwrap();
    let Opened { mut writers, shipper, stats, .. } = open(folder.path());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let background = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(shipper.run(sink, async { drop(stopped.await) }, LONG))
    });
    append(&mut writers[0], "chat");
    until(|| stats.trouble() == Some("unreachable")).await;
    append(&mut writers[0], "chat");
    run(&mut admin, format!("alter database {away} rename to {name}")).await;
    until(|| stats.waiting_records() == 0).await;
    append(&mut writers[0], "chat");
    until(|| stats.waiting_records() == 0).await;
    assert_eq!(stats.trouble(), None);
    stop.send(()).unwrap();
    assert_eq!(background.join().unwrap(), 0);
    let mut database = Database { connection: connect("admin", &name).await, name };
    assert_eq!(database.count("provider_usage_logs").await, 3);
}

#[tokio::test]
async fn a_database_that_takes_no_writes_or_no_more_connections_gets_each_row_once_it_does() {
    let mut database = Database::migrated().await;
    let sink = sink(&mut database).await;
    let name = database.name.clone();
    let folder = tempfile::tempdir().unwrap();
    let Opened { mut writers, shipper, stats, .. } = open(folder.path());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let shipping = tokio::spawn(shipper.run(sink, async { drop(stopped.await) }, LONG));
    append(&mut writers[0], "chat");
    until(|| stats.waiting_records() == 0).await;

    let sidecars = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tollgate_sidecar' and datname = current_database()";
    let faults = [
        // as a replica answers that was not promoted yet, and as a full disk makes some installations answer
        ("set default_transaction_read_only = on", "reset default_transaction_read_only", "read_only"),
        ("connection limit 0", "connection limit -1", "unreachable"),
    ];
    for (fault, mend, trouble) in faults {
        database.run(format!("alter database {name} {fault}")).await;
        // a failover ends connections, too
        database.run(sidecars).await;
        append(&mut writers[0], "chat");
        until(|| stats.trouble() == Some(trouble)).await;
        append(&mut writers[0], "chat");
        database.run(format!("alter database {name} {mend}")).await;
        database.run(sidecars).await;
        until(|| stats.waiting_records() == 0).await;
        assert_eq!(stats.trouble(), None);
    }
    stop.send(()).unwrap();
    assert_eq!(shipping.await.unwrap(), 0);
    assert_eq!((database.count("provider_usage_logs").await, stats.quarantined()), (5, 0));
}
