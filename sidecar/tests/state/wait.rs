//! Waiting for the thing itself, with a deadline that only a hang meets.

use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_secs(60);
const AGAIN: Duration = Duration::from_millis(5);

/// What comes of it.
pub(crate) async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

/// Until it is so.
pub(crate) async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    within(what, async {
        while !is_so() {
            tokio::time::sleep(AGAIN).await;
        }
    })
    .await;
}

/// Until it is so, without a runtime; `look` says what it saw instead.
pub(crate) fn blocking<T>(what: &str, mut look: impl FnMut() -> Result<T, String>) -> T {
    let start = Instant::now();
    loop {
        match look() {
            Ok(found) => return found,
            Err(seen) => assert!(start.elapsed() < DEADLINE, "waited in vain for {what}; saw {seen}"),
        }
        std::thread::sleep(AGAIN);
    }
}
