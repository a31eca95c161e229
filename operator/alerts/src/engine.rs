//! The groups of one alert, and which of its thresholds hold for each.

use std::collections::BTreeMap;

use crate::{
    amount::Amount,
    forecast,
    plan::{Plan, Rule},
    series::Series,
    spec::Metric,
    traffic::Row,
    usual::Usual,
    window::Minute,
};

/// More groups than these are not told apart; how many there were is counted.
pub const MOST_GROUPS: usize = 1_000;
/// An anomaly or a forecast must have gone for so many minutes before it is said to be over.
const CALM: u32 = 5;
const DAY: i64 = 1440;

/// By the alert's `groupBy`, in its order.
pub type Key = Vec<Option<String>>;

/// A threshold that begins or ends to hold for a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The minute after the one that made the change.
    pub at: Minute,
    pub group: Key,
    /// Its place in the plan.
    pub index: usize,
    pub metric: Metric,
    pub firing: bool,
    pub value: Amount,
    /// What the value had to reach; of an anomaly, `factor` times what was usual.
    pub threshold: f64,
    pub projected: Option<f64>,
}

#[derive(Debug)]
pub struct Engine {
    plan: Plan,
    metrics: Vec<Metric>,
    keep: usize,
    groups: BTreeMap<Key, Group>,
    bounds: (Minute, Minute),
    /// Rows of groups past the bound.
    pub beyond: u64,
}

#[derive(Debug)]
struct Group {
    series: Vec<Series>,
    /// What the minute has so far, and its calls.
    open: Vec<Amount>,
    calls: Amount,
    states: Vec<State>,
}

#[derive(Debug, Default)]
struct State {
    firing: bool,
    calm: u32,
    usual: Usual,
}

// === impl Engine ===

impl Engine {
    pub fn new(plan: Plan) -> Self {
        let mut metrics: Vec<Metric> = Vec::new();
        let mut days = 1;
        for threshold in &plan.thresholds {
            if !metrics.contains(&threshold.metric) {
                metrics.push(threshold.metric);
            }
            days = days.max(match threshold.rule {
                Rule::Anomaly { days, .. } => days + 1,
                Rule::WillReach(_) => 29,
                Rule::Reached(_) => 1,
            });
        }
        let (from, until) = plan.window.bounds(0);
        let keep = (days * DAY).max(until - from) + 2 * DAY;
        Self { plan, metrics, keep: keep as usize, groups: BTreeMap::new(), bounds: (0, 0), beyond: 0 }
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Adds a row of the minute that is open.
    pub fn add(&mut self, row: &Row) {
        if !self.plan.sees(row) {
            return;
        }
        let key: Key =
            self.plan.group_by.iter().map(|dimension| row.dimension(*dimension).map(str::to_owned)).collect();
        if self.groups.len() >= MOST_GROUPS && !self.groups.contains_key(&key) {
            self.beyond += 1;
            return;
        }
        let group = self.groups.entry(key).or_insert_with(|| Group {
            series: self.metrics.iter().map(|_| Series::new(row.minute, self.keep)).collect(),
            open: vec![Amount::default(); self.metrics.len()],
            calls: Amount::default(),
            states: self.plan.thresholds.iter().map(|_| State::default()).collect(),
        });
        for (open, metric) in group.open.iter_mut().zip(&self.metrics) {
            open.0 += row.metric(*metric).0;
        }
        group.calls.0 += row.calls.0;
    }

    /// How many minutes of traffic it wants to know, at most.
    pub fn history(&self) -> Minute {
        self.keep as Minute
    }

    /// Ends a minute of the past: it is remembered, and nothing is judged.
    pub fn remember(&mut self, minute: Minute) {
        let from = self.plan.window.bounds(minute).0;
        for group in self.groups.values_mut() {
            let calls = std::mem::take(&mut group.calls);
            for (series, open) in group.series.iter_mut().zip(&mut group.open) {
                series.close(minute, std::mem::take(open), calls, &self.plan.window, from);
            }
        }
    }

    /// A threshold (by its place in the plan) that was already said to hold for a group.
    pub fn was_firing(&mut self, key: &Key, threshold: usize) {
        if let Some(state) = self.groups.get_mut(key).and_then(|group| group.states.get_mut(threshold)) {
            state.firing = true;
        }
    }

    /// What each group's window holds of a metric.
    pub fn values(&self, metric: Metric) -> impl Iterator<Item = (&Key, Amount)> {
        let at = self.metrics.iter().position(|known| *known == metric);
        self.groups.iter().filter_map(move |(key, group)| Some((key, group.series.get(at?)?.value())))
    }

    /// What a group's window will hold of a metric at its end.
    pub fn projection(&self, key: &Key, metric: Metric) -> Option<f64> {
        let at = self.metrics.iter().position(|known| *known == metric)?;
        let series = self.groups.get(key)?.series.get(at)?;
        let (from, until) = self.plan.window.bounds(series.end() - 1);
        forecast::at_end(series, &self.plan.window, from, until)
    }

    /// Which groups a threshold (by its place in the plan) holds for.
    pub fn firing(&self, threshold: usize) -> impl Iterator<Item = &Key> {
        let fires = move |group: &Group| group.states.get(threshold).is_some_and(|state| state.firing);
        self.groups.iter().filter(move |(_, group)| fires(group)).map(|(key, _)| key)
    }

    /// Ends a minute, and tells what changed with it.
    pub fn close(&mut self, minute: Minute, changes: &mut Vec<Change>) {
        let window = &self.plan.window;
        let rolling = matches!(window, crate::window::Window::Rolling { .. });
        if rolling || minute >= self.bounds.1 {
            self.bounds = window.bounds(minute);
        }
        let (from, until) = self.bounds;
        for (key, group) in &mut self.groups {
            let calls = std::mem::take(&mut group.calls);
            for (series, open) in group.series.iter_mut().zip(&mut group.open) {
                series.close(minute, std::mem::take(open), calls, window, from);
            }
            for (index, (threshold, state)) in self.plan.thresholds.iter().zip(&mut group.states).enumerate()
            {
                let metric = threshold.metric;
                let Some(at) = self.metrics.iter().position(|known| *known == metric) else { continue };
                let series = &group.series[at];
                let value = series.value();
                let counts = matches!(metric, Metric::Calls | Metric::Errors);
                let judged = match &threshold.rule {
                    Rule::Reached(amount) => Some((value >= *amount, value < *amount, 0, amount.as_f64())),
                    Rule::WillReach(amount) => forecast::at_end(series, window, from, until).map(|end| {
                        let amount = amount.as_f64();
                        (end >= amount, end < amount, CALM, amount)
                    }),
                    Rule::Anomaly { factor, days } => {
                        let width = (minute + 1 - from).max(1);
                        state
                            .usual
                            .judge(series, width, *days, *factor, counts)
                            .map(|verdict| (verdict.anomalous, verdict.over, CALM, verdict.threshold))
                    }
                };
                let Some((holds, over, patience, limit)) = judged else { continue };
                if state.step(holds, over, patience) {
                    changes.push(Change {
                        at: minute + 1,
                        group: key.clone(),
                        index,
                        metric,
                        firing: state.firing,
                        value,
                        threshold: limit,
                        projected: (!rolling || matches!(threshold.rule, Rule::WillReach(_)))
                            .then(|| forecast::at_end(series, window, from, until))
                            .flatten(),
                    });
                }
            }
        }
    }
}

// === impl State ===

impl State {
    /// Whether the state changed.
    fn step(&mut self, holds: bool, over: bool, patience: u32) -> bool {
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
