//! The frames of a WebSocket (RFC 6455), read as they pass and never held: messages come out in parts, unmasked.

/// One direction of a WebSocket.
#[derive(Debug, Default)]
pub(super) struct FrameReader {
    head: [u8; LONGEST_HEAD],
    /// How much of the next frame's head has come.
    filled: usize,
    frame: Option<Frame>,
    /// The next data is not the first of its message.
    in_message: bool,
    closed: bool,
    blind: bool,
}

/// Data of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) begins: bool,
    pub(super) ends: bool,
}

/// The frame in hand.
#[derive(Debug, Clone, Copy)]
struct Frame {
    is_data: bool,
    is_last: bool,
    mask: Option<[u8; 4]>,
    passed: u64,
    length: u64,
}

/// Two bytes, eight of length, four of mask.
const LONGEST_HEAD: usize = 14;

/// What is unmasked at once: it is a copy, for the frame itself passes as it came.
const UNMASKED_AT_ONCE: usize = 4 << 10;

const LAST: u8 = 0x80;
const RESERVED: u8 = 0x70;
const OPCODE: u8 = 0x0f;
const MASKED: u8 = 0x80;

// === impl FrameReader ===

impl FrameReader {
    /// Reads bytes in pieces of any size.
    pub(super) fn feed(&mut self, mut bytes: &[u8], mut take: impl FnMut(Part<'_>)) {
        while !self.blind {
            let Some(frame) = self.frame.or_else(|| self.begin(&mut bytes)) else { return };
            let left = frame.length - frame.passed;
            let here = usize::try_from(left).map_or(bytes.len(), |left| left.min(bytes.len()));
            let (payload, rest) = bytes.split_at(here);
            if payload.is_empty() && left > 0 {
                self.frame = Some(frame);
                return;
            }
            bytes = rest;
            let passed = frame.passed + payload.len() as u64;
            let is_whole = passed == frame.length;
            if frame.is_data {
                self.unmask(frame, payload, frame.is_last && is_whole, &mut take);
            }
            self.frame = (!is_whole).then_some(Frame { passed, ..frame });
        }
    }

    /// Whether a frame of ours could stand here.
    pub(super) fn is_between_frames(&self) -> bool {
        !self.blind && !self.closed && self.filled == 0 && self.frame.is_none()
    }

    /// The frame that says goodbye has begun.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// What passes are no frames that we know: nothing more is read.
    pub(super) fn is_blind(&self) -> bool {
        self.blind
    }

    /// Takes the head of a frame from the front of `bytes`, once all of it has come.
    fn begin(&mut self, bytes: &mut &[u8]) -> Option<Frame> {
        while self.filled < 2 || self.filled < head_length(self.head[1]) {
            let (&first, rest) = bytes.split_first()?;
            self.head[self.filled] = first;
            self.filled += 1;
            *bytes = rest;
        }
        self.filled = 0;
        let (first, second) = (self.head[0], self.head[1]);
        let mask_at = head_length(second & !MASKED);
        let is_data = match first & OPCODE {
            0x0..=0x2 => true,
            0x8 => {
                self.closed = true;
                false
            }
            0x9 | 0xa => false,
            _unknown => {
                self.blind = true;
                return None;
            }
        };
        // No extension was offered, so nothing may be coded (forward.rs takes the offer out).
        if first & RESERVED != 0 {
            self.blind = true;
            return None;
        }
        let length = match mask_at {
            2 => u64::from(second & !MASKED),
            to => self.head[2..to].iter().fold(0, |length, &byte| length << 8 | u64::from(byte)),
        };
        let mask = &self.head[mask_at..mask_at + 4];
        let mask = (second & MASKED != 0).then(|| [mask[0], mask[1], mask[2], mask[3]]);
        Some(Frame { is_data, is_last: first & LAST != 0, mask, passed: 0, length })
    }

    fn unmask(&mut self, frame: Frame, payload: &[u8], ends: bool, take: &mut impl FnMut(Part<'_>)) {
        let mut hand_on = |bytes: &[u8], ends: bool| {
            let begins = !std::mem::replace(&mut self.in_message, !ends);
            take(Part { bytes, begins, ends });
        };
        let Some(mask) = frame.mask.filter(|_| !payload.is_empty()) else { return hand_on(payload, ends) };
        let mut plain = [0; UNMASKED_AT_ONCE];
        let mut key = mask.into_iter().cycle().skip((frame.passed % 4) as usize);
        let mut pieces = payload.chunks(UNMASKED_AT_ONCE).peekable();
        while let Some(piece) = pieces.next() {
            let plain = &mut plain[..piece.len()];
            for ((plain, byte), key) in plain.iter_mut().zip(piece).zip(&mut key) {
                *plain = byte ^ key;
            }
            hand_on(plain, ends && pieces.peek().is_none());
        }
    }
}

/// A server's goodbye: the app broke a rule, and which.
pub(super) fn goodbye(why: &str) -> Vec<u8> {
    const CLOSE: u8 = 0x88;
    const POLICY: u16 = 1008;
    const LONGEST: usize = 125 - size_of::<u16>();
    let why = &why[..why.floor_char_boundary(LONGEST)];
    let length = u8::try_from(size_of::<u16>() + why.len()).unwrap_or(125);
    [&[CLOSE, length][..], &POLICY.to_be_bytes(), why.as_bytes()].concat()
}

/// How long a head with this second byte is.
fn head_length(second: u8) -> usize {
    let length = match second & !MASKED {
        126 => 2,
        127 => 8,
        _itself => 0,
    };
    2 + length + if second & MASKED == 0 { 0 } else { 4 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

    fn frame(first: u8, payload: &[u8], masked: bool) -> Vec<u8> {
        let bit = if masked { MASKED } else { 0 };
        let mut frame = vec![first];
        match payload.len() {
            0..126 => frame.push(bit | payload.len() as u8),
            126..65_536 => {
                frame.push(bit | 126);
                frame.extend((payload.len() as u16).to_be_bytes());
            }
            _ => {
                frame.push(bit | 127);
                frame.extend((payload.len() as u64).to_be_bytes());
            }
        }
        if masked {
            frame.extend(MASK);
            frame.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, key)| byte ^ key));
        } else {
            frame.extend(payload);
        }
        frame
    }

    fn messages(reader: &mut FrameReader, wire: &[u8], at_once: usize) -> Vec<Vec<u8>> {
        let (mut whole, mut message) = (Vec::new(), Vec::new());
        for piece in wire.chunks(at_once) {
            reader.feed(piece, |part| {
                assert_eq!(part.begins, message.is_empty());
                message.extend(part.bytes);
                if part.ends {
                    whole.push(std::mem::take(&mut message));
                }
            });
        }
        whole
    }

    #[test]
    fn messages_are_the_same_however_the_bytes_come_in_pieces() {
        let long = vec![b'x'; 70_000];
        for masked in [false, true] {
            let wire =
                [frame(0x81, b"one", masked), frame(0x82, &long[..300], masked), frame(0x81, &long, masked)]
                    .concat();
            for at_once in [1, 2, 3, 7, 4_096, 16_384, wire.len()] {
                let read = messages(&mut FrameReader::default(), &wire, at_once);
                assert!(read == [b"one".to_vec(), long[..300].to_vec(), long.clone()], "{masked} {at_once}");
            }
        }
    }

    #[test]
    fn control_frames_between_the_fragments_of_a_message_are_no_part_of_it() {
        let wire = [
            frame(0x01, b"he", true),
            frame(0x89, b"ping", true),
            frame(0x00, b"ll", true),
            frame(0x8a, b"", true),
            frame(0x80, b"o", true),
        ]
        .concat();
        assert_eq!(messages(&mut FrameReader::default(), &wire, 3), [b"hello"]);
    }

    #[test]
    fn a_message_may_end_with_an_empty_frame() {
        let wire = [frame(0x01, b"all", true), frame(0x80, b"", true)].concat();
        assert_eq!(messages(&mut FrameReader::default(), &wire, 64), [b"all"]);
    }

    #[test]
    fn the_frame_that_says_goodbye_is_seen() {
        let mut reader = FrameReader::default();
        assert!(messages(&mut reader, &frame(0x81, b"hi", false), 64).len() == 1 && !reader.is_closed());
        assert!(messages(&mut reader, &frame(0x88, &[3, 232], false), 64).is_empty());
        assert!(reader.is_closed());
    }

    #[test]
    fn a_frame_of_ours_stands_between_two_and_never_behind_a_goodbye() {
        let mut reader = FrameReader::default();
        let wire = frame(0x81, b"hello", false);
        assert!(reader.is_between_frames());
        for cut in 1..wire.len() {
            let mut reader = FrameReader::default();
            reader.feed(&wire[..cut], |_| {});
            assert!(!reader.is_between_frames(), "cut at {cut}");
        }
        reader.feed(&wire, |_| {});
        assert!(reader.is_between_frames());
        reader.feed(&frame(0x88, &[3, 232], false), |_| {});
        assert!(!reader.is_between_frames());
    }

    #[test]
    fn a_goodbye_is_a_whole_control_frame_however_long_its_reason() {
        for (why, kept) in [("Not now.", 8), ("é", 2), (&*"é".repeat(100), 122)] {
            let frame = goodbye(why);
            assert_eq!((frame[0], usize::from(frame[1]), frame.len()), (0x88, kept + 2, kept + 4));
            assert_eq!(frame[2..4], 1008_u16.to_be_bytes());
            assert!(why.starts_with(std::str::from_utf8(&frame[4..]).unwrap()));
        }
    }

    #[test]
    fn what_is_coded_though_nobody_offered_to_is_not_read() {
        let mut reader = FrameReader::default();
        assert!(messages(&mut reader, &frame(0xc1, b"coded", false), 64).is_empty());
        assert!(reader.is_blind());
    }
}
