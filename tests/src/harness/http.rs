//! A client that sees every byte: requests as they are written here, answers as they came.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use memchr::memmem;
use rustls::{ClientConnection, StreamOwned};
use serde_json::Value;

use crate::standin::coding;

/// A request, built piece by piece.
#[derive(Clone, Debug)]
pub struct Call {
    method: &'static str,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// One connection, for calls that follow each other.
#[derive(Debug)]
pub struct Connection {
    wire: Wire,
    /// Read, but not yet used.
    ahead: Vec<u8>,
}

#[derive(Debug)]
enum Wire {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub head: Head,
    /// The body without its framing, in its coding.
    pub body: Vec<u8>,
    pub ending: ReplyEnding,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub status: u16,
    /// In order, names in lower case.
    pub headers: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyEnding {
    /// As the framing promised.
    Whole,
    /// The connection was closed in the middle.
    Closed,
    /// The connection was reset in the middle.
    Reset,
}

/// No answer takes longer than this.
const PATIENCE: Duration = Duration::from_secs(60);

// === impl Call ===

impl Call {
    pub fn new(method: &'static str, target: impl Into<String>) -> Call {
        Call { method, target: target.into(), headers: Vec::new(), body: Vec::new() }
    }

    pub fn get(target: impl Into<String>) -> Call {
        Call::new("GET", target)
    }

    pub fn post(target: impl Into<String>, body: impl Into<Vec<u8>>) -> Call {
        Call::new("POST", target).body(body).header("content-type", "application/json")
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Call {
        self.body = body.into();
        self
    }

    pub fn header(mut self, name: &str, value: &str) -> Call {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same call below a path.
    pub fn under(mut self, prefix: &str) -> Call {
        self.target.insert_str(0, prefix);
        self
    }

    /// The request as it is written.
    pub fn bytes(&self, host: SocketAddr) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\nhost: {host}\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            bytes += &format!("{name}: {value}\r\n");
        }
        if !self.body.is_empty() || self.method == "POST" {
            bytes += &format!("content-length: {}\r\n", self.body.len());
        }
        let mut bytes = (bytes + "\r\n").into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// The answer, over a connection of its own.
    ///
    /// # Panics
    /// When there is none: the connection fails, or ends before a whole head.
    pub fn send(&self, to: SocketAddr) -> Reply {
        self.try_send(to).unwrap_or_else(|error| panic!("{} {} at {to}: {error}", self.method, self.target))
    }

    pub fn try_send(&self, to: SocketAddr) -> io::Result<Reply> {
        let mut connection = Connection::open(to)?;
        match connection.write(&self.bytes(to)) {
            // who answers before all is read may close before all is written
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => connection.reply(),
        }
    }

    /// For whoever waits: the answer is 200, or what it is instead.
    pub fn succeeds(&self, at: SocketAddr) -> Result<(), String> {
        match self.try_send(at) {
            Ok(reply) if reply.status() == 200 => Ok(()),
            Ok(reply) => Err(reply.text()),
            Err(error) => Err(error.to_string()),
        }
    }
}

// === impl Connection ===

impl Connection {
    pub fn open(to: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect_timeout(&to, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Connection { wire: Wire::Plain(stream), ahead: Vec::new() })
    }

    /// TLS from here on; the handshake is done when this returns.
    pub fn secure(self, mut session: ClientConnection) -> io::Result<Connection> {
        let Wire::Plain(mut stream) = self.wire else { return Err(io::Error::other("it is TLS already")) };
        while session.is_handshaking() {
            session.complete_io(&mut stream)?;
        }
        let wire = Wire::Tls(Box::new(StreamOwned::new(session, stream)));
        Ok(Connection { wire, ahead: self.ahead })
    }

    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.wire {
            Wire::Plain(stream) => stream.write_all(bytes),
            Wire::Tls(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
        }
    }

    /// Bytes as they come, at least one; none at the end.
    pub fn read_some(&mut self) -> io::Result<Vec<u8>> {
        if self.ahead.is_empty() {
            self.fill()?;
        }
        Ok(std::mem::take(&mut self.ahead))
    }

    /// Reads the chunks of a stream, whose head has been read, until `needle` has come; then all that came.
    pub fn read_until(&mut self, needle: &str) -> io::Result<Vec<u8>> {
        let mut seen = Vec::new();
        while memmem::find(&seen, needle.as_bytes()).is_none() {
            if self.chunk(&mut seen)? == 0 {
                let text = String::from_utf8_lossy(&seen).into_owned();
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    format!("no {needle:?} in {text:?}"),
                ));
            }
        }
        Ok(seen)
    }

    /// The next answer whole, or as far as it came.
    pub fn reply(&mut self) -> io::Result<Reply> {
        let head = self.head()?;
        let mut body = Vec::new();
        let ending = match self.read_body(&head, &mut body) {
            Ok(()) => ReplyEnding::Whole,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => ReplyEnding::Closed,
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => ReplyEnding::Reset,
            Err(error) => return Err(error),
        };
        Ok(Reply { head, body, ending })
    }

    pub fn head(&mut self) -> io::Result<Head> {
        let end = loop {
            match memmem::find(&self.ahead, b"\r\n\r\n") {
                Some(end) => break end,
                None if self.fill()? == 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                None => {}
            }
        };
        let rest = self.ahead.split_off(end + 4);
        let head = std::mem::replace(&mut self.ahead, rest);
        let head = String::from_utf8_lossy(&head[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(format!("no status line: {head:?}")))?;
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Ok(Head { status, headers })
    }

    fn read_body(&mut self, head: &Head, body: &mut Vec<u8>) -> io::Result<()> {
        if head.header("transfer-encoding") == Some("chunked") {
            while self.chunk(body)? > 0 {}
            return Ok(());
        }
        match head.header("content-length").map(str::parse) {
            Some(Ok(length)) => self.take(length, body),
            Some(Err(_)) => Err(io::Error::other("content-length is no number")),
            None if matches!(head.status, 204 | 304) => Ok(()),
            None => {
                while !self.ahead.is_empty() || self.fill()? > 0 {
                    body.append(&mut self.ahead);
                }
                Ok(())
            }
        }
    }

    /// One chunk of a body in chunks, and how long it was: 0 is the end.
    fn chunk(&mut self, body: &mut Vec<u8>) -> io::Result<usize> {
        let size = self.line()?;
        let size = size.split(';').next().unwrap_or_default();
        let size =
            usize::from_str_radix(size, 16).map_err(|_| io::Error::other(format!("chunk {size:?}")))?;
        self.take(size, body)?;
        if !self.line()?.is_empty() {
            return Err(io::Error::other("a chunk is longer than it says"));
        }
        Ok(size)
    }

    fn line(&mut self) -> io::Result<String> {
        loop {
            if let Some(end) = memmem::find(&self.ahead, b"\r\n") {
                let line = String::from_utf8_lossy(&self.ahead[..end]).into_owned();
                self.ahead.drain(..end + 2);
                return Ok(line);
            }
            if self.fill()? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// Moves `length` bytes into `body`, and as many as there are when the connection ends before.
    fn take(&mut self, mut length: usize, body: &mut Vec<u8>) -> io::Result<()> {
        while length > 0 {
            if self.ahead.is_empty() && self.fill()? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let now = length.min(self.ahead.len());
            body.extend(self.ahead.drain(..now));
            length -= now;
        }
        Ok(())
    }

    fn fill(&mut self) -> io::Result<usize> {
        let mut buffer = [0; 64 << 10];
        let count = match &mut self.wire {
            Wire::Plain(stream) => stream.read(&mut buffer)?,
            Wire::Tls(stream) => stream.read(&mut buffer)?,
        };
        self.ahead.extend_from_slice(&buffer[..count]);
        Ok(count)
    }
}

// === impl Reply ===

impl Reply {
    pub fn status(&self) -> u16 {
        self.head.status
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.header(name)
    }

    /// The body out of its coding.
    ///
    /// # Panics
    /// When it is not in the coding that its head says.
    pub fn plain(&self) -> Vec<u8> {
        match self.header("content-encoding") {
            None => self.body.clone(),
            Some(coding) => coding::decode(coding, &self.body)
                .unwrap_or_else(|error| panic!("the body is not {coding}: {error}")),
        }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.plain()).into_owned()
    }

    /// # Panics
    /// When the body is no JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.plain()).unwrap_or_else(|error| panic!("{error} in {:?}", self.text()))
    }
}

// === impl Head ===

impl Head {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
