//! `tollgate migrate`.

use anyhow::{Context, Result};
use clap::{Args, builder::NonEmptyStringValueParser};
use jiff::{SignedDuration, Timestamp, tz::Offset};
use sqlx::{ConnectOptions, Connection};

use super::arguments::{connect_options, parse_time};
use crate::{
    database::login::{self, Login, Whose},
    migrate::{self, Report},
    token::Claims,
    token_key,
};

/// Bring a Postgres database to the schema of this version
///
/// Connect directly, not through a pooler, as a superuser or as the database's owner with CREATEROLE. Can be run again
/// at any time, also by several at once.
#[derive(Debug, Args)]
pub(super) struct Migrate {
    /// postgres://USER:PASSWORD@HOST:PORT/DATABASE
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,

    /// What sidecars are told; its password becomes that of their login tollgate_sidecar, as the operator does it
    #[arg(long, value_name = "URL", env = "TOLLGATE_SIDECAR_DATABASE_URL", hide_env_values = true)]
    sidecar_database_url: Option<String>,

    /// Also print a token for a sidecar without Kubernetes; nothing else goes to stdout
    #[arg(long)]
    standalone: bool,

    /// The token's rows are all of this cluster, whatever they say
    #[arg(long, value_name = "NAME", requires = "standalone", value_parser = NonEmptyStringValueParser::new())]
    cluster: Option<String>,

    /// The token's rows are all of this namespace
    #[arg(long, value_name = "NAME", requires = "standalone", value_parser = NonEmptyStringValueParser::new())]
    namespace: Option<String>,

    /// The token's rows are all of this pod
    #[arg(long, value_name = "NAME", requires = "standalone", value_parser = NonEmptyStringValueParser::new())]
    pod: Option<String>,

    /// Until when the token holds: a date (its first moment, UTC) or a time such as 2027-01-31T12:00:00Z
    /// [default: in ten years]
    #[arg(long, value_name = "TIME", requires = "standalone", value_parser = parse_expiry)]
    expires: Option<Timestamp>,
}

const TEN_YEARS: SignedDuration = SignedDuration::from_hours(24 * 3653);

// === impl Migrate ===

impl Migrate {
    pub(super) async fn run(self) -> Result<()> {
        let Self { database_url, sidecar_database_url, standalone, cluster, namespace, pod, expires } = self;
        let options = connect_options(&database_url, "tollgate-migrate")?;
        let mut connection = options.connect().await.context("cannot connect to the database")?;

        let Report { known, applied } = migrate::run(&mut connection, || {
            eprintln!("Another migration is under way; waiting for it to end.")
        })
        .await?;
        match applied {
            0 => eprintln!("The schema is up to date ({known} migrations)."),
            _ => eprintln!("Applied {applied} of {known} migrations; the schema is up to date."),
        }

        if let Some(url) = sidecar_database_url {
            match login::set(&mut connection, Whose::Sidecars, &url).await? {
                Login::Set => {
                    eprintln!("The login tollgate_sidecar has the password of --sidecar-database-url.")
                }
                Login::NotOurs => eprintln!(
                    "--sidecar-database-url names no password, or another login than tollgate_sidecar: no login was changed."
                ),
            }
        }

        if standalone {
            let expires = expires.unwrap_or_else(|| in_ten_years(Timestamp::now()));
            let key = token_key::current(&mut connection).await?;
            let claims = Claims { cluster, namespace, pod, expires };
            eprintln!(
                "A token that holds until {expires}; give it to the sidecar as ledger.token or TOLLGATE_LEDGER_TOKEN:"
            );
            println!("{}", key.sign(&claims));
        }
        connection.close().await.context("the connection did not end well")?;
        Ok(())
    }
}

/// A token that is over already opens nothing, and its sidecar would keep its rows.
fn parse_expiry(text: &str) -> Result<Timestamp, String> {
    let expires = parse_time(text)?;
    match expires > Timestamp::now() {
        true => Ok(expires),
        false => Err("expected a time that is still to come".to_owned()),
    }
}

/// From the first moment of today, so that all of a day's runs print the same token.
fn in_ten_years(now: Timestamp) -> Timestamp {
    let today = Offset::UTC.to_timestamp(Offset::UTC.to_datetime(now).date().at(0, 0, 0, 0)).unwrap_or(now);
    today.saturating_add(TEN_YEARS).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_one_day_give_tokens_of_one_expiry() {
        let morning = "2026-11-25T00:00:01Z".parse().unwrap();
        let evening = "2026-11-25T23:59:59Z".parse().unwrap();
        assert_eq!(in_ten_years(morning), in_ten_years(evening));
    }
}
