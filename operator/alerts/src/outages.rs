//! Minutes of which nothing is known: no group at all has a row where some always come. What counts was away, or the database was, not the calls; to take them
//! for minutes without calls makes the next days like them anomalies, and hides their incidents.
//!
//! A small shop has quiet hours and empty weekends of its own. So a silence is only an outage if it is beyond chance beside the same time of other days: of
//! those of its kind (working day or weekend), and of the same day of other weeks, whichever is quieter. Of a weekend beside which no other is known it is asked
//! whether the week has any hour like it: who never sleeps does not sleep two days.

#![expect(clippy::float_arithmetic, reason = "statistics, not money")]

use std::ops::Range;

use crate::{
    clock::is_weekend,
    history::{BIN, DAY, HOUR, History},
    window::Minute,
};

/// Of a shorter silence nobody asks.
const SHORTEST: usize = 6;
/// A silence that is less likely is none of the groups' own: there are a few hundred a month, and days know of each other.
const SILENT_LN: f64 = -20.0;
/// What came just now says nothing about other days: an incident on a weekend that was always empty is no proof that calls always came.
const JUST_NOW: Minute = 180;
/// What was an outage says nothing about other days either, so all are asked again.
const ROUNDS: usize = 2;
/// How often it is asked anew.
const LEARNED: Minute = 60;
/// Of a day, and of an hour.
const BINS: i64 = DAY / BIN;
const BINS_OF_HOUR: i64 = HOUR / BIN;

#[derive(Debug)]
pub(crate) struct Outages {
    /// In how many minutes any group had something.
    rows: History,
    days: usize,
    first: Option<Minute>,
    last: Minute,
    found: Vec<(Minute, Minute)>,
    until: Minute,
}

/// Of some days, how many there are, and how many of them were silent at a time.
#[derive(Clone, Copy, Debug, Default)]
struct Others {
    days: f64,
    silent: f64,
}

/// Five minutes after another: whether anything came.
struct Bins {
    first: i64,
    came: Vec<bool>,
    /// From one until before another: they say nothing about other days.
    out: Vec<(i64, i64)>,
    /// Of working days and of weekends, the hour in which least comes.
    quietest: [Others; 2],
}

// === impl Outages ===

impl Outages {
    /// `days` of the past.
    pub(crate) fn new(days: usize) -> Self {
        let rows = History::new(0, days, BIN);
        Self { rows, days, first: None, last: 0, found: Vec::new(), until: Minute::MIN }
    }

    /// Some group had something in a minute, or in as many as are told as one; on the window's clock, in order.
    pub(crate) fn saw(&mut self, minute: Minute, minutes: i64) {
        if self.first.is_none() {
            self.first = Some(minute);
            self.rows = History::new(minute, self.days, BIN);
        }
        self.rows.spread(minute, minutes, minutes as f64);
        if minute - self.last >= SHORTEST as i64 * BIN {
            self.until = Minute::MIN;
        }
        self.last = self.last.max(minute);
    }

    /// Something of a minute came late.
    pub(crate) fn saw_late(&mut self, minute: Minute) {
        if self.first.is_some_and(|first| minute >= first) {
            // only in what was silent does it change what is an outage
            let bin = minute.div_euclid(BIN) * BIN;
            if self.rows.between(bin, bin + BIN) == 0.0 {
                self.until = Minute::MIN;
            }
            self.rows.add(minute, 1.0);
        }
    }

    /// The outages before a minute, in order.
    pub(crate) fn before(&mut self, end: Minute) -> &[(Minute, Minute)] {
        if end >= self.until {
            self.until = end + LEARNED;
            self.found = self.find(end);
        }
        &self.found
    }

    fn find(&self, end: Minute) -> Vec<(Minute, Minute)> {
        let Some(first) = self.first else { return Vec::new() };
        let kept = (end.div_euclid(DAY) + 1 - self.days as i64) * DAY;
        let mut bins = Bins::of(&self.rows, first.max(kept), end);
        let silences = bins.silences();
        let mut found = Vec::new();
        for _ in 0..ROUNDS {
            bins.leave_out(&found);
            let is_outage = |(from, until): &(i64, i64)| bins.chance_ln(*from, *until) < SILENT_LN;
            found = silences.iter().copied().filter(is_outage).collect();
        }
        found.into_iter().map(|(from, until)| (from * BIN, until * BIN)).collect()
    }
}

// === impl Bins ===

impl Bins {
    fn of(rows: &History, first: Minute, end: Minute) -> Self {
        let first = first.div_euclid(BIN) + 1;
        let bins = first..end.div_euclid(BIN);
        let came = bins.map(|bin| rows.between(bin * BIN, (bin + 1) * BIN) > 0.0).collect();
        Self { first, came, out: Vec::new(), quietest: Default::default() }
    }

    fn leave_out(&mut self, outages: &[(i64, i64)]) {
        self.out = outages.to_vec();
        self.quietest = [false, true].map(|weekend| self.quietest_hour(weekend));
    }

    /// Those that say something about other days.
    fn told(&self) -> Range<i64> {
        let end = self.first + self.came.len() as i64;
        self.first..end - JUST_NOW / BIN
    }

    fn came(&self, bin: i64) -> bool {
        self.came[(bin - self.first) as usize]
    }

    fn is_out(&self, bin: i64) -> bool {
        self.out.iter().any(|(from, until)| (*from..*until).contains(&bin))
    }

    /// From one bin until before another.
    fn silences(&self) -> Vec<(i64, i64)> {
        let mut silences = Vec::new();
        let mut at = self.first;
        for of in self.came.chunk_by(|one, other| one == other) {
            let until = at + of.len() as i64;
            if !of[0] && of.len() >= SHORTEST {
                silences.push((at, until));
            }
            at = until;
        }
        silences
    }

    /// ln of the probability that nothing comes for so long.
    fn chance_ln(&self, from: i64, until: i64) -> f64 {
        let told = self.told();
        let mut ln = 0.0;
        for bin in from..until {
            let weekend = is_weekend(bin * BIN);
            let (mut alike, mut of_weeks) = (Others::default(), Others::default());
            let first = told.start + (bin - told.start).rem_euclid(BINS);
            let others = (first..told.end).step_by(BINS as usize);
            for other in others.filter(|other| !(from..until).contains(other) && !self.is_out(*other)) {
                let silent = !self.came(other);
                if is_weekend(other * BIN) == weekend {
                    alike.saw(silent);
                }
                if (other - bin) % (7 * BINS) == 0 {
                    of_weeks.saw(silent);
                }
            }
            if alike.days == 0.0 {
                alike = self.quietest[usize::from(!weekend)];
            }
            ln += match of_weeks.days > 0.0 {
                true => alike.silence_ln().max(of_weeks.silence_ln()),
                false => alike.silence_ln(),
            };
            if ln < SILENT_LN {
                break;
            }
        }
        ln
    }

    fn quietest_hour(&self, weekend: bool) -> Others {
        let mut hours = [Others::default(); 24];
        for bin in self.told().filter(|bin| is_weekend(bin * BIN) == weekend && !self.is_out(*bin)) {
            hours[(bin.rem_euclid(BINS) / BINS_OF_HOUR) as usize].saw(!self.came(bin));
        }
        let of_days = |hour: Others| Others {
            days: hour.days / BINS_OF_HOUR as f64,
            silent: hour.silent / BINS_OF_HOUR as f64,
        };
        let quietest = hours.into_iter().max_by(|one, other| one.share().total_cmp(&other.share()));
        quietest.map(of_days).unwrap_or_default()
    }
}

// === impl Others ===

impl Others {
    fn saw(&mut self, silent: bool) {
        self.days += 1.0;
        self.silent += f64::from(u8::from(silent));
    }

    fn share(&self) -> f64 {
        self.silent / self.days.max(1.0)
    }

    /// ln of the probability that one more is silent, which is no chance if all are.
    fn silence_ln(&self) -> f64 {
        ((self.silent + 0.5) / (self.days + 0.5)).ln()
    }
}
