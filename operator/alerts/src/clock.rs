//! Whose clocks a group goes by, told from its own calls: when weekends begin for those who call, and whether their summer began.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use crate::{
    history::{DAY, History},
    spans::is_known,
    window::{self, Minute, ZONES},
};

/// Hours ahead of UTC that a weekend may have.
const AHEAD: [i64; 10] = [1, -3, 3, -5, 5, -7, 7, 9, -9, 11];
/// How much less than before must be unexplained by a clock to believe it.
const CLEARLY: f64 = 0.92;
/// Of a change of clocks, in hours' logarithms of likelihood: that one was not made, and that one was. Hours know of each other, and who has no
/// hours of its own is as likely an hour earlier.
const CLEARLY_UNMOVED: f64 = 10.0;
const CLEARLY_MOVED: f64 = 30.0;
/// An hour that is farther off counts as that far, a square of logarithms: a job says no more than an office's first hour.
const FAR: f64 = 1.0;
/// So many hours after a change it shows who took part in it.
const SEEN: i32 = 10;
const HOUR: i64 = 60;

#[derive(Debug, Default)]
pub struct Clock {
    /// So many minutes weekends begin before UTC's, about.
    ahead: i64,
    /// For each day back: by how many minutes clocks were moved forward since.
    moved: Vec<i64>,
    /// The zones whose changes explain nothing that comes at another hour.
    refuted: [bool; ZONES],
}

// === impl Clock ===

impl Clock {
    /// `outages`: minutes of which nothing is known.
    pub fn of(past: &History, end: Minute, known: i64, outages: &[(Minute, Minute)]) -> Self {
        let mut clock = Self { ahead: ahead(past, end, known, outages), ..Self::default() };
        let since = |day: i64| window::clocks_moved(end - day * DAY, end);
        for zone in 0..ZONES {
            let moved: Vec<i64> = (0..=known).map(|day| since(day)[zone]).collect();
            if moved.iter().all(|minutes| *minutes == 0) {
                continue;
            }
            // a job may go by another clock than the rest: what comes each day shows on the first that is like today, of a week's within one
            let after = |day: usize| moved.get(day) == Some(&0);
            let alike = (1..=known).find(|day| clock.rests(end - 1 - day * DAY) == clock.rests(end - 1));
            let settled = alike.is_some_and(|day| after(day as usize));
            clock.refuted[zone] = after(7);
            match clock.takes_part(past, end, &moved, outages) {
                Some(true) => {
                    let refuted = [settled; ZONES];
                    return Self { moved, refuted, ..clock };
                }
                Some(false) => clock.refuted[zone] = settled,
                None => {}
            }
        }
        clock
    }

    /// It is a weekend's minute.
    pub fn rests(&self, minute: Minute) -> bool {
        is_weekend(minute + self.ahead)
    }

    /// How many minutes ago it was the same time, so many days back.
    pub fn ago(&self, day: i64) -> Minute {
        day * DAY - self.moved(day)
    }

    pub fn moved(&self, day: i64) -> Minute {
        self.moved.get(day as usize).copied().unwrap_or(0)
    }

    /// By how many minutes its clocks may have been changed between two minutes, where that is not known.
    pub fn unsure(&self, before: Minute, after: Minute) -> Minute {
        let moved = window::clocks_moved(before, after).into_iter().zip(self.refuted);
        moved.filter(|(_, refuted)| !refuted).map(|(minutes, _)| minutes.abs()).max().unwrap_or(0)
    }

    /// The same of what comes each week: what came last week has told nothing of the week before.
    pub fn unsure_of_week(&self, day: i64, end: Minute) -> Minute {
        let before = window::clocks_moved(end - day * DAY, end - 7 * DAY).map(i64::abs);
        before.into_iter().max().unwrap_or(0).max(self.unsure(end - day * DAY, end))
    }

    /// The same of what comes on that day of a week alone: other days have told nothing of it.
    pub fn unsure_of_weeks_own(day: i64, end: Minute) -> Minute {
        window::clocks_moved(end - day * DAY, end).map(i64::abs).into_iter().max().unwrap_or(0)
    }

    /// So many minutes earlier, and so many later, what came some days ago may come: clocks that may have been moved were moved one way, and what is believed to have
    /// moved may not have.
    pub fn either_way(&self, day: i64, end: Minute, by: Minute) -> (Minute, Minute) {
        let forward = window::clocks_moved(end - day * DAY, end).into_iter().any(|minutes| minutes > 0);
        if forward == (self.moved(day) == 0) { (0, by) } else { (by, 0) }
    }

    /// Whether a group's hours moved with a zone's clocks; nothing where it does not show.
    fn takes_part(
        &self,
        past: &History,
        end: Minute,
        moved: &[i64],
        outages: &[(Minute, Minute)],
    ) -> Option<bool> {
        let by = *moved.last()?;
        let hour = |at: Minute| past.between(at, at + HOUR).ln_1p();
        // of what was before that nothing is known: it is not that nothing came
        let known = end - (moved.len() as i64 - 1) * DAY;
        let before = |at: Minute, by: i64| {
            let days = (1..moved.len() as i64).map(|day| (moved[day as usize], at - day * DAY));
            let days = days.filter(|(moved, at)| *moved != 0 && *at >= known && *at + HOUR + by <= end);
            let days = days.filter(|(_, then)| self.rests(*then) == self.rests(at));
            let days = days.filter(|(_, then)| is_known(outages, then + by, then + by + HOUR));
            let came: Vec<f64> = days.map(|(_, then)| hour(then + by)).collect();
            (!came.is_empty()).then(|| came.iter().sum::<f64>() / came.len() as f64)
        };
        let changed = moved.iter().position(|minutes| *minutes != 0)? as i64;
        let (mut same, mut other, mut seen) = (0.0, 0.0, 0);
        // those hours that are surely after the change
        let hours = (1..).map(|hour| end - hour * HOUR).take_while(|at| *at >= end - (changed - 1) * DAY);
        for at in hours.filter(|at| is_known(outages, *at, at + HOUR)) {
            if let (Some(as_before), Some(as_moved)) = (before(at, 0), before(at, by)) {
                same += (hour(at) - as_before).powi(2).min(FAR);
                other += (hour(at) - as_moved).powi(2).min(FAR);
                seen += 1;
            }
        }
        let clearly = |enough: f64| (-enough / f64::from(seen.max(1))).exp();
        match seen >= SEEN {
            true if other < clearly(CLEARLY_MOVED) * same => Some(true),
            true if same < clearly(CLEARLY_UNMOVED) * other => Some(false),
            _ => None,
        }
    }
}

/// The one that explains the last weeks best; UTC's, unless another does clearly better.
fn ahead(past: &History, end: Minute, known: i64, outages: &[(Minute, Minute)]) -> Minute {
    if known < 14 {
        return 0;
    }
    let last = end.div_euclid(DAY);
    let hours: Vec<(Minute, f64)> = ((last - known / 7 * 7) * 24..last * 24)
        .map(|hour| hour * HOUR)
        .filter(|hour| is_known(outages, *hour, hour + HOUR))
        .map(|hour| (hour, past.between(hour, hour + HOUR).ln_1p()))
        .collect();
    let unexplained = |ahead: i64| {
        let mut kinds = [[(0.0, 0.0, 0.0); 24]; 2];
        for (minute, came) in &hours {
            let hour = (minute.rem_euclid(DAY) / HOUR) as usize;
            let of = &mut kinds[usize::from(is_weekend(minute + ahead * HOUR))][hour];
            *of = (of.0 + 1.0, of.1 + came, of.2 + came * came);
        }
        let spread = |(count, sum, squares): &(f64, f64, f64)| squares - sum * sum / f64::max(*count, 1.0);
        kinds.iter().flatten().map(spread).sum::<f64>()
    };
    let mut best = (CLEARLY * unexplained(0), 0);
    for ahead in AHEAD {
        let off = unexplained(ahead);
        if off < best.0 {
            best = (off, ahead);
        }
    }
    best.1 * HOUR
}

pub(crate) fn is_weekend(minute: Minute) -> bool {
    // 1970 began on a Thursday
    (minute.div_euclid(DAY) + 3).rem_euclid(7) >= 5
}

#[cfg(test)]
mod tests {
    use super::{Clock, DAY, HOUR};
    use crate::history::{BIN, History};

    /// America's clocks are changed at 7:00 of that day.
    const AMERICA: i64 = 20_520 * DAY + 420;

    /// A number from a fixed sequence, between -1 and 1.
    fn sway(at: i64) -> f64 {
        let mixed = (at as u64).wrapping_add(3).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    /// Hours before and after, of so many calls each as a function says.
    fn past(calls: impl Fn(i64) -> f64) -> History {
        let first = AMERICA - 7 * DAY;
        let mut past = History::new(first, 16, BIN);
        (first..AMERICA + 4 * DAY).for_each(|minute| past.add(minute, calls(minute)));
        past
    }

    #[test]
    fn who_has_no_hours_of_its_own_is_not_believed_to_have_moved() {
        let moved = (0..60).filter(|sequence| {
            // what is much stays much for hours
            let level = |minute: i64| {
                let hour = minute.div_euclid(HOUR);
                (0..4).map(|ago| sway(sequence * 100_000 + hour - ago)).sum::<f64>()
            };
            let past = past(|minute| 50.0 * (0.3 * level(minute)).exp());
            Clock::of(&past, AMERICA + 4 * DAY, 10, &[]).moved(10) != 0
        });
        assert_eq!(moved.count(), 0);
    }

    #[test]
    fn whose_office_opens_by_clocks_on_the_wall_has_moved() {
        let past = past(|minute| {
            let local = minute + if minute >= AMERICA { 60 } else { 0 };
            if (840..1300).contains(&(local % DAY)) { 50.0 } else { 5.0 }
        });
        assert_eq!(Clock::of(&past, AMERICA + 4 * DAY, 10, &[]).moved(10), 60);
    }
}
