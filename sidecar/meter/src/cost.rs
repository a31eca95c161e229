//! Money: exact decimals, never floats.

use std::{fmt, str::FromStr};

/// An exact amount in integers of 1e-12 USD, the ledger's twelfth digit (`numeric(20,12)`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cost(u128);

/// The price of one unit (a token, a call, a token kept for an hour) in integers of 1e-18 USD: a price per million tokens of
/// up to twelve decimals is exact in it. Of time: an hour's, in integers of 1e-12 USD.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitPrice(u64);

/// A text that is no decimal amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    #[error("expected a decimal number such as 0.25, without sign, exponent or currency")]
    NotADecimal,
    #[error("more than {0} digits after the point cannot be kept exactly")]
    TooFine(u32),
    #[error("the amount is larger than can be kept")]
    TooLarge,
}

const ATTOS_PER_PICO: u128 = 1_000_000;

// === impl Cost ===

impl Cost {
    pub const ZERO: Self = Self(0);

    pub const fn from_picos(picos: u128) -> Self {
        Self(picos)
    }

    /// The amount in integers of 1e-12 USD.
    pub const fn picos(self) -> u128 {
        self.0
    }

    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// From a number as JSON spells it, exponent and all; rounded half to even at the twelfth digit. `None`: negative, no
    /// number, or more than can be kept.
    pub(crate) fn from_number(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = || whole.bytes().chain(fraction.bytes());
        if whole.is_empty() || !digits().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let value = digits()
            .try_fold(0u128, |value, digit| value.checked_mul(10)?.checked_add(u128::from(digit - b'0')))?;
        let shift =
            i32::try_from(fraction.len()).ok()?.checked_neg()?.checked_add(exponent)?.checked_add(18)?;
        let power = |by: i32| 10u128.checked_pow(u32::try_from(by).ok()?);
        match shift {
            _ if value == 0 => Some(Self::ZERO),
            0.. => Self::from_attos(value.checked_mul(power(shift)?)?, 1),
            // finer than anybody writes down: nothing is left of it
            ..-30 => Some(Self::ZERO),
            _ => Self::from_attos(value, power(shift.checked_neg()?)?),
        }
    }

    /// `attos` / `denominator` in 1e-18 USD, rounded once, half to even, at the twelfth digit. `None` if that cannot
    /// be computed.
    pub(crate) fn from_attos(attos: u128, denominator: u128) -> Option<Self> {
        let divisor = denominator.checked_mul(ATTOS_PER_PICO)?;
        let (quotient, rest) = (attos.checked_div(divisor)?, attos.checked_rem(divisor)?);
        let up = match (rest.checked_mul(2)?).cmp(&divisor) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => quotient & 1,
            std::cmp::Ordering::Greater => 1,
        };
        quotient.checked_add(up).map(Self)
    }
}

impl std::ops::Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// The shortest exact decimal: `0.07059175`, `12`, `0`.
impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&decimal(self.0, 12))
    }
}

impl FromStr for Cost {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        parse_decimal(text, 12).map(Self)
    }
}

// === impl UnitPrice ===

impl UnitPrice {
    pub const fn from_attos(attos: u64) -> Self {
        Self(attos)
    }

    /// The price in integers of 1e-18 USD.
    pub const fn attos(self) -> u64 {
        self.0
    }

    /// From a price per million units, as price pages state it.
    pub fn per_million(text: &str) -> Result<Self, DecimalError> {
        Self::fit(parse_decimal(text, 12)?)
    }

    /// From a price per unit (a call, a search).
    pub fn per_unit(text: &str) -> Result<Self, DecimalError> {
        Self::fit(parse_decimal(text, 18)?)
    }

    /// From a price per second, or per minute or hour where the text ends with `/min` or `/h`.
    pub fn per_time(text: &str) -> Result<Self, DecimalError> {
        let (text, seconds) = match (text.strip_suffix("/h"), text.strip_suffix("/min")) {
            (Some(text), _) => (text, 1),
            (None, Some(text)) => (text, 60),
            (None, None) => (text, 3_600),
        };
        Self::fit(parse_decimal(text.trim_end(), 12)?.checked_mul(seconds).ok_or(DecimalError::TooLarge)?)
    }

    fn fit(attos: u128) -> Result<Self, DecimalError> {
        u64::try_from(attos).map(Self).map_err(|_| DecimalError::TooLarge)
    }
}

/// An integer of 10^-`scale` as its shortest exact decimal.
pub(crate) fn decimal(value: u128, scale: u32) -> String {
    let one = 10u128.pow(scale);
    let (whole, fraction) = (value / one, value % one);
    if fraction == 0 {
        return whole.to_string();
    }
    let digits = format!("{fraction:0width$}", width = scale as usize);
    format!("{whole}.{}", digits.trim_end_matches('0'))
}

/// An unsigned decimal as an integer of 10^-`scale`.
fn parse_decimal(text: &str, scale: u32) -> Result<u128, DecimalError> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return Err(DecimalError::NotADecimal);
    }
    let fraction = fraction.trim_end_matches('0');
    let missing = usize::try_from(scale)
        .ok()
        .and_then(|scale| scale.checked_sub(fraction.len()))
        .ok_or(DecimalError::TooFine(scale))?;
    whole
        .bytes()
        .chain(fraction.bytes())
        .chain(std::iter::repeat_n(b'0', missing))
        .try_fold(0u128, |value, digit| value.checked_mul(10)?.checked_add(u128::from(digit - b'0')))
        .ok_or(DecimalError::TooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Cost, DecimalError, UnitPrice};

    #[test]
    fn a_cost_is_shown_as_its_shortest_exact_decimal() {
        for (picos, text) in [
            (0, "0"),
            (1, "0.000000000001"),
            (70_591_750_000, "0.07059175"),
            (2_000_000_000_000, "2"),
            (10u128.pow(13), "10"),
        ] {
            assert_eq!(Cost::from_picos(picos).to_string(), text);
        }
    }

    #[test]
    fn halves_are_rounded_to_even_at_the_twelfth_digit() {
        for (attos, picos) in
            [(499_999, 0), (500_000, 0), (500_001, 1), (1_499_999, 1), (1_500_000, 2), (2_500_000, 2)]
        {
            assert_eq!(Cost::from_attos(attos, 1), Some(Cost::from_picos(picos)), "{attos}");
        }
        assert_eq!(Cost::from_attos(u128::MAX, 1), Some(Cost::from_picos(u128::MAX / 1_000_000)));
        assert_eq!(Cost::from_attos(1, 0), None);
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in
            ["", ".", "1.", ".5", "-1", "+1", "1e3", " 1", "1 ", "1,0", "0x1", "١", "NaN", "1.0.0", "$1"]
        {
            assert_eq!(text.parse::<Cost>(), Err(DecimalError::NotADecimal), "{text:?}");
        }
        assert_eq!("0.0000000000001".parse::<Cost>(), Err(DecimalError::TooFine(12)));
        assert_eq!("1.500000000000000000000".parse::<Cost>(), Ok(Cost::from_picos(1_500_000_000_000)));
        assert_eq!("9".repeat(60).parse::<Cost>(), Err(DecimalError::TooLarge));
        assert_eq!(UnitPrice::per_million("20000000"), Err(DecimalError::TooLarge));
    }

    #[test]
    fn a_price_per_million_is_exact_per_token() {
        assert_eq!(UnitPrice::per_million("0.075"), Ok(UnitPrice::from_attos(75_000_000_000)));
        assert_eq!(UnitPrice::per_unit("0.01"), Ok(UnitPrice::from_attos(10_000_000_000_000_000)));
    }

    proptest! {
        #[test]
        fn a_cost_that_is_shown_can_be_read_again(picos in any::<u64>()) {
            let cost = Cost::from_picos(u128::from(picos));
            prop_assert_eq!(cost.to_string().parse(), Ok(cost));
        }
    }
}
