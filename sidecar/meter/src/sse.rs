//! Server-sent events, read as they pass by: lines end with LF, CR or CRLF, a byte order mark may come first, comments
//! and fields other than `data` are stepped over, and an event's data may stand on several lines.

use crate::text::MARK;

/// Cuts a stream into the pieces of its events' data.
#[derive(Debug)]
pub(crate) struct Sse {
    state: State,
    /// The last line ended with CR: an LF that follows belongs to it.
    after_cr: bool,
    /// The event in hand has a data line.
    has_data: bool,
}

/// What comes next in a stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Bytes of a data line; a line may come in several pieces.
    Data(&'a [u8]),
    /// The data line has ended.
    DataLineEnd,
    /// The blank line: the event has ended. `has_data`: it had data.
    EventEnd { has_data: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Bytes of the byte order mark that were seen at the very beginning.
    Mark(usize),
    LineStart,
    /// Bytes of `data` that were seen.
    Name(usize),
    /// After `data:`, where one space may follow.
    Colon,
    Data,
    /// In a line that nobody needs.
    Other,
}

const DATA: &[u8] = b"data";

// === impl Sse ===

impl Sse {
    pub(crate) fn new() -> Self {
        Self { state: State::Mark(0), after_cr: false, has_data: false }
    }

    /// The next piece; `bytes` moves on behind it. `None`: all bytes are read.
    pub(crate) fn next<'a>(&mut self, bytes: &mut &'a [u8]) -> Option<Piece<'a>> {
        loop {
            let (&byte, rest) = bytes.split_first()?;
            if std::mem::take(&mut self.after_cr) && byte == b'\n' {
                *bytes = rest;
                continue;
            }
            match self.state {
                State::Mark(seen) if MARK.get(seen) == Some(&byte) => {
                    self.state =
                        if seen + 1 == MARK.len() { State::LineStart } else { State::Mark(seen + 1) };
                    *bytes = rest;
                }
                State::Mark(0) => self.state = State::LineStart,
                State::Mark(_) => self.state = State::Other,
                State::LineStart => self.state = State::Name(0),
                State::Name(seen) if DATA.get(seen) == Some(&byte) => {
                    self.state = State::Name(seen + 1);
                    *bytes = rest;
                }
                State::Name(4) if byte == b':' => {
                    self.state = State::Colon;
                    self.has_data = true;
                    *bytes = rest;
                }
                // a line that is just `data` has empty data
                State::Name(4) if is_line_end(byte) => {
                    self.has_data = true;
                    self.state = State::Data;
                }
                State::Name(0) if is_line_end(byte) => {
                    self.end_line(byte);
                    *bytes = rest;
                    return Some(Piece::EventEnd { has_data: std::mem::take(&mut self.has_data) });
                }
                State::Name(_) => self.state = State::Other,
                State::Colon => {
                    self.state = State::Data;
                    if byte == b' ' {
                        *bytes = rest;
                    }
                }
                State::Data if is_line_end(byte) => {
                    self.end_line(byte);
                    *bytes = rest;
                    return Some(Piece::DataLineEnd);
                }
                State::Data => return Some(Piece::Data(self.line(bytes))),
                State::Other if is_line_end(byte) => {
                    self.end_line(byte);
                    *bytes = rest;
                }
                State::Other => {
                    self.line(bytes);
                }
            }
        }
    }

    /// The last line ended with CR, and `next` is the LF that belongs to it: it is read now, not with what follows.
    pub(crate) fn take_lf(&mut self, next: Option<u8>) -> bool {
        let takes = self.after_cr && next == Some(b'\n');
        self.after_cr &= !takes;
        takes
    }

    /// The rest of the line as far as it is here, without its end.
    fn line<'a>(&self, bytes: &mut &'a [u8]) -> &'a [u8] {
        let length = memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
        let (line, rest) = bytes.split_at(length);
        *bytes = rest;
        line
    }

    fn end_line(&mut self, byte: u8) {
        self.after_cr = byte == b'\r';
        self.state = State::LineStart;
    }
}

fn is_line_end(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}
