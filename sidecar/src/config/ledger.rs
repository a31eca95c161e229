//! Where the rows go: a file, a database, or nowhere.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

/// `ledger: {file: …} | {postgres: …, token: …} | operator | none`.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum LedgerConfig {
    /// Calls are gated and measured; no row is kept.
    #[default]
    None,
    /// JSON lines, a row a line.
    File(PathBuf),
    /// Through the database's one door, `tollgate_ingest_v1`.
    Postgres {
        url: String,
        /// What `tollgate migrate --standalone` prints; without it rows wait on the spool.
        token: Option<String>,
    },
    /// Where the operator says, through the database's one door too.
    Operator,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    file: Option<PathBuf>,
    postgres: Option<String>,
    token: Option<String>,
}

const EXPECTED: &str = "`none`, `{file: PATH}`, `{postgres: URL, token: TOKEN}` or, in a pod, `operator`";

// === impl LedgerConfig ===

impl LedgerConfig {
    /// A token of the environment stands in where the file names none.
    pub(super) fn with_token(self, environment: Option<String>) -> Self {
        match self {
            Self::Postgres { url, token } => {
                Self::Postgres { url, token: token.or(environment).map(|token| token.trim().to_owned()) }
            }
            other => other,
        }
    }

    /// Where records wait if no folder was named: beside the ledger's file, else a folder of the system's
    /// temporary ones that the same sidecar finds again.
    pub(super) fn default_spool(&self, listen: &SocketAddr) -> PathBuf {
        match self {
            Self::File(path) => {
                let mut name = path.clone().into_os_string();
                name.push(".spool");
                name.into()
            }
            Self::Postgres { .. } | Self::Operator | Self::None => {
                std::env::temp_dir().join(format!("tollgate-spool-{}", listen.port()))
            }
        }
    }
}

impl fmt::Debug for LedgerConfig {
    /// Says where, never with which secret: the URL's password and the token stay out of every log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("none"),
            Self::Operator => formatter.write_str("where the operator says"),
            Self::File(path) => write!(formatter, "file {}", path.display()),
            Self::Postgres { url, token } => {
                let place = url.rsplit_once('@').map_or("(address without login)", |(_, place)| place);
                let place = place.split_once('?').map_or(place, |(place, _)| place);
                write!(
                    formatter,
                    "postgres {place} (token {})",
                    if token.is_some() { "given" } else { "missing" }
                )
            }
        }
    }
}

impl<'de> Deserialize<'de> for LedgerConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LedgerVisitor;
        impl<'de> Visitor<'de> for LedgerVisitor {
            type Value = LedgerConfig;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(EXPECTED)
            }

            fn visit_unit<E: de::Error>(self) -> Result<LedgerConfig, E> {
                Ok(LedgerConfig::None)
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<LedgerConfig, E> {
                match word {
                    "none" => Ok(LedgerConfig::None),
                    "operator" => Ok(LedgerConfig::Operator),
                    other => Err(E::custom(format!("ledger: expected {EXPECTED}, found {other:?}"))),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<LedgerConfig, A::Error> {
                let fields = Fields::deserialize(de::value::MapAccessDeserializer::new(map))?;
                match fields {
                    Fields { file: Some(path), postgres: None, token: None } => Ok(LedgerConfig::File(path)),
                    Fields { file: None, postgres: Some(url), token } => {
                        Ok(LedgerConfig::Postgres { url, token })
                    }
                    _ => Err(de::Error::custom(format!("ledger: expected exactly one of {EXPECTED}"))),
                }
            }
        }
        deserializer.deserialize_any(LedgerVisitor)
    }
}
