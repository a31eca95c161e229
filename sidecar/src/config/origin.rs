//! Where a provider really is: scheme, host and port, and a path that a company gateway may want in front.

use std::fmt;
use std::str::FromStr;

use http::HeaderValue;
use http::uri::Uri;
use tollgate_crds::{Address, AddressError, Scheme};
use tollgate_meter::Provider;

/// The place a provider's calls go to, with what each call needs of it made ready once.
#[derive(Debug, Clone)]
pub struct Origin {
    pub scheme: Scheme,
    /// The name to look up and to check the certificate against.
    pub host: Box<str>,
    pub port: u16,
    /// What stands in the `Host` header: without the scheme's own port.
    pub host_header: HeaderValue,
    /// In front of every path; empty for a provider's own address, never ends with a slash.
    pub path_prefix: Box<str>,
}

// === impl Origin ===

impl Origin {
    /// The provider's own public address.
    pub fn of_provider(provider: Provider) -> Self {
        let host = provider.host();
        Self {
            scheme: Scheme::Https,
            host: host.into(),
            port: Scheme::Https.default_port(),
            host_header: HeaderValue::from_static(host),
            path_prefix: "".into(),
        }
    }

    /// A host's own public address; `None` where it is no name of a host.
    pub(crate) fn of_host(host: &str) -> Option<Self> {
        Some(Self {
            scheme: Scheme::Https,
            host: host.into(),
            port: Scheme::Https.default_port(),
            host_header: HeaderValue::from_str(host).ok()?,
            path_prefix: "".into(),
        })
    }
}

impl Origin {
    /// A path here, as HTTP/2 has it: with scheme and host.
    pub(crate) fn absolute(&self, path: Uri) -> Result<Uri, http::Error> {
        let mut parts = path.into_parts();
        parts.scheme = Some(self.scheme.to_string().parse()?);
        parts.authority = Some(self.host_header.as_bytes().try_into()?);
        Ok(Uri::from_parts(parts)?)
    }
}

impl FromStr for Origin {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let Address { scheme, host, port, authority, path } = text.parse()?;
        let host_header = HeaderValue::try_from(authority)
            .map_err(|_| AddressError::NotAnAddress { found: text.to_owned() })?;
        Ok(Self { scheme, host: host.into(), port, host_header, path_prefix: path.into() })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host_header.to_str().unwrap_or(&self.host);
        write!(formatter, "{}://{host}{}", self.scheme, self.path_prefix)
    }
}
