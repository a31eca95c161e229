//! The leader's one task at the database. On connections of its own, which a pooler must not share: migrations, the
//! logins, partitions; then, each second, what was marked is rolled up, and now and then old days leave.
//!
//! Whatever fails ends the connections; it begins again at the top, with a growing pause. Postgres may be away for days:
//! rows wait in the sidecars meanwhile, and their marks bring all rollups up to date afterwards.

mod round;

use std::{convert::Infallible, future::Future, time::Duration};

use jiff::{Timestamp, civil::Date, tz::Offset};
use sqlx::PgConnection;
use tokio::time::{Instant, sleep, timeout};

use super::{
    access::{Database, DatabaseError},
    login::{self, Login, Whose},
    metrics::{Step, UpkeepMetrics},
    partitions::{self, Swept},
    rollup::{Grain, Pace},
};
use crate::{
    leadership::Leadership,
    migrate::{self, MigrateError},
};

/// See the module.
pub struct Upkeep {
    pub database: Database,
    pub leadership: Leadership,
    /// What sidecars are told: its password becomes their login's.
    pub sidecar_url: Option<String>,
    /// The same of the console.
    pub console_url: Option<String>,
    /// Days that rows are kept.
    pub keep: u16,
    pub metrics: UpkeepMetrics,
}

/// Why a connection was given up.
#[derive(Debug, thiserror::Error)]
enum UpkeepError {
    #[error(transparent)]
    Connect(DatabaseError),
    #[error("the database cannot be migrated")]
    Migrate(#[source] MigrateError),
    #[error("the days of the ledger cannot be kept in order")]
    Partitions(#[source] sqlx::Error),
    #[error("the database failed while the ledger was rolled up")]
    Rollup(#[source] sqlx::Error),
    #[error("the database did not answer for {} minutes", ANSWER_WITHIN.as_secs() / 60)]
    Timeout(Step),
}

const ROUND: Duration = Duration::from_secs(1);
const HOUSEKEEPING: Duration = Duration::from_secs(600);
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Longer than any statement of the upkeep takes: what does not answer by then is a connection that died unseen.
const ANSWER_WITHIN: Duration = Duration::from_secs(900);

// === impl Upkeep ===

impl Upkeep {
    /// Works whenever this replica leads, for ever.
    pub async fn run(self) -> Infallible {
        loop {
            self.leadership.won().await;
            tokio::select! {
                () = self.leadership.lost() => {}
                never = self.lead() => match never {},
            }
            self.metrics.up.set(0);
            for grain in Grain::ALL {
                self.metrics.waiting(grain, 0);
            }
        }
    }

    async fn lead(&self) -> Infallible {
        let mut pause = FIRST_PAUSE;
        let mut said = String::new();
        loop {
            let mut worked = false;
            let Err(error) = self.connection(&mut said, &mut worked).await;
            self.metrics.up.set(0);
            self.metrics.failed(error.step());
            if worked {
                pause = FIRST_PAUSE;
            }
            let text = told(&error);
            // The same trouble is said once, not with each try.
            if text == said {
                tracing::debug!(error = text, "the database is still not kept");
            } else {
                tracing::warn!(
                    "the ledger's database is not kept at the moment, trying again: {text}; rows wait in the sidecars until it is back"
                );
                said = text;
            }
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Everything, until something fails. `said` is the trouble that was logged last, `worked` whether it got
    /// as far as to work.
    async fn connection(&self, said: &mut String, worked: &mut bool) -> Result<Infallible, UpkeepError> {
        let mut connection = self.database.connect().await.map_err(UpkeepError::Connect)?;
        let housekeeping = self.prepare(&mut connection).await?;
        *worked = true;
        self.metrics.up.set(1);
        if !said.is_empty() {
            tracing::info!("the ledger's database is back, and kept again");
            said.clear();
        }
        // Days take long, and hours must not wait for them.
        let mut second = self.database.connect().await.map_err(UpkeepError::Connect)?;
        let hours = self.hours(&mut connection, housekeeping);
        let (never, _) = tokio::try_join!(hours, self.days(&mut second))?;
        Ok(never)
    }

    async fn hours(
        &self,
        connection: &mut PgConnection,
        mut housekeeping: Instant,
    ) -> Result<Infallible, UpkeepError> {
        let mut pace = Pace::default();
        loop {
            if housekeeping <= Instant::now() {
                housekeeping = self.keep_house(connection).await?;
            }
            self.round(connection, Grain::Hour, &mut pace).await?;
        }
    }

    async fn days(&self, connection: &mut PgConnection) -> Result<Infallible, UpkeepError> {
        let mut pace = Pace::default();
        loop {
            for grain in [Grain::Day, Grain::Week] {
                self.round(connection, grain, &mut pace).await?;
            }
        }
    }

    async fn round(
        &self,
        connection: &mut PgConnection,
        grain: Grain,
        pace: &mut Pace,
    ) -> Result<(), UpkeepError> {
        let round = round::run(connection, grain, pace, &self.metrics);
        within(Step::Rollup, round).await?.map_err(UpkeepError::Rollup)?;
        sleep(ROUND).await;
        Ok(())
    }

    /// What must be done before anything else is.
    async fn prepare(&self, connection: &mut PgConnection) -> Result<Instant, UpkeepError> {
        let migrated = migrate::run(connection, || {
            tracing::info!("waiting for another migration of the database to end")
        });
        let report = within(Step::Migrate, migrated).await?.map_err(UpkeepError::Migrate)?;
        if report.applied > 0 {
            tracing::info!(applied = report.applied, known = report.known, "the database is migrated");
        }
        for (whose, url) in [(Whose::Sidecars, &self.sidecar_url), (Whose::Console, &self.console_url)] {
            let Some(url) = url else { continue };
            match within(Step::Login, login::set(connection, whose, url)).await? {
                Ok(Login::Set | Login::NotOurs) => {}
                // Somebody else may have given it the right one: no reason to stop.
                Err(error) => {
                    self.metrics.failed(Step::Login);
                    tracing::warn!("{}", told(&error));
                }
            }
        }
        self.keep_house(connection).await
    }

    /// Partitions and what is cleared away with them; gives when it is due again.
    async fn keep_house(&self, connection: &mut PgConnection) -> Result<Instant, UpkeepError> {
        let work = async {
            let today = day_of(Timestamp::now());
            partitions::make_ahead(connection, today).await?;
            let swept = partitions::drop_old(connection, today, self.keep).await?;
            let quarantined = partitions::clear_away(connection, today, self.keep).await?;
            Ok((swept, quarantined))
        };
        let (Swept { dropped, kept }, quarantined) =
            within(Step::Partitions, work).await?.map_err(UpkeepError::Partitions)?;
        self.metrics.partitions_dropped.inc_by(u64::try_from(dropped.len()).unwrap_or(u64::MAX));
        self.metrics.partitions_kept.set(i64::try_from(kept.len()).unwrap_or(i64::MAX));
        self.metrics.quarantined.set(quarantined);
        if let (Some(first), Some(last)) = (dropped.first(), dropped.last()) {
            tracing::info!(%first, %last, days = dropped.len(), "days of the ledger were dropped for their age");
        }
        Ok(Instant::now() + HOUSEKEEPING)
    }
}

// === impl UpkeepError ===

impl UpkeepError {
    fn step(&self) -> Step {
        match self {
            Self::Connect(_) => Step::Connect,
            Self::Migrate(_) => Step::Migrate,
            Self::Partitions(_) => Step::Partitions,
            Self::Rollup(_) => Step::Rollup,
            Self::Timeout(step) => *step,
        }
    }
}

async fn within<T>(step: Step, work: impl Future<Output = T>) -> Result<T, UpkeepError> {
    timeout(ANSWER_WITHIN, work).await.map_err(|_| UpkeepError::Timeout(step))
}

fn day_of(now: Timestamp) -> Date {
    Offset::UTC.to_datetime(now).date()
}

/// With its causes.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.ends_with(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}
