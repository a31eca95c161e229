//! What a client says before anything is answered: the host it wants, and by its habits what kind of client it is.

use std::hash::{DefaultHasher, Hash, Hasher};

/// As far as the first bytes of a connection go.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// It may become a hello.
    More,
    Hello(Hello),
    /// It is no TLS.
    Other,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hello {
    /// In lower case.
    pub(crate) host: Option<Box<str>>,
    /// Alike for connections of one client, whatever host it names: versions, ciphers, extensions, protocols.
    pub(crate) habits: u64,
}

/// No client was seen to say more than 2 KiB.
const LONGEST: usize = 64 << 10;

const HANDSHAKE: u8 = 22;
const CLIENT_HELLO: u8 = 1;

/// Extensions that come and go between connections of one client: the name, padding, and what resumption brings.
const FLEETING: [u16; 7] = [NAME, 21, 35, 41, 42, 44, 45];
const NAME: u16 = 0;
/// Extensions whose content is a habit, too: groups, signatures, protocols, versions.
const TELLING: [u16; 4] = [10, 13, 16, 43];

/// Reads the first bytes of a connection.
pub(crate) fn read(bytes: &[u8]) -> Read {
    match handshake(bytes) {
        Ok(Some(message)) => match Hello::of(&message) {
            Some(hello) => Read::Hello(hello),
            None => Read::Other,
        },
        Ok(None) if bytes.len() < LONGEST => Read::More,
        Ok(None) | Err(NoTls) => Read::Other,
    }
}

struct NoTls;

/// The first handshake message, out of the records that it comes in, once it is whole.
fn handshake(bytes: &[u8]) -> Result<Option<Vec<u8>>, NoTls> {
    let mut message = Vec::new();
    let mut records = Bytes(bytes);
    loop {
        if records.0.first().is_some_and(|kind| *kind != HANDSHAKE)
            || records.0.get(1).is_some_and(|major| *major != 3)
        {
            return Err(NoTls);
        }
        let Some(record) = records.take(3).and_then(|_| records.prefixed(2)) else { break };
        if record.is_empty() {
            return Err(NoTls);
        }
        message.extend_from_slice(record);
        if message[0] != CLIENT_HELLO {
            return Err(NoTls);
        }
        if let Some([_, length @ ..]) = message.first_chunk::<4>() {
            let end = 4 + number(length);
            if message.len() >= end {
                return Ok(Some(message[4..end].to_vec()));
            }
        }
    }
    Ok(None)
}

// === impl Hello ===

impl Hello {
    fn of(message: &[u8]) -> Option<Self> {
        let mut message = Bytes(message);
        let mut habits = DefaultHasher::new();
        message.take(2)?.hash(&mut habits);
        message.take(32)?;
        let _session = message.prefixed(1)?;
        sorted(message.prefixed(2)?).hash(&mut habits);
        let _compression = message.prefixed(1)?;
        let (mut host, mut kinds) = (None, Vec::new());
        if !message.0.is_empty() {
            let mut extensions = Bytes(message.prefixed(2)?);
            while !extensions.0.is_empty() {
                let kind = extensions.number(2)? as u16;
                let content = extensions.prefixed(2)?;
                if kind == NAME {
                    host = server_name(content);
                }
                if FLEETING.contains(&kind) || is_grease(kind) {
                    continue;
                }
                let content = if TELLING.contains(&kind) { without_grease(content) } else { Vec::new() };
                kinds.push((kind, content));
            }
        }
        // Some clients shuffle them on purpose.
        kinds.sort();
        kinds.hash(&mut habits);
        Some(Self { host, habits: habits.finish() })
    }
}

/// The host of the name's extension, if it can be one.
fn server_name(content: &[u8]) -> Option<Box<str>> {
    const HOST: u64 = 0;
    let mut content = Bytes(content);
    let mut list = Bytes(content.prefixed(2)?);
    let kind = list.number(1)?;
    let name = std::str::from_utf8(list.prefixed(2)?).ok()?;
    let is_host = kind == HOST
        && (1..=253).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    is_host.then(|| name.trim_end_matches('.').to_ascii_lowercase().into())
}

fn sorted(pairs: &[u8]) -> Vec<u16> {
    let mut numbers: Vec<u16> = pairs
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .filter(|number| !is_grease(*number))
        .collect();
    numbers.sort_unstable();
    numbers
}

/// Without the values that clients throw in at random (RFC 8701), wherever they stand.
fn without_grease(content: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((&first, after)) = rest.split_first() {
        match after.first() {
            Some(&second) if is_grease(u16::from_be_bytes([first, second])) => rest = &after[1..],
            _ => {
                kept.push(first);
                rest = after;
            }
        }
    }
    kept
}

fn is_grease(number: u16) -> bool {
    let [high, low] = number.to_be_bytes();
    high == low && low & 0x0F == 0x0A
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// Bytes that are read from the front.
struct Bytes<'a>(&'a [u8]);

// === impl Bytes ===

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self, width: usize) -> Option<u64> {
        self.take(width).map(|bytes| number(bytes) as u64)
    }

    /// What stands behind its own length.
    fn prefixed(&mut self, width: usize) -> Option<&'a [u8]> {
        let length = number(self.take(width)?);
        self.take(length)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rustls::pki_types::ServerName;
    use rustls::{ClientConfig, ClientConnection, RootCertStore};

    use super::*;

    fn client(protocols: &[&str]) -> Arc<ClientConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Arc::new(config)
    }

    /// The first bytes of a connection to this host.
    fn said(client: &Arc<ClientConfig>, host: &str) -> Vec<u8> {
        let name = ServerName::try_from(host.to_owned()).unwrap();
        let mut connection = ClientConnection::new(Arc::clone(client), name).unwrap();
        let mut bytes = Vec::new();
        connection.write_tls(&mut bytes).unwrap();
        bytes
    }

    fn hello(bytes: &[u8]) -> Hello {
        match read(bytes) {
            Read::Hello(hello) => hello,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_host_is_read_as_soon_as_the_hello_is_whole_and_not_before() {
        let bytes = said(&client(&["http/1.1"]), "API.OpenAI.com");
        assert_eq!(hello(&bytes).host.as_deref(), Some("api.openai.com"));
        for cut in 0..bytes.len() {
            assert_eq!(read(&bytes[..cut]), Read::More, "cut at {cut}");
        }
    }

    #[test]
    fn a_hello_in_many_records_is_the_same() {
        let bytes = said(&client(&["h2"]), "api.openai.com");
        let pieces: Vec<u8> = bytes[5..]
            .chunks(7)
            .flat_map(|piece| [&[22, 3, 1, 0, piece.len() as u8], piece].concat())
            .collect();
        assert_eq!(hello(&pieces), hello(&bytes));
    }

    #[test]
    fn a_client_is_known_again_whatever_host_it_names_and_another_is_another() {
        let (one, other) = (client(&["http/1.1"]), client(&["h2", "http/1.1"]));
        let habits = |client, host| hello(&said(client, host)).habits;
        assert_eq!(habits(&one, "api.openai.com"), habits(&one, "api.anthropic.com"));
        assert_ne!(habits(&one, "api.openai.com"), habits(&other, "api.openai.com"));
    }

    #[test]
    fn who_names_an_address_names_no_host() {
        assert_eq!(hello(&said(&client(&[]), "192.0.2.1")).host, None);
    }

    #[test]
    fn what_is_no_tls_is_known_by_its_first_byte() {
        assert_eq!(read(b"GET / HTTP/1.1\r\n"), Read::Other);
        assert_eq!(read(b"\x16\x02"), Read::Other);
        assert_eq!(read(b"\x16\x03\x01\x00\x00"), Read::Other);
    }

    #[test]
    fn no_bytes_make_it_stumble() {
        let bytes = said(&client(&["h2"]), "api.openai.com");
        for at in 0..bytes.len() {
            for value in [0, 1, 0x7F, 0xFF] {
                let mut bent = bytes.clone();
                bent[at] = value;
                let _whatever = read(&bent);
            }
        }
    }
}
