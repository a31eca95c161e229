//! What goes wrong in the traffic, and by which metrics it must be seen.

use crate::{
    chance::Chance,
    dice::Dice,
    traffic::{Amounts, Metric},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A program calls itself.
    Loop,
    /// One user's script.
    WildUser,
    /// Each call ten times as dear.
    DearModel,
    /// Calls fail and are made again.
    RetryStorm,
    /// Many calls where there are few at that hour.
    NightBurst,
    /// Prompts grew.
    LongPrompts,
}

#[derive(Clone, Debug)]
pub(crate) struct Incident {
    pub(crate) feature: usize,
    pub(crate) kind: Kind,
    pub(crate) factor: f64,
    /// It is whole from this minute on, after growing for so many.
    pub(crate) from: i64,
    pub(crate) grows: i64,
    pub(crate) until: i64,
    /// What came in its first ten minutes, and what usually comes then.
    pub(crate) was: Amounts,
    pub(crate) usual: Amounts,
    /// The most that any ten minutes held within an hour of that time, on any day, without an incident.
    pub(crate) ever: Amounts,
    /// How far ten minutes within an hour of that time are from what they are on such days, without an incident: a standard deviation.
    pub(crate) strays: Amounts,
    /// Of as much without an incident, by the law that the traffic is made by.
    pub(crate) chance: Chance,
}

/// An incident is so many standard deviations above the usual. Of counts that know nothing of each other, or come in clumps of some size, that is
/// a chance of one in ten millions or so.
const CLEARLY: f64 = 7.0;

pub(crate) const KINDS: [Kind; 6] =
    [Kind::Loop, Kind::WildUser, Kind::DearModel, Kind::RetryStorm, Kind::NightBurst, Kind::LongPrompts];

// === impl Kind ===

impl Kind {
    /// There are no more calls, but each is dearer.
    pub(crate) fn is_dearer(self) -> bool {
        matches!(self, Self::DearModel | Self::LongPrompts)
    }
}

// === impl Incident ===

impl Incident {
    /// `rate`: calls that usually come in a minute then. Nothing where such an incident would hardly be one.
    pub(crate) fn plan(kind: Kind, feature: usize, from: i64, rate: f64, dice: &mut Dice) -> Option<Self> {
        let fits = match kind {
            Kind::Loop | Kind::WildUser | Kind::RetryStorm => true,
            Kind::DearModel | Kind::LongPrompts => rate > 1.5,
            Kind::NightBurst => rate < 0.1,
        };
        // a loop makes two calls a minute and more, how little its feature may have
        let least = 1.0 + dice.between(2.0, 6.0) / rate.max(0.001);
        let factor = match kind {
            Kind::Loop => dice.magnitude(4.5, 50.0).max(least),
            Kind::WildUser => dice.between(4.5, 12.0).max(least),
            Kind::RetryStorm => dice.between(4.5, 10.0).max(least),
            Kind::DearModel => dice.between(8.0, 12.0),
            Kind::NightBurst => 1.0 + dice.magnitude(2.5, 30.0) / rate.max(0.001),
            Kind::LongPrompts => dice.between(5.0, 8.0),
        };
        let until = from + dice.between(20.0, 120.0) as i64;
        let none = Amounts::default();
        fits.then_some(Self {
            feature,
            kind,
            factor,
            from,
            grows: 0,
            until,
            was: none,
            usual: none,
            ever: none,
            strays: none,
            chance: Chance::default(),
        })
    }

    pub(crate) fn begins(&self) -> i64 {
        self.from - self.grows
    }

    /// Whether somebody who knows how the traffic is made would call it an incident in its first ten minutes:
    /// far above three times the usual, enough calls to be no chance, far beyond the feature's own noise and more than it ever did at that
    /// time by itself: what it does now and then without anything being wrong, nobody can be told of.
    pub(crate) fn shows(&self, metric: Metric) -> bool {
        let (was, usual) = (self.was.of(metric), self.usual.of(metric));
        let clear = was > 3.6 * usual;
        let calls_rise = self.was.calls >= 4.0 * self.usual.calls + 14.0;
        clear
            && was > self.ever.of(metric)
            && was > usual + CLEARLY * self.strays.of(metric)
            && match metric {
                Metric::Calls => calls_rise,
                Metric::Errors => was >= 4.0 * usual + 14.0,
                // each call is dearer, and it is seen in enough of them
                Metric::Cost | Metric::Tokens => calls_rise || self.was.calls >= 15.0,
            }
    }
}
