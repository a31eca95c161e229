//! JSON as it passes, in pieces of any size: for each value where it stands, for each string its text. What is no JSON
//! ends the reading; nothing is ever refused for it.

use memchr::memchr2;

/// Says what stands where, and takes it.
pub(crate) trait Visitor {
    /// A place in the document.
    type Place: Copy;

    /// The place of the member `name` of an object.
    fn member(&mut self, of: Self::Place, name: &[u8]) -> Self::Place;
    /// The place of an element of an array.
    fn element(&mut self, of: Self::Place) -> Self::Place;
    /// An object or array begins. Gives the place it really is.
    fn open(&mut self, place: Self::Place, is_object: bool) -> Self::Place;
    fn close(&mut self, place: Self::Place);
    /// Whether a string there is text that is taken in pieces, or a value of at most [`LONGEST_VALUE`] bytes.
    fn wants(&self, place: Self::Place) -> Wants;
    fn text(&mut self, place: Self::Place, piece: &[u8]);
    fn text_ended(&mut self, place: Self::Place);
    /// A short string, a number, or a word like true.
    fn value(&mut self, place: Self::Place, value: &[u8]);
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    Text,
    Value,
    Nothing,
}

pub(crate) struct Json<P> {
    stack: Vec<Level<P>>,
    state: State,
    /// The place of the value that comes next.
    next: P,
    string: Use,
    escape: Escape,
    collected: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Level<P> {
    place: P,
    is_object: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Value,
    Name,
    Colon,
    After,
    String,
    /// A number, or a word like true.
    Bare,
    /// The document has ended, or is none.
    Over,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Name,
    Text,
    Value,
    Nothing,
}

#[derive(Clone, Copy)]
enum Escape {
    None,
    Began,
    Unicode {
        digits: u8,
        code: u32,
        high: Option<u32>,
    },
    /// Half a character was spelled; the other half follows, or nothing does.
    Half(u32),
    HalfBegan(u32),
}

/// Longer names and values are nobody's.
pub(crate) const LONGEST_VALUE: usize = 96;
/// Deeper documents are no requests.
const DEEPEST: usize = 96;

// === impl Json ===

impl<P: Copy> Json<P> {
    pub(crate) fn new(root: P) -> Self {
        Self {
            stack: Vec::new(),
            state: State::Value,
            next: root,
            string: Use::Nothing,
            escape: Escape::None,
            collected: Vec::new(),
        }
    }

    pub(crate) fn feed<V: Visitor<Place = P>>(&mut self, bytes: &[u8], visitor: &mut V) {
        let mut at = 0;
        while at < bytes.len() {
            at = match self.state {
                State::String => self.in_string(bytes, at, visitor),
                State::Bare => self.in_bare(bytes, at, visitor),
                State::Over => return,
                State::Value | State::Name | State::Colon | State::After => {
                    self.between(bytes[at], visitor);
                    at + 1
                }
            };
        }
    }

    fn between<V: Visitor<Place = P>>(&mut self, byte: u8, visitor: &mut V) {
        match (self.state, byte) {
            (_, b' ' | b'\t' | b'\n' | b'\r') => {}
            (State::Value, b'{' | b'[') => {
                if self.stack.len() == DEEPEST {
                    self.state = State::Over;
                    return;
                }
                let is_object = byte == b'{';
                let place = visitor.open(self.next, is_object);
                self.stack.push(Level { place, is_object });
                if is_object {
                    self.state = State::Name;
                } else {
                    self.next = visitor.element(place);
                }
            }
            (State::Value, b'"') => {
                self.string = match visitor.wants(self.next) {
                    Wants::Text => Use::Text,
                    Wants::Value => Use::Value,
                    Wants::Nothing => Use::Nothing,
                };
                self.begin_string();
            }
            (State::Name, b'"') => {
                self.string = Use::Name;
                self.begin_string();
            }
            (State::Colon, b':') => self.state = State::Value,
            (State::After, b',') => match self.stack.last() {
                Some(Level { is_object: true, .. }) => self.state = State::Name,
                Some(Level { place, .. }) => {
                    self.next = visitor.element(*place);
                    self.state = State::Value;
                }
                None => self.state = State::Over,
            },
            (State::After | State::Name | State::Value, b'}' | b']') => match self.stack.pop() {
                Some(level) => {
                    visitor.close(level.place);
                    self.value_ended();
                }
                None => self.state = State::Over,
            },
            (State::Value, b'-' | b'0'..=b'9' | b'a'..=b'z') => {
                self.collected.clear();
                self.collected.push(byte);
                self.state = State::Bare;
            }
            _ => self.state = State::Over,
        }
    }

    fn begin_string(&mut self) {
        self.collected.clear();
        self.escape = Escape::None;
        self.state = State::String;
    }

    fn value_ended(&mut self) {
        self.state = if self.stack.is_empty() { State::Over } else { State::After };
    }

    fn in_bare<V: Visitor<Place = P>>(&mut self, bytes: &[u8], at: usize, visitor: &mut V) -> usize {
        let rest = &bytes[at..];
        let is_bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let length = rest.iter().position(|byte| !is_bare(byte)).unwrap_or(rest.len());
        self.collect(&rest[..length]);
        if length < rest.len() {
            visitor.value(self.next, &self.collected);
            self.value_ended();
        }
        at + length
    }

    fn in_string<V: Visitor<Place = P>>(&mut self, bytes: &[u8], at: usize, visitor: &mut V) -> usize {
        if !matches!(self.escape, Escape::None) {
            return self.unescape(bytes, at, visitor);
        }
        let rest = &bytes[at..];
        let Some(stop) = memchr2(b'"', b'\\', rest) else {
            self.piece(rest, visitor);
            return bytes.len();
        };
        self.piece(&rest[..stop], visitor);
        if rest[stop] == b'\\' {
            self.escape = Escape::Began;
        } else {
            self.string_ended(visitor);
        }
        at + stop + 1
    }

    fn piece<V: Visitor<Place = P>>(&mut self, piece: &[u8], visitor: &mut V) {
        match self.string {
            Use::Text => visitor.text(self.next, piece),
            Use::Name | Use::Value => self.collect(piece),
            Use::Nothing => {}
        }
    }

    fn collect(&mut self, piece: &[u8]) {
        let room = (LONGEST_VALUE + 1).saturating_sub(self.collected.len());
        self.collected.extend_from_slice(&piece[..piece.len().min(room)]);
    }

    fn string_ended<V: Visitor<Place = P>>(&mut self, visitor: &mut V) {
        match self.string {
            Use::Name => {
                let Some(level) = self.stack.last() else { return };
                self.next = visitor.member(level.place, &self.collected);
                self.state = State::Colon;
            }
            Use::Text => {
                visitor.text_ended(self.next);
                self.value_ended();
            }
            Use::Value => {
                if self.collected.len() <= LONGEST_VALUE {
                    visitor.value(self.next, &self.collected);
                }
                self.value_ended();
            }
            Use::Nothing => self.value_ended(),
        }
    }

    /// One step inside an escape; gives where to go on.
    fn unescape<V: Visitor<Place = P>>(&mut self, bytes: &[u8], at: usize, visitor: &mut V) -> usize {
        let byte = bytes[at];
        let high = match self.escape {
            Escape::Half(high) if byte == b'\\' => {
                self.escape = Escape::HalfBegan(high);
                return at + 1;
            }
            Escape::Half(_) => {
                // its other half did not come
                self.escape = Escape::None;
                return at;
            }
            Escape::HalfBegan(high) => Some(high),
            Escape::Began => None,
            Escape::None => return at,
            Escape::Unicode { digits, code, high } => {
                let Some(digit) = char::from(byte).to_digit(16) else {
                    self.state = State::Over;
                    return at;
                };
                let (digits, code) = (digits + 1, code << 4 | digit);
                self.escape = match (digits, code) {
                    (0..4, _) => Escape::Unicode { digits, code, high },
                    (_, 0xD800..=0xDBFF) => Escape::Half(code),
                    _ => {
                        self.character(full(code, high), visitor);
                        Escape::None
                    }
                };
                return at + 1;
            }
        };
        self.escape = if byte == b'u' { Escape::Unicode { digits: 0, code: 0, high } } else { Escape::None };
        match byte {
            b'u' => {}
            b'n' => self.piece(b"\n", visitor),
            b't' | b'r' | b'b' | b'f' => self.piece(b" ", visitor),
            other => self.piece(&[other], visitor),
        }
        at + 1
    }

    fn character<V: Visitor<Place = P>>(&mut self, code: u32, visitor: &mut V) {
        let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        let mut utf8 = [0; 4];
        self.piece(character.encode_utf8(&mut utf8).as_bytes(), visitor);
    }
}

fn full(code: u32, high: Option<u32>) -> u32 {
    match (high, code) {
        (Some(high), 0xDC00..=0xDFFF) => 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00),
        _ => code,
    }
}
