//! What was asked a moment ago: a hundred viewers of a page are one question.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Questions, and what was answered last.
pub(super) struct Asked<Q, A> {
    known: Mutex<HashMap<Q, Slot<A>>>,
}

/// One question; whoever finds it locked waits for the answer.
type Slot<A> = Arc<tokio::sync::Mutex<Option<Answered<A>>>>;

struct Answered<A> {
    at: Instant,
    took: Duration,
    answer: Arc<A>,
}

/// More questions at a time are forgotten early.
const MOST: usize = 1_000;

// === impl Asked ===

impl<Q: Eq + Hash, A> Asked<Q, A> {
    /// Looks it up, where nobody has for so long, and for four times as long as it took: so looking costs a fifth of one core
    /// at most.
    pub(super) async fn answer<E>(
        &self,
        question: Q,
        fresh: Duration,
        look_up: impl Future<Output = Result<A, E>>,
    ) -> Result<Arc<A>, E> {
        let slot = self.slot(question);
        let mut answered = slot.lock().await;
        if let Some(known) = &*answered
            && known.at.elapsed() < fresh.max(known.took * 4)
        {
            return Ok(Arc::clone(&known.answer));
        }
        let at = Instant::now();
        let answer = Arc::new(look_up.await?);
        *answered = Some(Answered { at, took: at.elapsed(), answer: Arc::clone(&answer) });
        Ok(answer)
    }

    fn slot(&self, question: Q) -> Slot<A> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            // whoever waits for one has a handle on it
            known.retain(|_, slot| slot.try_lock().is_err());
        }
        Arc::clone(known.entry(question).or_default())
    }
}

impl<Q, A> Default for Asked<Q, A> {
    fn default() -> Self {
        Self { known: Mutex::default() }
    }
}
