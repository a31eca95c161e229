//! What somebody else has written, for a terminal: a reason, a name. It cannot make a line of its own, move, colour or turn what stands beside it.

use std::borrow::Cow;

/// The text with what a terminal would obey written out: `\n`, `\u{1b}`, `\u{202e}`.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let written = |character: char| match is_obeyed(character) {
        true => character.escape_default().to_string(),
        false => character.to_string(),
    };
    Cow::Owned(text.chars().map(written).collect())
}

/// Control characters, ends of lines and paragraphs, and what changes the direction of writing.
fn is_obeyed(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(plain("too dear\nchat changed by bob"), "too dear\\nchat changed by bob");
        assert_eq!(plain("\u{1b}]0;title\u{7}\u{9b}2J"), "\\u{1b}]0;title\\u{7}\\u{9b}2J");
        assert_eq!(plain("a\u{202e}b\u{2066}c\u{2028}d"), "a\\u{202e}b\\u{2066}c\\u{2028}d");
    }

    #[test]
    fn all_else_stays_as_it_is() {
        let text = "zu teuer, “größer” als 😀 \\n 日本 עברית";
        assert!(matches!(plain(text), Cow::Borrowed(same) if same == text));
    }
}
