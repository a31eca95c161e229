use super::{AnswerFacts, Answers, Fault, Field, Grammar, Terminal, Usages, sink::AnswerSink};
use crate::{
    coding::{Coding, Decoder},
    endpoint::Dialect,
    grpc::Frames,
    json::Scanner,
    sse::{Piece, Sse},
    text::{self, MARK},
};

/// What the answer's head says about its body.
#[derive(Clone, Copy, Debug)]
pub struct AnswerHead<'a> {
    pub dialect: Dialect,
    pub status: u16,
    pub content_type: Option<&'a str>,
    pub coding: Coding,
}

/// Reads an answer's bytes as they pass, coded as on the wire, in pieces of any size.
pub struct AnswerReader {
    form: Form,
    decoder: Option<Box<Decoder>>,
    /// Nothing more can be read of the wire.
    blind: bool,
    scanner: Scanner<Field>,
    sink: AnswerSink,
    grammar: &'static Grammar,
    finished: bool,
}

/// How the body's text is laid out. The head says it; where the first bytes say otherwise, they are right.
enum Form {
    Unsure {
        is_stream: bool,
        mark: usize,
        /// The first bytes, while they may become the name of a field of an event.
        name: Vec<u8>,
    },
    Whole,
    /// A document a line.
    Lines,
    /// A list of chunks, as Google streams without `alt=sse`.
    List,
    Stream(Events),
    Grpc(Box<Frames<Field>>),
}

/// Where we are in a stream of events.
struct Events {
    sse: Sse,
    /// The beginning of the event's data, to know `[DONE]` by.
    begin: [u8; DONE.len() + 1],
    length: usize,
}

const DONE: &[u8] = b"[DONE]";
const ACCEPTED: u16 = 202;
/// What a line of events can begin with. A transcript may begin with the same letters.
const FIELDS: [&[u8]; 4] = [b"data", b"event", b"id", b"retry"];

// === impl AnswerHead ===

impl AnswerHead<'_> {
    /// The Gemini API's header with the tier that served the call: `standard`, `flex`, `priority`.
    pub const SERVED_AS: &'static str = "x-gemini-service-tier";
}

// === impl AnswerReader ===

impl AnswerReader {
    pub fn new(head: AnswerHead<'_>) -> Self {
        let grammar = head.dialect.grammar();
        let essence = head.content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        let is_stream = essence.eq_ignore_ascii_case("text/event-stream");
        // sound says nothing, whatever its bytes look like
        let is_sound = essence.get(..6).is_some_and(|kind| kind.eq_ignore_ascii_case("audio/"));
        let mut sink = AnswerSink::new(grammar);
        sink.facts.streamed = grammar.grpc.is_some_and(|grpc| grpc.streams);
        // whatever its body looks like
        sink.facts.error = head.status >= 400;
        // a promise that is not kept yet may be answered by that alone (xAI's deferred completions: an empty body)
        sink.facts.pending = head.status == ACCEPTED && head.dialect.is_promised();
        if head.coding == Coding::Unknown {
            sink.fault(Fault::UnknownCoding);
        }
        let form = match grammar.grpc {
            Some(grpc) => Form::Grpc(Box::new(Frames::new(Field::Root, grpc.answer))),
            None => Form::Unsure { is_stream, mark: 0, name: Vec::new() },
        };
        Self {
            form,
            decoder: Decoder::new(head.coding).map(Box::new),
            blind: head.coding == Coding::Unknown || is_sound,
            scanner: Scanner::new(grammar.whole),
            sink,
            grammar,
            finished: false,
        }
    }

    /// How the call was served, where a header says it ([`AnswerHead::SERVED_AS`]); a body that says it, too, is believed.
    pub fn served_as(&mut self, tier: &str) {
        text::keep_name(&mut self.sink.facts.service_tier, tier.as_bytes());
    }

    /// How many of what a stream ends with were asked for: pictures end with an event each.
    pub fn expect(&mut self, pieces: u64) {
        if matches!(self.grammar.usages, Usages::Each) {
            self.sink.awaited = pieces.max(1);
        }
    }

    pub fn feed(&mut self, wire: &[u8]) {
        if self.blind {
            return;
        }
        // taken out for the time of the call, so that what it decodes can be fed
        let Some(mut decoder) = self.decoder.take() else { return self.feed_plain(wire) };
        if let Err(fault) = decoder.decode(wire, |plain| self.feed_plain(plain)) {
            self.go_blind(fault);
        }
        self.decoder = Some(decoder);
    }

    /// The terminal event, or the closing brace of a JSON body, has been fed.
    pub fn is_complete(&self) -> bool {
        match self.form {
            Form::Unsure { .. } | Form::Lines => false,
            Form::Grpc(_) => matches!(self.grammar.terminal, Terminal::Finish) && self.sink.terminal,
            Form::Whole | Form::List => self.scanner.is_done(),
            Form::Stream(_) => match self.grammar.terminal {
                Terminal::End => false,
                Terminal::DoneLine | Terminal::EventKind(_) | Terminal::Finish => self.sink.terminal,
            },
        }
    }

    /// What has come is part of an answer: should the body end here, it was cut. What we cannot read is never cut.
    pub fn is_cut(&self) -> bool {
        let has_an_end = match self.form {
            // a file without a line is whole
            Form::Unsure { .. } => !matches!(self.grammar.answers, Answers::Each),
            Form::Lines => false,
            Form::Whole | Form::List => !self.scanner.is_broken(),
            Form::Stream(_) => !matches!(self.grammar.terminal, Terminal::End),
            Form::Grpc(ref frames) => {
                let is_open = !frames.is_between() || matches!(self.grammar.terminal, Terminal::Finish);
                is_open && !frames.is_broken()
            }
        };
        has_an_end && !self.blind && !self.is_complete()
    }

    /// The body has ended, in whatever way.
    pub fn finish(&mut self) {
        if self.finished {
            return;
        }
        self.finished = true;
        if matches!(self.form, Form::Whole | Form::List) && self.scanner.is_broken() {
            self.sink.fault(Fault::BrokenJson);
        }
        if let Form::Grpc(frames) = &self.form
            && frames.is_broken()
        {
            self.sink.fault(Fault::BrokenMessage);
        }
        self.sink.body_ended();
    }

    /// What the provider says beside the body (gRPC's status): the answer is an error.
    pub fn note_failure(&mut self) {
        self.sink.facts.error = true;
    }

    pub fn facts(&self) -> &AnswerFacts {
        &self.sink.facts
    }

    /// One message of a session (a WebSocket's, a gRPC stream's), whole, from the provider.
    pub fn feed_message(&mut self, message: &[u8]) {
        if let Form::Grpc(frames) = &mut self.form {
            frames.feed_message(message, &mut self.sink);
            return;
        }
        self.feed_message_part(message, true);
    }

    /// Part of a WebSocket's message, from the provider.
    pub fn feed_message_part(&mut self, part: &[u8], ends: bool) {
        if !matches!(self.form, Form::Stream(_)) {
            self.become_stream();
        }
        self.scanner.feed(part, &mut self.sink);
        if !ends {
            return;
        }
        if self.scanner.is_broken() {
            self.sink.fault(Fault::BrokenJson);
        }
        self.sink.document_ended();
        self.scanner.reset();
    }

    /// Whether [`Self::take_answers`] has any.
    pub fn has_answers(&self) -> bool {
        !self.sink.answers.is_empty()
    }

    /// Answers that are complete since this was last asked, where a body holds several: each is billed apart.
    pub fn take_answers(&mut self) -> Vec<AnswerFacts> {
        std::mem::take(&mut self.sink.answers)
    }

    /// Bytes without their coding: the reader's own, or what the hider decoded.
    pub(crate) fn feed_plain(&mut self, plain: &[u8]) {
        let plain = match &mut self.form {
            Form::Unsure { .. } => self.make_sure(plain),
            Form::Whole | Form::Lines | Form::List | Form::Stream(_) | Form::Grpc(_) => plain,
        };
        self.feed_known(plain);
    }

    fn feed_known(&mut self, plain: &[u8]) {
        match &mut self.form {
            Form::Unsure { .. } => {}
            Form::Whole | Form::List => self.scanner.feed(plain, &mut self.sink),
            Form::Grpc(frames) => frames.feed(plain, &mut self.sink),
            Form::Lines => feed_lines(plain, &mut self.scanner, &mut self.sink),
            Form::Stream(events) => {
                events.feed(plain, &mut self.scanner, &mut self.sink, self.grammar.terminal);
            }
        }
    }

    /// Nothing more can be learned from the wire; what was read stands.
    pub(crate) fn go_blind(&mut self, fault: Fault) {
        self.blind = true;
        self.sink.fault(fault);
    }

    /// Looks for the bytes that tell a document from a stream; what is still to be read.
    fn make_sure<'a>(&mut self, plain: &'a [u8]) -> &'a [u8] {
        let Form::Unsure { is_stream, mark, name } = &mut self.form else { return plain };
        for (at, &byte) in plain.iter().enumerate() {
            if name.is_empty() && MARK.get(*mark) == Some(&byte) {
                *mark += 1;
                continue;
            }
            let stream = match (byte, name.as_slice()) {
                (b' ' | b'\t', []) => continue,
                (b'\r' | b'\n', []) if !*is_stream => continue,
                (b'{' | b'[' | b'<', []) => false,
                (b':', []) => true,
                _ if *is_stream => true,
                (b':', name) => FIELDS.contains(&name),
                (byte, begun) => {
                    let goes_on =
                        |field: &&[u8]| field.starts_with(begun) && field.get(begun.len()) == Some(&byte);
                    if FIELDS.iter().any(goes_on) {
                        name.push(byte);
                        continue;
                    }
                    false
                }
            };
            let name = std::mem::take(name);
            if stream {
                self.become_stream();
            } else if let (b'[', Some(list)) = (byte, self.grammar.list) {
                self.scanner = Scanner::new(list);
                self.sink.facts.streamed = true;
                self.form = Form::List;
            } else {
                self.form = match self.grammar.answers {
                    Answers::Each => Form::Lines,
                    Answers::One | Answers::Session | Answers::Listed => Form::Whole,
                };
            }
            // some of the name may have come before this piece
            let here = name.len().min(at);
            self.feed_known(&name[..name.len() - here]);
            return &plain[at - here..];
        }
        &[]
    }

    fn become_stream(&mut self) {
        self.scanner = Scanner::new(self.grammar.event);
        self.sink.facts.streamed = true;
        self.form = Form::Stream(Events { sse: Sse::new(), begin: [0; DONE.len() + 1], length: 0 });
    }
}

/// A line that is no JSON ends with the line.
fn feed_lines(plain: &[u8], scanner: &mut Scanner<Field>, sink: &mut AnswerSink) {
    for line in plain.split_inclusive(|&byte| byte == b'\n') {
        scanner.feed(line, sink);
        if line.last() == Some(&b'\n') {
            sink.document_ended();
            scanner.reset();
        }
    }
}

// === impl Events ===

impl Events {
    fn feed(
        &mut self,
        mut plain: &[u8],
        scanner: &mut Scanner<Field>,
        sink: &mut AnswerSink,
        terminal: Terminal,
    ) {
        while let Some(piece) = self.sse.next(&mut plain) {
            match piece {
                Piece::Data(data) => {
                    self.remember(data);
                    scanner.feed(data, sink);
                }
                Piece::DataLineEnd => {
                    if matches!(terminal, Terminal::DoneLine) && &self.begin[..self.length] == DONE {
                        sink.terminal = true;
                    }
                    scanner.feed(b"\n", sink);
                }
                Piece::EventEnd { has_data } => {
                    if scanner.is_broken() && has_data && &self.begin[..self.length] != DONE {
                        sink.fault(Fault::BrokenJson);
                    }
                    sink.document_ended();
                    scanner.reset();
                    self.length = 0;
                }
            }
        }
    }

    fn remember(&mut self, data: &[u8]) {
        let room = self.begin.len() - self.length;
        if room > 0 {
            let part = &data[..data.len().min(room)];
            self.begin[self.length..self.length + part.len()].copy_from_slice(part);
            self.length += part.len();
        }
    }
}
