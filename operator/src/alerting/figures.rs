//! What an alert's status shows of its groups. Made when a minute was judged: a status is looked at each second, and forecasts with
//! their ranges of a thousand alerts take longer than that.

use std::collections::BTreeSet;

use tollgate_alerts::{
    amount::Amount,
    engine::{Engine, Key},
    spec::Metric,
};

/// Groups that are shown.
pub(super) const SHOWN: usize = 10;

#[derive(Debug, Default)]
pub struct Figures {
    /// Those nearest their limit, those that fire first.
    pub groups: Vec<Figure>,
    /// How many there are in all.
    pub count: usize,
    /// Where the first of them ends, four times of five.
    pub range: Option<(f64, f64)>,
}

#[derive(Debug)]
pub struct Figure {
    pub key: Key,
    pub value: Amount,
    /// What its window will hold at its end.
    pub projected: Option<f64>,
}

// === impl Figures ===

impl Figures {
    pub fn of(engine: &Engine, metric: Metric, firing: &BTreeSet<&Key>) -> Self {
        let mut groups: Vec<(&Key, Amount)> = engine.values(metric).collect();
        let count = groups.len();
        let order = |(key, value): &(&Key, Amount)| (!firing.contains(*key), std::cmp::Reverse(*value));
        groups.sort_by(|one, other| order(one).cmp(&order(other)).then(one.0.cmp(other.0)));
        groups.truncate(SHOWN);
        let range = groups.first().and_then(|(key, _)| engine.forecast(key, metric)?.range);
        let figure = |(key, value): (&Key, Amount)| Figure {
            projected: engine.projection(key, metric),
            key: key.clone(),
            value,
        };
        Self { groups: groups.into_iter().map(figure).collect(), count, range }
    }
}
