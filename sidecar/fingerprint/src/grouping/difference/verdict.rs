//! Whether features differ so.
//!
//! Features differ in several ways at once, or much in one; what is filled into a template differs little, or across. Few calls
//! have things in common by chance: of them more is asked.

use super::{Difference, LEAD, TEMPLATE};
use crate::{grouping::alternatives::Alternatives, sketch::Section};

/// How many calls a division is about.
#[derive(Clone, Copy)]
pub(in crate::grouping) struct Sizes {
    pub(in crate::grouping) smaller: u64,
    pub(in crate::grouping) both: u64,
    /// All of the endpoint.
    pub(in crate::grouping) studied: u64,
}

/// Calls that a feature has at least, before it is one: two among so few that each counts.
pub(in crate::grouping) const FEWEST: u64 = 3;
const FEW: u64 = 40;
/// A feature that was seen in no more dialogues than these is shown in so many groups at worst.
pub(in crate::grouping) const FEW_DIALOGUES: u64 = 6;
/// Of an endpoint so many calls are little: each may be all that there is of its kind.
const LITTLE: u64 = 300;

// === impl Difference ===

impl Difference {
    /// Features differ in several ways, or much in one; what is filled into a template differs little, or across.
    pub(in crate::grouping) fn is_of_features(
        &self,
        sizes: Sizes,
        do_tools_tell: bool,
        alternatives: impl Fn(Section) -> Alternatives,
    ) -> bool {
        let Self { marks, common, across, .. } = self;
        let Sizes { smaller, both, studied } = sizes;
        let [_, common_tools, common_system, common_user] = common;
        let common_text = common_tools + common_system + common_user;
        let tells_apart = |section: Section, least: u64| {
            let at = section as usize;
            if marks[at] >= least && marks[at] >= across[at] { marks[at] } else { 0 }
        };
        let shape = tells_apart(Section::Shape, 4_000);
        // tools that a search finds, or that one user has, go across each other; those that a model chooses anew tell nothing
        let tools =
            if do_tools_tell && self.are_tools_apart() { tells_apart(Section::Tools, 4_000) } else { 0 };
        let system = match tells_apart(Section::System, 4_000) {
            // documents go across, and yet each call is told one of a few tasks
            0 if marks[2] >= 4_000
                && smaller >= FEWEST
                && alternatives(Section::System) == Alternatives::Few =>
            {
                marks[2]
            }
            system => system,
        };
        // a text that is asked whole, again and again, alone or beneath the same words, is no template
        let is_template = self.asked.saturating_sub(*common_user) * 10 >= self.asked_marks * 12;
        // nothing is around it: there is no template that anything could be filled into
        let is_bare = common_text < 4_000;
        // nor is one needed where a sentence stands alone (a job's, each day), or where more than the question differs
        let stands_alone = is_bare && self.asked_marks >= 8_000 || shape + tools + system > 0;
        let user = if (is_template || stands_alone) && marks[3] >= 4_000 { marks[3] } else { 0 };

        let begins_alike =
            is_bare && is_template && marks[3] >= 3_000 && marks[3] > across[3].max(2 * common_user);
        if begins_alike && smaller >= FEWEST && alternatives(Section::User) == Alternatives::Few {
            return true;
        }
        if smaller >= FEWEST
            && self.are_told_in_few_words()
            && alternatives(Section::System) == Alternatives::Few
        {
            return true;
        }
        if common_text + marks[1] + marks[2] + marks[3] < 4_000 {
            return shape >= 6_000 && smaller >= FEWEST;
        }
        let all = shape + tools + system + user;
        let kinds = [shape, tools, system, user].into_iter().filter(|mark| *mark > 0).count();
        let is_filled = || self.lacks_nothing() && alternatives(Section::System) == Alternatives::Many;
        if shape + tools == 0 && self.is_of_documents() && alternatives(Section::System) == Alternatives::Many
        {
            return false;
        }
        if smaller < FEWEST {
            return self.leaves_few(smaller, common_text) && !is_filled();
        }
        // a few calls have by chance a document and a question in common
        if shape + tools == 0 && smaller < 2 * FEWEST && *common_system >= LEAD && is_filled() {
            return false;
        }
        let is_often = smaller * 16 >= both;
        match (shape, tools, system, user) {
            // documents and questions out of a small store, by chance the same ones
            (0, 0, ..) if kinds > 1 && !is_often => all >= 8_000 && all * 2 >= common_text,
            _ if kinds > 1 => all >= 8_000,
            (8_000.., ..) => common_text < 8_000,
            // one text alone, in a handful of thousands
            _ if smaller < FEWEST.max(studied / 400) => self.leaves_few(smaller, common_text) && !is_filled(),
            (_, _, 6_000.., _) => {
                let is_clear = system >= 4 * across[Section::System as usize];
                let is_much = system >= 8_000 && system * 10 >= *common_system;
                if self.is_of_a_word() {
                    return false;
                }
                match alternatives(Section::System) {
                    Alternatives::Few => {
                        is_often && system * 32 >= *common_system || is_much && *common_system < 6_000
                    }
                    Alternatives::Alone => system * 32 >= *common_system,
                    // a profile may be all that is told, above a template in the question
                    Alternatives::Many => is_much && *common_system < 2_000 && *common_user < LEAD,
                    Alternatives::Unclear => is_much && (*common_system < 6_000 || is_often && is_clear),
                }
            }
            (.., 6_000..) if is_bare && user >= TEMPLATE * common_user => {
                is_often || user >= 9_000 && (smaller * 64 >= both || smaller >= 2 * FEWEST)
            }
            // a few that are asked alike, about one paper
            (.., 4_000..) if smaller < 2 * FEWEST && self.is_asked_within() => false,
            // beside long instructions a question is the user's, whatever it has in common with others; and what stands in
            // a template that all share is filled in
            (.., 4_000..) => {
                is_often
                    && match alternatives(Section::User) {
                        Alternatives::Few => {
                            let least = if self.is_beside_much() { LEAD } else { 4_000 };
                            self.are_asked_instead() && user * 32 >= *common_user
                                || user >= least
                                    && user >= (*common_user).max(self.across[Section::User as usize] / 2)
                        }
                        Alternatives::Alone | Alternatives::Many => false,
                        Alternatives::Unclear => {
                            user >= 6_000 && !self.is_beside_much() && *common_user < 4_000
                        }
                    }
            }
            _ => false,
        }
    }

    /// What is asked stands within a long template, or is only added to what all are told and given.
    fn is_asked_within(&self) -> bool {
        self.common[Section::User as usize] >= 12_000 || self.is_beside_much() && self.lacks_nothing()
    }

    /// Two calls among few are as good as three, where more than a document tells them apart: that goes across.
    pub(in crate::grouping) fn counted(&self, sizes: Sizes) -> u64 {
        let [shape, tools, system, user] = self.marks;
        let across: u64 = self.across[Section::System as usize] + self.across[Section::User as usize];
        let is_told_apart = shape + tools >= 4_000 || system + user >= 12_000.max(2 * across);
        if sizes.smaller == 2 && sizes.both <= FEW && is_told_apart { FEWEST } else { sizes.smaller }
    }

    /// Dialogues that a side has at least: the same app says other things in each, and gives other tools.
    pub(in crate::grouping) fn fewest_independent(&self, sizes: Sizes) -> u64 {
        let [shape, _, system, _] = self.marks;
        let [_, common_tools, common_system, _] = self.common;
        // nothing of what one side is told is told to the other, whatever tools both are given
        let is_else =
            common_system < 4_000 && system >= 16_000 && self.of_larger[Section::System as usize] >= 8_000;
        let is_clear = shape >= 4_000 || system >= 4 * (common_tools + common_system) || is_else;
        if is_clear || sizes.smaller < 4 || sizes.studied <= LITTLE { 2 } else { 3 }
    }

    /// A few say something instead of what nearly all others do: whatever they are, they are not of these, and a group of
    /// their own costs little.
    pub(in crate::grouping) fn are_told_something_else(
        &self,
        sizes: Sizes,
        do_tools_tell: bool,
        alternatives: impl Fn(Section) -> Alternatives,
    ) -> bool {
        let Self { marks, of_larger, across, .. } = self;
        // what the same customer has in other features, too, if it says about as much as the others are told instead
        let is_customer = || {
            marks[Section::Shape as usize] + marks[Section::Tools as usize] == 0
                && self.told_marks >= 12_000.max(of_larger[Section::System as usize] * 5 / 6)
                && self.is_said_elsewhere(Section::System)
        };
        // and a word that nearly all others are told beside one is filled in, too
        let is_filled = || {
            self.is_of_a_word()
                || (of_larger[Section::System as usize] < LEAD || is_customer())
                    && alternatives(Section::System) == Alternatives::Many
        };
        let is_instead = |at: usize| {
            of_larger[at] >= 4_000.max(across[at])
                && marks[at] - of_larger[at] >= 3_000
                && !(at == Section::System as usize && is_filled())
        };
        let first = if do_tools_tell { Section::Tools } else { Section::System };
        sizes.smaller >= FEWEST
            && sizes.smaller * 6 <= sizes.both
            && (first as usize..Section::COUNT).any(is_instead)
    }

    /// Tools that all calls of one side have and none of the other, whatever all are told: those that some users alone may
    /// use go across each other.
    pub(in crate::grouping) fn is_told_by_tools(&self, sizes: Sizes) -> bool {
        sizes.smaller >= FEWEST && self.marks[Section::Tools as usize] >= 6_000 && self.are_tools_apart()
    }

    /// One dialogue beside others says nothing of what a feature's calls have in common, but its tools do. Where little was
    /// studied, a feature may have been seen in one dialogue alone; where much was, only few calls beside many, which lack
    /// what nearly all of those were given: else each dialogue of an agent whose tools are written anew would be a feature.
    pub(in crate::grouping) fn is_of_agents(&self, dialogues: u64, sizes: Sizes) -> bool {
        let at = Section::Tools as usize;
        let are_many = dialogues > FEW_DIALOGUES;
        let tools = if are_many { self.of_larger[at] } else { self.marks[at] };
        let may_be_one = sizes.studied <= LITTLE || (are_many && sizes.smaller * 20 < sizes.both);
        may_be_one && tools >= 6_000 && tools > 2 * self.across[at]
    }

    /// Two or three calls have much in common by chance: only what is not their users' text counts, and of one call
    /// alone only what it lacks.
    fn leaves_few(&self, smaller: u64, common_text: u64) -> bool {
        let [shape, tools, system, _] = if smaller > 1 { self.marks } else { self.of_larger };
        let user = self.of_larger[Section::User as usize];
        let text = tools + system + user;
        let is_much = tools + system >= 8_000 || (user >= 8_000 && shape >= 4_000);
        is_much && shape + text >= 12_000 && text >= 2 * common_text
    }
}
