//! The answer's body on its way down: bytes pass as they come, and are read while they pass.
//!
//! Frames that are ready together are handed on together; nothing waits for a frame that is not there. The
//! call is closed, and so recorded, before the bytes that complete the answer are handed on. When the
//! provider breaks off, what had come is flushed first and the app's stream is broken then; when the app
//! breaks off, this body is dropped, and with it the provider's connection.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tollgate_meter::UsageHider;

use super::pool::Connection;
use super::tail::LastWord;
use super::turns::Turns;
use super::upstream::{Later, Upstream};
use crate::call::{Call, Ending};
use crate::gate::refusal;
use crate::hosts::Host;

/// Ready frames are joined up to this size: a write of 32 KiB costs little more than one of 1 KiB.
const JOIN_LIMIT: usize = 32 << 10;

pub(crate) struct AnswerBody(State);

enum State {
    /// An answer of our own, or nothing.
    Whole(Option<Bytes>),
    Passing(Box<Passing>),
}

/// A provider's answer, and what is needed to watch it pass.
pub(crate) struct Passing {
    incoming: Incoming,
    connection: Option<Connection>,
    host: Rc<Host>,
    upstream: Rc<Upstream>,
    /// `None` where monitoring is off.
    call: Option<Box<Call>>,
    /// Where the sidecar itself asked for the usage: takes its traces out again.
    hider: Option<Hiding>,
    end: Option<End>,
    flushed: bool,
    cutting: Cutting,
}

/// When an answer is to be broken off, and how.
pub(super) struct Cutting {
    pub(super) turns: Turns,
    pub(super) last_word: LastWord,
}

struct Hiding {
    hider: UsageHider,
    edited: Vec<u8>,
}

/// How the provider's answer ended.
enum End {
    Whole(Option<HeaderMap>),
    Broken(Broken),
}

/// Why the app's answer is broken off.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    #[error(transparent)]
    ByProvider(#[from] hyper::Error),
    #[error("the call's feature was turned off")]
    Cut,
}

/// Bytes that are ready now: one frame as it is, more of them joined.
enum Gathered {
    Nothing,
    One(Bytes),
    Joined(BytesMut),
}

// === impl AnswerBody ===

impl AnswerBody {
    pub(crate) fn whole(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self(State::Whole((!bytes.is_empty()).then_some(bytes)))
    }

    pub(super) fn passing(
        upstream: Rc<Upstream>,
        host: Rc<Host>,
        incoming: Incoming,
        connection: Connection,
        call: Option<Box<Call>>,
        hider: Option<UsageHider>,
        cutting: Cutting,
    ) -> Self {
        let hider = hider.map(|hider| Hiding { hider, edited: Vec::new() });
        Self(State::Passing(Box::new(Passing {
            incoming,
            connection: Some(connection),
            host,
            cutting,
            upstream,
            call,
            hider,
            end: None,
            flushed: false,
        })))
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        match &mut self.get_mut().0 {
            State::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            State::Passing(passing) => passing.poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            State::Whole(bytes) => bytes.is_none(),
            State::Passing(passing) => matches!(passing.end, Some(End::Whole(None))),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            State::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            State::Passing(_) => SizeHint::default(),
        }
    }
}

// === impl Passing ===

impl Passing {
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if self.cutting.turns.were_more(context)
            && let Some(last) = self.cut()
        {
            return Poll::Ready(Some(Ok(Frame::data(last))));
        }
        let ready = match self.end {
            None => self.gather(context),
            Some(_) => Bytes::new(),
        };
        if self.end.is_some() || self.call.as_ref().is_some_and(|call| call.is_complete()) {
            self.close();
        }
        if !ready.is_empty() {
            if let Some(call) = &mut self.call {
                call.note_progress();
            }
            if let LastWord::Event(tail) = &mut self.cutting.last_word {
                tail.push(&ready);
            }
            return Poll::Ready(Some(Ok(Frame::data(ready))));
        }
        match self.end.take() {
            None => Poll::Pending,
            Some(End::Whole(trailers)) => {
                self.end = Some(End::Whole(None));
                Poll::Ready(trailers.map(|trailers| Ok(Frame::trailers(trailers))))
            }
            Some(End::Broken(error)) if self.flushed => Poll::Ready(Some(Err(error))),
            Some(broken) => {
                // hyper drops what it has not flushed when a body ends with an error: give it one turn.
                self.flushed = true;
                self.end = Some(broken);
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    /// Takes every frame that is ready, driving the connection while that brings more.
    fn gather(&mut self, context: &mut Context<'_>) -> Bytes {
        let mut gathered = Gathered::Nothing;
        let mut trailers = None;
        let mut driven = false;
        while gathered.len() < JOIN_LIMIT {
            if self.incoming.is_end_stream() {
                self.end(End::Whole(trailers.take()));
                break;
            }
            match Pin::new(&mut self.incoming).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    driven = false;
                    match frame.into_data() {
                        Ok(data) => self.pass(data, &mut gathered),
                        Err(frame) => trailers = frame.into_trailers().ok(),
                    }
                }
                Poll::Ready(Some(Err(error))) => {
                    self.end(End::Broken(error.into()));
                    break;
                }
                Poll::Ready(None) => {
                    self.end(End::Whole(trailers.take()));
                    break;
                }
                Poll::Pending if driven => break,
                Poll::Pending => {
                    driven = true;
                    if let Some(connection) = &mut self.connection {
                        connection.drive(context);
                    }
                }
            }
        }
        // A body of known length is asked for no more once its last byte was handed on.
        if self.end.is_none() && self.incoming.is_end_stream() {
            self.end(End::Whole(trailers.take()));
        }
        if let (Some(End::Whole(Some(trailers))), Some(call)) = (&self.end, &mut self.call) {
            call.ended_with(trailers);
        }
        if self.end.is_some()
            && let (Some(hiding), Some(call)) = (&mut self.hider, &mut self.call)
        {
            gathered.push_slice(hiding.finish(call));
        }
        gathered.into_bytes()
    }

    /// One frame passes: it is read, edited where it must be, and joined to what is ready.
    fn pass(&mut self, data: Bytes, gathered: &mut Gathered) {
        match (&mut self.hider, &mut self.call) {
            (Some(hiding), Some(call)) => gathered.push_slice(hiding.feed(&data, call)),
            (_, Some(call)) => {
                call.read(&data);
                gathered.push(data);
            }
            (_, None) => gathered.push(data),
        }
    }

    /// Breaks the call off if its feature was turned off. Gives the event that says so, where one can be added; else trailers
    /// say it, or the answer breaks.
    fn cut(&mut self) -> Option<Bytes> {
        let call = self.call.as_mut().filter(|call| !call.is_closed())?;
        let off = call.cut_by()?;
        let (event, end) = match &self.cutting.last_word {
            LastWord::Event(tail) if tail.is_between_events() => {
                (Some(call.cut_event(&off)), End::Whole(None))
            }
            LastWord::Trailers => (None, End::Whole(Some(refusal::cut_trailers(&off)))),
            LastWord::Event(_) | LastWord::None => (None, End::Broken(Broken::Cut)),
        };
        call.cut(None);
        self.connection = None;
        self.end = Some(end);
        event
    }

    fn end(&mut self, end: End) {
        if matches!(end, End::Broken(_)) {
            self.connection = None;
        }
        self.end = Some(end);
    }

    fn close(&mut self) {
        if let Some(call) = &mut self.call {
            call.close(match self.end {
                Some(End::Broken(_)) => Ending::Broken,
                Some(End::Whole(_)) | None => Ending::Whole,
            });
        }
    }
}

impl Drop for Passing {
    /// The record is written: counting the call and putting its connection to rest wait until the answer's last bytes
    /// are with the app.
    fn drop(&mut self) {
        if let Some(call) = self.call.take_if(|call| call.is_closed()) {
            self.upstream.later(Later::Count(call));
        }
        if let (Some(End::Whole(_)), Some(connection)) = (&self.end, self.connection.take()) {
            self.upstream.later(Later::Rest(Rc::clone(&self.host), connection));
        }
    }
}

// === impl Hiding ===

impl Hiding {
    fn feed(&mut self, data: &[u8], call: &mut Call) -> &[u8] {
        self.edited.clear();
        if let Some(reader) = call.reader() {
            self.hider.feed(data, reader, &mut self.edited);
        }
        &self.edited
    }

    fn finish(&mut self, call: &mut Call) -> &[u8] {
        self.edited.clear();
        if let Some(reader) = call.reader() {
            self.hider.finish(reader, &mut self.edited);
        }
        &self.edited
    }
}

// === impl Gathered ===

impl Gathered {
    fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::One(bytes) => bytes.len(),
            Self::Joined(bytes) => bytes.len(),
        }
    }

    fn push(&mut self, more: Bytes) {
        match self {
            Self::Nothing => *self = Self::One(more),
            Self::One(_) | Self::Joined(_) => self.push_slice(&more),
        }
    }

    fn push_slice(&mut self, more: &[u8]) {
        if more.is_empty() {
            return;
        }
        let mut joined = match std::mem::replace(self, Self::Nothing) {
            Self::Nothing => BytesMut::with_capacity(more.len()),
            Self::One(first) => {
                let mut joined = BytesMut::with_capacity((first.len() + more.len()).next_power_of_two());
                joined.extend_from_slice(&first);
                joined
            }
            Self::Joined(joined) => joined,
        };
        joined.extend_from_slice(more);
        *self = Self::Joined(joined);
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Nothing => Bytes::new(),
            Self::One(bytes) => bytes,
            Self::Joined(bytes) => bytes.freeze(),
        }
    }
}
