//! Both replicas are killed, the feature is turned off while there is none, and both are started again: how long it takes
//! until every client has come back and knows.

use anyhow::{Context, Result};

use super::{
    clients::{Clients, Gate},
    percentiles::Percentiles,
    scene::{self, Scene},
};

/// Microseconds since the kill.
pub(super) struct Storm {
    /// Both replicas said that they were ready.
    pub(super) ready: u64,
    /// Of each client: its gate knew what was changed meanwhile.
    pub(super) settled: Percentiles,
}

pub(super) async fn run(scene: &mut Scene, clients: &mut Clients) -> Result<Storm> {
    let killed = scene::now();
    scene.kill_replicas()?;
    scene.turn(false).await?;
    scene.start_replicas()?;
    let ready = scene::now() - killed;
    let said = clients.until_all(Gate::Refuses)?;
    let since: Option<Vec<u64>> = said.iter().map(|said| said.at_us.checked_sub(killed)).collect();
    let since = since.context("a client knew of the change before it was made")?;
    Ok(Storm { ready, settled: Percentiles::of(since.into_iter()) })
}
