//! `tollgate-bench overhead`: what a call costs through the sidecar, beside the peers, in interleaved rounds.
//! `tollgate-bench propagation`: how fast a flag's change reaches very many pods ([`propagation`]).
//! `tollgate-bench chaos`: everything breaks, and the ledger is compared with the provider's book ([`chaos`]).
//! `tollgate-bench budget`: hundreds of sidecars spend one limit, and the provider's book says how well it held ([`budget`]).
//! `tollgate-bench ledger`: twenty million rows, and what asking them and writing more of them costs ([`ledger`]).
//! `tollgate-bench console`: ninety days of them in the console, and a hundred people who look on ([`console`]).
//!
//! The sidecar has all that it has in earnest: spool, prices, flags, a ledger in Postgres. Calls alone are measured with
//! TLS on both sides, too (`tls_added_p50_us` …, beside `direct-tls` and an nginx that does the same), and with the spool
//! synced once a second and before each answer's end (`fsync_interval_…`, `fsync_always_…`). Every figure is
//! measured in the run; the last line is `RESULT {json}`. `ROUNDS` says how many rounds (5), `PEERS=all` adds
//! the slow peers.

mod budget;
mod chaos;
mod console;
mod ledger;
mod machine;
mod propagation;
mod report;
mod scenario;
mod target;

use std::{
    env, fs,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use tollgate_tests::harness::{
    interrupt,
    postgres::{self, Postgres},
    process::Process,
    wait,
};

use crate::{
    report::Rounds,
    scenario::{SCENARIOS, Sample},
    target::{Bench, Target},
};

const ROUNDS: usize = 5;
/// From the end of the load until memory is looked at.
const SETTLES: Duration = Duration::from_secs(1);
const DATABASE: &str = "bench";

fn main() -> Result<()> {
    match env::args().nth(1).as_deref() {
        Some("overhead") => overhead(),
        Some("propagation") => propagation::run(),
        Some("chaos") => chaos::run(),
        Some("budget") => budget::run(),
        Some("ledger") => ledger::run(),
        Some("console") => console::run(),
        other => {
            bail!(
                "WHAT={}: there is WHAT=overhead, propagation, chaos, budget, ledger and console",
                other.unwrap_or_default()
            )
        }
    }
}

fn overhead() -> Result<()> {
    let rounds = match env::var("ROUNDS") {
        Ok(text) => text.parse().with_context(|| format!("ROUNDS={text}"))?,
        Err(_) => ROUNDS,
    };
    interrupt::watch()?;
    let folder = tempfile::Builder::new().prefix("tollgate-bench-").tempdir()?;
    let postgres = Postgres::start()?;
    let token = postgres.migrated(DATABASE)?;
    let bench = Bench::prepare(folder.path(), postgres.url_as("tollgate_sidecar", DATABASE), token)?;
    let stub = start_stub(&bench)?;
    let targets = Target::all(env::var("PEERS").is_ok_and(|peers| peers == "all"));

    let mut results = Rounds::new(&targets);
    let mut tollgate_calls = 0;
    for round in 0..rounds {
        for target in order(&targets, round) {
            let (start, known) = (Instant::now(), [stub.id(), postgres.id().context("Postgres runs")?]);
            let (sample, calls) = measure(&bench, target, known).with_context(|| target.name.to_owned())?;
            if target.is_ours() {
                tollgate_calls += calls;
            }
            println!(
                "round {}/{rounds} {:<12} {sample}; {} s",
                round + 1,
                target.name,
                start.elapsed().as_secs()
            );
            results.add(target, sample);
        }
    }

    let url = postgres.url(DATABASE);
    let rows = wait::eventually("a row for every call", || {
        let rows = postgres::query(&url, "select count(*) from provider_usage_logs")
            .map_err(|error| error.to_string())?;
        if rows == tollgate_calls.to_string() {
            Ok(tollgate_calls)
        } else {
            Err(format!("{rows} of {tollgate_calls}"))
        }
    });
    println!("\n{}\n{rows} rows in Postgres, one for each of the sidecar's calls\n", results.table());
    println!("RESULT {}", results.json(rows));
    Ok(())
}

/// Each round in another order, so that no target always follows the same one.
fn order(targets: &[Target], round: usize) -> Vec<&Target> {
    let mut order: Vec<_> = targets.iter().collect();
    order.rotate_left(round % targets.len());
    if round % 2 == 1 {
        order.reverse();
    }
    order
}

/// One target in all scenarios, and how many calls that were. `known` are processes whose work belongs to the
/// measurement without being the target's.
fn measure(bench: &Bench, target: &Target, known: [u32; 2]) -> Result<(Sample, u64)> {
    let running = target.start(bench)?;
    let mut calls = running.probes;
    // code paths, pools and caches are warm before anything counts
    for scenario in target.loads.iter().map(|load| &SCENARIOS[*load]) {
        calls += scenario.warm_up(bench, &running)?;
    }
    let mut sample = Sample::default();
    for load in target.loads {
        let (measured, all) = SCENARIOS[*load].run(bench, &running, &known)?;
        sample.seen[*load] = measured;
        calls += all;
    }
    // what an allocator gives back by itself is no memory of the target's
    thread::sleep(SETTLES);
    sample.rss_kib = running.id().map(machine::rss_kib).transpose()?.unwrap_or(0);
    if target.name == target::TOLLGATE {
        sample.restarts = running.restarts(bench)?;
    }
    calls += sample.restarts.len() as u64;
    running.stop()?;
    Ok((sample, calls))
}

fn start_stub(bench: &Bench) -> Result<Process> {
    let mut command = Command::new(bench.program("tollgate-bench-stub")?);
    command.args([target::STUB_PORT, target::STUB_TLS_PORT].map(|port| port.to_string()));
    command.arg(&bench.certificate.0).arg(&bench.certificate.1);
    let mut process = Process::start("stub", &mut command, &bench.folder)?;
    wait::within(wait::DEADLINE, || match process.ended() {
        Ok(None) => scenario::pace(0).map(Ok).map_err(|error| error.to_string()),
        ended => Ok(Err(format!("the stub ended: {ended:?}"))),
    })
    .and_then(|started| started)
    .map_err(anyhow::Error::msg)?;
    let log = fs::read_to_string(bench.folder.join("stub.log"))?;
    ensure!(log.is_empty(), "the stub says: {log}");
    Ok(process)
}
