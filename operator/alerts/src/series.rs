//! The minutes of one group and one metric: an exact sum for what is compared with limits, the past for what was usual.

use std::collections::VecDeque;

use crate::{
    amount::{Amount, to_f64},
    history::History,
    temper::{Temper, Took},
    window::{Minute, Window},
};

#[derive(Debug)]
pub struct Series {
    /// The first minute this group was seen in.
    pub first: Minute,
    window: VecDeque<(Minute, i128)>,
    sum: i128,
    end: Minute,
    /// What came, in the minutes of the window's own clock.
    pub past: History,
    /// What is asked whether it is beyond chance, where that is not the past itself.
    pub evidence: Option<Evidence>,
}

/// Of costs and tokens: how many calls there were, and what each took, within bounds.
#[derive(Debug)]
pub struct Evidence {
    pub temper: Temper,
    open: Took,
    /// The window's minutes.
    window: VecDeque<(Minute, Took)>,
    pub tempered: History,
    pub calls: History,
}

// === impl Evidence ===

impl Evidence {
    /// What calls took since a minute of the window.
    pub fn last(&self, since: Minute) -> Took {
        let mut all = Took::default();
        self.window.iter().filter(|(at, _)| *at >= since).for_each(|(_, took)| all.add(*took));
        all
    }
}

// === impl Series ===

impl Series {
    /// Of a group that is first seen in a minute; `days` of the past. `weighs`: calls of this metric are not alike.
    pub fn new(first: Minute, days: usize, weighs: bool) -> Self {
        Self {
            first,
            window: VecDeque::new(),
            sum: 0,
            end: first,
            past: History::new(first, days),
            evidence: weighs.then(|| Evidence {
                temper: Temper::default(),
                open: Took::default(),
                window: VecDeque::new(),
                tempered: History::new(first, days),
                calls: History::new(first, days),
            }),
        }
    }

    /// Takes a row of the minute that is open.
    pub fn add(&mut self, amount: Amount, calls: Amount) {
        if let Some(evidence) = &mut self.evidence {
            evidence.open.add(evidence.temper.take(amount.as_f64(), calls.as_f64()));
        }
    }

    /// Takes the next minute, in order; minutes without traffic too.
    pub fn close(&mut self, minute: Minute, amount: Amount, window: &Window, from: Minute) {
        if amount.0 > 0 {
            self.window.push_back((minute, amount.0));
            self.sum += amount.0;
        }
        while let Some((at, gone)) = self.window.front().copied() {
            if at >= from {
                break;
            }
            self.sum -= gone;
            self.window.pop_front();
        }
        if let (Window::Calendar { .. }, Some((at, _))) = (window, self.window.front().copied()) {
            // of a calendar's window only the sum is asked for
            let sum = self.sum;
            self.window.clear();
            self.window.push_back((at, sum));
        }
        self.end = minute + 1;
        let local = window.local(minute);
        self.past.add(local, to_f64(amount.0));
        if let Some(evidence) = &mut self.evidence {
            let took = std::mem::take(&mut evidence.open);
            evidence.tempered.add(local, took.tempered);
            evidence.calls.add(local, took.calls);
            if took.calls > 0.0 {
                evidence.window.push_back((minute, took));
            }
            while evidence.window.front().is_some_and(|(at, ..)| *at < from) {
                evidence.window.pop_front();
            }
        }
    }

    /// The window's exact value.
    pub fn value(&self) -> Amount {
        Amount(self.sum)
    }

    /// The minute after the last.
    pub fn end(&self) -> Minute {
        self.end
    }

    /// What the last minutes of a rolling window hold.
    pub fn last(&self, minutes: i64) -> f64 {
        let new = self.window.iter().rev().take_while(|(at, _)| *at >= self.end - minutes);
        to_f64(new.map(|(_, amount)| amount).sum())
    }
}
