//! The answer, read as it passes.

use http::{HeaderMap, StatusCode};
use tollgate_ledger::Progress;
use tollgate_meter::{AnswerHead, AnswerReader};

use super::{Call, micros_since};
use crate::headers;
use crate::metrics::FailOpen;

/// What has come of the answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// The provider said beside its body that it failed.
    pub(super) failed: bool,
    pub(super) first_byte_us: u64,
    /// `None` where nobody meters the endpoint.
    pub(super) reader: Option<AnswerReader>,
}

const GRPC_STATUS: http::HeaderName = http::HeaderName::from_static("grpc-status");
const SERVED_AS: http::HeaderName = http::HeaderName::from_static(AnswerHead::SERVED_AS);

// === impl Call ===

impl Call {
    /// The head of the provider's answer is there.
    pub(crate) fn answered(&mut self, parts: &http::response::Parts) {
        let reader = self.endpoint.dialect().map(|dialect| {
            let mut reader = AnswerReader::new(AnswerHead {
                dialect,
                status: parts.status.as_u16(),
                content_type: headers::text(&parts.headers, http::header::CONTENT_TYPE),
                coding: headers::coding(&parts.headers),
            });
            if let Some(tier) = headers::text(&parts.headers, SERVED_AS) {
                reader.served_as(tier);
            }
            if let Some(pieces) = self.side.borrow_mut().reader().facts().asked.pieces {
                reader.expect(pieces);
            }
            reader
        });
        self.answer = Some(Box::new(Answer {
            status: parts.status,
            failed: false,
            first_byte_us: micros_since(self.started),
            reader,
        }));
        self.ended_with(&parts.headers);
    }

    /// What the provider says behind its body, or of a gRPC call that has none in its head: whether it failed.
    pub(crate) fn ended_with(&mut self, headers: &HeaderMap) {
        const OK: &str = "0";
        if let Some(answer) = &mut self.answer
            && headers::text(headers, GRPC_STATUS).is_some_and(|status| status != OK)
        {
            answer.failed = true;
            if let Some(reader) = &mut answer.reader {
                reader.note_failure();
            }
        }
    }

    /// Reads bytes of the answer as they pass.
    pub(crate) fn read(&mut self, bytes: &[u8]) {
        if let Some(reader) = self.reader() {
            reader.feed(bytes);
            if reader.has_answers() {
                self.record_answers();
            }
        }
    }

    /// Reads part of a session's message from the app.
    pub(crate) fn app_said(&mut self, part: &[u8], begins: bool) {
        self.side.borrow_mut().feed_message_part(part, begins);
    }

    /// Reads part of a session's message from the provider.
    pub(crate) fn provider_said(&mut self, part: &[u8], ends: bool) {
        if let Some(reader) = self.reader() {
            reader.feed_message_part(part, ends);
            if reader.has_answers() {
                self.record_answers();
            }
        }
    }

    /// Whether a session is in the middle of an answer.
    pub(crate) fn is_within_answer(&mut self) -> bool {
        self.reader().is_some_and(|reader| !reader.facts().delivered.is_empty())
    }

    /// What a session says from now on cannot be read.
    pub(crate) fn note_unreadable(&self) {
        self.worker.shared.metrics.failed_open(FailOpen::UsageUnreadable);
    }

    /// What is read of it, to read on.
    pub(crate) fn reader(&mut self) -> Option<&mut AnswerReader> {
        self.answer.as_mut()?.reader.as_mut()
    }

    /// What was read of it.
    pub(super) fn read_so_far(&self) -> Option<&AnswerReader> {
        self.answer.as_ref()?.reader.as_ref()
    }

    /// What has been delivered so far is noted for a successor of this process.
    pub(crate) fn note_progress(&mut self) {
        self.take_answers_id();
        self.note_delivered();
    }

    /// The same where the row of the call is not that of an answer: a session's answers have rows of their own.
    pub(crate) fn note_delivered(&mut self) {
        if let (Some(open), Some(Answer { status, reader: Some(reader), .. })) =
            (&self.open, self.answer.as_deref())
        {
            let progress = Progress { status: Some(status.as_u16()), delivered: reader.facts().delivered };
            self.worker.recorder.progress(open, &progress);
        }
        self.cover();
    }

    /// Whether what has come completes the answer.
    pub(crate) fn is_complete(&self) -> bool {
        self.read_so_far().is_some_and(AnswerReader::is_complete)
    }
}
