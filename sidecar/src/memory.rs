//! Memory that a burst took is given back: the allocator keeps what was freed, and would keep a thousand connections' worth
//! for as long as the sidecar lives.

use std::cell::Cell;
use std::time::Duration;

/// From so many connections on their end is worth a look at the memory.
const BURST: usize = 32;

/// What closes together is given back together.
pub(crate) const SETTLES: Duration = Duration::from_millis(100);

/// An app whose connections come and go pays for it once in this time.
pub(crate) const PAUSE: Duration = Duration::from_secs(1);

/// The connections of a worker at their most, since memory was last given back.
#[derive(Default)]
pub(crate) struct Peak(Cell<usize>);

// === impl Peak ===

impl Peak {
    pub(crate) fn opened(&self, open: usize) {
        if open > self.0.get() {
            self.0.set(open);
        }
    }

    /// Whether a burst is over.
    pub(crate) fn is_past(&self, open: usize) -> bool {
        self.0.get() >= BURST && open < self.0.get() / 4
    }

    pub(crate) fn forget(&self, open: usize) {
        self.0.set(open);
    }
}

/// Gives back whole pages that nothing lives on. Takes a millisecond or so for some ten MiB.
#[cfg(target_env = "gnu")]
pub(crate) fn give_back() {
    #[expect(unsafe_code, reason = "libc's own function")]
    // SAFETY: it takes the allocator's own locks, and touches free memory only.
    let _gave_any = unsafe { libc::malloc_trim(0) };
}

/// Other allocators do it by themselves.
#[cfg(not(target_env = "gnu"))]
pub(crate) fn give_back() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_over_when_three_quarters_of_it_have_gone() {
        let peak = Peak::default();
        for open in 1..=100 {
            peak.opened(open);
        }
        assert!(!peak.is_past(25) && peak.is_past(24));
        peak.forget(24);
        assert!(!peak.is_past(0), "what is left is no burst");
    }

    #[test]
    fn a_few_connections_are_no_burst() {
        let peak = Peak::default();
        peak.opened(BURST - 1);
        assert!(!peak.is_past(0));
    }
}
