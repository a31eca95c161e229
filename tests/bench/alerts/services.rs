//! A third manner of traffic, written after the engine: backends that tell a minute in one line. Days are curves, noise is a rate that wanders and
//! minutes that burst, costs are Pareto's, jobs come each night or each week and are never of one size, a launch doubles a feature for good,
//! deployments leave gaps. The baseline has incidents that nobody tells of. Incidents are 5 to 20 times the usual, some grow over ten minutes.

use std::{f64::consts::TAU, ops::Range};

use crate::{
    chance::{Chance, Law, Ordinary, Part, Size, TEN},
    dice::Dice,
    incident::{Incident, Kind},
    traffic::{Amounts, DAY, Line, Traffic, finish},
};

const PRICE: f64 = 0.002;
const TOKENS: f64 = 800.0;
/// What part of calls fails, besides, while they are made again and again.
const STORM: f64 = 0.6;
/// A call costs no more than so many average ones: contexts end somewhere.
const DEAREST: f64 = 150.0;
/// Incidents that grow do so over so many minutes; of these, `Incident::from` is the last.
const GROWS: i64 = 10;

struct Feature {
    name: String,
    rate: f64,
    peak: f64,
    swing: f64,
    weekend: f64,
    wander: f64,
    keeps: f64,
    burst: f64,
    pareto: f64,
    failing: f64,
    nightly: Option<Job>,
    weekly: Option<(i64, Job)>,
    launch: Option<(i64, f64)>,
    gaps: Vec<(i64, i64)>,
    /// Of the first week, told to nobody.
    before: Vec<(i64, i64, f64)>,
}

struct Job {
    minute: i64,
    length: i64,
    calls: f64,
}

/// Makes `count` features' traffic of so many days with incidents from the fifteenth on. `may_grow`: until they are no chance.
pub(crate) fn services(seed: u64, count: usize, days: i64, incidents: usize, may_grow: bool) -> Traffic {
    let mut dice = Dice::new(seed ^ 0x5E2F_1CE5);
    let features: Vec<Feature> = (0..count).map(|at| Feature::new(at, count, days, &mut dice)).collect();
    let mut planted = Vec::new();
    while planted.len() < incidents {
        let (feature, from) = (dice.below(count), dice.between(14.2, days as f64 - 0.3) * DAY as f64);
        let kind = [Kind::Loop, Kind::DearModel, Kind::RetryStorm, Kind::LongPrompts, Kind::NightBurst]
            [planted.len() % 5];
        planted.extend(features[feature].incident(kind, feature, from as i64, &planted, &mut dice));
    }
    for incident in &mut planted {
        features[incident.feature].ordinary(incident).weigh(incident, may_grow);
    }
    let mut lines = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        let mut own: Vec<&mut Incident> = planted.iter_mut().filter(|one| one.feature == at).collect();
        feature.run(0..days * DAY, &mut own, &mut lines, &mut dice);
    }
    finish(lines, features.into_iter().map(|feature| feature.name).collect(), planted, days)
}

// === impl Job ===

impl Job {
    fn new(rate: f64, dice: &mut Dice) -> Self {
        let calls = rate.max(0.3) * dice.magnitude(3.0, 40.0);
        Self { minute: dice.below(1440) as i64, length: 4 + dice.below(50) as i64, calls }
    }

    fn at(&self, minute: i64, size: f64) -> f64 {
        let since = minute.rem_euclid(DAY) - self.minute;
        if (0..self.length).contains(&since) { self.calls * size } else { 0.0 }
    }
}

// === impl Feature ===

impl Feature {
    /// From one call in an hour to three hundred a minute.
    fn new(at: usize, of: usize, days: i64, dice: &mut Dice) -> Self {
        let size = (at as f64 + dice.unit()) / of as f64;
        let rate = 0.017 * (300.0_f64 / 0.017).powf(size);
        let gaps =
            (0..3).map(|_| (dice.below((days * DAY) as usize) as i64, 5 + dice.below(25) as i64)).collect();
        let before = (0..2)
            .map(|_| {
                let from = dice.between(1.0, 6.5) * DAY as f64;
                (from as i64, 30 + dice.below(90) as i64, dice.magnitude(5.0, 20.0))
            })
            .collect();
        Self {
            name: format!("svc-{at}"),
            rate,
            peak: dice.between(0.0, 24.0),
            swing: dice.between(0.0, 3.5),
            weekend: dice.between(0.15, 1.1),
            wander: dice.between(0.03, 0.25),
            keeps: dice.between(20.0, 240.0),
            burst: dice.magnitude(1.5, 60.0),
            pareto: dice.between(1.7, 3.0),
            failing: dice.between(0.001, 0.03),
            nightly: dice.chance(0.4).then(|| Job::new(rate, dice)),
            weekly: dice.chance(0.3).then(|| (dice.below(7) as i64, Job::new(rate, dice))),
            launch: dice.chance(0.2).then(|| (15 + dice.below(18) as i64, dice.between(1.4, 2.0))),
            gaps,
            before,
        }
    }

    /// Calls a minute, before anything random; jobs are apart.
    fn usual(&self, minute: i64) -> f64 {
        let (day, hour) = (minute.div_euclid(DAY), minute.rem_euclid(DAY) as f64 / 60.0);
        let curve = (self.swing * ((hour - self.peak) / 24.0 * TAU).cos()).exp();
        let mean = 1.0 + self.swing * self.swing / 4.0;
        let week = if day.rem_euclid(7) >= 5 { self.weekend } else { 1.0 };
        let launched = self.launch.filter(|(from, _)| day >= *from).map_or(1.0, |(_, times)| times);
        self.rate * curve / mean * week * launched
    }

    fn jobs(&self, minute: i64, size: f64) -> f64 {
        let nightly = self.nightly.as_ref().map_or(0.0, |job| job.at(minute, size));
        let weekly = self.weekly.as_ref().filter(|(day, _)| minute.div_euclid(DAY).rem_euclid(7) == *day);
        nightly + weekly.map_or(0.0, |(_, job)| job.at(minute, size))
    }

    /// Nothing where it would be hidden by a job or hardly be one.
    fn incident(
        &self,
        kind: Kind,
        feature: usize,
        from: i64,
        others: &[Incident],
        dice: &mut Dice,
    ) -> Option<Incident> {
        let rate = self.usual(from);
        let fits = match kind {
            Kind::Loop | Kind::RetryStorm | Kind::WildUser => true,
            Kind::DearModel | Kind::LongPrompts => rate > 2.0,
            Kind::NightBurst => rate < 0.2,
        };
        let factor = match kind {
            Kind::DearModel | Kind::LongPrompts => dice.between(7.0, 20.0),
            Kind::Loop | Kind::RetryStorm | Kind::WildUser | Kind::NightBurst => {
                dice.magnitude(5.0, 20.0).max(1.0 + dice.between(2.5, 8.0) / rate.max(0.001))
            }
        };
        let until = from + 25 + dice.below(70) as i64;
        let apart = |other: &Incident| other.feature != feature || (other.from - from).abs() > 360;
        let quiet = (from - 60..until + 60).step_by(5).all(|minute| self.jobs(minute, 1.0) == 0.0)
            && self.gaps.iter().all(|(gap, _)| (gap - from).abs() > 180);
        (fits && quiet && others.iter().all(apart)).then(|| Incident {
            feature,
            kind,
            factor,
            from,
            grows: if until % 2 == 0 { GROWS } else { 0 },
            until,
            was: Amounts::default(),
            usual: Amounts::default(),
            ever: Amounts::default(),
            strays: Amounts::default(),
            chance: Chance::default(),
        })
    }

    fn ordinary(&self, incident: &Incident) -> Ordinary {
        let ten = incident.from..incident.from + TEN;
        let part = |minute| Part { begun: self.usual(minute), shape: self.burst, size: Size::One };
        let law = Law {
            parts: ten.clone().map(part).collect(),
            steady: ten.clone().map(|minute| self.jobs(minute, 1.0)).sum(),
            sigma: self.wander,
            middle: 0.0,
        };
        let run = |lines: &mut _, dice: &mut _| self.run(ten.clone(), &mut [], lines, dice);
        Ordinary::of(incident, law, |minute| self.usual(minute), (self.failing, self.failing + STORM), run)
    }

    fn run(
        &self,
        minutes: Range<i64>,
        incidents: &mut [&mut Incident],
        lines: &mut Vec<Line>,
        dice: &mut Dice,
    ) {
        let (mut slow, mut size) = (0.0, 1.0);
        let keep = (-1.0 / self.keeps).exp();
        for minute in minutes {
            if minute % DAY == 0 {
                size = dice.lognormal(0.25);
            }
            slow = slow * keep + self.wander * (1.0 - keep * keep).sqrt() * dice.normal();
            let usual = self.usual(minute);
            let poison =
                self.before.iter().find(|(from, length, _)| (*from..from + length).contains(&minute));
            let gust = dice.gamma(self.burst) / self.burst;
            let calm = usual * f64::exp(slow) * gust * poison.map_or(1.0, |(.., times)| *times);
            let gap = self.gaps.iter().any(|(from, length)| (*from..from + length).contains(&minute));
            let mut calls = if gap { 0 } else { dice.poisson(calm) + dice.poisson(self.jobs(minute, size)) };
            let incident = incidents.iter_mut().find(|one| (one.begins()..one.until).contains(&minute));
            let (mut price, mut tokens, mut failing) = (1.0, 1.0, self.failing);
            if let Some(incident) = &incident {
                let part = ((minute - incident.begins()) as f64 / incident.grows.max(1) as f64).min(1.0);
                let part = if incident.grows == 0 { 1.0 } else { part };
                let times = 1.0 + (incident.factor - 1.0) * part;
                match incident.kind {
                    Kind::DearModel => price = times,
                    Kind::LongPrompts => (price, tokens) = (times, times),
                    Kind::RetryStorm => failing += STORM * part,
                    Kind::Loop | Kind::WildUser | Kind::NightBurst => {}
                }
                if !incident.kind.is_dearer() {
                    calls += dice.poisson((times - 1.0) * usual);
                }
            }
            let mut came = Amounts { calls: calls as f64, ..Amounts::default() };
            let mean = self.pareto / (self.pareto - 1.0);
            for _ in 0..calls {
                if dice.chance(failing) {
                    came.errors += 1.0;
                    continue;
                }
                let weighs = (dice.unit().powf(-1.0 / self.pareto) / mean).min(DEAREST);
                came.cost += PRICE * weighs * price;
                came.tokens += (TOKENS * weighs * tokens).round();
            }
            if calls > 0 {
                lines.push(Line::new(minute, &self.name, None, "claude-sonnet-4-5", came));
            }
            if let Some(incident) = incident
                && (incident.from..incident.from + 10).contains(&minute)
            {
                incident.was.add(came);
                let calls = usual + self.jobs(minute, 1.0);
                let (cost, errors, tokens) = (calls * PRICE, calls * self.failing, calls * TOKENS);
                incident.usual.add(Amounts { calls, cost, errors, tokens });
            }
        }
    }
}
