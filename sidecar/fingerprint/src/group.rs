//! A group, defined once and for all: what of a call shows that it belongs.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    key::FingerprintKey,
    sketch::{Atom, Atoms, Section, Sketch},
};

/// What the calls of a group have in common, and what they do not have. It never changes: another description is
/// another group.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Group {
    pub endpoint: Atom,
    /// Nearly all of it is there in each of its calls.
    pub has: Atoms,
    /// Of each of these little is there: the marks of other groups that have the same in common, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<Atoms>,
}

/// A group's name: a hash of what it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(u64);

// === impl Group ===

impl Group {
    /// Atoms that describe a group; more say nothing more.
    pub(crate) const MOST: usize = 64;

    pub fn id(&self, key: &FingerprintKey) -> GroupId {
        let Self { endpoint, has, lacks } = self;
        let has = has.0.iter().map(|atom| u64::from(atom.0));
        let lacks = lacks.iter().flat_map(|mark| {
            let atoms = mark.0.iter().map(|atom| u64::from(atom.0));
            std::iter::once(1 << 40).chain(atoms)
        });
        GroupId(key.hash(0xF0, std::iter::once(u64::from(endpoint.0)).chain(has).chain(lacks)))
    }

    /// Whether a call is of this group.
    pub fn matches(&self, sketch: &Sketch) -> bool {
        self.endpoint == sketch.endpoint
            && self.has_most(sketch)
            && !self.lacks.iter().any(|mark| Self::is_marked(&mark.0, sketch))
    }

    /// Whether a call has nearly all of what the calls of this group have in common.
    pub(crate) fn has_most(&self, sketch: &Sketch) -> bool {
        let found = self.has.0.iter().filter(|atom| sketch.has(**atom)).count();
        found * 100 >= self.has.0.len() * 85
    }

    /// Whether what its calls have in common is more than that they are calls: some words or tools, or many parameters.
    pub(crate) fn says_enough(&self) -> bool {
        let text = self.has.0.iter().filter(|atom| !atom.is_of(Section::Shape)).count();
        text >= 6 || self.has.0.len() >= 8
    }

    /// At least half of a mark is there.
    pub(crate) fn is_marked(mark: &[Atom], sketch: &Sketch) -> bool {
        mark.iter().filter(|atom| sketch.has(**atom)).count() * 2 >= mark.len()
    }
}

// === impl GroupId ===

impl fmt::Display for GroupId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "fp-{:012x}", self.0 >> 16)
    }
}

impl fmt::Debug for GroupId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
