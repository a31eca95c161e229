//! What a run saw.

use anyhow::Result;
use serde_json::{Value, json};

use crate::plan::Plan;

/// Counts and times. Only good answers to calls of the counted part have times.
#[derive(Default)]
pub(crate) struct Report {
    /// Every answer that came whole, warm-up and bad ones included.
    pub(crate) calls: u64,
    bad: u64,
    pub(crate) first_bad: String,
    /// Connections that broke with a call on them.
    pub(crate) errors: u64,
    pub(crate) reconnects: u64,
    /// Due, but never sent.
    pub(crate) unsent: u64,
    /// Sent, but not answered in time.
    pub(crate) unfinished: u64,
    /// µs from due to the last byte.
    latency: Vec<u64>,
    /// µs from due to the first byte of the body.
    first_byte: Vec<u64>,
    /// µs that the driver itself was late.
    pub(crate) send_lag: Vec<u64>,
}

// === impl Report ===

impl Report {
    /// A good answer; both in nanoseconds.
    pub(crate) fn done(&mut self, latency: u64, first_byte: u64) {
        self.latency.push(latency / 1000);
        self.first_byte.push(first_byte / 1000);
    }

    pub(crate) fn bad(&mut self, status: u16, tail: &[u8]) {
        self.bad += 1;
        if self.first_bad.is_empty() {
            self.first_bad = format!("{status} {}", String::from_utf8_lossy(tail));
        }
    }

    pub(crate) fn json(mut self, plan: &Plan) -> Result<Value> {
        let millis = u64::try_from(plan.duration.as_millis())?.max(1);
        let done = self.latency.len() as u64;
        Ok(json!({
            "calls": self.calls,
            "done": done,
            "rps": done * 1000 / millis,
            "bad": self.bad,
            "first_bad": self.first_bad,
            "errors": self.errors,
            "reconnects": self.reconnects,
            "unsent": self.unsent,
            "unfinished": self.unfinished,
            "latency": quantiles(&mut self.latency),
            "first_byte": quantiles(&mut self.first_byte),
            "send_lag": quantiles(&mut self.send_lag),
        }))
    }
}

fn quantiles(times: &mut [u64]) -> Value {
    times.sort_unstable();
    let at =
        |permille: usize| times.get(times.len() * permille / 1000).or(times.last()).copied().unwrap_or(0);
    json!({"p50": at(500), "p90": at(900), "p99": at(990), "p999": at(999)})
}
