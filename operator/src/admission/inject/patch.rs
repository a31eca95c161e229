//! A JSON patch (RFC 6902), written operation by operation.

use json_patch::{
    AddOperation, MoveOperation, Patch, PatchOperation, ReplaceOperation,
    jsonptr::{PointerBuf, Token},
};
use serde_json::Value;

/// The operations so far.
#[derive(Default)]
pub(super) struct Operations(Vec<PatchOperation>);

/// A step of a path: a member, or a place in a list.
pub(super) enum Step<'a> {
    Member(&'a str),
    Place(usize),
    End,
}

// === impl Operations ===

impl Operations {
    pub(super) fn finish(self) -> Patch {
        Patch(self.0)
    }

    pub(super) fn add(&mut self, path: &[Step<'_>], value: Value) {
        self.0.push(PatchOperation::Add(AddOperation { path: pointer(path), value }));
    }

    pub(super) fn replace(&mut self, path: &[Step<'_>], value: Value) {
        self.0.push(PatchOperation::Replace(ReplaceOperation { path: pointer(path), value }));
    }

    pub(super) fn shift(&mut self, from: &[Step<'_>], path: &[Step<'_>]) {
        self.0.push(PatchOperation::Move(MoveOperation { from: pointer(from), path: pointer(path) }));
    }

    /// Puts items at a list's end, or makes the list.
    pub(super) fn append(&mut self, list: &[Step<'_>], exists: bool, items: Vec<Value>) {
        if items.is_empty() {
            return;
        }
        if !exists {
            self.add(list, Value::Array(items));
            return;
        }
        for item in items {
            self.0.push(PatchOperation::Add(AddOperation {
                path: pointer(list.iter().chain([&Step::End])),
                value: item,
            }));
        }
    }
}

// === impl Step ===

impl<'a> From<&'a str> for Step<'a> {
    fn from(name: &'a str) -> Self {
        Self::Member(name)
    }
}

impl From<usize> for Step<'_> {
    fn from(place: usize) -> Self {
        Self::Place(place)
    }
}

fn pointer<'a>(steps: impl IntoIterator<Item = &'a Step<'a>>) -> PointerBuf {
    PointerBuf::from_tokens(steps.into_iter().map(|step| match step {
        Step::Member(name) => Token::new(*name),
        Step::Place(place) => Token::from(*place),
        Step::End => Token::new("-"),
    }))
}
