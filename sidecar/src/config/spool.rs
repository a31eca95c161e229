//! Where records wait, and how safely.

use std::fmt;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use tollgate_ledger::Sync;

/// `spool: FOLDER | memory | {folder: FOLDER, sync: never|interval|always}`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SpoolDocument {
    pub(super) place: Place,
    pub(super) sync: Sync,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    /// Follows from the ledger.
    #[default]
    Unnamed,
    Folder(PathBuf),
    /// A folder of the machine's memory: outlives the process, not the pod.
    Memory,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    folder: Option<PathBuf>,
    #[serde(default)]
    sync: Word,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    #[default]
    Never,
    Interval,
    Always,
}

/// Every Linux has it, and so has every container.
const SHARED_MEMORY: &str = "/dev/shm";
const EXPECTED: &str = "a folder, `memory` or `{folder: FOLDER, sync: never|interval|always}`";

// === impl Place ===

impl Place {
    /// `port` tells apart sidecars that share the machine's memory.
    pub(super) fn folder(self, port: u16, unnamed: impl FnOnce() -> PathBuf) -> PathBuf {
        match self {
            Self::Unnamed => unnamed(),
            Self::Folder(folder) => folder,
            Self::Memory => PathBuf::from(SHARED_MEMORY).join(format!("tollgate-spool-{port}")),
        }
    }
}

impl From<Word> for Sync {
    fn from(word: Word) -> Self {
        match word {
            Word::Never => Self::Never,
            Word::Interval => Self::Interval,
            Word::Always => Self::Always,
        }
    }
}

impl<'de> Deserialize<'de> for SpoolDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SpoolVisitor;
        impl<'de> Visitor<'de> for SpoolVisitor {
            type Value = SpoolDocument;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(EXPECTED)
            }

            fn visit_unit<E: de::Error>(self) -> Result<SpoolDocument, E> {
                Ok(SpoolDocument::default())
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<SpoolDocument, E> {
                let place = match text {
                    "memory" => Place::Memory,
                    folder => Place::Folder(folder.into()),
                };
                Ok(SpoolDocument { place, sync: Sync::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SpoolDocument, A::Error> {
                let Fields { folder, sync } =
                    Fields::deserialize(de::value::MapAccessDeserializer::new(map))?;
                let place = folder.map_or(Place::Unnamed, Place::Folder);
                Ok(SpoolDocument { place, sync: sync.into() })
            }
        }
        deserializer.deserialize_any(SpoolVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SpoolDocument, String> {
        serde_yaml::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_folder_alone_is_as_it_was() {
        let place = Place::Folder("/var/lib/tollgate".into());
        assert_eq!(read("/var/lib/tollgate"), Ok(SpoolDocument { place, sync: Sync::Never }));
    }

    #[test]
    fn a_folder_may_say_when_it_is_synced() {
        let read = read("{folder: spool, sync: interval}").unwrap();
        assert_eq!(read, SpoolDocument { place: Place::Folder("spool".into()), sync: Sync::Interval });
    }

    #[test]
    fn in_memory_each_port_has_a_folder_of_its_own() {
        let folder = |port| read("memory").unwrap().place.folder(port, PathBuf::new);
        assert_eq!(folder(7411), PathBuf::from("/dev/shm/tollgate-spool-7411"));
        assert_ne!(folder(7411), folder(7412));
    }

    #[test]
    fn what_is_neither_says_what_is_expected() {
        assert!(read("7").unwrap_err().contains(EXPECTED));
        assert!(read("{folder: a, sync: sometimes}").unwrap_err().contains("sometimes"));
    }
}
