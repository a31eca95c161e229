//! What the command line asks for.

use std::{fs, net::SocketAddr, time::Duration};

use anyhow::{Context, Result, bail};

/// One run of load.
pub(crate) struct Plan {
    pub(crate) address: SocketAddr,
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

const USAGE: &str = "tollgate-bench-drive --url http://ADDRESS/PATH --body FILE [--header 'NAME: VALUE']... \
                     [--connections 64] [--rate CALLS_A_SECOND] [--warmup MS] [--duration MS] [--expect TEXT]";

// === impl Plan ===

impl Plan {
    pub(crate) fn read(mut args: impl Iterator<Item = String>) -> Result<Plan> {
        let (mut url, mut body, mut headers, mut expect) = (None, None, String::new(), String::new());
        let (mut connections, mut rate, mut warmup, mut duration) = (64, 0, 1000, 5000);
        while let Some(name) = args.next() {
            let value = args.next().with_context(|| format!("{name} needs a value\n{USAGE}"))?;
            let number =
                || value.parse::<u64>().with_context(|| format!("{name} {value}: a number is wanted"));
            match name.as_str() {
                "--url" => url = Some(value),
                "--body" => body = Some(value),
                "--header" => headers += &format!("{value}\r\n"),
                "--connections" => connections = number()?,
                "--rate" => rate = number()?,
                "--warmup" => warmup = number()?,
                "--duration" => duration = number()?,
                "--expect" => expect = value,
                _ => bail!("no such option: {name}\n{USAGE}"),
            }
        }
        let (url, body) = (url.context(USAGE)?, body.context(USAGE)?);
        let rest = url.strip_prefix("http://").context("--url begins with http://")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let body = fs::read(&body).with_context(|| format!("reading {body}"))?;
        let head = format!(
            "POST /{path} HTTP/1.1\r\nHost: {host}\r\n{headers}User-Agent: drive\r\nAccept: */*\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        Ok(Plan {
            address: host.parse().with_context(|| format!("{host} is no address such as 127.0.0.1:18080"))?,
            request: [head.as_bytes(), &body].concat(),
            connections: usize::try_from(connections)?,
            rate,
            warmup: Duration::from_millis(warmup),
            duration: Duration::from_millis(duration),
            expect: expect.into_bytes(),
        })
    }
}
