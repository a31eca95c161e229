//! Groups that were found, in the order in which they were found, and the calls that are of none of them yet.
//!
//! A call is of the first group that matches it. So nothing that is found later takes a call from a group, and an id
//! goes on meaning what it meant.

use std::collections::{BTreeMap, VecDeque};

use crate::{group::Group, grouping::Grouping, sketch::Sketch};

/// What is known of the calls of one namespace.
#[derive(Default)]
pub struct KnownGroups {
    groups: Vec<Group>,
    unknown: VecDeque<Sketch>,
    /// Sketches that have come since the last study.
    fresh: usize,
}

impl KnownGroups {
    /// Calls that a group has before it is one for good: fewer can have something in common by chance.
    pub const FEWEST: usize = 12;
    /// Groups that a namespace can have: an admin reads them, and every call is compared with them.
    pub const MOST: usize = 64;
    /// Unknown calls that are kept; then the oldest goes.
    pub const MOST_UNKNOWN: usize = 2_000;
    /// Unknown calls that are waited for before they are studied again.
    const WORTH_STUDYING: usize = 200;
}

// === impl KnownGroups ===

impl KnownGroups {
    /// As they were found before.
    pub fn of(groups: Vec<Group>) -> Self {
        Self { groups, ..Self::default() }
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of a call, among those that were found.
    pub fn recognise(&self, sketch: &Sketch) -> Option<&Group> {
        self.groups.iter().find(|group| group.matches(sketch))
    }

    /// A call that no sidecar could say the group of.
    pub fn add_unknown(&mut self, sketch: Sketch) {
        if self.recognise(&sketch).is_some() {
            return;
        }
        if self.unknown.len() == Self::MOST_UNKNOWN {
            self.unknown.pop_front();
        }
        self.unknown.push_back(sketch);
        self.fresh += 1;
    }

    /// Whether enough has come to look for groups; after a long time few calls are enough.
    pub fn is_worth_studying(&self, is_long_ago: bool) -> bool {
        Self::is_enough(self.fresh, is_long_ago) && self.groups.len() < Self::MOST
    }

    /// Whether so many unknown calls are worth a study.
    pub const fn is_enough(fresh: usize, is_long_ago: bool) -> bool {
        fresh >= if is_long_ago { Self::FEWEST } else { Self::WORTH_STUDYING }
    }

    /// Looks for groups among the unknown calls. Gives how many were found.
    pub fn study(&mut self) -> usize {
        self.fresh = 0;
        let sketches: Vec<Sketch> = self.unknown.iter().cloned().collect();
        let grouping = Grouping::of(&sketches);
        let mut sizes: BTreeMap<&Group, usize> = BTreeMap::new();
        for at in 0..sketches.len() {
            *sizes.entry(grouping.group_of(at)).or_default() += 1;
        }
        let before = self.groups.len();
        let mut found: Vec<(usize, &Group)> = sizes
            .into_iter()
            .filter(|(group, calls)| *calls >= Self::FEWEST && group.says_enough())
            .map(|(group, calls)| (calls, group))
            .collect();
        found.sort_by(|a, b| b.cmp(a));
        let room = Self::MOST.saturating_sub(before);
        self.groups.extend(found.into_iter().take(room).map(|(_, group)| group.clone()));
        let known = &self.groups;
        self.unknown.retain(|sketch| !known.iter().any(|group| group.matches(sketch)));
        self.groups.len() - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FingerprintKey, SketchReader};

    fn call(feature: &str, number: usize) -> Sketch {
        let instructions = format!(
            "You are the assistant that does {feature}, and nothing else but {feature}, in plain words."
        );
        let question: String =
            (0..12).map(|at| format!("{}{} ", "q".repeat(at + 1), "z".repeat(number + at))).collect();
        let body = serde_json::json!({"messages": [
            {"role": "system", "content": instructions}, {"role": "user", "content": question}]});
        let mut reader = SketchReader::new("/v1/chat/completions", [].into_iter());
        reader.feed(body.to_string().as_bytes());
        reader.sketch(&FingerprintKey::new(&[3; 16]))
    }

    #[test]
    fn a_group_is_known_once_enough_of_its_calls_have_come() {
        let mut known = KnownGroups::default();
        (0..KnownGroups::FEWEST - 1).for_each(|at| known.add_unknown(call("summaries of meetings", at)));
        assert_eq!(known.study(), 0);
        known.add_unknown(call("summaries of meetings", 20));
        assert_eq!(known.study(), 1);
        assert!(known.recognise(&call("summaries of meetings", 99)).is_some());
        assert!(known.recognise(&call("translations into verse", 99)).is_none());
    }

    #[test]
    fn what_is_found_later_takes_no_call_from_what_was_found_before() {
        let mut known = KnownGroups::default();
        (0..20).for_each(|at| known.add_unknown(call("summaries of meetings", at)));
        known.study();
        let first = known.recognise(&call("summaries of meetings", 99)).cloned();
        for feature in ["translations into verse", "reviews of long contracts", "summaries of books"] {
            (0..20).for_each(|at| known.add_unknown(call(feature, at)));
            known.study();
            assert_eq!(known.recognise(&call("summaries of meetings", 99)), first.as_ref());
        }
    }

    #[test]
    fn groups_that_were_kept_are_known_again() {
        let mut known = KnownGroups::default();
        (0..20).for_each(|at| known.add_unknown(call("summaries of meetings", at)));
        known.study();
        let text = serde_json::to_string(known.groups()).unwrap();
        let again = KnownGroups::of(serde_json::from_str(&text).unwrap());
        assert_eq!(again.recognise(&call("summaries of meetings", 99)), known.groups().first());
    }

    #[test]
    fn unknown_calls_are_bounded() {
        let mut known = KnownGroups::default();
        (0..KnownGroups::MOST_UNKNOWN + 10)
            .for_each(|at| known.add_unknown(call("summaries of meetings", at % 7)));
        assert_eq!(known.unknown.len(), KnownGroups::MOST_UNKNOWN);
    }
}
