//! What several subcommands are told in the same words.

use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    time::Duration,
};

use anyhow::{Context, Result, anyhow};
use clap::ValueEnum;
use jiff::{Timestamp, civil::Date, tz::Offset};
use sqlx::{
    ConnectOptions, Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::time::timeout;

/// How a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    Text,
    /// One JSON object, or one a line where there are several
    Json,
}

/// The way that `--database-url` names; statements are in no log.
pub(crate) fn connect_options(database_url: &str, application: &str) -> Result<PgConnectOptions> {
    let none = || anyhow!("--database-url is no URL such as postgres://USER:PASSWORD@HOST:PORT/DATABASE");
    // the driver itself takes any scheme, and looks for a host of that name
    if !["postgres://", "postgresql://"].iter().any(|scheme| database_url.starts_with(scheme)) {
        return Err(none());
    }
    let options: PgConnectOptions = database_url.parse().map_err(|_| none())?;
    Ok(options.application_name(application).disable_statement_logging())
}

/// Connections for a person who waits. Why there are none is said at once, in the other side's words: a pool alone tries for half a
/// minute, and then says that it timed out.
pub(crate) async fn connected(options: PgConnectOptions, most: u32) -> Result<PgPool, sqlx::Error> {
    reached(&options).await?;
    Ok(PgPoolOptions::new().max_connections(most).connect_lazy_with(options))
}

/// Whether the database answers.
pub(crate) async fn reached(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let silent =
        || io::Error::new(io::ErrorKind::TimedOut, format!("no answer within {} s", PATIENCE.as_secs()));
    timeout(PATIENCE, options.connect()).await.map_err(|_| silent())??.close().await
}

const PATIENCE: Duration = Duration::from_secs(10);

/// A date is its first moment, in UTC.
pub(crate) fn parse_time(text: &str) -> Result<Timestamp, String> {
    if let Ok(time) = text.parse() {
        return Ok(time);
    }
    text.parse::<Date>()
        .ok()
        .and_then(|date| Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok())
        .ok_or_else(|| "expected a date such as 2027-01-31 or a time such as 2027-01-31T12:00:00Z".to_owned())
}

/// Every address of this machine.
pub(super) const fn any(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), port)
}

/// A variable that a chart leaves empty is not given.
pub(super) fn given(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.is_empty())
}

pub(super) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("the file {} cannot be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_cannot_reach_the_database_is_told_why_at_once() {
        let begun = std::time::Instant::now();
        let nobody = connect_options("postgres://nobody@127.0.0.1:1/none", "test").unwrap();
        let error = connected(nobody, 1).await.unwrap_err().to_string();
        assert!(error.contains("refused") && begun.elapsed() < PATIENCE, "{error}");
    }

    #[test]
    fn another_databases_address_is_none_of_ours() {
        for url in ["mysql://user:secret@db.example/x", "db.example:5432", ""] {
            let said = connect_options(url, "test").unwrap_err().to_string();
            assert!(said.contains("such as postgres://") && !said.contains("secret"), "{said}");
        }
        assert!(connect_options("postgresql://user@db.example/x", "test").is_ok());
    }

    #[test]
    fn a_date_is_its_first_moment_and_a_time_is_itself() {
        assert_eq!(parse_time("2027-01-31").unwrap().to_string(), "2027-01-31T00:00:00Z");
        assert_eq!(parse_time("2027-01-31T12:00:00Z").unwrap().to_string(), "2027-01-31T12:00:00Z");
        assert!(parse_time("tomorrow").unwrap_err().contains("2027-01-31"));
    }
}
