//! Globs with one wildcard: `*` stands for any characters, or none.

/// A pattern, cut at its stars. Matching takes no memory and never goes back: linear in the text for each part.
#[derive(Debug)]
pub(crate) struct Glob {
    /// What the text begins with; all of it where there is no star.
    first: Box<str>,
    /// What comes between stars, in this order.
    between: Box<[Box<str>]>,
    /// What the text ends with; `None` where there is no star.
    last: Option<Box<str>>,
}

// === impl Glob ===

impl Glob {
    pub(crate) fn new(pattern: &str) -> Self {
        let mut parts = pattern.split('*');
        let first = parts.next().unwrap_or_default().into();
        let last = parts.next_back().map(Into::into);
        let between = parts.filter(|part| !part.is_empty()).map(Into::into).collect();
        Self { first, between, last }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(&*self.first) else { return false };
        let Some(last) = &self.last else { return rest.is_empty() };
        let Some(mut rest) = rest.strip_suffix(&**last) else { return false };
        // Each part as early as it can stand leaves the most for those behind it.
        for part in &self.between {
            match rest.find(&**part) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition itself, slow and plain.
    fn naive(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            ([b'*', rest @ ..], _) => (0..=text.len()).any(|skip| naive(rest, &text[skip..])),
            ([a, pattern @ ..], [b, text @ ..]) => a == b && naive(pattern, text),
            _ => false,
        }
    }

    #[test]
    fn a_star_stands_for_any_characters_or_none() {
        let table = [
            ("gpt-5", "gpt-5", true),
            ("gpt-5", "gpt-5-mini", false),
            ("gpt-*", "gpt-", true),
            ("*", "", true),
            ("/v1/*/messages", "/v1/a/b/messages", true),
            ("a*a", "a", false),
            ("*b*b*", "abcb", true),
            ("*sonnet*", "claude-sonnet-4-5", true),
            ("", "x", false),
        ];
        for (pattern, text, expected) in table {
            assert_eq!(Glob::new(pattern).matches(text), expected, "{pattern} on {text}");
        }
    }

    proptest! {
        #[test]
        fn matching_is_what_the_definition_says(pattern in "[ab*]{0,8}", text in "[ab]{0,10}") {
            prop_assert_eq!(Glob::new(&pattern).matches(&text), naive(pattern.as_bytes(), text.as_bytes()));
        }
    }
}
