//! The logins that are ours: the role `tollgate_sidecar`, which all sidecars share, and the console's `tollgate_console` get the
//! password that stands in the URL they are told.
//!
//! What is sent is not the password but what Postgres keeps of it (a SCRAM-SHA-256 verifier, RFC 5802), so that no log of the
//! server can hold it.

use std::io;

use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::percent_decode_str;
use rustix::rand::{GetRandomFlags, getrandom};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// What was done about the login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Login {
    /// The role has the URL's password now.
    Set,
    /// The URL names another login, or no password: that is somebody else's to keep.
    NotOurs,
}

/// Whose login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Sidecars,
    Console,
}

#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    #[error("the database URL of {role} is none: expected postgres://{role}:PASSWORD@HOST:PORT/DATABASE")]
    Url { role: &'static str },
    #[error("the password of {role} holds other characters than printable ASCII; choose another")]
    NotAscii { role: &'static str },
    #[error(
        "the password of the role {role} cannot be set; as a superuser: \
         ALTER ROLE {role} PASSWORD '…', with the password of the URL that is configured"
    )]
    Database { role: &'static str, source: sqlx::Error },
    #[error("the system gives no random numbers to make a salt of")]
    Random(#[from] io::Error),
}

/// As many as Postgres itself takes.
const ITERATIONS: u32 = 4096;

/// Gives the role the password of this URL.
pub async fn set(connection: &mut PgConnection, whose: Whose, url: &str) -> Result<Login, LoginError> {
    let role = whose.role();
    let (user, password) = credentials(url).ok_or(LoginError::Url { role })?;
    let Some(password) = password.filter(|_| user == role) else { return Ok(Login::NotOurs) };
    if !password.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(LoginError::NotAscii { role }); // others would have to be normalized as SASLprep does
    }
    let mut salt = [0; 16];
    let mut filled = 0;
    while filled < salt.len() {
        filled += getrandom(&mut salt[filled..], GetRandomFlags::empty()).map_err(io::Error::from)?;
    }
    let keys = keys(password.as_bytes(), &salt);
    alter(connection, role, &salt, &keys).await.map_err(|source| LoginError::Database { role, source })?;
    Ok(Login::Set)
}

async fn alter(
    connection: &mut PgConnection,
    role: &str,
    salt: &[u8],
    (stored, server): &([u8; 32], [u8; 32]),
) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin().await?;
    let verifier: String = sqlx::query_scalar(
        "select format('SCRAM-SHA-256$%s:%s$%s:%s', $1::int4, encode($2, 'base64'), encode($3, 'base64'), encode($4, 'base64'))",
    )
    .bind(i32::try_from(ITERATIONS).unwrap_or(i32::MAX))
    .bind(salt)
    .bind(stored.as_slice())
    .bind(server.as_slice())
    .fetch_one(&mut *transaction)
    .await?;
    // It is of letters, digits and + / = $ : alone.
    sqlx::raw_sql(AssertSqlSafe(format!("alter role {role} password '{verifier}'")))
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// User and password of a URL.
fn credentials(url: &str) -> Option<(String, Option<String>)> {
    let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
    let authority = rest.and_then(|rest| rest.split(['/', '?']).next())?;
    let (user, password) = match authority.rsplit_once('@') {
        Some((before, _)) => match before.split_once(':') {
            Some((user, password)) => (user, Some(password)),
            None => (before, None),
        },
        None => ("", None),
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().ok().map(String::from);
    match password {
        Some(password) => Some((decoded(user)?, Some(decoded(password)?))),
        None => Some((decoded(user)?, None)),
    }
}

/// StoredKey and ServerKey of RFC 5802.
fn keys(password: &[u8], salt: &[u8]) -> ([u8; 32], [u8; 32]) {
    let mut block = mac(password, &[salt, &1u32.to_be_bytes()]);
    let mut salted = block;
    for _ in 1..ITERATIONS {
        block = mac(password, &[&block]);
        for (byte, other) in salted.iter_mut().zip(block) {
            *byte ^= other;
        }
    }
    (Sha256::digest(mac(&salted, &[b"Client Key"])).into(), mac(&salted, &[b"Server Key"]))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes a key of any length.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()));
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

// === impl Whose ===

impl Whose {
    /// As Postgres knows it.
    pub fn role(self) -> &'static str {
        match self {
            Self::Sidecars => "tollgate_sidecar",
            Self::Console => "tollgate_console",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_password_are_taken_from_the_url_decoded() {
        let of = |url| credentials(url).unwrap();
        assert_eq!(of("postgres://a%40b:p%2Fw:x@host:5432/db?sslmode=require").1.as_deref(), Some("p/w:x"));
        assert_eq!(of("postgres://tollgate_sidecar@host/db"), ("tollgate_sidecar".to_owned(), None));
        assert_eq!(of("postgresql://host/db"), (String::new(), None));
        assert_eq!(credentials("https://host"), None);
    }

    #[test]
    fn the_keys_are_those_that_postgres_itself_makes() {
        // `create role probe password 'it''s a secret'`, in Postgres 15: rolpassword, with its base64 as hex
        let salt =
            [0xd7, 0x23, 0x7c, 0x25, 0x56, 0xcd, 0x51, 0xe6, 0x38, 0x0a, 0x7d, 0xf4, 0x43, 0x44, 0x43, 0x6c];
        let hex = |bytes: [u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let (stored, server) = keys(b"it's a secret", &salt);
        assert_eq!(hex(stored), "7b8b977d53952b88b4c37329c84af382393ee1fae52a5da6a1880aded46efe0f");
        assert_eq!(hex(server), "ade6085b49417623c4d484d8f5780b2dbf2b11674e7b025e2ee22cd251d557d0");
    }
}
