//! Postgres: one connection, one statement a batch, so that a pooler in transaction mode can stand between.

use std::{fmt, ops::Range, str::FromStr, time::Duration};

use serde::Deserialize;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row, postgres::PgConnectOptions};
use tokio::time::timeout;

use super::SinkError;
use crate::spool::Batch;

/// See the module.
pub struct PostgresSink {
    options: PgConnectOptions,
    token: String,
    connection: Option<PgConnection>,
}

/// What `tollgate_ingest_v1` answers.
#[derive(Debug, Deserialize)]
struct Answer {
    refused: Option<String>,
    #[serde(default)]
    quarantined: u64,
}

const CONNECT_WITHIN: Duration = Duration::from_secs(10);
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

// === impl PostgresSink ===

impl PostgresSink {
    pub(super) fn new(url: &str, token: &str) -> Result<Self, SinkError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(SinkError::Url);
        }
        let mut options = PgConnectOptions::from_str(url)
            .map_err(|_| SinkError::Url)? // its text may hold the password
            .extra_float_digits(None) // poolers refuse this parameter
            .statement_cache_capacity(0)
            .disable_statement_logging(); // statements hold rows and the token
        if options.get_application_name().is_none() {
            options = options.application_name("tollgate-sidecar");
        }
        Ok(Self { options, token: token.to_owned(), connection: None })
    }

    pub(super) fn is_open(&self) -> bool {
        self.connection.is_some()
    }

    pub(super) async fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            // Politeness; the server notices a dropped connection as well.
            let _ = timeout(Duration::from_secs(1), connection.close()).await;
        }
    }

    /// Sends the batch, in parts if the database fails on the rows. Gives the rows that it fails on even alone.
    pub(crate) async fn ship(&mut self, batch: &Batch) -> Result<Vec<usize>, SinkError> {
        let mut poisoned = Vec::new();
        let whole = 0..batch.len();
        let mut parts = vec![whole];
        while let Some(part) = parts.pop() {
            match self.send(batch, part.clone()).await {
                Ok(()) => {}
                Err(error) if error.is_of_the_rows() && part.len() > 1 => {
                    let middle = part.start + part.len() / 2;
                    parts.push(middle..part.end);
                    parts.push(part.start..middle);
                }
                Err(error) if error.is_of_the_rows() => poisoned.push(part.start),
                Err(error) => return Err(error),
            }
        }
        Ok(poisoned)
    }

    async fn send(&mut self, batch: &Batch, part: Range<usize>) -> Result<(), SinkError> {
        // Taken out, so that a future dropped half-way drops the connection and no answer is ever read for another's.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let statement = sqlx::raw_sql(AssertSqlSafe(self.statement(batch, part)));
        let row = match timeout(ANSWER_WITHIN, statement.fetch_one(&mut connection)).await {
            Err(_) => return Err(SinkError::Timeout { seconds: ANSWER_WITHIN.as_secs() }),
            Ok(Err(error)) => {
                let error = SinkError::of_statement(&error);
                if error.is_of_the_rows() {
                    self.connection = Some(connection);
                }
                return Err(error);
            }
            Ok(Ok(row)) => row,
        };
        let text: String = row.try_get(0).map_err(|_| SinkError::Answer)?;
        let answer: Answer = serde_json::from_str(&text).map_err(|_| SinkError::Answer)?;
        self.connection = Some(connection);
        if let Some(why) = answer.refused {
            return Err(SinkError::Refused { why });
        }
        if answer.quarantined > 0 {
            tracing::warn!(
                rows = answer.quarantined,
                "the database put rows into its table usage_quarantine, with the reasons"
            );
        }
        Ok(())
    }

    async fn connect(&self) -> Result<PgConnection, SinkError> {
        match timeout(CONNECT_WITHIN, self.options.connect()).await {
            Ok(connected) => connected.map_err(|source| SinkError::Connect { source }),
            Err(_) => Err(SinkError::Timeout { seconds: CONNECT_WITHIN.as_secs() }),
        }
    }

    /// One statement by the simple protocol: it needs no state of the connection, neither prepared nor set.
    fn statement(&self, batch: &Batch, part: Range<usize>) -> String {
        let rows = part.map(|row| batch.row(row));
        let mut sql =
            Vec::with_capacity(rows.clone().map(|row| row.len() + row.len() / 16 + 1).sum::<usize>() + 512);
        sql.extend_from_slice(b"select public.tollgate_ingest_v1(");
        quote(&mut sql, [self.token.as_bytes()].into_iter());
        sql.extend_from_slice(b", ");
        let commas =
            rows.enumerate().flat_map(|(place, row)| [if place == 0 { &b""[..] } else { b"," }, row]);
        quote(&mut sql, [&b"["[..]].into_iter().chain(commas).chain([&b"]"[..]]));
        sql.extend_from_slice(b")::text");
        // Rows are JSON of our own making, and quoting keeps UTF-8: nothing is replaced here but after damage.
        String::from_utf8(sql).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

impl fmt::Debug for PostgresSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither password nor token.
        f.debug_struct("PostgresSink")
            .field("host", &self.options.get_host())
            .field("database", &self.options.get_database())
            .finish_non_exhaustive()
    }
}

/// An escape string of SQL: means the same whatever `standard_conforming_strings` says.
fn quote<'a>(sql: &mut Vec<u8>, pieces: impl Iterator<Item = &'a [u8]>) {
    sql.extend_from_slice(b"E'");
    for piece in pieces {
        let mut plain = 0;
        for place in memchr::memchr2_iter(b'\'', b'\\', piece) {
            sql.extend_from_slice(&piece[plain..place]);
            sql.push(piece[place]); // doubled
            plain = place;
        }
        sql.extend_from_slice(&piece[plain..]);
    }
    sql.push(b'\'');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_are_doubled() {
        let mut sql = Vec::new();
        quote(&mut sql, [&br#"it's "\n""#[..], b"'"].into_iter());
        assert_eq!(String::from_utf8(sql).unwrap(), r#"E'it''s "\\n"'''"#);
    }

    #[test]
    fn a_url_that_is_none_is_refused_without_being_repeated() {
        let error = PostgresSink::new("mysql://user:secret@host/db", "token").unwrap_err().to_string();
        assert!(error.contains("expected postgres://") && !error.contains("secret"), "{error}");
    }

    #[test]
    fn neither_password_nor_token_is_shown() {
        let sink = PostgresSink::new("postgres://user:secret@host/db", "tg1.token").unwrap();
        let shown = format!("{sink:?}");
        assert!(shown.contains("host") && !shown.contains("secret") && !shown.contains("tg1"), "{shown}");
    }
}
