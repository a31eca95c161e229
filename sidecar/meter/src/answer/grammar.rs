use std::ops::RangeInclusive;

use super::Fault;
use crate::{json::Shape, request, usage::Usage};

/// How one dialect spells what we want to know: where things stand, and what its counts mean.
pub(crate) struct Grammar {
    pub(crate) request: &'static Shape<request::Field>,
    /// A whole answer.
    pub(crate) whole: &'static Shape<Field>,
    /// The data of one event of a stream.
    pub(crate) event: &'static Shape<Field>,
    pub(crate) terminal: Terminal,
    /// A stream says its usage in several events whose counts complete each other; else the last usage is the usage.
    pub(crate) usages_add_up: bool,
    pub(crate) read: fn(&Counts) -> Result<Reading, Fault>,
}

/// How a stream says that it is complete.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Terminal {
    /// `data: [DONE]`
    DoneLine,
    /// An event of this `type`.
    EventKind(&'static [u8]),
}

/// The places in an answer that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Root,
    /// An object on the way to something that matters.
    Plain,
    Id,
    Model,
    /// An event's `type`.
    Kind,
    Error,
    ServiceTier,
    Speed,
    InferenceGeo,
    Usage,
    /// An object inside the usage, and the counts that stand in it.
    Details {
        name: &'static str,
        first: usize,
        last: usize,
    },
    /// A number inside the usage; the index is the dialect's own.
    Count(usize),
}

/// The numbers of a usage as they were said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts([Count; MAX_COUNTS]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    /// Not there, or null.
    Absent,
    Said(u64),
    Bad(Fault),
}

/// A usage as its dialect understands it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) usage: Usage,
    /// The output is all of it.
    pub(crate) is_final: bool,
}

const MAX_COUNTS: usize = 16;
/// No call uses more of anything: such a figure is an error, and a bill made of it would be one.
const MAX_COUNT: u64 = 1_000_000_000;

// === impl Counts ===

impl Counts {
    pub(crate) const NONE: Self = Self([Count::Absent; MAX_COUNTS]);

    pub(crate) fn set(&mut self, index: usize, count: Count) {
        self.0[index] = count;
    }

    /// As if they had not been said.
    pub(crate) fn clear(&mut self, indices: RangeInclusive<usize>) {
        self.0[indices].fill(Count::Absent);
    }

    /// These counts, with those that `later` says in their place.
    pub(crate) fn overlaid(&self, later: &Self) -> Self {
        let mut counts = *self;
        for (mine, theirs) in counts.0.iter_mut().zip(later.0) {
            if theirs != Count::Absent {
                *mine = theirs;
            }
        }
        counts
    }

    pub(crate) fn is_said(&self, index: usize) -> bool {
        self.0[index] != Count::Absent
    }

    pub(crate) fn required(&self, index: usize) -> Result<u64, Fault> {
        match self.0[index] {
            Count::Absent => Err(Fault::MissingCount),
            Count::Said(count) => Ok(count),
            Count::Bad(fault) => Err(fault),
        }
    }

    /// Absent is zero.
    pub(crate) fn optional(&self, index: usize) -> Result<u64, Fault> {
        match self.0[index] {
            Count::Absent => Ok(0),
            Count::Said(count) => Ok(count),
            Count::Bad(fault) => Err(fault),
        }
    }
}

// === impl Count ===

impl Count {
    /// From a number as spelled.
    pub(crate) fn parse(text: &[u8]) -> Self {
        if text.first() == Some(&b'-') {
            return Self::Bad(Fault::NegativeCount);
        }
        if text.iter().any(|byte| !byte.is_ascii_digit()) {
            return Self::Bad(Fault::FractionalCount);
        }
        let value = text
            .iter()
            .try_fold(0u64, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
            .filter(|&value| value <= MAX_COUNT);
        value.map_or(Self::Bad(Fault::HugeCount), Self::Said)
    }
}
