use super::{
    AnswerFacts, Fault,
    grammar::{Count, Counts, Field, Grammar, Terminal},
};
use crate::{
    json::{Scalar, Sink},
    text::{self, TextMeasure},
};

/// Takes what the scanner finds, and makes facts of it.
pub(super) struct AnswerSink {
    pub(super) facts: AnswerFacts,
    grammar: &'static Grammar,
    /// The counts of the documents before this one.
    before: Counts,
    /// The counts of the usage in hand.
    now: Counts,
    /// Its details are no object.
    now_of_wrong_type: bool,
    /// The counts that hold, once this document is done.
    after: Counts,
    is_terminal_kind: bool,
    pub(super) terminal: bool,
}

const MAX_UNKNOWN: usize = 8;

// === impl AnswerSink ===

impl AnswerSink {
    pub(super) fn new(grammar: &'static Grammar) -> Self {
        Self {
            facts: AnswerFacts::default(),
            grammar,
            before: Counts::NONE,
            now: Counts::NONE,
            now_of_wrong_type: false,
            after: Counts::NONE,
            is_terminal_kind: false,
            terminal: false,
        }
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        self.facts.fault.get_or_insert(fault);
    }

    /// A document has ended, or the body has.
    pub(super) fn document_ended(&mut self) {
        self.before = self.after;
        self.is_terminal_kind = false;
    }

    /// The usage of this document is `now`; one that the same document said before is forgotten.
    fn take_usage(&mut self) {
        let counts = if self.grammar.usages_add_up { self.before.overlaid(&self.now) } else { self.now };
        if !self.grammar.usages_add_up && self.before != Counts::NONE && self.before != counts {
            self.fault(Fault::UsageTwice);
        }
        self.after = counts;
        match (self.grammar.read)(&counts) {
            _ if self.now_of_wrong_type => self.distrust(Fault::UsageOfWrongType),
            Ok(reading) => {
                self.facts.usage = Some(reading.usage);
                self.facts.usage_final = reading.is_final;
            }
            Err(fault) => self.distrust(fault),
        }
    }

    /// The usage in hand cannot be trusted. Where usages complete each other, what was said before it still stands.
    fn distrust(&mut self, fault: Fault) {
        self.fault(fault);
        if !self.grammar.usages_add_up {
            self.facts.usage = None;
        }
        self.facts.usage_final = false;
    }

    /// A second `usage` in one document takes the place of the first, whatever it is.
    fn forget_usage(&mut self) {
        if self.after == self.before {
            return;
        }
        self.after = self.before;
        let reading = (self.grammar.read)(&self.before).ok();
        self.facts.usage = reading.map(|reading| reading.usage);
        self.facts.usage_final = reading.is_some_and(|reading| reading.is_final);
    }
}

impl Sink<Field> for AnswerSink {
    fn scalar(&mut self, field: Field, value: Scalar<'_>, _start: u64, _end: u64) {
        match (field, value) {
            (Field::Count(_), Scalar::Null) => {}
            (Field::Count(index), value) => self.now.set(
                index,
                match value {
                    Scalar::Number(text) => Count::parse(text),
                    Scalar::TooLong => Count::Bad(Fault::HugeCount),
                    Scalar::Text(_) => Count::Bad(Fault::TextCount),
                    _ => Count::Bad(Fault::CountOfWrongType),
                },
            ),
            (Field::Usage, Scalar::Null) => self.forget_usage(),
            (Field::Usage, _) => self.distrust(Fault::UsageOfWrongType),
            (Field::Details { first, last, .. }, value) => {
                self.now.clear(first..=last);
                self.now_of_wrong_type |= value != Scalar::Null;
            }
            (Field::Error, Scalar::Null) => {}
            (Field::Error, _) => self.facts.error = true,
            (Field::Kind, Scalar::Text(kind)) => {
                self.is_terminal_kind =
                    matches!(self.grammar.terminal, Terminal::EventKind(end) if end == kind);
            }
            (Field::Id, Scalar::Text(id)) => text::keep_name(&mut self.facts.request_id, id),
            (Field::Model, Scalar::Text(model)) => text::keep_name(&mut self.facts.model, model),
            (Field::ServiceTier, Scalar::Text(tier)) => text::keep_name(&mut self.facts.service_tier, tier),
            (Field::Speed, Scalar::Text(speed)) => text::keep_name(&mut self.facts.speed, speed),
            (Field::InferenceGeo, Scalar::Text(geo)) => text::keep_name(&mut self.facts.inference_geo, geo),
            _ => {}
        }
    }

    fn open(&mut self, field: Field, _at: u64) {
        match field {
            Field::Usage => {
                self.now = Counts::NONE;
                self.now_of_wrong_type = false;
            }
            Field::Details { first, last, .. } => self.now.clear(first..=last),
            Field::Error => self.facts.error = true,
            _ => {}
        }
    }

    fn close(&mut self, field: Field, _at: u64, _members: u64) {
        match field {
            Field::Usage => self.take_usage(),
            Field::Root => self.terminal |= self.is_terminal_kind,
            _ => {}
        }
    }

    fn unnamed(&mut self, field: Field, name: &[u8]) {
        let details = match field {
            Field::Usage => None,
            Field::Details { name, .. } => Some(name),
            _ => return,
        };
        let Some(name) = text::identifier(name) else { return };
        let is_known = |known: &str| match details {
            None => known == name,
            Some(details) => known.split_once('.') == Some((details, name)),
        };
        let unknown = &mut self.facts.unknown_fields;
        if unknown.len() < MAX_UNKNOWN && !unknown.iter().any(|known| is_known(known)) {
            unknown.push(match details {
                None => name.into(),
                Some(details) => format!("{details}.{name}").into(),
            });
        }
    }

    fn text(&mut self) -> &mut TextMeasure {
        &mut self.facts.delivered
    }
}
