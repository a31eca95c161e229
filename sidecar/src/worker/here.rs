//! A worker's tasks stay on its own thread.

/// Runs what HTTP/2 has beside its connection.
#[derive(Clone)]
pub(crate) struct Here;

// === impl Here ===

impl<F> hyper::rt::Executor<F> for Here
where
    F: Future + 'static,
    F::Output: 'static,
{
    fn execute(&self, future: F) {
        tokio::task::spawn_local(future);
    }
}
