//! How the calls on the two sides of a division differ, and whether features differ so. Pure arithmetic: weights in, an answer out.

use super::{alternatives::Alternatives, columns::Columns, members::Members};
use crate::sketch::Section;

/// How two sides differ, in thousandths of an atom's weight.
pub(super) struct Difference {
    /// What nearly all calls of one side have, and few of the other; of all calls that have it, most are on that side.
    pub(super) marks: [u64; Section::COUNT],
    /// Of these, what the larger side has.
    of_larger: [u64; Section::COUNT],
    /// What nearly all calls of both sides have.
    pub(super) common: [u64; Section::COUNT],
    /// What goes across: some calls of both sides have it, others have not.
    across: [u64; Section::COUNT],
    /// What is asked first, in the calls of the smaller side: all of it, and its marks.
    asked: u64,
    asked_marks: u64,
    /// The same of what they are told.
    told: u64,
    told_marks: u64,
    /// And what some calls of the other side are told as well, beside other things.
    told_beside: u64,
    /// The marks, times the calls that have them: of these, and of all others of the endpoint.
    held: [u64; Section::COUNT],
    elsewhere: [u64; Section::COUNT],
}

/// So many more of a thousand calls of one side than of the other have what marks it, and of a thousand that have it so many
/// are of that side: of a small side's document more stand in the large one, beside others.
const MARKS: u64 = 600;

/// How many calls a division is about.
#[derive(Clone, Copy)]
pub(super) struct Sizes {
    pub(super) smaller: u64,
    pub(super) both: u64,
    /// All of the endpoint.
    pub(super) studied: u64,
}

/// Calls that a feature has at least, before it is one: two among so few that each counts.
pub(super) const FEWEST: u64 = 3;
const FEW: u64 = 40;
/// A feature that was seen in no more dialogues than these is shown in so many groups at worst.
pub(super) const FEW_DIALOGUES: u64 = 6;
/// Of an endpoint so many calls are little: each may be all that there is of its kind.
const LITTLE: u64 = 300;
/// So many times as much as all say in it marks a template of its own.
pub(super) const TEMPLATE: u64 = 3;
/// A question that says so much, and is asked again word for word, is a paper out of a store where there are many of them.
const PAPER: u64 = 40_000;
/// Beneath long instructions a question's first word and a colon ("Material:") says less than a template does.
const LEAD: u64 = 6_000;
/// One word stands in three runs, and may begin a line.
const A_WORD: u64 = 5_000;

// === impl Difference ===

impl Difference {
    pub(super) fn between(columns: &Columns, members: &Members, side: &Members) -> Self {
        let (count, inside) = (members.count(), side.count());
        let outside = count - inside;
        let mut difference = Self {
            marks: [0; Section::COUNT],
            of_larger: [0; Section::COUNT],
            common: [0; Section::COUNT],
            across: [0; Section::COUNT],
            asked: 0,
            asked_marks: 0,
            told: 0,
            told_marks: 0,
            told_beside: 0,
            held: [0; Section::COUNT],
            elsewhere: [0; Section::COUNT],
        };
        let is_smaller = inside <= outside;
        for column in &columns.columns {
            let both = column.calls.shared(side);
            let (here, there) = (both * 1000 / inside, (column.count - both) * 1000 / outside);
            let (more, less) = (here.max(there), here.min(there));
            let of_more = if here > there { both } else { column.count - both };
            let is_clear = more - less >= MARKS;
            // a template of few words is known by little, and repeated questions are looked at for themselves
            let is_own = of_more * 1000 >= column.count * MARKS;
            for (section, weight) in column.weight.iter().enumerate() {
                if is_clear && (is_own || section == Section::User as usize) {
                    difference.marks[section] += weight * (more - less);
                    difference.held[section] += weight * column.count;
                    difference.elsewhere[section] += column.everywhere[section] - weight * column.count;
                    if (here > there) == (inside > outside) {
                        difference.of_larger[section] += weight * (more - less);
                    }
                } else if less >= 850 {
                    difference.common[section] += weight * less;
                } else {
                    difference.across[section] += weight * less;
                }
            }
            let its = if is_smaller { both } else { column.count - both };
            if its > 0 && its < column.count && !(is_clear && is_own) && less < 850 {
                difference.told_beside +=
                    column.weight[Section::System as usize] * its * 1000 / inside.min(outside);
            }
            if (here > there) == is_smaller && is_clear {
                difference.asked_marks += column.weight[Section::User as usize] * more;
                if is_own {
                    difference.told_marks += column.weight[Section::System as usize] * more;
                }
            }
        }
        let (smaller, its) =
            if is_smaller { (side.clone(), inside) } else { (members.without(side), outside) };
        let mean = |of: &[u64]| smaller.iter().map(|at| of[at]).sum::<u64>() * 1000 / its;
        (difference.asked, difference.told) = (mean(&columns.asked), mean(&columns.told));
        difference
    }

    /// Features differ in several ways, or much in one; what is filled into a template differs little, or across.
    pub(super) fn is_of_features(
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
                    Alternatives::Many => is_much && *common_system < 2_000,
                    Alternatives::Unclear => is_much && (*common_system < 6_000 || is_often && is_clear),
                }
            }
            (.., 6_000..) if is_bare && user >= TEMPLATE * common_user => {
                is_often || user >= 9_000 && (smaller * 64 >= both || smaller >= 2 * FEWEST)
            }
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
                        Alternatives::Many => false,
                        Alternatives::Unclear => {
                            user >= 6_000 && !self.is_beside_much() && *common_user < 4_000
                        }
                    }
            }
            _ => false,
        }
    }

    /// What some calls of both sides have goes across the marks, and nothing else speaks for them: they may be chance.
    pub(super) fn is_crossed(&self, section: Section) -> bool {
        self.across[section as usize] * 4 > self.marks[section as usize]
            && self.marks[Section::Shape as usize] < 2_000
    }

    /// Beneath long instructions hardly more than a word tells the sides apart, and other calls have it, too: it is filled in.
    fn is_of_a_word(&self) -> bool {
        let at = Section::System as usize;
        let longer = self.of_larger[at].max(self.marks[at] - self.of_larger[at]);
        longer < A_WORD && self.common[at] >= 12_000 && self.is_said_elsewhere(Section::System)
    }

    /// How much tells the sides apart, less where more goes across: of two divisions the one that is cleaner comes first, a
    /// task before a word that is filled in beneath each.
    pub(super) fn weight(&self) -> u64 {
        let marks: u64 = self.marks.iter().sum();
        let across: u64 = self.across.iter().sum();
        marks * marks / (marks + across).max(1)
    }

    /// Instructions of few words that are nothing else, and share little: whole tasks, no filling of a template.
    fn are_told_in_few_words(&self) -> bool {
        let at = Section::System as usize;
        let Self { marks, common, across, told, told_marks, .. } = self;
        let is_whole = told.saturating_sub(common[at]) * 10 <= told_marks * 12;
        is_whole && marks[at] >= 3_000.max(2 * across[at]) && marks[at] * 2 >= 5 * common[at]
    }

    /// Two calls among few are as good as three, where more than a document tells them apart: that goes across.
    pub(super) fn counted(&self, sizes: Sizes) -> u64 {
        let [shape, tools, system, user] = self.marks;
        let across: u64 = self.across[Section::System as usize] + self.across[Section::User as usize];
        let is_told_apart = shape + tools >= 4_000 || system + user >= 12_000.max(2 * across);
        if sizes.smaller == 2 && sizes.both <= FEW && is_told_apart { FEWEST } else { sizes.smaller }
    }

    /// What is asked stands beneath long instructions, or beside many tools.
    pub(super) fn is_beside_much(&self) -> bool {
        let [_, tools, system, _] = self.common;
        tools + system >= 12_000
    }

    /// The marks stand in many calls beyond these: what is filled in somewhere is filled in elsewhere, too.
    pub(super) fn is_said_elsewhere(&self, section: Section) -> bool {
        let [held, elsewhere] = [self.held, self.elsewhere].map(|of| of[section as usize]);
        elsewhere > 0 && elsewhere * 4 >= held
    }

    /// Dialogues that a side has at least: the same app says other things in each, and gives other tools.
    pub(super) fn fewest_independent(&self, sizes: Sizes) -> u64 {
        let [shape, _, system, _] = self.marks;
        let [_, common_tools, common_system, _] = self.common;
        // nothing of what one side is told is told to the other, whatever tools both are given
        let is_else =
            common_system < 4_000 && system >= 16_000 && self.of_larger[Section::System as usize] >= 8_000;
        let is_clear = shape >= 4_000 || system >= 4 * (common_tools + common_system) || is_else;
        if is_clear || sizes.smaller < 4 || sizes.studied <= LITTLE { 2 } else { 3 }
    }

    /// The smaller side says more than the larger one, and nothing instead of what that says: documents are added to what
    /// all are told, a feature is told something else.
    fn lacks_nothing(&self) -> bool {
        self.of_larger.iter().sum::<u64>() < 3_000
    }

    /// Nothing is told, and within the same words what is asked says one thing or another, more than a few words: the question is
    /// what the app tells.
    fn are_asked_instead(&self) -> bool {
        let [_, tools, system, _] = self.common;
        let at = Section::User as usize;
        let larger = self.of_larger[at];
        tools + system < 4_000
            && larger.max(self.marks[at] - larger) >= LEAD
            && !self.is_crossed(Section::User)
    }

    /// Hardly a word is told to all, and beside what tells the smaller side apart stands much that others are told as well, beside
    /// other things: the one and the others are documents out of a store, two or three of which some calls share by chance.
    fn is_of_documents(&self) -> bool {
        self.common[Section::System as usize] < 2_000
            && self.lacks_nothing()
            && self.told_beside >= 4_000.max(self.told_marks / 3)
    }

    /// A long question, and nothing else, tells the smaller side apart.
    pub(super) fn is_of_papers(&self) -> bool {
        let [shape, tools, system, user] = self.marks;
        self.asked_marks >= PAPER && user >= PAPER && shape + tools + system < 4_000
    }

    /// A few say something instead of what nearly all others do: whatever they are, they are not of these, and a group of
    /// their own costs little.
    pub(super) fn are_told_something_else(&self, sizes: Sizes, do_tools_tell: bool) -> bool {
        let Self { marks, of_larger, across, .. } = self;
        let is_instead = |at: usize| {
            of_larger[at] >= 4_000.max(across[at])
                && marks[at] - of_larger[at] >= 3_000
                && !(at == Section::System as usize && self.is_of_a_word())
        };
        let first = if do_tools_tell { Section::Tools } else { Section::System };
        sizes.smaller >= FEWEST
            && sizes.smaller * 6 <= sizes.both
            && (first as usize..Section::COUNT).any(is_instead)
    }

    /// Tools that all calls of one side have and none of the other, whatever all are told: those that some users alone may
    /// use go across each other.
    pub(super) fn is_told_by_tools(&self, sizes: Sizes) -> bool {
        sizes.smaller >= FEWEST && self.marks[Section::Tools as usize] >= 6_000 && self.are_tools_apart()
    }

    /// Hardly a word is said to, or asked of, the calls of both sides.
    pub(super) fn is_bare(&self) -> bool {
        self.common[Section::System as usize] + self.common[Section::User as usize] < 4_000
    }

    /// Beneath long instructions that are the same on both sides their tools differ in less than they share.
    pub(super) fn are_tools_alike(&self) -> bool {
        let [shape, tools, ..] = self.marks;
        let [_, common_tools, common_system, _] = self.common;
        shape < 4_000 && common_system >= 12_000 && tools < common_tools
    }

    /// Few tools are given on both sides to some and not to others.
    fn are_tools_apart(&self) -> bool {
        let at = Section::Tools as usize;
        self.marks[at] > 2 * self.across[at]
    }

    /// One dialogue beside others says nothing of what a feature's calls have in common, but its tools do. Where little was
    /// studied, a feature may have been seen in one dialogue alone; where much was, only few calls beside many, which lack
    /// what nearly all of those were given: else each dialogue of an agent whose tools are written anew would be a feature.
    pub(super) fn is_of_agents(&self, dialogues: u64, sizes: Sizes) -> bool {
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
