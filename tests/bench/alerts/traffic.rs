//! Minutes of traffic as companies have it, and what all manners of it have in common: lines, and planted incidents. It knows nothing of how
//! they are looked for.

use serde::Serialize;

use crate::{
    chance::TEN,
    dice::Dice,
    incident::{Incident, KINDS},
};

pub(crate) const DAY: i64 = 1440;
/// Of a usual call.
pub(crate) const TOKENS: f64 = 1000.0;
/// Monday, 2026-03-02: Europe's and America's clocks change within the month.
const FIRST: i64 = 20_514 * DAY;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Metric {
    Calls,
    Cost,
    Errors,
    Tokens,
}

pub(crate) const METRICS: [Metric; 4] = [Metric::Calls, Metric::Cost, Metric::Errors, Metric::Tokens];

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Amounts {
    pub(crate) calls: f64,
    pub(crate) cost: f64,
    pub(crate) errors: f64,
    pub(crate) tokens: f64,
}

/// A line of `tollgate alert replay`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    #[serde(skip)]
    pub(crate) minute: i64,
    time: String,
    namespace: &'static str,
    pub(crate) feature: String,
    user_id: Option<String>,
    provider: &'static str,
    model: String,
    calls: u64,
    tokens: u64,
    errors: u64,
    cost_usd: String,
}

#[derive(Debug)]
pub(crate) struct Traffic {
    pub(crate) lines: Vec<Line>,
    pub(crate) features: Vec<String>,
    pub(crate) incidents: Vec<Incident>,
    pub(crate) first: i64,
    pub(crate) days: i64,
}

pub(crate) fn finish(
    mut lines: Vec<Line>,
    features: Vec<String>,
    incidents: Vec<Incident>,
    days: i64,
) -> Traffic {
    lines.sort_by_key(|line| line.minute);
    let mut incidents = incidents;
    ever(&lines, &features, &mut incidents, days);
    for line in &mut lines {
        line.minute += FIRST;
        line.time =
            jiff::Timestamp::from_second(line.minute * 60).map(|time| time.to_string()).unwrap_or_default();
    }
    let moved = |mut incident: Incident| {
        incident.from += FIRST;
        incident.until += FIRST;
        incident
    };
    let incidents = incidents.into_iter().map(moved).collect();
    Traffic { lines, features, incidents, first: FIRST, days }
}

/// What each feature ever did at the times of its incidents, in ten minutes without one, and how far these stray.
fn ever(lines: &[Line], features: &[String], incidents: &mut [Incident], days: i64) {
    let spans: Vec<(usize, i64, i64)> =
        incidents.iter().map(|one| (one.feature, one.begins(), one.until + TEN)).collect();
    for (at, feature) in features.iter().enumerate() {
        let mut minutes = vec![Amounts::default(); (days * DAY) as usize];
        lines
            .iter()
            .filter(|line| line.feature == *feature)
            .for_each(|line| minutes[line.minute as usize].add(line.amounts()));
        let mut tens = vec![Amounts::default(); minutes.len()];
        for end in TEN as usize..minutes.len() {
            minutes[end - TEN as usize..end].iter().for_each(|amounts| tens[end].add(*amounts));
        }
        let disturbed =
            |end: i64| spans.iter().any(|(of, from, until)| *of == at && (*from..*until).contains(&end));
        for incident in incidents.iter_mut().filter(|one| one.feature == at) {
            let time = (incident.from + TEN).rem_euclid(DAY);
            for end in (0..days).flat_map(|day| (time - 60..=time + 60).map(move |minute| day * DAY + minute))
            {
                if let Some(ten) = usize::try_from(end).ok().and_then(|end| tens.get(end))
                    && !disturbed(end)
                {
                    incident.ever.most(*ten);
                }
            }
            let weekend = |end: i64| end.div_euclid(DAY).rem_euclid(7) >= 5;
            let (mut squares, mut count) = (Amounts::default(), 0.0);
            for shift in (-60..=60).step_by(TEN as usize) {
                let ends = (0..days).map(|day| day * DAY + time + shift);
                let alike: Vec<Amounts> = ends
                    .filter(|end| weekend(*end) == weekend(incident.from + TEN) && !disturbed(*end))
                    .filter_map(|end| tens.get(usize::try_from(end).ok()?).copied())
                    .collect();
                count += (alike.len() as f64 - 1.0).max(0.0);
                squares.add(squares_of(&alike));
            }
            incident.strays = squares.map(|squares| (squares / f64::max(count, 1.0)).sqrt());
        }
    }
}

/// The squared distances from their mean.
fn squares_of(all: &[Amounts]) -> Amounts {
    let mut sum = Amounts::default();
    all.iter().for_each(|one| sum.add(*one));
    let mean = sum.map(|sum| sum / all.len().max(1) as f64);
    let mut squares = Amounts::default();
    for one in all {
        let square = |metric: Metric| (one.of(metric) - mean.of(metric)).powi(2);
        squares.add(Amounts {
            calls: square(Metric::Calls),
            cost: square(Metric::Cost),
            errors: square(Metric::Errors),
            tokens: square(Metric::Tokens),
        });
    }
    squares
}

/// Incidents of all kinds, no two of one feature within six hours.
pub(crate) fn plant(
    incidents: usize,
    features: usize,
    days: i64,
    rate: &dyn Fn(usize, i64) -> f64,
    dice: &mut Dice,
) -> Vec<Incident> {
    let mut planted: Vec<Incident> = Vec::new();
    while planted.len() < incidents {
        let kind = KINDS[planted.len() % KINDS.len()];
        let (feature, from) = (dice.below(features), dice.between(14.2, days as f64 - 0.3) * DAY as f64);
        let apart = |other: &Incident| other.feature != feature || (other.from - from as i64).abs() > 360;
        if planted.iter().all(apart) {
            planted.extend(Incident::plan(kind, feature, from as i64, rate(feature, from as i64), dice));
        }
    }
    planted
}

// === impl Amounts ===

impl Amounts {
    pub(crate) fn of(&self, metric: Metric) -> f64 {
        match metric {
            Metric::Calls => self.calls,
            Metric::Cost => self.cost,
            Metric::Errors => self.errors,
            Metric::Tokens => self.tokens,
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.cost += other.cost;
        self.errors += other.errors;
        self.tokens += other.tokens;
    }

    fn map(self, of: impl Fn(f64) -> f64) -> Self {
        Self { calls: of(self.calls), cost: of(self.cost), errors: of(self.errors), tokens: of(self.tokens) }
    }

    fn most(&mut self, other: Self) {
        self.calls = self.calls.max(other.calls);
        self.cost = self.cost.max(other.cost);
        self.errors = self.errors.max(other.errors);
        self.tokens = self.tokens.max(other.tokens);
    }
}

// === impl Line ===

impl Line {
    pub(crate) fn new(
        minute: i64,
        feature: &str,
        user: Option<String>,
        model: &str,
        amounts: Amounts,
    ) -> Self {
        Self {
            minute,
            time: String::new(),
            namespace: "shop",
            feature: feature.to_owned(),
            user_id: user,
            provider: "openai",
            model: model.to_owned(),
            calls: amounts.calls as u64,
            tokens: amounts.tokens as u64,
            errors: amounts.errors as u64,
            cost_usd: format!("{:.9}", amounts.cost),
        }
    }

    pub(crate) fn amounts(&self) -> Amounts {
        let (calls, errors, tokens) = (self.calls as f64, self.errors as f64, self.tokens as f64);
        Amounts { calls, cost: self.cost_usd.parse().unwrap_or(0.0), errors, tokens }
    }
}
