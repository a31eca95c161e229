//! Why a connection to the operator ended, or was never made.

use std::io;
use std::path::PathBuf;

use http::StatusCode;

use super::trust::TrustError;

/// The texts are for the log of a pod: they name the operator and say what to look at.
#[derive(Debug, thiserror::Error)]
pub(super) enum End {
    #[error("this sidecar was told to stop")]
    Stopped,
    #[error("the token {} cannot be read: {source}; is the volume tollgate-token mounted?", file.display())]
    Token { file: PathBuf, source: io::Error },
    #[error("the token {} holds what no header can", file.display())]
    TokenText { file: PathBuf },
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error("no address of an operator is configured")]
    NoAddress,
    #[error("cannot connect to {operator}: {source}; if a NetworkPolicy forbids it, allow it")]
    Connect { operator: String, source: io::Error },
    #[error("{operator} did not answer within {seconds} s; if a NetworkPolicy drops it, allow it")]
    Timeout { operator: String, seconds: u64 },
    #[error("no trusted TLS session with {operator}: {source}")]
    Tls { operator: String, source: io::Error },
    #[error("{operator} refuses: {status}{}", because(.why))]
    Refused { operator: String, status: StatusCode, why: String },
    #[error("the connection broke: {source}")]
    Broken { source: h2::Error },
    #[error("the operator closed the stream")]
    Closed,
    #[error("nothing was heard for three heartbeats")]
    Silent,
    #[error("the operator's own watch is stuck; looking for another replica")]
    Stale,
    #[error("a line of the stream is longer than {} MiB", super::MAX_LINE >> 20)]
    TooLong,
    #[error("the token was renewed")]
    Renewed,
}

// === impl End ===

impl End {
    /// For a metric's label: one of few.
    pub(super) fn class(&self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Token { .. } | Self::TokenText { .. } => "token",
            Self::Trust(_) | Self::NoAddress => "configuration",
            Self::Connect { .. } | Self::Timeout { .. } => "unreachable",
            Self::Tls { .. } => "tls",
            Self::Refused { .. } => "refused",
            Self::Broken { .. } => "broken",
            Self::Closed => "closed",
            Self::Silent => "silent",
            Self::Stale => "stale",
            Self::TooLong => "too_long",
            Self::Renewed => "renewed",
        }
    }

    /// Belongs to a long life: nothing is wrong.
    pub(super) fn is_ordinary(&self) -> bool {
        matches!(self, Self::Stopped | Self::Closed | Self::Renewed)
    }
}

fn because(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!(": {why}") }
}
