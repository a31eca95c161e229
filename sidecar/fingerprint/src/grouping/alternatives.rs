//! A place in a prompt where calls say different things: a few tasks, or whatever is filled in?
//!
//! Each call says one of them, whole, and none of the others. A few that all calls share out among themselves are what
//! features are told by; many, or some beside which other calls say something else again, are filled in.

use std::cmp::Reverse;

use super::{
    columns::{Column, Columns},
    kinds,
    members::Members,
};
use crate::sketch::Section;

/// What is said in the place where these calls differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Alternatives {
    /// One of a few: tasks.
    Few,
    /// One, and nothing else, where others are told one of many, and another beside it: a task beside documents.
    Alone,
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
    /// The same, what most calls say first.
    often: Vec<&'a Column>,
}

/// Where some of these calls say one thing and others another.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// How much they say there.
    pub(super) marks: u64,
    /// How much all say.
    pub(super) common: u64,
    /// Beside much that all say anything may be filled in, be it said once or twice.
    pub(super) is_filled: bool,
    /// Other texts stand beside each of these: a few calls may by chance share out some among themselves.
    pub(super) is_crossed: bool,
    /// Beside it those of the smaller side are told little else.
    pub(super) is_alone: bool,
}

/// A text says so much at least, and half as much as the one that it is compared with.
const LEAST: u64 = 2;
/// More than these are no tasks.
const MOST: usize = 6;
/// Each of so many calls that says so much is a task all the same: of documents a feature has more, each in fewer calls, and what says less may be
/// a customer's profile.
const CALLS_OF_TASKS: u64 = 32;
const SAID_OF_TASKS: u64 = 24;
/// Unless those who are told each are asked something else as well: so many are compared.
const MOST_COMPARED: usize = 16;
/// So many calls, by chance, would say one of them and another, for each but the first: where none does, that is no chance.
const TOGETHER: u64 = 4;
/// So many of some calls, by chance, would be told something beside what all of them are told, if that were a document.
const ALONE: u64 = 6;
/// More texts need not be looked at to see that they stand beside each other.
const MOST_TOGETHER: usize = 32;
/// And beside tasks stand no more than these that are seldom said.
const MOST_SELDOM: usize = 2;

// === impl Texts ===

impl<'a> Texts<'a> {
    pub(super) fn of(columns: &'a Columns, section: Section) -> Self {
        let weight = |column: &Column| column.weight[section as usize];
        let mut texts: Vec<&Column> =
            columns.columns.iter().filter(|text| text.count > 1 && weight(text) >= LEAST).collect();
        texts.sort_by_key(|text| Reverse(weight(text) * text.count));
        let mut often = texts.clone();
        often.sort_by_key(|text| Reverse(text.count));
        Self { columns, section, texts, often }
    }

    /// Who is told each of those that are said in one place: of a text that says so much at least as `marks` do, to a quarter.
    pub(super) fn exclusive(&self, marks: u64) -> Vec<Members> {
        let count = self.columns.members().count();
        let is_one_of_some = |text: &&&Column| text.count * 10 < count * 9 && text.count * 32 >= count;
        let (mut covered, mut found) = (Members::none(self.columns.asked.len()), Vec::new());
        for text in self.saying(&self.texts, marks).filter(is_one_of_some) {
            if text.calls.shared(&covered) * 20 <= text.count {
                covered = covered.or(&text.calls);
                found.push(text.calls.clone());
            }
        }
        found
    }

    /// `side`: the calls that say one of them.
    pub(super) fn beside(&self, side: &Members, place: Place) -> Alternatives {
        let found = self.shared_out(side, place, &self.texts);
        if found == Alternatives::Few || self.section == Section::User {
            return found;
        }
        if place.is_alone && self.is_alone(side, place.marks) {
            return Alternatives::Alone;
        }
        // documents say more than tasks, and each is said less often: what most calls say comes first, but for chance
        let hidden = self.shared_out(side, Place { is_crossed: true, ..place }, &self.often);
        if hidden == Alternatives::Few { hidden } else { found }
    }

    /// The first of these that go with `side`, and with each other.
    fn shared_out(&self, side: &Members, place: Place, texts: &[&'a Column]) -> Alternatives {
        let Place { marks, common, is_filled, is_crossed, .. } = place;
        let members = self.columns.members();
        let count = members.count();
        let is_told = self.section != Section::User;
        // what most calls say is what those say that do not say the one
        let side = if is_told && side.count() * 2 > count { members.without(side) } else { side.clone() };
        let is_often = |text: u64| text * 16 >= count;
        let mut said_often =
            if is_often(side.count()) { side.clone() } else { Members::none(self.columns.asked.len()) };
        let (mut covered, mut seldom) = (side.clone(), 0);
        let mut found = vec![side];
        for text in self.saying(texts, marks) {
            // what most of a few calls say as well goes with that, however many others say it
            let is_instead = text.calls.shared(&found[0]) * 2 <= found[0].count();
            if is_instead && text.calls.shared(&covered) * 20 <= text.count {
                covered = covered.or(&text.calls);
                if is_often(text.count) {
                    said_often = said_often.or(&text.calls);
                    found.push(text.calls.clone());
                } else {
                    seldom += 1;
                }
            }
            if found.len() > if is_told { MOST_COMPARED } else { MOST } {
                return Alternatives::Many;
            }
        }
        let are_tasks = || {
            let spread = kinds::Spread::over(self.columns, &found);
            let are_large = marks >= SAID_OF_TASKS && count >= CALLS_OF_TASKS * found.len() as u64;
            are_large && !spread.is_crossed()
                || spread.is_asked_apart()
                || kinds::are_apart(self.columns, &found)
        };
        if found.len() > MOST && !are_tasks() {
            return Alternatives::Many;
        }
        // who is told nothing at all is told nothing else
        let is_silent = |at: usize| is_told && self.columns.told[at] == 0;
        let (silent, rest) = members.without(&covered).partition(is_silent);
        let (count, left) = (count - silent.count(), rest.count());
        if found.len() > 1 && left * 10 <= count {
            // a few among many documents
            let are_many = seldom > MOST_SELDOM && members.without(&said_often).count() * 5 > count;
            if is_filled && are_many {
                return Alternatives::Many;
            }
            let is_chance = is_crossed && !are_no_chance(&found, count);
            return if is_chance { Alternatives::Unclear } else { Alternatives::Few };
        }
        let said: u64 = rest.iter().map(|at| self.columns.told[at]).sum();
        // what is asked is always another thing, beside a template too
        let is_said_else = is_told && left > 0 && said / left >= common + LEAST.max(marks / 4);
        if is_said_else { Alternatives::Many } else { Alternatives::Unclear }
    }

    /// What the others are told stands beside something else again, in so many calls that what these are told would, too, if it
    /// were such a document; and it does not.
    fn is_alone(&self, side: &Members, marks: u64) -> bool {
        let members = self.columns.members();
        let others = members.without(side);
        let [side, others] = if side.count() <= others.count() { [side, &others] } else { [&others, side] };
        let (mut covered, mut together) =
            (Members::none(self.columns.asked.len()), Members::none(self.columns.asked.len()));
        let mut found: Vec<Members> = Vec::new();
        for text in self.saying(&self.texts, marks) {
            let calls = text.calls.without(side);
            let (its, beside) = (calls.count(), text.count - calls.count());
            // what is told to these as often is of the template that they all are told in
            let (seen, expected) = (beside * members.count(), text.count * side.count());
            let is_everywhere =
                seen * 4 >= expected * 3 && seen * 3 <= expected * 4 && expected >= 2 * members.count();
            // parts of one document are one
            let is_part = |one: &Members| calls.shared(one) * 10 >= 8 * its.min(one.count());
            if its < 2 || its * 10 >= 9 * others.count() || is_everywhere || found.iter().any(is_part) {
                continue;
            }
            together = together.or(&calls.and(&covered));
            covered = covered.or(&text.calls);
            found.push(calls);
            if found.len() == MOST_TOGETHER {
                break;
            }
        }
        let by_chance = side.count() * together.count() / others.count();
        by_chance >= ALONE && side.shared(&covered) * 8 <= by_chance
    }

    fn saying<'t>(&self, texts: &'t [&'a Column], marks: u64) -> impl Iterator<Item = &'t &'a Column> {
        let (section, least) = (self.section as usize, LEAST.max(marks / 4));
        texts.iter().filter(move |text| text.weight[section] >= least)
    }
}

/// By chance some calls would say two of these at once.
fn are_no_chance(found: &[Members], count: u64) -> bool {
    let sizes: Vec<u64> = found.iter().map(Members::count).collect();
    let all: u64 = sizes.iter().sum();
    let alone: u64 = sizes.iter().map(|size| size * size).sum();
    all * all - alone >= 2 * TOGETHER * (sizes.len() as u64 - 1) * count
}
