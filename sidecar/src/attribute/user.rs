//! Which user a call is of, as far as its headers say: `x-tollgate-user`, else the baggage member `user.id`. Else the
//! body's own field, which the meter reads.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName};

use super::baggage;

const USER_HEADER: HeaderName = HeaderName::from_static("x-tollgate-user");
const USER_MEMBER: &str = "user.id";

/// Longer ids count as not given.
pub const MAX_USER_BYTES: usize = 1024;

/// What a call's headers say about its user.
#[derive(Debug, PartialEq, Eq)]
pub enum User<'h> {
    Named(Cow<'h, str>),
    /// Only in ways that do not count.
    Misnamed,
    Unnamed,
}

/// The user that the headers name.
pub fn user(headers: &HeaderMap, reads_baggage: bool) -> User<'_> {
    let mut misnamed = false;
    for value in headers.get_all(USER_HEADER) {
        match std::str::from_utf8(value.as_bytes().trim_ascii()) {
            Ok(id) if is_user_id(id) => return User::Named(Cow::Borrowed(id)),
            _ => misnamed = true,
        }
    }
    if reads_baggage {
        for value in baggage::values(headers, USER_MEMBER) {
            match utf8(value) {
                Some(id) if is_user_id(&id) => return User::Named(id),
                _ => misnamed = true,
            }
        }
    }
    if misnamed { User::Misnamed } else { User::Unnamed }
}

/// Whether this can stand in the ledger as somebody: not empty, not longer than [`MAX_USER_BYTES`], no control
/// characters.
pub fn is_user_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= MAX_USER_BYTES && !id.chars().any(char::is_control)
}

fn utf8(bytes: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &[u8])]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_bytes(value).unwrap());
        }
        headers
    }

    fn named(pairs: &[(&'static str, &[u8])]) -> Option<String> {
        match user(&headers(pairs), true) {
            User::Named(id) => Some(id.into_owned()),
            User::Misnamed | User::Unnamed => None,
        }
    }

    #[test]
    fn the_header_comes_before_the_baggage() {
        assert_eq!(named(&[("x-tollgate-user", b"ada"), ("baggage", b"user.id=bob")]), Some("ada".into()));
        assert_eq!(named(&[("baggage", b"user.id=bob%40example.com;p=1")]), Some("bob@example.com".into()));
    }

    #[test]
    fn an_id_may_have_commas_and_any_script() {
        assert_eq!(named(&[("x-tollgate-user", b"Doe, Jane")]), Some("Doe, Jane".into()));
        assert_eq!(named(&[("x-tollgate-user", "Zoë".as_bytes())]), Some("Zoë".into()));
    }

    #[test]
    fn what_is_no_id_counts_as_not_given_and_says_so() {
        let long = [b'a'; MAX_USER_BYTES + 1];
        for wrong in [&b""[..], b"  ", b"a\tb", b"\xff\xfe", &long] {
            assert_eq!(user(&headers(&[("x-tollgate-user", wrong)]), true), User::Misnamed);
            let with_baggage = [("x-tollgate-user", wrong), ("baggage", b"user.id=bob")];
            assert_eq!(named(&with_baggage), Some("bob".into()));
        }
        assert_eq!(user(&headers(&[("baggage", b"user.id=%00")]), true), User::Misnamed);
    }

    #[test]
    fn baggage_counts_only_where_it_may() {
        assert_eq!(user(&headers(&[("baggage", b"user.id=bob")]), false), User::Unnamed);
    }
}
