//! By which names the console may be called: a page of somebody else's whose name comes to lead to us (DNS rebinding) must get
//! nothing, though the browser takes it for the same origin.

use std::{collections::BTreeSet, net::IpAddr, str::FromStr};

use http::{HeaderMap, Uri, header, uri::Authority};

/// Where people reach the console from outside: a scheme, a host and perhaps a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalUrl {
    secure: bool,
    authority: Authority,
}

/// What is no such URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a URL such as https://tollgate.example.com, without a path, found {0:?}")]
pub struct ExternalUrlError(String);

/// Names that are taken.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    external: Option<ExternalUrl>,
    /// In lower case, without a port.
    names: BTreeSet<String>,
}

// === impl ExternalUrl ===

impl FromStr for ExternalUrl {
    type Err = ExternalUrlError;

    fn from_str(text: &str) -> Result<Self, ExternalUrlError> {
        let refused = || ExternalUrlError(text.to_owned());
        let uri: Uri = text.trim().trim_end_matches('/').parse().map_err(|_| refused())?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(refused()),
        };
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'));
        match authority {
            Some(authority) if matches!(uri.path(), "" | "/") && uri.query().is_none() => {
                Ok(Self { secure, authority: authority.clone() })
            }
            _ => Err(refused()),
        }
    }
}

impl ExternalUrl {
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// A URL below it. `path` begins with `/`.
    pub fn with(&self, path: &str) -> String {
        format!("{self}{path}")
    }
}

/// As browsers write an origin.
impl std::fmt::Display for ExternalUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.authority.as_str().to_ascii_lowercase())
    }
}

// === impl Hosts ===

impl Hosts {
    /// The external URL's, this machine's own, the Service's in the cluster, and more.
    pub fn new(
        external: Option<ExternalUrl>,
        service: &str,
        namespace: &str,
        more: impl IntoIterator<Item = String>,
    ) -> Self {
        let mut names: BTreeSet<String> = more.into_iter().map(|name| name.to_ascii_lowercase()).collect();
        names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        for end in ["", &format!(".{namespace}"), &format!(".{namespace}.svc")] {
            names.insert(format!("{service}{end}"));
        }
        names.insert(format!("{service}.{namespace}.svc.cluster.local"));
        if let Some(external) = &external {
            names.insert(external.authority.host().to_ascii_lowercase());
        }
        Self { external, names }
    }

    pub fn external(&self) -> Option<&ExternalUrl> {
        self.external.as_ref()
    }

    /// Whether a request is meant for us.
    pub(super) fn takes(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        asked_host(uri, headers)
            .is_some_and(|authority| self.names.contains(&authority.host().to_ascii_lowercase()))
    }

    /// Whether a page of this origin is one of ours: the external URL, or the very host that is asked.
    pub(super) fn is_our_origin(&self, origin: &str, uri: &Uri, headers: &HeaderMap) -> bool {
        if self.external.as_ref().is_some_and(|external| external.to_string() == origin) {
            return true;
        }
        let page = origin.split_once("://").and_then(|(_, host)| host.parse::<Authority>().ok());
        page.is_some() && page == asked_host(uri, headers)
    }
}

/// HTTP/2 has it in the URI, HTTP/1.1 in a header; two of them are none.
fn asked_host(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    let authority = match uri.authority() {
        Some(authority) => authority.clone(),
        None => {
            let mut hosts = headers.get_all(header::HOST).iter();
            let host = hosts.next()?;
            if hosts.next().is_some() {
                return None;
            }
            host.to_str().ok()?.parse().ok()?
        }
    };
    (!authority.as_str().contains('@')).then_some(authority)
}

/// Behind which a limit is kept: an IPv6 network is one machine's.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let mut octets = address.octets();
            octets[8..].fill(0);
            IpAddr::from(octets)
        }
        four @ IpAddr::V4(_) => four,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn hosts() -> Hosts {
        let external = "https://Tollgate.example.com:8443/".parse().unwrap();
        Hosts::new(Some(external), "tollgate-console", "tollgate-system", [])
    }

    fn host(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::HOST, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn only_its_own_names_lead_to_it() {
        let hosts = hosts();
        let takes = |value| hosts.takes(&Uri::from_static("/"), &host(value));
        for taken in [
            "tollgate.example.com",
            "TOLLGATE.example.com:8443",
            "localhost:18080",
            "127.0.0.1:1",
            "[::1]:8080",
            "tollgate-console.tollgate-system.svc",
            "tollgate-console.tollgate-system.svc.cluster.local:80",
        ] {
            assert!(takes(taken), "{taken}");
        }
        for refused in
            ["evil.example", "10.0.0.7:8080", "tollgate.example.com.evil.example", "a@localhost", ""]
        {
            assert!(!takes(refused), "{refused}");
        }
        assert!(!hosts.takes(&Uri::from_static("/"), &HeaderMap::new()));
        let mut twice = host("localhost");
        twice.append(header::HOST, HeaderValue::from_static("evil.example"));
        assert!(!hosts.takes(&Uri::from_static("/"), &twice));
    }

    #[test]
    fn an_origin_is_ours_by_the_external_url_or_by_the_host_that_is_asked() {
        let hosts = hosts();
        let ours = |origin, asked| hosts.is_our_origin(origin, &Uri::from_static("/"), &host(asked));
        assert!(ours("https://tollgate.example.com:8443", "internal:80"));
        assert!(ours("http://localhost:18080", "localhost:18080"));
        assert!(!ours("http://localhost:3000", "localhost:18080"));
        assert!(!ours("https://docs.example.com", "tollgate.example.com:8443"));
        assert!(!ours("null", "localhost"));
    }

    #[test]
    fn a_url_with_a_path_or_another_scheme_is_refused() {
        for refused in ["tollgate.example.com", "ftp://a", "https://a/b", "https://u@a", "https://a?b"] {
            assert_eq!(refused.parse::<ExternalUrl>(), Err(ExternalUrlError(refused.to_owned())));
        }
    }
}
