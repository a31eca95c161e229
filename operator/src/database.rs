//! Postgres behind the operator: what the leader keeps there, and what the other rooms read from it.
//!
//! - [`access`]: the way to it; [`login`]: the logins of sidecars and console
//! - [`upkeep`]: the leader's one task: migrations, partitions, rollups, in that order and again and again
//! - [`partitions`]: days that are made ahead, and dropped when they are over and sealed
//! - [`rollup`]: hours and days whose rows changed, made anew
//! - [`flags`]: the table `feature_flags`; [`audit`]: the chain `flag_changes`; [`deletions`]: who asked for a flag's end
//! - [`totals`]: sums for the status of flags; [`calls`]: which calls alerts and budgets count
//!
//! Everything that runs for long runs on the leader alone, and nothing in it relies on that: rollups and partitions take
//! locks in the database, so that two leaders at once cost time and nothing else.

pub mod access;
pub mod audit;
pub(crate) mod calls;
pub mod deletions;
pub mod flags;
pub mod login;
pub mod metrics;
pub mod partitions;
pub mod rollup;
pub mod totals;
pub mod upkeep;

pub use access::{Database, DatabaseError};
pub use totals::{Totals, last_day, would_refuse};

use crate::context::{Context, Tasks};

/// Starts the upkeep; it works only while this replica leads, and does nothing without a database.
pub fn spawn(context: &Context, tasks: &mut Tasks) {
    let Some(database) = context.database.clone() else { return };
    let upkeep = upkeep::Upkeep {
        database,
        leadership: context.leadership.clone(),
        sidecar_url: context.settings.database.sidecar_url.clone(),
        console_url: context.settings.database.console_url.clone(),
        keep: context.settings.retention.usage_days,
        metrics: context.metrics.register(metrics::UpkeepMetrics::register),
    };
    tasks.spawn(async move { match upkeep.run().await {} });
}
