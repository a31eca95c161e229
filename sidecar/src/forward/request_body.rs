//! The request's body on its way up: what was held while a rule needed it, then the rest as it comes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tollgate_meter::{RequestReader, Splice};

use crate::attribute;
use crate::call::RequestSide;
use crate::headers;

/// The first bytes of a body, kept back for as long as a rule may still need them.
#[derive(Default)]
pub(crate) struct Held {
    pieces: VecDeque<Bytes>,
    bytes: usize,
    /// What came along with the last bytes that may be held: it decides nothing, and is read when it goes up.
    beyond: Option<Bytes>,
}

pub(crate) struct RequestBody {
    held: VecDeque<Bytes>,
    beyond: Option<Bytes>,
    /// `None` once the app has said everything.
    rest: Option<Incoming>,
    side: Rc<RefCell<RequestSide>>,
}

/// The most that is held of a body. A larger one goes on as it is.
pub(crate) const HELD_LIMIT: usize = 1 << 20;

// === impl Held ===

impl Held {
    /// Reads on until `enough`, the body's end, or the limit. Returns whether the body has ended.
    pub(crate) async fn read_until(
        &mut self,
        body: &mut Incoming,
        side: &RefCell<RequestSide>,
        enough: impl Fn(&RequestReader) -> bool,
    ) -> Result<bool, hyper::Error> {
        loop {
            if body.is_end_stream() && self.beyond.is_none() {
                return Ok(true);
            }
            if self.bytes >= HELD_LIMIT || enough(side.borrow_mut().reader()) {
                return Ok(false);
            }
            match std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
                Some(frame) => {
                    if let Ok(data) = frame?.into_data() {
                        self.keep(data, side);
                    }
                }
                None => return Ok(true),
            }
        }
    }

    /// Reads on, keeping nothing, for a request that is not to go up: until all that matters of it was read, its end, or so
    /// many bytes. Returns whether it has ended.
    pub(crate) async fn read_through(
        self,
        body: &mut Incoming,
        side: &RefCell<RequestSide>,
        most: usize,
    ) -> Result<bool, hyper::Error> {
        if let Some(beyond) = self.beyond {
            side.borrow_mut().feed_later(&beyond);
        }
        let mut left = most;
        while left > 0 && !side.borrow_mut().reader().is_settled() {
            match std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
                Some(frame) => {
                    if let Ok(data) = frame?.into_data() {
                        left = left.saturating_sub(data.len());
                        side.borrow_mut().feed_later(&data);
                    }
                }
                None => return Ok(true),
            }
        }
        Ok(body.is_end_stream())
    }

    fn keep(&mut self, mut data: Bytes, side: &RefCell<RequestSide>) {
        let room = HELD_LIMIT - self.bytes;
        if data.len() > room {
            self.beyond = Some(data.split_off(room));
        }
        side.borrow_mut().feed_later(&data);
        self.bytes += data.len();
        self.pieces.push_back(data);
    }

    /// Makes the edits, from the back: each moves what stands behind it.
    pub(crate) fn edit(&mut self, mut edits: [Option<Splice>; 2], headers: &mut HeaderMap) {
        edits.sort_unstable_by_key(|edit| Reverse(edit.as_ref().map(|edit| edit.at)));
        for edit in edits.iter().flatten() {
            let grown = self.splice(edit);
            headers::grow_content_length(headers, grown);
        }
    }

    /// Makes one edit; the bytes around it are shared, not copied. Returns by how much the body grew.
    pub(crate) fn splice(&mut self, splice: &Splice) -> i64 {
        let (head, tail) = self.split(splice.at);
        let (_removed, tail) = Self { pieces: tail, ..Self::default() }.split(splice.remove);
        self.pieces = head;
        self.pieces.push_back(match &splice.insert {
            Cow::Borrowed(insert) => Bytes::from_static(insert.as_bytes()),
            Cow::Owned(insert) => Bytes::copy_from_slice(insert.as_bytes()),
        });
        self.pieces.extend(tail);
        splice.insert.len() as i64 - splice.remove as i64
    }

    fn split(&mut self, at: usize) -> (VecDeque<Bytes>, VecDeque<Bytes>) {
        let (mut head, mut tail) = (VecDeque::new(), std::mem::take(&mut self.pieces));
        let mut left = at;
        while left > 0
            && let Some(mut piece) = tail.pop_front()
        {
            let taken = piece.split_to(left.min(piece.len()));
            left -= taken.len();
            head.push_back(taken);
            if !piece.is_empty() {
                tail.push_front(piece);
            }
        }
        (head, tail)
    }
}

// === impl RequestBody ===

impl RequestBody {
    pub(crate) fn new(held: Held, rest: Option<Incoming>, side: Rc<RefCell<RequestSide>>) -> Self {
        let body = Self { held: held.pieces, beyond: held.beyond, rest, side };
        body.note_if_sent();
        body
    }

    /// What the app has not said yet.
    pub(crate) fn into_rest(self) -> Option<Incoming> {
        self.rest
    }

    fn sent(&self) {
        self.side.borrow_mut().sent = true;
    }

    /// With its last byte a body of known length has passed: over HTTP/2 its end may come in a frame of its own (Python's httpx),
    /// which nobody asks for who sends it on over HTTP/1.1.
    fn note_if_sent(&self) {
        if self.is_end_stream() || self.size_hint().exact() == Some(0) {
            self.sent();
        }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let body = self.get_mut();
        if let Some(piece) = body.held.pop_front() {
            body.note_if_sent();
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        if let Some(piece) = body.beyond.take() {
            body.side.borrow_mut().feed_later(&piece);
            body.note_if_sent();
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        let Some(rest) = &mut body.rest else { return Poll::Ready(None) };
        match ready!(Pin::new(rest).poll_frame(context)) {
            Some(Ok(mut frame)) => {
                if let Some(data) = frame.data_ref() {
                    body.side.borrow_mut().feed_later(data);
                }
                if let Some(trailers) = frame.trailers_mut() {
                    attribute::strip(trailers);
                }
                body.note_if_sent();
                Poll::Ready(Some(Ok(frame)))
            }
            Some(Err(error)) => Poll::Ready(Some(Err(error))),
            None => {
                body.rest = None;
                body.sent();
                Poll::Ready(None)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.held.is_empty() && self.beyond.is_none() && self.rest.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let held: u64 = self.held.iter().chain(&self.beyond).map(|piece| piece.len() as u64).sum();
        let rest = self.rest.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint);
        let mut hint = SizeHint::new();
        hint.set_lower(held + rest.lower());
        if let Some(upper) = rest.upper() {
            hint.set_upper(held + upper);
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use tollgate_meter::Coding;

    use super::*;

    fn held(pieces: &[&'static str]) -> Held {
        let pieces: VecDeque<Bytes> =
            pieces.iter().map(|piece| Bytes::from_static(piece.as_bytes())).collect();
        Held { bytes: pieces.iter().map(Bytes::len).sum(), pieces, beyond: None }
    }

    fn text(held: &Held) -> String {
        held.pieces.iter().map(|piece| String::from_utf8_lossy(piece)).collect()
    }

    #[test]
    fn an_edit_is_the_same_however_the_body_came_in_pieces() {
        let whole = "{\"stream_options\":null,\"n\":1}";
        let splice = Splice { at: 18, remove: 4, insert: "{\"include_usage\":true}".into() };
        for cut in 0..=whole.len() {
            let (head, tail) = whole.split_at(cut);
            let mut held = held(&[head, tail]);
            assert_eq!(held.splice(&splice), 18);
            assert_eq!(text(&held), "{\"stream_options\":{\"include_usage\":true},\"n\":1}", "cut at {cut}");
        }
    }

    #[test]
    fn no_byte_past_the_limit_decides_anything() {
        let side = RefCell::new(RequestSide::new(None, None, Coding::Identity));
        let mut held = Held { bytes: HELD_LIMIT - 11, ..Held::default() };
        held.keep(Bytes::from_static(b"{\"model\": \"m\"}"), &side);
        assert_eq!(side.borrow_mut().reader().facts().model, None);
        assert_eq!(held.bytes, HELD_LIMIT);
        assert_eq!(held.beyond.as_deref(), Some(&b"m\"}"[..]));
    }

    #[test]
    fn an_edit_at_either_end_loses_nothing() {
        for (at, expected) in [(0, "+ab"), (2, "ab+")] {
            let mut held = held(&["a", "b"]);
            assert_eq!(held.splice(&Splice { at, remove: 0, insert: "+".into() }), 1);
            assert_eq!(text(&held), expected);
        }
    }
}
