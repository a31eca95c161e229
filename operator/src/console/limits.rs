//! How often somebody may fail to say who they are: each try costs the apiserver an answer.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::hosts::network;

/// Counts failures by network, a minute at a time. Behind one proxy are many people and programs, and they must not hinder each other:
/// who is let in is never counted, who was let in before does not wait for others' failures, and a program that goes on
/// with one token that is over has failed once.
#[derive(Debug, Default)]
pub(super) struct Failures {
    counted: Mutex<HashMap<IpAddr, Counted>>,
    let_in: Mutex<HashMap<Mark, Instant>>,
}

/// A token, as far as it is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Mark([u8; 32]);

#[derive(Clone, Debug)]
struct Counted {
    since: Instant,
    /// Which tokens, [`MOST`] at most.
    failed: Vec<Mark>,
}

const MINUTE: Duration = Duration::from_secs(60);
/// A person who mistakes a token tries again a few times.
const MOST: usize = 10;
/// Networks that are remembered at once: a few MB at most.
const NETWORKS: usize = 10_000;
/// Tokens that were let in, and for how long after: as tokens of an hour are used.
const LET_IN: usize = 10_000;
const REMEMBERED: Duration = Duration::from_secs(3_600);

// === impl Mark ===

impl Mark {
    pub(super) fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }
}

// === impl Failures ===

impl Failures {
    /// How long to wait, where there were too many.
    pub(super) fn wait(&self, address: IpAddr, token: Mark, now: Instant) -> Option<Duration> {
        let over = {
            let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
            let Counted { since, failed } = counted.get(&network(address))?;
            let over = MINUTE.checked_sub(now.saturating_duration_since(*since))?;
            (failed.len() >= MOST && !over.is_zero()).then_some(over)?
        };
        let let_in = self.let_in.lock().unwrap_or_else(PoisonError::into_inner);
        let was_let_in = let_in.get(&token).is_some_and(|at| now.saturating_duration_since(*at) < REMEMBERED);
        (!was_let_in).then_some(over)
    }

    pub(super) fn let_in(&self, token: Mark, now: Instant) {
        let mut let_in = self.let_in.lock().unwrap_or_else(PoisonError::into_inner);
        if let_in.len() >= LET_IN && !let_in.contains_key(&token) {
            let_in.retain(|_, at| now.saturating_duration_since(*at) < REMEMBERED);
        }
        if let_in.len() < LET_IN || let_in.contains_key(&token) {
            let_in.insert(token, now);
        }
    }

    pub(super) fn failed(&self, address: IpAddr, token: Mark, now: Instant) {
        self.let_in.lock().unwrap_or_else(PoisonError::into_inner).remove(&token);
        let mut all = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= NETWORKS {
            all.retain(|_, counted| now.saturating_duration_since(counted.since) < MINUTE);
        }
        let full = all.len() >= NETWORKS;
        let address = network(address);
        match all.get_mut(&address) {
            Some(Counted { since, failed }) if now.saturating_duration_since(*since) < MINUTE => {
                if failed.len() < MOST && !failed.contains(&token) {
                    failed.push(token);
                }
            }
            None if full => {}
            _ => {
                all.insert(address, Counted { since: now, failed: vec![token] });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(number: usize) -> Mark {
        Mark::of(&format!("made.up.{number}"))
    }

    #[test]
    fn after_ten_failures_a_network_waits_for_the_minute_to_end() {
        let (limits, now) = (Failures::default(), Instant::now());
        let (address, another): (IpAddr, _) = ("192.0.2.7".parse().unwrap(), token(MOST));
        for number in 0..MOST {
            assert_eq!(limits.wait(address, another, now), None);
            limits.failed(address, token(number), now);
        }
        assert_eq!(
            limits.wait(address, another, now + Duration::from_secs(20)),
            Some(Duration::from_secs(40))
        );
        assert_eq!(limits.wait("192.0.2.8".parse().unwrap(), another, now), None);
        assert_eq!(limits.wait(address, another, now + MINUTE), None);
        limits.failed(address, token(0), now + MINUTE);
        assert_eq!(limits.wait(address, another, now + MINUTE), None);
    }

    #[test]
    fn another_address_of_the_same_ipv6_network_is_the_same_machine() {
        let (limits, now) = (Failures::default(), Instant::now());
        for last in 0..MOST {
            limits.failed(format!("2001:db8::{last:x}").parse().unwrap(), token(last), now);
        }
        assert!(limits.wait("2001:db8::ffff".parse().unwrap(), token(MOST), now).is_some());
    }

    #[test]
    fn a_program_that_goes_on_with_a_token_that_is_over_fails_once() {
        let (limits, now) = (Failures::default(), Instant::now());
        let address = "192.0.2.7".parse().unwrap();
        (0..1_000).for_each(|_| limits.failed(address, token(0), now));
        assert_eq!(limits.wait(address, token(1), now), None);
    }

    #[test]
    fn who_was_let_in_before_does_not_wait_for_others_until_their_own_token_fails() {
        let (limits, now) = (Failures::default(), Instant::now());
        let (address, mine) = ("192.0.2.7".parse().unwrap(), token(100));
        limits.let_in(mine, now);
        (0..MOST).for_each(|number| limits.failed(address, token(number), now));
        assert_eq!(limits.wait(address, mine, now), None);
        assert!(limits.wait(address, token(101), now).is_some());
        limits.failed(address, mine, now);
        assert!(limits.wait(address, mine, now).is_some());
    }
}
