//! What is under way looks at its flags again when features may have been turned off.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Context;

use crate::worker::Worker;

/// The turns that a call has seen.
pub(super) struct Turns {
    worker: Rc<Worker>,
    seen: u64,
    /// Over HTTP/1.1 the connection is woken, and its call with it. Over HTTP/2 each call runs alone, and is to be woken itself.
    alarm: Option<Alarm>,
}

type Alarm = Pin<Box<dyn Future<Output = ()>>>;

// === impl Turns ===

impl Turns {
    /// `seen`: [`Worker::turns`], as it was looked at last.
    pub(super) fn since(worker: &Rc<Worker>, seen: u64, runs_alone: bool) -> Self {
        let worker = Rc::clone(worker);
        Self { alarm: runs_alone.then(|| alarm(&worker)), worker, seen }
    }

    /// Whether there was one since this was asked last. Whoever asks is woken by the next.
    pub(super) fn were_more(&mut self, context: &mut Context<'_>) -> bool {
        if let Some(alarm_set) = &mut self.alarm {
            while alarm_set.as_mut().poll(context).is_ready() {
                *alarm_set = alarm(&self.worker);
            }
        }
        std::mem::replace(&mut self.seen, self.worker.turns()) != self.worker.turns()
    }
}

fn alarm(worker: &Rc<Worker>) -> Alarm {
    let worker = Rc::clone(worker);
    Box::pin(async move { worker.turned().await })
}
