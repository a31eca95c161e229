//! One certificate a host, made at its first connection.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tollgate_meter::Provider;

use super::authority::{Authority, BEFORE, LEAF_LIVES};

/// The provider table has some fifty hosts; what a client makes up beyond that is made each time.
const KEPT: usize = 256;

pub(super) struct Leaves {
    authority: Authority,
    made: Mutex<HashMap<Box<str>, Made>>,
}

struct Made {
    leaf: Arc<CertifiedKey>,
    at: Timestamp,
}

// === impl Leaves ===

impl Leaves {
    pub(super) fn of(authority: Authority) -> Self {
        Self { authority, made: Mutex::default() }
    }

    fn leaf(&self, host: &str, now: Timestamp) -> Option<Arc<CertifiedKey>> {
        Provider::of_host(host)?;
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Made { leaf, at }) = made.get(host)
            && !is_worn(*at, now)
        {
            return Some(Arc::clone(leaf));
        }
        let leaf = match self.authority.leaf(host, now) {
            Ok(leaf) => Arc::new(leaf),
            Err(error) => {
                tracing::error!(host, %error, "no certificate: the connection fails");
                return None;
            }
        };
        if made.len() < KEPT || made.contains_key(host) {
            made.insert(host.into(), Made { leaf: Arc::clone(&leaf), at: now });
        }
        Some(leaf)
    }
}

/// A clock that was put back may have gone behind what was made before.
fn is_worn(made: Timestamp, now: Timestamp) -> bool {
    let ages = if now < made { BEFORE } else { LEAF_LIVES };
    now.duration_since(made).unsigned_abs() >= ages / 2
}

impl ResolvesServerCert for Leaves {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.leaf(hello.server_name()?, Timestamp::now())
    }
}

impl fmt::Debug for Leaves {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Leaves")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_keeps_its_certificate_until_half_its_life_is_over() {
        let now = Timestamp::now();
        let leaves = Leaves::of(Authority::new(now).unwrap());
        let first = leaves.leaf("api.openai.com", now).unwrap();
        let later = |part: u32| now + jiff::SignedDuration::try_from(LEAF_LIVES / part).unwrap();
        assert!(Arc::ptr_eq(&first, &leaves.leaf("api.openai.com", later(3)).unwrap()));
        assert!(!Arc::ptr_eq(&first, &leaves.leaf("api.openai.com", later(2)).unwrap()));
    }

    #[test]
    fn a_clock_that_was_put_back_gets_a_certificate_that_holds_already() {
        let now = Timestamp::now();
        let leaves = Leaves::of(Authority::new(now).unwrap());
        let first = leaves.leaf("api.openai.com", now).unwrap();
        let earlier =
            |hours| leaves.leaf("api.openai.com", now - jiff::SignedDuration::from_hours(hours)).unwrap();
        assert!(Arc::ptr_eq(&first, &earlier(1)));
        assert!(!Arc::ptr_eq(&first, &earlier(36)));
    }

    #[test]
    fn a_host_of_no_provider_gets_none() {
        let now = Timestamp::now();
        assert!(Leaves::of(Authority::new(now).unwrap()).leaf("bank.example", now).is_none());
    }
}
