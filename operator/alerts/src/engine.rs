//! The groups of one alert, and which of its thresholds hold for each.

mod groups;

use self::groups::{Group, Groups};
use crate::{
    amount::Amount,
    forecast::{self, Forecast},
    history::DAY,
    models::Model,
    newcomers::{self, Newcomers},
    outages::Outages,
    plan::{Plan, Rule},
    series::Series,
    spec::{Dimension, Metric},
    spells::{FEWEST, Lived, Spells},
    traffic::Row,
    users,
    usual::{Others, Usual, YOUNG_DAYS},
    window::{Minute, Window},
};

/// More groups than these are not told apart; how many there were is counted.
pub const MOST_GROUPS: usize = 1_000;
/// An anomaly or a forecast must have gone for so many minutes before it is said to be over.
const CALM: u32 = 5;

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
    pub projected: Option<Forecast>,
}

#[derive(Debug)]
pub struct Engine {
    plan: Plan,
    metrics: Vec<Metric>,
    /// Prices are looked at.
    weighs: bool,
    /// Users are told apart, in windows of so many minutes.
    users_of: Option<i64>,
    /// Of the past that a group keeps.
    days: usize,
    groups: Groups,
    /// For each threshold: who is new, and with how much one begins.
    newcomers: Vec<Newcomers>,
    /// For each threshold: what groups do in one go.
    spells: Vec<Spells>,
    /// Minutes in which no group has anything, where some always has; where anomalies are asked for.
    outages: Option<Outages>,
    bounds: (Minute, Minute),
    /// Some group has something in the open minute.
    touched: bool,
    /// Rows of groups past the bound.
    pub beyond: u64,
}

// === impl Engine ===

impl Engine {
    pub fn new(plan: Plan) -> Self {
        let mut metrics: Vec<Metric> = Vec::new();
        let calendar = matches!(plan.window, Window::Calendar { .. });
        let mut days = if calendar { forecast::DAYS } else { 1 };
        for threshold in &plan.thresholds {
            if !metrics.contains(&threshold.metric) {
                metrics.push(threshold.metric);
            }
            if let Rule::Anomaly { days: baseline, .. } = threshold.rule {
                days = days.max(baseline);
            }
        }
        let weighs = plan.thresholds.iter().any(|threshold| {
            matches!(threshold.rule, Rule::Anomaly { .. })
                && matches!(threshold.metric, Metric::Cost | Metric::Tokens)
        });
        let users_of = match plan.window {
            Window::Rolling { minutes } if minutes <= users::LONGEST => Some(minutes),
            _ => None,
        };
        let several = !plan.group_by.contains(&Dimension::User) && plan.asks_for_anomalies();
        let users_of = users_of.filter(|_| several);
        // today's, and what is cut off at the far end
        let days = days as usize + 2;
        let newcomers = plan.thresholds.iter().map(|_| Newcomers::default()).collect();
        let spells = plan.thresholds.iter().map(|_| Spells::default()).collect();
        let outages = plan.asks_for_anomalies().then(|| Outages::new(days));
        Self {
            plan,
            metrics,
            weighs,
            users_of,
            days,
            groups: Groups::default(),
            newcomers,
            spells,
            outages,
            bounds: (0, 0),
            touched: false,
            beyond: 0,
        }
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Adds a row of the minute that is open.
    pub fn add(&mut self, row: &Row) {
        if !self.plan.sees(row) {
            return;
        }
        let Some(at) = self.group_of(row) else { return };
        let model = self.model(row);
        let group = &mut self.groups.all[at];
        (self.touched, group.touched) = (true, true);
        if let (Some(width), Some(user)) = (self.users_of, &row.user) {
            let told = (self.plan.thresholds.iter().zip(&group.states))
                .any(|(threshold, state)| state.firing && matches!(threshold.rule, Rule::Anomaly { .. }));
            group.users.add(row.minute, user, row.calls.as_f64(), width, told);
        }
        for ((series, open), metric) in group.series.iter_mut().zip(&mut group.open).zip(&self.metrics) {
            let amount = row.metric(*metric);
            series.add(model, amount, row.calls);
            open.0 += amount.0;
        }
    }

    /// Takes the hours of one kind of call, in order, before any minute, for a calendar's window; all of them end before one.
    pub fn seed(&mut self, hours: &[Row], until: Minute) {
        let Some(first) = hours.first().filter(|row| self.plan.sees(row)) else { return };
        let Some(at) = self.group_of(first) else { return };
        let window = &self.plan.window;
        let from = window.bounds(until - 1).0;
        for (series, metric) in self.groups.all[at].series.iter_mut().zip(&self.metrics) {
            series.seed(hours, *metric, window, (from, until));
        }
    }

    /// Puts right what a minute had that was ended already: a row of it that came late, is other than it was, or is gone.
    pub fn correct(&mut self, was: Option<&Row>, is: Option<&Row>) {
        let Some(row) = is.or(was).filter(|row| self.plan.sees(row)) else { return };
        if let (None, Some(outages)) = (was, &mut self.outages) {
            outages.saw_late(self.plan.window.local(row.minute));
        }
        let Some(at) = self.group_of(row) else { return };
        let model = self.model(row);
        let window = &self.plan.window;
        let of = |metric| {
            let amount = |row: Option<&Row>| row.map_or(Amount::default(), |row| row.metric(metric));
            (amount(was), amount(is))
        };
        for (series, metric) in self.groups.all[at].series.iter_mut().zip(&self.metrics) {
            let from = window.bounds(series.end().max(row.minute + 1) - 1).0;
            series.correct((row.minute, model), of(*metric), of(Metric::Calls), window, from);
        }
    }

    /// How many minutes of traffic it wants to know, at most.
    pub fn history(&self) -> Minute {
        let (from, until) = self.plan.window.bounds(0);
        match self.plan.window {
            // nothing but the window is asked for
            Window::Rolling { minutes } if !self.plan.asks_for_anomalies() => minutes,
            _ => (self.days as Minute * DAY).max(until - from),
        }
    }

    /// What a group's window will hold at its end.
    pub fn forecast(&self, key: &Key, metric: Metric) -> Option<Forecast> {
        let at = self.metrics.iter().position(|known| *known == metric)?;
        let series = self.groups.get(key)?.series.get(at)?;
        let (from, until) = self.plan.window.bounds(series.end() - 1);
        forecast::with_range(series, &self.plan.window, from, until)
    }

    /// Ends a minute of the past: it is remembered, and nothing is judged. Groups in which nothing came are left as they are until
    /// [`Engine::close`]: a leader that takes over reads 40,000 minutes of a thousand alerts.
    pub fn remember(&mut self, minute: Minute) {
        self.remember_all(minute, 1);
    }

    /// The same of some minutes that are told as one, such as an hour's sum.
    pub fn remember_all(&mut self, minute: Minute, minutes: i64) {
        if !std::mem::take(&mut self.touched) {
            return;
        }
        if let Some(outages) = &mut self.outages {
            outages.saw(self.plan.window.local(minute), minutes);
        }
        let from = self.plan.window.bounds(minute).0;
        for group in self.groups.all.iter_mut().filter(|group| group.touched) {
            group.touched = false;
            for (series, open) in group.series.iter_mut().zip(&mut group.open) {
                series.close_all((minute, minutes), std::mem::take(open), &self.plan.window, from);
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
        self.groups.by_key().filter_map(move |(key, group)| Some((key, group.series.get(at?)?.value())))
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
        self.groups.by_key().filter(move |(_, group)| fires(group)).map(|(key, _)| key)
    }

    /// What an ordinary group does is asked only where a young one does something.
    fn learn_newcomers(&mut self, minute: Minute) {
        let Window::Rolling { minutes } = self.plan.window else { return };
        let all = &self.groups.all;
        let young = |group: &Group| {
            let [series, ..] = group.series.as_slice() else { return false };
            minute - series.first < (YOUNG_DAYS + 1) * DAY && series.value() > Amount::default()
        };
        if !all.iter().any(young) {
            return;
        }
        let end = self.plan.window.local(minute + 1);
        let of_users = self.plan.group_by.contains(&Dimension::User);
        let part = if of_users { newcomers::OF_USERS } else { newcomers::OF_OTHERS };
        for (threshold, newcomers) in self.plan.thresholds.iter().zip(&mut self.newcomers) {
            let at = self.metrics.iter().position(|known| *known == threshold.metric);
            if let (Rule::Anomaly { .. }, Some(at)) = (&threshold.rule, at) {
                newcomers.learn(end, minutes, part, all.iter().map(|group| &group.series[at]));
            }
        }
    }

    /// What groups do in one go is asked only where one of them did something that looks odd: the next minute knows.
    fn learn_spells(&mut self, minute: Minute) {
        let Window::Rolling { minutes } = self.plan.window else { return };
        let all = &self.groups.all;
        let end = self.plan.window.local(minute + 1);
        for (index, (threshold, spells)) in self.plan.thresholds.iter().zip(&mut self.spells).enumerate() {
            spells.few = all.len() < FEWEST;
            let at = self.metrics.iter().position(|known| *known == threshold.metric);
            if let (Rule::Anomaly { days, .. }, Some(at)) = (&threshold.rule, at) {
                let lived =
                    all.iter().map(|group| sides(&group.series[at], &group.states[index].usual, end, *days));
                spells.learn(end, minutes, lived);
            }
        }
    }

    /// Ends a minute, and tells what changed with it.
    pub fn close(&mut self, minute: Minute, changes: &mut Vec<Change>) {
        self.learn_newcomers(minute);
        self.learn_spells(minute);
        let window = &self.plan.window;
        let rolling = matches!(window, Window::Rolling { .. });
        if rolling || minute >= self.bounds.1 {
            self.bounds = window.bounds(minute);
        }
        let (from, until) = self.bounds;
        let touched = std::mem::take(&mut self.touched);
        let outages: &[_] = self.outages.as_mut().map_or(&[], |outages| {
            if touched {
                outages.saw(window.local(minute), 1);
            }
            outages.before(window.local(minute + 1))
        });
        let Groups { places, all, .. } = &mut self.groups;
        for (key, at) in places {
            let group = &mut all[*at];
            group.touched = false;
            for (series, open) in group.series.iter_mut().zip(&mut group.open) {
                series.close(minute, std::mem::take(open), window, from);
                if let Some(evidence) = &mut series.evidence {
                    evidence.temper.told = false;
                }
            }
            for (index, (threshold, state)) in self.plan.thresholds.iter().zip(&mut group.states).enumerate()
            {
                let metric = threshold.metric;
                let Some(at) = self.metrics.iter().position(|known| *known == metric) else { continue };
                let series = &group.series[at];
                let value = series.value();
                let judged = match &threshold.rule {
                    Rule::Reached(amount) => Some((value >= *amount, value < *amount, 0, amount.as_f64())),
                    Rule::WillReach(amount) => forecast::at_end(series, window, from, until).map(|end| {
                        let amount = amount.as_f64();
                        (end >= amount, end < amount, CALM, amount)
                    }),
                    Rule::Anomaly { factor, days } => {
                        let width = (minute + 1 - from).max(1);
                        // of users, calls are known
                        let users = Some(&group.users).filter(|_| metric != Metric::Errors);
                        let end = window.local(minute + 1);
                        let spells = &mut self.spells[index];
                        let others = Others { users, spells, outages };
                        let judged =
                            state.usual.judge(series, others, end, width, *days, *factor).or_else(|| {
                                let lived = |past| state.usual.lived(past, end, *days);
                                self.newcomers[index].judge(
                                    series,
                                    &mut self.spells[index],
                                    lived,
                                    width,
                                    *factor,
                                )
                            });
                        judged.map(|verdict| (verdict.anomalous, verdict.over, CALM, verdict.threshold))
                    }
                };
                let Some((holds, over, patience, limit)) = judged else { continue };
                let changed = state.step(holds, over, patience);
                if let (true, Rule::Anomaly { days, .. }) = (state.firing, &threshold.rule) {
                    let end = window.local(minute + 1);
                    state.usual.tell(end - (minute + 1 - from).max(1), end, *days);
                }
                if changed {
                    changes.push(Change {
                        at: minute + 1,
                        group: key.clone(),
                        index,
                        metric,
                        firing: state.firing,
                        value,
                        threshold: limit,
                        projected: (!rolling || matches!(threshold.rule, Rule::WillReach(_)))
                            .then(|| forecast::with_range(series, window, from, until))
                            .flatten(),
                    });
                }
                if let (true, Rule::Anomaly { .. }, Some(evidence)) =
                    (state.firing, &threshold.rule, &mut group.series[at].evidence)
                {
                    evidence.temper.told = true;
                }
            }
        }
    }

    /// Asked for only where it matters.
    fn model(&self, row: &Row) -> Model {
        if self.weighs { Model::of(row) } else { Model::default() }
    }

    /// Where the group of a row is; none past the bound.
    fn group_of(&mut self, row: &Row) -> Option<usize> {
        let Self { plan, metrics, days, groups, beyond, .. } = self;
        let place = groups.place(plan, row, || Group::new(plan, metrics, row.minute, *days));
        *beyond += u64::from(place.is_none());
        place
    }
}

/// What a group's spells are read from: what is looked at, and calls where these are not the same.
fn sides<'a>(series: &'a Series, usual: &'a Usual, end: Minute, days: i64) -> [Option<Lived<'a>>; 2] {
    let lived = |past| Some(usual.lived(past, end, days));
    match &series.evidence {
        None => [lived(&series.past), None],
        Some(evidence) => [lived(&evidence.tempered), lived(&evidence.calls)],
    }
}
