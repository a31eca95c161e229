//! Reads answers as they come: heads, lengths, chunks.

use memchr::memmem;

/// The answer that a connection is in the middle of.
pub(crate) struct Answer {
    at: At,
    /// Read, but not yet understood.
    ahead: Vec<u8>,
    /// The end of the body so far, for the check that all of it arrived.
    tail: Vec<u8>,
    pub(crate) status: u16,
    /// The server closes the connection after this answer.
    pub(crate) closes: bool,
    /// The body has begun.
    pub(crate) begun: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Head,
    Length(usize),
    ChunkSize,
    Chunk(usize),
    ChunkEnd,
    Trailer,
    UntilClosed,
    Done,
}

/// How much of a body's end is kept.
const TAIL: usize = 1024;

// === impl Answer ===

impl Answer {
    pub(crate) fn new() -> Answer {
        Answer {
            at: At::Head,
            ahead: Vec::with_capacity(64 << 10),
            tail: Vec::with_capacity(2 * TAIL),
            status: 0,
            closes: false,
            begun: false,
        }
    }

    /// Ready for the next answer.
    pub(crate) fn reset(&mut self) {
        self.at = At::Head;
        self.ahead.clear();
        self.tail.clear();
        (self.status, self.closes, self.begun) = (0, false, false);
    }

    pub(crate) fn is_done(&self) -> bool {
        self.at == At::Done
    }

    /// The connection ended: good where the head promised no length.
    pub(crate) fn closed(&mut self) {
        self.closes = true;
        if self.at == At::UntilClosed {
            self.at = At::Done;
        }
    }

    pub(crate) fn is_good(&self, expect: &[u8]) -> bool {
        self.status == 200 && memmem::find(&self.tail, expect).is_some()
    }

    pub(crate) fn tail(&self) -> &[u8] {
        &self.tail
    }

    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.ahead.extend_from_slice(bytes);
        let ahead = std::mem::take(&mut self.ahead);
        let mut rest = &ahead[..];
        while let Some(after) = self.step(rest) {
            rest = after;
        }
        let used = ahead.len() - rest.len();
        self.ahead = ahead;
        self.ahead.drain(..used);
    }

    /// Takes what it can understand off the front; `None` when more is needed, or all is done.
    fn step<'a>(&mut self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        match self.at {
            At::Head => {
                let end = memmem::find(bytes, b"\r\n\r\n")?;
                self.head(&bytes[..end]);
                Some(&bytes[end + 4..])
            }
            At::Length(left) => {
                let now = self.body(bytes, left)?;
                self.at = if now == left { At::Done } else { At::Length(left - now) };
                Some(&bytes[now..])
            }
            At::ChunkSize => {
                let end = memmem::find(bytes, b"\r\n")?;
                let digits = bytes[..end].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
                let size = std::str::from_utf8(&bytes[..digits]).ok();
                let size = size.and_then(|digits| usize::from_str_radix(digits, 16).ok()).unwrap_or(0);
                self.at = if size == 0 { At::Trailer } else { At::Chunk(size) };
                Some(&bytes[end + 2..])
            }
            At::Chunk(left) => {
                let now = self.body(bytes, left)?;
                self.at = if now == left { At::ChunkEnd } else { At::Chunk(left - now) };
                Some(&bytes[now..])
            }
            At::ChunkEnd => {
                let after = bytes.get(2..)?;
                self.at = At::ChunkSize;
                Some(after)
            }
            At::Trailer => {
                let end = memmem::find(bytes, b"\r\n")?;
                if end == 0 {
                    self.at = At::Done;
                }
                Some(&bytes[end + 2..])
            }
            At::UntilClosed => self.body(bytes, usize::MAX).map(|now| &bytes[now..]),
            At::Done => None,
        }
    }

    fn head(&mut self, head: &[u8]) {
        let status = head.get(9..12).and_then(|digits| std::str::from_utf8(digits).ok());
        self.status = status.and_then(|digits| digits.parse().ok()).unwrap_or(0);
        self.at = At::UntilClosed;
        for line in head.split(|byte| *byte == b'\n').skip(1) {
            let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
            let value = std::str::from_utf8(&line[colon + 1..]).unwrap_or_default().trim();
            let name = &line[..colon];
            if name.eq_ignore_ascii_case(b"content-length") {
                let length = value.parse().unwrap_or(0);
                self.at = if length == 0 { At::Done } else { At::Length(length) };
            } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
                self.at = At::ChunkSize;
            } else if name.eq_ignore_ascii_case(b"connection") {
                self.closes = value.eq_ignore_ascii_case("close");
            }
        }
    }

    /// Up to `left` bytes of body; how many they were.
    fn body(&mut self, bytes: &[u8], left: usize) -> Option<usize> {
        let now = left.min(bytes.len());
        if now == 0 {
            return None;
        }
        self.begun = true;
        let new = &bytes[now.saturating_sub(TAIL)..now];
        let over = (self.tail.len() + new.len()).saturating_sub(TAIL);
        self.tail.drain(..over.min(self.tail.len()));
        self.tail.extend_from_slice(new);
        Some(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHUNKED: &[u8] =
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nb;x=y\r\n yes [DONE]\n\r\n0\r\n\r\n";
    const LENGTH: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n[DONE]";

    #[test]
    fn an_answer_is_read_however_it_is_cut() {
        for answer in [CHUNKED, LENGTH] {
            for size in 1..answer.len() {
                let mut read = Answer::new();
                for piece in answer.chunks(size) {
                    assert!(!read.is_done(), "done before the end, in pieces of {size}");
                    read.feed(piece);
                }
                assert!(read.is_done() && read.is_good(b"[DONE]"), "in pieces of {size}");
            }
        }
    }

    #[test]
    fn a_server_that_closes_ends_an_answer_without_length() {
        let mut read = Answer::new();
        read.feed(b"HTTP/1.1 200 OK\r\n\r\nall");
        assert!(!read.is_done());
        read.closed();
        assert!(read.is_done() && read.is_good(b"all"));
    }
}
