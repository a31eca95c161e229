//! The login that all sidecars share: the role `tollgate_sidecar` gets the password that stands in the URL they are told.
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

#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    #[error(
        "the sidecars' database URL is none: expected postgres://tollgate_sidecar:PASSWORD@HOST:PORT/DATABASE"
    )]
    Url,
    #[error("the sidecars' password holds other characters than printable ASCII; choose another")]
    NotAscii,
    #[error(
        "the password of the role tollgate_sidecar cannot be set; as a superuser: \
         ALTER ROLE tollgate_sidecar PASSWORD '…', with the password of the URL that sidecars are told"
    )]
    Database(#[from] sqlx::Error),
    #[error("the system gives no random numbers to make a salt of")]
    Random(#[from] io::Error),
}

const ROLE: &str = "tollgate_sidecar";
/// As many as Postgres itself takes.
const ITERATIONS: u32 = 4096;

/// Gives the role `tollgate_sidecar` the password of this URL.
pub async fn set(connection: &mut PgConnection, sidecar_url: &str) -> Result<Login, LoginError> {
    let (user, password) = credentials(sidecar_url)?;
    let (ROLE, Some(password)) = (user.as_str(), password) else { return Ok(Login::NotOurs) };
    if !password.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(LoginError::NotAscii); // others would have to be normalized as SASLprep does
    }
    let mut salt = [0; 16];
    let mut filled = 0;
    while filled < salt.len() {
        filled += getrandom(&mut salt[filled..], GetRandomFlags::empty()).map_err(io::Error::from)?;
    }
    let (stored, server) = keys(password.as_bytes(), &salt);
    let mut transaction = connection.begin().await?;
    let verifier: String = sqlx::query_scalar(
        "select format('SCRAM-SHA-256$%s:%s$%s:%s', $1::int4, encode($2, 'base64'), encode($3, 'base64'), encode($4, 'base64'))",
    )
    .bind(i32::try_from(ITERATIONS).unwrap_or(i32::MAX))
    .bind(salt.as_slice())
    .bind(stored.as_slice())
    .bind(server.as_slice())
    .fetch_one(&mut *transaction)
    .await?;
    // It is of letters, digits and + / = $ : alone.
    sqlx::raw_sql(AssertSqlSafe(format!("alter role {ROLE} password '{verifier}'")))
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(Login::Set)
}

/// User and password of a URL.
fn credentials(url: &str) -> Result<(String, Option<String>), LoginError> {
    let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
    let authority = rest.and_then(|rest| rest.split(['/', '?']).next()).ok_or(LoginError::Url)?;
    let (user, password) = match authority.rsplit_once('@') {
        Some((before, _)) => match before.split_once(':') {
            Some((user, password)) => (user, Some(password)),
            None => (before, None),
        },
        None => ("", None),
    };
    let decoded =
        |text: &str| percent_decode_str(text).decode_utf8().map(Into::into).map_err(|_| LoginError::Url);
    Ok((decoded(user)?, password.map(decoded).transpose()?))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_and_password_are_taken_from_the_url_decoded() {
        let of = |url| credentials(url).unwrap();
        assert_eq!(of("postgres://a%40b:p%2Fw:x@host:5432/db?sslmode=require").1.as_deref(), Some("p/w:x"));
        assert_eq!(of("postgres://tollgate_sidecar@host/db"), ("tollgate_sidecar".to_owned(), None));
        assert_eq!(of("postgresql://host/db"), (String::new(), None));
        assert!(matches!(credentials("https://host"), Err(LoginError::Url)));
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
