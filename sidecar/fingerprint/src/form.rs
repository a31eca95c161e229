//! A form (`multipart/form-data`) as it passes, read as the object that it stands for: small values whole, texts in pieces, files
//! stepped over. Its boundary is what the body itself begins with.

use memchr::memchr;

use crate::json::{LONGEST_VALUE, Visitor, Wants};

pub(crate) struct Form<P> {
    root: P,
    state: State,
    /// CRLF, two hyphens, and the boundary: what ends a value.
    delimiter: Vec<u8>,
    /// Bytes of the delimiter that were seen, and may turn out to be the value's.
    seen: usize,
    /// A header line or a value, as far as it is here.
    kept: Vec<u8>,
    /// The part in hand, and what is wanted of it.
    part: Option<(P, Wants)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Opening,
    Header,
    Value,
    /// Behind a delimiter: a line's end and a part, or nothing more.
    Behind,
    Over,
}

/// Two hyphens, the 70 characters that RFC 2046 allows, and the line's end.
const LONGEST_OPENING: usize = 74;
const LONGEST_HEADER: usize = 1024;

// === impl Form ===

impl<P: Copy> Form<P> {
    pub(crate) fn new(root: P) -> Self {
        Self {
            root,
            state: State::Opening,
            delimiter: b"\r\n".to_vec(),
            seen: 0,
            kept: Vec::new(),
            part: None,
        }
    }

    pub(crate) fn feed(&mut self, mut bytes: &[u8], visitor: &mut impl Visitor<Place = P>) {
        while !bytes.is_empty() {
            bytes = match self.state {
                State::Opening | State::Header | State::Behind => self.line(bytes, visitor),
                State::Value => self.value(bytes, visitor),
                State::Over => return,
            };
        }
    }

    fn line<'a>(&mut self, bytes: &'a [u8], visitor: &mut impl Visitor<Place = P>) -> &'a [u8] {
        let end = memchr(b'\n', bytes);
        let (piece, rest) = bytes.split_at(end.map_or(bytes.len(), |at| at + 1));
        let room = LONGEST_HEADER.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(&piece[..piece.len().min(room)]);
        if end.is_some() {
            let line = std::mem::take(&mut self.kept);
            self.state = match (self.state, line.trim_ascii()) {
                (State::Opening, line) if line.starts_with(b"--") && line.len() < LONGEST_OPENING => {
                    self.delimiter.extend_from_slice(line);
                    State::Header
                }
                (State::Header, b"") => State::Value,
                (State::Header, line) => {
                    self.part = self.part.or_else(|| self.named(line, visitor));
                    State::Header
                }
                (State::Behind, b"") => State::Header,
                _ => State::Over,
            };
        }
        rest
    }

    /// `Content-Disposition: form-data; name="model"`, with a `filename` for a file.
    fn named(&self, line: &[u8], visitor: &mut impl Visitor<Place = P>) -> Option<(P, Wants)> {
        let is_disposition =
            line.get(..20).is_some_and(|start| start.eq_ignore_ascii_case(b"content-disposition:"));
        let parameter = |wanted: &[u8]| {
            line.split(|byte| *byte == b';').find_map(|part| part.trim_ascii().strip_prefix(wanted))
        };
        let name = parameter(b"name=").filter(|_| is_disposition)?;
        let place = visitor.member(self.root, unquoted(name));
        let is_file = parameter(b"filename").is_some();
        Some((place, if is_file { Wants::Nothing } else { visitor.wants(place) }))
    }

    fn value<'a>(&mut self, bytes: &'a [u8], visitor: &mut impl Visitor<Place = P>) -> &'a [u8] {
        if self.seen == 0 {
            let (value, rest) = bytes.split_at(memchr(b'\r', bytes).unwrap_or(bytes.len()));
            self.take(value, visitor);
            self.seen = usize::from(!rest.is_empty());
            return &rest[self.seen..];
        }
        if self.delimiter[self.seen] == bytes[0] {
            self.seen += 1;
            if self.seen == self.delimiter.len() {
                self.end_value(visitor);
            }
            return &bytes[1..];
        }
        // no boundary has a CR in it: what was seen is the value's, and the next delimiter begins here or later
        let (seen, delimiter) = (std::mem::take(&mut self.seen), std::mem::take(&mut self.delimiter));
        self.take(&delimiter[..seen], visitor);
        self.delimiter = delimiter;
        bytes
    }

    fn take(&mut self, value: &[u8], visitor: &mut impl Visitor<Place = P>) {
        match self.part {
            Some((place, Wants::Text)) => visitor.text(place, value),
            Some((_, Wants::Value)) => {
                let room = LONGEST_VALUE.saturating_sub(self.kept.len());
                self.kept.extend_from_slice(&value[..value.len().min(room)]);
            }
            Some((_, Wants::Nothing)) | None => {}
        }
    }

    fn end_value(&mut self, visitor: &mut impl Visitor<Place = P>) {
        match self.part.take() {
            Some((place, Wants::Text)) => visitor.text_ended(place),
            Some((place, Wants::Value)) => visitor.value(place, &self.kept),
            Some((_, Wants::Nothing)) | None => {}
        }
        self.kept.clear();
        self.seen = 0;
        self.state = State::Behind;
    }
}

fn unquoted(value: &[u8]) -> &[u8] {
    value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was told, in words.
    #[derive(Default)]
    struct Told(Vec<String>);

    impl Visitor for Told {
        type Place = u8;

        fn member(&mut self, _of: u8, name: &[u8]) -> u8 {
            self.0.push(String::from_utf8_lossy(name).into_owned());
            name[0]
        }
        fn element(&mut self, of: u8) -> u8 {
            of
        }
        fn open(&mut self, place: u8, _is_object: bool) -> u8 {
            place
        }
        fn close(&mut self, _place: u8) {}
        fn wants(&self, place: u8) -> Wants {
            if place == b'p' { Wants::Text } else { Wants::Value }
        }
        fn text(&mut self, _place: u8, piece: &[u8]) {
            let text = String::from_utf8_lossy(piece).into_owned();
            match self.0.last_mut().filter(|last| last.starts_with('~')) {
                Some(last) => last.push_str(&text),
                None => self.0.push(format!("~{text}")),
            }
        }
        fn text_ended(&mut self, _place: u8) {
            self.0.push("ended".to_owned());
        }
        fn value(&mut self, _place: u8, value: &[u8]) {
            self.0.push(format!("={}", String::from_utf8_lossy(value)));
        }
    }

    const FORM: &[u8] = b"--b1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b1\r\n\
        content-disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n\r\n--b0 \r\r\n--b1\r\n\
        Content-Disposition: form-data; name=\"prompt\"\r\n\r\nSpell\r\nout.\r\n--b1--\r\nname=\"x\"";

    #[test]
    fn values_and_texts_are_told_and_files_stepped_over_wherever_the_form_is_cut() {
        for at in 0..FORM.len() {
            let (mut form, mut told) = (Form::new(0), Told::default());
            form.feed(&FORM[..at], &mut told);
            form.feed(&FORM[at..], &mut told);
            let expected = ["model", "=whisper-1", "file", "prompt", "~Spell\r\nout.", "ended"];
            assert_eq!(told.0, expected, "cut at {at}");
        }
    }

    #[test]
    fn what_is_no_form_tells_nothing() {
        let (mut form, mut told) = (Form::new(0), Told::default());
        form.feed(b"{\"model\": 1}\r\n\r\nname=\"x\"\r\n", &mut told);
        assert!(told.0.is_empty());
    }
}
