//! The feature is turned off and on; who learned of it when.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tokio::time::sleep;

use super::{
    clients::{Clients, Gate},
    scene::Scene,
};

/// What one direction of all changes showed, in microseconds after the PATCH was sent.
#[derive(Default)]
pub(super) struct Direction {
    /// Of each client, each change.
    pub(super) gates: Vec<u64>,
    /// Of each change: the PATCH was answered.
    pub(super) answered: Vec<u64>,
    /// Of each change: somebody who watches the flags had the event.
    pub(super) watched: Vec<u64>,
    /// Of each change: the first client.
    pub(super) first: Vec<u64>,
    /// Of each change: the last client.
    pub(super) last: Vec<u64>,
}

/// Both directions.
#[derive(Default)]
pub(super) struct Toggles {
    pub(super) off: Direction,
    pub(super) on: Direction,
}

/// Heartbeats come each two seconds, reports each second: a change may come at any moment between them.
const LEAST_PAUSE: u64 = 400;
const MOST_MORE: u64 = 1000;
/// Coprime to the above, and near the golden ratio of it: the moments spread evenly.
const STRIDE: u64 = 619;

pub(super) async fn run(scene: &mut Scene, clients: &mut Clients, toggles: usize) -> Result<Toggles> {
    let mut seen = Toggles::default();
    let mut moment = 0;
    for _ in 0..toggles {
        for enabled in [false, true] {
            moment = (moment + STRIDE) % MOST_MORE;
            sleep(Duration::from_millis(LEAST_PAUSE + moment)).await;
            let direction = if enabled { &mut seen.on } else { &mut seen.off };
            direction.add(scene, clients, enabled).await?;
        }
    }
    Ok(seen)
}

// === impl Direction ===

impl Direction {
    async fn add(&mut self, scene: &mut Scene, clients: &mut Clients, enabled: bool) -> Result<()> {
        let change = scene.turn(enabled).await?;
        let gate = if enabled { Gate::Passes } else { Gate::Refuses };
        let said = clients.until_all(gate)?;
        let gates: Vec<u64> = said.iter().filter_map(|said| said.at_us.checked_sub(change.sent)).collect();
        ensure!(gates.len() == said.len(), "a client knew of the change before it was made");
        self.answered.push(change.answered - change.sent);
        self.watched.push(change.watched - change.sent);
        self.first.push(gates.iter().copied().min().context("there are clients")?);
        self.last.push(gates.iter().copied().max().context("there are clients")?);
        self.gates.extend(gates);
        Ok(())
    }
}
