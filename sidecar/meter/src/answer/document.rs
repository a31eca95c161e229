use super::{Count, Counts, grammar::Part};
use crate::usage::Usage;

/// What the document in hand said so far.
pub(super) struct Document {
    pub(super) counts: Counts,
    /// Numbers beside the usage; `None` until there is one.
    pub(super) beside: Option<Counts>,
    /// A usage was said, and is whole.
    pub(super) has_usage: bool,
    /// It, or its details, is no object.
    pub(super) of_wrong_type: bool,
    pub(super) tallied: Usage,
    pub(super) untallied: Usage,
    /// Marks of the names that are one unit each.
    pub(super) seen: Vec<u64>,
    pub(super) parts: Vec<Part>,
    /// The part in hand, and the index of its output.
    pub(super) part: Option<Box<(Part, usize)>>,
    /// The entry in hand: its modality, its count.
    pub(super) entry: (Option<usize>, Count),
    pub(super) is_terminal_kind: bool,
    /// It says why the answer ended; its usage may be still to come.
    pub(super) is_finish: bool,
    /// Its last brace was read: nothing that it says beside a usage is still to come.
    pub(super) is_whole: bool,
}

/// More kinds and models than take part in any answer.
const MAX_PARTS: usize = 16;

// === impl Document ===

impl Document {
    pub(super) fn new() -> Self {
        Self {
            counts: Counts::NONE,
            beside: None,
            has_usage: false,
            of_wrong_type: false,
            tallied: Usage::default(),
            untallied: Usage::default(),
            seen: Vec::new(),
            parts: Vec::new(),
            part: None,
            entry: (None, Count::ABSENT),
            is_terminal_kind: false,
            is_finish: false,
            is_whole: false,
        }
    }

    /// Of the part in hand, else of the usage.
    pub(super) fn counts_in_hand(&mut self) -> &mut Counts {
        match &mut self.part {
            Some(part) => &mut part.0.counts,
            None => &mut self.counts,
        }
    }

    pub(super) fn part_ended(&mut self) {
        let Some((mut part, output)) = self.part.take().map(|part| *part) else { return };
        part.made_output = part.counts.optional(output).is_ok_and(|count| count > 0);
        let alike = |known: &&mut Part| {
            (known.kind, &known.model, known.made_output) == (part.kind, &part.model, part.made_output)
        };
        let has_room = self.parts.len() < MAX_PARTS;
        match self.parts.iter_mut().find(alike) {
            Some(known) => known.counts.add_all(&part.counts),
            None if has_room => self.parts.push(part),
            None => self.of_wrong_type = true,
        }
    }

    /// Ready for the next one; nothing is done for those that said nothing.
    pub(super) fn reset(&mut self) {
        if self.has_usage || self.of_wrong_type {
            self.forget_usage();
        }
        self.parts.clear();
        self.part = None;
        if !self.tallied.is_empty() {
            self.tallied = Usage::default();
            self.untallied = Usage::default();
            self.seen.clear();
        }
        self.beside = None;
        self.is_terminal_kind = false;
        self.is_finish = false;
        self.is_whole = false;
    }

    /// A second `usage` takes the place of the first, whatever it is.
    pub(super) fn forget_usage(&mut self) {
        self.counts = Counts::NONE;
        self.has_usage = false;
        self.of_wrong_type = false;
    }
}
