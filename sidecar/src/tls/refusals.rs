//! Clients that refuse our certificates: what they open next goes past us, so that no app stays broken for its trust.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::metrics::Uncaptured;

/// How long a client that refused is passed through before it is asked again: perhaps it was given the certificate.
const PASSED: Duration = Duration::from_secs(600);

/// A client that goes in silence once our certificate is there may have had its own reasons: twice in a row it has ours.
const SILENT_GOODBYES: u8 = 2;

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
    Silent { goodbyes: u8 },
    Passed { until: Instant, why: Uncaptured },
}

/// How a client refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It said that it does not trust us.
    Distrust,
    /// It closed in the middle of the handshake.
    Closed,
    /// It closed after the handshake without a byte: some check certificates then.
    Silent,
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
            Kept::Silent { .. } => None,
        }
    }

    /// Notes a refusal. Says since when on, if that is from now.
    pub(crate) fn note(&self, host: &str, habits: u64, refused: Refused, now: Instant) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let client = Client { host: host.into(), habits };
        if kept.len() >= KEPT && !kept.contains_key(&client) {
            kept.retain(|_, kept| matches!(kept, Kept::Passed { until, .. } if now < *until));
            if kept.len() >= KEPT {
                return false;
            }
        }
        let next = match (refused, kept.get(&client)) {
            (Refused::Distrust, _) => Kept::Passed { until: now + PASSED, why: Uncaptured::Distrust },
            (Refused::Closed, _) => Kept::Passed { until: now + PASSED, why: Uncaptured::ClosedInHandshake },
            (Refused::Silent, Some(Kept::Silent { goodbyes })) if goodbyes + 1 >= SILENT_GOODBYES => {
                Kept::Passed { until: now + PASSED, why: Uncaptured::ClosedInHandshake }
            }
            (Refused::Silent, Some(Kept::Silent { goodbyes })) => Kept::Silent { goodbyes: goodbyes + 1 },
            (Refused::Silent, Some(Kept::Passed { .. }) | None) => Kept::Silent { goodbyes: 1 },
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
        assert!(refusals.note(HOST, 1, Refused::Distrust, now));
        assert_eq!(refusals.passes(HOST, 1, now), Some(Uncaptured::Distrust));
        assert_eq!(refusals.passes(HOST, 1, now + PASSED), None);
    }

    #[test]
    fn another_client_and_another_host_are_captured_still() {
        let (refusals, now) = (Refusals::default(), Instant::now());
        refusals.note(HOST, 1, Refused::Closed, now);
        assert_eq!(refusals.passes(HOST, 2, now), None);
        assert_eq!(refusals.passes("api.anthropic.com", 1, now), None);
        assert_eq!(refusals.passes(HOST, 1, now), Some(Uncaptured::ClosedInHandshake));
    }

    #[test]
    fn a_silent_goodbye_counts_twice_in_a_row_only() {
        let (refusals, now) = (Refusals::default(), Instant::now());
        assert!(!refusals.note(HOST, 1, Refused::Silent, now));
        refusals.trusts(HOST, 1);
        assert!(!refusals.note(HOST, 1, Refused::Silent, now));
        assert!(refusals.note(HOST, 1, Refused::Silent, now));
        assert_eq!(refusals.passes(HOST, 1, now), Some(Uncaptured::ClosedInHandshake));
    }
}
