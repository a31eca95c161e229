//! The way to the database.

use std::time::Duration;

use sqlx::{
    ConnectOptions, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
};
use tokio::time::timeout;

/// The owner's way to the database. Cheap to clone; connects when it is used, so it is there while Postgres is away.
#[derive(Clone, Debug)]
pub struct Database {
    options: PgConnectOptions,
    pool: PgPool,
}

#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error("the database URL is none: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE")]
    Url,
    #[error("the database did not answer within {seconds} s")]
    Timeout { seconds: u64 },
    #[error("cannot connect to the database")]
    Connect(#[source] sqlx::Error),
}

/// For short statements of all rooms together; the upkeep has a connection of its own.
const CONNECTIONS: u32 = 4;
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

// === impl Database ===

impl Database {
    /// `url` is the owner's, straight to the database; `ca` the certificates (PEM) that the database's own is signed with. With
    /// them it is verified, unless the URL's `sslmode` says something else.
    pub fn new(url: &str, ca: Option<&str>) -> Result<Self, DatabaseError> {
        let options = options(url, ca)?.application_name("tollgate-operator");
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(CONNECT_WITHIN)
            .idle_timeout(Duration::from_secs(300))
            .connect_lazy_with(options.clone());
        Ok(Self { options, pool })
    }

    /// For short statements. Fails within ten seconds while Postgres is away.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// For statements that must not wait behind those of other rooms: one connection, made when it is used.
    pub fn lane(&self) -> PgPool {
        PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(CONNECT_WITHIN)
            .connect_lazy_with(self.options.clone())
    }

    /// A connection of one's own.
    pub async fn connect(&self) -> Result<PgConnection, DatabaseError> {
        match timeout(CONNECT_WITHIN, self.options.connect()).await {
            Ok(connected) => connected.map_err(DatabaseError::Connect),
            Err(_) => Err(DatabaseError::Timeout { seconds: CONNECT_WITHIN.as_secs() }),
        }
    }
}

/// Parsed without repeating it: it may hold a password. Statements are not logged: they may hold what people wrote.
pub(crate) fn options(url: &str, ca: Option<&str>) -> Result<PgConnectOptions, DatabaseError> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(DatabaseError::Url);
    }
    let mut options: PgConnectOptions = url.parse().map_err(|_| DatabaseError::Url)?;
    if let Some(ca) = ca {
        options = options.ssl_root_cert_from_pem(ca.as_bytes().to_vec());
        if matches!(options.get_ssl_mode(), PgSslMode::Prefer) {
            options = options.ssl_mode(PgSslMode::VerifyFull);
        }
    }
    Ok(options.disable_statement_logging())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_is_none_is_refused_without_being_repeated() {
        let error = Database::new("mysql://ada:secret@host/db", None).unwrap_err().to_string();
        assert!(error.contains("expected postgres://") && !error.contains("secret"), "{error}");
    }

    #[test]
    fn with_a_certificate_authority_the_server_is_verified_unless_the_url_says_otherwise() {
        let mode = |url| options(url, Some("PEM")).unwrap().get_ssl_mode();
        assert!(matches!(mode("postgres://ada@host/db"), PgSslMode::VerifyFull));
        assert!(matches!(mode("postgres://ada@host/db?sslmode=verify-ca"), PgSslMode::VerifyCa));
    }
}
