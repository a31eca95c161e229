//! What is read of a request, while it passes.

use bytes::Bytes;
use tollgate_fingerprint::{FingerprintKey, Sketch, SketchReader};
use tollgate_meter::{Coding, Dialect, RequestReader, Splice, may_stream};

/// What is read of a request; shared by the body (which passes it on) and the call (which bills it).
///
/// What nothing waits for is read once the provider has it: while it thinks, reading costs nobody anything.
pub(crate) struct RequestSide {
    reader: RequestReader,
    /// Where nobody names the call's feature.
    sketch: Option<Box<SketchReader>>,
    /// Passed on and not read yet.
    unread: Vec<Bytes>,
    unread_bytes: usize,
    /// The whole body has been given to the provider's connection.
    pub(crate) sent: bool,
}

/// The most that waits to be read; it is memory that hyper cannot use again meanwhile.
const UNREAD_LIMIT: usize = 64 << 10;

// === impl RequestSide ===

impl RequestSide {
    /// `model`: as the path names it.
    pub(crate) fn new(dialect: Option<Dialect>, model: Option<&str>, coding: Coding) -> Self {
        let mut reader = RequestReader::new(dialect).coded(coding);
        if let Some(model) = model {
            reader.name_model(model);
        }
        Self { reader, sketch: None, unread: Vec::new(), unread_bytes: 0, sent: false }
    }

    /// Everything that has passed, read.
    pub(crate) fn reader(&mut self) -> &RequestReader {
        self.read();
        &self.reader
    }

    /// What passes is to be sketched, too.
    pub(crate) fn sketch_with(&mut self, sketch: SketchReader) {
        self.sketch = Some(Box::new(sketch));
    }

    /// The sketch of everything that has passed, once.
    pub(crate) fn take_sketch(&mut self, key: &FingerprintKey) -> Option<Sketch> {
        self.read();
        self.sketch.take().map(|sketch| sketch.sketch(key))
    }

    /// The edit that asks for the usage. A body that came whole and cannot ask for a stream is not read for it.
    pub(crate) fn usage_splice(&mut self) -> Option<Splice> {
        match &*self.unread {
            [whole] if self.reader.facts().bytes == 0 && !may_stream(whole) => None,
            _ => self.reader().usage_splice(),
        }
    }

    /// From here on the request is another model's.
    pub(crate) fn substitute_model(&mut self, model: &str) {
        self.read();
        self.reader.substitute_model(model);
    }

    /// Part of a session's message.
    pub(crate) fn feed_message_part(&mut self, part: &[u8], begins: bool) {
        self.read();
        self.reader.feed_message_part(part, begins);
    }

    /// Reads these bytes now.
    fn feed(&mut self, data: &[u8]) {
        self.read();
        self.read_piece(data);
    }

    /// Reads these bytes later, or now where too many wait already.
    pub(crate) fn feed_later(&mut self, data: &Bytes) {
        if self.unread_bytes + data.len() > UNREAD_LIMIT {
            return self.feed(data);
        }
        self.unread_bytes += data.len();
        self.unread.push(data.clone());
    }

    fn read(&mut self) {
        for data in std::mem::take(&mut self.unread) {
            self.read_piece(&data);
        }
        self.unread_bytes = 0;
    }

    fn read_piece(&mut self, data: &[u8]) {
        self.reader.feed(data);
        if let Some(sketch) = &mut self.sketch {
            sketch.feed(data);
        }
    }
}
