//! A place in a prompt where calls say different things: a few tasks, or whatever is filled in?
//!
//! Each call says one of them, whole, and none of the others. A few that all calls share out among themselves are what
//! features are told by; many, or some beside which other calls say something else again, are filled in.

use std::cmp::Reverse;

use super::columns::{Column, Columns, Members};
use crate::sketch::Section;

/// What is said in the place where these calls differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Alternatives {
    /// One of a few: tasks.
    Few,
    /// One of many.
    Many,
    /// Something, or nothing at all.
    Unclear,
}

/// What some of these calls say in one section, and others do not.
pub(super) struct Texts<'a> {
    columns: &'a Columns,
    section: Section,
    /// What says much and often first: two documents that share a phrase are not one.
    texts: Vec<&'a Column>,
}

/// A text says so much at least, and half as much as the one that it is compared with.
const LEAST: u64 = 2;
/// More than these are no tasks.
const MOST: usize = 6;

// === impl Texts ===

impl<'a> Texts<'a> {
    pub(super) fn of(columns: &'a Columns, section: Section) -> Self {
        let weight = |column: &Column| column.weight[section as usize];
        let mut texts: Vec<&Column> =
            columns.columns.iter().filter(|text| text.count > 1 && weight(text) >= LEAST).collect();
        texts.sort_by_key(|text| Reverse(weight(text) * text.count));
        Self { columns, section, texts }
    }

    /// `side`: the calls that say one of them, and `marks` how much they and the others say. `common`: how much all say.
    pub(super) fn beside(&self, side: &Members, marks: u64, common: u64) -> Alternatives {
        let least = LEAST.max(marks / 4);
        let members = self.columns.members();
        let count = members.count();
        let (mut covered, mut found) = (side.clone(), 1);
        for text in self.texts.iter().filter(|text| text.weight[self.section as usize] >= least) {
            if text.calls.shared(&covered) * 20 <= text.count {
                covered = covered.or(&text.calls);
                found += usize::from(text.count * 16 >= count);
            }
            if found > MOST {
                return Alternatives::Many;
            }
        }
        let rest = members.without(&covered);
        let left = rest.count();
        if found > 1 && left * 10 <= count {
            return Alternatives::Few;
        }
        let said: u64 = rest.iter().map(|at| self.columns.told[at]).sum();
        // what is asked is always another thing, beside a template too
        let is_said_else = self.section != Section::User && left > 0 && said / left >= common + least;
        if is_said_else { Alternatives::Many } else { Alternatives::Unclear }
    }
}
