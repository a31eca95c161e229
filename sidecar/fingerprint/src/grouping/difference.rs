//! How the calls on the two sides of a division differ, and what kind of difference that is: pure arithmetic on weights.

mod verdict;

pub(super) use verdict::{FEW_DIALOGUES, FEWEST, Sizes};

use super::{columns::Columns, members::Members};
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

    /// What the smaller side is told, beside what all are told, is one text, and little stands beside that.
    pub(super) fn is_told_alone(&self) -> bool {
        self.told_marks >= 4_000 && self.told_beside * 2 <= self.told_marks
    }

    /// Nothing but texts and tools tells the sides apart, and they say no more than twice what all are told and asked around them.
    pub(super) fn may_be_filled(&self) -> bool {
        let [shape, marks @ ..] = self.marks;
        let [_, common @ ..] = self.common;
        let [_, of_larger @ ..] = self.of_larger;
        let (marks, common, of_larger): (u64, u64, u64) =
            (marks.iter().sum(), common.iter().sum(), of_larger.iter().sum());
        shape < 4_000 && of_larger.max(marks - of_larger) <= 2 * common
    }

    /// A long question, and nothing else, tells the smaller side apart.
    pub(super) fn is_of_papers(&self) -> bool {
        let [shape, tools, system, user] = self.marks;
        self.asked_marks >= PAPER && user >= PAPER && shape + tools + system < 4_000
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

    /// Tools, and no instructions, tell the sides apart.
    pub(super) fn is_of_tools(&self) -> bool {
        let [_, tools, system, _] = self.marks;
        tools >= 4_000 && system < 4_000
    }

    /// Few tools are given on both sides to some and not to others.
    fn are_tools_apart(&self) -> bool {
        let at = Section::Tools as usize;
        self.marks[at] > 2 * self.across[at]
    }
}
