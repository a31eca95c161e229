use super::{
    shape::{Scalar, Shape, Sink, is_label, is_media},
    skip::Skip,
    string::{StringState, Use},
};

/// Reads one document after another.
pub(crate) struct Scanner<F: 'static> {
    root: &'static Shape<F>,
    state: State,
    /// Bytes fed before the piece in hand.
    offset: u64,
    depth: usize,
    /// One bit a level: set is an object, clear an array.
    kinds: Vec<u64>,
    /// The kind of the level we are in.
    in_object: bool,
    /// The wanted containers we are in; deeper levels are quiet.
    frames: [Frame<F>; MAX_FRAMES],
    wanted: usize,
    quiet: Quiet,
    /// In [`State::Skip`].
    skip: Skip,
    /// In prose: the level of the member that is no prose, and all below it.
    muted: Option<usize>,
    /// What is wanted of the value that comes next.
    next: &'static Shape<F>,
    value_start: u64,
    string: StringState<F>,
    literal: (&'static [u8], usize),
    number_field: Option<F>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Value,
    /// After `[`.
    ValueOrEnd,
    /// After `{`.
    NameOrEnd,
    /// After `,` in an object.
    Name,
    Colon,
    CommaOrEnd,
    String,
    Number,
    Literal,
    /// In a container that nobody wants.
    Skip,
    Done,
    Broken,
}

#[derive(Clone, Copy)]
struct Frame<F: 'static> {
    /// `None` for an array.
    field: Option<F>,
    shape: &'static Shape<F>,
    members: u64,
}

/// How levels below the wanted ones are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quiet {
    Prose,
    Schema,
}

/// Deeper than this is no document. 8 KiB of bits.
const MAX_DEPTH: usize = 1 << 16;
/// Deeper than any shape.
const MAX_FRAMES: usize = 12;

// === impl Scanner ===

impl<F: Copy + 'static> Scanner<F> {
    pub(crate) fn new(root: &'static Shape<F>) -> Self {
        Self {
            root,
            state: State::Value,
            offset: 0,
            depth: 0,
            kinds: Vec::new(),
            in_object: false,
            frames: [Frame { field: None, shape: root, members: 0 }; MAX_FRAMES],
            wanted: 0,
            quiet: Quiet::Prose,
            skip: Skip::begin(),
            muted: None,
            next: root,
            value_start: 0,
            string: StringState::new(),
            literal: (b"", 0),
            number_field: None,
        }
    }

    /// Ready for another document; offsets begin at 0 again.
    pub(crate) fn reset(&mut self) {
        self.state = State::Value;
        self.offset = 0;
        self.depth = 0;
        self.wanted = 0;
        self.muted = None;
        self.next = self.root;
        self.number_field = None;
        self.string.reset();
    }

    /// The document's last brace has been fed.
    pub(crate) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// This is no JSON; nothing more will be read.
    pub(crate) fn is_broken(&self) -> bool {
        self.state == State::Broken
    }

    pub(crate) fn feed<S: Sink<F>>(&mut self, bytes: &[u8], sink: &mut S) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at = match self.state {
                State::String => self.string(bytes, at, sink),
                State::Number => self.number(bytes, at, sink),
                State::Literal => self.literal(byte, at, sink),
                State::Skip => self.step_over(bytes, at),
                State::Broken => break,
                _ if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') => at + 1,
                _ => self.structure(bytes, byte, at, sink),
            };
        }
        self.offset += bytes.len() as u64;
    }

    /// One byte between values, and what most often follows it: a comma is followed by a name, a colon by its value.
    fn structure<S: Sink<F>>(&mut self, bytes: &[u8], byte: u8, at: usize, sink: &mut S) -> usize {
        match (self.state, byte) {
            (State::CommaOrEnd, b',') => {
                self.comma();
                if self.in_object && bytes.get(at + 1) == Some(&b'"') {
                    self.begin_name();
                    return at + 2;
                }
            }
            (State::Colon, b':') => {
                self.state = State::Value;
                if let Some(&next @ (b'"' | b'0'..=b'9' | b'n')) = bytes.get(at + 1) {
                    return self.value(bytes, next, at + 1, sink);
                }
            }
            (State::Value, _) => return self.value(bytes, byte, at, sink),
            (State::NameOrEnd | State::Name, b'"') => self.begin_name(),
            (State::NameOrEnd, b'}') | (State::ValueOrEnd, b']') => self.close(at, sink),
            (State::CommaOrEnd, b'}') if self.in_object => self.close(at, sink),
            (State::CommaOrEnd, b']') if !self.in_object => self.close(at, sink),
            (State::ValueOrEnd, _) => return self.value(bytes, byte, at, sink),
            _ => self.state = State::Broken,
        }
        at + 1
    }

    fn value<S: Sink<F>>(&mut self, bytes: &[u8], byte: u8, at: usize, sink: &mut S) -> usize {
        self.value_start = self.offset + at as u64;
        match byte {
            b'{' | b'[' => self.open(byte == b'{', sink),
            b'"' => {
                self.state = State::String;
                self.string.begin(self.string_use());
            }
            b'-' | b'0'..=b'9' => {
                self.state = State::Number;
                self.number_field = self.wanted_field();
                self.string.begin(Use::Skip);
                return self.number(bytes, at, sink);
            }
            b't' => self.begin_literal(b"true"),
            b'f' => self.begin_literal(b"false"),
            b'n' => self.begin_literal(b"null"),
            _ => self.state = State::Broken,
        }
        at + 1
    }

    /// The place that the next value has a name for, if anybody wants it.
    fn wanted_field(&self) -> Option<F> {
        match self.next {
            Shape::Value(field) | Shape::Object(field, _) if self.is_wanted() => Some(*field),
            _ => None,
        }
    }

    /// The level we are in is one that the shape knows.
    fn is_wanted(&self) -> bool {
        self.wanted == self.depth
    }

    fn is_measured(&self) -> bool {
        self.muted.is_none()
    }

    fn string_use(&self) -> Use<F> {
        if !self.is_wanted() {
            return if self.is_measured() { Use::Measure } else { Use::Skip };
        }
        match self.next {
            Shape::Prose | Shape::Schema => Use::Measure,
            Shape::Value(field) | Shape::Object(field, _) => Use::Capture(*field),
            Shape::Skip | Shape::Each(_) => Use::Skip,
        }
    }

    fn open<S: Sink<F>>(&mut self, is_object: bool, sink: &mut S) {
        if self.depth >= MAX_DEPTH {
            self.state = State::Broken;
            return;
        }
        if self.is_wanted() {
            let next = self.next;
            match (next, is_object) {
                (Shape::Object(field, _), true) if self.wanted < MAX_FRAMES => {
                    sink.open(*field, self.value_start);
                    self.push_frame(Some(*field));
                }
                (Shape::Each(_), false) if self.wanted < MAX_FRAMES => self.push_frame(None),
                (Shape::Value(field) | Shape::Object(field, _), _) => {
                    sink.scalar(*field, Scalar::Container, self.value_start, self.value_start);
                    return self.skip();
                }
                (Shape::Prose, _) => self.quiet = Quiet::Prose,
                (Shape::Schema, _) => self.quiet = Quiet::Schema,
                (Shape::Skip | Shape::Each(_), _) => return self.skip(),
            }
        }
        let (word, bit) = (self.depth / 64, 1u64 << (self.depth % 64));
        if word == self.kinds.len() {
            self.kinds.push(0);
        }
        match is_object {
            true => self.kinds[word] |= bit,
            false => self.kinds[word] &= !bit,
        }
        self.depth += 1;
        self.in_object = is_object;
        self.state = if is_object { State::NameOrEnd } else { State::ValueOrEnd };
        self.next_element();
    }

    fn skip(&mut self) {
        self.skip = Skip::begin();
        self.state = State::Skip;
    }

    fn step_over(&mut self, bytes: &[u8], at: usize) -> usize {
        match self.skip.end(&bytes[at..]) {
            Some(length) => {
                self.value_ended();
                at + length
            }
            None => bytes.len(),
        }
    }

    fn push_frame(&mut self, field: Option<F>) {
        self.frames[self.wanted] = Frame { field, shape: self.next, members: 0 };
        self.wanted += 1;
    }

    /// In an array that is wanted, each element is.
    fn next_element(&mut self) {
        if self.wanted > 0
            && self.is_wanted()
            && let Shape::Each(element) = self.frames[self.wanted - 1].shape
        {
            self.next = *element;
        }
    }

    fn close<S: Sink<F>>(&mut self, at: usize, sink: &mut S) {
        if self.muted.is_some_and(|level| level >= self.depth) {
            self.muted = None;
        }
        if self.is_wanted() {
            self.wanted -= 1;
            let frame = self.frames[self.wanted];
            if let Some(field) = frame.field {
                sink.close(field, self.offset + at as u64, frame.members);
            }
        }
        self.depth -= 1;
        self.look_up_kind();
        self.value_ended();
    }

    fn value_ended(&mut self) {
        self.state = if self.depth == 0 { State::Done } else { State::CommaOrEnd };
    }

    /// Looks up the kind of the level we are back in.
    fn look_up_kind(&mut self) {
        let level = self.depth.wrapping_sub(1);
        self.in_object = self.kinds.get(level / 64).is_some_and(|word| word >> (level % 64) & 1 == 1);
    }

    fn comma(&mut self) {
        if self.in_object {
            self.state = State::Name;
        } else {
            self.state = State::Value;
            self.next_element();
        }
    }

    fn begin_name(&mut self) {
        if self.muted == Some(self.depth) {
            self.muted = None;
        }
        self.state = State::String;
        self.string.begin(match (self.is_wanted(), self.quiet) {
            (true, _) | (false, Quiet::Prose) => Use::Name,
            (false, Quiet::Schema) => Use::MeasuredName,
        });
    }

    fn string<S: Sink<F>>(&mut self, bytes: &[u8], at: usize, sink: &mut S) -> usize {
        let used_as = self.string.used_as();
        let Some((end, text)) = self.string.read(bytes, at, sink) else {
            if self.string.is_broken() {
                self.state = State::Broken;
            }
            return bytes.len();
        };
        match used_as {
            Use::Name => {
                let shape = match text {
                    Some(name) => Self::member(&mut self.frames, self.wanted, self.depth, name, sink),
                    None => None,
                };
                let is_prose =
                    self.wanted != self.depth && self.quiet == Quiet::Prose && self.muted.is_none();
                if let (true, Some(name)) = (is_prose, text) {
                    if is_label(name) || is_media(name) {
                        self.muted = Some(self.depth);
                    }
                    if is_media(name) {
                        sink.text().media += 1;
                    }
                }
                self.next = shape.unwrap_or(&Shape::Skip);
                self.state = State::Colon;
            }
            Use::MeasuredName => self.state = State::Colon,
            Use::Capture(field) => {
                let value = text.map_or(Scalar::TooLong, Scalar::Text);
                sink.scalar(field, value, self.value_start, self.offset + end as u64);
                self.value_ended();
            }
            Use::Measure | Use::Skip => self.value_ended(),
        }
        end
    }

    /// What is wanted of the member `name` of the object in hand.
    fn member<S: Sink<F>>(
        frames: &mut [Frame<F>; MAX_FRAMES],
        wanted: usize,
        depth: usize,
        name: &[u8],
        sink: &mut S,
    ) -> Option<&'static Shape<F>> {
        if wanted != depth || wanted == 0 {
            return None;
        }
        let frame = &mut frames[wanted - 1];
        let Shape::Object(field, members) = frame.shape else { return None };
        frame.members += 1;
        let found = members.iter().find(|(known, _)| known.as_bytes() == name);
        if found.is_none() {
            sink.unnamed(*field, name);
        }
        found.map(|(_, shape)| shape)
    }

    fn number<S: Sink<F>>(&mut self, bytes: &[u8], at: usize, sink: &mut S) -> usize {
        let rest = &bytes[at..];
        let length = rest
            .iter()
            .position(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
            .unwrap_or(rest.len());
        let ended = length < rest.len();
        if let Some(field) = self.number_field
            && let Some(text) = self.string.collect(&rest[..length], ended)
        {
            let value = text.map_or(Scalar::TooLong, Scalar::Number);
            sink.scalar(field, value, self.value_start, self.offset + (at + length) as u64);
        }
        if ended {
            self.value_ended();
        }
        at + length
    }

    fn begin_literal(&mut self, word: &'static [u8]) {
        self.state = State::Literal;
        self.literal = (word, 1);
    }

    fn literal<S: Sink<F>>(&mut self, byte: u8, at: usize, sink: &mut S) -> usize {
        let (word, matched) = self.literal;
        if word.get(matched) != Some(&byte) {
            self.state = State::Broken;
            return at;
        }
        self.literal.1 += 1;
        if matched + 1 == word.len() {
            if let Some(field) = self.wanted_field() {
                let value = match word {
                    b"true" => Scalar::Bool(true),
                    b"false" => Scalar::Bool(false),
                    _ => Scalar::Null,
                };
                sink.scalar(field, value, self.value_start, self.offset + at as u64 + 1);
            }
            self.value_ended();
        }
        at + 1
    }
}
