//! What may be added to an answer that is broken off, so that the app hears why.

/// By the form of an answer.
pub(super) enum LastWord {
    /// The answer breaks.
    None,
    /// An event, where the last one is whole.
    Event(Tail),
    /// gRPC: the status behind the body.
    Trailers,
}

/// The end of what was handed on of a stream of events.
pub(super) struct Tail([u8; 4]);

// === impl Tail ===

impl Tail {
    pub(super) const NOTHING: Self = Self(*b"\n\n\n\n");

    pub(super) fn push(&mut self, bytes: &[u8]) {
        for &byte in &bytes[bytes.len().saturating_sub(self.0.len())..] {
            self.0.rotate_left(1);
            self.0[3] = byte;
        }
    }

    /// A blank line ended the last event. Lines end as the provider likes: Google's with CRLF.
    pub(super) fn is_between_events(&self) -> bool {
        [&b"\n\n"[..], b"\r\n\r\n", b"\r\r"].iter().any(|blank| self.0.ends_with(blank))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_can_follow_a_blank_line_however_lines_end_and_wherever_they_are_cut() {
        for (text, expected) in [
            ("", true),
            ("data: 1\n\n", true),
            ("data: 1\r\n\r\n", true),
            ("data: 1\r\r", true),
            ("data: 1\n", false),
            ("data: 1\r\n", false),
            ("data: 1\n\nda", false),
        ] {
            for at_once in 1..6 {
                let mut tail = Tail::NOTHING;
                text.as_bytes().chunks(at_once).for_each(|piece| tail.push(piece));
                assert_eq!(tail.is_between_events(), expected, "{text:?} by {at_once}");
            }
        }
    }
}
