//! The groups of one alert, each with what is known of it. A leader that takes over looks for hundreds of millions of rows' groups: finding one
//! allocates nothing.

use std::collections::BTreeMap;

use super::{Key, MOST_GROUPS};
use crate::{
    amount::Amount,
    plan::{Plan, Rule, Threshold},
    series::Series,
    spec::Metric,
    traffic::Row,
    users::Users,
    usual::Usual,
    window::Minute,
};

#[derive(Debug, Default)]
pub(super) struct Groups {
    pub(super) places: BTreeMap<Key, usize>,
    pub(super) all: Vec<Group>,
    /// The last row's key.
    asked: Key,
}

#[derive(Debug)]
pub(super) struct Group {
    pub(super) series: Vec<Series>,
    /// What the minute has so far.
    pub(super) open: Vec<Amount>,
    pub(super) touched: bool,
    pub(super) states: Vec<State>,
    pub(super) users: Users,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) firing: bool,
    calm: u32,
    pub(super) usual: Usual,
}

// === impl Groups ===

impl Groups {
    pub(super) fn get(&self, key: &Key) -> Option<&Group> {
        self.all.get(*self.places.get(key)?)
    }

    pub(super) fn get_mut(&mut self, key: &Key) -> Option<&mut Group> {
        self.all.get_mut(*self.places.get(key)?)
    }

    pub(super) fn by_key(&self) -> impl Iterator<Item = (&Key, &Group)> {
        self.places.iter().map(|(key, at)| (key, &self.all[*at]))
    }

    /// Where the group of a row is, which may be its first; none past the bound.
    pub(super) fn place(&mut self, plan: &Plan, row: &Row, new: impl FnOnce() -> Group) -> Option<usize> {
        let Self { places, all, asked } = self;
        asked.resize(plan.group_by.len(), None);
        for (part, dimension) in asked.iter_mut().zip(&plan.group_by) {
            match (row.dimension(*dimension), part) {
                (Some(value), Some(kept)) => value.clone_into(kept),
                (value, part) => *part = value.map(str::to_owned),
            }
        }
        if let Some(at) = places.get(asked) {
            return Some(*at);
        }
        if all.len() >= MOST_GROUPS {
            return None;
        }
        places.insert(asked.clone(), all.len());
        all.push(new());
        Some(all.len() - 1)
    }
}

// === impl Group ===

impl Group {
    pub(super) fn new(plan: &Plan, metrics: &[Metric], first: Minute, days: usize) -> Self {
        Self {
            series: metrics.iter().map(|metric| series(plan, *metric, first, days)).collect(),
            open: vec![Amount::default(); metrics.len()],
            touched: false,
            states: plan.thresholds.iter().map(|_| State::default()).collect(),
            users: Users::default(),
        }
    }
}

fn series(plan: &Plan, metric: Metric, first: Minute, days: usize) -> Series {
    let anomaly =
        |threshold: &Threshold| threshold.metric == metric && matches!(threshold.rule, Rule::Anomaly { .. });
    let watches = plan.thresholds.iter().any(anomaly);
    let weighs = watches && matches!(metric, Metric::Cost | Metric::Tokens);
    Series::new(first, days, watches, weighs)
}

// === impl State ===

impl State {
    /// Whether the state changed.
    pub(super) fn step(&mut self, holds: bool, over: bool, patience: u32) -> bool {
        if !self.firing {
            self.calm = 0;
            self.firing = holds;
            return holds;
        }
        self.calm = if over && !holds { self.calm + 1 } else { 0 };
        if self.calm > patience {
            self.firing = false;
        }
        !self.firing
    }
}
