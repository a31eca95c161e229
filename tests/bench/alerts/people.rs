//! A second manner of traffic, so that what finds the first's incidents has not only learned the first: every session is somebody's.
//! Users have their own hours and habits, a few make most of the calls, a conversation's calls grow dearer as it grows, sizes of prompts are
//! Pareto's, batches come on the hour, and now and then a feature stands still for a while and catches up.

use std::ops::Range;

use crate::{
    chance::{BEFORE, Law, Ordinary, Part, Size, TEN},
    dice::Dice,
    incident::{Incident, Kind},
    traffic::{Amounts, DAY, Line, TOKENS, Traffic, finish, plant},
};

/// A call of an average conversation.
const PRICE: f64 = 0.003;
const FAILING: f64 = 0.01;
/// While calls are made again and again.
const STORM: f64 = 0.8;
/// Of those who wait, so many come back each minute.
const BACK: f64 = 0.04;
/// Of prompts' sizes.
const PARETO: f64 = 2.3;
const RING: usize = 256;

struct Feature {
    name: String,
    /// By hour of the week, of mean 1 over a working day.
    hours: Vec<f64>,
    rate: f64,
    conversation: f64,
    users: usize,
    hourly: f64,
    growth: f64,
    gust: f64,
    /// Minutes without anything, by the day and minute they begin at.
    stands: Vec<(i64, i64)>,
}

/// Makes `count` features' traffic of so many days with incidents from the fifteenth on. `may_grow`: until they are no chance.
pub(crate) fn people(seed: u64, count: usize, days: i64, incidents: usize, may_grow: bool) -> Traffic {
    let mut dice = Dice::new(seed ^ 0x9E0B_1E00);
    let features: Vec<Feature> = (0..count).map(|at| Feature::new(at, count, days, &mut dice)).collect();
    let rate = |feature: usize, minute: i64| features[feature].usual(minute);
    let mut planted = plant(incidents, count, days, &rate, &mut dice);
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

// === impl Feature ===

impl Feature {
    fn new(at: usize, of: usize, days: i64, dice: &mut Dice) -> Self {
        let size = (at as f64 + dice.unit()) / of as f64;
        let rate = 0.033 * (200.0_f64 / 0.033).powf(size);
        let (awake, weekend) = (7.0 + dice.between(0.0, 14.0), dice.between(0.05, 1.5));
        let length = dice.between(7.0, 15.0);
        let asleep = if dice.chance(0.5) { 0.0 } else { dice.between(0.01, 0.3) };
        let of_hour: Vec<f64> = (0..24).map(|_| dice.between(0.6, 1.3)).collect();
        let hours = (0..168)
            .map(|hour| {
                let since = (f64::from(hour % 24) - awake).rem_euclid(24.0);
                // who begins in the evening works into the next day
                let working = (f64::from(hour) - awake).rem_euclid(168.0) < 120.0;
                let usual = if since < length { of_hour[(hour % 24) as usize] } else { asleep };
                usual * if working { 1.0 } else { weekend }
            })
            .collect();
        let mut stand =
            || (dice.below(days as usize) as i64 * DAY + dice.below(1200) as i64, 15 + dice.below(40) as i64);
        let stands = vec![stand(), stand()];
        Self {
            name: format!("app-{at}"),
            hours,
            rate,
            conversation: dice.between(1.0, 5.0),
            users: 3 + (rate * 15.0) as usize,
            hourly: if dice.chance(0.3) { rate * dice.between(1.0, 8.0) } else { 0.0 },
            growth: dice.between(0.995, 1.015),
            gust: dice.between(0.02, 0.15),
            stands,
        }
    }

    /// Calls a minute; from one hour to the next they change within minutes.
    fn usual(&self, minute: i64) -> f64 {
        let hour = |minute: i64| self.hours[(minute.div_euclid(60)).rem_euclid(168) as usize];
        let (into, now) = ((minute.rem_euclid(60)) as f64, hour(minute));
        let before = hour(minute - 60);
        let shape = if into < 20.0 { before + (now - before) * into / 20.0 } else { now };
        self.rate * shape * self.growth.powf(minute as f64 / DAY as f64)
    }

    fn batch(&self, minute: i64) -> f64 {
        if minute.rem_euclid(60) < 3 { self.hourly } else { 0.0 }
    }

    /// The minutes of a conversation's calls, from its first on.
    fn talk(&self, dice: &mut Dice) -> Vec<f64> {
        let mut at = 0.0;
        (0..dice.geometric(self.conversation))
            .map(|_| {
                let now = at;
                at += dice.between(0.2, 3.0);
                now
            })
            .collect()
    }

    fn ordinary(&self, incident: &Incident) -> Ordinary {
        let (from, ten) = (incident.from, incident.from..incident.from + TEN);
        let mut dice = Dice::new(2);
        // those who waited come back
        let back = |minute: i64| {
            let stood = self.stands.iter().map(|(from, length)| (minute - from - length, *length));
            let stood = stood.filter(|(ago, _)| (0..BEFORE).contains(ago));
            1.0 + stood.map(|(_, length)| BACK * length as f64).sum::<f64>()
        };
        let part = |minute: i64| {
            let talk = || self.talk(&mut dice).into_iter().map(|at| at as i64).collect();
            Part {
                begun: self.usual(minute) * back(minute) / self.conversation,
                shape: f64::INFINITY,
                size: Size::of_session(from - minute, self.conversation, talk),
            }
        };
        let law = Law {
            parts: (from - BEFORE..ten.end).map(part).collect(),
            steady: ten.clone().map(|minute| self.batch(minute)).sum(),
            sigma: self.gust,
            middle: 0.0,
        };
        let run = |lines: &mut _, dice: &mut _| self.run(from - BEFORE..ten.end, &mut [], lines, dice);
        Ordinary::of(incident, law, |minute| self.usual(minute), (FAILING, STORM), run)
    }

    fn run(
        &self,
        minutes: Range<i64>,
        incidents: &mut [&mut Incident],
        lines: &mut Vec<Line>,
        dice: &mut Dice,
    ) {
        // what is to come: each call's user and place in its conversation
        let mut ring: Vec<Vec<(usize, u64)>> = vec![Vec::new(); RING];
        let (mut gust, mut waiting) = (0.0, 0.0);
        for minute in minutes {
            gust = 0.98 * gust + self.gust * 0.199 * dice.normal();
            let usual = self.usual(minute);
            let mut rate = usual * f64::exp(gust);
            if self.stands.iter().any(|(from, length)| (*from..from + length).contains(&minute)) {
                waiting += rate;
                rate = 0.0;
            } else if waiting > 0.0 {
                // half of those who waited come back, within a quarter of an hour or so
                rate += waiting * BACK;
                waiting = (waiting * 0.92 - 0.001).max(0.0);
            }
            for _ in 0..dice.poisson(rate / self.conversation) {
                let user = (self.users as f64 * dice.unit().powi(3)) as usize;
                for (turn, at) in (0..).zip(self.talk(dice)) {
                    if at < RING as f64 {
                        ring[(minute as f64 + at) as usize % RING].push((user, turn));
                    }
                }
            }
            let incident = incidents.iter_mut().find(|one| (one.from..one.until).contains(&minute));
            let mut calls = std::mem::take(&mut ring[minute as usize % RING]);
            calls.extend((0..dice.poisson(self.batch(minute))).map(|_| (usize::MAX, 0)));
            if self.stands.iter().any(|(from, length)| (*from..from + length).contains(&minute)) {
                calls.clear();
            }
            self.minute(minute, calls, usual, incident.map(|incident| &mut **incident), lines, dice);
        }
    }

    fn minute(
        &self,
        minute: i64,
        mut calls: Vec<(usize, u64)>,
        usual: f64,
        incident: Option<&mut Incident>,
        lines: &mut Vec<Line>,
        dice: &mut Dice,
    ) {
        let (mut price, mut tokens, mut failing) = (1.0, 1.0, FAILING);
        let mut more = 0;
        if let Some(incident) = &incident {
            match incident.kind {
                Kind::DearModel => price = incident.factor,
                Kind::LongPrompts => (price, tokens) = (incident.factor, incident.factor),
                Kind::RetryStorm => failing = STORM,
                Kind::Loop | Kind::WildUser | Kind::NightBurst => {}
            }
            if !incident.kind.is_dearer() {
                more = dice.poisson((incident.factor - 1.0) * usual);
            }
        }
        calls.extend((0..more).map(|turn| (0, turn % 4)));
        let mut came = Amounts::default();
        let mut of_minute = Amounts::default();
        let many = calls.len() > 12;
        for (user, turn) in calls {
            // a conversation's prompt grows with it
            let size = dice.unit().powf(-1.0 / PARETO) * (PARETO - 1.0) / PARETO * (1.0 + turn as f64 * 0.5);
            let failed = dice.chance(failing);
            let of_call = Amounts {
                calls: 1.0,
                cost: if failed { 0.0 } else { PRICE * size * price },
                errors: f64::from(u8::from(failed)),
                tokens: if failed { 0.0 } else { (TOKENS * size * tokens).round() },
            };
            came.add(of_call);
            if many {
                of_minute.add(of_call);
            } else {
                let user = (user != usize::MAX).then(|| format!("p-{user}"));
                lines.push(Line::new(
                    minute,
                    &self.name,
                    user,
                    if price > 1.0 && tokens == 1.0 { "o1" } else { "gpt-4o" },
                    of_call,
                ));
            }
        }
        if many {
            lines.push(Line::new(minute, &self.name, None, "gpt-4o", of_minute));
        }
        if let Some(incident) = incident
            && minute < incident.from + 10
        {
            let calls = usual + self.batch(minute);
            let turns = 1.0 + 0.5 * (self.conversation - 1.0);
            incident.was.add(came);
            incident.usual.add(Amounts {
                calls,
                cost: calls * PRICE * turns,
                errors: calls * FAILING,
                tokens: calls * TOKENS * turns,
            });
        }
    }
}
