//! Whether a value is an anomaly: above `factor` times what that time of day and week usually was, and beyond chance.
//!
//! **Usual** is the mean of that time of day over the baseline's days of the same kind (working day or weekend), without days that stand
//! far out; what that weekday had in each week is usual too. As many minutes around are taken as it needs to know a rate: none
//! where many calls come, two hours to each side where few do.
//!
//! **Beyond chance** is what [`Noise`] says, of the mean that is usual, times how much the last two hours were above theirs.
//! Of costs and tokens, the number of calls must be beyond chance, or what they took together, each within
//! bounds, or all must be dearer ([`crate::temper`]): one dear call is chance, many are not.
//!
//! **Habits** are no anomalies, however far they stand out: what comes at that time (twenty minutes earlier or later, half an hour if it is a
//! job) on most such days, on that weekday each week, or came on each of the last three days. Five minutes are enough where the same comes at
//! those minutes each day: it was never earlier or later. Where clocks on the wall were changed since, an hour is added to both sides until it is known who took part ([`Clock`]).
//!
//! A group that is younger than a week has nothing usual, and no verdict.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use crate::{
    chance::{Block, CHANCE_LN, Noise},
    clock::Clock,
    history::{BIN, DAY, History},
    series::Series,
    temper::Temper,
    window::Minute,
};

const YOUNG_DAYS: i64 = 7;
/// Minutes to each side, and how many calls they must have had for no more to be needed.
const AROUND: [(i64, f64); 5] = [(0, 150.0), (10, 100.0), (30, 40.0), (60, 25.0), (120, 0.0)];
/// So many calls more may have been chance, in what was seen of a time of day.
const MARGIN: f64 = 10.0;
/// So much earlier or later something comes and is the same habit.
const SHIFT: i64 = 20;
const SHIFT_OF_JOBS: i64 = 30;
/// The last hours tell how much there is today, but for those just now.
const LATELY: i64 = 120;
const JUST_NOW: i64 = 20;
/// Of fewer calls nobody is told, however unlikely they are: it is somebody who works late.
const FEW: f64 = 12.0;
/// So far above what the last hours let expect it must be: traffic that is high all day is no news.
const SUDDEN: f64 = 2.0;
/// So many standard deviations calls must be dearer together.
const DEARER_TOGETHER: f64 = 5.0;
/// Of fewer calls it is not said that all are dearer.
const FEWEST_DEARER: f64 = 6.0;
/// What comes at about the same minutes each day is never more than so many times what it is on half of the days.
const PUNCTUAL: f64 = 2.0;
/// So few days alike say little about how large a job is.
const FEW_DAYS: usize = 5;
/// Of fewer days nobody knows whether they are punctual.
const FEW_DAYS_PUNCTUAL: usize = 3;
/// How often the noise is measured anew.
const MEASURED: i64 = 60;
/// Noise is that of so many minutes earlier and later, where there is enough.
const NEAR: i64 = 90;
/// How often it is asked anew whose clocks a group goes by.
const CLOCK: i64 = 360;

#[derive(Debug, Default)]
pub struct Usual {
    /// Of the value, or of what each call took and of how many there were; and until when it holds.
    noise: [Option<(Noise, Minute)>; 2],
    clock: Option<(Clock, Minute)>,
}

#[derive(Clone, Copy, Debug)]
pub struct Verdict {
    /// What the value had to be above.
    pub threshold: f64,
    pub anomalous: bool,
    /// It is well below again.
    pub over: bool,
}

/// What is looked at: the minutes until `end` of a history, and the days before that are like them.
struct Look<'a> {
    past: &'a History,
    /// What the last `width` minutes hold.
    came: f64,
    end: Minute,
    width: i64,
    known: i64,
    clock: &'a Clock,
    alike: &'a [i64],
    /// What a call weighs.
    unit: f64,
    /// Where calls are not alike.
    temper: Option<&'a Temper>,
}

/// The mean of some minutes, and how much was seen to know it.
#[derive(Clone, Copy)]
struct Mean {
    mean: f64,
    seen: f64,
    days: f64,
}

// === impl Usual ===

impl Usual {
    /// Judges the last `width` minutes of a series; nothing where nothing is usual yet. `end` is the minute after, on the clock of the
    /// series' window.
    pub fn judge(
        &mut self,
        series: &Series,
        end: Minute,
        width: i64,
        days: i64,
        factor: f64,
    ) -> Option<Verdict> {
        let known = ((series.end() - series.first - width - LATELY) / DAY).min(days);
        if known < YOUNG_DAYS {
            return None;
        }
        let value = series.value().as_f64();
        let counted = series.evidence.as_ref().map_or(&series.past, |evidence| &evidence.calls);
        if self.clock.as_ref().is_none_or(|(_, until)| end >= *until) {
            self.clock = Some((Clock::of(counted, end, known), end + CLOCK));
        }
        let Some((clock, _)) = &self.clock else { return None };
        let alike = alike(end, known, clock);
        let look = |past, came, unit, temper| Look {
            past,
            came,
            end,
            width,
            known,
            clock,
            alike: &alike,
            unit,
            temper,
        };
        let (unit, sides) = match &series.evidence {
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
        let usual = look(&series.past, value, unit, None).usual().mean;
        let threshold = factor * usual;
        if value <= 0.75 * threshold {
            return Some(Verdict { threshold, anomalous: false, over: true });
        }
        let dearer = match (&series.evidence, &sides) {
            (Some(evidence), [_, Some(calls)]) if value > threshold && calls.came >= FEWEST_DEARER => {
                let took = evidence.last(series.end() - width);
                let together = calls.noise(&mut self.noise[1]).grain;
                evidence.temper.dearness_ln(&took) < CHANCE_LN
                    || evidence.temper.dearness_together(&took, together) > DEARER_TOGETHER
            }
            _ => false,
        };
        // the last side is of calls
        let several = sides.iter().flatten().next_back().is_some_and(|look| look.came >= FEW);
        let mut anomalous = false;
        let mut habit = true;
        for (look, noise) in sides.iter().zip(&mut self.noise) {
            let Some(look) = look else { continue };
            let came = look.came;
            let mean = look.usual();
            if came <= look.habit(mean.mean) {
                continue;
            }
            habit = false;
            let enough = came - mean.mean > FEW * look.unit;
            anomalous |= value > threshold
                && enough
                && ((several && look.beyond_chance(came, mean, noise))
                    || (dearer && look.temper.is_some() && came > SUDDEN * mean.mean * look.level()));
        }
        Some(Verdict { threshold, anomalous, over: habit })
    }
}

// === impl Look ===

impl Look<'_> {
    fn usual(&self) -> Mean {
        let (mut mean, mut span) = (Mean { mean: 0.0, seen: 0.0, days: 1.0 }, self.width);
        // nearer minutes bound what farther ones tell: who opens at nine sleeps at eight
        let mut most = f64::MAX;
        for (around, needed) in AROUND {
            span = self.width + 2 * around;
            let at = |day: &i64| {
                let end = self.end - self.clock.ago(*day);
                self.past.between(end - self.width - around, end + around.min(day * DAY))
            };
            let sums: Vec<f64> = self.alike.iter().map(at).collect();
            mean = typical(&sums, 6.0 * self.unit);
            let seen = mean.seen / self.unit;
            let at_most = (seen + (MARGIN * seen).sqrt() + MARGIN) * self.unit / mean.days;
            most = most.min(at_most * self.width as f64 / span as f64);
            if mean.seen >= needed * self.unit {
                break;
            }
        }
        let share = self.width as f64 / span as f64;
        let least = 0.5 * self.unit / mean.days;
        let exactly = |day: i64| {
            self.past.between(self.end - self.width - self.clock.ago(day), self.end - self.clock.ago(day))
        };
        let each_week = (7..=self.known).step_by(7).map(exactly).fold(f64::MAX, f64::min);
        Mean { mean: (mean.mean.max(least) * share).min(most).max(each_week), ..mean }
    }

    /// How much more or less there is today.
    fn level(&self) -> f64 {
        let (from, until) = (self.end - self.width - JUST_NOW - LATELY, self.end - self.width - JUST_NOW);
        // a Saturday's small hours come after a Friday
        let sums: Vec<f64> = alike(until, self.known, self.clock)
            .into_iter()
            .map(|day| self.clock.ago(day))
            .map(|ago| self.past.between(from - ago, until - ago))
            .collect();
        level(self.past.between(from, until), typical(&sums, 6.0 * self.unit).mean, self.unit)
    }

    /// What comes at about that time as a habit.
    fn habit(&self, usual: f64) -> f64 {
        let peak = |day: i64, shift: i64| {
            (-shift..=shift)
                .step_by(BIN as usize)
                .map(|shift| self.end - self.clock.ago(day) + shift)
                .map(|end| self.past.between(end - self.width, end))
                .fold(0.0, f64::max)
        };
        let stands_out = |peak: f64| peak > 2.5 * usual + 5.0 * self.unit;
        // what came at the same minutes each day does so today; whoever's clocks may have been changed is not punctual
        let sure = self.clock.unsure(self.end - self.known * DAY, self.end) == 0;
        let punctual = sure && self.is_punctual();
        let (shift, shift_of_jobs) = if punctual { (BIN, BIN) } else { (SHIFT, SHIFT_OF_JOBS) };
        let at = |day: i64| self.end - day * DAY;
        let daily = |shift: i64| {
            let peaks =
                self.alike.iter().map(|day| peak(*day, shift + self.clock.unsure(at(*day), self.end)));
            let mut peaks: Vec<f64> = peaks.collect();
            peaks.sort_by(f64::total_cmp);
            peaks
        };
        let middle = |peaks: &[f64]| peaks.get(peaks.len() / 2).copied().unwrap_or(0.0);
        // a job that comes each night is not always as large, but one day may have been an incident's
        let jobs = daily(shift_of_jobs);
        let largest = jobs.len().saturating_sub(if jobs.len() > 3 { 2 } else { 1 });
        let job = jobs.get(largest).copied().filter(|_| stands_out(middle(&jobs)));
        // a job of each day: the others tell how large it is, too, where few days are alike
        let of_all = || {
            let all =
                (1..=self.known).map(|day| peak(day, shift_of_jobs + self.clock.unsure(at(day), self.end)));
            let mut peaks: Vec<f64> = all.collect();
            peaks.sort_by(f64::total_cmp);
            let largest = peaks.get(peaks.len().saturating_sub(2)).copied();
            largest.filter(|_| stands_out(middle(&peaks))).unwrap_or(0.0)
        };
        let daily = match job {
            Some(job) if self.alike.len() < FEW_DAYS => 1.3 * job.max(of_all()),
            Some(job) => 1.3 * job,
            None => 1.3 * middle(&daily(shift)),
        };
        let weekly = |shift: i64| {
            let weeks = (7..=self.known).step_by(7);
            weeks
                .map(|day| peak(day, shift + self.clock.unsure_of_week(day, self.end)))
                .fold(f64::MAX, f64::min)
        };
        // of what came once or twice nobody knows how punctual it is
        let job = Some(weekly(shift_of_jobs)).filter(|peak| stands_out(*peak));
        // what came once says little about how large it is
        let margin = if self.known < 14 { 3.0 } else { 2.0 };
        let weekly = job.map_or_else(|| 1.3 * weekly(shift), |peak| margin * peak);
        // a Saturday's three days before it are working days: of these, what a Saturday has of a working day
        let less = if sure { self.of_other_days(usual) } else { 1.0 };
        let of_today = |day: i64| if self.alike.contains(&day) { 1.0 } else { less };
        let lately = (1..=3).map(|day| of_today(day) * peak(day, shift_of_jobs)).fold(f64::MAX, f64::min);
        daily.max(weekly).max(1.5 * lately)
    }

    /// What comes at these minutes, and within half an hour, does so each day: nothing that is there now and then begins earlier or ends later.
    fn is_punctual(&self) -> bool {
        let same_each_day = |shift: i64| {
            let ends = self.alike.iter().map(|day| self.end - self.clock.ago(*day) + shift);
            let mut sums: Vec<f64> = ends.map(|end| self.past.between(end - self.width, end)).collect();
            sums.sort_by(f64::total_cmp);
            let median = sums.get(sums.len().saturating_sub(1) / 2);
            median.zip(sums.last()).is_some_and(|(median, most)| *most <= PUNCTUAL * median + 6.0 * self.unit)
        };
        // a Saturday's first minutes come after Fridays and after Saturdays
        let rests =
            |shift: i64| [self.end - self.width, self.end - 1].map(|minute| self.clock.rests(minute + shift));
        let today = self.clock.rests(self.end - 1);
        let mut around = (-SHIFT_OF_JOBS..=SHIFT_OF_JOBS).step_by(BIN as usize);
        self.alike.len() >= FEW_DAYS_PUNCTUAL
            && around.all(|shift| (shift != 0 && rests(shift) != [today; 2]) || same_each_day(shift))
    }

    /// How much less comes than on days of the other kind.
    fn of_other_days(&self, usual: f64) -> f64 {
        let others = (1..=self.known).filter(|day| !self.alike.contains(day)).map(|day| self.clock.ago(day));
        let sums: Vec<f64> =
            others.map(|ago| self.past.between(self.end - self.width - ago, self.end - ago)).collect();
        ((usual + self.unit) / (typical(&sums, 6.0 * self.unit).mean + self.unit)).min(1.0)
    }

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

    fn beyond_chance(&self, came: f64, usual: Mean, noise: &mut Option<(Noise, Minute)>) -> bool {
        let noise = self.noise(noise);
        let mean = usual.mean * self.level().max(1.0);
        // a batch may begin in one block and end in the next
        let own = if usual.mean <= FEW * self.unit {
            came - usual.mean <= noise.outbursts
        } else {
            came <= noise.surges * usual.mean
        };
        if came < SUDDEN * mean || own {
            return false;
        }
        let unsure = noise.wander / usual.days + noise.grain / (usual.seen + 0.5 * noise.grain);
        noise.tail_ln(came, mean, unsure) < CHANCE_LN
    }

    /// The baseline in blocks as long as the window, each with what was to be expected of it then.
    fn blocks(&self) -> Vec<Block> {
        let width = self.width.clamp(BIN, DAY) / BIN * BIN;
        let count = (DAY / width) as usize;
        let last = (self.end - JUST_NOW).div_euclid(DAY);
        let days: Vec<i64> = (last - self.known..last).collect();
        let came: Vec<Vec<f64>> = days
            .iter()
            .map(|day| {
                let at = |block: usize| day * DAY + block as i64 * width + self.clock.moved(last - day);
                (0..count).map(|block| self.past.between(at(block), at(block) + width)).collect()
            })
            .collect();
        let profile = [false, true].map(|weekend| self.profile(&days, &came, weekend));
        let weekend = |day: usize, block: usize| self.clock.rests(days[day] * DAY + block as i64 * width);
        let expected = |day: usize, block: usize| profile[usize::from(weekend(day, block))][block];
        let (lately, gap) =
            ((LATELY / width).max(1) as usize, (JUST_NOW + width - 1) as usize / width as usize);
        let (asked, today) = ((self.end - width).rem_euclid(DAY), self.clock.rests(self.end - 1));
        let mut blocks = Vec::with_capacity(days.len() * count);
        for at in lately + gap..days.len() * count {
            let (mut had, mut usual) = (0.0, 0.0);
            for before in at - gap - lately..at - gap {
                had += came[before / count][before % count];
                usual += expected(before / count, before % count);
            }
            let (day, block) = (at / count, at % count);
            let expected = expected(day, block) * level(had, usual, self.unit);
            let away = (block as i64 * width - asked).rem_euclid(DAY);
            let near = weekend(day, block) == today && away.min(DAY - away) <= NEAR;
            blocks.push(Block { came: came[day][block], expected, day, time: block, near });
        }
        blocks
    }

    /// What each block of a working day, or of a weekend's day, usually has.
    fn profile(&self, days: &[i64], came: &[Vec<f64>], weekend: bool) -> Vec<f64> {
        let count = came.first().map_or(0, Vec::len);
        let width = DAY / count.max(1) as i64;
        (0..count)
            .map(|block| {
                let at = |day: &i64| day * DAY + block as i64 * width;
                let alike = days.iter().zip(came).filter(|(day, _)| self.clock.rests(at(day)) == weekend);
                let alike: Vec<&Vec<f64>> = alike.map(|(_, came)| came).collect();
                let mut mean = 0.0;
                for (around, needed) in AROUND {
                    let around = ((around + width - 1) / width) as usize;
                    let span = block.saturating_sub(around)..(block + around + 1).min(count);
                    let blocks = span.len() as f64;
                    let sums: Vec<f64> = alike.iter().map(|day| day[span.clone()].iter().sum()).collect();
                    let found = typical(&sums, 6.0 * self.unit);
                    mean = found.mean / blocks;
                    if found.seen >= needed * self.unit {
                        break;
                    }
                }
                mean
            })
            .collect()
    }
}

fn level(had: f64, usual: f64, unit: f64) -> f64 {
    ((had + 10.0 * unit) / (usual + 10.0 * unit)).clamp(0.5, 2.5)
}

/// The days back that are like the last minute's: working days or weekends; all where too few of them are known.
fn alike(end: Minute, known: i64, clock: &Clock) -> Vec<i64> {
    let today = clock.rests(end - 1);
    let same: Vec<i64> = (1..=known).filter(|day| clock.rests(end - 1 - day * DAY) == today).collect();
    if same.len() < 2 { (1..=known).collect() } else { same }
}

/// The mean of days, without those (a quarter at most) that are far above the median.
fn typical(sums: &[f64], chance: f64) -> Mean {
    let mut sorted = sums.to_vec();
    sorted.sort_by(f64::total_cmp);
    let Some(median) = sorted.get((sorted.len().max(1) - 1) / 2).copied() else {
        return Mean { mean: 0.0, seen: 0.0, days: 1.0 };
    };
    let most = (sorted.len() / 4).max(usize::from(sorted.len() > 1));
    let odd = sorted.iter().rev().take(most).take_while(|sum| **sum > 2.5 * median + chance).count();
    sorted.truncate(sorted.len() - odd);
    let (seen, days) = (sorted.iter().sum::<f64>(), sorted.len() as f64);
    Mean { mean: seen / days, seen, days }
}
