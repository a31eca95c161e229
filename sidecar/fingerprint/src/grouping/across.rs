//! Divisions by what goes across those before them.
//!
//! Where two things are filled into one template (a profile, a language), the one divides all calls, and within each part nothing
//! goes across the other any more: it looks like a task. But the same words divide the other parts as well.

use std::collections::HashMap;

use super::{
    columns::{Columns, WEIGHTS},
    division::Division,
    members::Members,
};
use crate::sketch::Atom;

/// Which calls have what, of all that more than one has.
pub(super) struct Across<'a> {
    calls_of: HashMap<Atom, &'a Members>,
}

// === impl Across ===

impl<'a> Across<'a> {
    pub(super) fn of(columns: &'a Columns) -> Self {
        let with_calls =
            columns.columns.iter().flat_map(|column| column.atoms.iter().map(|atom| (*atom, &column.calls)));
        Self { calls_of: with_calls.collect() }
    }

    /// At least half of what marks `marked` calls is there in many of the others, too, and not in all. What is there in hardly any is
    /// the part's own.
    pub(super) fn goes_across(&self, division: &Division, marked: u64, others: &Members) -> bool {
        let others_count = others.count();
        let (mut across, mut own) = (0, 0);
        for atom in &division.mark {
            let held = self.calls_of.get(atom).map_or(0, |calls| calls.shared(others));
            let weight = WEIGHTS[atom.section()];
            if held * 2 < marked {
                own += weight;
            } else if (others_count - held) * 2 >= marked {
                across += weight;
            }
        }
        across > 0 && across >= own
    }
}
