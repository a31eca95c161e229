//! A body that follows a script: pieces with pauses between them, and perhaps a cut.

use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::time::{Sleep, sleep};

use super::{
    answer::{Answer, EVENT_STREAM, Piece},
    book::{Book, Ending, Entry},
    coding::Coding,
    directive::{CutAt, CutHow, Directive, Fault},
};

/// The body of one answer. Whatever ends it early is noted in the book.
#[derive(Debug)]
pub struct ScriptBody {
    pieces: VecDeque<Piece>,
    delay: Duration,
    end: End,
    pause: Option<Pin<Box<Sleep>>>,
    account: Option<Account>,
}

/// How a body ends once its pieces are gone.
#[derive(Debug)]
pub enum End {
    Whole,
    /// Never: the client has to go.
    Never,
    /// In the middle; with `Some`, by a reset of the connection that watches this flag.
    Cut(Option<Arc<AtomicBool>>),
}

/// Where the end of a billed answer is noted.
#[derive(Debug)]
pub struct Account {
    pub book: Arc<Book>,
    pub entry: Entry,
}

/// The error that makes the server close the connection in the middle of an answer.
#[derive(Debug, thiserror::Error)]
#[error("cut as told")]
pub struct Cut;

/// What was sent gets this long to leave before a cut, which would take it back.
const BEFORE_CUT: Duration = Duration::from_millis(20);

// === impl ScriptBody ===

impl ScriptBody {
    pub fn new(pieces: Vec<Piece>, delay: Duration, end: End, account: Option<Account>) -> ScriptBody {
        ScriptBody { pieces: pieces.into(), delay, end, pause: None, account }
    }

    /// True once the pause that stands before the next step is over.
    fn waited(&mut self, time: Duration, cx: &mut Context<'_>) -> bool {
        if time.is_zero() {
            return true;
        }
        let pause = self.pause.get_or_insert_with(|| Box::pin(sleep(time)));
        let over = pause.as_mut().poll(cx).is_ready();
        if over {
            self.pause = None;
        }
        over
    }

    fn ended(&mut self, ending: Ending) {
        let Some(mut account) = self.account.take() else { return };
        if ending == Ending::Whole {
            return;
        }
        account.entry.ending = ending;
        if let Err(error) = account.book.write(&account.entry) {
            eprintln!("the book cannot be written: {error}");
        }
    }
}

impl Body for ScriptBody {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let delay = self.delay;
        if !self.pieces.is_empty() {
            if !self.waited(delay, cx) {
                return Poll::Pending;
            }
            let piece = self.pieces.pop_front();
            if let (Some(piece), Some(account)) = (&piece, &mut self.account) {
                account.entry.delivered_tokens = piece.tokens;
            }
            return Poll::Ready(piece.map(|piece| Ok(Frame::data(piece.bytes))));
        }
        match &self.end {
            End::Whole => {
                self.ended(Ending::Whole);
                Poll::Ready(None)
            }
            End::Never => Poll::Pending,
            End::Cut(_) => {
                if !self.waited(BEFORE_CUT, cx) {
                    return Poll::Pending;
                }
                self.ended(Ending::Cut);
                if let End::Cut(Some(reset)) = &self.end {
                    reset.store(true, Ordering::Release);
                }
                Poll::Ready(Some(Err(Cut)))
            }
        }
    }
}

impl Drop for ScriptBody {
    fn drop(&mut self) {
        // a body with a known length is dropped after its last byte, not asked again
        let ending = match self.end {
            End::Whole if self.pieces.is_empty() => Ending::Whole,
            _ => Ending::ClientGone,
        };
        self.ended(ending);
    }
}

/// The pieces of an answer as they leave: line ends, coding, cut and frames as the directive says.
/// `Err` only where an encoder fails.
pub fn wire(answer: &Answer, directive: &Directive, coding: Option<Coding>) -> io::Result<Vec<Piece>> {
    let mut pieces = answer.pieces.clone();
    if directive.crlf && answer.content_type == EVENT_STREAM {
        for piece in &mut pieces {
            let text = String::from_utf8_lossy(&piece.bytes).replace('\n', "\r\n");
            piece.bytes = text.into();
        }
    }
    if directive.fault == Some(Fault::BrokenJson)
        && let Some(piece) = pieces.first_mut()
    {
        piece.bytes.truncate(piece.bytes.len() / 2);
    }
    if let Some(coding) = coding {
        let plain: Vec<Bytes> = pieces.iter().map(|piece| piece.bytes.clone()).collect();
        for (piece, bytes) in pieces.iter_mut().zip(coding.encode(&plain)?) {
            piece.bytes = bytes;
        }
    }
    match directive.fault {
        Some(Fault::Cut { at: CutAt::Events(events), .. }) => pieces.truncate(events),
        Some(Fault::Cut { at: CutAt::Bytes(bytes), .. }) => cut_bytes(&mut pieces, bytes),
        Some(Fault::Silence) => pieces.clear(),
        _ => {}
    }
    Ok(match directive.split {
        Some(size) => split(&pieces, size),
        None => pieces,
    })
}

/// How the body ends: `reset` belongs to the connection.
pub fn end(directive: &Directive, reset: &Arc<AtomicBool>) -> End {
    match directive.fault {
        Some(Fault::Cut { how: CutHow::Fin, .. }) => End::Cut(None),
        Some(Fault::Cut { how: CutHow::Rst, .. }) => End::Cut(Some(reset.clone())),
        Some(Fault::Silence) => End::Never,
        _ => End::Whole,
    }
}

fn cut_bytes(pieces: &mut Vec<Piece>, mut left: usize) {
    let mut before = 0;
    pieces.retain_mut(|piece| {
        if piece.bytes.len() > left {
            piece.bytes.truncate(left);
            // half an event delivers none of its words
            piece.tokens = before;
        }
        before = piece.tokens;
        left -= piece.bytes.len();
        !piece.bytes.is_empty()
    });
}

/// The same bytes in frames of `size`; a frame counts the tokens of the pieces that end in it.
fn split(pieces: &[Piece], size: usize) -> Vec<Piece> {
    let mut frames = Vec::new();
    let mut frame = Vec::with_capacity(size);
    let mut tokens = 0;
    for piece in pieces {
        for (index, byte) in piece.bytes.iter().enumerate() {
            frame.push(*byte);
            if index + 1 == piece.bytes.len() {
                tokens = piece.tokens;
            }
            if frame.len() == size {
                frames.push(Piece { bytes: std::mem::take(&mut frame).into(), tokens });
            }
        }
    }
    if !frame.is_empty() {
        frames.push(Piece { bytes: frame.into(), tokens });
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(texts: &[&str]) -> Vec<Piece> {
        texts.iter().enumerate().map(|(i, text)| Piece::new((*text).to_owned(), i as u64 + 1)).collect()
    }

    #[test]
    fn frames_keep_every_byte_and_count_whole_events() {
        let frames = split(&pieces(&["abcd", "ef", "g"]), 3);
        let seen: Vec<_> = frames.iter().map(|frame| (frame.bytes.as_ref(), frame.tokens)).collect();
        assert_eq!(seen, [(&b"abc"[..], 0), (&b"def"[..], 2), (&b"g"[..], 3)]);
    }

    #[test]
    fn a_cut_inside_an_event_delivers_none_of_its_words() {
        let mut left = pieces(&["abcd", "ef", "g"]);
        cut_bytes(&mut left, 5);
        let seen: Vec<_> = left.iter().map(|piece| (piece.bytes.as_ref(), piece.tokens)).collect();
        assert_eq!(seen, [(&b"abcd"[..], 1), (&b"e"[..], 1)]);
    }
}
