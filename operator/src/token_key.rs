//! The key that tokens are signed with: made once, kept in the database's table `ingest_keys`, which only its owner reads.

use std::io;

use sqlx::{Connection, PgConnection, Row};

use crate::token::{Pads, SigningKey};

#[derive(Debug, thiserror::Error)]
pub enum TokenKeyError {
    #[error("the table ingest_keys cannot be used; only the role tollgate_owner and its members may")]
    Database(#[from] sqlx::Error),
    #[error(
        "the row {id} of the table ingest_keys holds no key: inner_pad and outer_pad do not belong together"
    )]
    Damaged { id: String },
    #[error("the system gives no random numbers to make a key of")]
    Random(#[from] io::Error),
}

/// The newest key that is not retired; a new one if there is none. Of two that make one at once, both use the first.
pub async fn current(connection: &mut PgConnection) -> Result<SigningKey, TokenKeyError> {
    if let Some(key) = newest(connection).await? {
        return Ok(key);
    }
    let key = SigningKey::generate()?;
    let Pads { inner, outer } = key.pads();
    let mut transaction = connection.begin().await?;
    // The second one waits here until it can see the first one's key.
    sqlx::query("lock table public.ingest_keys in share row exclusive mode")
        .execute(&mut *transaction)
        .await?;
    sqlx::query(
        "insert into public.ingest_keys (key_id, inner_pad, outer_pad)
         select $1, $2, $3
         where not exists (select from public.ingest_keys where retired_at is null)",
    )
    .bind(key.id())
    .bind(inner.as_slice())
    .bind(outer.as_slice())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(newest(connection).await?.unwrap_or(key))
}

async fn newest(connection: &mut PgConnection) -> Result<Option<SigningKey>, TokenKeyError> {
    let row = sqlx::query(
        "select key_id, inner_pad, outer_pad
         from public.ingest_keys
         where retired_at is null
         order by created_at desc, key_id
         limit 1",
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let id: String = row.try_get("key_id")?;
    let (inner, outer): (Vec<u8>, Vec<u8>) = (row.try_get("inner_pad")?, row.try_get("outer_pad")?);
    let pads = inner.try_into().ok().zip(outer.try_into().ok()).map(|(inner, outer)| Pads { inner, outer });
    match pads.and_then(|pads| SigningKey::from_pads(id.clone(), &pads)) {
        Some(key) => Ok(Some(key)),
        None => Err(TokenKeyError::Damaged { id }),
    }
}
