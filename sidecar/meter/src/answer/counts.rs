use std::ops::RangeInclusive;

use super::Fault;
use crate::cost::Cost;

/// The numbers of a usage as they were said; the index is the dialect's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts([Count; MAX_COUNTS]);

/// One number in eight bytes: what was said, that nothing was, or why it cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count(u64);

const MAX_COUNTS: usize = 40;
/// No call uses more of anything: such a figure is an error, and a bill made of it would be one.
const MAX_COUNT: u64 = 1_000_000_000;
const MICROS: u64 = 1_000_000;

// === impl Counts ===

impl Counts {
    pub(crate) const NONE: Self = Self([Count::ABSENT; MAX_COUNTS]);

    pub(crate) fn set(&mut self, index: usize, count: Count) {
        self.0[index] = count;
    }

    /// Adds to what an entry of the same kind said before.
    pub(crate) fn add(&mut self, index: usize, count: Count) {
        self.0[index] = match (self.0[index].said(), count.said()) {
            (Ok(Some(before)), Ok(Some(more))) => Count::of(before.saturating_add(more), MAX_COUNT),
            _ => count,
        };
    }

    /// Adds what another step of the same work said.
    pub(crate) fn add_all(&mut self, others: &Self) {
        for (index, &count) in others.0.iter().enumerate().filter(|(_, count)| **count != Count::ABSENT) {
            match self.0[index] {
                Count::ABSENT => self.0[index] = count,
                _ => self.add(index, count),
            }
        }
    }

    /// As if they had not been said.
    pub(crate) fn clear(&mut self, indices: RangeInclusive<usize>) {
        self.0[indices].fill(Count::ABSENT);
    }

    /// These counts, with those that `later` says in their place.
    pub(crate) fn overlaid(&self, later: &Self) -> Self {
        let mut counts = *self;
        for (mine, theirs) in counts.0.iter_mut().zip(later.0) {
            if theirs != Count::ABSENT {
                *mine = theirs;
            }
        }
        counts
    }

    pub(crate) fn is_said(&self, index: usize) -> bool {
        self.0[index] != Count::ABSENT
    }

    pub(crate) fn required(&self, index: usize) -> Result<u64, Fault> {
        self.0[index].said()?.ok_or(Fault::MissingCount)
    }

    /// Absent is zero.
    pub(crate) fn optional(&self, index: usize) -> Result<u64, Fault> {
        Ok(self.0[index].said()?.unwrap_or_default())
    }

    /// An amount of money (`Count::money`, `Count::ticks`), if one was said.
    pub(crate) fn money(&self, index: usize) -> Result<Option<Cost>, Fault> {
        Ok(self.0[index].said()?.map(|picos| Cost::from_picos(u128::from(picos))))
    }
}

// === impl Count ===

impl Count {
    /// Not there, or null.
    pub(crate) const ABSENT: Self = Self(u64::MAX);

    pub(crate) const fn bad(fault: Fault) -> Self {
        Self(u64::MAX - 1 - fault as u64)
    }

    /// From a number as spelled.
    pub(crate) fn parse(text: &[u8]) -> Self {
        if text.first() == Some(&b'-') {
            return Self::bad(Fault::NegativeCount);
        }
        if text.iter().any(|byte| !byte.is_ascii_digit()) {
            return spelled_out(text).map_or_else(Self::bad, |value| Self::of(value, MAX_COUNT));
        }
        let value = text
            .iter()
            .try_fold(0u64, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
        value.map_or(Self::bad(Fault::HugeCount), |value| Self::of(value, MAX_COUNT))
    }

    /// Seconds, in microseconds: at most six digits after the point count.
    pub(crate) fn seconds(text: &[u8]) -> Self {
        Self::picos(text).map_or_else(Self::bad, |picos| Self::of(picos / MICROS, MAX_COUNT * MICROS))
    }

    /// A time as RFC 3339 spells it, in milliseconds since 1970.
    pub(crate) fn time(text: &[u8]) -> Self {
        let time = std::str::from_utf8(text).ok().and_then(|text| text.parse::<jiff::Timestamp>().ok());
        let millis = time.and_then(|time| u64::try_from(time.as_millisecond()).ok());
        millis.map_or(Self::bad(Fault::TextCount), |millis| Self::of(millis, u64::MAX / 2))
    }

    /// An amount in USD, in integers of 1e-12.
    pub(crate) fn money(text: &[u8]) -> Self {
        Self::picos(text).map_or_else(Self::bad, |picos| Self::of(picos, u64::MAX / 2))
    }

    /// An amount in xAI's ticks of 1e-10 USD, in integers of 1e-12.
    pub(crate) fn ticks(text: &[u8]) -> Self {
        if text.first() == Some(&b'-') {
            return Self::bad(Fault::NegativeCount);
        }
        match spelled_out(text) {
            Ok(ticks) => ticks
                .checked_mul(100)
                .map_or(Self::bad(Fault::HugeCount), |picos| Self::of(picos, u64::MAX / 2)),
            Err(fault) => Self::bad(fault),
        }
    }

    /// The number, if one was said that can be used.
    pub(crate) fn usable(self) -> Option<u64> {
        self.said().ok().flatten()
    }

    fn of(value: u64, limit: u64) -> Self {
        if value <= limit { Self(value) } else { Self::bad(Fault::HugeCount) }
    }

    fn picos(text: &[u8]) -> Result<u64, Fault> {
        if text.first() == Some(&b'-') {
            return Err(Fault::NegativeCount);
        }
        let cost = Cost::from_number(text).ok_or(Fault::FractionalCount)?;
        u64::try_from(cost.picos()).map_err(|_| Fault::HugeCount)
    }

    fn said(self) -> Result<Option<u64>, Fault> {
        if self == Self::ABSENT {
            return Ok(None);
        }
        match usize::try_from(u64::MAX - 1 - self.0).ok().and_then(|at| Fault::ALL.get(at)) {
            Some(&fault) => Err(fault),
            None => Ok(Some(self.0)),
        }
    }
}

/// A count with a point or an exponent, which may be whole all the same: `12.0`, `1e3`.
fn spelled_out(text: &[u8]) -> Result<u64, Fault> {
    let text = std::str::from_utf8(text).map_err(|_| Fault::FractionalCount)?;
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let tens = digits.len() - digits.trim_end_matches('0').len();
    let digits = digits.trim_matches('0');
    if digits.is_empty() {
        return Ok(0);
    }
    let beyond = if exponent.starts_with('-') { Fault::FractionalCount } else { Fault::HugeCount };
    let exponent: i32 = exponent.parse().map_err(|_| beyond)?;
    let power = i64::from(exponent) + tens as i64 - fraction.len() as i64;
    let power = u32::try_from(power)
        .map_err(|_| if power < 0 { Fault::FractionalCount } else { Fault::HugeCount })?;
    let value: u64 = digits.parse().map_err(|_| Fault::HugeCount)?;
    10u64.checked_pow(power).and_then(|ten| value.checked_mul(ten)).ok_or(Fault::HugeCount)
}

#[cfg(test)]
mod tests {
    use super::{Count, Counts};
    use crate::{answer::Fault, cost::Cost};

    fn one(count: Count) -> Counts {
        let mut counts = Counts::NONE;
        counts.set(0, count);
        counts
    }

    #[test]
    fn every_fault_comes_out_as_it_went_in() {
        for fault in Fault::ALL {
            assert_eq!(one(Count::bad(fault)).required(0), Err(fault));
        }
    }

    #[test]
    fn a_count_is_whole_however_it_is_spelled() {
        for (text, count) in [
            ("12.0", 12),
            ("1e3", 1_000),
            ("1.5E+1", 15),
            ("0.0", 0),
            ("0e-9", 0),
            ("1200e-2", 12),
            ("1e9", 1_000_000_000),
        ] {
            assert_eq!(one(Count::parse(text.as_bytes())).required(0), Ok(count), "{text}");
        }
        for (text, fault) in [
            ("12.5", Fault::FractionalCount),
            ("1e-1", Fault::FractionalCount),
            ("1e-99999999999", Fault::FractionalCount),
            ("1.000000000000000000001", Fault::FractionalCount),
            ("1e10", Fault::HugeCount),
            ("1e99999999999", Fault::HugeCount),
            ("99999999999999999999.0", Fault::HugeCount),
            ("-1e3", Fault::NegativeCount),
            ("-0.0", Fault::NegativeCount),
        ] {
            assert_eq!(one(Count::parse(text.as_bytes())).required(0), Err(fault), "{text}");
        }
    }

    #[test]
    fn seconds_count_in_millionths() {
        for (text, micros) in
            [("0", 0), ("9", 9_000_000), ("1.5", 1_500_000), ("0.0000019", 1), ("1e1", 10_000_000)]
        {
            assert_eq!(one(Count::seconds(text.as_bytes())).required(0), Ok(micros), "{text}");
        }
        assert_eq!(one(Count::seconds(b"-1")).required(0), Err(Fault::NegativeCount));
        assert_eq!(one(Count::seconds(b"1000000001")).required(0), Err(Fault::HugeCount));
    }

    #[test]
    fn money_is_read_to_its_last_digit() {
        for (text, picos) in
            [("0.00265513", 2_655_130_000), ("9.5e-7", 950_000), ("0", 0), ("12", 12_000_000_000_000)]
        {
            assert_eq!(
                one(Count::money(text.as_bytes())).money(0),
                Ok(Some(Cost::from_picos(picos))),
                "{text}"
            );
        }
        for ticks in ["123", "123.0", "1.23e2"] {
            assert_eq!(
                one(Count::ticks(ticks.as_bytes())).money(0),
                Ok(Some(Cost::from_picos(12_300))),
                "{ticks}"
            );
        }
        for (ticks, fault) in
            [("1.5", Fault::FractionalCount), ("-1", Fault::NegativeCount), ("1e30", Fault::HugeCount)]
        {
            assert_eq!(one(Count::ticks(ticks.as_bytes())).money(0), Err(fault), "{ticks}");
        }
        assert_eq!(one(Count::ABSENT).money(0), Ok(None));
    }

    #[test]
    fn what_an_entry_says_is_added_to_what_one_before_said() {
        let mut counts = Counts::NONE;
        counts.add(0, Count::parse(b"2"));
        counts.add(0, Count::parse(b"3"));
        assert_eq!(counts.required(0), Ok(5));
        counts.add(0, Count::parse(b"-3"));
        assert_eq!(counts.required(0), Err(Fault::NegativeCount));
    }
}
