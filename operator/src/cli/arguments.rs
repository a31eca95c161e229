//! What several subcommands are told in the same words.

use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
};

use anyhow::{Context, Result, anyhow};
use clap::ValueEnum;
use jiff::{Timestamp, civil::Date, tz::Offset};
use sqlx::{ConnectOptions, postgres::PgConnectOptions};

/// How a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    Text,
    /// One JSON object, or one a line where there are several
    Json,
}

/// The way that `--database-url` names; statements are in no log.
pub(crate) fn connect_options(database_url: &str, application: &str) -> Result<PgConnectOptions> {
    let options: PgConnectOptions = database_url.parse().map_err(|_| {
        anyhow!("--database-url is no URL such as postgres://USER:PASSWORD@HOST:PORT/DATABASE")
    })?;
    Ok(options.application_name(application).disable_statement_logging())
}

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

    #[test]
    fn a_date_is_its_first_moment_and_a_time_is_itself() {
        assert_eq!(parse_time("2027-01-31").unwrap().to_string(), "2027-01-31T00:00:00Z");
        assert_eq!(parse_time("2027-01-31T12:00:00Z").unwrap().to_string(), "2027-01-31T12:00:00Z");
        assert!(parse_time("tomorrow").unwrap_err().contains("2027-01-31"));
    }
}
