//! The way out of the pod: past the hosts file where it sends the providers to us, and through the pod's own proxy
//! where it has one.

use std::io;

use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tollgate_meter::Provider;

use crate::config::WayOutConfig;
use crate::resolve::{self, Names};

/// One worker's.
pub(crate) struct WayOut {
    proxy: Matcher,
    /// `None` where the system's own answer is right.
    names: Option<Names>,
}

/// A proxy's answer to CONNECT is a line and a few headers.
const LONGEST_ANSWER: usize = 16 << 10;

// === impl WayOut ===

impl WayOut {
    pub(crate) fn new(config: &WayOutConfig) -> Self {
        let WayOutConfig { https_proxy, no_proxy, past_hosts_file } = config;
        let mut proxy = Matcher::builder();
        if let Some(url) = https_proxy {
            proxy = proxy.https(url.clone());
        }
        if let Some(hosts) = no_proxy {
            proxy = proxy.no(hosts.clone());
        }
        Self { proxy: proxy.build(), names: past_hosts_file.then(Names::default) }
    }

    /// A connection to a place that speaks TLS.
    pub(crate) async fn to_tls(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        match self.proxy_for(host) {
            Some(proxy) => through(&proxy, host, port).await,
            None => self.direct(host, port).await,
        }
    }

    /// A connection without a proxy.
    pub(crate) async fn direct(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        match &self.names {
            Some(names) if Provider::of_host(host).is_some() => names.connect(host, port).await,
            _ => resolve::connect(host, port).await,
        }
    }

    /// A connection to a place that the hosts file may have sent to us, whoever's it is.
    pub(crate) async fn past_hosts_file(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        match (self.proxy_for(host), &self.names) {
            (Some(proxy), _) => through(&proxy, host, port).await,
            (None, Some(names)) => names.connect(host, port).await,
            (None, None) => resolve::connect(host, port).await,
        }
    }

    fn proxy_for(&self, host: &str) -> Option<Intercept> {
        let to = Uri::builder().scheme("https").authority(bracketed(host)).path_and_query("/").build();
        self.proxy.intercept(&to.ok()?)
    }
}

/// As it stands in an address: IPv6 in brackets.
fn bracketed(host: &str) -> String {
    if host.contains(':') { format!("[{host}]") } else { host.to_owned() }
}

/// Through a proxy. What it is told is no secret but its own.
async fn through(proxy: &Intercept, host: &str, port: u16) -> io::Result<TcpStream> {
    let uri = proxy.uri();
    let failed = |what: String| io::Error::other(format!("the pod's proxy {}: {what}", address_of(uri)));
    let (Some("http"), Some(name)) = (uri.scheme_str(), uri.host()) else {
        return Err(failed("only http:// proxies are spoken to; name one in HTTPS_PROXY".to_owned()));
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let mut stream = resolve::connect(name, uri.port_u16().unwrap_or(80))
        .await
        .map_err(|error| failed(error.to_string()))?;
    let to = format!("{}:{port}", bracketed(host));
    let mut request = format!("CONNECT {to} HTTP/1.1\r\nhost: {to}\r\n").into_bytes();
    if let Some(login) = proxy.basic_auth() {
        request.extend_from_slice(b"proxy-authorization: ");
        request.extend_from_slice(login.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    stream.write_all(&request).await?;
    // A byte at a time: what follows the head is not ours to read.
    let mut answer = Vec::with_capacity(256);
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() >= LONGEST_ANSWER {
            return Err(failed("its answer does not end".to_owned()));
        }
        answer.push(stream.read_u8().await.map_err(|error| failed(error.to_string()))?);
    }
    let line = answer.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let status = line.splitn(3, |byte| *byte == b' ').nth(1).unwrap_or_default();
    if !matches!(status, [b'2', _, _]) {
        return Err(failed(format!("answered {} to CONNECT {to}", String::from_utf8_lossy(status))));
    }
    Ok(stream)
}

/// Without a login.
fn address_of(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default();
    uri.port_u16().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way_out(https_proxy: Option<&str>, no_proxy: Option<&str>) -> WayOut {
        WayOut::new(&WayOutConfig {
            https_proxy: https_proxy.map(str::to_owned),
            no_proxy: no_proxy.map(str::to_owned),
            past_hosts_file: false,
        })
    }

    #[test]
    fn the_pods_own_proxy_is_the_way_out_but_for_its_exceptions() {
        let out = way_out(Some("http://proxy:3128"), Some("localhost,.corp.example,10.0.0.0/8"));
        assert!(out.proxy_for("api.openai.com").is_some());
        for host in ["localhost", "gateway.corp.example", "10.1.2.3"] {
            assert!(out.proxy_for(host).is_none(), "{host}");
        }
        assert!(way_out(None, None).proxy_for("api.openai.com").is_none());
    }

    #[test]
    fn a_proxys_login_is_told_to_it_and_to_nobody_else() {
        let proxy = way_out(Some("http://me:secret@proxy:3128"), None).proxy_for("api.openai.com").unwrap();
        assert!(proxy.basic_auth().is_some());
        assert_eq!(address_of(proxy.uri()), "proxy:3128");
    }
}
