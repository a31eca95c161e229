//! Paths as whoever serves them understands them.

use std::borrow::Cow;

use memchr::memchr;
use percent_encoding::percent_decode_str;

/// The path with its escapes undone, its double slashes single, its last one gone and its dots resolved: what tables and rules
/// are asked about, so that another spelling of a path is no way around them. Nearly all are plain already, and are borrowed.
pub fn plain(path: &str) -> Cow<'_, str> {
    if is_plain(path) {
        return Cow::Borrowed(path);
    }
    let undone = undo_escapes(path);
    let mut kept: Vec<&str> = Vec::new();
    for segment in undone.split('/').filter(|segment| !segment.is_empty()) {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let mut plain = String::with_capacity(undone.len());
    for segment in kept {
        plain.push('/');
        plain.push_str(segment);
    }
    if plain.is_empty() {
        plain.push('/');
    }
    Cow::Owned(plain)
}

fn is_plain(path: &str) -> bool {
    memchr(b'%', path.as_bytes()).is_none()
        && (path.len() < 2 || !path.ends_with('/'))
        && !path.as_bytes().windows(2).any(|two| two == b"//" || two == b"/.")
}

/// What is no text then is a mark: the rest of the path is read all the same.
fn undo_escapes(path: &str) -> Cow<'_, str> {
    percent_decode_str(path).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_path_is_borrowed_as_it_is() {
        for path in ["/v1/chat/completions", "/", "", "/v1beta/models/gemini-2.5-pro:generateContent"] {
            assert!(matches!(plain(path), Cow::Borrowed(same) if same == path), "{path}");
        }
    }

    #[test]
    fn other_spellings_of_a_path_are_that_path() {
        for (path, expected) in [
            ("//v1///realtime", "/v1/realtime"),
            ("/v1/./realtime", "/v1/realtime"),
            ("/v1/agents/../chat/completions", "/v1/chat/completions"),
            ("/v1/agents/%2e%2E/chat/completions", "/v1/chat/completions"),
            ("/v1/skills/..%2Fchat/completions", "/v1/chat/completions"),
            ("/v1/chat/completions/", "/v1/chat/completions"),
            ("/v1/chat/completions/.", "/v1/chat/completions"),
            ("/v1/chat/completions//", "/v1/chat/completions"),
            ("/v1/ch%61t/completions", "/v1/chat/completions"),
            ("/v1/skills/%ff/%2e%2e/%2e%2e/chat/completions", "/v1/chat/completions"),
            ("/v1beta/models/g%3AgenerateContent", "/v1beta/models/g:generateContent"),
            ("/../..", "/"),
            ("//", "/"),
        ] {
            assert_eq!(plain(path), expected, "{path}");
        }
    }

    #[test]
    fn what_is_no_escape_or_no_text_stays_as_it_is_written() {
        for path in ["/v1/%zz", "/v1/100%", "/v1/.hidden", "/v1/a..b"] {
            assert_eq!(plain(path), path);
        }
    }

    proptest::proptest! {
        #[test]
        fn a_path_that_was_made_plain_needs_nothing_more(path in "(/|\\.|[ab]|%2e|%2f|%61){0,12}") {
            let once = plain(&format!("/{path}")).into_owned();
            proptest::prop_assert_eq!(plain(&once), once.as_str());
        }
    }
}
