//! `tollgate-sidecar probe`: what kubelet runs inside the container to learn that the sidecar has started.
//!
//! It asks on loopback. A probe from outside the pod would meet a mesh that takes all inbound traffic and may wait for us.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use crate::config::{Config, ConfigError};

/// Far below kubelet's own limit, far above what an answer takes.
const WITHIN: Duration = Duration::from_secs(2);

#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("listen.admin is not configured: nobody could answer")]
    NoAdmin,
    #[error("the sidecar does not answer on {address}: {source}")]
    Silent { address: SocketAddr, source: std::io::Error },
    #[error("{address} answers {found:?}")]
    NotStarted { address: SocketAddr, found: String },
}

/// Asks the sidecar that the environment configures.
pub fn probe(environment: impl Fn(&str) -> Option<String>) -> Result<(), ProbeError> {
    let admin = Config::of_pod(environment)?.listen.admin.ok_or(ProbeError::NoAdmin)?;
    ask(from_inside(admin))
}

fn ask(address: SocketAddr) -> Result<(), ProbeError> {
    let exchange = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, WITHIN)?;
        stream.set_read_timeout(Some(WITHIN))?;
        stream.write_all(b"GET /startupz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        let mut head = [0; 32];
        let read = stream.read(&mut head)?;
        Ok(String::from_utf8_lossy(&head[..read]).into_owned())
    };
    let answer = exchange().map_err(|source| ProbeError::Silent { address, source })?;
    if answer.starts_with("HTTP/1.1 200") {
        return Ok(());
    }
    let found = answer.lines().next().unwrap_or_default().to_owned();
    Err(ProbeError::NotStarted { address, found })
}

/// Every address of the pod includes loopback.
fn from_inside(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// Of a server that answers with these bytes.
    fn asked(answer: &'static [u8]) -> Result<(), ProbeError> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 512];
            let _some = stream.read(&mut asked).unwrap();
            stream.write_all(answer).unwrap();
        });
        let said = ask(address);
        server.join().unwrap();
        said
    }

    #[test]
    fn a_sidecar_that_answers_has_started() {
        assert!(asked(b"HTTP/1.1 200 OK\r\n\r\nok\n").is_ok());
        assert!(matches!(asked(b"HTTP/1.1 404 Not Found\r\n\r\n"), Err(ProbeError::NotStarted { .. })));
        assert!(matches!(asked(b""), Err(ProbeError::NotStarted { .. })));
    }

    #[test]
    fn it_asks_on_loopback() {
        for (listens, asked) in
            [("0.0.0.0:7419", "127.0.0.1:7419"), ("[::]:7419", "[::1]:7419"), ("10.0.0.7:1", "10.0.0.7:1")]
        {
            assert_eq!(from_inside(listens.parse().unwrap()).to_string(), asked);
        }
    }
}
