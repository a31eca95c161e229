//! What rows of each model take, and models that hardly any row was of: that a group's calls go to one says more than any price.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    means::{LEARNED, Spread},
    traffic::Row,
};

/// More models are not told apart.
const MOST: usize = 64;
/// A model that one row in two hundred has is rare; of fewer rows nobody knows.
const RARE: f64 = 0.005;

/// Whose model a row's calls went to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Model(u64);

/// How many rows each model has, and the logarithms of what they took a call.
#[derive(Debug, Default)]
pub(crate) struct Models {
    rows: f64,
    of: BTreeMap<Model, Spread>,
}

// === impl Model ===

impl Model {
    pub(crate) fn of(row: &Row) -> Self {
        let mut hasher = DefaultHasher::new();
        (&row.provider, &row.model).hash(&mut hasher);
        Self(hasher.finish())
    }
}

// === impl Models ===

impl Models {
    /// Hardly any row has that model.
    pub(crate) fn is_rare(&self, model: Model) -> bool {
        let rare = RARE * self.rows;
        rare >= 1.0 && self.of.get(&model).map_or(self.of.len() < MOST, |logs| logs.count < rare)
    }

    /// What a model's rows take on average, where it is known.
    pub(crate) fn usual(&self, model: Model) -> Option<f64> {
        self.of.get(&model).filter(|logs| logs.count >= LEARNED).map(|logs| logs.mean)
    }

    pub(crate) fn saw(&mut self, model: Model, log: f64) {
        self.rows += 1.0;
        if self.of.len() < MOST || self.of.contains_key(&model) {
            self.of.entry(model).or_default().saw(log);
        }
    }
}
