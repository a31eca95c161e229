//! The key that sidecars' tokens are signed with, from Postgres.

use std::time::Duration;

use sqlx::Connection;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use crate::{
    context::Tasks,
    database::{Database, DatabaseError},
    token::SigningKey,
    token_key::{self, TokenKeyError},
};

#[derive(Debug, thiserror::Error)]
enum KeyError {
    #[error(transparent)]
    Connect(#[from] DatabaseError),
    #[error("the connection to the database did not end well: {0}")]
    Close(#[from] sqlx::Error),
    #[error(transparent)]
    Key(#[from] TokenKeyError),
    #[error("the database did not answer in time")]
    Slow,
}

/// A key that was retired is given up after this.
const LOOK_AGAIN: Duration = Duration::from_secs(300);
/// The leader may still be migrating.
const TRY_AGAIN: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(10);

/// The key, as soon as the database gives it.
pub(super) fn spawn(database: Database, tasks: &mut Tasks) -> watch::Receiver<Option<SigningKey>> {
    let (found, key) = watch::channel(None);
    tasks.spawn(async move {
        let mut failing = false;
        while !found.is_closed() {
            let wait = match timeout(PATIENCE, current(&database)).await.unwrap_or(Err(KeyError::Slow)) {
                Ok(key) => {
                    if std::mem::replace(&mut failing, false) {
                        tracing::info!("the database gives the key of the ledger's tokens again");
                    }
                    found.send_if_modified(|held| {
                        let changed = held.as_ref() != Some(&key);
                        *held = Some(key);
                        changed
                    });
                    LOOK_AGAIN
                }
                Err(error) => {
                    if !std::mem::replace(&mut failing, true) {
                        tracing::warn!(%error, "the key of the ledger's tokens cannot be read yet: until it can, new sidecars hand their rows to the operator where it has --usage-dir, else they keep them");
                    }
                    TRY_AGAIN
                }
            };
            sleep(wait).await;
        }
        "the task that reads the key of the ledger's tokens"
    });
    key
}

async fn current(database: &Database) -> Result<SigningKey, KeyError> {
    let mut connection = database.connect().await?;
    let key = token_key::current(&mut connection).await?;
    connection.close().await?;
    Ok(key)
}
