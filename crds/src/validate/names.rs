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

/// A path without its query, in which `*` stands for any characters.
pub(super) fn is_path_glob(glob: &str) -> bool {
    glob.starts_with(['/', '*'])
        && glob.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:/@+~=,*%$&();".contains(&byte))
}

/// A token of RFC 9110.
pub(super) fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-!#$%&*+.^_`|~".contains(&byte))
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
