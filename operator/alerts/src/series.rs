//! The minutes of one group and one metric: an exact sum for what is compared with limits, the past for what was usual.

use std::collections::VecDeque;

use crate::{
    amount::{Amount, to_f64},
    history::{BIN, HOUR, History},
    models::Model,
    spec::Metric,
    temper::{Temper, Took},
    traffic::Row,
    window::{Minute, Window},
};

/// Minutes of which prices are learned together.
const BLOCK: Minute = 10;

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
    /// The last ten minutes, by the clock.
    block: Took,
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
    /// Of a group that is first seen in a minute; `days` of the past. `watches`: what is usual is asked; `weighs`: and calls of this metric
    /// are not alike.
    pub fn new(first: Minute, days: usize, watches: bool, weighs: bool) -> Self {
        Self {
            first,
            window: VecDeque::new(),
            sum: 0,
            end: first,
            past: History::new(first, days, if watches { BIN } else { HOUR }),
            evidence: weighs.then(|| Evidence {
                temper: Temper::default(),
                open: Took::default(),
                block: Took::default(),
                window: VecDeque::new(),
                tempered: History::new(first, days, BIN),
                calls: History::new(first, days, BIN),
            }),
        }
    }

    /// Takes a row of the minute that is open.
    pub fn add(&mut self, model: Model, amount: Amount, calls: Amount) {
        if let Some(evidence) = &mut self.evidence {
            evidence.open.add(evidence.temper.take(model, amount.as_f64(), calls.as_f64()));
        }
    }

    /// Takes the next minute, in order; minutes without traffic too.
    pub fn close(&mut self, minute: Minute, amount: Amount, window: &Window, from: Minute) {
        self.close_all((minute, 1), amount, window, from);
    }

    /// The same of some minutes that are told as one.
    pub fn close_all(
        &mut self,
        (minute, minutes): (Minute, i64),
        amount: Amount,
        window: &Window,
        from: Minute,
    ) {
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
        self.end = minute + minutes;
        let local = window.local(minute);
        self.past.spread(local, minutes, to_f64(amount.0));
        if let Some(evidence) = &mut self.evidence {
            let took = std::mem::take(&mut evidence.open);
            evidence.block.add(took);
            if (minute + 1) % BLOCK == 0 {
                let block = std::mem::take(&mut evidence.block);
                evidence.temper.learn_wander(&block);
            }
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

    /// Takes the hours of one kind of call, in order, before any minute; all of them end before one. `from`: the window's first minute then.
    pub fn seed(&mut self, hours: &[Row], metric: Metric, window: &Window, (from, until): (Minute, Minute)) {
        let (Some(first), Some(last)) = (hours.first(), hours.last()) else { return };
        // A zone's time is asked for once where its clocks were not changed.
        let ahead = window.local(first.minute) - first.minute;
        let is_even = window.local(last.minute) - last.minute == ahead;
        let local = |minute| if is_even { minute + ahead } else { window.local(minute) };
        self.first = self.first.min(first.minute);
        self.past.reach(local(first.minute));
        for hour in hours {
            let amount = hour.metric(metric);
            self.past.spread(local(hour.minute), HOUR, to_f64(amount.0));
            if hour.minute >= from && amount.0 > 0 {
                self.sum += amount.0;
                match self.window.front_mut() {
                    Some((at, sum)) => (*at, *sum) = ((*at).min(hour.minute), *sum + amount.0),
                    None => self.window.push_back((hour.minute, amount.0)),
                }
            }
        }
        self.end = until;
    }

    /// A minute that was taken had something else than was told. `from`: the window's first minute now.
    pub fn correct(
        &mut self,
        (minute, model): (Minute, Model),
        (was, is): (Amount, Amount),
        calls: (Amount, Amount),
        window: &Window,
        from: Minute,
    ) {
        let by = is.0 - was.0;
        if minute >= from && by != 0 {
            self.sum += by;
            match (window, self.window.front_mut()) {
                (Window::Calendar { .. }, Some((at, sum))) => (*at, *sum) = ((*at).min(minute), *sum + by),
                _ => match self.window.binary_search_by_key(&minute, |(at, _)| *at) {
                    Ok(at) => self.window[at].1 += by,
                    Err(at) => self.window.insert(at, (minute, by)),
                },
            }
        }
        let local = window.local(minute);
        self.past.correct(local, to_f64(by));
        if let (Some(evidence), true) = (&mut self.evidence, by > 0) {
            let more = Amount((calls.1.0 - calls.0.0).max(0));
            let took = evidence.temper.take(model, to_f64(by), more.as_f64());
            evidence.tempered.correct(local, took.tempered);
            evidence.calls.correct(local, took.calls);
            let at = evidence.window.partition_point(|(at, _)| *at <= minute);
            if minute >= from && took.calls > 0.0 {
                evidence.window.insert(at, (minute, took));
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
