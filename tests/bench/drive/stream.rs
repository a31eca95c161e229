//! What a connection's bytes go through: the socket itself, or TLS over it.

use std::{
    io::{self, ErrorKind, Read, Write},
    net::TcpStream,
    sync::Arc,
};

use anyhow::Result;
use rustix::{
    event::{PollFd, PollFlags, poll},
    time::Timespec,
};
use rustls::{ClientConnection, StreamOwned};

use crate::plan::Plan;

pub(crate) enum Stream {
    Plain(TcpStream),
    Secure(Box<StreamOwned<ClientConnection, TcpStream>>),
}

// === impl Stream ===

impl Stream {
    /// One that is ready for a call; what follows never blocks.
    pub(crate) fn open(plan: &Plan) -> Result<Stream> {
        let mut socket = TcpStream::connect(plan.address)?;
        socket.set_nodelay(true)?;
        let stream = match &plan.tls {
            None => Stream::Plain(socket),
            Some(tls) => {
                let mut session = ClientConnection::new(Arc::clone(&tls.config), tls.name.clone())?;
                while session.is_handshaking() {
                    session.complete_io(&mut socket)?;
                }
                Stream::Secure(Box::new(StreamOwned::new(session, socket)))
            }
        };
        stream.socket().set_nonblocking(true)?;
        Ok(stream)
    }

    pub(crate) fn socket(&self) -> &TcpStream {
        match self {
            Stream::Plain(socket) => socket,
            Stream::Secure(stream) => &stream.sock,
        }
    }

    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(socket) => socket.read(buffer),
            Stream::Secure(stream) => stream.read(buffer),
        }
    }

    /// Writes all of it; waits where the socket is full.
    pub(crate) fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.when_ready(|stream| stream.write(bytes))? {
                0 => return Err(ErrorKind::WriteZero.into()),
                count => bytes = &bytes[count..],
            }
        }
        self.when_ready(|stream| stream.flush())
    }

    fn when_ready<T>(&mut self, mut step: impl FnMut(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
        loop {
            let done = match self {
                Stream::Plain(socket) => step(socket),
                Stream::Secure(stream) => step(stream),
            };
            match done {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    let patience = Timespec { tv_sec: 1, tv_nsec: 0 };
                    poll(&mut [PollFd::new(self.socket(), PollFlags::OUT)], Some(&patience))?;
                }
                done => return done,
            }
        }
    }
}
