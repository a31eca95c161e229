//! What is kept of a call: a few hundred bytes of keyed hashes.

use crate::key::FingerprintKey;

/// A keyed hash of something that was there: two bits say in which section, thirty what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Atom(pub u32);

/// Where something stood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Section {
    /// Parameters, headers, kinds of content.
    Shape,
    /// Tools and schemas.
    Tools,
    /// What the app itself says to the model.
    System,
    /// What is asked first.
    User,
}

/// At most [`Sketch::MOST`] atoms, in order, each once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Sketch {
    /// What was called: groups never reach over two endpoints.
    pub endpoint: Atom,
    pub atoms: Vec<Atom>,
}

// === impl Section ===

impl Section {
    pub(crate) const COUNT: usize = 4;

    const fn tag(self) -> u8 {
        self as u8
    }
}

// === impl Atom ===

impl Atom {
    fn of(key: &FingerprintKey, section: Section, value: u64) -> Self {
        let hash = key.hash(section.tag(), [value]);
        Self((hash >> 34) as u32 | u32::from(section.tag()) << 30)
    }

    pub(crate) fn section(self) -> usize {
        (self.0 >> 30) as usize
    }
}

// === impl Sketch ===

impl Sketch {
    /// 32 of the shape, 24 of tools, 56 of the system prompt, 48 of what is asked.
    pub const MOST: usize = 160;

    pub(crate) fn of(key: &FingerprintKey, endpoint: u64, sections: &[(Section, Vec<u64>)]) -> Self {
        let mut atoms: Vec<Atom> = sections
            .iter()
            .flat_map(|(section, values)| values.iter().map(|value| Atom::of(key, *section, *value)))
            .collect();
        atoms.sort_unstable();
        atoms.dedup();
        Self { endpoint: Atom((key.hash(0xE0, [endpoint]) >> 34) as u32), atoms }
    }

    pub fn has(&self, atom: Atom) -> bool {
        self.atoms.binary_search(&atom).is_ok()
    }
}
