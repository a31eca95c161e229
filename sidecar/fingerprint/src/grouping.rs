//! Many sketches to groups.
//!
//! A set of calls is divided in two, and each part again, for as long as a division is one between features. For each
//! candidate (whatever some of the calls have and others have not) it is asked how the two sides differ in everything
//! else: features differ in many things together; what is filled into a template differs in itself alone, and across
//! the other differences.

mod across;
mod alternatives;
mod columns;
mod difference;
mod division;
mod kinds;
mod members;
mod scattered;
mod tree;

use std::collections::BTreeMap;

use crate::{
    group::Group,
    sketch::{Atom, Atoms, Sketch},
};

use self::{columns::Columns, members::Members, tree::Parts};

/// Calls, and the groups that they fall into.
pub struct Grouping {
    /// In the order of the sketches given.
    of_sketch: Vec<usize>,
    groups: Vec<Group>,
}

/// More of one endpoint teach nothing new: the others are asked where they belong.
const MOST_STUDIED: usize = 4_000;

// === impl Grouping ===

impl Grouping {
    /// The same groups in whatever order the sketches come.
    pub fn of(sketches: &[Sketch]) -> Self {
        let mut by_endpoint: BTreeMap<Atom, Vec<usize>> = BTreeMap::new();
        for (at, sketch) in sketches.iter().enumerate() {
            by_endpoint.entry(sketch.endpoint).or_default().push(at);
        }
        let mut grouping = Self { of_sketch: vec![0; sketches.len()], groups: Vec::new() };
        for (_, mut calls) in by_endpoint {
            calls.sort_by(|a, b| sketches[*a].cmp(&sketches[*b]));
            grouping.of_endpoint(sketches, &calls, Vec::new());
        }
        grouping
    }

    /// The group of the sketch given at this place.
    pub fn group_of(&self, at: usize) -> &Group {
        &self.groups[self.of_sketch[at]]
    }

    /// `lacks`: what other groups have whose calls these were divided from before.
    fn of_endpoint(&mut self, sketches: &[Sketch], calls: &[usize], lacks: Vec<Vec<Atom>>) {
        let step = calls.len().div_ceil(MOST_STUDIED);
        let studied: Vec<&Sketch> = calls.iter().step_by(step).map(|at| &sketches[*at]).collect();
        let columns = Columns::of(&studied);
        let nodes = tree::divide(&columns, &studied);
        let mut todo = vec![(0, calls.to_vec(), lacks)];
        while let Some((at, calls, lacks)) = todo.pop() {
            let Some(Parts { division, inside, outside }) = &nodes[at].parts else {
                self.leaf(&columns, &nodes[at].members, sketches, &studied, calls, lacks);
                continue;
            };
            let (with, without): (Vec<usize>, Vec<usize>) =
                calls.into_iter().partition(|at| division.is_marked(&sketches[*at]));
            let mut lacks_mark = lacks.clone();
            lacks_mark.push(division.mark.clone());
            let mut lacks_other = lacks;
            if !division.other.is_empty() {
                lacks_other.push(division.other.clone());
            }
            todo.push((*outside, without, lacks_mark));
            todo.push((*inside, with, lacks_other));
        }
    }

    fn leaf(
        &mut self,
        columns: &Columns,
        members: &Members,
        sketches: &[Sketch],
        studied: &[&Sketch],
        calls: Vec<usize>,
        lacks: Vec<Vec<Atom>>,
    ) {
        let Some(endpoint) = columns.endpoint else { return };
        // of a kind so rare that none of it was studied: what they have in common is looked for among them alone
        if members.count() == 0 {
            if !calls.is_empty() {
                self.of_endpoint(sketches, &calls, lacks);
            }
            return;
        }
        let has = Atoms(columns.core(members, Group::MOST));
        let mut group = Group { endpoint, has, lacks: Vec::new() };
        // one or two of another feature that are like these in most: they lack what nearly all of these have
        let (calls, strays): (Vec<usize>, Vec<usize>) =
            calls.into_iter().partition(|at| group.has_most(&sketches[*at]));
        let (members, stray_members) = members.partition(|at| group.has_most(studied[at]));
        if !strays.is_empty() && members.count() > 0 {
            self.leaf(columns, &stray_members, sketches, studied, strays, lacks.clone());
        }
        for at in calls {
            self.of_sketch[at] = self.groups.len();
        }
        // only the marks of those that would be taken for this group's
        let like: Vec<&Sketch> = (0..studied.len())
            .filter(|at| !members.has(*at))
            .map(|at| studied[at])
            .filter(|sketch| group.matches(sketch))
            .collect();
        group.lacks = lacks
            .into_iter()
            .filter(|mark| like.iter().any(|sketch| Group::is_marked(mark, sketch)))
            .map(Atoms)
            .collect();
        self.groups.push(group);
    }
}

#[cfg(test)]
mod tests;
