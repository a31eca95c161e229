//! Last parts that nothing tells apart but what stands in some calls of other parts, too, and not in all of them.
//!
//! A document out of a store marks the calls that a part was made of, and stands in some calls of other parts, beside other
//! documents. What tells a feature is in all calls of a part, or in none. Where parts are told other things they may be tasks, each
//! beneath what is scattered: only of what is asked this says enough. Where nothing is told, people ask the same in a few words
//! again and again. What is told apart by pages, in few calls each, is a case of its own.

mod pages;

use std::{cmp::Reverse, collections::BTreeMap};

use super::{columns::Columns, members::Members};
use crate::sketch::Section;

/// How often each thing is there in each of the last parts.
pub(super) struct Scattered<'a> {
    columns: &'a Columns,
    /// Of each part.
    calls: Vec<u64>,
    /// Nothing is told in it, and what is asked is short.
    are_turns: Vec<bool>,
    /// Of each column, in each part.
    held: Vec<Vec<u64>>,
}

/// What a part says, and not all parts do.
#[derive(Clone, Copy, Default)]
struct Said {
    /// How much nearly all of its calls say.
    same: u64,
    /// The same, times the calls of other parts of which some say it.
    scattered: u64,
}

/// So much that all are told, asked or given is a frame that something is filled into.
const FRAME: u64 = 6;
/// What says less tells no parts apart.
const LEAST: u64 = 4;
/// A part that says less has nothing of its own.
const OWN: u64 = 3;
/// What says less is a turn of a dialogue: what people ask again and again, not what an app asks for them.
const TURN: u64 = 24;
/// More calls that are asked alike are a feature's.
const MOST_TURNS: u64 = 32;
/// So many parts may stay beside what is put together: six groups at most.
const MOST_ALONE: usize = 5;

// === impl Scattered ===

impl<'a> Scattered<'a> {
    /// All calls are in these parts, each in one.
    pub(super) fn of(columns: &'a Columns, parts: &[Members]) -> Self {
        let mut part_of = vec![0; columns.asked.len()];
        for (part, members) in parts.iter().enumerate() {
            members.iter().for_each(|call| part_of[call] = part);
        }
        let held = columns.columns.iter().map(|column| {
            let mut held = vec![0; parts.len()];
            column.calls.iter().for_each(|call| held[part_of[call]] += 1);
            held
        });
        let held = held.collect();
        let is_turn = |members: &Members| {
            let sum = |of: &[u64]| members.iter().map(|at| of[at]).sum::<u64>();
            let calls = members.count();
            calls <= MOST_TURNS && sum(&columns.told) == 0 && sum(&columns.asked) < TURN * calls
        };
        let (calls, are_turns) = parts.iter().map(|members| (members.count(), is_turn(members))).unzip();
        Self { columns, calls, are_turns, held }
    }

    /// More of these parts than `most` make up nine calls of ten.
    pub(super) fn are_more_than(&self, most: usize, parts: &[usize]) -> bool {
        let mut calls: Vec<u64> = parts.iter().map(|part| self.calls[*part]).collect();
        calls.sort_unstable_by_key(|calls| Reverse(*calls));
        calls.iter().take(most).sum::<u64>() * 10 < calls.iter().sum::<u64>() * 9
    }

    /// Those of these parts that are no fillings, if the others are: only what is asked tells them apart, most calls are of parts
    /// whose words stand in some calls of other parts, too, and the words that do not are no tasks'. Within a frame all are fillings;
    /// without one a part that has words of its own may be a template.
    pub(super) fn beside_fillings(&self, parts: &[usize]) -> Option<Vec<usize>> {
        let all: u64 = parts.iter().map(|part| self.calls[*part]).sum();
        let mut said = vec![Said::default(); parts.len()];
        let (mut frame, mut apart) = (0, [0; Section::COUNT]);
        let mut texts: BTreeMap<Vec<usize>, u64> = BTreeMap::new();
        for (column, held) in self.columns.columns.iter().zip(&self.held) {
            let held_by: u64 = parts.iter().map(|part| held[*part]).sum();
            let text = column.weight.iter().sum::<u64>() - column.weight[Section::Shape as usize];
            if held_by * 20 >= all * 17 {
                frame += text;
                continue;
            }
            let (mut having, mut lacking, mut scattered) = (Vec::new(), false, 0);
            for (place, part) in parts.iter().enumerate() {
                let (held, calls) = (held[*part], self.calls[*part]);
                if held * 20 >= calls * 17 {
                    having.push(place);
                } else if held * 20 <= calls * 3 {
                    lacking = true;
                } else {
                    scattered += held;
                }
            }
            for place in &having {
                said[*place].same += text;
                said[*place].scattered += text * scattered;
            }
            if lacking && !having.is_empty() {
                apart.iter_mut().zip(column.weight).for_each(|(apart, weight)| *apart += weight);
                if scattered * 10 <= held_by {
                    *texts.entry(having).or_default() += text;
                }
            }
        }
        let is_alone = |said: &Said, part: usize| said.is_own(self.calls[part]) && !self.are_turns[part];
        let parts_alone = said.iter().zip(parts).filter(|(said, part)| is_alone(said, **part));
        let mut alone: Vec<usize> = parts_alone.map(|(_, part)| *part).collect();
        let calls_alone: u64 = alone.iter().map(|part| self.calls[*part]).sum();
        let [shape, tools, system, _] = apart;
        let are_fillings = shape.max(tools).max(system) < LEAST
            && calls_alone * 5 <= all * 2
            && !are_shared_out(texts, parts.len());
        alone.sort_unstable_by_key(|part| Reverse(self.calls[*part]));
        alone.truncate(if frame >= FRAME { 0 } else { MOST_ALONE });
        are_fillings.then_some(alone)
    }
}

/// Each part has one of these texts, and none beside it, and some have the same: tasks.
fn are_shared_out(texts: BTreeMap<Vec<usize>, u64>, parts: usize) -> bool {
    let texts = texts.into_iter().filter(|(_, weight)| *weight >= LEAST);
    let mut texts: Vec<Vec<usize>> = texts.map(|(parts, _)| parts).collect();
    texts.sort_by_key(|parts| Reverse(parts.len()));
    let mut covered = vec![false; parts];
    for parts in &texts {
        if parts.iter().all(|part| !covered[*part]) {
            parts.iter().for_each(|part| covered[*part] = true);
        }
    }
    covered.iter().all(|covered| *covered) && texts[0].len() > 1
}

// === impl Said ===

impl Said {
    /// Hardly any of it stands in other parts beside other things.
    fn is_own(self, calls: u64) -> bool {
        self.same >= OWN && self.scattered * 20 < self.same * calls
    }
}
