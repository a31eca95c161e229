//! What names, globs and labels are made of: each the same as its pattern in `schema`.

/// Whether a feature can be called this: a DNS-1123 subdomain of at most 253 bytes, so that a flag can have its name.
pub fn is_feature_name(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_dns_part)
}

/// A DNS-1123 label: a namespace's or a container's name.
pub(super) fn is_dns_label(name: &str) -> bool {
    name.len() <= 63 && is_dns_part(name)
}

/// A label's key: `app` or `example.com/team`.
pub(super) fn is_label_key(key: &str) -> bool {
    match key.split_once('/') {
        Some((prefix, name)) => {
            prefix.len() <= 253 && prefix.split('.').all(is_dns_part) && is_label_name(name)
        }
        None => is_label_name(key),
    }
}

/// A label's value, which may be empty.
pub(super) fn is_label_value(value: &str) -> bool {
    value.is_empty() || is_label_name(value)
}

/// A model's name, in which `*` stands for any characters.
pub(super) fn is_model_glob(glob: &str) -> bool {
    !glob.is_empty()
        && glob.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:/@+~=,*".contains(&byte))
}

/// One model's name.
pub(super) fn is_model(name: &str) -> bool {
    is_model_glob(name) && !name.contains('*')
}

/// A path without its query, in which `*` stands for any characters.
pub(super) fn is_path_glob(glob: &str) -> bool {
    glob.starts_with(['/', '*'])
        && glob.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:/@+~=,*%$&();".contains(&byte))
}

/// A group of calls: `fp-` and twelve hex digits.
pub(super) fn is_fingerprint(id: &str) -> bool {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    id.strip_prefix("fp-").is_some_and(|hash| hash.len() == 12 && hash.bytes().all(is_hex))
}

/// A token of RFC 9110.
pub(super) fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-!#$%&*+.^_`|~".contains(&byte))
}

/// A user's id: no control characters in it.
pub(super) fn is_user_id(id: &str) -> bool {
    !id.is_empty() && !id.chars().any(char::is_control)
}

/// What looks like `2026-12-01T08:00`, with seconds or without, and `Z`, an offset or a zone in brackets behind it.
pub(super) fn is_moment(text: &str) -> bool {
    let Some((minutes, rest)) = text.split_at_checked("2026-12-01T08:00".len()) else { return false };
    let Some(rest) = rest.strip_prefix(':').map_or(Some(rest), |seconds| {
        seconds.split_at_checked(2).filter(|(seconds, _)| is_like(seconds, "00")).map(|(_, rest)| rest)
    }) else {
        return false;
    };
    let zone = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-+_/".contains(&byte))
    };
    is_like(minutes, "0000-00-00T00:00")
        && (rest == "Z"
            || is_like(rest, "+00:00")
            || is_like(rest, "-00:00")
            || rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).is_some_and(zone))
}

/// Whether the text is this one, where `0` stands for any digit.
fn is_like(text: &str, model: &str) -> bool {
    text.len() == model.len()
        && text.bytes().zip(model.bytes()).all(|(found, wanted)| match wanted {
            b'0' => found.is_ascii_digit(),
            _ => found == wanted,
        })
}

fn is_dns_part(part: &str) -> bool {
    let bytes = part.as_bytes();
    let inner = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    bytes.iter().all(inner)
        && bytes.first().is_some_and(|b| *b != b'-')
        && bytes.last().is_some_and(|b| *b != b'-')
}

fn is_label_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    name.len() <= 63
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
        && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_called_what_a_flag_can_be_called() {
        for name in ["chat", "writing-assistant", "a", "a.b.c", "0", "x--y", &"a".repeat(253)] {
            assert!(is_feature_name(name), "{name}");
        }
        for name in [
            "",
            "Chat",
            "-a",
            "a-",
            "a.",
            ".a",
            "a..b",
            "a.-b",
            "a_b",
            "a b",
            "ä",
            "a\n",
            "a/b",
            &"a".repeat(254),
        ] {
            assert!(!is_feature_name(name), "{name}");
        }
    }

    #[test]
    fn a_label_key_may_have_a_prefix() {
        for key in ["app", "example.com/team", "App_1.x", "a/B"] {
            assert!(is_label_key(key), "{key}");
        }
        for key in ["", "/", "/a", "a/", "a/b/c", "-a", "A.com/x", &"a".repeat(64)] {
            assert!(!is_label_key(key), "{key}");
        }
    }

    #[test]
    fn a_star_is_the_only_wildcard() {
        assert!(is_model_glob("claude-*") && is_model_glob("ft:gpt-4o:acme::x1") && is_model_glob("*"));
        for glob in ["gpt-[45]", "gpt-?", "{a,b}", "!a", "a b", "", "gpt\\*"] {
            assert!(!is_model_glob(glob), "{glob}");
        }
        assert!(is_path_glob("/v1/images/*") && is_path_glob("*/messages"));
        for glob in ["", "v1/chat", "/v1?x=1", "/v1/[a]", "/v1/a b"] {
            assert!(!is_path_glob(glob), "{glob}");
        }
    }
}
