//! The process that serves dies; the sockets, and who trusts it, outlive it.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
    time::Instant,
};

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Call, Connection, ReplyEnding},
        ports, rows,
        tls::Client,
        wait,
        world::{Setup, World, chat},
    },
    standin::Provider::OpenAi,
};

/// A call on a connection of its own, and what became of it.
struct Made {
    begun: Instant,
    whole: bool,
    /// The provider's id of the answer.
    id: Option<String>,
}

fn make(world: &World, call: &Call) -> Made {
    let begun = Instant::now();
    let mut connection = Connection::open(world.sidecar.base).expect("nobody is ever refused");
    let reply = connection.write(&call.bytes(world.sidecar.base)).and_then(|()| connection.reply());
    let whole = reply.as_ref().is_ok_and(|reply| reply.status() == 200 && reply.ending == ReplyEnding::Whole);
    let id = reply.ok().filter(|_| whole).and_then(|reply| reply.json()["id"].as_str().map(str::to_owned));
    Made { begun, whole, id }
}

/// Once another process serves than before.
fn replaced(world: &World, restarts: u64) {
    wait::eventually("another worker", || {
        match world.sidecar.metrics().sum("tollgate_worker_restarts_total", &[]) {
            counted if counted == restarts => Ok(()),
            counted => Err(counted),
        }
    });
}

#[test]
fn a_worker_that_is_killed_under_load_costs_no_call_that_had_not_begun() {
    const KILLS: u64 = 8;
    let world = World::start();
    let call = world.prefixed(OpenAi, &chat(json!({}), "chunks=3"));
    let done = AtomicBool::new(false);
    let (kills, made) = thread::scope(|scope| {
        let callers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut made = Vec::new();
                    while !done.load(Relaxed) {
                        made.push(make(&world, &call));
                    }
                    made
                })
            })
            .collect();
        let mut kills = Vec::new();
        for restart in 1..=KILLS {
            let before = world.standin.entries().len();
            wait::eventually("some more calls", || match world.standin.entries().len() {
                now if now > before + 20 => Ok(()),
                now => Err(now),
            });
            let from = Instant::now();
            world.sidecar.kill_worker().expect("killed");
            kills.push((from, Instant::now()));
            replaced(&world, restart);
        }
        done.store(true, Relaxed);
        (kills, callers.into_iter().flat_map(|caller| caller.join().expect("a caller")).collect::<Vec<_>>())
    });
    for failed in made.iter().filter(|made| !made.whole) {
        let next = kills.iter().find(|(_, gone)| failed.begun < *gone);
        assert!(next.is_some(), "a call failed that began after the last worker was gone");
    }
    let failed = made.iter().filter(|made| !made.whole).count();
    // each caller has one call under way, or is between two
    assert!(failed <= 4 * kills.len(), "{failed} calls failed");

    // all that the provider billed is there once; calls that never came to it have rows, too
    let billed = world.standin.entries().len();
    let answered: BTreeSet<&str> = made.iter().filter_map(|made| made.id.as_deref()).collect();
    let id = |row: &Value| row["metadata"]["request_id"].as_str().map(str::to_owned);
    let all = wait::eventually("a row for each call that was billed or answered", || {
        let rows = rows::read(&world.ledger());
        let known: BTreeSet<String> = rows.iter().filter_map(id).collect();
        let missing: Vec<&&str> = answered.iter().filter(|id| !known.contains(**id)).collect();
        if rows.len() >= billed && missing.is_empty() {
            Ok(rows)
        } else {
            Err(format!("{} rows, {billed} billed, missing {missing:?}", rows.len()))
        }
    });
    let known: Vec<String> = all.iter().filter_map(id).collect();
    assert_eq!(known.iter().collect::<BTreeSet<_>>().len(), known.len(), "a call stands twice");
    let lost = all.iter().filter(|row| row["outcome"] == "lost").count();
    assert!(lost <= failed, "{lost} lost rows for {failed} calls that failed");
}

#[test]
fn a_call_that_comes_while_nobody_serves_waits_for_who_does() {
    let world = World::start();
    for restart in 1..=3 {
        world.sidecar.kill_worker().expect("killed");
        assert_eq!(world.through(OpenAi, &chat(json!({}), "")).status(), 200);
        replaced(&world, restart);
    }
    assert!(world.rows(3).iter().all(|row| row["outcome"] == "completed"));
    let log = world.sidecar.log();
    assert_eq!(log.matches("the worker process was killed by signal 9").count(), 3, "{log}");
}

#[test]
fn a_call_that_was_under_way_is_lost_with_an_estimate_as_soon_as_the_next_worker_is_there() {
    let world = World::start();
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    let call = world.prefixed(OpenAi, &chat(json!({"stream": true}), "chunks=10000 delay=2ms"));
    connection.write(&call.bytes(world.sidecar.base)).expect("written");
    connection.head().expect("the head");
    connection.read_until("data: ").expect("the first event");
    world.sidecar.kill_worker().expect("killed");
    let row = world.row();
    assert_eq!((&row["outcome"], &row["usage_source"]), (&json!("lost"), &json!("estimated")), "{row:#}");
}

#[test]
fn an_app_that_trusts_the_first_worker_trusts_the_next() {
    let at = ports::free();
    let world = World::with(Setup { config: Some(json!({"listen": {"hosts": [at]}})), ..Setup::default() });
    let folder = world.folder().join("spool/trust");
    let client = Client::trusting(&folder.join("ca.pem"));
    let files =
        || ["ca.pem", "bundle.pem", "truststore.jks"].map(|name| std::fs::read(folder.join(name)).unwrap());
    let before = files();
    for _ in 0..2 {
        assert_eq!(client.send(&chat(json!({}), ""), at, "api.openai.com").status(), 200);
        world.sidecar.kill_worker().expect("killed");
    }
    assert_eq!(client.send(&chat(json!({}), ""), at, "api.openai.com").status(), 200);
    assert!(before == files(), "the files by which apps trust it have changed");
}

#[test]
fn a_crash_loop_is_not_ready_and_says_why() {
    let world = World::start();
    let ready = || Call::get("/readyz").send(world.sidecar.admin);
    assert_eq!(ready().status(), 200);
    for restart in 1..=3 {
        world.sidecar.kill_worker().expect("killed");
        replaced(&world, restart);
    }
    let said = ready();
    assert_eq!(said.status(), 503);
    assert!(said.text().contains("dies again and again (3 times so far)"), "{}", said.text());
    assert_eq!(Call::get("/startupz").send(world.sidecar.admin).status(), 200, "it serves all the same");
}

#[test]
fn the_worker_ends_with_the_process_that_was_started_and_both_can_be_started_again_at_once() {
    let mut world = World::start();
    for count in 1..=5 {
        world.sidecar.kill_the_first_process().expect("killed");
        world.sidecar.restart().expect("it starts on the same ports and the same spool");
        assert_eq!(world.through(OpenAi, &chat(json!({}), "")).status(), 200);
        world.rows(count);
    }
}

#[test]
fn a_worker_that_dies_while_it_ends_leaves_no_call_without_a_row() {
    let mut world = World::start();
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    let call = world.prefixed(OpenAi, &chat(json!({"stream": true}), "chunks=10000 delay=2ms"));
    connection.write(&call.bytes(world.sidecar.base)).expect("written");
    connection.head().expect("the head");
    connection.read_until("data: ").expect("the first event");
    world.sidecar.terminate().expect("told");
    wait::eventually("no new connections", || match Connection::open(world.sidecar.base) {
        Err(_) => Ok(()),
        Ok(connection) => Err(connection),
    });
    world.sidecar.kill_worker().expect("killed");
    let status = world.sidecar.ended();
    assert!(status.success(), "{status}");
    let rows: Vec<Value> = rows::read(&world.ledger());
    assert_eq!((rows.len(), &rows[0]["outcome"]), (1, &json!("lost")));
}
