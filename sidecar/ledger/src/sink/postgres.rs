//! Postgres: one connection, one statement a batch, so that a pooler in transaction mode can stand between.
//!
//! Where it is and what opens its door is given, or told later and anew: [`Access`] is looked at before each statement,
//! so a new token counts from the next batch on, and a new address gets the batch that the old one did not acknowledge.

use std::{fmt, ops::Range, str::FromStr, sync::Arc, time::Duration};

use serde::Deserialize;
use sqlx::postgres::PgSslMode;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row, postgres::PgConnectOptions};
use tokio::{sync::watch, time::timeout};

use super::SinkError;
use crate::spool::Batch;

/// See the module.
pub struct PostgresSink {
    access: Source,
    connection: Option<PgConnection>,
}

/// The way into a database.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    /// `postgres://USER:PASSWORD@HOST:PORT/DATABASE`
    pub url: String,
    /// Certificates (PEM) that the database's own is signed with. Where the URL does not say otherwise (`sslmode`),
    /// they make it `verify-full`.
    pub ca: Option<String>,
    /// Opens the door.
    pub token: String,
}

enum Source {
    Given { options: Box<PgConnectOptions>, token: String },
    Told { told: watch::Receiver<Option<Arc<Access>>>, connected: Option<Arc<Access>> },
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
        let options = Box::new(options(url, None)?);
        Ok(Self { access: Source::Given { options, token: token.to_owned() }, connection: None })
    }

    pub(super) fn told(told: watch::Receiver<Option<Arc<Access>>>) -> Self {
        Self { access: Source::Told { told, connected: None }, connection: None }
    }

    /// Whether nobody has told yet where it is.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(&self.access, Source::Told { told, .. } if told.borrow().is_none())
    }

    /// Returns when something else is told. Where nothing ever will be, it never returns.
    pub(super) async fn news(&mut self) {
        match &mut self.access {
            Source::Told { told, .. } => {
                if told.changed().await.is_err() {
                    std::future::pending().await
                }
            }
            Source::Given { .. } => std::future::pending().await,
        }
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
        let (options, token) = self.now()?;
        // Taken out, so that a future dropped half-way drops the connection and no answer is ever read for another's.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&options).await?,
        };
        let statement = sqlx::raw_sql(AssertSqlSafe(statement(&token, batch, part)));
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

    /// The way in as it is now. A connection to another address or by another login is let go of.
    fn now(&mut self) -> Result<(PgConnectOptions, String), SinkError> {
        match &mut self.access {
            Source::Given { options, token } => Ok(((**options).clone(), token.clone())),
            Source::Told { told, connected } => {
                let access = told.borrow().clone().ok_or(SinkError::Untold)?;
                let is_same = |before: &Arc<Access>| (&before.url, &before.ca) == (&access.url, &access.ca);
                if !connected.as_ref().is_some_and(is_same) {
                    self.connection = None;
                }
                let options = options(&access.url, access.ca.as_deref())?;
                let token = access.token.clone();
                *connected = Some(access);
                Ok((options, token))
            }
        }
    }
}

fn options(url: &str, ca: Option<&str>) -> Result<PgConnectOptions, SinkError> {
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
    if let Some(ca) = ca {
        options = options.ssl_root_cert_from_pem(ca.as_bytes().to_vec());
        if !url.contains("sslmode=") && !url.contains("ssl-mode=") {
            options = options.ssl_mode(PgSslMode::VerifyFull);
        }
    }
    Ok(options)
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, SinkError> {
    match timeout(CONNECT_WITHIN, options.connect()).await {
        Ok(connected) => connected.map_err(|source| SinkError::Connect { source }),
        Err(_) => Err(SinkError::Timeout { seconds: CONNECT_WITHIN.as_secs() }),
    }
}

/// One statement by the simple protocol: it needs no state of the connection, neither prepared nor set.
fn statement(token: &str, batch: &Batch, part: Range<usize>) -> String {
    let rows = part.map(|row| batch.row(row));
    let mut sql =
        Vec::with_capacity(rows.clone().map(|row| row.len() + row.len() / 16 + 1).sum::<usize>() + 512);
    sql.extend_from_slice(b"select public.tollgate_ingest_v1(");
    quote(&mut sql, [token.as_bytes()].into_iter());
    sql.extend_from_slice(b", ");
    let commas = rows.enumerate().flat_map(|(place, row)| [if place == 0 { &b""[..] } else { b"," }, row]);
    quote(&mut sql, [&b"["[..]].into_iter().chain(commas).chain([&b"]"[..]]));
    sql.extend_from_slice(b")::text");
    // Rows are JSON of our own making, and quoting keeps UTF-8: nothing is replaced here but after damage.
    String::from_utf8(sql).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

impl fmt::Debug for PostgresSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither password nor token.
        let mut shown = f.debug_struct("PostgresSink");
        if let Source::Given { options, token: _ } = &self.access {
            shown.field("host", &options.get_host()).field("database", &options.get_database());
        }
        shown.finish_non_exhaustive()
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither password nor token.
        f.debug_struct("Access").finish_non_exhaustive()
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

    fn access(url: &str, ca: Option<&str>) -> Arc<Access> {
        Arc::new(Access { url: url.to_owned(), ca: ca.map(str::to_owned), token: "tg1.token".to_owned() })
    }

    #[test]
    fn until_it_is_told_where_the_database_is_it_says_so() {
        let (tell, told) = watch::channel(None);
        let mut sink = PostgresSink::told(told);
        assert!(sink.is_unknown() && matches!(sink.now(), Err(SinkError::Untold)));
        tell.send_replace(Some(access("postgres://u@one/db", None)));
        assert!(!sink.is_unknown());
        assert_eq!(sink.now().unwrap().0.get_host(), "one");
        tell.send_replace(Some(access("postgres://u@two/db", None)));
        assert_eq!(sink.now().unwrap().0.get_host(), "two");
    }

    #[test]
    fn certificates_of_its_own_make_the_connection_checked_unless_the_address_says_otherwise() {
        let mode = |url: &str, ca| format!("{:?}", options(url, ca).unwrap().get_ssl_mode());
        assert_eq!(mode("postgres://u@db/x", None), "Prefer");
        assert_eq!(mode("postgres://u@db/x", Some("PEM")), "VerifyFull");
        assert_eq!(mode("postgres://u@db/x?sslmode=verify-ca", Some("PEM")), "VerifyCa");
    }

    #[test]
    fn neither_password_nor_token_is_shown() {
        let sink = PostgresSink::new("postgres://user:secret@host/db", "tg1.token").unwrap();
        let shown = format!("{sink:?}");
        assert!(shown.contains("host") && !shown.contains("secret") && !shown.contains("tg1"), "{shown}");
    }
}
