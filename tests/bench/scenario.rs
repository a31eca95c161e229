//! The loads, and what one run of each shows.

use std::{
    fmt,
    net::SocketAddr,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tollgate_tests::harness::{http::Call, interrupt, wait};

use crate::{
    machine,
    target::{Bench, Running, STUB_PORT, STUB_TLS_PORT},
};

/// A load. All go through 64 connections.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    body: &'static str,
    /// What a whole answer ends with.
    expect: &'static str,
    /// Calls a second; 0 is a closed loop.
    rate: u64,
    millis: u64,
    /// µs between the chunks of a stream.
    pace: u64,
}

/// Everything that one target showed in one round.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    /// By [`SCENARIOS`]; zeros where one was left out.
    pub(crate) seen: [Seen; SCENARIOS.len()],
    /// After the load.
    pub(crate) rss_kib: u64,
    /// From SIGKILL of the process that serves until a call was answered, µs.
    pub(crate) restarts: Vec<u64>,
}

/// One run of one scenario. Times in µs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) rps: u64,
    pub(crate) p50: u64,
    pub(crate) p99: u64,
    pub(crate) first_byte: u64,
    /// CPU time of the target, ns a call.
    pub(crate) cpu_ns: u64,
}

/// What the driver prints.
#[derive(Deserialize)]
struct Driven {
    calls: u64,
    rps: u64,
    bad: u64,
    first_bad: String,
    errors: u64,
    unsent: u64,
    unfinished: u64,
    latency: Quantiles,
    first_byte: Quantiles,
}

#[derive(Deserialize)]
struct Quantiles {
    p50: u64,
    p99: u64,
}

pub(crate) const JSON: usize = 0;
pub(crate) const STREAM: usize = 1;
pub(crate) const ASKED: usize = 2;
pub(crate) const STREAMS_MAX: usize = 3;
pub(crate) const MAX: usize = 4;
pub(crate) const SELDOM: usize = 5;
/// Of the stub itself, which all are compared with.
pub(crate) const EVERY: &[usize] = &[JSON, STREAM, ASKED, STREAMS_MAX, MAX, SELDOM];
pub(crate) const ALL: &[usize] = &[JSON, STREAM, ASKED, STREAMS_MAX, MAX];
pub(crate) const CALLS_ALONE: &[usize] = &[JSON, MAX];
/// Of what waits for a disk.
pub(crate) const SELDOM_ALONE: &[usize] = &[SELDOM, MAX];

const TOKENS: &str = "\"total_tokens\":150";
const DONE: &str = "[DONE]";

pub(crate) const SCENARIOS: [Scenario; 6] = [
    Scenario { name: "calls at 500/s", body: "chat.json", expect: TOKENS, rate: 500, millis: 5000, pace: 0 },
    // a stream of 50 chunks in 0.1 s; the sidecar asks for its usage and takes it out again
    Scenario { name: "streams", body: "chat-stream.json", expect: DONE, rate: 100, millis: 3000, pace: 2000 },
    // the same where the app asks for it
    Scenario {
        name: "streams, asked",
        body: "chat-stream-asked.json",
        expect: DONE,
        rate: 100,
        millis: 3000,
        pace: 2000,
    },
    Scenario { name: "most streams", body: "chat-stream.json", expect: DONE, rate: 0, millis: 2000, pace: 0 },
    Scenario { name: "most calls", body: "chat.json", expect: TOKENS, rate: 0, millis: 3000, pace: 0 },
    // what a disk holds that is in use by others
    Scenario { name: "calls at 50/s", body: "chat.json", expect: TOKENS, rate: 50, millis: 5000, pace: 0 },
];

const WARM_UP: u64 = 500;
/// Other processes that used more of the machine than this, in hundredths of a core, spoil a run.
const NOISE: u64 = 25;
const QUIET_WITHIN: Duration = Duration::from_secs(10);
const ATTEMPTS: u64 = 2;

// === impl Scenario ===

impl Scenario {
    /// A short closed loop; how many calls it was.
    pub(crate) fn warm_up(&self, bench: &Bench, target: &Running) -> Result<u64> {
        pace(0)?;
        Ok(self.drive(bench, target, 0, 0, 300)?.calls)
    }

    /// What was seen, and how many calls were made for it.
    pub(crate) fn run(&self, bench: &Bench, target: &Running, known: &[u32]) -> Result<(Seen, u64)> {
        let id = target.id();
        let mut all = 0;
        let mut attempt = 1;
        loop {
            interrupt::check()?;
            wait_for_quiet();
            pace(self.pace)?;
            let (others, own) = (others(known, id), id.map_or(0, machine::cpu));
            let driven = self
                .drive(bench, target, self.rate, WARM_UP, self.millis)
                .with_context(|| self.name.to_owned())?;
            let own = id.map_or(0, machine::cpu) - own;
            let others = self::others(known, id).saturating_sub(others);
            all += driven.calls;
            if others * 1000 <= NOISE * (self.millis + WARM_UP) || attempt == ATTEMPTS {
                return Ok((driven.seen(own), all));
            }
            attempt += 1;
        }
    }

    fn drive(&self, bench: &Bench, target: &Running, rate: u64, warm_up: u64, millis: u64) -> Result<Driven> {
        let mut command = Command::new(bench.program("tollgate-bench-drive")?);
        command.arg("--url").arg(format!("{}/v1/chat/completions", target.url));
        command.arg("--body").arg(bench.bodies.join(self.body)).args(["--expect", self.expect]);
        if let Some((name, ca)) = &target.tls {
            command.args(["--host", name]).arg("--ca").arg(ca);
        }
        for header in &target.headers {
            command.args(["--header", header]);
        }
        for (name, value) in [("--rate", rate), ("--duration", millis), ("--warmup", warm_up)] {
            command.args([name, &value.to_string()]);
        }
        let output = command.output().context("running the driver")?;
        ensure!(output.status.success(), "the driver: {}", String::from_utf8_lossy(&output.stderr));
        let driven: Driven = serde_json::from_slice(&output.stdout)?;
        ensure!(driven.bad == 0, "{} bad answers, the first: {}", driven.bad, driven.first_bad);
        ensure!(driven.errors == 0, "{} connections broke", driven.errors);
        ensure!(driven.unfinished == 0 && driven.unsent == 0, "it cannot hold {rate} calls a second");
        Ok(driven)
    }
}

// === impl Driven ===

impl Driven {
    fn seen(&self, cpu: machine::Ticks) -> Seen {
        Seen {
            rps: self.rps,
            p50: self.latency.p50,
            p99: self.latency.p99,
            first_byte: self.first_byte.p50,
            cpu_ns: cpu * 10_000_000 / self.calls.max(1),
        }
    }
}

// === impl Sample ===

impl fmt::Display for Sample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [json, stream, asked, streams_max, max, seldom] = &self.seen;
        let (calls, rate) = if json.p50 > 0 { (json, 500) } else { (seldom, 50) };
        write!(
            formatter,
            "{} calls/s, p50 {} p99 {} µs at {rate}/s, {} MiB",
            max.rps,
            calls.p50,
            calls.p99,
            self.rss_kib >> 10
        )?;
        if stream.p50 > 0 {
            let (first, asked, most) = (stream.first_byte, asked.first_byte, streams_max.rps);
            write!(formatter, ", first byte {first} and {asked} µs, {most} streams/s")?;
        }
        Ok(())
    }
}

/// CPU time of everything but us, our driver, the target and what belongs to the measurement.
fn others(known: &[u32], target: Option<u32>) -> machine::Ticks {
    let known: u64 = known.iter().copied().chain(target).map(machine::cpu).sum();
    machine::cpu_of_all().saturating_sub(known + machine::cpu_of_ended_children())
}

/// Waits until the whole machine is quiet for half a second: a ledger that still takes in the rows of the load
/// before would be measured with this one. A machine that does not become quiet is measured all the same.
fn wait_for_quiet() {
    let (mut last, mut since) = (machine::cpu_of_all(), Instant::now());
    let _ = wait::within(QUIET_WITHIN, || {
        if since.elapsed() < Duration::from_millis(500) {
            return Err(());
        }
        let now = machine::cpu_of_all();
        let used = now.saturating_sub(last);
        (last, since) = (now, Instant::now());
        if used * 2 <= NOISE { Ok(()) } else { Err(()) }
    });
}

/// Sets the µs between the chunks of the stub's streams.
pub(crate) fn pace(micros: u64) -> Result<()> {
    let reply = Call::get(format!("/_stub/pace?{micros}")).try_send(stub())?;
    ensure!(reply.status() == 200, "the stub answers {}", reply.status());
    Ok(())
}

pub(crate) fn stub_tls() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], STUB_TLS_PORT))
}

pub(crate) fn stub() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], STUB_PORT))
}
