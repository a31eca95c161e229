//! How often a part is made anew. The current hour is marked all the time: it gets a turn every few seconds, and the more a
//! turn costs the fewer it gets, so that the rollup never takes more than a tenth of a core for one part.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use super::Part;

/// Parts that were made lately, and when each may be made again.
#[derive(Debug, Default)]
pub struct Pace {
    rest_until: BTreeMap<Part, Instant>,
}

const HOUR_RESTS: Duration = Duration::from_secs(5);
/// Who used what today may lag a little: a day costs up to 24 times what an hour does.
const DAY_RESTS: Duration = Duration::from_secs(60);
const REST_FOR_WORK: u32 = 10;
const AFTER_FAILURE: Duration = Duration::from_secs(60);
/// Soon enough to be seen, and no busy loop while a writer holds its marks.
const AFTER_BUSY: Duration = Duration::from_secs(1);

// === impl Pace ===

impl Pace {
    /// Those of the marked parts whose turn it is, in the order in which they came. What is marked no longer is forgotten once
    /// its rest is over.
    pub fn due(&mut self, marked: Vec<Part>, now: Instant) -> Vec<Part> {
        self.rest_until.retain(|_, until| *until > now);
        marked.into_iter().filter(|part| !self.rest_until.contains_key(part)).collect()
    }

    /// The part was made, which took so long.
    pub fn done(&mut self, part: Part, took: Duration, now: Instant) {
        let least = match part {
            Part::Hour { .. } => HOUR_RESTS,
            Part::Day { .. } | Part::Week { .. } => DAY_RESTS,
        };
        self.rest(part, least.max(took.saturating_mul(REST_FOR_WORK)), now);
    }

    pub fn busy(&mut self, part: Part, now: Instant) {
        self.rest(part, AFTER_BUSY, now);
    }

    pub fn failed(&mut self, part: Part, now: Instant) {
        self.rest(part, AFTER_FAILURE, now);
    }

    fn rest(&mut self, part: Part, rest: Duration, now: Instant) {
        self.rest_until.insert(part, now + rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(hour: i64) -> Part {
        Part::Hour { cluster: "c".to_owned(), hour: jiff::Timestamp::from_second(hour * 3600).unwrap() }
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_part_has_its_turn_again_after_a_rest_of_five_seconds() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        pace.done(hour(1), seconds(0), start);
        assert_eq!(pace.due(vec![hour(1), hour(0)], start + seconds(4)), [hour(0)]);
        assert_eq!(pace.due(vec![hour(1), hour(0)], start + seconds(5)), [hour(1), hour(0)]);
    }

    #[test]
    fn a_part_that_takes_long_rests_ten_times_as_long() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        pace.done(hour(1), seconds(3), start);
        assert_eq!(pace.due(vec![hour(1)], start + seconds(29)), []);
        assert_eq!(pace.due(vec![hour(1)], start + seconds(30)), [hour(1)]);
    }

    #[test]
    fn a_part_that_fails_rests_a_minute_and_keeps_no_other_from_its_turn() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        pace.failed(hour(1), start);
        assert_eq!(pace.due(vec![hour(1), hour(2)], start + seconds(59)), [hour(2)]);
        assert_eq!(pace.due(vec![hour(1)], start + seconds(60)), [hour(1)]);
    }

    #[test]
    fn what_has_rested_is_forgotten() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        for part in 0..1000 {
            pace.done(hour(part), seconds(0), start);
        }
        pace.due(Vec::new(), start + seconds(5));
        assert!(pace.rest_until.is_empty());
    }
}
