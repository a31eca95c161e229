//! What comes as a habit: at about that time on most such days, on that weekday each week, or on each of the last days.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use super::look::{Look, typical};
use crate::{
    clock::Clock,
    history::{BIN, DAY},
    window::Minute,
};

/// So much earlier or later something comes and is the same habit.
const SHIFT: i64 = 20;
const SHIFT_OF_JOBS: i64 = 30;
/// What comes at about the same minutes each day is never more than so many times what it is on half of the days.
const PUNCTUAL: f64 = 2.0;
/// So many minutes before a job, and after it, there is something with much less.
const BESIDE: [i64; 5] = [45, 60, 75, 90, 120];
const MOST_BESIDE: f64 = 2.0;
/// So few days alike say little about how large a job is.
const FEW_DAYS: usize = 5;
/// Of fewer days nobody knows whether they are punctual.
const FEW_DAYS_PUNCTUAL: usize = 3;

impl Look<'_> {
    /// What comes at about that time as a habit.
    pub(super) fn habit(&self, usual: f64, grain: f64) -> f64 {
        self.habit_of(usual, grain, |from, until| self.between(from, until))
    }

    /// The same of no more calls than came now: that more of them come at about that time does not make them dearer.
    pub(super) fn habit_of_as_many(&self, usual: f64, grain: f64, calls: &Self) -> f64 {
        self.habit_of(usual, grain, |from, until| {
            let then = calls.between(from, until);
            self.between(from, until) * if then > calls.came { calls.came / then } else { 1.0 }
        })
    }

    fn habit_of(&self, usual: f64, grain: f64, took: impl Fn(Minute, Minute) -> f64) -> f64 {
        // by so many minutes to each side, and more of them where clocks may have been moved
        let peak = |day: i64, shift: i64, unsure: i64| {
            let (earlier, later) = self.clock.either_way(day, self.end, unsure);
            (-shift - earlier..=shift + later)
                .step_by(BIN as usize)
                .map(|shift| self.end - self.clock.ago(day) + shift)
                .map(|end| took(end - self.width, end))
                .fold(0.0, f64::max)
        };
        // what came at the same minutes each day does so today; whoever's clocks may have been changed is not punctual
        let sure = self.clock.unsure(self.end - self.known * DAY, self.end) == 0;
        // what comes together is no job: of conversations the largest of an hour stands out, too
        let together = if sure { grain } else { self.unit };
        let stands_out = |peak: f64| peak > 2.5 * usual + 5.0 * together;
        let punctual = sure && self.is_punctual();
        let (shift, shift_of_jobs) = if punctual { (BIN, BIN) } else { (SHIFT, SHIFT_OF_JOBS) };
        let at = |day: i64| self.end - day * DAY;
        let peaks_of = |days: &mut dyn Iterator<Item = i64>, shift: i64| {
            let mut peaks: Vec<f64> =
                days.map(|day| peak(day, shift, self.clock.unsure(at(day), self.end))).collect();
            peaks.sort_by(f64::total_cmp);
            peaks
        };
        let daily = |shift: i64| peaks_of(&mut self.alike.iter().copied(), shift);
        let middle = |peaks: &[f64]| peaks.get(peaks.len() / 2).copied().unwrap_or(0.0);
        // a job that comes each night is not always as large, but one day may have been an incident's
        let jobs = daily(shift_of_jobs);
        let largest = jobs.len().saturating_sub(if jobs.len() > 3 { 2 } else { 1 });
        let is_job =
            |peaks: &[f64]| stands_out(middle(peaks)) && !(sure && self.goes_over_into(middle(peaks), &took));
        let job = jobs.get(largest).copied().filter(|_| is_job(&jobs));
        // an outage says nothing about a habit
        let is_known = |day: &i64| {
            let end = self.end - self.clock.ago(*day);
            self.is_known(end - self.width - shift_of_jobs, end + shift_of_jobs)
        };
        // a job of each day: the others tell how large it is, too, where few days are alike
        let of_all = || {
            let peaks = peaks_of(&mut (1..=self.known).filter(is_known), shift_of_jobs);
            let largest = peaks.get(peaks.len().saturating_sub(2)).copied();
            largest.filter(|_| is_job(&peaks)).unwrap_or(0.0)
        };
        let daily = match job {
            Some(job) if self.alike.len() < FEW_DAYS => 1.3 * job.max(of_all()),
            Some(job) => 1.3 * job,
            None => 1.3 * middle(&daily(shift)),
        };
        let of_weeks = |shift: i64, unsure: &dyn Fn(i64) -> i64| {
            let weeks = (7..=self.known).step_by(7).filter(is_known);
            weeks.map(|day| peak(day, shift, unsure(day))).reduce(f64::min).unwrap_or(0.0)
        };
        let weekly = |shift: i64| of_weeks(shift, &|day| self.clock.unsure_of_week(day, self.end));
        // the group's own clock is known, that of what comes on one day a week is not until it came since
        let otherwise = |day: i64| Clock::unsure_of_weeks_own(day, self.end);
        let own = Some(of_weeks(shift_of_jobs, &otherwise)).filter(|peak| {
            let widest = otherwise(self.known);
            widest > 0 && *peak > PUNCTUAL * middle(&peaks_of(&mut self.alike.iter().copied(), widest))
        });
        // of what came once or twice nobody knows how punctual it is
        let job = Some(weekly(shift_of_jobs)).filter(|peak| stands_out(*peak));
        let job = job.into_iter().chain(own.filter(|peak| stands_out(*peak))).reduce(f64::max);
        // what came once says little about how large it is
        let margin = if self.known < 14 { 3.0 } else { 2.0 };
        let weekly = job.map_or_else(|| 1.3 * weekly(shift), |peak| margin * peak);
        // a Saturday's three days before it are working days: of these, what a Saturday has of a working day
        let less = if sure { self.of_other_days(usual) } else { 1.0 };
        let of_today = |day: i64| if self.alike.contains(&day) { 1.0 } else { less };
        // what changed for good a day ago came on one of the last days only; days before that say nothing of it
        let since = self.change.map(|change| (self.end - change.since) / DAY).filter(|days| *days > 0);
        let last = (1..=since.unwrap_or(self.known)).filter(is_known).take(3);
        let lately =
            last.map(|day| of_today(day) * peak(day, shift_of_jobs, 0)).reduce(f64::min).unwrap_or(0.0);
        daily.max(weekly).max(1.5 * lately)
    }

    /// Before it or after it as much goes on: a morning that begins is no job.
    fn goes_over_into(&self, peak: f64, took: &impl Fn(Minute, Minute) -> f64) -> bool {
        let least = |side: i64| {
            let usual = |apart: &i64| {
                let end = self.end + side * apart;
                let sums: Vec<f64> = self
                    .alike
                    .iter()
                    .map(|day| end - self.clock.ago(*day))
                    .map(|end| took(end - self.width, end))
                    .collect();
                typical(&sums, 6.0 * self.unit).mean
            };
            BESIDE.iter().map(usual).fold(f64::MAX, f64::min)
        };
        peak < MOST_BESIDE * least(-1).max(least(1))
    }

    /// What comes at these minutes, and within half an hour, does so each day: nothing that is there now and then begins earlier or ends later.
    fn is_punctual(&self) -> bool {
        let same_each_day = |shift: i64| {
            let ends = self.alike.iter().map(|day| self.end - self.clock.ago(*day) + shift);
            let mut sums: Vec<f64> = ends.map(|end| self.between(end - self.width, end)).collect();
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
        let ends = others.map(|ago| self.end - ago).filter(|end| self.is_known(end - self.width, *end));
        let sums: Vec<f64> = ends.map(|end| self.between(end - self.width, end)).collect();
        ((usual + self.unit) / (typical(&sums, 6.0 * self.unit).mean + self.unit)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{history::History, usual::look::Change};

    const END: Minute = 14 * DAY + 720;

    /// Forty calls at noon, four hundred since two days ago; of yesterday's noon nothing is known.
    #[test]
    fn days_before_a_change_for_good_are_none_of_the_last_days_though_one_since_is_unknown() {
        let mut past = History::new(0, 15, BIN);
        for day in 0..14 {
            past.add(day * DAY + 715, if day < 12 { 40.0 } else { 400.0 });
        }
        let look = Look {
            past: &past,
            came: 0.0,
            end: END,
            width: 10,
            known: 10,
            clock: &Clock::default(),
            alike: &[2, 3, 4, 5, 6],
            unit: 1.0,
            change: Some(Change { since: END - 2 * DAY - 60, times: 2.0, rate: 0.0 }),
            told: &[],
            outages: &[(END - DAY - 60, END - DAY + 60)],
            temper: None,
        };
        let habit = look.habit(40.0, 1.0);
        assert!(habit >= 1.5 * 400.0, "{habit}");
    }
}
