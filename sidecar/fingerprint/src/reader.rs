//! Reads a request as it passes and gives its sketch.

use crate::{
    form::Form,
    json::{Json, Visitor, Wants},
    key::FingerprintKey,
    place::Place,
    sketch::{Section, Sketch},
    text::{Bottom, Sample, Words, hash_of, joined},
};

/// Reads the head at once and the body in pieces of any size. No text is kept, only hashes of runs of words.
pub struct SketchReader {
    endpoint: u64,
    body: Body,
    seen: Seen,
}

/// What the request is written in.
enum Body {
    Json(Json<Place>),
    Form(Form<Place>),
}

/// What was seen so far.
struct Seen {
    words: Words,
    /// The text in hand.
    text: Sample<16, 16, 16>,
    message: Message,
    shape: Bottom<32>,
    tools: Bottom<24>,
    system: Vec<u64>,
    user: Vec<u64>,
    /// The first question was read, or what is given here is nobody's question.
    user_is_known: bool,
    /// The message in hand has a picture, a recording or a file.
    has_media: bool,
    /// Texts come in a list.
    many: bool,
    /// So many came.
    texts: usize,
    /// How the newest question begins, where it is not the first one.
    newest: Vec<u64>,
    /// All of the first question.
    first: Option<u64>,
    /// What the text in hand begins with, up to a colon.
    lead: Option<u64>,
    /// Somebody has answered already.
    has_turns: bool,
    /// The model says something about the feature: there is no text of the app's own in such a call.
    names_model: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Message {
    /// Nobody's: as good as the user's.
    Plain,
    System,
    User,
    Others,
}

/// Runs of what the app itself says.
const MOST_SYSTEM: usize = 352;
/// What is shorter is a turn of a dialogue, no template behind examples.
const TEMPLATE: usize = 24;
/// Runs that the id of a stored prompt stands for.
const STORED: usize = 12;
/// Atoms that a label stands for, where there is no text.
const LABEL: u64 = 3;
/// Runs that a lead ("Make this shorter:") stands for, besides its own, and how long it is.
const LEAD: u64 = 3;
const LONGEST_LEAD: usize = 12;
/// So much is said to the model, or so many tools are given, that the first question says nothing more.
const ENOUGH_SYSTEM: usize = 8;

/// Headers that are the same for everybody, or different for every call, or a secret.
const PASSED_OVER: [&str; 24] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "api-key",
    "authorization",
    "baggage",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "expect",
    "forwarded",
    "host",
    "idempotency-key",
    "traceparent",
    "tracestate",
    "transfer-encoding",
    "via",
    "x-api-key",
    "x-forwarded-for",
    "x-goog-api-key",
    "x-goog-api-client",
    "x-request-id",
];

// === impl SketchReader ===

impl SketchReader {
    /// `endpoint` is a template, or a path whose ids do not matter.
    pub fn new<'a>(endpoint: &str, headers: impl Iterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut seen = Seen::new();
        let talks = ["chat", "messages", "responses", "enerateContent", "completions", "interactions"];
        seen.names_model = !talks.iter().any(|word| endpoint.contains(word));
        let works_on = ["mbed", "moderations", "speech", "rerank"];
        seen.user_is_known = works_on.iter().any(|word| endpoint.contains(word));
        let mut body = Body::Json(Json::new(Place::Root));
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("content-type") && value.starts_with(b"multipart/form-data") {
                body = Body::Form(Form::new(Place::Root));
            }
            seen.header(name, value);
        }
        Self { endpoint: endpoint_hash(endpoint), body, seen }
    }

    /// Reads on in the body.
    pub fn feed(&mut self, bytes: &[u8]) {
        match &mut self.body {
            Body::Json(json) => json.feed(bytes, &mut self.seen),
            Body::Form(form) => form.feed(bytes, &mut self.seen),
        }
    }

    /// The sketch of what was read, however far that is.
    pub fn sketch(&self, key: &FingerprintKey) -> Sketch {
        let Seen { shape, tools, system, user, newest, has_turns, .. } = &self.seen;
        let is_told = system.len() + 2 * tools.iter().count() >= ENOUGH_SYSTEM;
        // where nothing is told there is room, and examples may stand before the template
        let user = match (has_turns, is_told) {
            (true, true) => Vec::new(),
            (true, false) => [user.as_slice(), newest].concat(),
            (false, _) => user.clone(),
        };
        let sections = [
            (Section::Shape, shape.iter().collect::<Vec<_>>()),
            (Section::Tools, tools.iter().collect()),
            (Section::System, system.clone()),
            (Section::User, user),
        ];
        Sketch::of(key, self.endpoint, &sections, self.seen.first.map(|first| (first, *has_turns)))
    }
}

/// A template without versions and what providers put in front of the same API; of a path that none was known for, what
/// has no digit. A stream is asked for as the whole is.
fn endpoint_hash(endpoint: &str) -> u64 {
    let is_front = |segment: &&str| {
        let version =
            segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        version || matches!(*segment, "" | "api" | "openai")
    };
    let is_id = |segment: &str| segment.bytes().any(|byte| byte.is_ascii_digit()) && segment.len() > 3;
    endpoint
        .split('/')
        .filter(|segment| !is_front(segment))
        .map(|segment| match segment.split_once(":streamG") {
            Some((model, verb)) => hash_of(format!("{model}:g{verb}").as_bytes()),
            None if is_id(segment) => 0,
            None => hash_of(segment.as_bytes()),
        })
        .fold(0, |hash: u64, segment| (hash.rotate_left(9) ^ segment).wrapping_mul(0x2545_f491_4f6c_dd1d))
}

// === impl Seen ===

impl Seen {
    fn new() -> Self {
        Self {
            words: Words::new(),
            text: Sample::new(),
            message: Message::Plain,
            shape: Bottom::new(),
            tools: Bottom::new(),
            system: Vec::new(),
            user: Vec::new(),
            newest: Vec::new(),
            user_is_known: false,
            has_media: false,
            many: false,
            texts: 0,
            first: None,
            lead: None,
            has_turns: false,
            names_model: false,
        }
    }

    fn header(&mut self, name: &str, value: &[u8]) {
        let name = name.to_ascii_lowercase();
        let is_sdks = name.starts_with("x-stainless-") || name.starts_with("x-tollgate-");
        if is_sdks || PASSED_OVER.contains(&name.as_str()) {
            return;
        }
        let place = hash_of(name.as_bytes());
        self.shape.add(place);
        self.shape.add(place.rotate_left(17) ^ value_hash(value));
    }

    fn flush_system(&mut self) {
        for run in self.text.iter().chain(self.text.lines()) {
            if self.system.len() < MOST_SYSTEM {
                self.system.push(run);
            }
        }
        self.text.clear();
        self.lead = None;
    }

    /// Several at once are worked on by another feature than one.
    fn count_text(&mut self) {
        self.texts += 1;
        if self.texts == 2 && self.names_model {
            let several: [&[u8]; 3] = [b"[,", b",,", b",]"];
            several.iter().for_each(|sign| self.shape.add(hash_of(sign)));
        }
    }

    fn flush_message(&mut self) {
        if matches!(self.message, Message::Plain | Message::User) && self.text.seen() > 0 {
            self.first.get_or_insert(self.text.whole());
        }
        match self.message {
            Message::System => self.flush_system(),
            // what is said beside a picture or a recording is what the app wants of it
            Message::Plain | Message::User if self.has_media => self.flush_system(),
            Message::Plain | Message::User if !self.user_is_known && self.text.seen() > 0 => {
                self.user_is_known = true;
                self.user.extend(self.text.iter());
                if let Some(lead) = self.lead {
                    self.user.extend((0..LEAD).map(|at| joined([lead, lead, at])));
                }
            }
            Message::User if self.text.seen() > 0 => {
                self.newest.clear();
                if self.text.seen() >= TEMPLATE {
                    self.newest.extend(self.text.begins());
                }
            }
            Message::Plain | Message::User | Message::Others => {}
        }
        self.text.clear();
        self.lead = None;
        self.message = Message::Plain;
        self.has_media = false;
    }
}

fn is_media(part: &[u8]) -> bool {
    let kinds: [&[u8]; 5] = [b"image", b"audio", b"file", b"document", b"video"];
    kinds.iter().any(|kind| part.windows(kind.len()).any(|found| found == *kind))
}

/// What any tool or schema is written in.
fn is_schemas_own(word: &[u8]) -> bool {
    let words: &[&[u8]] = &[
        b"$defs",
        b"$ref",
        b"$schema",
        b"OBJECT",
        b"STRING",
        b"additionalProperties",
        b"allOf",
        b"anyOf",
        b"array",
        b"boolean",
        b"default",
        b"description",
        b"enum",
        b"false",
        b"format",
        b"function",
        b"inputSchema",
        b"input_schema",
        b"integer",
        b"items",
        b"json_schema",
        b"maxItems",
        b"maximum",
        b"minItems",
        b"minimum",
        b"name",
        b"null",
        b"nullable",
        b"number",
        b"object",
        b"oneOf",
        b"parameters",
        b"properties",
        b"propertyOrdering",
        b"required",
        b"schema",
        b"strict",
        b"string",
        b"title",
        b"true",
        b"type",
    ];
    words.binary_search(&word).is_ok()
}

/// Numbers as spelled, texts without what changes.
fn value_hash(value: &[u8]) -> u64 {
    if value.first().is_some_and(|first| first.is_ascii_digit() || *first == b'-') {
        return hash_of(value);
    }
    let (mut words, mut hash) = (Words::new(), 0_u64);
    let mut add = |run: u64, _begins| hash = hash.rotate_left(11) ^ run;
    words.feed(value, &mut add);
    words.edge(&mut add);
    hash
}

impl Visitor for Seen {
    type Place = Place;

    fn member(&mut self, of: Place, name: &[u8]) -> Place {
        let hash = hash_of(name);
        let place = of.member(name, hash);
        match place {
            Place::Tools(_) if of != Place::Root && is_schemas_own(name) => {}
            Place::Tools(_) if of != Place::Root => self.tools.add(hash),
            Place::Tools(path) | Place::Parameter(path) | Place::Label(path) | Place::Purpose(path) => {
                self.shape.add(path);
            }
            Place::System => self.shape.add(hash_of(b"system")),
            Place::Ignored if of == Place::Part && matches!(name, b"inlineData" | b"inline_data") => {
                self.shape.add(hash_of(b"inline_data"));
                self.has_media = true;
            }
            _ => {}
        }
        place
    }

    fn element(&mut self, of: Place) -> Place {
        if of == Place::Conversation {
            self.many = true;
        }
        of.element()
    }

    fn open(&mut self, place: Place, is_object: bool) -> Place {
        if place == Place::Conversation && self.many && !is_object {
            self.count_text();
        }
        place.opened(is_object)
    }

    fn close(&mut self, place: Place) {
        match place {
            Place::Message => self.flush_message(),
            Place::System => self.flush_system(),
            _ => {}
        }
    }

    fn wants(&self, place: Place) -> Wants {
        match place {
            Place::Content if self.message == Message::Others => Wants::Nothing,
            Place::System | Place::Conversation | Place::Prompt | Place::Content => Wants::Text,
            Place::Role
            | Place::MessageType
            | Place::PartType
            | Place::Tools(_)
            | Place::Model
            | Place::Stored
            | Place::Purpose(_)
            | Place::Label(_)
            | Place::Parameter(_) => Wants::Value,
            Place::Root | Place::Message | Place::StoredPrompt | Place::Part | Place::Ignored => {
                Wants::Nothing
            }
        }
    }

    fn text(&mut self, _place: Place, piece: &[u8]) {
        let Self { words, text, lead, .. } = self;
        let colon = match lead {
            None if text.seen() <= LONGEST_LEAD => memchr::memchr(b':', piece),
            _ => None,
        };
        let (before, after) = piece.split_at(colon.unwrap_or(piece.len()));
        words.feed(before, &mut |run, begins| text.add(run, begins));
        if colon.is_some() {
            words.feed(b" ", &mut |run, begins| text.add(run, begins));
            *lead = Some(if (1..=LONGEST_LEAD).contains(&text.seen()) { text.whole() } else { 0 });
            words.feed(after, &mut |run, begins| text.add(run, begins));
        }
    }

    fn text_ended(&mut self, place: Place) {
        let Self { words, text, .. } = self;
        words.edge(&mut |run, begins| text.add(run, begins));
        match place {
            Place::System => self.flush_system(),
            Place::Conversation | Place::Prompt => {
                // one text, or several at once: what calls without instructions differ in
                let how: [&[u8]; 2] = if self.many { [b"[", b"]"] } else { [b"(", b")"] };
                how.iter().for_each(|sign| self.shape.add(hash_of(sign)));
                self.count_text();
                self.flush_message();
            }
            _ => {}
        }
    }

    fn value(&mut self, place: Place, value: &[u8]) {
        match place {
            Place::Role => {
                self.message = match value {
                    b"system" | b"developer" => Message::System,
                    b"user" => Message::User,
                    _ => {
                        self.has_turns = true;
                        Message::Others
                    }
                };
            }
            Place::MessageType if !matches!(value, b"message" | b"text" | b"input_text") => {
                self.has_turns = true;
                self.message = Message::Others;
            }
            Place::PartType if self.message != Message::Others => {
                self.has_media |= is_media(value);
                self.shape.add(hash_of(value));
            }
            Place::Tools(_) if is_schemas_own(value) => {}
            Place::Tools(path) => self.tools.add(path.rotate_left(17) ^ value_hash(value)),
            Place::Purpose(path) => {
                let hash = path.rotate_left(17) ^ value_hash(value);
                [hash, hash.rotate_left(29)].into_iter().for_each(|hash| self.shape.add(hash));
            }
            Place::Parameter(path) => self.shape.add(path.rotate_left(17) ^ value_hash(value)),
            // what a job is called says all that can be known of a call without a text; numbers and ids say which run it is
            Place::Label(_) if self.names_model && value.iter().any(u8::is_ascii_digit) => {}
            Place::Label(path) if self.names_model => {
                let hash = path.rotate_left(17) ^ value_hash(value);
                (0..LABEL).for_each(|at| self.shape.add(joined([hash, hash, at])));
            }
            Place::Label(path) => self.shape.add(path.rotate_left(17) ^ value_hash(value)),
            Place::Model if self.names_model => self.shape.add(hash_of(value)),
            // all that a feature says, kept at the provider: as much as a paragraph would be
            Place::Stored => {
                let hash = hash_of(value);
                let room = MOST_SYSTEM.saturating_sub(self.system.len()).min(STORED);
                self.system.extend((0..room as u64).map(|at| joined([hash, hash, at])));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
