//! Why one span cost more than another: more calls, longer ones, or dearer ones.

use std::fmt;

use serde::{Serialize, Serializer};
use tollgate_meter::Cost;

use super::Figures;

/// An amount more or less, exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change(i128);

/// What a difference is made of; the three parts are its sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Why {
    pub change: Change,
    /// As many calls more or less, at what a call cost before.
    pub volume: Change,
    /// As many tokens a call more or less, at what a token cost before.
    pub tokens: Change,
    /// What a token costs otherwise: other prices, other models, other parts from a cache.
    pub price: Change,
}

// === impl Why ===

impl Why {
    pub fn of(before: &Figures, after: &Figures) -> Self {
        let (old, new) = (picos(before.cost), picos(after.cost));
        // As much as before, times so many calls or tokens as there are now. Where there was nothing, nothing is told apart.
        let scaled = |now: u64, then: u64| match then {
            0 => None,
            then => old.checked_mul(i128::from(now)).map(|scaled| scaled / i128::from(then)),
        };
        let by_calls = scaled(after.passed_calls(), before.passed_calls()).unwrap_or(new);
        let by_tokens = scaled(after.tokens(), before.tokens()).unwrap_or(by_calls);
        Self {
            change: Change(new - old),
            volume: Change(by_calls - old),
            tokens: Change(by_tokens - by_calls),
            price: Change(new - by_tokens),
        }
    }
}

fn picos(cost: Cost) -> i128 {
    i128::try_from(cost.picos()).unwrap_or(i128::MAX / 2)
}

// === impl Change ===

impl Change {
    pub fn between(before: Cost, after: Cost) -> Self {
        Self(picos(after) - picos(before))
    }

    pub fn is_less(self) -> bool {
        self.0 < 0
    }

    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Without its sign.
    pub fn amount(self) -> Cost {
        Cost::from_picos(self.0.unsigned_abs())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_less() { "-" } else { "" };
        write!(f, "{sign}{}", self.amount())
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(calls: u64, tokens: u64, cost: &str) -> Figures {
        Figures { calls, input_tokens: tokens, cost: cost.parse().unwrap(), ..Figures::default() }
    }

    fn shown(before: &Figures, after: &Figures) -> String {
        let Why { change, volume, tokens, price } = Why::of(before, after);
        format!("{change} = {volume} volume, {tokens} tokens, {price} price")
    }

    #[test]
    fn twice_the_calls_cost_twice_as_much() {
        let why = shown(&figures(10, 1_000, "1"), &figures(20, 2_000, "2"));
        assert_eq!(why, "1 = 1 volume, 0 tokens, 0 price");
    }

    #[test]
    fn longer_calls_of_a_cheaper_model_are_told_apart() {
        let why = shown(&figures(10, 1_000, "1"), &figures(10, 3_000, "1.5"));
        assert_eq!(why, "0.5 = 0 volume, 2 tokens, -1.5 price");
    }

    #[test]
    fn what_came_out_of_nothing_is_volume() {
        assert_eq!(shown(&figures(0, 0, "0"), &figures(3, 30, "0.3")), "0.3 = 0.3 volume, 0 tokens, 0 price");
    }

    #[test]
    fn refused_calls_are_no_volume() {
        let mut after = figures(20, 1_000, "1");
        after.refused_calls = 10;
        assert_eq!(shown(&figures(10, 1_000, "1"), &after), "0 = 0 volume, 0 tokens, 0 price");
    }
}
