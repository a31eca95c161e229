//! A fourth manner of traffic, as somebody makes it who only wants to know whether an alert can be trusted: a curve a day, a noise, a price,
//! and now and then several times the usual for tens of minutes. Features are smooth, or come in bursts, or in clumps; big and small.
//! An incident has more calls, or dearer ones, by day and by night, and is whole from its first minute on.

use std::{f64::consts::TAU, ops::Range};

use crate::{
    chance::{Chance, Law, Ordinary, Part, Size, TEN},
    dice::Dice,
    incident::{Incident, Kind},
    traffic::{Amounts, DAY, Line, Traffic, finish},
};

#[derive(Clone, Copy)]
enum Shape {
    Flat,
    Wave { peak: f64, depth: f64 },
    Office { opens: f64, closes: f64, night: f64 },
}

#[derive(Clone, Copy)]
enum Noise {
    /// Calls know nothing of each other.
    Smooth,
    /// Minutes are busy or not (a gamma of such a shape).
    Bursty(f64),
    /// Many at once, now and then: so many, once in so many minutes.
    Clumps(f64, f64),
}

struct Feature {
    name: String,
    rate: f64,
    shape: Shape,
    weekend: f64,
    noise: Noise,
    /// From one day to the next.
    days: f64,
    price: f64,
    sigma: f64,
    failing: f64,
    /// Each hour's first minutes, each night's job, or nothing: (every so many minutes, at, so long, times the rate).
    job: Option<(i64, i64, i64, f64)>,
}

const TOKENS: f64 = 1_200.0;

/// Makes `count` features' traffic of so many days with incidents from the fifteenth on. `may_grow`: until they are no chance.
pub(crate) fn plain(seed: u64, count: usize, days: i64, incidents: usize, may_grow: bool) -> Traffic {
    let mut dice = Dice::new(seed ^ 0x0914_A140);
    let features: Vec<Feature> = (0..count).map(|at| Feature::new(at, count, &mut dice)).collect();
    let mut planted: Vec<Incident> = Vec::new();
    while planted.len() < incidents {
        let (feature, from) = (dice.below(count), dice.between(14.2, days as f64 - 0.2) * DAY as f64);
        let kind = if planted.len().is_multiple_of(2) { Kind::Loop } else { Kind::DearModel };
        let apart = |other: &Incident| other.feature != feature || (other.from - from as i64).abs() > 360;
        if planted.iter().all(apart) {
            planted.extend(features[feature].incident(kind, feature, from as i64, &mut dice));
        }
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

// === impl Shape ===

impl Shape {
    fn at(self, hour: f64) -> f64 {
        match self {
            Self::Flat => 1.0,
            Self::Wave { peak, depth } => 1.0 + depth * ((hour - peak) / 24.0 * TAU).cos(),
            Self::Office { opens, closes, night } => {
                let open = ((hour - opens) / 0.7).clamp(0.0, 1.0) * ((closes - hour) / 0.7).clamp(0.0, 1.0);
                2.0 * (night + (1.0 - night) * open)
            }
        }
    }
}

// === impl Feature ===

impl Feature {
    /// From three calls an hour to two hundred a minute.
    fn new(at: usize, of: usize, dice: &mut Dice) -> Self {
        let size = (at as f64 + dice.unit()) / of as f64;
        let rate = 0.05 * (200.0_f64 / 0.05).powf(size);
        let shape = match dice.below(3) {
            0 => Shape::Flat,
            1 => Shape::Wave { peak: dice.between(0.0, 24.0), depth: dice.between(0.3, 0.95) },
            _ => Shape::Office {
                opens: dice.between(6.0, 10.0),
                closes: dice.between(16.0, 22.0),
                night: dice.between(0.0, 0.3),
            },
        };
        let noise = match dice.below(3) {
            0 => Noise::Smooth,
            1 => Noise::Bursty(dice.magnitude(0.4, 8.0)),
            _ => Noise::Clumps(3.0 + dice.magnitude(1.0, 10.0) * rate.min(3.0), dice.between(30.0, 300.0)),
        };
        let job = match dice.below(6) {
            0 => Some((60, 0, 3, dice.between(2.0, 6.0))),
            1 => Some((DAY, dice.below(1440) as i64, 10 + dice.below(30) as i64, dice.magnitude(3.0, 20.0))),
            _ => None,
        };
        Self {
            name: format!("plain-{at}"),
            rate,
            shape,
            weekend: [1.0, 0.2, 0.5, 1.3][dice.below(4)],
            noise,
            days: dice.between(0.0, 0.15),
            price: dice.magnitude(0.0005, 0.05),
            sigma: dice.between(0.1, 1.2),
            failing: dice.between(0.0, 0.03),
            job,
        }
    }

    /// Calls a minute, before anything random; jobs are apart.
    fn usual(&self, minute: i64) -> f64 {
        let weekend = minute.div_euclid(DAY).rem_euclid(7) >= 5;
        let clumps = match self.noise {
            Noise::Smooth | Noise::Bursty(_) => 0.0,
            Noise::Clumps(calls, every) => calls / every,
        };
        let hour = minute.rem_euclid(DAY) as f64 / 60.0;
        (self.rate + clumps) * self.shape.at(hour) * if weekend { self.weekend } else { 1.0 }
    }

    fn job(&self, minute: i64) -> f64 {
        let Some((every, at, length, times)) = self.job else { return 0.0 };
        if (0..length).contains(&(minute - at).rem_euclid(every)) { times * self.rate } else { 0.0 }
    }

    /// Several times the usual, for tens of minutes; nothing where so little comes that nobody would call it an incident.
    fn incident(&self, kind: Kind, feature: usize, from: i64, dice: &mut Dice) -> Option<Incident> {
        let calls = 10.0 * self.usual(from);
        let factor = dice.magnitude(4.0, 15.0);
        let fits = match kind {
            Kind::DearModel => calls >= 20.0,
            _ => calls * factor >= 25.0,
        };
        let until = from + 20 + dice.below(70) as i64;
        let (was, usual) = (Amounts::default(), Amounts::default());
        fits.then_some(Incident {
            feature,
            kind,
            factor,
            from,
            grows: 0,
            until,
            was,
            usual,
            ever: was,
            strays: was,
            chance: Chance::default(),
        })
    }

    fn ordinary(&self, incident: &Incident) -> Ordinary {
        let (from, ten) = (incident.from, incident.from..incident.from + TEN);
        let singly = |shape: f64| {
            let part = move |minute| Part { begun: self.usual(minute), shape, size: Size::One };
            ten.clone().map(part).collect()
        };
        let parts = match self.noise {
            Noise::Smooth => singly(f64::INFINITY),
            Noise::Bursty(shape) => singly(shape),
            Noise::Clumps(calls, every) => {
                let single = |minute| self.rate / (self.rate + calls / every) * self.usual(minute);
                let singly = |minute| Part { begun: single(minute), shape: f64::INFINITY, size: Size::One };
                // half of a clump comes in its first minute, and half of the rest in each further one
                let left = |minute: i64| 0.5_f64.powi((minute.max(from) - minute) as i32);
                let clump = |minute: i64| Part {
                    begun: (self.usual(minute) - single(minute)) / calls,
                    shape: f64::INFINITY,
                    size: Size::Poisson(calls * (left(minute) - 0.5_f64.powi((from + TEN - minute) as i32))),
                };
                ten.clone().map(singly).chain((from - TEN..ten.end).map(clump)).collect()
            }
        };
        let law = Law {
            parts,
            steady: ten.clone().map(|minute| self.job(minute)).sum(),
            sigma: self.days,
            middle: -self.days.powi(2) / 2.0,
        };
        let run = |lines: &mut _, dice: &mut _| self.run(ten.clone(), &mut [], lines, dice);
        Ordinary::of(incident, law, |minute| self.usual(minute), (self.failing, self.failing), run)
    }

    fn run(
        &self,
        minutes: Range<i64>,
        incidents: &mut [&mut Incident],
        lines: &mut Vec<Line>,
        dice: &mut Dice,
    ) {
        let mut of_day = 1.0;
        let mut clump = 0.0;
        for minute in minutes {
            if minute % DAY == 0 {
                of_day = dice.lognormal(self.days);
            }
            let mut incident = incidents.iter_mut().find(|one| (one.from..one.until).contains(&minute));
            let (mut times, mut price) = (1.0, 1.0);
            match incident.as_ref().map(|incident| (incident.kind, incident.factor)) {
                Some((Kind::DearModel, factor)) => price = factor,
                Some((_, factor)) => times = factor,
                None => {}
            }
            let usual = self.usual(minute);
            let mean = match self.noise {
                Noise::Smooth => usual,
                Noise::Bursty(shape) => usual * dice.gamma(shape) / shape,
                Noise::Clumps(calls, every) => {
                    let single = self.rate / (self.rate + calls / every) * usual;
                    clump *= 0.5;
                    if dice.chance((usual - single) / calls) {
                        clump += calls / 2.0;
                    }
                    single + clump
                }
            };
            let calls = dice.poisson(mean * of_day * times) + dice.poisson(self.job(minute));
            let errors = dice.poisson(calls as f64 * self.failing).min(calls);
            let cost = dice.sum(calls - errors, self.price * price, self.sigma);
            let tokens = (cost / price / self.price * TOKENS).round();
            let came = Amounts { calls: calls as f64, cost, errors: errors as f64, tokens };
            if calls > 0 {
                lines.push(Line::new(minute, &self.name, None, "gpt-5-mini", came));
            }
            if let Some(incident) = &mut incident
                && minute < incident.from + 10
            {
                incident.was.add(came);
                let calls = usual + self.job(minute);
                let (cost, errors, tokens) = (calls * self.price, calls * self.failing, calls * TOKENS);
                incident.usual.add(Amounts { calls, cost, errors, tokens });
            }
        }
    }
}
