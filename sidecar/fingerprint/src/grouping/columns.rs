//! Calls as rows, atoms as columns of bits.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use crate::sketch::{Atom, Dialogue, Section, Sketch};

/// Some of the calls.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Members {
    bits: Vec<u64>,
}

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
    /// All calls of the endpoint.
    pub(super) studied: u64,
}

/// How much one atom counts: a word is in three runs.
pub(super) const WEIGHTS: [u64; Section::COUNT] = [2, 2, 1, 1];
/// So many calls of a dialogue are seen, at least, before one is missed that began it.
const NEVER_BEGUN: u64 = 4;
/// More columns tell nothing new.
const MOST_COLUMNS: usize = 3_000;

// === impl Members ===

impl Members {
    pub(super) fn all(calls: usize) -> Self {
        let mut members = Self::none(calls);
        (0..calls).for_each(|at| members.insert(at));
        members
    }

    pub(super) fn none(calls: usize) -> Self {
        Self { bits: vec![0; calls.div_ceil(64)] }
    }

    pub(super) fn insert(&mut self, at: usize) {
        self.bits[at / 64] |= 1 << (at % 64);
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.bits[at / 64] & (1 << (at % 64)) != 0
    }

    pub(super) fn count(&self) -> u64 {
        self.bits.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }

    pub(super) fn shared(&self, other: &Self) -> u64 {
        self.bits.iter().zip(&other.bits).map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        Self { bits: self.bits.iter().zip(&other.bits).map(|(a, b)| a | b).collect() }
    }

    pub(super) fn without(&self, other: &Self) -> Self {
        Self { bits: self.bits.iter().zip(&other.bits).map(|(a, b)| a & !b).collect() }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.bits.iter().enumerate().flat_map(|(word, bits)| {
            (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| word * 64 + bit)
        })
    }

    pub(super) fn partition(&self, is_in: impl Fn(usize) -> bool) -> (Self, Self) {
        let calls = self.bits.len() * 64;
        let (mut inside, mut outside) = (Self::none(calls), Self::none(calls));
        for at in self.iter() {
            if is_in(at) { inside.insert(at) } else { outside.insert(at) }
        }
        (inside, outside)
    }
}

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
            dialogues: places.iter().map(|at| self.dialogues[*at]).collect(),
            studied: self.studied,
        }
    }

    /// All of its calls.
    pub(super) fn members(&self) -> Members {
        Members::all(self.asked.len())
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
        let calls = |[begun, gone_on]: &[u64; 2]| match begun {
            // examples that stand before each question look like a dialogue that goes on and never began
            0 => (gone_on / NEVER_BEGUN).max(1),
            begun => *begun,
        };
        others + seen.values().map(calls).sum::<u64>()
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
