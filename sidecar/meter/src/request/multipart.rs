//! Forms (`multipart/form-data`), read as they pass: small values are kept until their part ends, texts are measured, files
//! are stepped over.
//!
//! ```text
//! --boundary CRLF  header lines  CRLF  value CRLF --boundary CRLF  …  value CRLF --boundary--
//! ```
//!
//! The boundary is what the body itself begins with, as every client writes it: no header is needed to read one.

use memchr::memchr;

use super::Field;
use crate::json::{Scalar, Shape, Sink};

/// Reads one form.
pub(super) struct Multipart {
    root: &'static Shape<Field>,
    state: State,
    /// CRLF, two hyphens, and the boundary: what ends a value.
    delimiter: Vec<u8>,
    /// Bytes of the delimiter that were seen, and may turn out to be the value's.
    seen: usize,
    /// The header line, the value, or the end of the delimiter's line, as far as it is here.
    kept: Vec<u8>,
    part: Part,
}

/// What a part is, as its headers say.
struct Part {
    shape: &'static Shape<Field>,
    is_file: bool,
    /// More of its value came than anybody keeps.
    is_long: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The body's first line.
    Opening,
    Header,
    Value,
    /// Behind a delimiter: a part follows, or nothing.
    Behind,
    Done,
    Broken,
}

/// RFC 2046: at most 70 characters; two hyphens before them.
const MAX_BOUNDARY: usize = 72;
/// Longer header lines are read as far as this.
const MAX_HEADER: usize = 1024;
/// Longer values are nobody's.
const MAX_VALUE: usize = 1024;
const CRLF: &[u8] = b"\r\n";

// === impl Multipart ===

impl Multipart {
    pub(super) fn new(root: &'static Shape<Field>) -> Self {
        Self {
            root,
            state: State::Opening,
            delimiter: CRLF.to_vec(),
            seen: 0,
            kept: Vec::new(),
            part: Part::unknown(),
        }
    }

    /// The last delimiter has been fed.
    pub(super) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// This is no form; nothing more will be read.
    pub(super) fn is_broken(&self) -> bool {
        self.state == State::Broken
    }

    pub(super) fn feed<S: Sink<Field>>(&mut self, mut bytes: &[u8], sink: &mut S) {
        while !bytes.is_empty() {
            bytes = match self.state {
                State::Opening => self.opening(bytes),
                State::Header => self.header(bytes, sink),
                State::Value => self.value(bytes, sink),
                State::Behind => self.behind(bytes),
                State::Done | State::Broken => return,
            };
        }
    }

    /// The rest of the bytes, as do the following.
    fn opening<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let (byte, rest) = (bytes[0], &bytes[1..]);
        match byte {
            b'\n' if self.delimiter.ends_with(b"\r") => {
                self.delimiter.pop();
                self.state =
                    if self.delimiter.starts_with(b"\r\n--") { State::Header } else { State::Broken };
            }
            _ if self.delimiter.len() > CRLF.len() + MAX_BOUNDARY => self.state = State::Broken,
            _ => self.delimiter.push(byte),
        }
        rest
    }

    fn header<'a, S: Sink<Field>>(&mut self, bytes: &'a [u8], sink: &mut S) -> &'a [u8] {
        let end = memchr(b'\n', bytes);
        let (line, rest) = bytes.split_at(end.map_or(bytes.len(), |at| at + 1));
        let room = MAX_HEADER.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(&line[..line.len().min(room)]);
        if end.is_some() {
            let line = std::mem::take(&mut self.kept);
            match line.trim_ascii() {
                b"" => self.begin_value(sink),
                line => self.part.read_header(line, self.root),
            }
        }
        rest
    }

    fn begin_value<S: Sink<Field>>(&mut self, sink: &mut S) {
        self.state = State::Value;
        if self.part.is_file {
            sink.text().media += 1;
        }
    }

    fn value<'a, S: Sink<Field>>(&mut self, bytes: &'a [u8], sink: &mut S) -> &'a [u8] {
        if self.seen == 0 {
            let (value, rest) = bytes.split_at(memchr(b'\r', bytes).unwrap_or(bytes.len()));
            self.take(value, sink);
            self.seen = usize::from(!rest.is_empty());
            return &rest[self.seen..];
        }
        if self.delimiter[self.seen] == bytes[0] {
            self.seen += 1;
            if self.seen == self.delimiter.len() {
                self.end_value(sink);
            }
            return &bytes[1..];
        }
        // no boundary has a CR in it: what was seen is the value's, and the next delimiter begins here or later
        let (seen, delimiter) = (std::mem::take(&mut self.seen), std::mem::take(&mut self.delimiter));
        self.take(&delimiter[..seen], sink);
        self.delimiter = delimiter;
        bytes
    }

    fn take<S: Sink<Field>>(&mut self, value: &[u8], sink: &mut S) {
        match self.part.shape {
            _ if self.part.is_file => {}
            Shape::Prose | Shape::Schema => sink.text().add(value),
            Shape::Value(_) => {
                let room = MAX_VALUE - self.kept.len();
                self.part.is_long |= value.len() > room;
                self.kept.extend_from_slice(&value[..value.len().min(room)]);
            }
            Shape::Skip | Shape::Object(..) | Shape::Each(_) => {}
        }
    }

    fn end_value<S: Sink<Field>>(&mut self, sink: &mut S) {
        if let (Shape::Value(field), false) = (self.part.shape, self.part.is_file) {
            let value = match (field, self.kept.as_slice()) {
                _ if self.part.is_long => Scalar::TooLong,
                // in a form everything is text
                (Field::Stream, word) => Scalar::Bool(word.eq_ignore_ascii_case(b"true")),
                (_, text) => Scalar::Text(text),
            };
            sink.scalar(*field, value, 0, 0);
        }
        self.kept.clear();
        self.seen = 0;
        self.part = Part::unknown();
        self.state = State::Behind;
    }

    /// Two hyphens close the form; the line's end begins a part.
    fn behind<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        match bytes[0] {
            b'\n' => {
                self.kept.clear();
                self.state = State::Header;
            }
            byte @ (b'-' | b'\r' | b' ' | b'\t') if self.kept.len() < MAX_BOUNDARY => {
                self.kept.push(byte);
                if self.kept == b"--" {
                    self.state = State::Done;
                }
            }
            _ => self.state = State::Broken,
        }
        &bytes[1..]
    }
}

// === impl Part ===

impl Part {
    const fn unknown() -> Self {
        Self { shape: &Shape::Skip, is_file: false, is_long: false }
    }

    /// `Content-Disposition: form-data; name="model"`, with `filename="…"` for a file.
    fn read_header(&mut self, line: &[u8], root: &'static Shape<Field>) {
        let Some((name, value)) = split_at_byte(line, b':') else { return };
        if !name.trim_ascii().eq_ignore_ascii_case(b"content-disposition") {
            return;
        }
        for parameter in value.split(|&byte| byte == b';').map(<[u8]>::trim_ascii) {
            let Some((name, value)) = split_at_byte(parameter, b'=') else { continue };
            if name.eq_ignore_ascii_case(b"name") {
                self.shape = member(root, unquoted(value)).unwrap_or(&Shape::Skip);
            }
            self.is_file |= name.eq_ignore_ascii_case(b"filename") || name.eq_ignore_ascii_case(b"filename*");
        }
    }
}

fn member(root: &'static Shape<Field>, name: &[u8]) -> Option<&'static Shape<Field>> {
    let Shape::Object(_, members) = root else { return None };
    members.iter().find(|(known, _)| known.as_bytes() == name).map(|(_, shape)| shape)
}

fn split_at_byte(bytes: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let at = memchr(byte, bytes)?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

fn unquoted(value: &[u8]) -> &[u8] {
    value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value)
}
