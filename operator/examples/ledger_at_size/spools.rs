//! Spools and shippers, as sidecars have them.

use std::{
    fs,
    path::PathBuf,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use tokio::{sync::watch, task::JoinSet};
use tollgate_ledger::{Opened, Sink, Spool, SpoolSettings, SpoolStats, SpoolWriter};

use crate::rows::Calls;

#[derive(Deserialize)]
struct Plan {
    url: String,
    token: String,
    folder: PathBuf,
    sidecars: u64,
    load: Load,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Load {
    /// So many rows over all, as fast as the ledger takes them.
    Fill(u64),
    /// So many rows a second from each, for so many seconds once all are at it.
    Pace(u64, u64),
    /// Nothing for so many seconds, once everything has come to rest.
    Idle(u64),
}

struct Sidecar {
    writer: SpoolWriter,
    stats: Arc<SpoolStats>,
    calls: Calls,
}

/// A sidecar that is ahead of its ledger by as much waits: what is measured is the way, not the disk.
const AHEAD: u64 = 5_000;
/// What a shipper takes to give its connection back, and some more.
const REST: Duration = Duration::from_secs(40);
const GRACE: Duration = Duration::from_secs(120);

pub(crate) fn run(file: &str) -> Result<()> {
    let Plan { url, token, folder, sidecars, load } =
        serde_json::from_str(&fs::read_to_string(file).context("the plan")?)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (stop, stopping) = watch::channel(false);
    let mut shippers = JoinSet::new();
    let mut fleet = Vec::new();
    for number in 0..sidecars {
        let Opened { mut writers, shipper, orphans: _, stats, witness: _ } =
            Spool::open(&SpoolSettings::new(folder.join(number.to_string()), 1))?;
        let mut stopping = stopping.clone();
        let ended = async move {
            let _whoever_told_is_gone = stopping.wait_for(|stopping| *stopping).await;
        };
        shippers.spawn_on(shipper.run(Sink::postgres(&url, &token)?, ended, GRACE), runtime.handle());
        let writer = writers.pop().context("a spool has a writer")?;
        fleet.push(Sidecar { writer, stats, calls: Calls::of(number)? });
    }

    let began = Instant::now();
    let rows = match load {
        Load::Fill(rows) => fill(&mut fleet, rows),
        Load::Pace(rate, seconds) => pace(&mut fleet, rate, seconds)?,
        Load::Idle(seconds) => idle(&mut fleet, seconds),
    };
    stop.send_replace(true);
    let left: u64 = runtime.block_on(shippers.join_all()).into_iter().sum();
    let dropped: u64 = fleet.iter().map(|sidecar| sidecar.stats.dropped()).sum();
    ensure!(left + dropped == 0, "{left} rows stayed on their spools, {dropped} were dropped");
    println!("{}", json!({"rows": rows, "ms": began.elapsed().as_millis()}));
    Ok(())
}

fn fill(fleet: &mut [Sidecar], rows: u64) -> u64 {
    let mut written = 0;
    while written < rows {
        let before = written;
        for sidecar in fleet.iter_mut() {
            if written < rows && sidecar.stats.waiting_records() < AHEAD {
                sidecar.calls.append(&mut sidecar.writer);
                written += 1;
            }
        }
        if written == before {
            thread::sleep(Duration::from_millis(1));
        }
    }
    written
}

/// Each at its own moment of the second, as nobody arranges calls.
fn pace(fleet: &mut [Sidecar], rate: u64, seconds: u64) -> Result<u64> {
    let count = fleet.len() as u64;
    let (began, mut written, mut until) = (Instant::now(), 0, None);
    loop {
        let due = began + Duration::from_nanos(written * 1_000_000_000 / (count * rate));
        if until.is_some_and(|until| due >= until) {
            return Ok(written);
        }
        thread::sleep(due.saturating_duration_since(Instant::now()));
        let at = usize::try_from(written % count).unwrap_or(0);
        let sidecar = &mut fleet[at];
        sidecar.calls.append(&mut sidecar.writer);
        written += 1;
        if until.is_none() && fleet.iter().all(Sidecar::is_known) {
            println!("{}", json!({"busy": true}));
            until = Some(Instant::now() + Duration::from_secs(seconds));
        }
        ensure!(
            until.is_some() || began.elapsed() < GRACE,
            "not every sidecar has a row in the ledger by now"
        );
    }
}

fn idle(fleet: &mut [Sidecar], seconds: u64) -> u64 {
    for sidecar in fleet.iter_mut() {
        sidecar.calls.append(&mut sidecar.writer);
    }
    thread::sleep(REST);
    println!("{}", json!({"idle": true}));
    thread::sleep(Duration::from_secs(seconds));
    fleet.len() as u64
}

// === impl Sidecar ===

impl Sidecar {
    /// A row of it is in the ledger.
    fn is_known(&self) -> bool {
        self.stats.appended() > self.stats.waiting_records()
    }
}
