//! Walks an object, remembers where it is, and notes what is wrong.

use serde_json::{Map, Value};

use super::Violation;

/// A hostile object gets this many messages, not a million.
const MAX_VIOLATIONS: usize = 16;
/// Of a wrong value, this many characters are shown.
const SHOWN: usize = 40;

/// What is wrong so far.
#[derive(Default)]
pub(super) struct Notes {
    violations: Vec<Violation>,
}

/// A value and where it is.
pub(super) struct At<'a> {
    path: String,
    value: &'a Value,
}

/// An object and where it is.
pub(super) struct Fields<'a> {
    path: String,
    map: &'a Map<String, Value>,
}

// === impl Notes ===

impl Notes {
    pub(super) fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    pub(super) fn note(&mut self, path: &str, problem: String) {
        if self.violations.len() < MAX_VIOLATIONS {
            self.violations.push(Violation { path: path.to_owned(), problem });
        }
    }

    /// The value is not what it should be.
    pub(super) fn unexpected(&mut self, at: &At<'_>, expected: &str) {
        self.note(&at.path, format!("{}, found {}", starting_with_expected(expected), found(at.value)));
    }

    /// An object with these fields, and no others.
    pub(super) fn object<'a>(&mut self, at: &At<'a>, known: &[&str]) -> Option<Fields<'a>> {
        let Value::Object(map) = at.value else {
            self.unexpected(at, "an object");
            return None;
        };
        for name in map.keys().filter(|name| !known.contains(&name.as_str())) {
            let advice = match nearest(name, known) {
                Some(meant) => format!("did you mean {meant}?"),
                None => format!("known here: {}", known.join(", ")),
            };
            self.note(&join(&at.path, &shortened(name)), format!("unknown field, {advice}"));
        }
        Some(Fields { path: at.path.clone(), map })
    }

    /// The field, which must be there.
    pub(super) fn required<'a>(&mut self, fields: &Fields<'a>, name: &str, expected: &str) -> Option<At<'a>> {
        let at = fields.get(name);
        if at.is_none() {
            self.note(
                &join(&fields.path, name),
                format!("{}, found nothing", starting_with_expected(expected)),
            );
        }
        at
    }

    pub(super) fn boolean(&mut self, at: &At<'_>) {
        if !at.value.is_boolean() {
            self.unexpected(at, "true or false");
        }
    }

    /// Text of at most so many characters (not bytes, as in the schema) for which a rule holds.
    pub(super) fn text<'a>(
        &mut self,
        at: &At<'a>,
        max: usize,
        expected: &str,
        holds: impl Fn(&str) -> bool,
    ) -> Option<&'a str> {
        let Value::String(text) = at.value else {
            self.unexpected(at, expected);
            return None;
        };
        let length = text.chars().count();
        if length > max {
            self.note(&at.path, format!("expected at most {max} characters, found {length}"));
            return None;
        }
        if !holds(text) {
            self.unexpected(at, expected);
            return None;
        }
        Some(text)
    }

    /// One of these words.
    pub(super) fn word<'a>(&mut self, at: &At<'a>, words: &[&str]) -> Option<&'a str> {
        let word = at.value.as_str().filter(|word| words.contains(word));
        if word.is_none() {
            self.unexpected(at, &one_of(words));
        }
        word
    }

    /// A list's items. A list that is too long is not looked into.
    pub(super) fn list<'a>(&mut self, at: &At<'a>, min: usize, max: usize, of: &str) -> Vec<At<'a>> {
        let Value::Array(items) = at.value else {
            self.unexpected(at, &format!("a list of {of}"));
            return Vec::new();
        };
        if items.len() < min {
            self.note(&at.path, format!("expected at least {min} of {of}, found an empty list"));
        }
        if items.len() > max {
            self.note(&at.path, format!("expected at most {max} of {of}, found {}", items.len()));
            return Vec::new();
        }
        let item = |(index, value)| At { path: format!("{}[{index}]", at.path), value };
        items.iter().enumerate().map(item).collect()
    }

    /// An object as a map from names of the writer's own to values.
    pub(super) fn map<'a>(&mut self, at: &At<'a>, max: usize, of: &str) -> Vec<(&'a str, At<'a>)> {
        let Value::Object(map) = at.value else {
            self.unexpected(at, &format!("an object with {of}"));
            return Vec::new();
        };
        if map.len() > max {
            self.note(&at.path, format!("expected at most {max} of {of}, found {}", map.len()));
            return Vec::new();
        }
        let entry = |(name, value): (&'a String, _)| {
            (name.as_str(), At { path: join(&at.path, &shortened(name)), value })
        };
        map.iter().map(entry).collect()
    }
}

// === impl At ===

impl<'a> At<'a> {
    pub(super) fn root(value: &'a Value) -> Self {
        Self { path: String::new(), value }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn value(&self) -> &'a Value {
        self.value
    }
}

// === impl Fields ===

impl<'a> Fields<'a> {
    /// The field, if it is written. One that is written without a value is there, and null.
    pub(super) fn get(&self, name: &str) -> Option<At<'a>> {
        self.map.get(name).map(|value| At { path: join(&self.path, name), value })
    }

    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.map.contains_key(*name))
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The schema's messages begin with "expected", the short ones here do not.
fn starting_with_expected(expected: &str) -> String {
    if expected.starts_with("expected") { expected.to_owned() } else { format!("expected {expected}") }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [only] => (*only).to_owned(),
        [first, second] => format!("{first} or {second}"),
        _ => format!("one of {}", words.join(", ")),
    }
}

/// The value as its writer would know it again.
pub(crate) fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(text) => format!("{:?}", shortened(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The known name that a misspelt one most likely is.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    if name.len() > SHOWN {
        return None;
    }
    let distance = |candidate: &str| edits(&name.to_ascii_lowercase(), &candidate.to_ascii_lowercase());
    known
        .iter()
        .copied()
        .map(|candidate| (distance(candidate), candidate))
        .min()
        .and_then(|(edits, candidate)| (edits <= 2 && edits < candidate.len()).then_some(candidate))
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn edits(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.bytes().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(a != b)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[to.len()]
}
