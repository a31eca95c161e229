//! The first manner of traffic: the shape of days and weeks, offices of several time zones, growth, holidays, jobs at night, sessions, models of very
//! different prices.

use std::ops::Range;

use crate::{
    chance::{BEFORE, Law, Ordinary, Part, Size, TEN},
    dice::Dice,
    incident::{Incident, Kind},
    traffic::{Amounts, DAY, Line, TOKENS, Traffic, finish, plant},
};

/// What part of calls fails while they are made again and again.
const STORM: f64 = 0.7;

/// How one feature is used.
#[derive(Debug)]
struct Feature {
    name: String,
    users: usize,
    models: Vec<Model>,
    /// Of what a call costs.
    sigma: f64,
    failing: f64,
    jobs: Option<Job>,
    rate: f64,
    zone: Zone,
    peak: f64,
    night: f64,
    weekend: f64,
    growth: f64,
    day_sigma: f64,
    slow_sigma: f64,
    slow_minutes: f64,
    grain: f64,
    session: f64,
    holiday: i64,
    campaign: i64,
}

#[derive(Clone, Copy, Debug)]
enum Zone {
    Utc,
    Berlin,
    NewYork,
    Tokyo,
}

#[derive(Debug)]
struct Model {
    name: String,
    share: f64,
    price: f64,
}

/// How calls are at the moment.
struct Manner {
    dearer: f64,
    longer: f64,
    failing: f64,
}

/// Comes at its hour, about punctually.
#[derive(Debug)]
struct Job {
    hour: f64,
    minutes: f64,
    calls: f64,
    late: f64,
    only: Option<i64>,
}

/// Makes `count` features' traffic of so many days with incidents from the fifteenth on. `may_grow`: until they are no chance.
pub(crate) fn offices(seed: u64, count: usize, days: i64, incidents: usize, may_grow: bool) -> Traffic {
    let mut dice = Dice::new(seed);
    let features: Vec<Feature> = (0..count).map(|at| Feature::new(at, count, days, &mut dice)).collect();
    let rates = |feature: usize, minute: i64| features[feature].usual(minute);
    let mut planted = plant(incidents, count, days, &rates, &mut dice);
    for incident in &mut planted {
        features[incident.feature].ordinary(incident).weigh(incident, may_grow);
    }
    let mut lines = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        let mut own: Vec<&mut Incident> =
            planted.iter_mut().filter(|incident| incident.feature == at).collect();
        feature.run(0..days * DAY, &mut own, &mut lines, &mut dice);
    }
    finish(lines, features.into_iter().map(|feature| feature.name).collect(), planted, days)
}

// === impl Zone ===

impl Zone {
    /// Hours ahead of UTC, by the rules of 2026.
    fn offset(self, minute: i64) -> i64 {
        match self {
            Self::Utc => 0,
            // 8 March at 7:00, 29 March at 1:00 UTC
            Self::NewYork => {
                if minute >= 6 * DAY + 420 {
                    -4
                } else {
                    -5
                }
            }
            Self::Berlin => {
                if minute >= 27 * DAY + 60 {
                    2
                } else {
                    1
                }
            }
            Self::Tokyo => 9,
        }
    }
}

// === impl Feature ===

impl Feature {
    /// From two calls an hour to five hundred a minute.
    fn new(at: usize, of: usize, days: i64, dice: &mut Dice) -> Self {
        let size = (at as f64 + dice.unit()) / of as f64;
        let rate = (0.033_f64.ln() + size * (500.0_f64 / 0.033).ln()).exp();
        let small = rate < 3.0;
        let mut models = vec![Model { name: "gpt-4o-mini".to_owned(), share: 1.0, price: 0.0004 }];
        if dice.chance(0.7) {
            let share = dice.between(0.05, 0.4);
            models[0].share -= share;
            models.push(Model { name: "gpt-4o".to_owned(), share, price: dice.magnitude(0.004, 0.02) });
        }
        let jobs = dice.chance(0.35).then(|| Job {
            hour: dice.between(0.5, 5.0),
            minutes: dice.between(8.0, 60.0),
            calls: dice.between(3.0, 40.0) * rate.max(0.1),
            late: dice.between(0.0, 8.0),
            only: dice.chance(0.25).then(|| dice.below(7) as i64),
        });
        Self {
            name: format!("feature-{at}"),
            users: (rate * 20.0).clamp(2.0, 40.0) as usize,
            models,
            sigma: dice.between(0.4, 1.1),
            failing: dice.between(0.002, 0.02),
            jobs,
            rate,
            zone: [Zone::Utc, Zone::Berlin, Zone::NewYork, Zone::Tokyo][dice.below(4)],
            peak: dice.between(11.0, 16.0),
            night: if dice.chance(0.4) { 0.0 } else { dice.between(0.02, 0.6) },
            weekend: dice.between(0.1, 1.3),
            growth: dice.between(-0.004, 0.02),
            day_sigma: dice.between(0.03, 0.2),
            slow_sigma: dice.between(0.02, 0.2),
            slow_minutes: dice.between(40.0, 300.0),
            grain: dice.magnitude(2.0, 50.0),
            session: if small && dice.chance(0.6) { dice.between(1.5, 4.0) } else { 1.0 },
            holiday: if dice.chance(0.5) { 8 + dice.below(20) as i64 } else { -1 },
            campaign: if dice.chance(0.3) { 15 + dice.below((days - 15) as usize) as i64 } else { -1 },
        }
    }

    /// Calls a minute, before anything random; jobs are apart.
    fn usual(&self, minute: i64) -> f64 {
        let local = minute + 60 * self.zone.offset(minute);
        let (day, hour) = (local.div_euclid(DAY), local.rem_euclid(DAY) as f64 / 60.0);
        let away = (hour - self.peak + 36.0).rem_euclid(24.0) - 12.0;
        let office = 1.0 / (1.0 + ((away.abs() - 5.0) * 1.6).exp());
        let shape = (self.night + (1.0 - self.night) * office)
            * if day.rem_euclid(7) >= 5 { self.weekend } else { 1.0 };
        self.rate * 2.0 * shape * (1.0 + self.growth * day as f64)
    }

    fn job(&self, day: i64, minute: i64, late: f64) -> f64 {
        let Some(job) = &self.jobs else { return 0.0 };
        if job.only.is_some_and(|only| only != day.rem_euclid(7)) {
            return 0.0;
        }
        let local = (minute + 60 * self.zone.offset(minute)).rem_euclid(DAY) as f64;
        let since = local - job.hour * 60.0 - late;
        if (0.0..job.minutes).contains(&since) { job.calls } else { 0.0 }
    }

    /// A holiday, or a campaign.
    fn special(&self, minute: i64) -> f64 {
        let day = (minute + 60 * self.zone.offset(minute)).div_euclid(DAY);
        if day == self.holiday {
            0.25
        } else if day == self.campaign {
            1.7
        } else {
            1.0
        }
    }

    /// The minutes of a session's calls, from its first on.
    fn session(&self, dice: &mut Dice) -> Vec<i64> {
        (0..dice.geometric(self.session)).map(|call| (call as f64 * dice.between(0.2, 2.5)) as i64).collect()
    }

    fn ordinary(&self, incident: &Incident) -> Ordinary {
        let (from, ten) = (incident.from, incident.from..incident.from + TEN);
        let mut dice = Dice::new(1);
        let before = if self.session > 1.0 { BEFORE } else { 0 };
        let part = |minute: i64| Part {
            begun: self.usual(minute) * self.special(minute) / self.session,
            shape: self.grain,
            size: match self.session > 1.0 {
                true => Size::of_session(from - minute, self.session, || self.session(&mut dice)),
                false => Size::One,
            },
        };
        let job = |minute: i64| {
            let late = self.jobs.as_ref().map_or(0.0, |job| job.late);
            let day = (minute + 60 * self.zone.offset(minute)).div_euclid(DAY);
            self.job(day, minute, 0.0).max(self.job(day, minute, late))
        };
        let variance = self.day_sigma.powi(2) + self.slow_sigma.powi(2);
        let law = Law {
            parts: (from - before..ten.end).map(part).collect(),
            steady: ten.clone().map(job).sum(),
            sigma: variance.sqrt(),
            middle: -variance / 2.0,
        };
        let run = |lines: &mut _, dice: &mut _| self.run(from - before..ten.end, &mut [], lines, dice);
        Ordinary::of(incident, law, |minute| self.usual(minute), (self.failing, STORM), run)
    }

    fn run(
        &self,
        minutes: Range<i64>,
        incidents: &mut [&mut Incident],
        lines: &mut Vec<Line>,
        dice: &mut Dice,
    ) {
        let (mut slow, mut of_day, mut late) = (0.0, 1.0, 0.0);
        let mut sessions = [0_u64; 64];
        for minute in minutes {
            let day = (minute + 60 * self.zone.offset(minute)).div_euclid(DAY);
            if minute % DAY == 0 {
                of_day = dice.lognormal(self.day_sigma);
                late = self.jobs.as_ref().map_or(0.0, |job| job.late * dice.unit());
            }
            let keep = (-1.0 / self.slow_minutes).exp();
            slow = slow * keep + self.slow_sigma * (1.0 - keep * keep).sqrt() * dice.normal();
            let usual = self.usual(minute);
            let job = self.job(day, minute, late);
            let rate = usual
                * of_day
                * f64::exp(slow - self.slow_sigma * self.slow_sigma / 2.0)
                * self.special(minute);
            let gust = dice.gamma(self.grain) / self.grain;
            let begun = dice.poisson(rate / self.session * gust);
            for _ in 0..begun {
                for at in self.session(dice) {
                    sessions[((minute + at) % 64) as usize] += 1;
                }
            }
            let calls = std::mem::take(&mut sessions[(minute % 64) as usize]) + dice.poisson(job);
            let incident = incidents.iter_mut().find(|one| (one.from..one.until).contains(&minute));
            self.minute(minute, calls, usual, incident.map(|incident| &mut **incident), lines, dice);
        }
    }

    fn minute(
        &self,
        minute: i64,
        calls: u64,
        usual: f64,
        incident: Option<&mut Incident>,
        lines: &mut Vec<Line>,
        dice: &mut Dice,
    ) {
        let kind = incident.as_ref().map(|incident| incident.kind);
        let factor = incident.as_ref().map_or(1.0, |incident| incident.factor);
        let mut manner = Manner { dearer: 1.0, longer: 1.0, failing: self.failing };
        match kind {
            Some(Kind::DearModel) => manner.dearer = factor,
            Some(Kind::LongPrompts) => manner.longer = factor,
            Some(Kind::RetryStorm) => manner.failing = STORM,
            Some(Kind::Loop | Kind::WildUser | Kind::NightBurst) | None => {}
        }
        let mut came = Amounts::default();
        let mut rest = calls;
        for (at, model) in self.models.iter().enumerate() {
            let last = at + 1 == self.models.len();
            let own = match rest {
                _ if last => rest,
                0..=400 => (0..rest).filter(|_| dice.chance(model.share)).count() as u64,
                _ => dice.poisson(rest as f64 * model.share).min(rest),
            };
            rest -= own;
            self.lines(minute, own, model, None, &manner, &mut came, lines, dice);
        }
        if matches!(kind, Some(Kind::Loop | Kind::WildUser | Kind::RetryStorm | Kind::NightBurst)) {
            let more = dice.poisson((factor - 1.0) * usual);
            let user = (kind == Some(Kind::WildUser)).then(|| "u-wild".to_owned());
            let model = if dice.chance(0.8) {
                &self.models[0]
            } else {
                self.models.last().unwrap_or(&self.models[0])
            };
            self.lines(minute, more, model, user.or(Some("u-1".to_owned())), &manner, &mut came, lines, dice);
        }
        if let Some(incident) = incident
            && minute < incident.from + 10
        {
            let price: f64 = self.models.iter().map(|model| model.share * model.price).sum();
            let job = self.job(minute.div_euclid(DAY), minute, 0.0);
            let calls = usual + job;
            incident.was.add(came);
            incident.usual.add(Amounts {
                calls,
                cost: calls * price,
                errors: calls * self.failing,
                tokens: calls * TOKENS,
            });
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a loop's body with a name")]
    fn lines(
        &self,
        minute: i64,
        calls: u64,
        model: &Model,
        user: Option<String>,
        manner: &Manner,
        came: &mut Amounts,
        lines: &mut Vec<Line>,
        dice: &mut Dice,
    ) {
        // of few calls each is its user's; of many a line tells them together
        let each = if calls <= 4 { 1 } else { calls };
        for _ in 0..calls.checked_div(each).unwrap_or(0) {
            let name = if manner.dearer > 1.0 { "o1" } else { &model.name };
            let errors = dice.poisson(each as f64 * manner.failing).min(each);
            let cost = dice.sum(each - errors, model.price * manner.dearer * manner.longer, self.sigma);
            // a dearer model takes as many tokens
            let of_a_token = model.price * manner.dearer / TOKENS;
            let tokens = (cost / of_a_token).round();
            let amounts = Amounts { calls: each as f64, cost, errors: errors as f64, tokens };
            came.add(amounts);
            let user = user.clone().or_else(|| (each == 1).then(|| format!("u-{}", dice.below(self.users))));
            lines.push(Line::new(minute, &self.name, user, name, amounts));
        }
    }
}
