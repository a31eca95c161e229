//! Whether a value is an anomaly: above `factor` times what that time of day and week usually was, and beyond chance.
//!
//! **Usual** is the mean of that time of day over the baseline's days of the same kind (working day or weekend), without days that stand
//! far out; what that weekday had in each week is usual too. As many minutes around are taken as it needs to know a rate: none
//! where many calls come, two hours to each side where few do.
//!
//! **Beyond chance** is what [`Noise`] says, of the mean that is usual, times how much the last two hours were above theirs.
//! Or one user makes more calls than any user does ([`crate::users`]).
//! Of costs and tokens, the number of calls must be beyond chance, or what they took together, each within
//! bounds, or all must be dearer, or more of them dear ones than ever ([`crate::temper`]): one dear call is chance, many are not.
//!
//! **Habits** are no anomalies, however far they stand out: what comes at that time (twenty minutes earlier or later, half an hour if it is a
//! job) on most such days, on that weekday each week, or came on each of the last three days. Five minutes are enough where the same comes at
//! those minutes each day: it was never earlier or later. A habit of calls is none of what each takes: dearer together, they must be more than as many took then. Where clocks on the wall were changed since, an hour is added to one side until it is known who took part ([`Clock`]).
//!
//! What **changed for good** is usual as it is since ([`change`]). What was told as an anomaly is not learned from: incidents that come on every other day would be the group's own.
//!
//! A group that is younger than a week has nothing usual, and no verdict.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

mod blocks;
mod change;
mod habit;
mod look;

use self::look::{Change, JUST_NOW, LATELY, Look, Mean, alike};
use crate::{
    chance::{CHANCE_LN, Noise},
    clock::Clock,
    history::{DAY, History},
    series::Series,
    spells::{Lived, Spells},
    temper::Temper,
    users::Users,
    window::Minute,
};

pub(crate) const YOUNG_DAYS: i64 = 7;
/// Of fewer calls nobody is told, however unlikely they are: it is somebody who works late.
pub(crate) const FEW: f64 = 12.0;
/// So far above what the last hours let expect it must be: traffic that is high all day is no news.
const SUDDEN: f64 = 2.0;
/// So many standard deviations calls must be dearer together.
const DEARER_TOGETHER: f64 = 5.0;
/// Of fewer calls it is not said that all are dearer.
const FEWEST_DEARER: f64 = 6.0;
/// What goes on is looked at over so many windows, of so many minutes at most.
const LONGER: i64 = 3;
const LONGEST: i64 = 120;
/// How often the noise is measured anew.
const MEASURED: i64 = 60;
/// How often it is asked anew whose clocks a group goes by.
const CLOCK: i64 = 360;

#[derive(Debug, Default)]
pub struct Usual {
    /// Of the value, or of what each call took and of how many there were; and until when it holds.
    noise: [Option<(Noise, Minute)>; 2],
    clock: Option<(Clock, Minute)>,
    /// Of what is looked at, and of calls, and of the value.
    changes: [Option<(Option<Change>, Minute)>; 3],
    /// When an anomaly was told: what came then is not learned from.
    told: Vec<(Minute, Minute)>,
}

/// What is known beside the group's own minutes.
pub struct Others<'a> {
    /// Where users are told apart.
    pub users: Option<&'a Users>,
    pub spells: &'a mut Spells,
    /// Minutes in which no group of the alert has anything, where some always has.
    pub outages: &'a [(Minute, Minute)],
}

#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    /// What the value had to be above.
    pub threshold: f64,
    pub anomalous: bool,
    /// It is well below again.
    pub over: bool,
}

// === impl Usual ===

impl Usual {
    /// An anomaly was told of some minutes, on the clock of the series' window.
    pub fn tell(&mut self, from: Minute, end: Minute, days: i64) {
        match self.told.last_mut() {
            Some((_, until)) if from <= *until => *until = end.max(*until),
            _ => {
                self.told.retain(|(_, until)| *until >= from - (days + 1) * DAY);
                self.told.push((from, end));
            }
        }
    }

    /// A history, as far as spells are read from it.
    pub(crate) fn lived<'a>(&'a self, past: &'a History, end: Minute, days: i64) -> Lived<'a> {
        lived(past, &self.told, end, days)
    }

    /// Judges the last `width` minutes of a series; nothing where nothing is usual yet. `end` is the minute after, on the clock of the
    /// series' window.
    pub fn judge(
        &mut self,
        series: &Series,
        others: Others,
        end: Minute,
        width: i64,
        days: i64,
        factor: f64,
    ) -> Option<Verdict> {
        let known = ((series.end() - series.first - width - LATELY) / DAY).min(days);
        if known < YOUNG_DAYS {
            return None;
        }
        let Others { users, spells, outages } = others;
        let value = series.value().as_f64();
        let counted = series.evidence.as_ref().map_or(&series.past, |evidence| &evidence.calls);
        if self.clock.as_ref().is_none_or(|(_, until)| end >= *until) {
            self.clock = Some((Clock::of(counted, end, known, outages), end + CLOCK));
        }
        let Some((clock, _)) = &self.clock else { return None };
        let alike = alike((end - width, end), known, clock, outages);
        let look = |past, came, unit, temper| Look {
            past,
            came,
            end,
            width,
            known,
            clock,
            alike: &alike,
            unit,
            change: None,
            told: &self.told,
            outages,
            temper,
        };
        let (unit, mut sides) = match &series.evidence {
            None => (1.0, [Some(look(&series.past, value, 1.0, None)), None]),
            Some(evidence) => {
                let of_all = |past: &History| past.between(end - known * DAY, end - JUST_NOW);
                let calls = of_all(&evidence.calls).max(1.0);
                let unit = (of_all(&evidence.tempered) / calls).max(f64::MIN_POSITIVE);
                let took = evidence.last(series.end() - width);
                (
                    (of_all(&series.past) / calls).max(f64::MIN_POSITIVE),
                    [
                        Some(look(&evidence.tempered, took.tempered, unit, Some(&evidence.temper))),
                        Some(look(&evidence.calls, took.calls, 1.0, None)),
                    ],
                )
            }
        };
        let mut all = look(&series.past, value, unit, None);
        let mut threshold = factor * all.usual().mean;
        if value > 0.75 * threshold {
            let looks = sides.iter_mut().flatten().chain([&mut all]);
            looks.zip(&mut self.changes).for_each(|(look, change)| look.measure_change(change));
            threshold = factor * all.usual().mean;
        }
        if value <= 0.75 * threshold {
            return Some(Verdict { threshold, anomalous: false, over: true });
        }
        let took =
            series.evidence.as_ref().map(|evidence| (&evidence.temper, evidence.last(series.end() - width)));
        let took = took.filter(|_| value > threshold);
        let (mut dearer, mut together) = (false, false);
        if let (Some((temper, took)), [_, Some(calls)]) = (&took, &sides)
            && calls.came >= FEWEST_DEARER
        {
            let grain = calls.noise(&mut self.noise[1]).grain;
            together = temper.dearness_together(took, grain) > DEARER_TOGETHER;
            dearer = together || temper.dearness_ln(took) < CHANCE_LN;
        }
        let rares = took.is_some_and(|(temper, took)| temper.rares_ln(&took, FEWEST_DEARER) < CHANCE_LN);
        let dears = took.is_some_and(|(temper, took)| temper.dears_ln(&took, FEWEST_DEARER) < CHANCE_LN);
        let (most, alone) = users
            .filter(|_| value > threshold)
            .map_or((0.0, 0.0), |users| users.most_ln(series.end() - width));
        let alone = alone < CHANCE_LN && most >= FEW;
        // the last side is of calls
        let calls = sides.iter().flatten().next_back();
        let several = calls.is_some_and(|look| look.came >= FEW);
        let mut anomalous = false;
        let mut habit = true;
        for (side, (look, noise)) in sides.iter().zip(&mut self.noise).enumerate() {
            let Some(look) = look else { continue };
            let came = look.came;
            let mean = look.usual();
            let enough = value > threshold && came - mean.mean > FEW * look.unit;
            // the noise takes long to measure, and is asked for where it matters
            let grain = if enough { look.together(look.noise(noise)) } else { look.unit };
            let many = came > look.habit(mean.mean, grain);
            // a habit of calls is none of what each takes; where it begins, rows that tell one call become rows that tell many, and only what they
            // took together compares, and that they are of a model that none was of
            let dear = enough
                && look.temper.is_some()
                && (dears || (dearer && came > SUDDEN * mean.mean * look.level()))
                && (many
                    || ((together || rares)
                        && calls.is_some_and(|calls| came > look.habit_of_as_many(mean.mean, grain, calls))));
            habit &= !many && !dear;
            let chance = many && enough && several;
            let own = lived(look.past, &self.told, end, known);
            anomalous |= (dear
                || (chance
                    && (look.beyond_chance(mean, noise, alone)
                        || (came > factor * mean.mean && look.goes_on(noise)))))
                && !spells.is_ordinary(side, own, width, came);
        }
        Some(Verdict { threshold, anomalous, over: habit })
    }
}

// === impl Look ===

impl Look<'_> {
    /// What was measured lately, or is now.
    fn noise<'a>(&self, noise: &'a mut Option<(Noise, Minute)>) -> &'a Noise {
        if noise.as_ref().is_some_and(|(_, until)| self.end >= *until) {
            *noise = None;
        }
        let measure = || {
            let sizes = self.temper.map_or_else(Vec::new, Temper::sizes);
            (Noise::fit(&self.blocks(), self.unit, sizes), self.end + MEASURED)
        };
        &noise.get_or_insert_with(measure).0
    }

    fn measure_change(&mut self, change: &mut Option<(Option<Change>, Minute)>) {
        if change.is_none_or(|(_, until)| self.end >= until) {
            *change = Some((self.find_change(), self.end + MEASURED));
        }
        self.change = change.and_then(|(change, _)| change);
    }

    /// How many come together; of what calls took, how much they differ is no number.
    fn together(&self, noise: &Noise) -> f64 {
        if self.temper.is_some() { self.unit } else { noise.grain }
    }

    /// `alone`: one user makes more calls than any does, however many all make.
    fn beyond_chance(&self, usual: Mean, noise: &mut Option<(Noise, Minute)>, alone: bool) -> bool {
        let noise = self.noise(noise);
        // a batch may begin in one block and end in the next
        let own = if usual.mean <= FEW * self.unit {
            self.came - usual.mean <= noise.outbursts
        } else {
            self.came <= noise.surges * usual.mean
        };
        let own = own || self.came - usual.mean <= noise.daily;
        !own && (alone || self.is_odd(usual, noise))
    }

    /// What chance explains of ten minutes, it may not of half an hour.
    fn goes_on(&self, noise: &mut Option<(Noise, Minute)>) -> bool {
        let width = LONGER * self.width;
        if width > LONGEST {
            return false;
        }
        let noise = self.noise(noise);
        let came = self.came + self.past.between(self.end - width, self.end - self.width);
        let look = Self { came, width, ..*self };
        let usual = look.usual();
        let outbursts = usual.mean + LONGER as f64 * noise.outbursts.max(noise.daily);
        let own = outbursts.max(noise.surges * usual.mean).max(look.habit(usual.mean, look.unit));
        came > own && look.is_odd(usual, noise)
    }

    fn is_odd(&self, usual: Mean, noise: &Noise) -> bool {
        let mean = usual.mean * self.level().max(1.0);
        let unsure = noise.wander / usual.days + noise.grain / (usual.seen + 0.5 * noise.grain);
        self.came >= SUDDEN * mean
            && noise.tail_ln(self.came, mean, unsure) < CHANCE_LN
            && noise.sessions.is_none_or(|sessions| sessions.tail_ln(self.came, mean) < CHANCE_LN)
    }
}

/// What came just now is no past yet.
fn lived<'a>(past: &'a History, told: &'a [(Minute, Minute)], end: Minute, days: i64) -> Lived<'a> {
    Lived { past, end, until: end - JUST_NOW, days, told }
}
