//! How far estimates of a model's calls are off, as its own completed calls showed: what the provider counted beside what
//! would have been estimated. Which script an app writes in, and which tokenizer reads it, is in that ratio.

use super::{prompt_tokens, text_tokens};
use crate::{
    provider::Provider,
    settle::Call,
    usage::{UnitKind, Usage},
};

/// What the calls of one process showed, by model.
#[derive(Debug, Default)]
pub struct Ratios {
    /// The one that was called last stands last.
    models: Vec<Learned>,
}

#[derive(Debug)]
struct Learned {
    provider: Provider,
    model: Box<str>,
    ratio: Ratio,
}

/// What the calls of one model showed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    prompt: Sums,
    output: Sums,
}

/// Tokens as the provider counted them, and as they would have been estimated; both of the same calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    said: u64,
    estimated: u64,
}

/// More models than an app calls. 8 KiB.
const MAX_MODELS: usize = 64;
/// So many tokens stand for no correction from the start: the first short call must not rule.
const PRIOR: u64 = 100;
/// Past this, what is older counts half: some hundred calls.
const MEMORY: u64 = 100_000;
/// Further off, and it was not the text that was counted: hidden prompts, pictures, thoughts.
const FURTHEST: u64 = 5;

// === impl Ratios ===

impl Ratios {
    /// A call that went well, and what its provider counted.
    pub fn learn(&mut self, call: &Call<'_>, usage: &Usage) {
        let Some(model) = call.model() else { return };
        let at = self.find(call.provider, model).unwrap_or_else(|| {
            if self.models.len() == MAX_MODELS {
                self.models.remove(0);
            }
            self.models.push(Learned {
                provider: call.provider,
                model: model.into(),
                ratio: Ratio::default(),
            });
            self.models.len() - 1
        });
        self.models[at].ratio.learn(call, usage);
        self.models[at..].rotate_left(1);
    }

    /// What is known of a model; of one that was never called, nothing.
    pub fn of(&self, provider: Provider, model: &str) -> Ratio {
        self.find(provider, model).map_or_else(Ratio::default, |at| self.models[at].ratio)
    }

    fn find(&self, provider: Provider, model: &str) -> Option<usize> {
        self.models.iter().rposition(|known| known.provider == provider && *known.model == *model)
    }
}

// === impl Ratio ===

impl Ratio {
    fn learn(&mut self, call: &Call<'_>, usage: &Usage) {
        let sum = |kinds: &[UnitKind]| kinds.iter().map(|&kind| usage.get(kind)).sum::<u64>();
        if let Some(request) = call.request.filter(|request| request.prompt.media == 0) {
            self.prompt.learn(sum(INPUT), prompt_tokens(&request.prompt));
        }
        // Thoughts are delivered by some, and by others not: a call that thought tells nothing of its text.
        if let Some(answer) = call.answer.filter(|_| usage.get(UnitKind::OutputReasoning) == 0) {
            self.output.learn(usage.get(UnitKind::Output), text_tokens(&answer.delivered));
        }
    }

    /// No call has shown anything yet.
    pub(crate) fn is_unknown(self) -> bool {
        self == Self::default()
    }

    pub(crate) fn of_prompt(self, tokens: u64) -> u64 {
        self.prompt.correct(tokens)
    }

    pub(crate) fn of_output(self, tokens: u64) -> u64 {
        self.output.correct(tokens)
    }
}

/// All that a prompt of text is counted as.
const INPUT: &[UnitKind] = &[
    UnitKind::Input,
    UnitKind::InputCached,
    UnitKind::InputCacheWrite,
    UnitKind::InputCacheWrite5m,
    UnitKind::InputCacheWrite1h,
];

// === impl Sums ===

impl Sums {
    fn learn(&mut self, said: u64, estimated: u64) {
        if said.saturating_mul(FURTHEST) < estimated || estimated.saturating_mul(FURTHEST) < said {
            return;
        }
        self.said = self.said.saturating_add(said);
        self.estimated = self.estimated.saturating_add(estimated);
        while self.estimated > MEMORY {
            self.said /= 2;
            self.estimated /= 2;
        }
    }

    /// Rounded to the nearest.
    fn correct(self, tokens: u64) -> u64 {
        let (said, estimated) = (u128::from(self.said + PRIOR), u128::from(self.estimated + PRIOR));
        let corrected = (u128::from(tokens) * said + estimated / 2) / estimated;
        u64::try_from(corrected).unwrap_or(u64::MAX)
    }
}
