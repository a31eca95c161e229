//! The state stream: flags of the operator, pushed, and reports back.
//!
//! ```text
//! dial ─▶ GET /v1/state ─▶ lines ─▶ Message ─▶ PodState (merging, compiling, swapping)
//!   ▲          │ one HTTP/2 connection over TLS, one task      ledger access ─▶ who asked for it
//!   └ back-off ┴─ POST /v1/report each second, POST /v1/usage what the database does not take
//! ```
//!
//! - A client connects at once, and again whenever a connection ends, with full jitter, so that a thousand clients of a
//!   replica that died do not arrive at the next one together.
//! - Nothing it meets ends it, and nothing but a whole, readable state changes what holds: garbage, a huge line, a
//!   connection that is half open, a replica whose watch is stuck. Each is counted and said once.
//! - Every connection reads token and certificates anew: both change while a pod lives.
//! - Reports are one task's work with the reading, never in its way.

mod asking;
mod backoff;
mod client;
mod conversation;
mod dial;
mod end;
mod handing;
mod lines;
mod near;
mod report;
mod trust;

use std::path::PathBuf;
use std::time::Duration;

use tollgate_crds::stream::HEARTBEAT_MILLIS;

pub use client::StreamClient;
pub use trust::Trust;

use crate::config::Origin;

/// Whom a client connects to, and as whom.
#[derive(Clone, Debug)]
pub struct StreamSettings {
    /// Where operators are, each `https`: tried in turn. A Service is one address for all of its replicas.
    pub operators: Vec<Origin>,
    /// The file of the ServiceAccount token that is shown.
    pub token_file: PathBuf,
    pub trust: Trust,
    pub limits: StreamLimits,
}

/// How long a client waits for what. The default is what the operator counts on.
#[derive(Clone, Copy, Debug)]
pub struct StreamLimits {
    /// From the name's lookup to the head of the answer.
    pub connect: Duration,
    /// Without a byte for so long, the connection is taken for dead: three heartbeats.
    pub silence: Duration,
    /// An operator whose own watch is not known to be complete for so long is left for another replica.
    pub stale: Duration,
    /// The bound of the first wait before it is left, which doubles while no replica is better: when all of them lose the
    /// apiserver, their clients must not go round and round.
    pub leave: Duration,
    /// A connection that lasted this long worked; the next one need not wait.
    pub proven: Duration,
    /// The bound of the first wait between two connections; it doubles up to `longest_wait`.
    pub first_wait: Duration,
    pub longest_wait: Duration,
    /// An older state is taken once the stream has stood by it for so long.
    pub patience: Duration,
    /// Between two reports.
    pub report: Duration,
    /// Once the token's file has changed, the connection is made anew within this time.
    pub renew: Duration,
}

/// A longer line of the stream ends the connection: ten thousand flags are shorter.
const MAX_LINE: usize = 8 << 20;

// === impl StreamSettings ===

impl StreamSettings {
    pub fn new(operators: Vec<Origin>, token_file: PathBuf, trust: Trust) -> Self {
        Self { operators, token_file, trust, limits: StreamLimits::default() }
    }
}

// === impl StreamLimits ===

impl Default for StreamLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            silence: Duration::from_millis(3 * HEARTBEAT_MILLIS),
            stale: Duration::from_secs(10),
            leave: Duration::from_secs(2),
            proven: Duration::from_millis(HEARTBEAT_MILLIS),
            first_wait: Duration::from_millis(100),
            longest_wait: Duration::from_secs(15),
            patience: Duration::from_secs(10),
            report: Duration::from_secs(1),
            renew: Duration::from_secs(60),
        }
    }
}
