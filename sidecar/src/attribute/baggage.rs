//! W3C Baggage (<https://www.w3.org/TR/baggage/>): `key=value;property;property=x, key2=value2`, over any number of
//! headers. Values are percent-encoded; properties say nothing to us.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName};
use percent_encoding::percent_decode;

pub(super) const BAGGAGE: HeaderName = HeaderName::from_static("baggage");

/// The values under a key, decoded, in the order they stand in.
pub(super) fn values<'h>(headers: &'h HeaderMap, key: &'static str) -> impl Iterator<Item = Cow<'h, [u8]>> {
    headers
        .get_all(BAGGAGE)
        .iter()
        .flat_map(|header| members(header.as_bytes()))
        .filter(move |member| self::key(member) == key.as_bytes())
        .map(value)
}

/// The members of a header, each with the spaces around it.
pub(super) fn members(header: &[u8]) -> impl Iterator<Item = &[u8]> {
    header.split(|byte| *byte == b',')
}

/// A member's key.
pub(super) fn key(member: &[u8]) -> &[u8] {
    let end = member.iter().position(|byte| matches!(byte, b'=' | b';')).unwrap_or(member.len());
    member[..end].trim_ascii()
}

/// A member's value without its properties, decoded.
fn value(member: &[u8]) -> Cow<'_, [u8]> {
    let member = member.split(|byte| *byte == b';').next().unwrap_or_default();
    let value = member.iter().position(|byte| *byte == b'=').map_or(&[][..], |at| &member[at + 1..]);
    percent_decode(value.trim_ascii()).into()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn headers(values: &[&[u8]]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(BAGGAGE, HeaderValue::from_bytes(value).unwrap());
        }
        headers
    }

    fn found(values: &[&str]) -> Vec<String> {
        let headers = headers(&values.iter().map(|value| value.as_bytes()).collect::<Vec<_>>());
        let text = |value: Cow<'_, [u8]>| String::from_utf8_lossy(&value).into_owned();
        super::values(&headers, "k").map(text).collect()
    }

    #[test]
    fn a_value_is_decoded_and_its_properties_are_ignored() {
        assert_eq!(found(&["k=v"]), ["v"]);
        assert_eq!(found(&["a=1, k = v%20w ;p;q=2 ,b=2"]), ["v w"]);
        assert_eq!(found(&["k=a=b"]), ["a=b"]);
    }

    #[test]
    fn members_are_found_in_every_header() {
        assert_eq!(found(&["a=1", "b=2,k=1", "k=2"]), ["1", "2"]);
    }

    #[test]
    fn a_member_without_a_value_has_an_empty_one() {
        assert_eq!(found(&["k", "k=", "k;p=1"]), ["", "", ""]);
    }

    #[test]
    fn a_key_is_compared_whole_and_in_its_case() {
        assert_eq!(found(&["K=1,kk=2,xk=3,k.k=4"]), Vec::<String>::new());
    }

    #[test]
    fn a_broken_escape_stays_as_it_is() {
        assert_eq!(found(&["k=%zz%4"]), ["%zz%4"]);
    }

    proptest! {
        #[test]
        fn whatever_was_encoded_is_read_back(value in ".{0,40}", before in "[a-j]{1,4}=[a-z]{0,4}") {
            let encoded = percent_encoding::utf8_percent_encode(&value, percent_encoding::NON_ALPHANUMERIC);
            let header = format!("{before} , k={encoded};p=1");
            prop_assert_eq!(found(&[&header]), [value]);
        }

        #[test]
        fn any_bytes_are_read_without_harm(bytes in proptest::collection::vec(0x20_u8..=0x7e, 0..200)) {
            for value in values(&headers(&[&bytes]), "k") {
                prop_assert!(value.len() <= bytes.len());
            }
        }
    }
}
