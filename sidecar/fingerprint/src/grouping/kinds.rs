//! Calls that are told different things: are they of different kinds, too? Tasks are: they are asked long or short things, with
//! other parameters, in dialogues or not. What is filled into one template (a customer, a document) has nothing to do with that.

use std::collections::HashSet;

use super::{
    columns::{Column, Columns},
    members::Members,
};
use crate::sketch::Section;

/// What is known of some calls, besides what they are told.
struct Kind {
    calls: u64,
    /// How long what they are asked is; the same question counts once.
    asked: Lengths,
    /// For each thing that the shape of some calls has, and at last going on with a dialogue: how many of a thousand.
    shape: Vec<u64>,
}

struct Lengths {
    count: u64,
    mean: u64,
    variance: u64,
}

/// Each call says so much of it, on average.
const SOME: u64 = 3;
/// Fewer calls show nothing.
const FEWEST: u64 = 4;

/// Most of these sets of calls differ from most others.
pub(super) fn are_apart(columns: &Columns, sets: &[Members]) -> bool {
    let shapes: Vec<&Members> = columns
        .columns
        .iter()
        .filter(|column| column.weight[Section::Shape as usize] > 0)
        .map(|column| &column.calls)
        .collect();
    let kinds: Vec<Kind> = sets.iter().map(|set| Kind::of(columns, &shapes, set)).collect();
    let pairs =
        kinds.iter().enumerate().flat_map(|(at, one)| kinds[at + 1..].iter().map(move |other| (one, other)));
    let (apart, alike): (Vec<_>, Vec<_>) = pairs.partition(|(one, other)| one.is_apart_from(other));
    apart.len() >= alike.len()
}

/// How what some calls say, and others do not, is spread over sets of them: how much all say of it.
pub(super) struct Spread {
    calls: u64,
    /// What is asked in one of them.
    asked_in_one: u64,
    asked_in_many: u64,
    /// The same of all that is told or asked.
    said_in_one: u64,
    said_in_many: u64,
}

// === impl Kind ===

impl Kind {
    fn of(columns: &Columns, shapes: &[&Members], set: &Members) -> Self {
        let calls = set.count();
        let thousandth = |part: u64| part * 1000 / calls.max(1);
        let (mut seen, mut lengths, mut gone_on) = (HashSet::new(), Vec::new(), 0);
        for at in set.iter() {
            match columns.dialogue(at) {
                Some(dialogue) if dialogue.goes_on => gone_on += 1,
                Some(dialogue) if !seen.insert(dialogue.first) => {}
                _ => lengths.push(columns.asked[at]),
            }
        }
        let mut shape: Vec<u64> = shapes.iter().map(|shape| thousandth(shape.shared(set))).collect();
        shape.push(thousandth(gone_on));
        let calls = columns.independent(set);
        Self { calls, asked: Lengths::of(&lengths), shape }
    }

    fn is_apart_from(&self, other: &Self) -> bool {
        let is_clear = |(one, other): (&u64, &u64)| one.abs_diff(*other) >= 800;
        self.calls.min(other.calls) >= FEWEST
            && (self.asked.are_apart_from(&other.asked) || self.shape.iter().zip(&other.shape).any(is_clear))
    }
}

// === impl Spread ===

impl Spread {
    pub(super) fn over(columns: &Columns, sets: &[Members]) -> Self {
        let mut spread = Self::of(sets.iter().map(Members::count).sum());
        for column in &columns.columns {
            spread.add(column, sets.iter().map(|set| column.calls.shared(set)));
        }
        spread
    }

    /// Of so many calls, of which nothing is known yet.
    pub(super) fn of(calls: u64) -> Self {
        Self { calls, asked_in_one: 0, asked_in_many: 0, said_in_one: 0, said_in_many: 0 }
    }

    /// How many calls of each set say it.
    pub(super) fn add(&mut self, column: &Column, held: impl Iterator<Item = u64>) {
        let (all, most) = held.fold((0, 0), |(all, most): (u64, u64), held| (all + held, most.max(held)));
        if all < FEWEST || all * 10 >= self.calls * 9 {
            return;
        }
        let Self { asked_in_one, asked_in_many, said_in_one, said_in_many, .. } = self;
        let is_in_one = most * 5 >= all * 4;
        let (asked, said) =
            if is_in_one { (asked_in_one, said_in_one) } else { (asked_in_many, said_in_many) };
        *asked += column.weight[Section::User as usize] * all;
        *said += column.weight.iter().sum::<u64>() * all;
    }

    /// Most of what is asked again is asked in one set only.
    pub(super) fn is_asked_apart(&self) -> bool {
        self.asked_in_one > self.asked_in_many && self.asked_in_one >= SOME * self.calls
    }

    /// Much else goes across these sets.
    pub(super) fn is_crossed(&self) -> bool {
        self.said_in_many >= SOME * self.calls && self.said_in_many * 3 >= self.said_in_one
    }
}

// === impl Lengths ===

impl Lengths {
    fn of(lengths: &[u64]) -> Self {
        let count = lengths.len() as u64;
        let mean = 1000 * lengths.iter().sum::<u64>() / count.max(1);
        let squares: u64 = lengths.iter().map(|length| (1000 * length).abs_diff(mean).pow(2)).sum();
        // as whole words are counted, and few of them
        Self { count, mean, variance: squares / count.max(1) + 1_000_000 }
    }

    /// By more than they vary, and more than by chance.
    fn are_apart_from(&self, other: &Self) -> bool {
        let apart = self.mean.abs_diff(other.mean).pow(2);
        self.count.min(other.count) >= FEWEST
            && apart * 2 >= self.variance + other.variance
            && apart >= 9 * (self.variance / self.count + other.variance / other.count)
    }
}
