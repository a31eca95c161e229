//! A place in a prompt where calls say different things: a few tasks, or whatever is filled in?
//!
//! Each call says one of them, whole, and none of the others. A few that all calls share out among themselves are what
//! features are told by; many, or some beside which other calls say something else again, are filled in.

use std::cmp::Reverse;

use super::{
    columns::{Column, Columns},
    members::Members,
};
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
/// And beside tasks stand no more than these that are seldom said.
const MOST_SELDOM: usize = 2;

// === impl Texts ===

impl<'a> Texts<'a> {
    pub(super) fn of(columns: &'a Columns, section: Section) -> Self {
        let weight = |column: &Column| column.weight[section as usize];
        let mut texts: Vec<&Column> =
            columns.columns.iter().filter(|text| text.count > 1 && weight(text) >= LEAST).collect();
        texts.sort_by_key(|text| Reverse(weight(text) * text.count));
        Self { columns, section, texts }
    }

    /// How many of these are said in one place: of a text that says so much at least as `marks` do, to a quarter.
    pub(super) fn exclusive(&self, marks: u64) -> usize {
        let count = self.columns.members().count();
        let is_one_of_some = |text: &&&Column| text.count * 10 < count * 9 && text.count * 32 >= count;
        let (mut covered, mut found) = (Members::none(self.columns.asked.len()), 0);
        for text in self.saying(marks).filter(is_one_of_some) {
            if text.calls.shared(&covered) * 20 <= text.count {
                covered = covered.or(&text.calls);
                found += 1;
            }
        }
        found
    }

    /// `side`: the calls that say one of them, and `marks` how much they and the others say. `common`: how much all say.
    /// `is_filled`: beside much that all say anything may be filled in, be it said once or twice.
    pub(super) fn beside(&self, side: &Members, marks: u64, common: u64, is_filled: bool) -> Alternatives {
        let members = self.columns.members();
        let count = members.count();
        let is_told = self.section != Section::User;
        // what most calls say is what those say that do not say the one
        let side = if is_told && side.count() * 2 > count { members.without(side) } else { side.clone() };
        let is_often = |text: u64| text * 16 >= count;
        let mut said_often =
            if is_often(side.count()) { side.clone() } else { Members::none(self.columns.asked.len()) };
        let (mut covered, mut found, mut seldom) = (side, 1, 0);
        for text in self.saying(marks) {
            if text.calls.shared(&covered) * 20 <= text.count {
                covered = covered.or(&text.calls);
                if is_often(text.count) {
                    said_often = said_often.or(&text.calls);
                    found += 1;
                } else {
                    seldom += 1;
                }
            }
            if found > MOST {
                return Alternatives::Many;
            }
        }
        let rest = members.without(&covered);
        let left = rest.count();
        if found > 1 && left * 10 <= count {
            // a few among many documents
            let are_many = seldom > MOST_SELDOM && members.without(&said_often).count() * 5 > count;
            return if is_filled && are_many { Alternatives::Many } else { Alternatives::Few };
        }
        let said: u64 = rest.iter().map(|at| self.columns.told[at]).sum();
        // what is asked is always another thing, beside a template too
        let is_said_else = is_told && left > 0 && said / left >= common + LEAST.max(marks / 4);
        if is_said_else { Alternatives::Many } else { Alternatives::Unclear }
    }

    fn saying(&self, marks: u64) -> impl Iterator<Item = &&'a Column> {
        let least = LEAST.max(marks / 4);
        self.texts.iter().filter(move |text| text.weight[self.section as usize] >= least)
    }
}
