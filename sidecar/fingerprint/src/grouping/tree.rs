//! All divisions of an endpoint's calls, and those of them that are taken back.
//!
//! A division sees its own calls alone. Where something is filled in out of many (a user's profile), some of its words are shared
//! by a few, and each of these few parts has few profiles in its turn: each division looks like one between a few tasks, and
//! yet in the end some profiles stand alone and the rest of them together. Tasks leave no such rest.
//! Nor does a division see what was divided by before it: what goes across that is filled in, too; and so is what parts are told by
//! that stands in some calls of other parts.

use std::cell::OnceCell;

use super::{
    across::Across,
    columns::Columns,
    division::{self, Division},
    kinds,
    members::Members,
    scattered::Scattered,
};
use crate::sketch::{Section, Sketch};

/// Some of the calls, and how they are divided.
pub(super) struct Node {
    pub(super) members: Members,
    pub(super) parts: Option<Parts>,
}

/// A division, and where its parts stand among the nodes.
pub(super) struct Parts {
    pub(super) division: Division,
    pub(super) inside: usize,
    pub(super) outside: usize,
}

/// What the calls of a part say, beside what all that it was divided from say.
struct Said {
    calls: u64,
    /// The same in all of them.
    same: u64,
    /// Each something else, and others again the same.
    varied: u64,
}

/// More parts than these, and a rest, are fillings: so many groups a feature may have.
const MOST_FILLED: usize = 6;
const DEEPEST: usize = 400;

/// The first node is all calls; parts stand behind what they are parts of.
pub(super) fn divide(columns: &Columns, studied: &[&Sketch]) -> Vec<Node> {
    let mut nodes = vec![Node { members: Members::all(studied.len()), parts: None }];
    let mut todo = vec![(0, 0)];
    while let Some((at, depth)) = todo.pop() {
        let divided =
            if depth < DEEPEST { division::divide(&columns.within(&nodes[at].members)) } else { None };
        let Some(division) = divided else { continue };
        let outside = divide_into(&mut nodes, at, studied, division);
        todo.extend([(outside, depth + 1), (outside - 1, depth + 1)]);
    }
    take_back_fillings(columns, &mut nodes);
    take_back_across(columns, &mut nodes);
    take_back_scattered(columns, studied, &mut nodes);
    nodes
}

/// The place of those without the mark; those with it stand before them.
fn divide_into(nodes: &mut Vec<Node>, at: usize, studied: &[&Sketch], division: Division) -> usize {
    let (inside, outside) = nodes[at].members.partition(|call| division.is_marked(studied[call]));
    let place = nodes.len();
    nodes.extend([inside, outside].map(|members| Node { members, parts: None }));
    nodes[at].parts = Some(Parts { division, inside: place, outside: place + 1 });
    place + 1
}

/// Takes back all divisions of a node where they leave some fillings alone and the rest of them together.
fn take_back_fillings(columns: &Columns, nodes: &mut [Node]) {
    let leaves = fillable(columns, nodes);
    let mut todo = vec![0];
    while let Some(at) = todo.pop() {
        let is_filled = leaves[at].len() > MOST_FILLED && is_one_of_many(columns, nodes, at, &leaves[at]);
        if is_filled {
            nodes[at].parts = None;
        } else if let Some(parts) = &nodes[at].parts {
            todo.extend([parts.inside, parts.outside]);
        }
    }
}

/// Takes back the last divisions of a node where what they divide by goes across those before, and all make too many parts.
fn take_back_across(columns: &Columns, nodes: &mut [Node]) {
    let leaves = fillable(columns, nodes);
    let across = OnceCell::new();
    let mut todo = vec![0];
    while let Some(all) = todo.pop() {
        if leaves[all].len() <= MOST_FILLED {
            todo.extend(nodes[all].parts.iter().flat_map(|parts| [parts.inside, parts.outside]));
            continue;
        }
        // what they are parts of stands before them
        for at in below(nodes, all).into_iter().rev() {
            let Some(Parts { division, inside, outside }) = &nodes[at].parts else { continue };
            let [inside, outside] = [inside, outside].map(|part| &nodes[*part]);
            if inside.parts.is_some() || outside.parts.is_some() {
                continue;
            }
            let others = nodes[all].members.without(&nodes[at].members);
            let across = across.get_or_init(|| Across::of(columns));
            if across.goes_across(division, inside.members.count(), &others) {
                nodes[at].parts = None;
            }
        }
    }
}

/// Takes back all divisions of a node that makes too many parts, where what tells them apart is scattered over others.
fn take_back_scattered(columns: &Columns, studied: &[&Sketch], nodes: &mut Vec<Node>) {
    let is_last = |at: &usize| nodes[*at].parts.is_none();
    let mut last: Vec<usize> = below(nodes, 0).into_iter().filter(is_last).collect();
    if last.len() <= MOST_FILLED {
        return;
    }
    last.sort_unstable();
    let members: Vec<Members> = last.iter().map(|at| nodes[*at].members.clone()).collect();
    let scattered = Scattered::of(columns, &members);
    let members_of =
        |parts: &[usize]| -> Vec<Members> { parts.iter().map(|part| members[*part].clone()).collect() };
    let mut todo = vec![0];
    while let Some(at) = todo.pop() {
        let below = below(nodes, at);
        let parts: Vec<usize> = below.iter().filter_map(|part| last.binary_search(part).ok()).collect();
        if !scattered.are_more_than(MOST_FILLED, &parts) {
            continue;
        }
        let beside = scattered.beside_fillings(&parts).filter(|_| !are_of_kinds(columns, nodes, at, &below));
        if let Some(beside) = beside {
            nodes[at].parts = None;
            set_apart(columns, studied, nodes, at, &members_of(&beside));
        } else if scattered.are_pages(&parts) && !kinds::are_apart(columns, &members_of(&parts)) {
            nodes[at].parts = None;
        } else if let Some(parts) = &nodes[at].parts {
            todo.extend([parts.inside, parts.outside]);
        }
    }
}

/// Divides a part again: each of these calls from all others.
fn set_apart(columns: &Columns, studied: &[&Sketch], nodes: &mut Vec<Node>, at: usize, apart: &[Members]) {
    let mut at = at;
    for calls in apart {
        let Some(division) = Division::from_others(columns, &nodes[at].members, calls) else { continue };
        at = divide_into(nodes, at, studied, division);
    }
}

/// Calls of one kind are divided from calls of another, and many of either.
fn are_of_kinds(columns: &Columns, nodes: &[Node], all: usize, below: &[usize]) -> bool {
    let count = nodes[all].members.count();
    std::iter::once(&all).chain(below).filter_map(|at| nodes[*at].parts.as_ref()).any(|parts| {
        let sides = [parts.inside, parts.outside].map(|side| nodes[side].members.clone());
        sides.iter().all(|side| side.count() * 5 >= count) && kinds::are_apart(columns, &sides)
    })
}

/// All parts of a node, and their parts.
fn below(nodes: &[Node], all: usize) -> Vec<usize> {
    let parts = |at: usize| nodes[at].parts.iter().flat_map(|parts| [parts.inside, parts.outside]);
    let mut below: Vec<usize> = parts(all).collect();
    let mut next = 0;
    while let Some(at) = below.get(next).copied() {
        below.extend(parts(at));
        next += 1;
    }
    below
}

/// Of each node its last parts, if all that tells them apart may be filled in and calls of one kind are on both sides; else none.
fn fillable(columns: &Columns, nodes: &[Node]) -> Vec<Vec<usize>> {
    let mut leaves: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for at in (0..nodes.len()).rev() {
        leaves[at] = match &nodes[at].parts {
            None => vec![at],
            Some(Parts { division, inside, outside }) => {
                let sides = [*inside, *outside];
                let is_fillable = division.may_be_filled
                    && sides.iter().all(|side| !leaves[*side].is_empty())
                    && !kinds::are_apart(columns, &sides.map(|side| nodes[side].members.clone()));
                if is_fillable {
                    sides.iter().flat_map(|side| leaves[*side].clone()).collect()
                } else {
                    Vec::new()
                }
            }
        };
    }
    leaves
}

/// Each part says one thing, but for a rest that says as much, and each time something else.
fn is_one_of_many(columns: &Columns, nodes: &[Node], all: usize, leaves: &[usize]) -> bool {
    let said: Vec<Said> =
        leaves.iter().map(|leaf| Said::beside(columns, &nodes[all].members, &nodes[*leaf].members)).collect();
    let (rest, alone): (Vec<&Said>, Vec<&Said>) = said.iter().partition(|said| said.is_rest());
    let mean = |of: &[&Said], what: fn(&Said) -> u64| {
        let calls: u64 = of.iter().map(|said| said.calls).sum();
        of.iter().map(|said| what(said) * said.calls).sum::<u64>() / calls.max(1)
    };
    let [varied, same] = [mean(&rest, |said| said.varied), mean(&alone, |said| said.same)];
    !rest.is_empty()
        && alone.iter().all(|said| said.varied <= said.same)
        && (same..=4 * same).contains(&(2 * varied))
}

// === impl Said ===

impl Said {
    fn beside(columns: &Columns, all: &Members, part: &Members) -> Self {
        let (count, calls) = (all.count(), part.count());
        let (mut same, mut varied) = (0, 0);
        for column in &columns.columns {
            let its = column.calls.shared(part);
            let weight: u64 = column.weight.iter().sum::<u64>() - column.weight[Section::Shape as usize];
            if its == 0 || weight == 0 || column.calls.shared(all) * 20 >= count * 17 {
                continue;
            }
            if its * 20 >= calls * 17 { same += weight * 1000 } else { varied += weight * its * 1000 / calls }
        }
        Self { calls, same, varied }
    }

    fn is_rest(&self) -> bool {
        self.same * 4 <= self.varied
    }
}
