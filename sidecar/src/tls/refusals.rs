//! Clients that refuse our certificates: what they open next goes past us, so that no app stays broken for its trust.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::metrics::Uncaptured;

/// How long a client that refused is passed through before it is asked again: perhaps it was given the certificate.
const PASSED: Duration = Duration::from_secs(600);

/// Kinds of clients and hosts in one pod; beyond them none is remembered.
const KEPT: usize = 1_024;

#[derive(Default)]
pub(crate) struct Refusals(Mutex<HashMap<Client, Kept>>);

/// One kind of client at one host.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Client {
    host: Box<str>,
    habits: u64,
}

enum Kept {
    /// It closed without a word, last at this time. That can have its own reasons (a call that was cancelled, a client that
    /// ends); once more, on a connection begun after that, it has ours.
    Closed {
        at: Instant,
    },
    Passed {
        until: Instant,
        why: Uncaptured,
    },
}

/// How a client refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It said that it does not trust us.
    Distrust,
    /// It and we have nothing in common that TLS could be ended with.
    Unable,
    /// It closed in the middle of the handshake, or after it without a byte: some check certificates then.
    Closed,
}

// === impl Refusals ===

impl Refusals {
    /// Why this client's connections pass untouched at the moment, if they do.
    pub(crate) fn passes(&self, host: &str, habits: u64, now: Instant) -> Option<Uncaptured> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_empty() {
            return None;
        }
        let client = Client { host: host.into(), habits };
        match kept.get(&client)? {
            Kept::Passed { until, why } if now < *until => Some(*why),
            Kept::Passed { .. } => {
                kept.remove(&client);
                None
            }
            Kept::Closed { .. } => None,
        }
    }

    /// Notes a refusal, on a connection that began at this time. Returns whether such connections pass from now on.
    pub(crate) fn note(
        &self,
        host: &str,
        habits: u64,
        refused: Refused,
        began: Instant,
        now: Instant,
    ) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let client = Client { host: host.into(), habits };
        if kept.len() >= KEPT && !kept.contains_key(&client) {
            kept.retain(|_, kept| matches!(kept, Kept::Passed { until, .. } if now < *until));
            if kept.len() >= KEPT {
                return false;
            }
        }
        let passed = |why| Kept::Passed { until: now + PASSED, why };
        let next = match (refused, kept.get(&client)) {
            (Refused::Distrust, _) => passed(Uncaptured::Distrust),
            (Refused::Unable, _) => passed(Uncaptured::ClosedInHandshake),
            (Refused::Closed, Some(Kept::Closed { at })) if *at <= began => {
                passed(Uncaptured::ClosedInHandshake)
            }
            // Many that are cancelled at once are one goodbye, the first of them.
            (Refused::Closed, Some(Kept::Closed { at })) => Kept::Closed { at: *at },
            (Refused::Closed, _) => Kept::Closed { at: now },
        };
        let passes = matches!(next, Kept::Passed { .. });
        kept.insert(client, next);
        passes
    }

    /// The client said something inside: it trusts us.
    pub(crate) fn trusts(&self, host: &str, habits: u64) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.is_empty() {
            kept.remove(&Client { host: host.into(), habits });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "api.openai.com";

    #[test]
    fn who_refuses_passes_from_the_next_connection_on_for_ten_minutes() {
        let (refusals, now) = (Refusals::default(), Instant::now());
        assert_eq!(refusals.passes(HOST, 1, now), None);
        assert!(refusals.note(HOST, 1, Refused::Distrust, now, now));
        assert_eq!(refusals.passes(HOST, 1, now), Some(Uncaptured::Distrust));
        assert_eq!(refusals.passes(HOST, 1, now + PASSED), None);
    }

    #[test]
    fn another_client_and_another_host_are_captured_still() {
        let (refusals, now) = (Refusals::default(), Instant::now());
        refusals.note(HOST, 1, Refused::Unable, now, now);
        assert_eq!(refusals.passes(HOST, 2, now), None);
        assert_eq!(refusals.passes("api.anthropic.com", 1, now), None);
        assert_eq!(refusals.passes(HOST, 1, now), Some(Uncaptured::ClosedInHandshake));
    }

    #[test]
    fn a_silent_goodbye_counts_twice_in_a_row_only() {
        let (refusals, now) = (Refusals::default(), Instant::now());
        assert!(!refusals.note(HOST, 1, Refused::Closed, now, now));
        refusals.trusts(HOST, 1);
        assert!(!refusals.note(HOST, 1, Refused::Closed, now, now));
        assert!(refusals.note(HOST, 1, Refused::Closed, now, now));
        assert_eq!(refusals.passes(HOST, 1, now), Some(Uncaptured::ClosedInHandshake));
    }

    #[test]
    fn a_client_whose_connections_always_overlap_passes_too() {
        let (refusals, start) = (Refusals::default(), Instant::now());
        let at = |millis| start + Duration::from_millis(millis);
        assert!(!refusals.note(HOST, 1, Refused::Closed, at(0), at(10)));
        assert!(!refusals.note(HOST, 1, Refused::Closed, at(5), at(15)));
        assert!(refusals.note(HOST, 1, Refused::Closed, at(12), at(22)));
    }

    #[test]
    fn calls_that_are_cancelled_together_say_goodbye_once() {
        let (refusals, began) = (Refusals::default(), Instant::now());
        for after in 1..50 {
            let now = began + Duration::from_millis(after);
            assert!(!refusals.note(HOST, 1, Refused::Closed, began, now));
            assert_eq!(refusals.passes(HOST, 1, now), None);
        }
        let later = began + Duration::from_secs(1);
        assert!(refusals.note(HOST, 1, Refused::Closed, later, later));
    }
}
