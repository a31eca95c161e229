//! The figures, for people and as one line of JSON.

use std::{fmt, time::Duration};

use serde_json::{Map, Value};

use super::{
    percentiles::Percentiles,
    scene::Cpu,
    storm::Storm,
    toggles::{Direction, Toggles},
    writes::Writes,
};
use crate::report::{decimal, mib, thousandths};

pub(super) struct Report {
    pub(super) clients: usize,
    pub(super) toggles: Toggles,
    /// From the clients' start until each held the state.
    pub(super) connected: Duration,
    /// During the toggles.
    pub(super) writes: Writes,
    pub(super) cpu: Cpu,
    pub(super) rss_kib: u64,
    pub(super) storm: Storm,
}

/// The writes that are the measurement's own.
const OURS: &str = "PATCH featureflags";

// === impl Report ===

impl Report {
    pub(super) fn json(&self) -> Value {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        put("clients", self.clients.into());
        put("toggles", self.toggles.off.answered.len().into());
        let off = of(&self.toggles.off.gates);
        let on = of(&self.toggles.on.gates);
        put("p50_ms", millis(off.at(50)));
        put("p99_ms", millis(off.at(99)));
        put("max_ms", millis(off.max()));
        put("back_on_p50_ms", millis(on.at(50)));
        put("back_on_p99_ms", millis(on.at(99)));
        put("back_on_max_ms", millis(on.max()));
        put("watch_p50_ms", millis(of(&self.toggles.off.watched).at(50)));
        put("first_p50_ms", millis(of(&self.toggles.off.first).at(50)));
        put("last_p50_ms", millis(of(&self.toggles.off.last).at(50)));
        put("connect_ms", whole_millis(self.connected).into());
        put("storm_ready_ms", millis(self.storm.ready));
        put("storm_p50_ms", millis(self.storm.settled.at(50)));
        put("storm_settle_ms", millis(self.storm.settled.max()));
        put("operator_rss_mib", decimal(&mib(self.rss_kib.try_into().unwrap_or(i64::MAX))));
        put("apiserver_writes", self.others().sum().into());
        Value::Object(fields)
    }

    /// What the apiserver was asked to write, without the changes of the flag.
    fn others(&self) -> Writes {
        let Toggles { off, on } = &self.toggles;
        self.writes.without(OURS, off.answered.len() + on.answered.len())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{:<10} {:>9} {:>9} {:>9}   {:>9} {:>9} {:>9} {:>9}",
            "ms after", "gates p50", "p99", "max", "answered", "watched", "1st gate", "last gate"
        )?;
        for (name, direction) in [("off", &self.toggles.off), ("on again", &self.toggles.on)] {
            row(formatter, name, direction)?;
        }
        writeln!(formatter, "(the four on the right: the median of all changes)")?;
        let Cpu { apiserver, operators, clients } = self.cpu;
        writeln!(
            formatter,
            "CPU-s during the changes: apiserver {}, replicas {}, clients {}",
            hundredths(apiserver),
            hundredths(operators),
            hundredths(clients)
        )?;
        writeln!(formatter, "writes to the apiserver meanwhile: {}", self.others())?;
        write!(
            formatter,
            "storm: replicas ready {} ms after both were killed, half of the clients settled after {} ms, all after {} ms",
            self.storm.ready / 1000,
            self.storm.settled.at(50) / 1000,
            self.storm.settled.max() / 1000
        )
    }
}

fn row(formatter: &mut fmt::Formatter<'_>, name: &str, direction: &Direction) -> fmt::Result {
    let gates = of(&direction.gates);
    let median = |values: &[u64]| text(of(values).at(50));
    writeln!(
        formatter,
        "{name:<10} {:>9} {:>9} {:>9}   {:>9} {:>9} {:>9} {:>9}",
        text(gates.at(50)),
        text(gates.at(99)),
        text(gates.max()),
        median(&direction.answered),
        median(&direction.watched),
        median(&direction.first),
        median(&direction.last)
    )
}

fn of(values: &[u64]) -> Percentiles {
    Percentiles::of(values.iter().copied())
}

/// Microseconds as milliseconds.
fn text(micros: u64) -> String {
    thousandths(micros.try_into().unwrap_or(i64::MAX))
}

fn millis(micros: u64) -> Value {
    decimal(&text(micros))
}

fn whole_millis(time: Duration) -> u64 {
    time.as_millis().try_into().unwrap_or(u64::MAX)
}

fn hundredths(ticks: u64) -> String {
    format!("{}.{:02}", ticks / 100, ticks % 100)
}
