use super::{
    AnswerFacts, Count, Counts, Fault,
    document::Document,
    grammar::{Answers, Apart, Field, Grammar, MODALITIES, Part, Said, Terminal, Usages, Whose},
};
use crate::{
    json::{Scalar, Sink},
    text::{self, TextMeasure},
    usage::{UnitKind, Usage},
};

/// Takes what the scanner finds, and makes facts of it.
pub(super) struct AnswerSink {
    pub(super) facts: AnswerFacts,
    /// Answers that are complete, where a body holds several.
    pub(super) answers: Vec<AnswerFacts>,
    grammar: &'static Grammar,
    /// The counts of the documents before this one.
    before: Counts,
    document: Document,
    finished: bool,
    pub(super) terminal: bool,
    /// Terminal events still to come.
    pub(super) awaited: u64,
    /// The most pieces that any document so far counted, where each says the total so far.
    most: Usage,
    /// How many answers the body has held so far, see [`AnswerFacts::place`].
    places: u32,
    /// See [`Field::OtherModel`].
    other_model: Option<Box<str>>,
    /// See [`Field::Refusal`].
    refused: bool,
    /// Whose usage was said last.
    whose: Whose,
    /// What has a bill of its own, as it was said last.
    apart: Vec<Apart>,
}

/// OpenAI's older tool, in all its versions.
const SEARCH_PREVIEW: &str = "web_search_preview";
const MAX_UNKNOWN: usize = 8;
/// More names than any answer has; further ones are not told apart.
const MAX_SEEN: usize = 64;
/// No price book has such a model: what it is asked the price of is unpriced, not guessed.
const UNNAMED_MODEL: &str = "unnamed";

// === impl AnswerSink ===

impl AnswerSink {
    pub(super) fn new(grammar: &'static Grammar) -> Self {
        Self {
            facts: AnswerFacts::default(),
            answers: Vec::new(),
            grammar,
            before: Counts::NONE,
            document: Document::new(),
            finished: false,
            terminal: false,
            awaited: 1,
            most: Usage::default(),
            places: 0,
            other_model: None,
            refused: false,
            whose: Whose::Answers,
            apart: Vec::new(),
        }
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        self.facts.fault.get_or_insert(fault);
    }

    /// A document has ended, or the body has.
    pub(super) fn document_ended(&mut self) {
        let Document { has_usage, beside, tallied, parts, is_whole, .. } = &self.document;
        if !tallied.is_empty() && self.says_totals() {
            self.most = self.most.most(tallied);
        }
        // what was asked for is no usage while it is not there, or where it failed
        let is_made = *is_whole && !self.facts.error && !self.facts.pending;
        if *has_usage || is_made && (beside.is_some() || !tallied.is_empty() || !parts.is_empty()) {
            self.take_usage();
        }
        if self.finished && self.grammar.usages == Usages::Running {
            self.facts.usage_final |= self.facts.usage.is_some();
        }
        // also one that cannot be read: what said it is billed
        let says_usage = self.document.has_usage;
        match self.grammar.answers {
            // whoever sees the answer's last byte need not see the body's end
            Answers::One if self.terminal || !self.facts.streamed => {
                let apart = self.take_apart();
                self.answers.extend(apart);
            }
            Answers::One => {}
            Answers::Each => {
                let apart = self.take_apart();
                let facts = std::mem::take(&mut self.facts);
                if facts.usage.is_some() || facts.pending || says_usage {
                    self.push_placed(facts);
                }
                self.answers.extend(apart);
                self.before = Counts::NONE;
                (self.other_model, self.refused) = (None, false);
            }
            Answers::Listed => {
                let mut facts = std::mem::take(&mut self.facts);
                if facts.usage.is_some() || says_usage {
                    facts.model = facts.model.or_else(|| self.other_model.clone());
                    self.push_placed(facts);
                }
                self.before = Counts::NONE;
            }
            Answers::Session if says_usage => {
                let next = AnswerFacts {
                    model: self.facts.model.clone(),
                    streamed: self.facts.streamed,
                    ..AnswerFacts::default()
                };
                let apart = self.take_apart();
                let mut facts = std::mem::replace(&mut self.facts, next);
                let whose = std::mem::replace(&mut self.whose, Whose::Answers);
                facts.model = self.model_of(whose, facts.model);
                self.answers.push(facts);
                self.answers.extend(apart);
                self.before = Counts::NONE;
                self.most = Usage::default();
            }
            Answers::Session => {}
        }
        self.document.reset();
    }

    fn push_placed(&mut self, facts: AnswerFacts) {
        self.places += 1;
        self.answers.push(AnswerFacts { place: self.places, ..facts });
    }

    /// What is counted where it stands is the total so far: it is kept until the usage comes, and not added up.
    fn says_totals(&self) -> bool {
        matches!(self.grammar.usages, Usages::Running | Usages::Turn)
    }

    /// The body has ended, be it in the middle.
    pub(super) fn body_ended(&mut self) {
        self.document_ended();
        let apart = self.take_apart();
        self.answers.extend(apart);
    }

    /// What has a bill of its own, as answers: their ids are the answer's, numbered.
    fn take_apart(&mut self) -> Vec<AnswerFacts> {
        let apart = std::mem::take(&mut self.apart);
        let bill = |(number, Apart { whose, usage }): (usize, Apart)| AnswerFacts {
            usage: Some(usage),
            usage_final: true,
            model: self.model_of(whose, self.facts.model.clone()),
            request_id: self.facts.request_id.as_ref().map(|id| format!("{id}/{}", number + 1).into()),
            created: self.facts.created,
            streamed: self.facts.streamed,
            service_tier: self.facts.service_tier.clone(),
            speed: self.facts.speed.clone(),
            inference_geo: self.facts.inference_geo.clone(),
            ..AnswerFacts::default()
        };
        apart.into_iter().enumerate().map(bill).collect()
    }

    fn model_of(&self, whose: Whose, answered: Option<Box<str>>) -> Option<Box<str>> {
        match whose {
            Whose::Answers => answered,
            Whose::Others => Some(self.other_model.clone().unwrap_or_else(|| UNNAMED_MODEL.into())),
            Whose::Named(model) => Some(model),
        }
    }

    /// The usage of this document; one that it said before is forgotten.
    fn take_usage(&mut self) {
        let Document { counts, beside, has_usage, of_wrong_type, tallied, untallied, parts, .. } =
            &self.document;
        let counts = &match beside {
            Some(beside) => counts.overlaid(beside),
            None => *counts,
        };
        let is_another = *has_usage && self.before != Counts::NONE;
        let counts = match self.grammar.usages {
            Usages::AddUp => self.before.overlaid(counts),
            Usages::Each => {
                let mut sum = self.before;
                sum.add_all(counts);
                sum
            }
            Usages::One | Usages::Last | Usages::Running | Usages::Turn => *counts,
        };
        let is_doubtful = match self.grammar.usages {
            Usages::One => is_another && self.before != counts,
            Usages::Each => is_another,
            Usages::AddUp | Usages::Last | Usages::Running | Usages::Turn => false,
        };
        if is_doubtful {
            self.facts.fault.get_or_insert(Fault::UsageTwice);
        }
        if *of_wrong_type {
            return self.distrust(Fault::UsageOfWrongType);
        }
        let said = Said {
            counts: (*has_usage || beside.is_some()).then_some(&counts),
            tallied: if self.says_totals() { self.most } else { tallied.less(untallied) },
            steps: self.facts.steps,
            parts,
        };
        match (self.grammar.read)(&said) {
            Ok(reading) => {
                let is_free = self.refused && self.facts.delivered.is_empty();
                if let Whose::Named(model) = &reading.whose {
                    self.facts.model = Some(model.clone());
                }
                self.whose = reading.whose;
                self.apart = reading.apart;
                self.facts.usage = Some(if is_free { Usage::default() } else { reading.usage });
                self.facts.usage_final = reading.is_final && self.grammar.usages != Usages::Running;
                self.facts.cost = reading.cost;
            }
            // pieces, and numbers beside, make no usage where one is to come
            Err(Fault::MissingCount) if !has_usage => {}
            Err(fault) => self.distrust(fault),
        }
        self.before = counts;
    }

    /// The usage in hand cannot be trusted. Where usages complete each other, what was said before it still stands.
    fn distrust(&mut self, fault: Fault) {
        self.fault(fault);
        if self.grammar.usages != Usages::AddUp {
            self.facts.usage = None;
        }
        self.facts.usage_final = false;
        self.facts.cost = None;
    }

    fn count(&mut self, index: usize, value: Scalar<'_>, parse: fn(&[u8]) -> Count) {
        if value != Scalar::Null {
            self.document.counts_in_hand().set(index, count_of(value, parse));
        }
    }

    fn status(&mut self, status: &[u8]) {
        self.facts.pending = matches!(
            status,
            b"queued"
                | b"in_progress"
                | b"processing"
                | b"pending"
                | b"validating"
                | b"finalizing"
                | b"cancelling"
        );
        self.facts.error |= status == b"failed";
    }

    /// A member of the usage, or of those details, that we do not know.
    fn note_unknown(&mut self, details: Option<&str>, name: &[u8]) {
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

    fn seen(&mut self, name: &[u8], kind: UnitKind) {
        let mark = fnv1a(name);
        let seen = &mut self.document.seen;
        if seen.len() < MAX_SEEN && !seen.contains(&mark) {
            seen.push(mark);
            self.document.tallied.add(kind, 1);
        }
    }
}

impl Sink<Field> for AnswerSink {
    fn scalar(&mut self, field: Field, value: Scalar<'_>, _start: u64, _end: u64) {
        match (field, value) {
            (Field::Count(index), value) => self.count(index, value, Count::parse),
            (Field::Beside(index), value) => {
                let beside = self.document.beside.get_or_insert(Counts::NONE);
                beside.set(index, count_of(value, Count::parse));
            }
            (Field::BesideSeconds(index), value) => {
                let beside = self.document.beside.get_or_insert(Counts::NONE);
                beside.set(
                    index,
                    match value {
                        Scalar::Text(text) => Count::seconds(text),
                        value => count_of(value, Count::seconds),
                    },
                );
            }
            (Field::BesideTime(index), Scalar::Text(time)) => {
                let beside = self.document.beside.get_or_insert(Counts::NONE);
                beside.set(index, Count::time(time));
            }
            (Field::Seconds(index), value) => self.count(index, value, Count::seconds),
            (Field::Money(index), value) => self.count(index, value, Count::money),
            (Field::Ticks(index), value) => self.count(index, value, Count::ticks),
            (Field::EntryCount, value) => self.document.entry.1 = count_of(value, Count::parse),
            (Field::EntryKind, Scalar::Text(kind)) => {
                let modality =
                    MODALITIES.iter().position(|known| known.as_bytes().eq_ignore_ascii_case(kind));
                if modality.is_none() {
                    self.note_unknown(Some("modality"), kind);
                }
                self.document.entry.0 = modality;
            }
            (Field::Usage, Scalar::Null) => self.document.forget_usage(),
            (Field::Usage, _) => {
                self.document.forget_usage();
                self.document.has_usage = true;
                self.document.of_wrong_type = true;
            }
            (Field::Details { first, last, .. }, value) => {
                self.document.counts_in_hand().clear(first..=last);
                self.document.of_wrong_type |= value != Scalar::Null;
            }
            (Field::Error | Field::Finish, Scalar::Null) => {}
            (Field::Error, _) => self.facts.error = true,
            (Field::Finish, _) => self.document.is_finish = true,
            (Field::Kind, Scalar::Text(kind)) => {
                self.facts.error |= kind == b"error";
                self.document.is_terminal_kind = matches!(
                    self.grammar.terminal,
                    Terminal::EventKind(ends) if ends.iter().any(|end| end.as_bytes() == kind)
                );
            }
            (Field::Status, Scalar::Text(status)) => self.status(status),
            (Field::Promise, Scalar::Text(id)) => {
                self.facts.pending = true;
                text::keep_name(&mut self.facts.request_id, id);
            }
            (Field::Created, value) => self.facts.created = created(value).or(self.facts.created),
            (Field::Id, Scalar::Text(id)) => text::keep_name(&mut self.facts.request_id, id),
            (Field::Model, Scalar::Text(model)) => text::keep_name(&mut self.facts.model, model),
            (Field::Agent, Scalar::Text(agent)) if self.facts.model.is_none() => {
                text::keep_name(&mut self.facts.model, agent);
            }
            (Field::ServiceTier, Scalar::Text(tier)) => text::keep_name(&mut self.facts.service_tier, tier),
            // the usual way says nothing against what another word tells
            (Field::Traffic, Scalar::Text(b"ON_DEMAND")) if self.facts.service_tier.is_some() => {}
            (Field::Traffic, Scalar::Text(way)) => text::keep_name(&mut self.facts.service_tier, way),
            (Field::Speed, Scalar::Text(speed)) => text::keep_name(&mut self.facts.speed, speed),
            (Field::InferenceGeo, Scalar::Text(geo)) => text::keep_name(&mut self.facts.inference_geo, geo),
            (Field::Size, Scalar::Text(size)) => text::keep_name(&mut self.facts.size, size),
            (Field::Quality, Scalar::Text(quality)) => text::keep_name(&mut self.facts.quality, quality),
            (Field::Piece(_), Scalar::Null) => {}
            (Field::Piece(kind), _) => self.document.tallied.add(kind, 1),
            (Field::Once(_) | Field::Add(_), Scalar::Null) => {}
            (Field::Once(kind), _) => self.document.tallied.set(kind, 1),
            // proto3's JSON spells long integers as text
            (Field::Add(kind), Scalar::Number(text) | Scalar::Text(text)) => {
                if let Some(count) = Count::parse(text).usable() {
                    self.document.tallied.add(kind, count);
                }
            }
            (Field::Tally(words), Scalar::Text(word)) => {
                if let Some(kind) = unit_of(words, word) {
                    self.document.tallied.add(kind, 1);
                }
            }
            (Field::Untally(words), Scalar::Text(word)) => {
                if let Some(kind) = unit_of(words, word) {
                    self.document.untallied.add(kind, 1);
                }
            }
            (Field::Step(words), Scalar::Text(word)) => {
                if let Some(kind) = unit_of(words, word) {
                    self.facts.steps.add(kind, 1);
                }
            }
            (Field::Distinct(kind), Scalar::Text(name)) if !name.is_empty() => self.seen(name, kind),
            // nobody keeps so long a name, to tell it from others
            (Field::Distinct(kind), Scalar::TooLong) => self.document.tallied.add(kind, 1),
            (Field::PartKind(words), Scalar::Text(word)) => {
                let kind = words.iter().find(|known| known.as_bytes() == word).copied();
                if let Some(part) = &mut self.document.part {
                    part.0.kind = kind;
                }
                if kind.is_none() {
                    self.note_unknown(Some("type"), word);
                }
            }
            (Field::PartModel, Scalar::Text(model)) => {
                if let Some(part) = &mut self.document.part {
                    text::keep_name(&mut part.0.model, model);
                }
            }
            (Field::HostedTool, Scalar::Text(kind)) => {
                self.facts.searches_by_preview |= kind.starts_with(SEARCH_PREVIEW.as_bytes());
            }
            (Field::OtherModel, Scalar::Text(model)) => text::keep_name(&mut self.other_model, model),
            (Field::Refusal, Scalar::Text(_)) => self.refused = true,
            _ => {}
        }
    }

    fn open(&mut self, field: Field, _at: u64) {
        match field {
            Field::Usage => self.document.forget_usage(),
            Field::Details { first, last, .. } => self.document.counts_in_hand().clear(first..=last),
            Field::Part(output) => {
                let part = Part { kind: None, model: None, made_output: false, counts: Counts::NONE };
                self.document.part = Some(Box::new((part, output)));
            }
            Field::StepOnce(kind) => self.facts.steps.set(kind, 1),
            Field::Entry(_) => self.document.entry = (None, Count::ABSENT),
            Field::Piece(kind) => self.document.tallied.add(kind, 1),
            Field::Once(kind) => self.document.tallied.set(kind, 1),
            Field::Error => self.facts.error = true,
            _ => {}
        }
    }

    fn close(&mut self, field: Field, _at: u64, _members: u64) {
        match field {
            Field::Usage => self.document.has_usage = true,
            Field::Part(_) => self.document.part_ended(),
            Field::Entry(first) => {
                // without a kind it is known to be part of the total, and stays there
                if let (Some(modality), count) = self.document.entry {
                    self.document.counts.add(first + modality, count);
                }
            }
            Field::Answer => {
                self.document.is_whole = true;
                self.document_ended();
            }
            Field::Root => {
                self.document.is_whole = true;
                // what is no stream says all at once
                self.finished |=
                    self.document.is_finish || self.document.is_terminal_kind || !self.facts.streamed;
                self.awaited -= u64::from(self.document.is_terminal_kind && self.awaited > 0);
                self.terminal |= self.document.is_terminal_kind && self.awaited == 0
                    || self.document.is_finish && matches!(self.grammar.terminal, Terminal::Finish);
                self.document_ended();
            }
            _ => {}
        }
    }

    fn unnamed(&mut self, field: Field, name: &[u8]) {
        let details = match field {
            Field::Usage => None,
            Field::Details { name, .. } => Some(name),
            _ => return,
        };
        self.note_unknown(details, name);
    }

    fn unnumbered(&mut self, field: Field, number: u64) {
        if let Field::Usage = field {
            self.note_unknown(None, format!("field_{number}").as_bytes());
        }
    }

    fn text(&mut self) -> &mut TextMeasure {
        &mut self.facts.delivered
    }
}

fn count_of(value: Scalar<'_>, parse: fn(&[u8]) -> Count) -> Count {
    match value {
        Scalar::Null => Count::ABSENT,
        Scalar::Number(text) => parse(text),
        Scalar::TooLong => Count::bad(Fault::HugeCount),
        Scalar::Text(_) => Count::bad(Fault::TextCount),
        Scalar::Bool(_) | Scalar::Container => Count::bad(Fault::CountOfWrongType),
    }
}

fn unit_of(words: &[(&str, UnitKind)], word: &[u8]) -> Option<UnitKind> {
    words.iter().find(|(known, _)| known.as_bytes() == word).map(|&(_, kind)| kind)
}

fn created(value: Scalar<'_>) -> Option<i64> {
    match value {
        Scalar::Number(text) => {
            // a fraction of a second tells nothing
            let whole = text.split(|&byte| byte == b'.').next()?;
            std::str::from_utf8(whole).ok()?.parse().ok()
        }
        Scalar::Text(text) => {
            let time: jiff::Timestamp = std::str::from_utf8(text).ok()?.parse().ok()?;
            Some(time.as_second())
        }
        _ => None,
    }
}

/// Tells two names apart; nobody is kept out by it.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
