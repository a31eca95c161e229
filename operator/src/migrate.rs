//! Brings a database to the schema that this program knows.

use std::time::Duration;

use sqlx::PgConnection;
use tokio::time::sleep;

/// What a run found and did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// Migrations in this program.
    pub known: usize,
    /// Of these, applied by this run.
    pub applied: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error("the database is Postgres {found}, but Tollgate needs 14 or newer")]
    TooOld { found: i32 },
    #[error("a migration failed; nothing of it was kept")]
    Migration(#[source] sqlx::migrate::MigrateError),
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}

/// Of all that use this database, Tollgate's migrations take this number.
const LOCK: i64 = i64::from_be_bytes(*b"tollgate");
const OLDEST: i32 = 14;
/// Since then whoever makes a role may give it away, and is not for that a member who can act as it.
const ROLES_TELL_APART: i32 = 16;
const ASK_AGAIN: Duration = Duration::from_millis(200);

/// Applies what is missing. Migrations that are newer than this program are left alone: it may be an older replica.
/// `waits` is called once if another run has to end first.
pub async fn run(connection: &mut PgConnection, waits: impl FnOnce()) -> Result<Report, MigrateError> {
    let version: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
        .fetch_one(&mut *connection)
        .await?;
    if version / 10_000 < OLDEST {
        return Err(MigrateError::TooOld { found: version / 10_000 });
    }
    take_lock(connection, waits).await?;
    let report = apply(connection, version / 10_000).await;
    // Also after a failure, for a connection may live on; with the connection it would end anyway.
    let unlocked = sqlx::query("select pg_advisory_unlock($1)").bind(LOCK).execute(&mut *connection).await;
    let report = report?;
    unlocked?;
    Ok(report)
}

/// Asks again and again instead of waiting in the database: a statement that waits there holds a snapshot, and an index that is built
/// concurrently would wait for that, for ever.
async fn take_lock(connection: &mut PgConnection, waits: impl FnOnce()) -> Result<(), MigrateError> {
    let mut waits = Some(waits);
    loop {
        let taken: bool = sqlx::query_scalar("select pg_try_advisory_lock($1)")
            .bind(LOCK)
            .fetch_one(&mut *connection)
            .await?;
        if taken {
            return Ok(());
        }
        if let Some(waits) = waits.take() {
            waits();
        }
        sleep(ASK_AGAIN).await;
    }
}

async fn apply(connection: &mut PgConnection, postgres: i32) -> Result<Report, MigrateError> {
    if postgres >= ROLES_TELL_APART {
        sqlx::raw_sql(include_str!("migrate/owner.sql")).execute(&mut *connection).await?;
    }
    let mut migrator = sqlx::migrate!("../migrations");
    migrator.set_ignore_missing(true).set_locking(false);
    let versions: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
    let before = applied(connection, &versions).await?;
    // `run` itself gives a future that cannot be spawned (its trait `Acquire` is not general enough).
    migrator.run_direct(None, connection, false).await.map_err(MigrateError::Migration)?;
    Ok(Report { known: versions.len(), applied: versions.len().saturating_sub(before) })
}

/// How many of these versions the database has.
async fn applied(connection: &mut PgConnection, versions: &[i64]) -> Result<usize, MigrateError> {
    let begun: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(&mut *connection)
        .await?;
    if !begun {
        return Ok(0);
    }
    let count: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations where version = any($1)")
        .bind(versions)
        .fetch_one(&mut *connection)
        .await?;
    Ok(usize::try_from(count).unwrap_or(0))
}
