//! How long to wait after a failure: longer each time, never in step with others.

use std::time::Duration;

use crate::random;

/// Doubles from [`FIRST`] to [`LAST`], and gives something between nothing and that.
#[derive(Debug)]
pub(crate) struct Backoff {
    next: Duration,
}

const FIRST: Duration = Duration::from_millis(200);
/// A cluster that comes back must not wait long for its flags.
const LAST: Duration = Duration::from_secs(5);

// === impl Backoff ===

impl Backoff {
    pub(crate) fn new() -> Self {
        Self { next: FIRST }
    }

    pub(crate) fn reset(&mut self) {
        self.next = FIRST;
    }

    pub(crate) async fn wait(&mut self) {
        let wait = random::below(self.next);
        self.next = (2 * self.next).min(LAST);
        tokio::time::sleep(wait).await;
    }
}
