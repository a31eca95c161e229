//! One division of a set of calls, if it has one.

use std::cmp::Reverse;

use super::{
    alternatives::{Alternatives, Texts},
    columns::{Column, Columns, Members},
    difference::{Difference, FEW_DIALOGUES, Sizes, TEMPLATE},
};
use crate::sketch::{Atom, Section, Sketch};

/// Calls with a mark, and calls without.
pub(super) struct Division {
    /// What those on the one side have.
    pub(super) mark: Vec<Atom>,
    /// What those on the other side have instead; may be nothing.
    pub(super) other: Vec<Atom>,
}

const MOST_MARKS: usize = 24;
/// More texts than these within one template are filled in.
const MOST_FILLED: usize = 6;
/// More texts than these that other features have as well are filled in.
const MOST_ELSEWHERE: usize = 4;
/// What says little, or in few calls, comes last and divides nothing.
const MOST_TRIED: usize = 600;

/// The best division of these calls; None: they are of one feature, for all one can see.
pub(super) fn divide(columns: &Columns) -> Option<Division> {
    let members = columns.members();
    let count = members.count();
    let [told, asked] = [Section::System, Section::User].map(|section| Texts::of(columns, section));
    let repeated = columns.repeated_questions();
    let divides = |column: &Column, difference: &Difference| {
        let sizes =
            Sizes { smaller: column.count.min(count - column.count), both: count, studied: columns.studied };
        let alternatives = |section| {
            let [marks, common] =
                [&difference.marks, &difference.common].map(|of| of[section as usize] / 1000);
            match section {
                Section::User if marks <= TEMPLATE * common && asked.exclusive(marks) > MOST_FILLED => {
                    Alternatives::Many
                }
                Section::User => asked.beside(&column.calls, marks, common, difference.is_beside_much()),
                _ if difference.is_said_elsewhere(section) && told.exclusive(marks) > MOST_ELSEWHERE => {
                    Alternatives::Many
                }
                _ => told.beside(&column.calls, marks, common, true),
            }
        };
        let sizes_counted = Sizes { smaller: difference.counted(sizes), ..sizes };
        let is_else = difference.are_told_something_else(sizes);
        let is_one =
            difference.is_of_features(sizes_counted, alternatives) || difference.is_told_by_tools(sizes);
        if !is_else && !is_one {
            return false;
        }
        let others = members.without(&column.calls);
        let [smaller, larger] =
            if column.count * 2 <= count { [&column.calls, &others] } else { [&others, &column.calls] };
        let [few, many] = [smaller, larger].map(|side| columns.independent(side));
        if is_else && many > FEW_DIALOGUES {
            return true;
        }
        if !is_one {
            return false;
        }
        // papers out of a store, word for word the same again
        if repeated > MOST_FILLED && difference.is_of_papers() && columns.are_asked_again(smaller) {
            return false;
        }
        // what one dialogue goes on and on about is no feature
        let independent = few.min(many);
        independent >= difference.fewest_independent(sizes).min(sizes.smaller)
            || difference.is_of_features(Sizes { smaller: independent, ..sizes }, alternatives)
            || difference.is_of_agents(few + many, sizes)
    };
    let candidates = columns.columns.iter().filter(|column| column.count < count).take(MOST_TRIED);
    let mut candidates: Vec<(u64, &Column, Difference)> = candidates
        .map(|column| {
            let difference = Difference::between(columns, &members, &column.calls);
            let smaller = column.count.min(count - column.count);
            (difference.marks.iter().sum::<u64>() * smaller, column, difference)
        })
        .collect();
    candidates.sort_by_key(|(score, ..)| Reverse(*score));
    let (_, best, _) = candidates.iter().find(|(_, column, difference)| divides(column, difference))?;
    Division::marks(columns, &best.calls, count)
}

// === impl Division ===

impl Division {
    fn marks(columns: &Columns, side: &Members, count: u64) -> Option<Self> {
        let inside = side.count();
        let (mut mark, mut other) = (Vec::new(), Vec::new());
        for column in &columns.columns {
            let both = column.calls.shared(side);
            let (here, there) = (both * 1000 / inside, (column.count - both) * 1000 / (count - inside));
            if here >= 700 && there <= 300 {
                mark.extend(column.atoms.iter().map(|atom| (1000 + there - here, *atom)));
            } else if there >= 700 && here <= 300 {
                other.extend(column.atoms.iter().map(|atom| (1000 + here - there, *atom)));
            }
        }
        let chosen = |mut atoms: Vec<(u64, Atom)>| {
            atoms.sort_unstable();
            let mut atoms: Vec<Atom> = atoms.into_iter().take(MOST_MARKS).map(|(_, atom)| atom).collect();
            atoms.sort_unstable();
            atoms
        };
        let mark = chosen(mark);
        (!mark.is_empty()).then(|| Self { mark, other: chosen(other) })
    }

    pub(super) fn is_marked(&self, sketch: &Sketch) -> bool {
        let part = |atoms: &[Atom]| {
            let found = atoms.iter().filter(|atom| sketch.has(**atom)).count();
            if atoms.is_empty() { 500 } else { found * 1000 / atoms.len() }
        };
        part(&self.mark) >= part(&self.other).max(1)
    }
}
