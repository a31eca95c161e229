//! How often somebody may fail to say who they are: each try costs the apiserver an answer.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::hosts::network;

/// Counts failures by network, a minute at a time. Who is let in is never counted, so that many people behind one proxy do not
/// hinder each other.
#[derive(Debug, Default)]
pub(super) struct Failures {
    counted: Mutex<HashMap<IpAddr, Counted>>,
}

#[derive(Clone, Copy, Debug)]
struct Counted {
    since: Instant,
    failures: u32,
}

const MINUTE: Duration = Duration::from_secs(60);
/// A person who mistakes a token tries again a few times.
const MOST: u32 = 10;
/// Networks that are remembered at once: a few hundred kB.
const NETWORKS: usize = 10_000;

// === impl Failures ===

impl Failures {
    /// How long to wait, where there were too many.
    pub(super) fn wait(&self, address: IpAddr, now: Instant) -> Option<Duration> {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let Counted { since, failures } = *counted.get(&network(address))?;
        let over = MINUTE.checked_sub(now.saturating_duration_since(since))?;
        (failures >= MOST && !over.is_zero()).then_some(over)
    }

    pub(super) fn failed(&self, address: IpAddr, now: Instant) {
        let mut all = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= NETWORKS {
            all.retain(|_, counted| now.saturating_duration_since(counted.since) < MINUTE);
        }
        let full = all.len() >= NETWORKS;
        let address = network(address);
        match all.get_mut(&address) {
            Some(counted) if now.saturating_duration_since(counted.since) < MINUTE => {
                counted.failures = counted.failures.saturating_add(1);
            }
            None if full => {}
            _ => {
                all.insert(address, Counted { since: now, failures: 1 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ten_failures_a_network_waits_for_the_minute_to_end() {
        let (limits, now) = (Failures::default(), Instant::now());
        let address: IpAddr = "192.0.2.7".parse().unwrap();
        for _ in 0..MOST {
            assert_eq!(limits.wait(address, now), None);
            limits.failed(address, now);
        }
        assert_eq!(limits.wait(address, now + Duration::from_secs(20)), Some(Duration::from_secs(40)));
        assert_eq!(limits.wait("192.0.2.8".parse().unwrap(), now), None);
        assert_eq!(limits.wait(address, now + MINUTE), None);
        limits.failed(address, now + MINUTE);
        assert_eq!(limits.wait(address, now + MINUTE), None);
    }

    #[test]
    fn another_address_of_the_same_ipv6_network_is_the_same_machine() {
        let (limits, now) = (Failures::default(), Instant::now());
        for last in 0..MOST {
            limits.failed(format!("2001:db8::{last:x}").parse().unwrap(), now);
        }
        assert!(limits.wait("2001:db8::ffff".parse().unwrap(), now).is_some());
    }
}
