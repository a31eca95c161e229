//! Whether an incident can be known in its first ten minutes, by who knows how its traffic is made and nothing of how it is looked for.
//!
//! What ordinary ten minutes hold is a sum of sessions, bursts and jobs whose rates wander: their cumulants are known, and Chernoff's bound tells how
//! rarely they reach what the incident's first ten minutes hold on average. Of calls that are dearer it is asked how far the mean logarithm of rows' prices
//! strays in ordinary ten minutes, which are made a few hundred times.
//!
//! **Where the bar is.** From the fifteenth day on, 22 days, ten features and four metrics are looked at each minute: 1.3 million looks. With a bar of 10⁻⁹ for each of them a watcher
//! who knows all is wrong in one month of 800; to be wrong once a month at most 10⁻⁶ would do, and the thousand between is for what nobody knows who has but two weeks of the traffic: its mean, and its law.

use crate::{
    dice::Dice,
    incident::{Incident, Kind},
    traffic::{Line, Metric},
};

/// ln 10⁻⁹.
const KNOWABLE_LN: f64 = -20.72;
/// Incidents grow by so much until they are known.
const GROWS: f64 = 1.1;
const LARGEST: f64 = 1e4;
/// How often ordinary minutes and sessions are made.
const TRIALS: usize = 300;
const SESSIONS: usize = 4_000;
/// So many calls more than any that was made a session may have.
const LONGER: i32 = 60;
/// Minutes that an incident must be found in.
pub(crate) const TEN: i64 = 10;
/// A session that began earlier is over.
pub(crate) const BEFORE: i64 = 60;

/// Calls of some minutes, as a generator makes them.
#[derive(Debug, Default)]
pub(crate) struct Law {
    pub(crate) parts: Vec<Part>,
    /// Calls that come at a rate which does not wander.
    pub(crate) steady: f64,
    /// Of the logarithm of how much all else wanders.
    pub(crate) sigma: f64,
    pub(crate) middle: f64,
}

/// What begins in a minute, or each call by itself.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) begun: f64,
    /// Of the gamma that the minute's rate has; infinite where it has none.
    pub(crate) shape: f64,
    pub(crate) size: Size,
}

#[derive(Debug)]
pub(crate) enum Size {
    One,
    /// The probabilities of no call, one, two.
    Calls(Vec<f64>),
    /// So many on average, which wander.
    Poisson(f64),
}

/// What an ordinary ten minutes are beside an incident.
pub(crate) struct Ordinary {
    law: Law,
    /// Calls that an incident has more, for each time the usual.
    adds: f64,
    /// What part of calls fails, and what part during a storm of retries.
    failing: (f64, f64),
    /// How far the mean logarithm of rows' prices strays.
    strays: f64,
}

/// ln of the probability that ordinary ten minutes hold as much as the incident's on average.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Chance {
    calls: f64,
    errors: f64,
    prices: f64,
}

// === impl Chance ===

impl Chance {
    pub(crate) fn is_known(&self, metric: Metric, kind: Kind) -> bool {
        let ln = match (metric, kind.is_dearer()) {
            (Metric::Cost | Metric::Tokens, true) => self.prices,
            (Metric::Errors, false) => self.errors,
            (Metric::Calls | Metric::Cost | Metric::Tokens, false) => self.calls,
            (Metric::Calls | Metric::Errors, true) => 0.0,
        };
        ln < KNOWABLE_LN
    }
}

// === impl Ordinary ===

impl Ordinary {
    /// `usual`: calls of a minute. `run`: makes minutes without an incident, up to the last of the ten.
    pub(crate) fn of(
        incident: &Incident,
        law: Law,
        usual: impl Fn(i64) -> f64,
        failing: (f64, f64),
        run: impl Fn(&mut Vec<Line>, &mut Dice),
    ) -> Self {
        let from = incident.from;
        let made = |dice: &mut Dice| {
            let mut lines = Vec::new();
            run(&mut lines, dice);
            lines.retain(|line| line.minute >= from);
            lines
        };
        let strays = if incident.kind.is_dearer() { strays(made) } else { 1.0 };
        Self { law, adds: (from..from + TEN).map(usual).sum(), failing, strays }
    }

    /// Weighs an incident; where it could not be known, it may grow until it is.
    pub(crate) fn weigh(&self, incident: &mut Incident, may_grow: bool) {
        incident.chance = self.chance(incident);
        let metric = if incident.kind.is_dearer() { Metric::Cost } else { Metric::Calls };
        while may_grow && !incident.chance.is_known(metric, incident.kind) && incident.factor < LARGEST {
            incident.factor = 1.0 + (incident.factor - 1.0) * GROWS;
            incident.chance = self.chance(incident);
        }
    }

    fn chance(&self, incident: &Incident) -> Chance {
        if incident.kind.is_dearer() {
            return Chance { prices: normal_ln(incident.factor.ln() / self.strays), ..Chance::default() };
        }
        let calls = self.law.mean() + (incident.factor - 1.0) * self.adds;
        let (usual, storm) = self.failing;
        let errors = calls * if incident.kind == Kind::RetryStorm { storm } else { usual };
        Chance { calls: self.law.tail_ln(calls, 1.0), errors: self.law.tail_ln(errors, usual), prices: 0.0 }
    }
}

// === impl Law ===

impl Law {
    pub(crate) fn mean(&self) -> f64 {
        self.steady + self.parts.iter().map(|part| part.begun * part.size.mean()).sum::<f64>()
    }

    /// ln of a bound of the probability of as much: of calls, or of those that fail. Summed over how rates wander.
    fn tail_ln(&self, came: f64, failing: f64) -> f64 {
        if self.sigma == 0.0 {
            return self.bound_ln(came, failing, self.middle.exp());
        }
        let step = 0.5;
        let normal = |at: f64| (-at * at / 2.0).exp() * step / std::f64::consts::TAU.sqrt();
        let wanders = (-12..=16).map(|at| f64::from(at) * step);
        let all: f64 = wanders
            .map(|at| normal(at) * self.bound_ln(came, failing, (self.middle + self.sigma * at).exp()).exp())
            .sum();
        all.ln()
    }

    /// Chernoff's, by the tilt that is best.
    fn bound_ln(&self, came: f64, failing: f64, times: f64) -> f64 {
        let at = |tilt: f64| self.cumulant(tilt, failing, times) - tilt * came;
        let (mut low, mut high) = (0.0, 8.0);
        for _ in 0..48 {
            let (left, right) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
            if at(left) <= at(right) { high = right } else { low = left }
        }
        at(low).min(0.0)
    }

    fn cumulant(&self, tilt: f64, failing: f64, times: f64) -> f64 {
        // a call that fails counts
        let tilt = (failing * tilt.exp_m1()).ln_1p();
        let of_part = |part: &Part| {
            let (begun, of_size) = match &part.size {
                Size::One => (part.begun * times, tilt.exp_m1()),
                Size::Calls(sizes) => {
                    let one = tilt.exp();
                    let (mut sum, mut power) = (0.0, 1.0);
                    for share in sizes {
                        sum += share * (power - 1.0);
                        power *= one;
                    }
                    (part.begun * times, sum)
                }
                Size::Poisson(mean) => (part.begun, (mean * times * tilt.exp_m1()).exp_m1()),
            };
            let gain = begun * of_size;
            match gain < part.shape {
                _ if part.shape.is_infinite() => gain,
                true => -part.shape * (-gain / part.shape).ln_1p(),
                false => f64::INFINITY,
            }
        };
        self.steady * tilt.exp_m1() + self.parts.iter().map(of_part).sum::<f64>()
    }
}

// === impl Size ===

impl Size {
    /// How many calls of a session of some mean length fall into ten minutes that begin so many minutes after it. `session`: makes one, the minutes
    /// of its calls.
    pub(crate) fn of_session(ago: i64, length: f64, mut session: impl FnMut() -> Vec<i64>) -> Self {
        let (mut sizes, one): (Vec<f64>, _) = (vec![0.0], 1.0 / SESSIONS as f64);
        for _ in 0..SESSIONS {
            let calls = session().into_iter().filter(|at| (ago..ago + TEN).contains(at)).count();
            sizes.resize(sizes.len().max(calls + 1), 0.0);
            sizes[calls] += one;
        }
        // longer ones than were made fall off as lengths do, or sooner
        if sizes.len() > 1 {
            let falls = 1.0 - 1.0 / length;
            sizes.extend((1..LONGER).map(|more| one * falls.powi(more)));
        }
        Self::Calls(sizes)
    }

    fn mean(&self) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Calls(sizes) => sizes.iter().enumerate().map(|(calls, share)| calls as f64 * share).sum(),
            Self::Poisson(mean) => *mean,
        }
    }
}

/// How far the mean logarithm of what rows took a call strays, in ten minutes that are made again and again.
fn strays(mut ten: impl FnMut(&mut Dice) -> Vec<Line>) -> f64 {
    let mut dice = Dice::new(0x57A7);
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for _ in 0..TRIALS {
        let amounts = ten(&mut dice).into_iter().map(|line| line.amounts());
        let logs: Vec<f64> =
            amounts.filter(|took| took.cost > 0.0).map(|took| (took.cost / took.calls).ln()).collect();
        if logs.is_empty() {
            continue;
        }
        let log = logs.iter().sum::<f64>() / logs.len() as f64;
        count += 1.0;
        let off = log - mean;
        mean += off / count;
        squares += off * (log - mean);
    }
    (squares / f64::max(count - 1.0, 1.0)).sqrt().max(1e-3)
}

/// ln of a normal's tail, from above.
fn normal_ln(far: f64) -> f64 {
    if far < 1.0 { 0.0 } else { -far * far / 2.0 - (far * std::f64::consts::TAU.sqrt()).ln() }
}
