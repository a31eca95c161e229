//! Heads: how many lines they may have, and what is changed of them on their way.

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use tollgate_meter::Coding;

/// Header lines of any head: several times what apps and providers were seen to send. hyper's own 100 would be met by the
/// second call of a connection, of which the first said nothing.
pub(crate) const MOST: usize = 256;

/// Where more come. Room for so many costs each head two buffers of 32 kilobytes, so only those get it who need it.
pub(crate) const MOST_OF_LONG: usize = 1_024;

/// The codings that an edited answer can be encoded in again.
const EDITABLE: [&str; 4] = ["gzip", "deflate", "br", "zstd"];

/// Takes out what concerns one connection only. An upgrade keeps the two headers that ask for it.
pub(crate) fn remove_hop_by_hop(headers: &mut HeaderMap, upgrade: Option<HeaderValue>) {
    // One look over the names is cheaper than asking the map for each.
    if !headers.keys().any(is_hop_by_hop) {
        return;
    }
    let named: Vec<HeaderName> = match headers.get(header::CONNECTION) {
        None => Vec::new(),
        Some(_) => headers
            .get_all(header::CONNECTION)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|name| name.trim().parse().ok())
            .collect(),
    };
    for name in named {
        headers.remove(name);
    }
    while let Some(name) = headers.keys().find(|name| is_hop_by_hop(name)).cloned() {
        headers.remove(name);
    }
    if let Some(protocol) = upgrade {
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(header::UPGRADE, protocol);
    }
}

/// Headers that speak of one connection only (RFC 9110 §7.6.1), beside those that `Connection` itself names.
fn is_hop_by_hop(name: &HeaderName) -> bool {
    matches!(name.as_str(), "connection" | "keep-alive" | "proxy-connection" | "te" | "upgrade")
}

/// The protocol that a request asks to change to, or an answer changes to. Not to HTTP/2 (what Java's own client asks of
/// whoever speaks plain HTTP): that would be calls which nobody sees, and it may be declined.
pub(crate) fn upgrade(headers: &HeaderMap) -> Option<HeaderValue> {
    let protocol = headers.get(header::UPGRADE)?;
    if protocol
        .as_bytes()
        .split(|byte| *byte == b',')
        .any(|name| name.trim_ascii().eq_ignore_ascii_case(b"h2c"))
    {
        return None;
    }
    let asks = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|word| word.trim().eq_ignore_ascii_case("upgrade"));
    asks.then(|| protocol.clone())
}

/// An answer that will be edited must come in a coding that we can write again.
pub(crate) fn narrow_accept_encoding(headers: &mut HeaderMap) {
    let offered: Vec<&str> = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    if offered.is_empty() {
        return;
    }
    let kept = offered
        .into_iter()
        .filter(|offer| {
            let coding = offer.split(';').next().unwrap_or_default().trim();
            EDITABLE.iter().any(|editable| coding.eq_ignore_ascii_case(editable))
        })
        .collect::<Vec<_>>()
        .join(", ");
    match HeaderValue::try_from(kept) {
        Ok(kept) if !kept.is_empty() => headers.insert(header::ACCEPT_ENCODING, kept),
        _ => headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity")),
    };
}

/// The body grew (or shrank) by an edit.
pub(crate) fn grow_content_length(headers: &mut HeaderMap, by: i64) {
    let length = text(headers, header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if let Some(length) = length.and_then(|length| length.checked_add_signed(by)) {
        headers.insert(header::CONTENT_LENGTH, length.into());
    }
}

/// A length may be said several times over in one line (RFC 9110, 8.6); where hyper took it, once is written.
pub(crate) fn join_lengths(headers: &mut HeaderMap) {
    let first = text(headers, header::CONTENT_LENGTH).and_then(|lengths| lengths.split_once(','));
    if let Some(Ok(length)) = first.map(|(first, _same)| HeaderValue::from_str(first.trim())) {
        headers.insert(header::CONTENT_LENGTH, length);
    }
}

/// HTTP/2 may cut it into lines that HTTP/1.1 must not have (RFC 9113, 8.2.3).
pub(crate) fn join_cookies(headers: &mut HeaderMap) {
    let crumbs: Vec<&[u8]> = headers.get_all(header::COOKIE).iter().map(HeaderValue::as_bytes).collect();
    if crumbs.len() > 1
        && let Ok(whole) = HeaderValue::from_bytes(&crumbs.join(&b"; "[..]))
    {
        headers.insert(header::COOKIE, whole);
    }
}

pub(crate) fn is_event_stream(headers: &HeaderMap) -> bool {
    text(headers, header::CONTENT_TYPE).is_some_and(|content_type| {
        let essence = content_type.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("text/event-stream")
    })
}

/// How the body is coded; several codings one over the other are one that we do not know.
pub(crate) fn coding(headers: &HeaderMap) -> Coding {
    let mut values = headers.get_all(header::CONTENT_ENCODING).iter();
    match (values.next(), values.next()) {
        (None, _) => Coding::of(None),
        (Some(one), None) => one.to_str().map_or(Coding::Unknown, |one| Coding::of(Some(one))),
        (Some(_), Some(_)) => Coding::Unknown,
    }
}

/// Whether the body says what it says as it is: neither coded nor in gRPC's frames.
pub(crate) fn is_readable(headers: &HeaderMap) -> bool {
    let is_grpc = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/grpc"));
    coding(headers) == Coding::Identity && !is_grpc
}

/// A header's only or first value, if it is text.
pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn what_the_connection_header_names_goes_with_it() {
        let mut headers =
            map(&[("connection", "close, X-Hop"), ("x-hop", "1"), ("te", "trailers"), ("x-kept", "1")]);
        remove_hop_by_hop(&mut headers, None);
        assert_eq!(headers, map(&[("x-kept", "1")]));
    }

    #[test]
    fn an_upgrade_keeps_what_asks_for_it() {
        let mut headers = map(&[("connection", "keep-alive, Upgrade"), ("upgrade", "websocket")]);
        let protocol = upgrade(&headers);
        remove_hop_by_hop(&mut headers, protocol);
        assert_eq!(headers, map(&[("connection", "upgrade"), ("upgrade", "websocket")]));
    }

    #[test]
    fn an_upgrade_header_that_the_connection_does_not_name_asks_for_nothing() {
        assert_eq!(upgrade(&map(&[("upgrade", "h2c")])), None);
    }

    #[test]
    fn a_change_to_http2_is_declined() {
        for protocol in ["h2c", "H2C", "websocket, h2c"] {
            let mut headers = map(&[("connection", "Upgrade, HTTP2-Settings"), ("upgrade", protocol)]);
            headers.insert("http2-settings", HeaderValue::from_static("AAMAAABk"));
            assert_eq!(upgrade(&headers), None);
            remove_hop_by_hop(&mut headers, None);
            assert_eq!(headers, map(&[]));
        }
    }

    #[test]
    fn cookies_that_came_in_crumbs_go_on_in_one_line() {
        let mut headers = HeaderMap::new();
        for crumb in ["a=1", "b=2"] {
            headers.append("cookie", HeaderValue::from_static(crumb));
        }
        join_cookies(&mut headers);
        assert_eq!(headers, map(&[("cookie", "a=1; b=2")]));
    }

    #[test]
    fn a_length_that_is_said_twice_is_handed_on_once() {
        let mut headers = map(&[("content-length", "12, 12")]);
        join_lengths(&mut headers);
        assert_eq!(headers, map(&[("content-length", "12")]));
    }

    #[test]
    fn only_codings_that_can_be_written_again_are_offered() {
        let mut headers = map(&[("accept-encoding", "br;q=1.0, compress, GZIP, *;q=0.1")]);
        narrow_accept_encoding(&mut headers);
        assert_eq!(headers, map(&[("accept-encoding", "br;q=1.0, GZIP")]));
        let mut headers = map(&[("accept-encoding", "compress")]);
        narrow_accept_encoding(&mut headers);
        assert_eq!(headers, map(&[("accept-encoding", "identity")]));
        let mut headers = map(&[]);
        narrow_accept_encoding(&mut headers);
        assert_eq!(headers, map(&[]));
    }
}
