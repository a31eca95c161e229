//! What was asked a moment ago: a hundred viewers of a page are one question.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Questions, and what was answered last.
pub(super) struct Asked<Q, A> {
    /// Of megabytes: few of these are kept.
    is_heavy: fn(&A) -> bool,
    known: Mutex<Known<Q, A>>,
}

struct Known<Q, A> {
    slots: HashMap<Q, Slot<A>>,
    swept: Instant,
}

/// One question; whoever finds it locked waits for the answer.
type Slot<A> = Arc<tokio::sync::Mutex<Option<Answered<A>>>>;

struct Answered<A> {
    until: Instant,
    answer: Arc<A>,
}

/// More questions at a time are forgotten early.
const MOST: usize = 1_000;
/// And more of those whose answers are of megabytes.
const MOST_HEAVY: usize = 4;
/// So often answers are dropped that are good no longer: some are of megabytes.
const SWEEP: Duration = Duration::from_secs(2);

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
            && is_good(&answered, Instant::now())
        {
            return Ok(Arc::clone(&known.answer));
        }
        let at = Instant::now();
        let answer = Arc::new(look_up.await?);
        if (self.is_heavy)(&answer) {
            self.make_room();
        }
        *answered = Some(Answered { until: at + fresh.max(at.elapsed() * 4), answer: Arc::clone(&answer) });
        Ok(answer)
    }

    pub(super) fn of(is_heavy: fn(&A) -> bool) -> Self {
        Self { is_heavy, known: Mutex::new(Known { slots: HashMap::new(), swept: Instant::now() }) }
    }

    /// For one more heavy answer.
    fn make_room(&self) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let is_heavy = |slot: &Slot<A>| {
            slot.try_lock()
                .is_ok_and(|known| known.as_ref().is_some_and(|known| (self.is_heavy)(&known.answer)))
        };
        if known.slots.values().filter(|slot| is_heavy(slot)).count() >= MOST_HEAVY {
            known.slots.retain(|_, slot| is_held(slot) || !is_heavy(slot));
        }
    }

    fn slot(&self, question: Q) -> Slot<A> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Known { slots, swept } = &mut *known;
        let now = Instant::now();
        if now.duration_since(*swept) >= SWEEP {
            *swept = now;
            slots.retain(|_, slot| is_held(slot) || slot.try_lock().is_ok_and(|slot| is_good(&slot, now)));
        }
        if slots.len() >= MOST {
            slots.retain(|_, slot| is_held(slot));
        }
        Arc::clone(slots.entry(question).or_default())
    }
}

fn is_good<A>(answered: &Option<Answered<A>>, now: Instant) -> bool {
    answered.as_ref().is_some_and(|known| now < known.until)
}

/// Somebody looks it up, or waits for it.
fn is_held<A>(slot: &Slot<A>) -> bool {
    Arc::strong_count(slot) > 1
}
