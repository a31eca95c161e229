//! What comes together now and then: a person who lets an agent work on two days of a week. To the fit of the noise all of it looks like incidents,
//! for it takes a few blocks of a hundred; and each would be told.
//!
//! An incident comes once. What comes on several days, at other times on each, is the group's own: how often it does, and by what part sizes fall
//! off, is learned from it. Where it comes at the same time of day it is a job, which habits know.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use std::collections::{BTreeMap, BTreeSet};

use crate::block::{Block, days_of};

/// On one day of so many, and on two at least.
const DAYS: usize = 5;
const FEWEST_DAYS: usize = 2;
/// And where more of them are needed, for what came then was told as an anomaly, on one of so many.
const DAYS_TOLD: usize = 3;
/// Parts of a day to each side that are the same time of it, and another.
const SAME_TIME: usize = 48;
const OTHER_TIME: usize = 12;
/// Where hardly anything comes there are so many of what there are on average.
const SELDOM: f64 = 0.05;
/// How fast sizes fall off is not known exactly.
const UNSURE: f64 = 1.3;
/// What is more than so many times the largest is news.
const NEWS: f64 = 2.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sessions {
    /// How many blocks have one, of so much as is to be expected of a block on average.
    some: f64,
    average: f64,
    /// The least that is one, and the most that one was.
    least: f64,
    most: f64,
    /// What is larger by so much is e times as rare.
    falls: f64,
    /// Where so much is to be expected one hardly shows.
    busy: f64,
}

// === impl Sessions ===

impl Sessions {
    /// `odd`: the blocks in which more came than is chance; none of those of which more than `busy` was to be expected.
    pub fn of(all: &[Block], odd: &[&Block], busy: f64) -> Option<Self> {
        let job = jobs(all, odd);
        let odd: Vec<&&Block> =
            odd.iter().filter(|block| block.expected <= busy && !job(block.time)).collect();
        let days: BTreeSet<usize> = odd.iter().map(|block| block.day).collect();
        let known = days_of(all);
        // some of what was told was an incident's: short ones on three days of two weeks are no sessions
        let told: BTreeSet<usize> = odd.iter().filter(|block| block.told).map(|block| block.day).collect();
        let comes_on = |days: usize, one_of: usize| days >= known.div_ceil(one_of).max(FEWEST_DAYS);
        if !comes_on(days.len() - told.len(), DAYS) && !comes_on(days.len(), DAYS_TOLD) {
            return None;
        }
        // what is news beside all other days was an incident's
        let of_day = |day: &usize| {
            let day = *day;
            odd.iter().filter(move |block| block.day == day).map(|block| block.came - block.expected)
        };
        let mut largest: Vec<(f64, usize)> =
            days.iter().map(|day| (of_day(day).fold(0.0, f64::max), *day)).collect();
        largest.sort_by(|one, other| other.0.total_cmp(&one.0));
        let once = largest.windows(2).next().filter(|two| two[0].0 > NEWS * two[1].0).map(|two| two[0].1);
        let mut sizes: Vec<f64> = days.iter().filter(|day| Some(**day) != once).flat_map(of_day).collect();
        sizes.sort_by(f64::total_cmp);
        let (least, most) = (*sizes.first()?, *sizes.last()?);
        // of geometric sizes half are above the least by so much, and a quarter by twice that
        let falls = |part: f64| {
            let at = (sizes.len() as f64 * (1.0 - part)) as usize;
            sizes.get(at).map_or(0.0, |size| (size - least) / -part.ln())
        };
        let falls = UNSURE * falls(0.5).max(falls(0.25)).max(least / 2.0);
        let blocks = all.len() as f64;
        let average = all.iter().map(|block| block.expected).sum::<f64>() / blocks;
        Some(Self { some: odd.len() as f64 / blocks, average, least, most, falls, busy })
    }

    /// ln of the probability that so much more than a mean comes by one: more of them where more comes.
    pub fn tail_ln(&self, came: f64, mean: f64) -> f64 {
        let more = came - mean;
        if mean > self.busy || more > NEWS * self.most {
            return f64::NEG_INFINITY;
        }
        let here = (mean / self.average).max(SELDOM);
        (self.some * here).min(1.0).ln() - ((more - self.least) / self.falls).max(0.0)
    }
}

/// Whether a time of day is a job's: most of the days that have something odd have it within half an hour, and far fewer two hours earlier or
/// later.
pub(crate) fn jobs(all: &[Block], odd: &[&Block]) -> impl Fn(usize) -> bool + use<> {
    let times = all.iter().map(|block| block.time + 1).max().unwrap_or(0);
    let (beside, other) = ((times / SAME_TIME).max(1), (times / OTHER_TIME).max(2));
    let mut on: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    // what goes over midnight is of the day it began on
    let (mut day, mut until) = (0, 0);
    for block in odd {
        let at = block.day * times + block.time;
        if at > until {
            day = block.day;
        }
        until = at + beside;
        on.entry(day).or_default().push(at - day * times);
    }
    let days = move |time: usize| {
        let near = |at: &usize| at.abs_diff(time) <= beside || at.abs_diff(time + times) <= beside;
        let same = |of_day: &&Vec<usize>| of_day.iter().any(near);
        (on.values().filter(same).count(), on.len())
    };
    move |time| {
        let (here, all) = days(time);
        let earlier = time.checked_sub(other).map_or(0, |time| days(time).0);
        let elsewhere = earlier.max(days(time + other).0);
        here > 1 && here * 2 > all && here >= 2 * elsewhere
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::CHANCE_LN;

    /// Two weeks of blocks of ten minutes in which hardly anything comes, but what is told: of a day, at a time of it, so much.
    fn of(odd: &[(usize, usize, f64)]) -> Option<Sessions> {
        of_told(odd, |_| false)
    }

    fn of_told(odd: &[(usize, usize, f64)], told: impl Fn(usize) -> bool) -> Option<Sessions> {
        let came = |day, time| {
            odd.iter().find(|(on, at, _)| (*on, *at) == (day, time)).map_or(0.5, |(.., came)| *came)
        };
        let all: Vec<Block> = (0..14 * 144)
            .map(|number| (number / 144, number % 144))
            .map(|(day, time)| Block {
                came: came(day, time),
                expected: 0.5,
                day,
                time,
                near: false,
                told: told(day),
            })
            .collect();
        let odd: Vec<&Block> = all.iter().filter(|block| block.came > 0.5).collect();
        Sessions::of(&all, &odd, 20.0)
    }

    #[test]
    fn what_came_on_one_day_alone_is_no_session_however_many_smaller_ones_there_are() {
        let sessions =
            of(&[(1, 60, 13.0), (4, 90, 14.0), (9, 30, 15.0), (7, 100, 134.0), (7, 101, 110.0)]).unwrap();
        assert!(
            sessions.tail_ln(50.0, 0.5) < CHANCE_LN && sessions.tail_ln(16.0, 0.5) > CHANCE_LN,
            "{sessions:?}"
        );
    }

    #[test]
    fn a_weeks_job_that_goes_over_midnight_is_no_session() {
        let job = [(2, 143, 26.0), (3, 0, 28.0), (3, 1, 37.0), (9, 143, 22.0), (10, 0, 25.0), (10, 1, 36.0)];
        assert_eq!(of(&job), None);
    }

    #[test]
    fn short_incidents_that_were_told_on_three_days_of_two_weeks_are_no_sessions() {
        let odd =
            [(2, 46, 63.0), (2, 47, 75.0), (5, 118, 32.0), (10, 26, 40.0), (10, 27, 51.0), (13, 141, 66.0)];
        assert_eq!(of_told(&odd, |day| day != 5), None);
        assert!(of_told(&odd, |day| day == 2).is_some());
    }

    #[test]
    fn what_comes_on_several_days_is_nothing_new() {
        let sessions = of(&[(1, 60, 100.0), (4, 90, 134.0), (9, 30, 120.0), (7, 100, 80.0)]).unwrap();
        assert!(sessions.tail_ln(134.0, 0.5) > CHANCE_LN, "{sessions:?}");
    }
}
