//! Every call once in the ledger: killed, full, or with the database away.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    thread,
};

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Connection, ReplyEnding},
        postgres::{self, Postgres},
        rows,
        sidecar::Around,
        wait,
        world::{Setup, World, chat, message},
    },
    standin::Provider::{Anthropic, OpenAi},
};

/// Calls one after the other until one fails; the provider's ids of the answers that came whole.
fn call_until_it_fails(to: SocketAddr) -> Vec<String> {
    let call = chat(json!({}), "chunks=3").under("/openai");
    let mut answered = Vec::new();
    while let Ok(reply) = call.try_send(to)
        && reply.status() == 200
        && let Ok(body) = serde_json::from_slice::<Value>(&reply.body)
    {
        answered.extend(body["id"].as_str().map(str::to_owned));
    }
    answered
}

fn request_ids(rows: &[Value]) -> Vec<String> {
    rows.iter().filter_map(|row| row["metadata"]["request_id"].as_str()).map(str::to_owned).collect()
}

fn unique<T: Ord + Clone>(values: &[T]) -> BTreeSet<T> {
    values.iter().cloned().collect()
}

#[test]
fn a_sidecar_that_is_killed_again_and_again_loses_no_call_and_writes_none_twice() {
    let mut world = World::start();
    let mut answered = Vec::new();
    for round in 1..=6 {
        let base = world.sidecar.base;
        let callers: Vec<_> = (0..3).map(|_| thread::spawn(move || call_until_it_fails(base))).collect();
        let before = rows::read(&world.ledger()).len();
        wait::eventually("some more rows", || {
            let now = rows::read(&world.ledger()).len();
            if now >= before + round * 17 { Ok(()) } else { Err(now) }
        });
        world.sidecar.kill().expect("killed");
        for caller in callers {
            answered.extend(caller.join().expect("a caller"));
        }
        world.sidecar.restart().expect("it starts again on its spool");
    }
    // what was answered is in the ledger; so is one last call
    answered
        .push(world.through(OpenAi, &chat(json!({}), "")).json()["id"].as_str().expect("an id").to_owned());
    let all = wait::eventually("every answered call in the ledger", || {
        let rows = rows::read(&world.ledger());
        let missing: Vec<_> = unique(&answered).difference(&unique(&request_ids(&rows))).cloned().collect();
        if missing.is_empty() { Ok(rows) } else { Err(missing) }
    });
    let ids: Vec<_> = all.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(unique(&ids).len(), ids.len(), "a row stands twice");
    let request_ids = request_ids(&all);
    assert_eq!(unique(&request_ids).len(), request_ids.len(), "a call stands twice");
    // calls that were killed with the sidecar are there too, as lost
    let billed = world.standin.entries().len();
    assert!(all.len() >= billed, "{} rows for {billed} calls that the provider billed", all.len());
    let text = fs::read_to_string(world.ledger()).expect("the ledger");
    assert!(text.ends_with('\n'), "half a line at the end");
}

#[test]
fn a_call_whose_last_byte_has_come_is_known_even_if_the_sidecar_dies_that_instant() {
    let mut world = World::start();
    let calls = [
        (OpenAi, chat(json!({}), "")),
        (OpenAi, chat(json!({"stream": true}), "")),
        (OpenAi, chat(json!({"stream": true}), "encoding=gzip")),
        (Anthropic, message(json!({"stream": true}), "")),
        (Anthropic, message(json!({}), "encoding=br")),
    ];
    for (count, (provider, call)) in calls.iter().cycle().take(15).enumerate() {
        let reply = world.through(*provider, call);
        world.sidecar.kill().expect("killed");
        assert_eq!(reply.ending, ReplyEnding::Whole);
        world.sidecar.restart().expect("it starts again on its spool");
        let row = &world.rows(count + 1)[count];
        assert_eq!(
            (&row["outcome"], &row["usage_source"]),
            (&json!("completed"), &json!("provider")),
            "{call:?}"
        );
    }
}

#[test]
fn a_call_that_was_under_way_when_the_sidecar_was_killed_is_lost_with_an_estimate() {
    let mut world = World::start();
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    let call =
        world.prefixed(OpenAi, &chat(json!({"stream": true, "user": "ada"}), "chunks=10000 delay=2ms"));
    connection.write(&call.header("x-tollgate-feature", "chat").bytes(world.sidecar.base)).expect("written");
    connection.head().expect("the head");
    connection.read_until("data: ").expect("the first event");
    world.sidecar.kill().expect("killed");
    world.sidecar.restart().expect("it starts again on its spool");
    let row = world.row();
    assert_eq!(row["outcome"], "lost", "{row:#}");
    assert_eq!(row["usage_source"], "estimated", "{row:#}");
    assert_eq!((&row["feature"], &row["user_id"]), (&json!("chat"), &json!("ada")));
    assert_eq!(row["model"], "gpt-4o-mini");
}

#[test]
fn the_ledgers_file_may_be_taken_away_for_rotation() {
    let world = World::start();
    world.through(OpenAi, &chat(json!({}), ""));
    world.rows(1);
    fs::rename(world.ledger(), world.folder().join("usage.1.jsonl")).expect("renamed");
    world.through(OpenAi, &chat(json!({}), ""));
    let new = world.row();
    let old = rows::exactly(&world.folder().join("usage.1.jsonl"), 1);
    assert_ne!(new["id"], old[0]["id"]);
}

#[test]
fn a_second_sidecar_on_the_same_spool_is_refused() {
    let world = World::start();
    let folder = tempfile::tempdir().expect("a folder");
    let config = json!({
        "spool": world.folder().join("spool"),
        "ledger": {"file": folder.path().join("usage.jsonl")},
    });
    let error = tollgate_tests::harness::sidecar::Sidecar::start(folder.path(), config, Around::default())
        .expect_err("two sidecars on one spool");
    assert!(format!("{error:#}").contains("spool"), "{error:#}");
}

/// A sidecar whose spool and ledger lie in a small file system of their own.
struct SmallDisk {
    world: World,
    /// The file system's folder as the test reaches it: only the sidecar's own view has it mounted.
    room: PathBuf,
    // to remove it earlier would unmount the file system
    _mount_point: tempfile::TempDir,
}

const SMALL: u64 = 16 << 20;

impl SmallDisk {
    fn start() -> SmallDisk {
        let mount_point = tempfile::Builder::new().prefix("tollgate-disk-").tempdir().expect("a folder");
        let path = mount_point.path();
        let script = format!("mount -t tmpfs -o size={SMALL} tmpfs {} && exec \"$@\"", path.display());
        let mut wrapper = vec!["unshare".to_owned(), "--mount".to_owned()];
        if !rustix::process::geteuid().is_root() {
            wrapper.extend(["--user".to_owned(), "--map-root-user".to_owned()]);
        }
        wrapper.extend(["sh".to_owned(), "-c".to_owned(), script, "sh".to_owned()]);
        let config = json!({"spool": path.join("spool"), "ledger": {"file": path.join("usage.jsonl")}});
        let world = World::with(Setup {
            config: Some(config),
            around: Around { wrapper, ..Around::default() },
            ..Setup::default()
        });
        let root = Path::new("/proc").join(world.sidecar.id().to_string()).join("root");
        let room = root.join(path.strip_prefix("/").expect("an absolute path"));
        SmallDisk { world, room, _mount_point: mount_point }
    }

    /// Fills it to the last page, until the file is removed again.
    fn fill(&self) -> PathBuf {
        let path = self.room.join("ballast");
        let mut ballast = fs::File::create(&path).expect("a file");
        let mut written = 0;
        while ballast.write_all(&[0; 4096]).is_ok() {
            written += 4096;
            assert!(written <= SMALL, "this is not the small disk");
        }
        path
    }
}

#[test]
fn a_full_disk_stops_no_call_and_its_rows_come_once_there_is_room() {
    let disk = SmallDisk::start();
    let (world, ledger) = (&disk.world, disk.room.join("usage.jsonl"));
    let call = chat(json!({}), "");
    assert_eq!(world.through(OpenAi, &call).status(), 200);
    rows::exactly(&ledger, 1);

    let ballast = disk.fill();
    for _ in 0..200 {
        assert_eq!(world.through(OpenAi, &call).status(), 200);
    }
    fs::remove_file(ballast).expect("room");
    assert_eq!(world.through(OpenAi, &call).status(), 200);
    let rows = rows::exactly(&ledger, 202);
    assert_eq!(unique(&request_ids(&rows)).len(), 202);
    assert_eq!(world.sidecar.metrics().sum("tollgate_records_dropped_total", &[]), 0);
}

/// A sidecar that writes to a database.
fn with_postgres(postgres: &Postgres) -> World {
    let token = postgres.migrated("ledger").expect("migrated");
    let ledger = json!({"postgres": postgres.url_as("tollgate_sidecar", "ledger"), "token": token});
    World::with(Setup { config: Some(json!({"ledger": ledger})), ..Setup::default() })
}

fn in_postgres(postgres: &Postgres, sql: &str) -> String {
    postgres::query(&postgres.url("ledger"), sql).unwrap_or_else(|error| format!("{error:#}"))
}

#[test]
fn postgres_has_the_row_that_a_file_would_have() {
    let postgres = Postgres::start().expect("Postgres");
    let world = with_postgres(&postgres);
    let call =
        chat(json!({"user": "ada"}), "input=1000 cached=200 output=500").header("x-tollgate-feature", "chat");
    world.through(OpenAi, &call);
    let sql = "select namespace, workload, pod, feature, user_id, provider, model, endpoint, outcome, status, streamed,
                      tokens_used, cached_input_tokens, trim_scale(cost_usd), usage_source
               from provider_usage_logs";
    let wanted = "shop|web|web-0|chat|ada|openai|gpt-4o-mini-2024-07-18|/v1/chat/completions|completed|200|f|1700|200|0.000465|provider";
    wait::eventually("the row", || {
        let row = in_postgres(&postgres, sql);
        if row == wanted { Ok(()) } else { Err(row) }
    });
}

#[test]
fn rows_wait_while_postgres_is_away_and_arrive_once() {
    let mut postgres = Postgres::start().expect("Postgres");
    let mut world = with_postgres(&postgres);
    let call = chat(json!({}), "");
    let mut calls = 0;
    let mut make_calls = |world: &World, count: usize| {
        for _ in 0..count {
            assert_eq!(world.through(OpenAi, &call).status(), 200);
        }
        calls += count;
        calls
    };
    let arrived = |postgres: &Postgres, count: usize| {
        let sql = "select count(*), count(distinct metadata ->> 'request_id') from provider_usage_logs";
        wait::eventually(&format!("{count} rows, each once"), || {
            let seen = in_postgres(postgres, sql);
            if seen == format!("{count}|{count}") { Ok(()) } else { Err(seen) }
        });
    };
    let all = make_calls(&world, 10);
    arrived(&postgres, all);

    postgres.stop().expect("stopped");
    make_calls(&world, 50);
    // the records outlive the sidecar as well
    world.sidecar.kill().expect("killed");
    world.sidecar.restart().expect("it starts without its database");
    let all = make_calls(&world, 50);
    let waiting = world.sidecar.metrics().sum("tollgate_spool_records", &[]);
    assert_eq!(waiting, 100, "records on the spool");
    postgres.start_again().expect("Postgres is back");
    arrived(&postgres, all);
}
