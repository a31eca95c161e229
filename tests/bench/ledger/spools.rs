//! Sidecars' spools and shippers on their way into a Postgres, and what that costs it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use rustix::{
    process::Pid,
    thread::{CpuSet, sched_setaffinity},
};
use serde_json::{Value, json};
use tollgate_tests::harness::{postgres::Postgres, programs};

use crate::machine;

/// Where they write, and with what.
pub(super) struct Spools<'a> {
    pub(super) folder: &'a Path,
    pub(super) url: String,
    pub(super) token: String,
}

/// See the example `ledger_at_size`.
#[derive(Clone, Copy)]
pub(super) enum Load {
    Fill(u64),
    Pace { rate: u64, seconds: u64 },
    Idle { seconds: u64 },
}

/// What was written, and what the server spent on it.
pub(super) struct Filled {
    rows: u64,
    seconds: f64,
    /// Processor cores of Postgres, on average.
    pub(super) cores: f64,
}

/// A run that is under way.
pub(super) struct Running {
    child: Child,
    words: BufReader<std::process::ChildStdout>,
}

// === impl Spools ===

impl Spools<'_> {
    pub(super) fn start(&self, sidecars: u64, load: Load) -> Result<Running> {
        let Self { folder, url, token } = self;
        let spools = folder.join("spools");
        let _none_before = fs::remove_dir_all(&spools);
        let load = match load {
            Load::Fill(rows) => json!({"fill": rows}),
            Load::Pace { rate, seconds } => json!({"pace": [rate, seconds]}),
            Load::Idle { seconds } => json!({"idle": seconds}),
        };
        let plan = json!({"url": url, "token": token, "folder": spools, "sidecars": sidecars, "load": load});
        let file = folder.join("plan.json");
        fs::write(&file, plan.to_string())?;
        let mut child = Command::new(programs::folder().join("examples/ledger_at_size"))
            .arg("spools")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting ledger_at_size")?;
        let words = BufReader::new(child.stdout.take().context("its output is piped")?);
        Ok(Running { child, words })
    }

    /// Everything that the load asks for, while Postgres has one core for itself.
    pub(super) fn on_one_core(&self, server: &Postgres, sidecars: u64, load: Load) -> Result<Filled> {
        let id = server.id().context("Postgres runs")?;
        let (mut all, mut one) = (CpuSet::new(), CpuSet::new());
        one.set(0);
        (0..CpuSet::MAX_CPU.min(1024)).for_each(|core| all.set(core));
        pin(id, &one);
        let (began, before) = (Instant::now(), machine::cpu(id));
        let rows = self.start(sidecars, load)?.end()?;
        let (seconds, spent) = (began.elapsed().as_secs_f64(), machine::cpu(id) - before);
        pin(id, &all);
        Ok(Filled { rows, seconds, cores: cores(spent, seconds) })
    }
}

/// The server with all that it has begun: what it begins later is where it was itself. What ended meanwhile needs no core.
fn pin(id: u32, cores: &CpuSet) {
    for id in machine::processes(id) {
        let process = i32::try_from(id).ok().and_then(Pid::from_raw);
        let _ended = process.map(|process| sched_setaffinity(Some(process), cores));
    }
}

/// Hundredths of processor seconds over seconds.
#[expect(clippy::float_arithmetic, reason = "a time, not money")]
pub(super) fn cores(ticks: machine::Ticks, seconds: f64) -> f64 {
    let hundredths = u32::try_from(ticks).unwrap_or(u32::MAX);
    f64::from(hundredths) / 100.0 / seconds
}

// === impl Running ===

impl Running {
    /// Its next line.
    pub(super) fn said(&mut self) -> Result<Value> {
        let mut line = String::new();
        self.words.read_line(&mut line)?;
        serde_json::from_str(&line).with_context(|| format!("ledger_at_size says {line:?}"))
    }

    /// How many rows it wrote, once all of them are in the ledger.
    pub(super) fn end(mut self) -> Result<u64> {
        let said = self.said()?;
        ensure!(self.child.wait()?.success(), "ledger_at_size failed");
        said["rows"].as_u64().context("it says how many rows")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

// === impl Filled ===

impl Filled {
    #[expect(clippy::float_arithmetic, reason = "a rate, not money")]
    pub(super) fn rows_a_second(&self) -> u64 {
        let rows = f64::from(u32::try_from(self.rows).unwrap_or(u32::MAX));
        (rows / self.seconds) as u64
    }
}

impl std::fmt::Display for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rows, seconds, cores } = self;
        write!(
            f,
            "{rows} rows in {seconds:.0} s, {} a second, with {cores:.2} cores of Postgres",
            self.rows_a_second()
        )
    }
}
