//! What is ours is taken out of a request before it goes up.

use http::{HeaderMap, HeaderValue};

use super::baggage::{self, BAGGAGE};

const OUR_HEADERS: &str = "x-tollgate-";
const OUR_MEMBERS: &[u8] = b"tollgate.";

/// Takes out our headers (`x-tollgate-*`) and our baggage members (`tollgate.*`). Other members stay as they are, byte
/// for byte; a baggage header in which none is left goes.
pub fn strip(headers: &mut HeaderMap) {
    while let Some(ours) = headers.keys().find(|name| name.as_str().starts_with(OUR_HEADERS)).cloned() {
        headers.remove(ours);
    }
    if headers.get_all(BAGGAGE).iter().any(|value| has_ours(value.as_bytes())) {
        let values: Vec<HeaderValue> = headers.get_all(BAGGAGE).iter().filter_map(others).collect();
        headers.remove(BAGGAGE);
        for value in values {
            headers.append(BAGGAGE, value);
        }
    }
}

fn has_ours(value: &[u8]) -> bool {
    baggage::members(value).any(is_ours)
}

fn is_ours(member: &[u8]) -> bool {
    baggage::key(member).starts_with(OUR_MEMBERS)
}

/// The header without our members.
fn others(value: &HeaderValue) -> Option<HeaderValue> {
    if !has_ours(value.as_bytes()) {
        return Some(value.clone());
    }
    let mut kept = Vec::with_capacity(value.len());
    for (index, member) in baggage::members(value.as_bytes()).filter(|member| !is_ours(member)).enumerate() {
        if index > 0 {
            kept.push(b',');
        }
        kept.extend_from_slice(member);
    }
    if kept.iter().all(|byte| matches!(byte, b',' | b' ' | b'\t')) {
        return None;
    }
    // Pieces of a header's value are one again.
    HeaderValue::from_maybe_shared(kept).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn stripped(pairs: &[(&'static str, &'static str)]) -> Vec<(String, String)> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        strip(&mut headers);
        let text = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.to_string(), value.to_str().unwrap().to_owned())
        };
        let mut left: Vec<_> = headers.iter().map(text).collect();
        left.sort();
        left
    }

    fn baggage(value: &'static str) -> Option<String> {
        stripped(&[("baggage", value)]).pop().map(|(_, value)| value)
    }

    #[test]
    fn all_headers_of_ours_go_and_all_others_stay() {
        let left = stripped(&[
            ("x-tollgate-feature", "chat"),
            ("x-tollgate-feature", "twice"),
            ("x-tollgate-user", "ada"),
            ("x-tollgate-anything", "1"),
            ("x-tollgate", "not ours"),
            ("authorization", "Bearer k"),
        ]);
        assert_eq!(
            left,
            [
                ("authorization".to_owned(), "Bearer k".to_owned()),
                ("x-tollgate".to_owned(), "not ours".to_owned())
            ]
        );
    }

    #[test]
    fn other_members_stay_byte_for_byte() {
        assert_eq!(baggage(" a=1 ; p , tollgate.feature=chat;p=1, b = 2 "), Some(" a=1 ; p , b = 2 ".into()));
        assert_eq!(baggage("a=1,tollgate.x=1"), Some("a=1".into()));
        assert_eq!(baggage("user.id=ada,tollgate.feature=chat"), Some("user.id=ada".into()));
    }

    #[test]
    fn a_header_without_members_of_ours_is_not_touched() {
        assert_eq!(baggage("a=tollgate.feature , ,b=1"), Some("a=tollgate.feature , ,b=1".into()));
    }

    #[test]
    fn a_header_in_which_nothing_is_left_goes() {
        assert_eq!(baggage("tollgate.feature=chat"), None);
        assert_eq!(baggage(" tollgate.feature=chat , "), None);
    }

    #[test]
    fn each_of_several_headers_keeps_what_is_not_ours() {
        let left =
            stripped(&[("baggage", "tollgate.a=1"), ("baggage", "b=1"), ("baggage", "tollgate.c=1,d=1")]);
        assert_eq!(
            left,
            [("baggage".to_owned(), "b=1".to_owned()), ("baggage".to_owned(), "d=1".to_owned())]
        );
    }
}
