//! What is kept of a call: a few hundred bytes of keyed hashes.

use serde::{Deserialize, Serialize};

use crate::key::FingerprintKey;

/// A keyed hash of something that was there: two bits say in which section, thirty what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Atom(pub u32);

/// Atoms in order, each once; as text eight hex digits each.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Atoms(pub Vec<Atom>);

/// Text that is no atoms.
#[derive(Debug, thiserror::Error)]
#[error("no atoms: expected eight hex digits each")]
pub struct NoAtoms;

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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Sketch {
    /// What was called: groups never reach over two endpoints.
    pub endpoint: Atom,
    pub atoms: Atoms,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialogue: Option<Dialogue>,
}

/// Which dialogue a call is of: what its calls have in common need not be a feature's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Dialogue {
    /// All of its first question.
    pub first: Atom,
    /// It has been answered before.
    pub goes_on: bool,
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

    pub(crate) fn is_of(self, section: Section) -> bool {
        self.section() == section as usize
    }

    pub(crate) fn section(self) -> usize {
        (self.0 >> 30) as usize
    }
}

// === impl Atoms ===

impl From<Atoms> for String {
    fn from(atoms: Atoms) -> Self {
        atoms
            .0
            .iter()
            .fold(Self::with_capacity(8 * atoms.0.len()), |text, atom| text + &format!("{:08x}", atom.0))
    }
}

impl TryFrom<String> for Atoms {
    type Error = NoAtoms;

    fn try_from(text: String) -> Result<Self, NoAtoms> {
        let (digits, rest) = text.as_bytes().as_chunks::<8>();
        let atom = |digits: &[u8; 8]| {
            let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
            let digits = std::str::from_utf8(digits).ok().filter(|_| is_hex)?;
            u32::from_str_radix(digits, 16).ok().map(Atom)
        };
        let mut atoms = digits.iter().map(atom).collect::<Option<Vec<Atom>>>().ok_or(NoAtoms)?;
        if !rest.is_empty() || atoms.len() > Sketch::MOST {
            return Err(NoAtoms);
        }
        atoms.sort_unstable();
        atoms.dedup();
        Ok(Self(atoms))
    }
}

// === impl Sketch ===

impl Sketch {
    /// 32 of the shape, 24 of tools, 352 of the system prompt, 144 of what is asked.
    pub const MOST: usize = 552;

    pub(crate) fn of(
        key: &FingerprintKey,
        endpoint: u64,
        sections: &[(Section, Vec<u64>)],
        dialogue: Option<(u64, bool)>,
    ) -> Self {
        let mut atoms: Vec<Atom> = sections
            .iter()
            .flat_map(|(section, values)| values.iter().map(|value| Atom::of(key, *section, *value)))
            .collect();
        atoms.sort_unstable();
        atoms.dedup();
        Self {
            endpoint: Atom((key.hash(0xE0, [endpoint]) >> 34) as u32),
            atoms: Atoms(atoms),
            dialogue: dialogue
                .map(|(first, goes_on)| Dialogue { first: Atom::of(key, Section::User, first), goes_on }),
        }
    }

    pub fn has(&self, atom: Atom) -> bool {
        self.atoms.0.binary_search(&atom).is_ok()
    }
}
