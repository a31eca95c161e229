//! Sockets, bound before anything runs: a taken port fails the start.

use std::net::{SocketAddr, TcpListener};

/// A socket cannot be had.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {name} {address}: {source}; is another process there?")]
pub(crate) struct ListenError {
    name: &'static str,
    address: SocketAddr,
    source: std::io::Error,
}

pub(crate) fn bind(name: &'static str, address: SocketAddr) -> Result<TcpListener, ListenError> {
    let bound = TcpListener::bind(address).and_then(|listener| {
        listener.set_nonblocking(true)?;
        Ok(listener)
    });
    bound.map_err(|source| ListenError { name, address, source })
}
