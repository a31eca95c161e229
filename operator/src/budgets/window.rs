//! Which window it is, for the judge, and since when the ledger's calls count in it.

use jiff::Timestamp;
use tollgate_alerts::window::Window;

/// A window of the judge's. Unix times in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: i64,
    pub end: i64,
    /// Calls since then count against the limit: of a rolling window, those of the whole window until `end`.
    pub counts_from: i64,
}

impl Span {
    /// Whether somebody who said then that calls are to pass again has said it of this window: of a rolling one, of any that a call of
    /// that time counts in.
    pub fn is_of(&self, resumed: Timestamp) -> bool {
        (self.counts_from..self.end).contains(&resumed.as_second())
    }
}

/// A rolling window is a row of steps, each with what the ledger has of the window before it: no call is counted for longer
/// than it is, none is forgotten before its step is over.
const STEPS: i64 = 60;

/// The window that a time is in.
pub fn at(window: &Window, time: Timestamp) -> Span {
    let minute = time.as_second().div_euclid(60);
    match window {
        Window::Rolling { minutes } => {
            let step = (minutes / STEPS).max(1);
            let start = minute - minute.rem_euclid(step);
            Span { start: start * 60, end: (start + step) * 60, counts_from: (start + step - minutes) * 60 }
        }
        Window::Calendar { .. } => {
            let (start, end) = window.bounds(minute);
            Span { start: start * 60, end: end * 60, counts_from: start * 60 }
        }
    }
}

#[cfg(test)]
mod tests {
    use tollgate_alerts::{spec::Calendar, spec::Weekday, window::zone};

    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_ends_at_its_zones_midnight_also_when_clocks_change() {
        let berlin = Window::Calendar {
            unit: Calendar::Day,
            week_start: Weekday::Monday,
            zone: zone("Europe/Berlin").unwrap(),
        };
        let span = at(&berlin, time("2026-10-25T12:00:00Z"));
        assert_eq!(span.start, time("2026-10-24T22:00:00Z").as_second());
        assert_eq!(span.end, time("2026-10-25T23:00:00Z").as_second());
        assert_eq!(span.counts_from, span.start);
    }

    #[test]
    fn a_rolling_hour_is_a_row_of_minutes_that_each_count_the_hour_until_their_end() {
        let hour = Window::Rolling { minutes: 60 };
        let span = at(&hour, time("2026-11-28T10:30:31Z"));
        assert_eq!(span.start, time("2026-11-28T10:30:00Z").as_second());
        assert_eq!(span.end, time("2026-11-28T10:31:00Z").as_second());
        assert_eq!(span.counts_from, time("2026-11-28T09:31:00Z").as_second());
    }

    #[test]
    fn what_is_resumed_is_so_for_as_long_as_a_window_is() {
        let resumed = time("2026-11-28T10:30:31Z");
        let hour = Window::Rolling { minutes: 60 };
        let is_of = |window: &Window, now: &str| at(window, time(now)).is_of(resumed);
        assert!(is_of(&hour, "2026-11-28T10:30:31Z") && is_of(&hour, "2026-11-28T11:29:59Z"));
        assert!(!is_of(&hour, "2026-11-28T11:31:00Z") && !is_of(&hour, "2026-11-28T10:29:59Z"));
        let day = Window::Calendar {
            unit: Calendar::Day,
            week_start: Weekday::Monday,
            zone: zone("Asia/Kathmandu").unwrap(),
        };
        assert!(is_of(&day, "2026-11-28T18:14:59Z") && !is_of(&day, "2026-11-28T18:15:00Z"));
    }
}
