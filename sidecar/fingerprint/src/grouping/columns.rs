//! Calls as rows, atoms as columns of bits.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use super::members::Members;
use crate::sketch::{Atom, Dialogue, Section, Sketch};

/// Atoms that are there in the same calls.
pub(super) struct Column {
    pub(super) atoms: Vec<Atom>,
    pub(super) calls: Members,
    /// How many these are.
    pub(super) count: u64,
    /// How much it counts, by section.
    pub(super) weight: [u64; Section::COUNT],
    /// The same, times all calls of the endpoint that have it.
    pub(super) everywhere: [u64; Section::COUNT],
}

pub(super) struct Columns {
    pub(super) endpoint: Option<Atom>,
    pub(super) columns: Vec<Column>,
    /// For each call: how much of it is what is asked first.
    pub(super) asked: Vec<u64>,
    /// The dialogue that it is of.
    dialogues: Vec<Option<Dialogue>>,
    /// And how much is what the app itself says.
    pub(super) told: Vec<u64>,
    /// Which tools it may use, all of them; 0: none.
    given: Vec<u64>,
    /// All calls of the endpoint.
    pub(super) studied: u64,
}

/// How much one atom counts: a word is in three runs.
pub(super) const WEIGHTS: [u64; Section::COUNT] = [2, 2, 1, 1];
/// So many calls of a dialogue are seen, at least, before one is missed that began it.
const NEVER_BEGUN: u64 = 4;
/// So many dialogues go on with other tools, before that is no chance: a greeting begins many.
const STEPS: usize = 3;
/// More columns tell nothing new.
const MOST_COLUMNS: usize = 3_000;

// === impl Column ===

impl Column {
    /// Atoms of the same calls in one column; what says most first.
    fn together(atoms_of: impl Iterator<Item = (Members, Vec<Atom>, [u64; Section::COUNT])>) -> Vec<Self> {
        let mut together: HashMap<Members, (Vec<Atom>, [u64; Section::COUNT])> = HashMap::new();
        for (calls, atoms, everywhere) in atoms_of {
            let (all, sum) = together.entry(calls).or_default();
            all.extend(atoms);
            sum.iter_mut().zip(everywhere).for_each(|(sum, more)| *sum += more);
        }
        let mut columns: Vec<Self> = together
            .into_iter()
            .map(|(calls, (mut atoms, everywhere))| {
                atoms.sort_unstable();
                let mut weight = [0; Section::COUNT];
                for atom in &atoms {
                    weight[atom.section()] += WEIGHTS[atom.section()];
                }
                let count = calls.count();
                Self { atoms, calls, count, weight, everywhere }
            })
            .collect();
        columns.sort_by_key(|column| {
            let weight = column.weight.iter().sum::<u64>() * column.count;
            (Reverse(weight), column.atoms[0])
        });
        columns
    }
}

// === impl Columns ===

impl Columns {
    /// What only one call has tells nothing of the others, and is left out.
    pub(super) fn of(sketches: &[&Sketch]) -> Self {
        let mut had_by: HashMap<Atom, u32> = HashMap::new();
        for atom in sketches.iter().flat_map(|sketch| &sketch.atoms.0) {
            *had_by.entry(*atom).or_default() += 1;
        }
        had_by.retain(|_, calls| *calls > 1);
        let mut calls_of: HashMap<Atom, Members> =
            had_by.into_keys().map(|atom| (atom, Members::none(sketches.len()))).collect();
        for (at, sketch) in sketches.iter().enumerate() {
            for atom in &sketch.atoms.0 {
                if let Some(calls) = calls_of.get_mut(atom) {
                    calls.insert(at);
                }
            }
        }
        let columns = Column::together(calls_of.into_iter().map(|(atom, calls)| {
            let mut everywhere = [0; Section::COUNT];
            everywhere[atom.section()] = WEIGHTS[atom.section()] * calls.count();
            (calls, vec![atom], everywhere)
        }));
        let count = |section| {
            let of =
                |sketch: &&Sketch| sketch.atoms.0.iter().filter(|atom| atom.is_of(section)).count() as u64;
            sketches.iter().map(of).collect()
        };
        let (asked, told) = (count(Section::User), count(Section::System));
        Self {
            endpoint: sketches.first().map(|sketch| sketch.endpoint),
            columns,
            asked,
            told,
            given: sketches.iter().map(|sketch| set_of_tools(sketch)).collect(),
            dialogues: sketches.iter().map(|sketch| sketch.dialogue).collect(),
            studied: sketches.len() as u64,
        }
    }

    /// The same of some of the calls alone, which are numbered anew: what says most of them, however little that is of all.
    pub(super) fn within(&self, members: &Members) -> Self {
        let places: Vec<usize> = members.iter().collect();
        let calls_within = |calls: &Members| {
            let mut within = Members::none(places.len());
            (0..places.len()).filter(|at| calls.has(places[*at])).for_each(|at| within.insert(at));
            within
        };
        let says = |column: &Column| column.weight.iter().sum::<u64>() * column.calls.shared(members);
        let present = self.columns.iter().map(|column| (says(column), column));
        let mut present: Vec<(u64, &Column)> = present.filter(|(says, _)| *says > 0).collect();
        present.sort_by_key(|(says, column)| (Reverse(*says), column.atoms[0]));
        let columns = Column::together(
            present
                .into_iter()
                .take(MOST_COLUMNS)
                .map(|(_, column)| (calls_within(&column.calls), column.atoms.clone(), column.everywhere)),
        );
        Self {
            endpoint: self.endpoint,
            columns,
            asked: places.iter().map(|at| self.asked[*at]).collect(),
            told: places.iter().map(|at| self.told[*at]).collect(),
            given: places.iter().map(|at| self.given[*at]).collect(),
            dialogues: places.iter().map(|at| self.dialogues[*at]).collect(),
            studied: self.studied,
        }
    }

    /// All of its calls.
    pub(super) fn members(&self) -> Members {
        Members::all(self.asked.len())
    }

    /// The dialogue that a call is of.
    pub(super) fn dialogue(&self, at: usize) -> Option<Dialogue> {
        self.dialogues[at]
    }

    /// How many of these calls say something by themselves: those that go on with a dialogue say what it began with.
    pub(super) fn independent(&self, members: &Members) -> u64 {
        let mut seen: HashMap<Atom, [u64; 2]> = HashMap::new();
        let mut others = 0;
        for at in members.iter() {
            match self.dialogues[at] {
                Some(Dialogue { first, goes_on }) => {
                    seen.entry(first).or_default()[usize::from(goes_on)] += 1;
                }
                None => others += 1,
            }
        }
        others + seen.values().map(|[begun, gone_on]| Self::counted(*begun, *gone_on)).sum::<u64>()
    }

    fn counted(begun: u64, gone_on: u64) -> u64 {
        match begun {
            // examples that stand before each question look like a dialogue that goes on and never began
            0 => (gone_on / NEVER_BEGUN).max(1),
            begun => begun,
        }
    }

    /// Such calls: of each dialogue those that began it.
    pub(super) fn begun(&self) -> Members {
        let mut seen: HashMap<Atom, [u64; 2]> = HashMap::new();
        for Dialogue { first, goes_on } in self.dialogues.iter().flatten() {
            seen.entry(*first).or_default()[usize::from(*goes_on)] += 1;
        }
        let mut left: HashMap<Atom, u64> = HashMap::new();
        let mut begun = Members::none(self.dialogues.len());
        for (at, dialogue) in self.dialogues.iter().enumerate() {
            let Some(Dialogue { first, goes_on }) = dialogue else {
                begun.insert(at);
                continue;
            };
            let [began, gone_on] = seen[first];
            if *goes_on && began > 0 {
                continue;
            }
            let left = left.entry(*first).or_insert_with(|| Self::counted(began, gone_on));
            if *left > 0 {
                *left -= 1;
                begun.insert(at);
            }
        }
        begun
    }

    /// How many first questions begin more than one of these calls' dialogues.
    pub(super) fn repeated_questions(&self) -> usize {
        let mut begun: HashMap<Atom, u64> = HashMap::new();
        for dialogue in self.dialogues.iter().flatten().filter(|dialogue| !dialogue.goes_on) {
            *begun.entry(dialogue.first).or_default() += 1;
        }
        begun.into_values().filter(|calls| *calls > 1).count()
    }

    /// Each is asked twice at least, on average.
    pub(super) fn are_asked_again(&self, members: &Members) -> bool {
        let asked = members.iter().filter_map(|at| self.dialogues[at]);
        let questions: HashSet<Atom> = asked.map(|dialogue| dialogue.first).collect();
        !questions.is_empty() && questions.len() as u64 * 2 <= members.count()
    }

    /// Most dialogues of these calls, or of the others, go on from the one side to the other: steps of the same work.
    pub(super) fn are_steps(&self, side: &Members) -> bool {
        #[derive(Default)]
        struct Sides {
            seen: [bool; 2],
            begun: [bool; 2],
        }
        let mut dialogues: HashMap<Atom, Sides> = HashMap::new();
        for (at, dialogue) in self.dialogues.iter().enumerate() {
            if let Some(Dialogue { first, goes_on }) = dialogue {
                let sides = dialogues.entry(*first).or_default();
                let here = usize::from(side.has(at));
                sides.seen[here] = true;
                sides.begun[here] |= !goes_on;
            }
        }
        // who asks the same again begins anew on either side
        let across =
            dialogues.values().filter(|sides| sides.seen == [true; 2] && sides.begun != [true; 2]).count();
        let seen = |here: usize| dialogues.values().filter(|sides| sides.seen[here]).count();
        across >= STEPS && across * 2 >= seen(0).min(seen(1))
    }

    /// None of these calls may use a tool.
    pub(super) fn are_given_nothing(&self, members: &Members) -> bool {
        members.iter().all(|at| self.given[at] == 0)
    }

    /// How many sets of tools nine of ten of these calls are given: the most frequent ones.
    pub(super) fn sets_of_tools(&self, members: &Members) -> u64 {
        let mut given: HashMap<u64, u64> = HashMap::new();
        for at in members.iter() {
            *given.entry(self.given[at]).or_default() += 1;
        }
        let mut calls: Vec<u64> = given.into_values().collect();
        calls.sort_unstable_by_key(|calls| Reverse(*calls));
        let (mut left, mut sets) = (members.count() * 9 / 10, 0);
        for calls in calls {
            if left == 0 {
                break;
            }
            left = left.saturating_sub(calls);
            sets += 1;
        }
        sets
    }

    /// What at least nine of ten of these calls have: the rarest elsewhere first.
    pub(super) fn core(&self, members: &Members, most: usize) -> Vec<Atom> {
        let count = members.count();
        let mut core: Vec<(u64, Atom)> = self
            .columns
            .iter()
            .filter(|column| column.calls.shared(members) * 10 >= count * 9)
            .flat_map(|column| {
                let elsewhere = column.count - column.calls.shared(members);
                column.atoms.iter().map(move |atom| (elsewhere, *atom))
            })
            .collect();
        core.sort_unstable();
        let mut core: Vec<Atom> = core.into_iter().take(most).map(|(_, atom)| atom).collect();
        core.sort_unstable();
        core
    }
}

fn set_of_tools(sketch: &Sketch) -> u64 {
    let tools = sketch.atoms.0.iter().filter(|atom| atom.is_of(Section::Tools));
    tools.fold(0, |hash: u64, atom| {
        (hash.rotate_left(7) ^ u64::from(atom.0)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}
