//! Why the ledger takes nothing. No text of a statement, a row or a token is ever in it: databases quote those in
//! their messages, so of an error within a statement only its code is told.

use std::{io, path::PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum SinkError {
    #[error("the ledger's file {path} cannot be written")]
    File { path: PathBuf, source: io::Error },
    #[error("the spool cannot be read")]
    Spool { source: io::Error },
    #[error("the ledger's Postgres URL is not one; expected postgres://USER:PASSWORD@HOST:PORT/DATABASE")]
    Url,
    #[error("nobody has told yet where the ledger is: the operator does, once it has a database")]
    Untold,
    #[error("the database cannot be reached")]
    Connect { source: sqlx::Error },
    #[error("the database did not answer within {seconds} s")]
    Timeout { seconds: u64 },
    #[error("the connection to the database broke")]
    Broken,
    #[error(
        "the database does not take the sidecar's token: {why}; the operator tells a new one, and alone \
         `tollgate migrate --standalone` prints one"
    )]
    Refused { why: String },
    #[error("the database has no function tollgate_ingest_v1: run `tollgate migrate` against it")]
    NotMigrated,
    #[error(
        "the login may not execute tollgate_ingest_v1: use tollgate_sidecar, or a role that was granted it"
    )]
    Denied,
    #[error("the database takes no writes: it is a replica, or default_transaction_read_only is on")]
    ReadOnly,
    #[error("the database failed (SQLSTATE {code})")]
    Database { code: String },
    #[error("the operator does not keep the rows")]
    NotKept,
    #[error("the operator did not say within {seconds} s that it keeps the rows")]
    OperatorTimeout { seconds: u64 },
    #[error("the database gave an answer that is none of tollgate_ingest_v1")]
    Answer,
}

// === impl SinkError ===

impl SinkError {
    /// What kind of trouble it is: a word out of a small set, fit for a metric's label.
    pub fn class(&self) -> &'static str {
        match self {
            Self::File { source, .. } if source.kind() == io::ErrorKind::StorageFull => "disk_full",
            Self::File { .. } => "file",
            Self::Spool { .. } => "spool",
            Self::Url => "url",
            Self::Untold => "untold",
            Self::Connect { .. } | Self::Broken => "unreachable",
            Self::Timeout { .. } => "timeout",
            Self::Refused { .. } => "token",
            Self::NotMigrated => "not_migrated",
            Self::Denied => "denied",
            Self::ReadOnly => "read_only",
            Self::NotKept | Self::OperatorTimeout { .. } => "operator",
            Self::Database { .. } | Self::Answer => "database",
        }
    }

    /// Of a statement that failed.
    pub(super) fn of_statement(error: &sqlx::Error) -> Self {
        let sqlx::Error::Database(error) = error else {
            return Self::Broken;
        };
        match error.code().as_deref() {
            Some("42883" | "3F000") => Self::NotMigrated,
            Some("42501") => Self::Denied,
            Some("25006") => Self::ReadOnly,
            code => Self::Database { code: code.unwrap_or("unknown").to_owned() },
        }
    }

    /// The rows are at fault, not the database: class 22, data; 23, constraints; 54, limits. Smaller parts may pass.
    pub(super) fn is_of_the_rows(&self) -> bool {
        matches!(self, Self::Database { code } if matches!(code.get(..2), Some("22" | "23" | "54")))
    }
}
