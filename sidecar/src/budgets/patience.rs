//! What becomes of a call whose share does not reach: how long it waits, and for what. It is told the time and does no IO.

use std::time::Duration;

use super::lease::Short;
use super::line::Heard;

/// What the judge said last of what a share is of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// When the last answer came, about whichever window. Monotonic, from any beginning.
    pub(super) at: Option<Duration>,
    /// The rest is of the present window.
    pub(super) known: bool,
    /// What is left to be given.
    pub(super) rest: u64,
    /// All but a hundredth is used, or set aside for calls.
    pub(super) spent: bool,
    /// More than a hundredth is set aside, and may come back.
    pub(super) open: bool,
    /// Others were answered last, this one was not.
    pub(super) left_out: bool,
    /// Who has not got what it needs asks again after so long: a thousand who ask forty times a second would be all that the judge hears.
    pub(super) again: Duration,
    /// Unix time in seconds.
    pub(super) window_end: i64,
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It sets nothing aside, and there is something left.
    Passes,
    Spent,
    /// Nobody can say.
    Unknown,
    /// To look again when an answer has come, then at the latest.
    Waits {
        ask: bool,
        until: Duration,
    },
}

/// One call that waits.
#[derive(Debug)]
pub(super) struct Patience {
    began: Duration,
    ask_at: Duration,
}

/// Where nobody is known to be there.
const STRANGER: Duration = Duration::from_millis(50);
/// Who answered within the last seconds, about whatever, is only slow, or its place is taken by another replica in a moment: to let all
/// calls pass meanwhile would cost more than their wait. An ask is given up after as long.
const LATELY: Duration = Duration::from_secs(2);
const SLOW: Duration = Duration::from_secs(1);
/// So long it is believed that nothing is left, while much is set aside for calls in flight: they may cost less.
const IN_FLIGHT: Duration = Duration::from_millis(100);
/// For what lies unused in other pods: each says once a second what it needs no more.
const OTHERS: Duration = Duration::from_millis(1_500);
/// Between two looks whether that came, at least.
const AGAIN: Duration = Duration::from_millis(25);

// === impl Patience ===

impl Patience {
    pub(super) fn new(now: Duration) -> Self {
        Self { began: now, ask_at: now }
    }

    /// `unix` is the time that windows end by.
    pub(super) fn step(
        &mut self,
        (now, unix): (Duration, i64),
        said: &Said,
        line: &Heard,
        usual: u64,
        short: Short,
    ) -> Step {
        let age = said.at.map(|at| now.saturating_sub(at));
        let is_fresh = said.known && age.is_some_and(|age| age < LATELY);
        let is_spent = said.known && said.spent && short.lacks > said.rest && unix < said.window_end;
        let believed = if said.open { IN_FLIGHT.max(said.again) } else { LATELY };
        if is_spent && (age.is_some_and(|age| age < believed) || said.at.is_some_and(|at| at > self.began)) {
            return Step::Spent;
        }
        if usual == 0 && is_fresh {
            return Step::Passes;
        }
        let is_answered = said.known && said.at.is_some_and(|at| at > self.began);
        let is_lately = |at: Option<Duration>| at.is_some_and(|at| now.saturating_sub(at) < LATELY);
        let patience = match line {
            _ if is_answered => OTHERS,
            _ if is_lately(said.at) => SLOW,
            _ if said.left_out => STRANGER,
            _ if is_lately(line.at) => SLOW,
            Heard { silent: true, .. } => Duration::ZERO,
            Heard { connected: true, .. } => SLOW,
            Heard { connected: false, .. } => STRANGER,
        };
        let end = self.began + patience;
        if now >= end {
            let was_told = is_answered && age.is_some_and(|age| age < SLOW);
            // Until its window ends, only a person can make more of what was spent.
            return if was_told || is_spent { Step::Spent } else { Step::Unknown };
        }
        let ask = now >= self.ask_at || (is_answered && said.rest >= short.lacks);
        if ask {
            self.ask_at = now + AGAIN.max(said.again);
        }
        Step::Waits { ask, until: end.min(self.ask_at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: Duration = Duration::from_secs(100);
    const SHORT: Short = Short { lacks: 10 };
    const SILENT: Heard = Heard { at: None, silent: true, connected: true };

    fn ms(millis: u64) -> Duration {
        BEGAN + Duration::from_millis(millis)
    }

    fn said(at: Duration, rest: u64, spent: bool) -> Said {
        Said { at: Some(at), known: true, rest, spent, window_end: 1_000, ..Said::default() }
    }

    /// Of a pod that has heard nothing of nobody.
    fn step(now: u64, said: &Said) -> Step {
        step_of(now, said, &Heard::default())
    }

    fn step_of(now: u64, said: &Said, line: &Heard) -> Step {
        Patience::new(BEGAN).step((ms(now), 500), said, line, 10, SHORT)
    }

    #[test]
    fn what_was_spent_a_moment_ago_is_spent_and_nobody_is_asked() {
        assert_eq!(step(0, &said(BEGAN, 9, true)), Step::Spent);
    }

    #[test]
    fn while_much_is_set_aside_for_others_it_is_asked_whether_some_has_come_back() {
        let others_call = Said { open: true, ..said(BEGAN, 0, true) };
        assert_eq!(step(99, &others_call), Step::Spent);
        let mut patience = Patience::new(ms(100));
        let step = patience.step((ms(100), 500), &others_call, &Heard::default(), 10, SHORT);
        assert_eq!(step, Step::Waits { ask: true, until: ms(125) });
        let nothing_came = Said { at: Some(ms(104)), ..others_call };
        assert_eq!(patience.step((ms(104), 500), &nothing_came, &Heard::default(), 10, SHORT), Step::Spent);
    }

    #[test]
    fn while_there_is_enough_for_it_a_call_asks_however_little_of_the_limit_that_is() {
        assert_eq!(step(0, &said(BEGAN, 10, true)), Step::Waits { ask: true, until: ms(25) });
    }

    #[test]
    fn what_was_spent_long_ago_is_asked_anew_and_believed_where_nobody_answers() {
        let long_ago = said(Duration::ZERO, 0, true);
        assert_eq!(step(0, &long_ago), Step::Waits { ask: true, until: ms(25) });
        assert_eq!(step(50, &long_ago), Step::Spent);
        assert_eq!(step_of(0, &long_ago, &SILENT), Step::Spent);
    }

    #[test]
    fn what_was_spent_in_a_window_that_is_over_says_nothing() {
        let over = Said { window_end: 500, ..said(BEGAN, 0, true) };
        assert!(matches!(step(0, &over), Step::Waits { ask: true, .. }));
        assert_eq!(step(1_000, &over), Step::Unknown);
    }

    #[test]
    fn a_stranger_is_waited_for_fifty_milliseconds_one_who_is_there_a_second() {
        let nobody = Said::default();
        assert!(matches!(step(49, &nobody), Step::Waits { .. }));
        assert_eq!(step(50, &nobody), Step::Unknown);
        let answered_lately = Said { at: Some(BEGAN), ..Said::default() };
        assert!(matches!(step(999, &answered_lately), Step::Waits { .. }));
        assert_eq!(step(1_000, &answered_lately), Step::Unknown);
    }

    #[test]
    fn the_first_call_of_a_share_waits_as_long_as_others_would() {
        let of_another = Heard { at: Some(BEGAN), ..Heard::default() };
        assert!(matches!(step_of(999, &Said::default(), &of_another), Step::Waits { .. }));
        let only_connected = Heard { connected: true, ..Heard::default() };
        assert!(matches!(step_of(999, &Said::default(), &only_connected), Step::Waits { .. }));
        assert_eq!(step_of(1_000, &Said::default(), &only_connected), Step::Unknown);
    }

    #[test]
    fn one_who_is_known_to_be_away_is_not_waited_for() {
        assert_eq!(step_of(0, &Said::default(), &SILENT), Step::Unknown);
        let gone_a_moment_ago = Said { at: Some(BEGAN), ..Said::default() };
        assert!(
            matches!(step_of(0, &gone_a_moment_ago, &SILENT), Step::Waits { .. }),
            "another replica may answer"
        );
    }

    #[test]
    fn where_others_are_judged_and_this_budget_is_not_a_call_waits_fifty_milliseconds() {
        let left_out = Said { left_out: true, ..Said::default() };
        let others = Heard { at: Some(BEGAN), connected: true, silent: false };
        assert!(matches!(step_of(49, &left_out, &others), Step::Waits { .. }));
        assert_eq!(step_of(50, &left_out, &others), Step::Unknown);
    }

    #[test]
    fn of_many_pods_each_asks_as_seldom_as_the_judge_says() {
        let mut patience = Patience::new(BEGAN);
        let crowd = |at| Said { again: Duration::from_millis(200), ..said(ms(at), 0, false) };
        let mut look = |now, said: &Said| patience.step((ms(now), 500), said, &Heard::default(), 10, SHORT);
        assert_eq!(look(0, &crowd(0)), Step::Waits { ask: true, until: ms(200) });
        assert_eq!(look(5, &crowd(5)), Step::Waits { ask: false, until: ms(200) });
        assert_eq!(look(200, &crowd(5)), Step::Waits { ask: true, until: ms(400) });
    }

    #[test]
    fn what_lies_unused_elsewhere_is_waited_for_and_asked_for_again_and_again() {
        let mut patience = Patience::new(BEGAN);
        let mut look = |now, said: &Said| patience.step((ms(now), 500), said, &Heard::default(), 10, SHORT);
        assert_eq!(look(0, &said(BEGAN, 0, false)), Step::Waits { ask: true, until: ms(25) });
        assert_eq!(look(5, &said(ms(5), 0, false)), Step::Waits { ask: false, until: ms(25) });
        assert_eq!(look(25, &said(ms(5), 0, false)), Step::Waits { ask: true, until: ms(50) });
        assert_eq!(look(1_499, &said(ms(1_490), 0, false)), Step::Waits { ask: true, until: ms(1_500) });
        assert_eq!(look(1_500, &said(ms(1_490), 0, false)), Step::Spent);
    }

    #[test]
    fn what_came_back_meanwhile_is_asked_for_at_once() {
        let mut patience = Patience::new(BEGAN);
        patience.step((BEGAN, 500), &said(BEGAN, 0, false), &Heard::default(), 10, SHORT);
        let back = said(ms(5), 10, false);
        assert_eq!(
            patience.step((ms(5), 500), &back, &Heard::default(), 10, SHORT),
            Step::Waits { ask: true, until: ms(30) }
        );
    }

    #[test]
    fn a_call_that_sets_nothing_aside_passes_until_the_budget_is_spent() {
        let nothing = Short { lacks: 1 };
        let look = |said: &Said| Patience::new(BEGAN).step((BEGAN, 500), said, &Heard::default(), 0, nothing);
        assert_eq!(look(&said(BEGAN, 0, false)), Step::Passes);
        assert_eq!(look(&said(BEGAN, 0, true)), Step::Spent);
        assert!(matches!(look(&Said::default()), Step::Waits { ask: true, .. }));
    }
}
