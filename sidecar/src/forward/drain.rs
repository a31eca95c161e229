//! A body that nobody waits for is read on for a while.

use std::future::poll_fn;
use std::pin::Pin;

use hyper::body::{Body, Incoming};

/// An app that is refused while it still writes gets to read its answer: what it goes on to say is read and
/// thrown away up to this many bytes.
pub(super) const DRAINED_LIMIT: usize = 16 << 20;

/// Reads on for an app that has not finished writing: closing at once would reset the connection, and the
/// answer might never be read.
pub(super) async fn drain(mut body: Incoming) {
    let mut left = DRAINED_LIMIT;
    while left > 0
        && let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
    {
        left = left.saturating_sub(frame.data_ref().map_or(1, |data| data.len().max(1)));
    }
}
