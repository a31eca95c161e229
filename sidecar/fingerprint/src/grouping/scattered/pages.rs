//! Few calls each that are told a page of their own, within instructions that all have: a tenant's handbook, a document.
//!
//! Tasks beneath one preamble are told apart by texts, too. They say less than a page, or are asked other things, or each has many
//! calls. What two tasks stand beneath, or a task beneath two pages, is there in two parts: such parts are a pair.

use super::Scattered;
use crate::grouping::kinds::Spread;

/// So much that all are told is instructions of their own, no greeting.
const INSTRUCTIONS: u64 = 12;
/// What says so much is a page.
const PAGE: u64 = 60;
/// More calls than these make up a feature.
const FEW: u64 = 16;

// === impl Scattered ===

impl Scattered<'_> {
    /// Within the same instructions, with the same parameters and tools, nothing but pages tells most of these parts apart, each of
    /// few calls; few of them are pairs, and what is asked is no part's own.
    pub(in crate::grouping) fn are_pages(&self, parts: &[usize]) -> bool {
        let all: u64 = parts.iter().map(|part| self.calls[*part]).sum();
        let calls_of = |is_in: &dyn Fn(usize) -> bool| -> u64 {
            let its = parts.iter().enumerate().filter(|(place, _)| is_in(*place));
            its.map(|(_, part)| self.calls[*part]).sum()
        };
        if calls_of(&|place| self.calls[parts[place]] > FEW) * 2 > all {
            return false;
        }
        let (mut instructions, mut own, mut asked) = (0, vec![0; parts.len()], Spread::of(all));
        let mut told: Vec<(Vec<usize>, u64)> = Vec::new();
        for (column, held) in self.columns.columns.iter().zip(&self.held) {
            let held_by: u64 = parts.iter().map(|part| held[*part]).sum();
            let [shape, tools, system, _] = column.weight;
            if held_by == 0 {
                continue;
            }
            if held_by * 20 >= all * 17 {
                instructions += system + tools;
                continue;
            }
            let is_in = |part: &usize| held[*part] * 20 >= self.calls[*part] * 17;
            let having: Vec<usize> = (0..parts.len()).filter(|place| is_in(&parts[*place])).collect();
            let is_lacking = parts.iter().any(|part| held[*part] * 20 <= self.calls[*part] * 3);
            if shape + tools > 0 && is_lacking && !having.is_empty() {
                return false;
            }
            asked.add(column, parts.iter().map(|part| held[*part]));
            if system > 0 {
                having.iter().for_each(|place| own[*place] += system);
                // what most are told is the template's
                if having.len() * 2 <= parts.len() {
                    told.push((having, system));
                }
            }
        }
        let of_pages = calls_of(&|place| own[place] >= PAGE);
        instructions >= INSTRUCTIONS
            && of_pages * 2 >= all
            && !asked.is_asked_apart()
            && calls_of(&|place| is_one_of_a_pair(place, &own, &told)) * 4 <= all
    }
}

/// Some other part is told half of what this one is.
fn is_one_of_a_pair(place: usize, own: &[u64], told: &[(Vec<usize>, u64)]) -> bool {
    let mut shared = vec![0; own.len()];
    for (having, weight) in told.iter().filter(|(having, _)| having.contains(&place)) {
        having.iter().for_each(|other| shared[*other] += weight);
    }
    (0..own.len()).any(|other| other != place && shared[place] > 0 && shared[other] * 2 >= shared[place])
}
