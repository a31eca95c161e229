//! Stretches of time, each from one minute until before another.

use crate::window::Minute;

/// Whether none of these, of which nothing is known, lies between two minutes.
pub(crate) fn is_known(outages: &[(Minute, Minute)], from: Minute, until: Minute) -> bool {
    outages.iter().all(|(begins, ends)| *ends <= from || until <= *begins)
}

/// What overlaps is one.
pub(crate) fn merged(mut spans: Vec<(Minute, Minute)>) -> Vec<(Minute, Minute)> {
    spans.sort_unstable();
    let mut merged: Vec<(Minute, Minute)> = Vec::new();
    for (begin, end) in spans {
        match merged.last_mut() {
            Some((_, until)) if begin <= *until => *until = end.max(*until),
            _ => merged.push((begin, end)),
        }
    }
    merged
}
