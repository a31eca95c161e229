//! The forward proxy: CONNECT to a provider is answered as the provider; what others get is the admin's word.

use std::io;

use bytes::{Bytes, BytesMut};
use memchr::memmem;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tollgate_meter::Provider;

use super::Doors;
use super::begun::Begun;
use super::captured::{HTTPS, Place};
use crate::config::ProxyOthers;
use crate::metrics::Uncaptured;

/// A CONNECT is a line and a few headers.
const LONGEST_HEAD: usize = 16 << 10;

const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";

/// What the app asks of the proxy.
#[derive(Debug)]
enum Asked {
    Connect(Place),
    /// Plain HTTP through a proxy, or a request that is meant for another port.
    Other,
}

// === impl Doors ===

impl Doors {
    pub(super) async fn proxied(self, mut stream: TcpStream) -> io::Result<()> {
        let head = tokio::select! {
            head = head(&mut stream) => head?,
            () = self.worker.connections.stopping() => return Ok(()),
        };
        let Some((asked, ahead)) = head else { return Ok(()) };
        match asked {
            Asked::Connect(place) if place.is_provider() => {
                stream.write_all(ESTABLISHED).await?;
                self.captured(stream, ahead, Some(place)).await
            }
            Asked::Connect(place) => self.other(stream, ahead.freeze(), place).await,
            Asked::Other => {
                let why = "This proxy takes CONNECT for https:// addresses and nothing else. Plain http:// goes directly: \
                           unset HTTP_PROXY. An SDK's base URL leads to the port of listen.baseUrl.";
                answer(stream, "403 Forbidden", why).await
            }
        }
    }

    async fn other(self, mut stream: TcpStream, ahead: Bytes, place: Place) -> io::Result<()> {
        self.worker.shared.metrics.uncaptured(Some(&place.host), Uncaptured::UnknownHost);
        if self.worker.shared.proxy_others == ProxyOthers::Refuse {
            let providers = Provider::ALL.map(Provider::host).join(", ");
            let why = format!(
                "{} is no AI provider's, and this proxy leads to those only ({providers} and their regions): put it into \
                 NO_PROXY, or have the proxy pass others on with proxyOthers: Tunnel.",
                place.host
            );
            return answer(stream, "403 Forbidden", &why).await;
        }
        let mut there = match self.reach(&place).await {
            Ok(there) => there,
            Err(error) => {
                let why = format!("{}:{} cannot be reached: {error}.", place.host, place.port);
                return answer(stream, "502 Bad Gateway", &why).await;
            }
        };
        stream.write_all(ESTABLISHED).await?;
        copy_bidirectional(&mut Begun::new(ahead, stream), &mut there).await?;
        Ok(())
    }
}

/// What is asked, and what came behind it; `None` where the app left before.
async fn head(stream: &mut TcpStream) -> io::Result<Option<(Asked, BytesMut)>> {
    let mut begin = BytesMut::with_capacity(1_024);
    loop {
        if let Some(end) = memmem::find(&begin, b"\r\n\r\n") {
            let head = begin.split_to(end + 4);
            return Ok(Some((Asked::of(&head), begin)));
        }
        if begin.len() >= LONGEST_HEAD {
            return Ok(Some((Asked::Other, begin)));
        }
        if stream.read_buf(&mut begin).await? == 0 {
            return Ok(None);
        }
    }
}

async fn answer(mut stream: TcpStream, status: &str, why: &str) -> io::Result<()> {
    let length = why.len() + 1;
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{why}\n"
    );
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

// === impl Asked ===

impl Asked {
    fn of(head: &[u8]) -> Self {
        let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
        let mut words = std::str::from_utf8(line).unwrap_or_default().split(' ');
        match (words.next(), words.next().and_then(Place::told), words.next()) {
            (Some("CONNECT"), Some(place), Some("HTTP/1.1" | "HTTP/1.0")) => Self::Connect(place),
            _ => Self::Other,
        }
    }
}

// === impl Place ===

impl Place {
    /// `HOST:PORT`, an IPv6 address in brackets.
    fn told(text: &str) -> Option<Self> {
        let (host, port) = text.rsplit_once(':')?;
        let host = match host.strip_prefix('[') {
            Some(address) => address.strip_suffix(']')?,
            None => host,
        };
        let port = port.parse().ok().filter(|port| *port != 0)?;
        (!host.is_empty()).then(|| Self {
            host: host.to_ascii_lowercase().into(),
            port,
            by_hosts_file: false,
        })
    }

    fn is_provider(&self) -> bool {
        self.port == HTTPS && Provider::of_host(&self.host).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: &str) -> Option<(String, u16)> {
        match Asked::of(format!("{line}\r\nhost: x\r\n\r\n").as_bytes()) {
            Asked::Connect(place) => Some((place.host.into_string(), place.port)),
            Asked::Other => None,
        }
    }

    #[test]
    fn connect_names_a_host_and_a_port() {
        let host = |host: &str, port| Some((host.to_owned(), port));
        assert_eq!(place("CONNECT API.openai.com:443 HTTP/1.1"), host("api.openai.com", 443));
        assert_eq!(place("CONNECT [2001:db8::1]:8443 HTTP/1.0"), host("2001:db8::1", 8443));
    }

    #[test]
    fn all_else_is_no_connect() {
        for line in [
            "GET http://api.openai.com/v1/models HTTP/1.1",
            "CONNECT api.openai.com HTTP/1.1",
            "CONNECT :443 HTTP/1.1",
            "CONNECT api.openai.com:0 HTTP/1.1",
            "CONNECT api.openai.com:443",
            "",
        ] {
            assert_eq!(place(line), None, "{line}");
        }
    }

    #[test]
    fn a_provider_is_one_on_the_port_of_https_only() {
        let is = |text: &str| Place::told(text).is_some_and(|place| place.is_provider());
        assert!(is("api.openai.com:443") && is("eu.api.openai.com:443"));
        assert!(!is("api.openai.com:8443") && !is("bank.example:443"));
    }
}
