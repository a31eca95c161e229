//! Where a provider or the operator is reached, as settings write it: `https://gateway.example:8443/openai`. The operator refuses what no sidecar
//! would start with, so both read it here.

use std::{fmt, str::FromStr};

use http::Uri;

/// Scheme, host and port, and a path in front of all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub scheme: Scheme,
    /// As it is looked up: of an IPv6 address without brackets.
    pub host: String,
    pub port: u16,
    /// What stands in a `Host` header: without the scheme's own port.
    pub authority: String,
    /// Empty, or begins with a slash and does not end with one.
    pub path: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Http,
    Https,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("{found:?} is not an address; write one such as https://gateway.example:8443")]
    NotAnAddress { found: String },
    #[error(
        "{found:?} does not begin with http:// or https://; write one such as https://gateway.example:8443"
    )]
    Scheme { found: String },
    /// Does not repeat what it found: a login is a secret.
    #[error(
        "the address carries a login, a query or a fragment; write one such as https://gateway.example:8443/openai"
    )]
    More,
}

// === impl Address ===

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if text.contains(['@', '?', '#']) {
            return Err(AddressError::More);
        }
        let not_an_address = || AddressError::NotAnAddress { found: text.to_owned() };
        let uri: Uri = text.parse().map_err(|_| not_an_address())?;
        let scheme = match uri.scheme_str() {
            Some("http") => Scheme::Http,
            Some("https") => Scheme::Https,
            _ => return Err(AddressError::Scheme { found: text.to_owned() }),
        };
        let authority = uri.authority().ok_or_else(not_an_address)?;
        let host = authority.host();
        // what is no port would count as none
        let port = match authority.as_str().strip_prefix(host) {
            Some("") => scheme.default_port(),
            Some(rest) if rest.starts_with(':') => authority.port_u16().ok_or_else(not_an_address)?,
            Some(_) | None => return Err(not_an_address()),
        };
        let name = host.trim_start_matches('[').trim_end_matches(']');
        if name.is_empty() {
            return Err(not_an_address());
        }
        let is_default = port == scheme.default_port();
        Ok(Self {
            scheme,
            host: name.to_owned(),
            port,
            authority: if is_default { host.to_owned() } else { format!("{host}:{port}") },
            path: uri.path().trim_end_matches('/').to_owned(),
        })
    }
}

// === impl Scheme ===

impl Scheme {
    pub fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Http => "http",
            Self::Https => "https",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Address, AddressError> {
        text.parse()
    }

    #[test]
    fn a_gateway_has_a_port_and_a_path_and_its_schemes_own_port_is_not_said() {
        let gateway = read("https://gateway.example:8443/ai/").unwrap();
        assert_eq!((gateway.authority.as_str(), gateway.path.as_str()), ("gateway.example:8443", "/ai"));
        let standard = read("https://gateway.example:443").unwrap();
        assert_eq!(
            (standard.authority.as_str(), standard.port, standard.path.as_str()),
            ("gateway.example", 443, "")
        );
        let bracketed = read("http://[2001:db8::1]:8080/").unwrap();
        assert_eq!(
            (bracketed.host.as_str(), bracketed.authority.as_str()),
            ("2001:db8::1", "[2001:db8::1]:8080")
        );
    }

    #[test]
    fn what_is_no_address_is_refused_and_a_login_is_not_repeated() {
        for text in [
            "https://gateway example",
            "https://gateway.example/a b",
            "https://gätway.example",
            "https://[::1",
            "https://gateway.example\\openai",
            "https://gateway.example:99999",
            "https://gateway.example:",
            "https://:8443",
            "https://[]",
            "https://[::1]junk:8080",
            "gateway.example:8080",
            "ftp://gateway.example",
            "",
        ] {
            let said = read(text).unwrap_err().to_string();
            assert!(said.contains("; write one such as"), "{text}: {said}");
        }
        for text in [
            "https://user:secret@gateway.example",
            "https://gateway.example?key=secret",
            "https://gateway.example#key=secret",
        ] {
            assert_eq!(read(text), Err(AddressError::More));
        }
    }
}
