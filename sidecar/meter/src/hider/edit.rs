use std::ops::Range;

use memchr::{memchr2, memmem::Finder};

use crate::sse::{Piece, Sse};

/// An event without it needs no closer look.
pub(super) const USAGE: &[u8] = b"\"usage\"";

/// What is to be done with an event, its blank line included.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Edit {
    Nothing,
    /// These bytes of it go.
    Cut(Range<usize>),
    /// These bytes go, of several data lines.
    CutLines(Vec<Range<usize>>),
    /// All of it goes.
    Drop,
}

/// The members of a chunk that matter.
#[derive(Default)]
struct Chunk {
    /// The `usage` member with the comma that it needs.
    usage: Option<Range<usize>>,
    usage_is_null: bool,
    choices_are_empty: bool,
}

/// Where an event's data stands in it.
struct Data {
    first: Range<usize>,
    /// The further lines; there are none in any stream of a provider.
    more: Vec<Range<usize>>,
}

// === impl Edit ===

impl Edit {
    /// `usage` finds [`USAGE`].
    pub(super) fn of(event: &[u8], usage: &Finder<'_>) -> Self {
        if usage.find(event).is_none() {
            return Self::Nothing;
        }
        let Some(data) = Data::of(event) else { return Self::Nothing };
        let joined;
        let (text, begin): (&[u8], _) = if data.more.is_empty() {
            (event.get(data.first.clone()).unwrap_or_default(), data.first.start)
        } else {
            joined = data.joined(event);
            (&joined, 0)
        };
        let Some(chunk) = Chunk::read(text) else { return Self::Nothing };
        let Some(usage) = chunk.usage else { return Self::Nothing };
        if !chunk.usage_is_null && chunk.choices_are_empty {
            return Self::Drop;
        }
        match data.more.is_empty() {
            true => Self::Cut(usage.start + begin..usage.end + begin),
            false => Self::CutLines(data.places(&usage)),
        }
    }
}

// === impl Data ===

impl Data {
    fn of(event: &[u8]) -> Option<Self> {
        let (mut sse, mut rest) = (Sse::new(), event);
        let mut lines = std::iter::from_fn(|| {
            loop {
                if let Piece::Data(line) = sse.next(&mut rest)? {
                    let end = event.len() - rest.len();
                    return Some(end - line.len()..end);
                }
            }
        });
        Some(Self { first: lines.next()?, more: lines.collect() })
    }

    fn lines(&self) -> impl Iterator<Item = &Range<usize>> {
        std::iter::once(&self.first).chain(&self.more)
    }

    fn joined(&self, event: &[u8]) -> Vec<u8> {
        let lines: Vec<_> = self.lines().filter_map(|line| event.get(line.clone())).collect();
        lines.join(&b'\n')
    }

    /// Where the parts of a range of the joined data stand in the event.
    fn places(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut begin = 0;
        for line in self.lines() {
            let part = range.start.max(begin)..range.end.min(begin + line.len());
            if part.start < part.end {
                places.push(part.start - begin + line.start..part.end - begin + line.start);
            }
            begin += line.len() + 1;
        }
        places
    }
}

// === impl Chunk ===

impl Chunk {
    /// `None`: this is no object, or none that we can read.
    fn read(text: &[u8]) -> Option<Self> {
        let mut chunk = Self::default();
        let mut at = skip_space(text, 0);
        if text.get(at) != Some(&b'{') {
            return None;
        }
        // the comma before the member in hand
        let mut comma = None;
        loop {
            at = skip_space(text, at + 1);
            let (name, name_start) = (string_end(text, at)?, at);
            let is = |wanted: &[u8]| text.get(name_start + 1..name - 1) == Some(wanted);
            at = skip_space(text, name);
            if text.get(at) != Some(&b':') {
                return None;
            }
            let value = skip_space(text, at + 1);
            let end = value_end(text, value)?;
            at = skip_space(text, end);
            let next = *text.get(at)?;
            if is(b"usage") {
                chunk.usage = Some(match (comma, next) {
                    (Some(comma), _) => comma..end,
                    (None, b',') => name_start..skip_space(text, at + 1),
                    (None, _) => name_start..end,
                });
                chunk.usage_is_null = text.get(value..end) == Some(b"null");
            } else if is(b"choices") {
                chunk.choices_are_empty =
                    text.get(value) == Some(&b'[') && text.get(skip_space(text, value + 1)) == Some(&b']');
            }
            match next {
                b',' => comma = Some(at),
                b'}' => return Some(chunk),
                _ => return None,
            }
        }
    }
}

fn skip_space(text: &[u8], mut at: usize) -> usize {
    while matches!(text.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Behind the string that begins here.
fn string_end(text: &[u8], at: usize) -> Option<usize> {
    if text.get(at) != Some(&b'"') {
        return None;
    }
    let mut at = at + 1;
    loop {
        at += memchr2(b'"', b'\\', text.get(at..)?)?;
        match text.get(at) {
            Some(b'"') => return Some(at + 1),
            _ => at += 2,
        }
    }
}

/// Behind the value that begins here.
fn value_end(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at)? {
        b'"' => string_end(text, at),
        b'{' | b'[' => {
            let (mut at, mut depth) = (at, 0usize);
            loop {
                match text.get(at)? {
                    b'"' => {
                        at = string_end(text, at)?;
                        continue;
                    }
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
        _ => {
            let rest = text.get(at..)?;
            let length = rest
                .iter()
                .position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r'));
            length.filter(|&length| length > 0).map(|length| at + length)
        }
    }
}
