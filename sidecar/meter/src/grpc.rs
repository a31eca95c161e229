//! gRPC bodies read as they pass: frames of protobuf messages, in pieces of any size, in fixed memory, and only the fields that
//! somebody asked for. What is wanted of a message is a constant table that reads like its `.proto`.

use crate::{
    coding::{Coding, Decoder},
    json::{Scalar, Sink},
};

/// What is wanted of a field, by its number. `F` names the places, for the sink, as in JSON.
pub(crate) enum Wire<F: 'static> {
    /// An integer.
    Number(F),
    /// A string.
    Text(F),
    /// A string, to be measured.
    Prose,
    /// An enum, or a packed list of them: by the names of those that matter.
    Word(F, &'static [(u64, &'static str)]),
    /// A message, and what is wanted of its fields.
    Message(F, Fields<F>),
    /// Known, and nothing that is wanted.
    Skip,
}

pub(crate) type Fields<F> = &'static [(u64, Wire<F>)];

/// Reads the frames of a body.
pub(crate) struct Frames<F: 'static> {
    head: [u8; HEAD],
    have: usize,
    /// Bytes of the frame in hand that are still to come.
    rest: u64,
    /// Of a frame that is packed.
    decoder: Option<Box<Decoder>>,
    message: Message<F>,
    broken: bool,
}

/// Reads one message after another.
struct Message<F: 'static> {
    root: Wire<F>,
    levels: [Level<F>; MAX_LEVELS],
    depth: usize,
    state: State<F>,
    varint: (u64, u32),
    text: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Level<F: 'static> {
    field: Option<F>,
    fields: Fields<F>,
    /// Bytes of the message that are still to come; the root has no end of its own.
    rest: u64,
}

enum State<F: 'static> {
    Key,
    Varint(Option<&'static Wire<F>>),
    Length(Option<&'static Wire<F>>),
    /// So many bytes that nobody wants.
    Skip(u64),
    Text(u64, F),
    Prose(u64),
    Words(u64, F, &'static [(u64, &'static str)]),
    Broken,
}

/// Packed or not, and the length.
const HEAD: usize = 5;
/// Deeper than any table.
const MAX_LEVELS: usize = 8;
/// Longer than any name.
const MAX_TEXT: usize = 1024;

// === impl Frames ===

impl<F: Copy + 'static> Frames<F> {
    pub(crate) fn new(root: F, fields: Fields<F>) -> Self {
        Self {
            head: [0; HEAD],
            have: 0,
            rest: 0,
            decoder: None,
            message: Message::new(Wire::Message(root, fields)),
            broken: false,
        }
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.broken || matches!(self.message.state, State::Broken)
    }

    /// Whether the frame in hand is whole.
    pub(crate) fn is_between(&self) -> bool {
        self.have == 0
    }

    pub(crate) fn feed<S: Sink<F>>(&mut self, mut bytes: &[u8], sink: &mut S) {
        while !bytes.is_empty() && !self.is_broken() {
            if self.have < HEAD {
                let (&byte, rest) = (&bytes[0], &bytes[1..]);
                self.head[self.have] = byte;
                self.have += 1;
                bytes = rest;
                if self.have == HEAD {
                    self.begin(sink);
                }
                continue;
            }
            let here = usize::try_from(self.rest).map_or(bytes.len(), |rest| rest.min(bytes.len()));
            let (part, after) = bytes.split_at(here);
            self.rest -= here as u64;
            bytes = after;
            match &mut self.decoder {
                Some(decoder) => {
                    let message = &mut self.message;
                    self.broken |= decoder.decode(part, |plain| message.feed(plain, sink)).is_err();
                }
                None => self.message.feed(part, sink),
            }
            if self.rest == 0 {
                self.end(sink);
            }
        }
    }

    /// A message without its frame, or with it.
    pub(crate) fn feed_message<S: Sink<F>>(&mut self, message: &[u8], sink: &mut S) {
        let framed = message.get(1..HEAD).and_then(|length| length.try_into().ok()).map(u32::from_be_bytes);
        let is_frame = matches!(message.first(), Some(0 | 1))
            && framed.is_some_and(|length| length as usize == message.len() - HEAD);
        if is_frame {
            return self.feed(message, sink);
        }
        self.message.begin(sink);
        self.message.feed(message, sink);
        self.end(sink);
    }

    fn begin<S: Sink<F>>(&mut self, sink: &mut S) {
        let [packed, length @ ..] = self.head;
        self.rest = u64::from(u32::from_be_bytes(length));
        // which coding a header says: everybody's is gzip
        self.decoder = (packed == 1).then(|| Decoder::new(Coding::Gzip)).flatten().map(Box::new);
        self.broken |= packed > 1;
        self.message.begin(sink);
        if self.rest == 0 {
            self.end(sink);
        }
    }

    fn end<S: Sink<F>>(&mut self, sink: &mut S) {
        self.message.end(sink);
        self.have = 0;
    }
}

// === impl Message ===

impl<F: Copy + 'static> Message<F> {
    fn new(root: Wire<F>) -> Self {
        Self {
            root,
            levels: [const { Level { field: None, fields: &[], rest: 0 } }; MAX_LEVELS],
            depth: 0,
            state: State::Key,
            varint: (0, 0),
            text: Vec::new(),
        }
    }

    fn begin<S: Sink<F>>(&mut self, sink: &mut S) {
        if let Wire::Message(field, fields) = self.root {
            self.levels[0] = Level { field: Some(field), fields, rest: u64::MAX };
            self.depth = 1;
            self.state = State::Key;
            self.varint = (0, 0);
            sink.open(field, 0);
        }
    }

    /// The frame has ended, and the message with it: only one that is whole is a document.
    fn end<S: Sink<F>>(&mut self, sink: &mut S) {
        if self.depth != 1 || !matches!(self.state, State::Key) || self.varint.1 != 0 {
            self.state = State::Broken;
            return;
        }
        if let Some(field) = self.levels[0].field {
            sink.close(field, 0, 0);
        }
    }

    fn feed<S: Sink<F>>(&mut self, mut bytes: &[u8], sink: &mut S) {
        while let Some(&byte) = bytes.first() {
            let used = match self.state {
                State::Broken => return,
                State::Skip(rest) => self.bulk(bytes, rest, State::Skip),
                State::Prose(rest) => {
                    let used = part(bytes, rest);
                    sink.text().add(&bytes[..used]);
                    self.bulk(bytes, rest, State::Prose)
                }
                State::Text(rest, field) => {
                    let used = part(bytes, rest);
                    let room = MAX_TEXT.saturating_sub(self.text.len());
                    self.text.extend_from_slice(&bytes[..used.min(room)]);
                    if used as u64 == rest {
                        sink.scalar(field, Scalar::Text(&self.text), 0, 0);
                    }
                    self.bulk(bytes, rest, |rest| State::Text(rest, field))
                }
                State::Key | State::Varint(_) | State::Length(_) | State::Words(..) => {
                    self.byte(byte, sink);
                    1
                }
            };
            self.spend(used as u64);
            self.close_levels(sink);
            bytes = &bytes[used..];
        }
    }

    /// Steps over what is here of so many bytes.
    fn bulk(&mut self, bytes: &[u8], rest: u64, more: impl Fn(u64) -> State<F>) -> usize {
        let used = part(bytes, rest);
        self.state = if used as u64 == rest { State::Key } else { more(rest - used as u64) };
        used
    }

    /// One byte of a number.
    fn byte<S: Sink<F>>(&mut self, byte: u8, sink: &mut S) {
        let (value, shift) = &mut self.varint;
        if *shift > 63 {
            self.state = State::Broken;
            return;
        }
        *value |= u64::from(byte & 0x7F) << *shift;
        *shift += 7;
        let is_last = byte & 0x80 == 0;
        if let State::Words(rest, field, words) = self.state {
            let value = is_last.then(|| std::mem::take(&mut self.varint).0);
            if let Some(value) = value {
                say_word(field, words, value, sink);
            }
            self.state = if rest == 1 { State::Key } else { State::Words(rest - 1, field, words) };
            return;
        }
        if !is_last {
            return;
        }
        let (value, _) = std::mem::take(&mut self.varint);
        match self.state {
            State::Key => self.key(value, sink),
            State::Varint(wire) => {
                self.state = State::Key;
                match wire {
                    Some(Wire::Number(field)) => number(*field, value, sink),
                    Some(Wire::Word(field, words)) => say_word(*field, words, value, sink),
                    _ => {}
                }
            }
            State::Length(wire) => self.length(value, wire, sink),
            State::Skip(_) | State::Text(..) | State::Prose(_) | State::Words(..) | State::Broken => {}
        }
    }

    fn key<S: Sink<F>>(&mut self, key: u64, sink: &mut S) {
        let Level { field, fields, .. } = self.levels[self.depth - 1];
        let wire = fields.iter().find(|(number, _)| *number == key >> 3).map(|(_, wire)| wire);
        if let (None, Some(field)) = (wire, field) {
            sink.unnumbered(field, key >> 3);
        }
        self.state = match key & 7 {
            0 => State::Varint(wire),
            1 if self.has_room(8) => State::Skip(8),
            2 => State::Length(wire),
            5 if self.has_room(4) => State::Skip(4),
            _ => State::Broken,
        };
    }

    /// So many bytes fit into the message in hand, behind the byte in hand, which is still to be spent. The root has no
    /// length of its own.
    fn has_room(&self, length: u64) -> bool {
        self.depth == 1 || length < self.levels[self.depth - 1].rest
    }

    fn length<S: Sink<F>>(&mut self, length: u64, wire: Option<&'static Wire<F>>, sink: &mut S) {
        if !self.has_room(length) {
            self.state = State::Broken;
            return;
        }
        self.state = match wire {
            Some(Wire::Message(field, fields)) if self.depth < MAX_LEVELS => {
                sink.open(*field, 0);
                // its first byte is still to be spent for this length's last
                self.levels[self.depth] =
                    Level { field: Some(*field), fields, rest: length.saturating_add(1) };
                self.depth += 1;
                State::Key
            }
            Some(Wire::Text(field)) if length > 0 => {
                self.text.clear();
                State::Text(length, *field)
            }
            Some(Wire::Prose) if length > 0 => State::Prose(length),
            Some(Wire::Word(field, words)) if length > 0 => State::Words(length, *field, words),
            _ if length > 0 => State::Skip(length),
            _ => State::Key,
        };
    }

    fn spend(&mut self, used: u64) {
        for level in &mut self.levels[1..self.depth] {
            level.rest = level.rest.saturating_sub(used);
        }
    }

    fn close_levels<S: Sink<F>>(&mut self, sink: &mut S) {
        while self.depth > 1 && self.levels[self.depth - 1].rest == 0 {
            if !matches!(self.state, State::Key) || self.varint.1 != 0 {
                self.state = State::Broken;
                return;
            }
            self.depth -= 1;
            if let Some(field) = self.levels[self.depth].field {
                sink.close(field, 0, 0);
            }
        }
    }
}

fn part(bytes: &[u8], rest: u64) -> usize {
    usize::try_from(rest).map_or(bytes.len(), |rest| rest.min(bytes.len()))
}

/// A negative int32 is ten bytes long, and so a very large number here.
fn number<F, S: Sink<F>>(field: F, value: u64, sink: &mut S) {
    let text = i64::from_le_bytes(value.to_le_bytes()).to_string();
    sink.scalar(field, Scalar::Number(text.as_bytes()), 0, 0);
}

fn say_word<F, S: Sink<F>>(field: F, words: &[(u64, &str)], value: u64, sink: &mut S) {
    if let Some((_, word)) = words.iter().find(|(known, _)| *known == value) {
        sink.scalar(field, Scalar::Text(word.as_bytes()), 0, 0);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Frames, Wire};
    use crate::{
        json::{Scalar, Sink},
        text::TextMeasure,
    };

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Place {
        Root,
        Name,
        Count,
        Inner,
        Kind,
    }

    const INNER: super::Fields<Place> =
        &[(1, Wire::Number(Place::Count)), (2, Wire::Word(Place::Kind, &[(3, "three"), (300, "many")]))];
    const FIELDS: super::Fields<Place> =
        &[(1, Wire::Text(Place::Name)), (2, Wire::Message(Place::Inner, INNER)), (3, Wire::Prose)];

    #[derive(Debug, Default, PartialEq, Eq)]
    struct Heard(Vec<String>, TextMeasure);

    impl Sink<Place> for Heard {
        fn scalar(&mut self, field: Place, value: Scalar<'_>, _start: u64, _end: u64) {
            self.0.push(match value {
                Scalar::Text(text) | Scalar::Number(text) => {
                    format!("{field:?} {}", String::from_utf8_lossy(text))
                }
                other => format!("{field:?} {other:?}"),
            });
        }

        fn open(&mut self, field: Place, _at: u64) {
            self.0.push(format!("{field:?} {{"));
        }

        fn close(&mut self, field: Place, _at: u64, _members: u64) {
            self.0.push(format!("{field:?} }}"));
        }

        fn text(&mut self) -> &mut TextMeasure {
            &mut self.1
        }
    }

    /// name "ab"; inner {count 300, kinds 3 and 300 packed, an unknown fixed64}; prose; an unknown message.
    const MESSAGE: &[u8] = &[
        0x0A, 2, b'a', b'b', //
        0x12, 18, 0x08, 0xAC, 0x02, 0x12, 3, 3, 0xAC, 0x02, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x28, //
        0x1A, 5, b'h', b'e', b'l', b'l', b'o', //
        0x3A, 2, 0xFF, 0xFF,
    ];

    fn message() -> Vec<u8> {
        let mut message = MESSAGE.to_vec();
        // the unknown varint in the inner message needs its value
        message.insert(24, 9);
        message[5] = 19;
        message
    }

    fn framed(message: &[u8]) -> Vec<u8> {
        let length = u32::try_from(message.len()).expect("a small message").to_be_bytes();
        [&[0], &length[..], message].concat()
    }

    fn heard(pieces: &[&[u8]]) -> (Heard, bool) {
        let mut frames = Frames::new(Place::Root, FIELDS);
        let mut heard = Heard::default();
        for piece in pieces {
            frames.feed(piece, &mut heard);
        }
        (heard, frames.is_broken())
    }

    #[test]
    fn what_is_wanted_is_said_and_the_rest_is_stepped_over() {
        let (said, broken) = heard(&[&framed(&message()), &framed(&[])]);
        assert!(!broken);
        let wanted = [
            "Root {",
            "Name ab",
            "Inner {",
            "Count 300",
            "Kind three",
            "Kind many",
            "Inner }",
            "Root }",
            "Root {",
            "Root }",
        ];
        assert_eq!(
            (said.0.iter().map(String::as_str).collect::<Vec<_>>(), said.1.ascii),
            (wanted.to_vec(), 5)
        );
    }

    #[test]
    fn a_message_may_come_without_its_frame() {
        let mut frames = Frames::new(Place::Root, FIELDS);
        let mut said = Heard::default();
        frames.feed_message(&message(), &mut said);
        assert_eq!(said, heard(&[&framed(&message())]).0);
    }

    #[test]
    fn a_message_that_ends_too_early_or_says_too_much_is_broken_and_no_document() {
        let whole = message();
        for cut in 1..whole.len() {
            let (said, broken) = heard(&[&framed(&whole[..cut])]);
            let is_whole = said.0.last().is_some_and(|last| last == "Root }");
            assert_ne!(broken, is_whole, "{cut}: {said:?}");
        }
        // an inner message that is longer than its outer one says
        assert!(heard(&[&framed(&[0x12, 2, 0x12, 200])]).1);
    }

    #[test]
    fn a_field_that_reaches_out_of_its_message_is_broken_whole_and_cut() {
        for inner in [
            // a fixed32, a fixed64 and a string, each a byte longer than the message that they stand in
            &[0x12, 4, 0x1D, 1, 2, 3, 4, 0x08, 0x01][..],
            &[0x12, 8, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x08, 0x01],
            &[0x12, 4, 0x22, 3, b'a', b'b', b'c', 0x08, 0x01],
            // a message as long as a number can be
            &[0x12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0x08, 0x01],
        ] {
            let body = framed(inner);
            let bytes: Vec<_> = body.chunks(1).collect();
            assert!(heard(&[&body]).1, "{inner:?}");
            assert_eq!(heard(&bytes), heard(&[&body]), "{inner:?}");
        }
    }

    proptest! {
        #[test]
        fn bytes_cut_anywhere_say_what_bytes_whole_say(cuts in prop::collection::vec(1usize..9, 1..40)) {
            let body = [framed(&message()), framed(&message())].concat();
            let (mut rest, mut pieces) = (&body[..], Vec::new());
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (piece, after) = rest.split_at((*cut).min(rest.len()));
                pieces.push(piece);
                rest = after;
            }
            prop_assert_eq!(heard(&pieces), heard(&[&body]));
        }

        #[test]
        fn bytes_of_any_kind_never_panic_and_say_the_same_byte_by_byte(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = heard(&[&bytes]);
            let body = framed(&bytes);
            let bytes: Vec<_> = body.chunks(1).collect();
            prop_assert_eq!(heard(&bytes), heard(&[&body]));
        }
    }
}
