//! When a lease may be taken: pure, by this process' own clock.

use std::time::{Duration, Instant};

use k8s_openapi::{api::coordination::v1::LeaseSpec, apimachinery::pkg::apis::meta::v1::MicroTime};

/// What to do with the Lease as it was just read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is ours: renew it.
    Renew,
    /// Nobody holds it, or its holder has let it run out.
    Take,
    /// Another holds it.
    Wait,
}

/// What was last seen of a lease, and since when it has not changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Observed {
    holder: Option<String>,
    renewed: Option<MicroTime>,
    since: Option<Instant>,
}

// === impl Observed ===

impl Observed {
    /// Notes the lease as it is now.
    pub(super) fn see(&mut self, spec: &LeaseSpec, now: Instant) {
        if self.since.is_none() || self.holder != spec.holder_identity || self.renewed != spec.renew_time {
            *self = Self {
                holder: spec.holder_identity.clone(),
                renewed: spec.renew_time.clone(),
                since: Some(now),
            };
        }
    }

    /// What to do, once it has been seen.
    pub(super) fn step(&self, me: &str, spec: &LeaseSpec, now: Instant) -> Step {
        match spec.holder_identity.as_deref() {
            None | Some("") => Step::Take,
            Some(holder) if holder == me => Step::Renew,
            Some(_) => {
                let seconds =
                    u64::try_from(spec.lease_duration_seconds.unwrap_or_default()).unwrap_or_default();
                let over =
                    self.since.is_some_and(|since| now.duration_since(since) > Duration::from_secs(seconds));
                if over { Step::Take } else { Step::Wait }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use k8s_openapi::jiff::Timestamp;

    use super::*;

    fn lease(holder: Option<&str>, renewed: i64) -> LeaseSpec {
        LeaseSpec {
            holder_identity: holder.map(str::to_owned),
            lease_duration_seconds: Some(15),
            renew_time: Some(MicroTime(Timestamp::from_second(renewed).unwrap())),
            ..LeaseSpec::default()
        }
    }

    #[test]
    fn a_lease_without_a_holder_is_taken_and_ones_own_is_renewed() {
        let now = Instant::now();
        for (holder, expected) in [(None, Step::Take), (Some(""), Step::Take), (Some("me"), Step::Renew)] {
            let mut observed = Observed::default();
            observed.see(&lease(holder, 0), now);
            assert_eq!(observed.step("me", &lease(holder, 0), now), expected, "{holder:?}");
        }
    }

    #[test]
    fn anothers_lease_is_taken_only_when_it_has_not_changed_for_its_duration() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut observed = Observed::default();
        // What its clock says does not matter: this one is far in the past.
        observed.see(&lease(Some("other"), 0), at(0));
        assert_eq!(observed.step("me", &lease(Some("other"), 0), at(14)), Step::Wait);
        observed.see(&lease(Some("other"), 5), at(14));
        assert_eq!(observed.step("me", &lease(Some("other"), 5), at(28)), Step::Wait);
        observed.see(&lease(Some("other"), 5), at(30));
        assert_eq!(observed.step("me", &lease(Some("other"), 5), at(30)), Step::Take);
    }
}
