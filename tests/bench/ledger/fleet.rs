//! A fleet of sidecars, busy and idle: connections and processor time of the server.

use std::{
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tollgate_tests::harness::postgres::Postgres;

use super::{
    DATABASE, figure,
    spools::{Load, Spools, cores},
};
use crate::machine;

/// Seconds that are measured.
const SPAN: u64 = 20;
/// What runs meanwhile runs so much longer.
const MARGIN: u64 = 2;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

pub(super) struct Fleet {
    pub(super) busy: Seen,
    pub(super) idle: Seen,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    /// The most there were at once.
    connections: u64,
    cores: f64,
}

// === impl Fleet ===

impl Fleet {
    /// Each with a call a second, then all without any.
    pub(super) fn measure(spools: &Spools<'_>, server: &Postgres, sidecars: u64) -> Result<Fleet> {
        let mut running = spools.start(sidecars, Load::Pace { rate: 1, seconds: SPAN + MARGIN })?;
        ensure!(running.said()?["busy"] == json!(true), "a row of each has come");
        let busy = Seen::during(server)?;
        let rows = running.end()?;
        ensure!(rows >= sidecars * SPAN, "the fleet wrote {rows} rows");

        let mut running = spools.start(sidecars, Load::Idle { seconds: SPAN + MARGIN })?;
        ensure!(running.said()?["idle"] == json!(true), "the fleet rests");
        let idle = Seen::during(server)?;
        running.end()?;
        Ok(Fleet { busy, idle })
    }
}

// === impl Seen ===

impl Seen {
    fn during(server: &Postgres) -> Result<Seen> {
        let id = server.id().context("Postgres runs")?;
        let (began, before) = (Instant::now(), machine::cpu(id));
        let mut most = 0;
        while began.elapsed() < Duration::from_secs(SPAN) {
            most = most.max(connections(server)?);
            thread::sleep(BETWEEN_LOOKS);
        }
        let spent = machine::cpu(id) - before;
        Ok(Seen { connections: most, cores: cores(spent, began.elapsed().as_secs_f64()) })
    }

    pub(super) fn json(self) -> Value {
        json!({"connections": self.connections, "postgres_cores": self.cores})
    }
}

/// Those of sidecars.
fn connections(server: &Postgres) -> Result<u64> {
    figure(
        &server.url("postgres"),
        &format!(
            "select count(*) from pg_stat_activity where datname = '{DATABASE}' and usename = 'tollgate_sidecar'"
        ),
    )
}

impl std::fmt::Display for Fleet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { busy, idle } = self;
        write!(
            f,
            "busy {} connections and {:.2} cores, idle {} connections and {:.3} cores",
            busy.connections, busy.cores, idle.connections, idle.cores
        )
    }
}
