use crate::text::TextMeasure;

/// What is wanted of a value. `F` names the places, for the sink.
#[derive(Clone, Copy)]
pub(crate) enum Shape<F: 'static> {
    /// Nothing.
    Skip,
    /// A string, number, boolean or null.
    Value(F),
    /// An object, with the members that are wanted of it.
    Object(F, &'static [(&'static str, Self)]),
    /// An array, and what is wanted of each element.
    Each(&'static Self),
    /// Text: every string in it is measured, however deep, but for members whose names say that they are no prose
    /// (ids, types) or no text (pictures, recordings, files).
    Prose,
    /// Structured text, such as a tool's schema: names are measured like values.
    Schema,
}

/// The members of both lists, `N` in all: what one provider says as another does, and what it adds.
pub(crate) const fn joined<F: Copy, const N: usize>(
    first: &[(&'static str, Shape<F>)],
    more: &[(&'static str, Shape<F>)],
) -> [(&'static str, Shape<F>); N] {
    assert!(first.len() + more.len() == N);
    let mut all = [("", Shape::Skip); N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() { first[at] } else { more[at - first.len()] };
        at += 1;
    }
    all
}

/// A value as it was met where a scalar was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar<'a> {
    Null,
    Bool(bool),
    /// As spelled.
    Number(&'a [u8]),
    /// Decoded. Not always UTF-8: the bytes are the sender's.
    Text(&'a [u8]),
    /// A string or number longer than anybody wants.
    TooLong,
    /// An object or array.
    Container,
}

/// Who wants the values. Positions are byte offsets in the document, as fed.
pub(crate) trait Sink<F> {
    /// A wanted value that is no container, or a container of another kind than wanted. `start..end` is its place;
    /// a container has only a start.
    fn scalar(&mut self, field: F, value: Scalar<'_>, start: u64, end: u64);

    /// A wanted object has begun: `at` is its brace.
    fn open(&mut self, _field: F, _at: u64) {}

    /// A wanted object has ended: `at` is its brace; `members` counts what was in it.
    fn close(&mut self, _field: F, _at: u64, _members: u64) {}

    /// A wanted object has a member that its shape does not name.
    fn unnamed(&mut self, _field: F, _name: &[u8]) {}

    /// The same of protobuf, whose members have numbers.
    fn unnumbered(&mut self, _field: F, _number: u64) {}

    /// Where texts are measured into.
    fn text(&mut self) -> &mut TextMeasure;
}

/// Members of a prose value that are no prose.
pub(super) fn is_label(name: &[u8]) -> bool {
    matches!(
        name,
        b"type"
            | b"id"
            | b"role"
            | b"media_type"
            | b"format"
            | b"detail"
            | b"tool_call_id"
            | b"tool_use_id"
            | b"signature"
            | b"cache_control"
            | b"encrypted_content"
    )
}

/// Members of a prose value that are pictures, recordings or files, given or pointed to.
pub(super) fn is_media(name: &[u8]) -> bool {
    matches!(name, b"data" | b"url" | b"image_url" | b"file_data" | b"file_id")
}
