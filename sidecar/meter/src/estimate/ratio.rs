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
    /// That answered.
    model: Box<str>,
    /// The name it was asked for by, where that was another: all that is known of a call without an answer.
    asked: Option<Box<str>>,
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
        let at = self.find(|known| known.is(call.provider, model)).unwrap_or_else(|| {
            if self.models.len() == MAX_MODELS {
                self.models.remove(0);
            }
            self.models.push(Learned {
                provider: call.provider,
                model: model.into(),
                asked: None,
                ratio: Ratio::default(),
            });
            self.models.len() - 1
        });
        self.models[at].learn(call, usage);
        self.models[at..].rotate_left(1);
    }

    /// What is known of a model, by the name that it answered by or was asked for by; of one that was never called, nothing.
    pub fn of(&self, provider: Provider, model: &str) -> Ratio {
        let answered = self.find(|known| known.is(provider, model));
        let asked = || self.find(|known| known.provider == provider && known.asked.as_deref() == Some(model));
        answered.or_else(asked).map_or_else(Ratio::default, |at| self.models[at].ratio)
    }

    fn find(&self, is: impl Fn(&Learned) -> bool) -> Option<usize> {
        self.models.iter().rposition(is)
    }
}

// === impl Learned ===

impl Learned {
    fn is(&self, provider: Provider, model: &str) -> bool {
        self.provider == provider && *self.model == *model
    }

    fn learn(&mut self, call: &Call<'_>, usage: &Usage) {
        let asked = call.request.and_then(|request| request.model.as_deref());
        if let Some(asked) =
            asked.filter(|asked| **asked != *self.model && self.asked.as_deref() != Some(asked))
        {
            self.asked = Some(asked.into());
        }
        self.ratio.learn(call, usage);
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

    /// As it can be kept: of prompts and of outputs, what was said and what would have been estimated.
    pub fn sums(self) -> [u64; 4] {
        let Self { prompt, output } = self;
        [prompt.said, prompt.estimated, output.said, output.estimated]
    }

    /// Of what [`Ratio::sums`] gave; whatever else it may be corrects no further than what is learned could.
    pub fn from_sums([prompt_said, prompt_estimated, output_said, output_estimated]: [u64; 4]) -> Self {
        let mut ratio = Self::default();
        ratio.prompt.learn(prompt_said, prompt_estimated);
        ratio.output.learn(output_said, output_estimated);
        ratio
    }

    /// No call has shown anything yet.
    pub fn is_unknown(self) -> bool {
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
