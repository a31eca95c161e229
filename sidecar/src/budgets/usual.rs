//! What calls usually cost: what is set aside for one before it is known.
//!
//! Not the worst case: a call that may cost a dollar and costs a cent would keep a hundred others out.

use std::collections::HashMap;
use std::sync::Arc;

/// One pod's; by feature and model.
#[derive(Debug, Default)]
pub(crate) struct Usual {
    known: HashMap<Arc<str>, HashMap<Box<str>, Amounts>>,
}

/// What one call took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amounts {
    /// pico-USD
    pub(crate) cost: u64,
    pub(crate) tokens: u64,
}

/// Models of one feature that are kept apart.
const MODELS: usize = 64;
const FEATURES: usize = 256;
/// What calls of a feature cost, whatever their model.
const ANY_MODEL: &str = "";
/// How much of a mean the newest call is: an eighth.
const WEIGHT: u64 = 8;

// === impl Usual ===

impl Usual {
    pub(crate) fn learn(&mut self, feature: &Arc<str>, model: &str, took: Amounts) {
        self.learn_one(feature, ANY_MODEL, took);
        if model != ANY_MODEL {
            self.learn_one(feature, model, took);
        }
    }

    fn learn_one(&mut self, feature: &Arc<str>, model: &str, took: Amounts) {
        if !self.known.contains_key(feature) && self.known.len() >= FEATURES {
            return;
        }
        let models = self.known.entry(Arc::clone(feature)).or_default();
        if let Some(usual) = models.get_mut(model) {
            usual.cost = towards(usual.cost, took.cost);
            usual.tokens = towards(usual.tokens, took.tokens);
        } else if models.len() < MODELS {
            models.insert(model.into(), took);
        }
    }

    /// None where no such call has ended yet. Of calls whose model is not known (their body was not read), that of all models.
    pub(crate) fn of(&self, feature: &str, model: &str) -> Option<Amounts> {
        self.known.get(feature)?.get(model).copied()
    }
}

// === impl Amounts ===

impl Amounts {
    pub(crate) fn plus(self, more: Self) -> Self {
        Self { cost: self.cost.saturating_add(more.cost), tokens: self.tokens.saturating_add(more.tokens) }
    }
}

/// Rounded up where it rises, so that it reaches what it nears.
fn towards(mean: u64, newest: u64) -> u64 {
    match newest.checked_sub(mean) {
        Some(more) => mean.saturating_add(more.div_ceil(WEIGHT)),
        None => mean - (mean - newest) / WEIGHT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_follows_what_calls_take() {
        let (mut usual, chat) = (Usual::default(), Arc::<str>::from("chat"));
        assert_eq!(usual.of("chat", "gpt-4o"), None);
        usual.learn(&chat, "gpt-4o", Amounts { cost: 800, tokens: 8 });
        usual.learn(&chat, "gpt-4o", Amounts { cost: 1_600, tokens: 9 });
        assert_eq!(usual.of("chat", "gpt-4o"), Some(Amounts { cost: 900, tokens: 9 }));
        assert_eq!(usual.of("chat", "gpt-4o-mini"), None);
    }

    #[test]
    fn it_reaches_what_it_nears() {
        let (mut usual, chat) = (Usual::default(), Arc::<str>::from("chat"));
        usual.learn(&chat, "m", Amounts { cost: 1, tokens: 1 });
        for _ in 0..200 {
            usual.learn(&chat, "m", Amounts { cost: 100, tokens: 100 });
        }
        assert_eq!(usual.of("chat", "m"), Some(Amounts { cost: 100, tokens: 100 }));
    }

    #[test]
    fn of_a_call_whose_model_is_not_known_it_is_that_of_all() {
        let (mut usual, chat) = (Usual::default(), Arc::<str>::from("chat"));
        usual.learn(&chat, "gpt-4o", Amounts { cost: 800, tokens: 8 });
        usual.learn(&chat, "gpt-4o-mini", Amounts { cost: 80, tokens: 8 });
        assert_eq!(usual.of("chat", "").map(|usual| usual.cost), Some(710));
    }

    #[test]
    fn models_that_somebody_makes_up_take_no_memory() {
        let (mut usual, chat) = (Usual::default(), Arc::<str>::from("chat"));
        for model in 0..1_000 {
            usual.learn(&chat, &model.to_string(), Amounts::default());
        }
        assert_eq!(usual.known["chat"].len(), MODELS);
    }
}
