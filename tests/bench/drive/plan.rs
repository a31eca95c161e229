//! What the command line asks for.

use std::{fs, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};

/// One run of load.
pub(crate) struct Plan {
    pub(crate) address: SocketAddr,
    /// Whom to expect there; none: no TLS.
    pub(crate) tls: Option<Tls>,
    /// The whole request, written as it is for each call.
    pub(crate) request: Vec<u8>,
    pub(crate) connections: usize,
    /// Calls a second; 0 is a closed loop.
    pub(crate) rate: u64,
    /// Load that is not counted.
    pub(crate) warmup: Duration,
    pub(crate) duration: Duration,
    /// What the last kilobyte of a good answer holds.
    pub(crate) expect: Vec<u8>,
}

/// A server by its name, and whom to trust about it.
pub(crate) struct Tls {
    pub(crate) config: Arc<ClientConfig>,
    pub(crate) name: ServerName<'static>,
}

const USAGE: &str = "tollgate-bench-drive --url http://ADDRESS/PATH [--host NAME --ca FILE] --body FILE [--header 'NAME: VALUE']... \
                     [--connections 64] [--rate CALLS_A_SECOND] [--warmup MS] [--duration MS] [--expect TEXT]";

// === impl Plan ===

impl Plan {
    pub(crate) fn read(mut args: impl Iterator<Item = String>) -> Result<Plan> {
        let (mut url, mut body, mut headers, mut expect) = (None, None, String::new(), String::new());
        let (mut name, mut ca) = (None, None);
        let (mut connections, mut rate, mut warmup, mut duration) = (64, 0, 1000, 5000);
        while let Some(option) = args.next() {
            let value = args.next().with_context(|| format!("{option} needs a value\n{USAGE}"))?;
            let number =
                || value.parse::<u64>().with_context(|| format!("{option} {value}: a number is wanted"));
            match option.as_str() {
                "--url" => url = Some(value),
                "--host" => name = Some(value),
                "--ca" => ca = Some(value),
                "--body" => body = Some(value),
                "--header" => headers += &format!("{value}\r\n"),
                "--connections" => connections = number()?,
                "--rate" => rate = number()?,
                "--warmup" => warmup = number()?,
                "--duration" => duration = number()?,
                "--expect" => expect = value,
                _ => bail!("no such option: {option}\n{USAGE}"),
            }
        }
        let (url, body) = (url.context(USAGE)?, body.context(USAGE)?);
        let rest = url.strip_prefix("http://").context("--url begins with http://")?;
        let (address, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = name.as_deref().unwrap_or(address);
        let tls = match (&name, ca) {
            (Some(name), Some(ca)) => Some(Tls::with(name, ca.as_ref())?),
            (None, None) => None,
            _ => bail!("--host and --ca go together\n{USAGE}"),
        };
        let body = fs::read(&body).with_context(|| format!("reading {body}"))?;
        let head = format!(
            "POST /{path} HTTP/1.1\r\nHost: {host}\r\n{headers}User-Agent: drive\r\nAccept: */*\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        Ok(Plan {
            address: address
                .parse()
                .with_context(|| format!("{address} is no address such as 127.0.0.1:18080"))?,
            tls,
            request: [head.as_bytes(), &body].concat(),
            connections: usize::try_from(connections)?,
            rate,
            warmup: Duration::from_millis(warmup),
            duration: Duration::from_millis(duration),
            expect: expect.into_bytes(),
        })
    }
}

// === impl Tls ===

impl Tls {
    fn with(name: &str, ca: &Path) -> Result<Tls> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_file_iter(ca)? {
            roots.add(certificate?)?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Ok(Tls { config: Arc::new(config), name: ServerName::try_from(name.to_owned())? })
    }
}
