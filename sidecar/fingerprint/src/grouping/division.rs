//! One division of a set of calls, if it has one.

use std::{cell::OnceCell, cmp::Reverse};

use super::{
    alternatives::{Alternatives, Place, Texts},
    columns::{Column, Columns},
    difference::{Difference, FEW_DIALOGUES, FEWEST, Sizes, TEMPLATE},
    kinds,
    members::Members,
};
use crate::sketch::{Atom, Section, Sketch};

/// Calls with a mark, and calls without.
pub(super) struct Division {
    /// What those on the one side have.
    pub(super) mark: Vec<Atom>,
    /// What those on the other side have instead; may be nothing.
    pub(super) other: Vec<Atom>,
    /// All that tells them apart may have been filled into what they have in common.
    pub(super) may_be_filled: bool,
}

/// A set of calls, and what is asked of all of it.
struct Study<'a> {
    columns: &'a Columns,
    members: Members,
    told: Texts<'a>,
    asked: Texts<'a>,
    sets_of_tools: u64,
    /// Many sets of tools, hardly any of which is given to a third dialogue.
    are_given_anew: bool,
    repeated: usize,
}

/// Those of the calls that begin a dialogue, where some go on with one.
struct Begun {
    calls: Members,
    columns: Columns,
}

const MOST_MARKS: usize = 24;
/// More texts than these within one template are filled in.
const MOST_FILLED: usize = 6;
/// More texts than these that other features have as well are filled in.
const MOST_ELSEWHERE: usize = 4;
/// More sets of tools than these beneath the same instructions are each customer's, or user's: so many groups a feature may have.
const MOST_SETS: u64 = 6;
/// Of so many dialogues the beginnings say enough.
const MANY_BEGUN: u64 = 10;
/// What says little, or in few calls, comes last and divides nothing.
const MOST_TRIED: usize = 600;

/// The best division of these calls; None: they are of one feature, for all one can see.
pub(super) fn divide(columns: &Columns) -> Option<Division> {
    let study = Study::of(columns);
    let count = study.members.count();
    // what one dialogue goes on and on about is no feature: the sides differ in what each began with, too
    let (begun, study_of_begun) = (OnceCell::new(), OnceCell::new());
    let begun = || begun.get_or_init(|| Begun::of(columns)).as_ref();
    let divides = |column: &Column, difference: &Difference| {
        let sizes = study.sizes(&column.calls);
        let alternatives = |section| study.alternatives(&column.calls, difference, section);
        let are_of_steps = study.are_tools_of_steps(&column.calls, difference);
        let do_tools_tell = !are_of_steps && study.are_few_sets(&column.calls, difference);
        let is_else = difference.are_told_something_else(sizes, do_tools_tell, alternatives);
        let is_one = study.is_of_features(&column.calls, difference, are_of_steps);
        if !is_else && !is_one {
            return false;
        }
        let [smaller, larger] = study.sides(&column.calls);
        let [few, many] = [&smaller, &larger].map(|side| columns.independent(side));
        if is_else && many > FEW_DIALOGUES {
            return true;
        }
        if !is_one {
            return false;
        }
        // papers out of a store, word for word the same again
        if study.repeated > MOST_FILLED && difference.is_of_papers() && columns.are_asked_again(&smaller) {
            return false;
        }
        let independent = few.min(many);
        let is_seen_often = independent >= difference.fewest_independent(sizes).min(sizes.smaller);
        // of fewer, what so few calls would have to differ in
        let is_little = independent < FEWEST
            && difference.is_of_features(
                Sizes { smaller: independent, ..sizes },
                !study.are_given_anew,
                alternatives,
            );
        let differs_where_begun = || {
            begun().is_none_or(|begun| {
                let study = study_of_begun.get_or_init(|| Study::of(&begun.columns));
                begun.is_of_features(study, &column.calls, alternatives)
            })
        };
        is_seen_often && differs_where_begun()
            || is_little
            || difference.is_of_agents(few + many, sizes) && !are_of_steps
    };
    let candidates = columns.columns.iter().filter(|column| column.count < count).take(MOST_TRIED);
    let mut candidates: Vec<(u64, &Column, Difference)> = candidates
        .map(|column| {
            let difference = Difference::between(columns, &study.members, &column.calls);
            let smaller = column.count.min(count - column.count);
            (difference.weight() * smaller, column, difference)
        })
        .collect();
    candidates.sort_by_key(|(score, ..)| Reverse(*score));
    let (_, best, difference) =
        candidates.iter().find(|(_, column, difference)| divides(column, difference))?;
    Division::marks(columns, &best.calls, difference)
}

// === impl Study ===

impl<'a> Study<'a> {
    fn of(columns: &'a Columns) -> Self {
        let members = columns.members();
        let [told, asked] = [Section::System, Section::User].map(|section| Texts::of(columns, section));
        let sets_of_tools = columns.sets_of_tools(&members);
        let are_given_anew =
            sets_of_tools > MOST_SETS && sets_of_tools * FEWEST > columns.independent(&members);
        Self {
            columns,
            members,
            told,
            asked,
            sets_of_tools,
            are_given_anew,
            repeated: columns.repeated_questions(),
        }
    }

    /// What these calls, and the others, are told or asked in the place where they differ.
    fn alternatives(&self, side: &Members, difference: &Difference, section: Section) -> Alternatives {
        let Self { told, asked, .. } = self;
        let [marks, common] = [&difference.marks, &difference.common].map(|of| of[section as usize] / 1000);
        let is_filled = section != Section::User || difference.is_beside_much();
        let place = Place {
            marks,
            common,
            is_filled,
            is_crossed: difference.is_crossed(section),
            is_alone: difference.is_told_alone(),
        };
        match section {
            Section::User if marks <= TEMPLATE * common && asked.exclusive(marks).len() > MOST_FILLED => {
                Alternatives::Many
            }
            Section::User => asked.beside(side, place),
            _ if difference.is_said_elsewhere(section) && self.are_told_alike(&told.exclusive(marks)) => {
                Alternatives::Many
            }
            _ => told.beside(side, place),
        }
    }

    /// More than a few are told each of these, and asked the same kind of thing: tenants' tasks are asked of another kind each.
    fn are_told_alike(&self, texts: &[Members]) -> bool {
        texts.len() > MOST_ELSEWHERE && !kinds::are_apart(self.columns, texts)
    }

    /// Whether the two sides differ as features do. `are_of_steps`: their tools are a step's.
    fn is_of_features(&self, side: &Members, difference: &Difference, are_of_steps: bool) -> bool {
        let sizes = self.sizes(side);
        let counted = Sizes { smaller: difference.counted(sizes), ..sizes };
        let do_tools_tell = (!self.are_given_anew || self.is_without_tools(side))
            && !are_of_steps
            && !self.are_named_by_customers(side, difference);
        difference
            .is_of_features(counted, do_tools_tell, |section| self.alternatives(side, difference, section))
            || !are_of_steps && difference.is_told_by_tools(sizes) && self.are_few_sets(side, difference)
    }

    /// One side is given no tools at all: whatever the other one is given, it is no one's choice of tools that tells them apart.
    fn is_without_tools(&self, side: &Members) -> bool {
        self.sides(side).iter().any(|side| self.columns.are_given_nothing(side))
    }

    /// The same work needs other tools when it goes on.
    fn are_tools_of_steps(&self, side: &Members, difference: &Difference) -> bool {
        difference.is_of_tools() && self.columns.are_steps(side)
    }

    /// Many sets of tools beneath long instructions, which differ in less than they share, and many things that are told there:
    /// one function that has each customer's name, beside what that customer has written.
    fn are_named_by_customers(&self, side: &Members, difference: &Difference) -> bool {
        self.sets_of_tools > MOST_SETS
            && difference.are_tools_alike()
            && self.alternatives(side, difference, Section::System) == Alternatives::Many
    }

    /// A few sets of tools are features'; many beneath the same instructions are each customer's or user's, unless one side is given none. Where nothing is
    /// told, each is a feature, unless hardly any is given twice.
    fn are_few_sets(&self, side: &Members, difference: &Difference) -> bool {
        if !difference.is_bare() {
            return self.sets_of_tools <= MOST_SETS || self.is_without_tools(side);
        }
        let [smaller, _] = self.sides(side);
        self.columns.sets_of_tools(&smaller) * 2 <= smaller.count()
    }

    fn sizes(&self, side: &Members) -> Sizes {
        let (both, inside) = (self.members.count(), side.count());
        Sizes { smaller: inside.min(both - inside), both, studied: self.columns.studied }
    }

    fn sides(&self, side: &Members) -> [Members; 2] {
        let others = self.members.without(side);
        if side.count() <= others.count() { [side.clone(), others] } else { [others, side.clone()] }
    }
}

// === impl Begun ===

impl Begun {
    fn of(columns: &Columns) -> Option<Self> {
        let calls = columns.begun();
        (calls.count() < columns.members().count()).then(|| Self { columns: columns.within(&calls), calls })
    }

    /// `alternatives`: what all of the calls are told or asked there. Those that begin a dialogue are fewer, and how it goes on says
    /// which kind a call is of: where many of them are told apart, what all say counts.
    fn is_of_features(
        &self,
        study: &Study<'_>,
        side: &Members,
        alternatives: impl Fn(Section) -> Alternatives,
    ) -> bool {
        let side = self.calls.numbered(side);
        if !(1..study.members.count()).contains(&side.count()) {
            return false;
        }
        let difference = Difference::between(&self.columns, &study.members, &side);
        let sizes = study.sizes(&side);
        let are_of_steps = study.are_tools_of_steps(&side, &difference);
        study.is_of_features(&side, &difference, are_of_steps)
            || sizes.smaller >= MANY_BEGUN
                && difference.is_of_features(sizes, !study.are_given_anew, alternatives)
    }
}

// === impl Division ===

impl Division {
    /// What tells some of these calls from the others of them.
    pub(super) fn from_others(columns: &Columns, members: &Members, side: &Members) -> Option<Self> {
        let columns = columns.within(members);
        let side = members.numbered(side);
        let difference = Difference::between(&columns, &columns.members(), &side);
        Self::marks(&columns, &side, &difference)
    }

    fn marks(columns: &Columns, side: &Members, difference: &Difference) -> Option<Self> {
        let (count, inside) = (columns.members().count(), side.count());
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
        let may_be_filled = difference.may_be_filled();
        (!mark.is_empty()).then(|| Self { mark, other: chosen(other), may_be_filled })
    }

    pub(super) fn is_marked(&self, sketch: &Sketch) -> bool {
        let part = |atoms: &[Atom]| {
            let found = atoms.iter().filter(|atom| sketch.has(**atom)).count();
            if atoms.is_empty() { 500 } else { found * 1000 / atoms.len() }
        };
        part(&self.mark) >= part(&self.other).max(1)
    }
}
