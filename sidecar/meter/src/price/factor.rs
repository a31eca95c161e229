use std::fmt;

/// What prices are multiplied with (a discount, a region's surcharge, a currency's rate): an exact fraction in lowest
/// terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Factor {
    numerator: u128,
    denominator: u128,
}

/// Values that hold from a time on, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dated<T>(pub(crate) Vec<(Option<i64>, T)>);

// === impl Factor ===

impl Factor {
    pub(crate) const ONE: Self = Self { numerator: 1, denominator: 1 };

    pub(crate) fn percent(percent: u64) -> Self {
        Self::of(u128::from(percent), 100)
    }

    /// `denominator` is not 0.
    pub(crate) fn of(numerator: u128, denominator: u128) -> Self {
        let common = common_divisor(numerator, denominator).max(1);
        Self { numerator: numerator / common, denominator: denominator / common }
    }

    /// `None`: larger than can be kept.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        // crosswise first, so that nothing gets larger than it must
        let (a, b) =
            (Self::of(self.numerator, other.denominator), Self::of(other.numerator, self.denominator));
        Some(Self {
            numerator: a.numerator.checked_mul(b.numerator)?,
            denominator: a.denominator.checked_mul(b.denominator)?,
        })
    }

    pub(crate) fn is_one(self) -> bool {
        self == Self::ONE
    }

    pub(crate) const fn numerator(self) -> u128 {
        self.numerator
    }

    pub(crate) const fn denominator(self) -> u128 {
        self.denominator
    }
}

fn common_divisor(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// As a decimal, which is exact: what is multiplied here was written as one.
impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.numerator / self.denominator)?;
        let mut rest = self.numerator % self.denominator;
        for place in 0..36 {
            if rest == 0 {
                break;
            }
            if place == 0 {
                f.write_str(".")?;
            }
            rest *= 10;
            write!(f, "{}", rest / self.denominator)?;
            rest %= self.denominator;
        }
        Ok(())
    }
}

// === impl Dated ===

impl<T> Dated<T> {
    /// The last value that holds at a time, and since when it does. `None` before the first.
    pub(crate) fn at(&self, seconds: i64) -> Option<(Option<i64>, &T)> {
        let held = |since: &Option<i64>| since.is_none_or(|since| since <= seconds);
        self.0.iter().rev().find(|(since, _)| held(since)).map(|(since, value)| (*since, value))
    }
}
