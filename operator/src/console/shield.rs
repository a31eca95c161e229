//! What every request passes and every answer carries, whatever is asked: our own host's name, no forged identity, no change
//! from a page of another site; then headers that keep browsers from being used against the person. Who gets nothing is logged
//! here, with why, and never with what they sent.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};

use super::{
    door::Door,
    hosts::{ExternalUrl, Hosts},
    refused::{Asked, Refused, Why},
    session::secret,
};

/// What the scripts of this answer carry, and no script that somebody else put there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonce(pub Arc<str>);

/// From where a request's connection comes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Beside an answer: for whom it was.
#[derive(Clone, Debug)]
pub(super) struct Who(pub(super) Arc<str>);

/// Headers by which proxies name people to those who believe them. We never do.
const IDENTITIES: [&str; 10] = [
    "x-forwarded-user",
    "x-forwarded-email",
    "x-forwarded-groups",
    "x-forwarded-preferred-username",
    "x-forwarded-access-token",
    "x-webauth-user",
    "x-webauth-groups",
    "x-user",
    "x-groups",
    "remote-user",
];
const IDENTITY_PREFIXES: [&str; 3] = ["impersonate-", "x-auth-request-", "x-remote-"];

/// For every answer. Pages are nobody's to keep: a browser that is handed on must not show them.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

pub(super) async fn pass(State(door): State<Arc<Door>>, mut request: Request, next: Next) -> Response {
    let asked = Asked::of(request.method(), request.uri(), request.headers());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0);
    let nonce: Arc<str> = match secret::<16>() {
        Ok(bytes) => STANDARD.encode(bytes).into(),
        // Nothing may be guessed: then no script runs.
        Err(_) => "".into(),
    };
    request.extensions_mut().insert(Nonce(Arc::clone(&nonce)));

    let forged = drop_identities(request.headers_mut());
    if !forged.is_empty() {
        let headers = forged.join(", ");
        tracing::warn!(?peer, %method, path, headers, "headers that name somebody were dropped: the console believes none");
    }
    let refused = if door.hosts.takes(request.uri(), request.headers()) {
        refused_origin(&door.hosts, &request).err()
    } else {
        Some(Refused::Host)
    };
    let mut response = match refused {
        Some(refused) => refused.answer(&asked),
        None => next.run(request).await,
    };

    if let Some(Why(refused)) = response.extensions().get() {
        door.metrics.refused(refused.label());
    }
    if response.status().is_client_error() || response.extensions().get::<Why>().is_some() {
        let why = response.extensions().get::<Why>().map(|Why(refused)| refused.label());
        let who = response.extensions().get::<Who>().map(|Who(name)| Arc::clone(name));
        let status = response.status().as_u16();
        tracing::warn!(?peer, who = who.as_deref(), %method, path, status, why, "refused");
    }
    cover(response.headers_mut(), &nonce, &door.hosts);
    response
}

/// Takes out every header that names somebody; gives their names.
fn drop_identities(headers: &mut HeaderMap) -> Vec<String> {
    let names: Vec<HeaderName> = headers
        .keys()
        .filter(|name| {
            let name = name.as_str();
            IDENTITIES.contains(&name) || IDENTITY_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        })
        .cloned()
        .collect();
    for name in &names {
        headers.remove(name);
    }
    names.iter().map(ToString::to_string).collect()
}

/// A browser says by itself from where a request comes. A sister domain is another site: cookies are sent from there all the same.
fn refused_origin(hosts: &Hosts, request: &Request) -> Result<(), Refused> {
    let headers = request.headers();
    let word = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    match word("sec-fetch-site") {
        Some("same-origin" | "none") => Ok(()),
        // Links from elsewhere lead here; pictures and scripts of others do not.
        Some(_) if reads && word("sec-fetch-mode").is_none_or(|mode| mode == "navigate") => Ok(()),
        Some(_) => Err(Refused::Origin),
        None if reads => Ok(()),
        None => match word("origin") {
            Some(origin) if hosts.is_our_origin(origin, request.uri(), headers) => Ok(()),
            Some(_) => Err(Refused::Origin),
            // No browser puts a token there by itself.
            None if headers.contains_key(header::AUTHORIZATION) => Ok(()),
            None => Err(Refused::NoOrigin),
        },
    }
}

fn cover(headers: &mut HeaderMap, nonce: &str, hosts: &Hosts) {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; \
         img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types tollgate"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if hosts.external().is_some_and(ExternalUrl::is_secure) {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn judged(method: &str, headers: &[(&str, &str)]) -> Result<(), Refused> {
        let hosts = Hosts::new(
            "https://tollgate.example.com".parse().ok(),
            "tollgate-console",
            "tollgate-system",
            [],
        );
        let mut request = http::Request::builder().method(method).uri("/features");
        for (name, value) in [("host", "tollgate.example.com")].iter().chain(headers) {
            request = request.header(*name, *value);
        }
        refused_origin(&hosts, &request.body(Body::empty()).unwrap())
    }

    #[test]
    fn a_change_comes_from_our_own_pages_or_with_a_token() {
        assert_eq!(judged("POST", &[("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(judged("POST", &[("origin", "https://tollgate.example.com")]), Ok(()));
        assert_eq!(judged("DELETE", &[("authorization", "Bearer x")]), Ok(()));
        assert_eq!(judged("POST", &[]), Err(Refused::NoOrigin));
        assert_eq!(judged("POST", &[("cookie", "__Host-tollgate=1.x")]), Err(Refused::NoOrigin));
    }

    #[test]
    fn a_sister_domain_is_another_site() {
        for site in ["same-site", "cross-site", "anything"] {
            for more in [("origin", "https://tollgate.example.com"), ("authorization", "Bearer x")] {
                assert_eq!(judged("POST", &[("sec-fetch-site", site), more]), Err(Refused::Origin), "{site}");
            }
        }
        for origin in ["https://docs.example.com", "http://tollgate.example.com:81", "null", ""] {
            assert_eq!(judged("PUT", &[("origin", origin)]), Err(Refused::Origin), "{origin}");
        }
    }

    #[test]
    fn links_from_elsewhere_lead_here_and_pictures_do_not() {
        let from = |mode| judged("GET", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", mode)]);
        assert_eq!(from("navigate"), Ok(()));
        assert_eq!(from("no-cors"), Err(Refused::Origin));
        assert_eq!(judged("GET", &[]), Ok(()));
    }

    #[test]
    fn whoever_names_somebody_in_a_header_names_nobody() {
        let mut headers = HeaderMap::new();
        for name in ["Impersonate-User", "Impersonate-Extra-scopes", "X-Forwarded-User", "X-Remote-Group"] {
            headers.insert(HeaderName::try_from(name).unwrap(), HeaderValue::from_static("admin"));
        }
        headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        assert_eq!(drop_identities(&mut headers).len(), 4);
        assert_eq!(headers.keys().collect::<Vec<_>>(), [header::ACCEPT]);
    }
}
