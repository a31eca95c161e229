//! Exact amounts: USD, tokens, calls or errors, in units of 10⁻¹².

use std::{fmt, str::FromStr};

const SCALE: i128 = 1_000_000_000_000;
const DIGITS: usize = 12;
/// Before the point: an i64 has no more, and ten millions of them are summed in an i128.
const MOST_DIGITS: usize = 19;

/// An exact decimal that is not negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub(crate) i128);

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a number such as 50 or 0.25, found {found:?}")]
pub struct NotAnAmount {
    found: String,
}

// === impl Amount ===

impl Amount {
    pub fn whole(count: u64) -> Self {
        Self(i128::from(count) * SCALE)
    }

    /// So many hundredths of a percent of it.
    pub(crate) fn share(self, part: Self) -> Self {
        // limits are below 10³⁰ of these units, percentages below 10²²: no overflow, and no digit is lost of the smallest limit
        let hundred = 100 * SCALE;
        Self((self.0 / hundred).saturating_mul(part.0).saturating_add(self.0 % hundred * part.0 / hundred))
    }

    pub(crate) fn is_whole(self) -> bool {
        self.0 % SCALE == 0
    }

    pub fn plus(self, more: Self) -> Self {
        Self(self.0 + more.0)
    }

    /// In integers of 10⁻¹².
    pub fn picos(self) -> u64 {
        u64::try_from(self.0).unwrap_or(u64::MAX)
    }

    /// Whole ones; a part of one counts as one.
    pub fn ceiling(self) -> u64 {
        u64::try_from(self.0.div_euclid(SCALE) + i128::from(self.0.rem_euclid(SCALE) > 0)).unwrap_or(u64::MAX)
    }

    /// For statistics, never for what is compared with a limit.
    pub(crate) fn as_f64(self) -> f64 {
        to_f64(self.0)
    }
}

#[expect(clippy::float_arithmetic, reason = "statistics and forecasts are no money")]
pub(crate) fn to_f64(scaled: i128) -> f64 {
    scaled as f64 / SCALE as f64
}

impl FromStr for Amount {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, NotAnAmount> {
        let wrong = || NotAnAmount { found: text.chars().take(64).collect() };
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > MOST_DIGITS
            || !digits(whole)
            || !digits(rest)
            || text.ends_with('.')
        {
            return Err(wrong());
        }
        let kept = format!("{:0<DIGITS$}", &rest[..rest.len().min(DIGITS)]);
        let rounded = i128::from(rest.as_bytes().get(DIGITS).is_some_and(|digit| *digit >= b'5'));
        let whole: i128 = whole.parse().map_err(|_| wrong())?;
        let kept: i128 = kept.parse().map_err(|_| wrong())?;
        Ok(Self(whole * SCALE + kept + rounded))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:012}", self.0 / SCALE, self.0 % SCALE);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}
