//! A group, defined once and for all: what of a call shows that it belongs.

use std::fmt;

use crate::{
    key::FingerprintKey,
    sketch::{Atom, Sketch},
};

/// What the calls of a group have in common, and what they do not have. It never changes: another description is
/// another group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    pub endpoint: Atom,
    /// Most of it is there in each of its calls.
    pub has: Vec<Atom>,
    /// Of each of these little is there: they are the marks of other groups.
    pub lacks: Vec<Vec<Atom>>,
}

/// A group's name: a hash of what it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(u64);

// === impl Group ===

impl Group {
    /// Atoms that describe a group; more say nothing more.
    pub(crate) const MOST: usize = 32;

    pub fn id(&self, key: &FingerprintKey) -> GroupId {
        let Self { endpoint, has, lacks } = self;
        let has = has.iter().map(|atom| u64::from(atom.0));
        let lacks = lacks.iter().flat_map(|mark| {
            let atoms = mark.iter().map(|atom| u64::from(atom.0));
            std::iter::once(1 << 40).chain(atoms)
        });
        GroupId(key.hash(0xF0, std::iter::once(u64::from(endpoint.0)).chain(has).chain(lacks)))
    }

    /// Whether a call is of this group.
    pub fn matches(&self, sketch: &Sketch) -> bool {
        let count = |atoms: &[Atom]| atoms.iter().filter(|atom| sketch.has(**atom)).count();
        self.endpoint == sketch.endpoint
            && count(&self.has) * 4 >= self.has.len() * 3
            && self.lacks.iter().all(|mark| count(mark) * 2 < mark.len())
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
