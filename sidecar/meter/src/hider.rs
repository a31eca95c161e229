//! Takes the usage that we asked for out of a stream again.
//!
//! Asked for its usage, an OpenAI-style stream differs from the unasked one in two ways: a last chunk (`choices` empty,
//! `usage` given), and `"usage":null` in every other chunk. The hider holds an event until its blank line, takes both
//! out, and leaves every other byte as it came. The reader sees the stream before.
//!
//! It is for event streams only: the head says whether the answer is one. Should the body be none all the same, it
//! passes as it is.

mod edit;

use std::ops::Range;

use edit::Edit;
use memchr::memmem::Finder;

use crate::{
    answer::AnswerReader,
    coding::{Coding, Decoder, Encoder},
    sse::{Piece, Sse},
};

/// Edits a stream so that it is what the provider would have sent unasked.
pub struct UsageHider {
    wire: Wire,
    events: Events,
    /// Edited bytes that are still to be coded.
    edited: Vec<u8>,
}

/// How bytes come in and go out.
enum Wire {
    /// Not coded.
    Plain,
    Coded(Box<Coded>),
    /// Nothing can be read or edited: bytes pass.
    AsItIs,
    /// The coded body has ended, and what follows is none.
    Behind,
}

struct Coded {
    decoder: Decoder,
    encoder: Encoder,
    /// What came in while nothing could be decoded yet: a body that is not coded as it says is handed on so.
    held: Vec<u8>,
    has_decoded: bool,
}

/// Cuts the plain stream into events, and edits each.
struct Events {
    sse: Sse,
    /// Made once a stream, not once an event.
    usage: Finder<'static>,
    /// The bytes of an event that is not whole yet.
    held: Vec<u8>,
    /// The event in hand is too large to be held, and passes.
    passing: bool,
    /// The last event was taken out, and ended with CR: an LF that follows goes with it.
    dropped_cr: bool,
}

/// Usage chunks are a kilobyte. A larger event passes as it is.
const MAX_EVENT: usize = 1 << 20;
/// No coding needs more than this to yield its first byte.
const MAX_HELD_WIRE: usize = 64 * 1024;

// === impl UsageHider ===

impl UsageHider {
    pub fn new(coding: Coding) -> Self {
        let wire = match (coding, Decoder::new(coding), Encoder::new(coding)) {
            (Coding::Identity, ..) => Wire::Plain,
            (_, Some(decoder), Some(encoder)) => {
                Wire::Coded(Box::new(Coded { decoder, encoder, held: Vec::new(), has_decoded: false }))
            }
            _ => Wire::AsItIs,
        };
        let events = Events {
            sse: Sse::new(),
            usage: Finder::new(edit::USAGE),
            held: Vec::new(),
            passing: false,
            dropped_cr: false,
        };
        Self { wire, events, edited: Vec::new() }
    }

    /// Appends to `out` what is to be handed on for these bytes. `reader` sees all of them, the usage included, and must
    /// be fed by nobody else.
    pub fn feed(&mut self, wire: &[u8], reader: &mut AnswerReader, out: &mut Vec<u8>) {
        match &mut self.wire {
            Wire::Plain => {
                reader.feed_plain(wire);
                self.events.feed(wire, out);
            }
            Wire::AsItIs => {
                reader.feed(wire);
                out.extend_from_slice(wire);
            }
            Wire::Behind => out.extend_from_slice(wire),
            Wire::Coded(coded) => {
                let Coded { decoder, encoder, held, has_decoded } = coded.as_mut();
                if !*has_decoded {
                    held.extend_from_slice(wire);
                }
                let had_decoded = *has_decoded;
                let decoded = decoder.decode(wire, |plain| {
                    *has_decoded |= !plain.is_empty();
                    reader.feed_plain(plain);
                    self.events.feed(plain, &mut self.edited);
                });
                if !had_decoded && decoder.is_raw_deflate() {
                    *encoder = Encoder::raw_deflate();
                }
                if !self.edited.is_empty() {
                    encoder.encode(&self.edited, out);
                    self.edited.clear();
                }
                if let Err(fault) = decoded {
                    reader.go_blind(fault);
                    // what could not be decoded is the app's to make sense of, as it would have been without us
                    out.extend_from_slice(if *has_decoded { wire } else { held });
                    self.wire = Wire::AsItIs;
                } else if let Some(junk) = decoder.take_junk() {
                    match std::mem::replace(&mut self.wire, Wire::Behind) {
                        Wire::Coded(coded) if coded.has_decoded => {
                            self.events.finish(&mut self.edited);
                            end(coded.encoder, &mut self.edited, out);
                            out.extend_from_slice(&junk);
                        }
                        Wire::Coded(coded) => out.extend_from_slice(&coded.held),
                        Wire::Plain | Wire::AsItIs | Wire::Behind => {}
                    }
                } else if *has_decoded || held.len() > MAX_HELD_WIRE {
                    *held = Vec::new();
                }
            }
        }
    }

    /// The body has ended: what is held is handed on as it is, the coding is closed, the reader is finished.
    pub fn finish(&mut self, reader: &mut AnswerReader, out: &mut Vec<u8>) {
        match std::mem::replace(&mut self.wire, Wire::AsItIs) {
            Wire::Plain => self.events.finish(out),
            Wire::AsItIs | Wire::Behind => {}
            Wire::Coded(coded) if !coded.has_decoded => out.extend_from_slice(&coded.held),
            Wire::Coded(mut coded) => {
                self.events.finish(&mut self.edited);
                end(coded.encoder, &mut self.edited, out);
                out.append(&mut coded.decoder.take_rest());
            }
        }
        reader.finish();
    }
}

// === impl Events ===

impl Events {
    fn feed(&mut self, plain: &[u8], out: &mut Vec<u8>) {
        let mut rest = plain;
        if self.held.is_empty() && !self.passing && self.sse.take_lf(rest.first().copied()) {
            if !self.dropped_cr {
                out.push(b'\n');
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        // where the event in hand begins in `plain`
        let mut begin = plain.len() - rest.len();
        while let Some(piece) = self.sse.next(&mut rest) {
            if matches!(piece, Piece::EventEnd { .. }) {
                if self.sse.take_lf(rest.first().copied()) {
                    rest = rest.get(1..).unwrap_or_default();
                }
                let end = plain.len() - rest.len();
                self.event(plain.get(begin..end).unwrap_or_default(), out);
                begin = end;
            }
        }
        let tail = plain.get(begin..).unwrap_or_default();
        if self.passing {
            out.extend_from_slice(tail);
        } else if self.held.len() + tail.len() > MAX_EVENT {
            self.passing = true;
            out.append(&mut self.held);
            out.extend_from_slice(tail);
        } else {
            self.held.extend_from_slice(tail);
        }
    }

    /// An event has ended; `end` is what of it is not held yet.
    fn event(&mut self, end: &[u8], out: &mut Vec<u8>) {
        // by its size, whole or in pieces: what an app sees does not hang on how the bytes came
        if std::mem::take(&mut self.passing) || self.held.len() + end.len() > MAX_EVENT {
            self.dropped_cr = false;
            out.append(&mut self.held);
            out.extend_from_slice(end);
            return;
        }
        if self.held.is_empty() {
            self.edit(end, out);
            return;
        }
        let mut event = std::mem::take(&mut self.held);
        event.extend_from_slice(end);
        self.edit(&event, out);
        event.clear();
        self.held = event;
    }

    fn edit(&mut self, event: &[u8], out: &mut Vec<u8>) {
        let edit = Edit::of(event, &self.usage);
        self.dropped_cr = matches!(edit, Edit::Drop) && event.ends_with(b"\r");
        match edit {
            Edit::Nothing => out.extend_from_slice(event),
            Edit::Cut(cut) => cut_out(event, &[cut], out),
            Edit::CutLines(cuts) => cut_out(event, &cuts, out),
            Edit::Drop => {}
        }
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        out.append(&mut self.held);
    }
}

/// Codes what is left, and closes the coding.
fn end(mut encoder: Encoder, left: &mut Vec<u8>, out: &mut Vec<u8>) {
    if !left.is_empty() {
        encoder.encode(left, out);
        left.clear();
    }
    encoder.finish(out);
}

/// Appends the event without the `cuts`, which are in order.
fn cut_out(event: &[u8], cuts: &[Range<usize>], out: &mut Vec<u8>) {
    let mut kept = 0;
    for cut in cuts {
        out.extend_from_slice(event.get(kept..cut.start).unwrap_or_default());
        kept = cut.end;
    }
    out.extend_from_slice(event.get(kept..).unwrap_or_default());
}
