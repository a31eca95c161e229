//! Flags turn by their schedules, too: gauges follow, and calls under way learn of it.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::shared::Shared;

/// A machine that slept, or whose clock was set, is late by this at most.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

/// Never ends.
pub(super) async fn follow(shared: Arc<Shared>) -> &'static str {
    let mut turns = shared.turns();
    let mut seen = Timestamp::now();
    loop {
        let now = Timestamp::now();
        let edge = shared.flags.load().next_edge(seen);
        match edge.map(|edge| Duration::try_from(edge.duration_since(now)).unwrap_or_default()) {
            Some(Duration::ZERO) => {
                seen = now;
                shared.turned();
            }
            wait => tokio::select! {
                _ = turns.changed() => seen = now,
                () = tokio::time::sleep(wait.unwrap_or(LOOK_AGAIN).min(LOOK_AGAIN)) => {}
            },
        }
    }
}
