use std::sync::LazyLock;

use memchr::{memchr_iter, memmem::Finder};

use super::{
    RequestFacts, Splice,
    multipart::Multipart,
    splice::{IncludeUsage, StreamOptions},
};
use crate::{
    answer::Count,
    coding::{Coding, Decoder},
    endpoint::Dialect,
    grpc::Frames,
    json::{Scalar, Scanner, Shape, Sink},
    text::{self, MARK, TextMeasure},
};

/// Reads a request's body as it passes, in pieces of any size: JSON, or a form.
pub struct RequestReader {
    /// `Some`: the app compressed the body.
    packed: Option<Box<Packed>>,
    scanner: Scanner<Field>,
    /// Where the body is no JSON.
    grpc: Option<Box<Frames<Field>>>,
    /// `Some`: the body is a form, for it begins with a boundary, as no JSON does.
    form: Option<Box<Multipart>>,
    /// Bytes of a [`MARK`] before the text, which is no part of it, and whether more of it may come.
    marked: usize,
    is_within_mark: bool,
    sink: RequestSink,
    shape: &'static Shape<Field>,
    asks_for_usage: bool,
    /// The request can name more than one model.
    names_several: bool,
}

/// What unpacks a body.
struct Packed {
    /// `None` where nobody could, or it failed: what the body says is not known.
    decoder: Option<Decoder>,
    /// Bytes came out of it.
    begun: bool,
}

/// The places in a request that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Root,
    /// An object on the way to something that matters.
    Plain,
    Model,
    /// One that may answer instead.
    OtherModel,
    /// Who is to answer, where no model is named.
    Agent,
    User,
    /// Before `User`, where both are given.
    SafetyIdentifier,
    Stream,
    Background,
    StreamOptions,
    IncludeUsage,
    ServiceTier,
    /// The id of what an earlier call began.
    Reads,
    Size,
    Quality,
    /// Whether a film is to have sound.
    Sound,
    /// How many are to be made.
    Pieces,
    /// How long it is to be, in seconds: a number, or one spelled as text.
    Seconds,
    /// One of what the answer may be made of: text, pictures, sound.
    Modality,
    /// A message: it costs a few tokens beside its text.
    Part,
}

struct RequestSink {
    facts: RequestFacts,
    user: Option<Box<str>>,
    safety_identifier: Option<Box<str>>,
    options: StreamOptions,
    /// The place of the last brace.
    end: Option<u64>,
    /// Where the model's name stands, and how often one does.
    model: Option<(u64, u64)>,
    models: u32,
    /// Models that may answer instead.
    others: Vec<Box<str>>,
    /// Text is among what the answer may be made of.
    wants_text: bool,
}

/// What nearly every provider's requests have in common.
static COMMON: Shape<Field> = Shape::Object(
    Field::Root,
    &[
        ("model", Shape::Value(Field::Model)),
        ("stream", Shape::Value(Field::Stream)),
        ("safety_identifier", Shape::Value(Field::SafetyIdentifier)),
        ("user", Shape::Value(Field::User)),
        ("service_tier", Shape::Value(Field::ServiceTier)),
    ],
);

/// The quality of a film without sound, which has prices of its own.
const SILENT: &str = "silent";

const MAX_MODEL: usize = 256;
const MAX_USER: usize = 1024;
/// Several times what providers take.
const MAX_OTHERS: usize = 32;

/// Whether a body can say `"stream": true` at all: only where the word stands in it, or an escape that could spell it.
pub fn may_stream(body: &[u8]) -> bool {
    static WORD: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(br#""stream""#));
    WORD.find(body).is_some() || memchr_iter(b'\\', body).any(|at| body.get(at + 1) == Some(&b'u'))
}

// === impl RequestReader ===

impl RequestReader {
    /// The model that the path names, where the body does not.
    pub fn name_model(&mut self, model: &str) {
        if self.sink.facts.model.is_none() {
            self.sink.facts.model = text::shown(model.as_bytes(), MAX_MODEL).map(Box::from);
        }
    }

    /// Without a dialect, `model`, `user` and `stream` are read where most APIs have them; no prompt is measured.
    pub fn new(dialect: Option<Dialect>) -> Self {
        let shape = dialect.map_or(&COMMON, |dialect| dialect.grammar().request);
        Self {
            packed: None,
            scanner: Scanner::new(shape),
            grpc: dialect
                .and_then(|dialect| dialect.grammar().grpc)
                .map(|grpc| Box::new(Frames::new(Field::Root, grpc.request))),
            form: None,
            marked: 0,
            is_within_mark: false,
            shape,
            sink: RequestSink {
                facts: RequestFacts::default(),
                user: None,
                safety_identifier: None,
                options: StreamOptions::Absent,
                end: None,
                model: None,
                models: 0,
                others: Vec::new(),
                wants_text: false,
            },
            asks_for_usage: dialect.is_some_and(Dialect::asks_for_usage),
            names_several: dialect.is_some_and(Dialect::names_several_models),
        }
    }

    /// The body is coded so. What is packed is read all the same; edited it is not.
    pub fn coded(mut self, coding: Coding) -> Self {
        let packed = || Box::new(Packed { decoder: Decoder::new(coding), begun: false });
        self.packed = (coding != Coding::Identity).then(packed);
        self
    }

    pub fn feed(&mut self, bytes: &[u8]) {
        let begins = match &self.packed {
            Some(packed) => !packed.begun,
            None => self.sink.facts.bytes == 0,
        };
        self.sink.facts.bytes += bytes.len() as u64;
        let Some(mut packed) = self.packed.take() else { return self.feed_plain(bytes, begins) };
        if let Some(mut decoder) = packed.decoder.take() {
            let unpacked = decoder.decode(bytes, |plain| {
                if !plain.is_empty() {
                    self.feed_plain(plain, !std::mem::replace(&mut packed.begun, true));
                }
            });
            packed.decoder = unpacked.is_ok().then_some(decoder);
        }
        self.packed = Some(packed);
    }

    fn feed_plain(&mut self, mut bytes: &[u8], begins: bool) {
        if let Some(frames) = &mut self.grpc {
            return frames.feed(bytes, &mut self.sink);
        }
        // Whoever reads JSON may ignore it (RFC 8259, 8.1), and what a provider understands, a rule must not overlook.
        if begins || self.is_within_mark {
            let mark = MARK.get(self.marked..).unwrap_or_default();
            let here = mark.iter().zip(bytes).take_while(|(wanted, given)| wanted == given).count();
            self.marked += here;
            bytes = &bytes[here..];
            self.is_within_mark = bytes.is_empty() && self.marked < MARK.len();
            if !bytes.is_empty() && self.marked < MARK.len() {
                // half a mark is none, and no JSON
                self.scanner.feed(&MARK[..self.marked], &mut self.sink);
                self.marked = 0;
            }
        }
        if begins && bytes.first() == Some(&b'-') {
            self.form = Some(Box::new(Multipart::new(self.shape)));
        }
        match &mut self.form {
            Some(form) => form.feed(bytes, &mut self.sink),
            None => self.scanner.feed(bytes, &mut self.sink),
        }
    }

    /// The body is packed in a way that cannot be undone.
    fn is_sealed(&self) -> bool {
        self.packed.as_ref().is_some_and(|packed| packed.decoder.is_none())
    }

    /// One message of a session, whole, from the app.
    pub fn feed_message(&mut self, message: &[u8]) {
        self.sink.facts.bytes += message.len() as u64;
        match &mut self.grpc {
            Some(frames) => frames.feed_message(message, &mut self.sink),
            None => {
                self.scanner.reset();
                self.scanner.feed(message, &mut self.sink);
            }
        }
    }

    /// Part of a WebSocket's message, from the app.
    pub fn feed_message_part(&mut self, part: &[u8], begins: bool) {
        self.sink.facts.bytes += part.len() as u64;
        if begins {
            self.scanner.reset();
        }
        self.scanner.feed(part, &mut self.sink);
    }

    /// What was said so far.
    pub fn facts(&self) -> &RequestFacts {
        &self.sink.facts
    }

    /// The models that may answer instead of the one that is asked for.
    pub fn other_models(&self) -> &[Box<str>] {
        &self.sink.others
    }

    /// All models that the request can name were found.
    pub fn knows_models(&self) -> bool {
        self.is_settled() || self.sink.facts.model.is_some() && !self.names_several
    }

    /// The top-level object has closed, or cannot be read: nothing more will be learned.
    pub fn is_settled(&self) -> bool {
        if self.is_sealed() {
            return true;
        }
        if let Some(frames) = &self.grpc {
            return frames.is_broken() || self.sink.end.is_some();
        }
        match &self.form {
            Some(form) => form.is_done() || form.is_broken(),
            None => self.scanner.is_done() || self.scanner.is_broken(),
        }
    }

    /// The body is neither JSON nor a form (broken, or compressed in a way that is not known): it may well name what was not
    /// found.
    pub fn is_unreadable(&self) -> bool {
        if self.is_sealed() {
            return true;
        }
        match (&self.grpc, &self.form) {
            (Some(frames), _) => frames.is_broken(),
            (None, Some(form)) => form.is_broken(),
            (None, None) => self.scanner.is_broken(),
        }
    }

    /// The edit that asks for another model, once the object has closed. `None` where the body names none, or several
    /// (which of them counts, the provider alone knows), or is no JSON, or packed.
    pub fn model_splice(&self, model: &str) -> Option<Splice> {
        if self.packed.is_some()
            || !self.scanner.is_done()
            || self.form.is_some()
            || self.grpc.is_some()
            || self.sink.models != 1
        {
            return None;
        }
        let (start, end) = self.sink.model?;
        Splice::new(start, end - start, serde_json::Value::from(model).to_string())?.behind(self.marked)
    }

    /// The request goes to another model than it asks for: that one is billed.
    pub fn substitute_model(&mut self, model: &str) {
        let facts = &mut self.sink.facts;
        let substitute = text::shown(model.as_bytes(), MAX_MODEL).map(Box::from);
        facts.substituted = std::mem::replace(&mut facts.model, substitute);
    }

    /// The body itself asks its stream for the usage.
    pub fn asked_for_usage(&self) -> bool {
        matches!(self.sink.options, StreamOptions::Given { include_usage: IncludeUsage::Asked, .. })
    }

    /// The edit that asks for the usage, once the object has closed; `None` where the stream will carry its usage anyway, where it is no
    /// stream, and where the body is to go as it came.
    pub fn usage_splice(&self) -> Option<Splice> {
        if self.packed.is_some() || !self.scanner.is_done() || !self.asks_for_usage || !self.sink.facts.stream
        {
            return None;
        }
        self.sink.options.splice(self.sink.end?)?.behind(self.marked)
    }
}

// === impl RequestSink ===

impl RequestSink {
    fn user_changed(&mut self) {
        self.facts.user = self.safety_identifier.clone().or_else(|| self.user.clone());
    }
}

/// A number as it was said; what is none counts as not given.
fn number(value: Scalar<'_>, parse: fn(&[u8]) -> Count) -> Option<u64> {
    match value {
        Scalar::Number(text) | Scalar::Text(text) => parse(text).usable(),
        _ => None,
    }
}

impl Sink<Field> for RequestSink {
    fn scalar(&mut self, field: Field, value: Scalar<'_>, start: u64, end: u64) {
        let name = |limit| match value {
            Scalar::Text(bytes) => text::shown(bytes, limit).map(Box::from),
            _ => None,
        };
        match field {
            Field::Model => {
                self.facts.model = name(MAX_MODEL);
                self.model = Some((start, end));
                self.models += 1;
            }
            Field::OtherModel => {
                let Some(other) = name(MAX_MODEL) else { return };
                self.models += 1;
                if self.others.len() < MAX_OTHERS {
                    self.others.push(other);
                }
            }
            Field::Agent if self.models == 0 => self.facts.model = name(MAX_MODEL),
            Field::ServiceTier => self.facts.service_tier = name(MAX_MODEL),
            Field::Reads => self.facts.reads = name(MAX_MODEL),
            Field::Size => self.facts.asked.size = name(MAX_MODEL),
            Field::Quality => self.facts.asked.quality = name(MAX_MODEL),
            Field::Sound => {
                self.facts.asked.quality = (value == Scalar::Bool(false)).then(|| SILENT.into());
            }
            Field::Modality => {
                self.wants_text |= matches!(value, Scalar::Text(name) if name.eq_ignore_ascii_case(b"TEXT"));
                self.facts.wants_no_text = !self.wants_text;
            }
            Field::Pieces => self.facts.asked.pieces = number(value, Count::parse),
            Field::Seconds => self.facts.asked.microseconds = number(value, Count::seconds),
            Field::User => {
                self.user = name(MAX_USER);
                self.user_changed();
            }
            Field::SafetyIdentifier => {
                self.safety_identifier = name(MAX_USER);
                self.user_changed();
            }
            Field::Stream => self.facts.stream = value == Scalar::Bool(true),
            Field::Background => self.facts.background = value == Scalar::Bool(true),
            Field::StreamOptions => {
                self.options = match value {
                    Scalar::Null => StreamOptions::Null { start, end },
                    _ => StreamOptions::OfWrongType,
                };
            }
            Field::IncludeUsage => {
                self.options.include(match value {
                    Scalar::Bool(true) => IncludeUsage::Asked,
                    Scalar::Bool(false) | Scalar::Null => IncludeUsage::Declined { start, end },
                    _ => IncludeUsage::OfWrongType,
                });
            }
            Field::Root | Field::Plain | Field::Part | Field::Agent => {}
        }
    }

    fn open(&mut self, field: Field, at: u64) {
        match field {
            Field::StreamOptions => {
                self.options =
                    StreamOptions::Given { open: at, members: 0, include_usage: IncludeUsage::Absent };
            }
            Field::Part => self.facts.prompt.parts += 1,
            _ => {}
        }
    }

    fn close(&mut self, field: Field, at: u64, members: u64) {
        match field {
            Field::StreamOptions => self.options.closed(members),
            Field::Root => {
                self.end = Some(at);
                // Of a list alone the first is asked for.
                self.facts.model = self.facts.model.take().or_else(|| self.others.first().cloned());
            }
            _ => {}
        }
    }

    fn text(&mut self) -> &mut TextMeasure {
        &mut self.facts.prompt
    }
}
