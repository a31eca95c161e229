//! Budgets: how much of a limit is left, and which sidecar may spend it.
//!
//! Postgres is the only judge ([`judge`]); no leader is in the way. A [`Desk`] gathers what the sidecars of one replica ask
//! while the judge is busy, and takes it there at once: one statement is on its way at any time, however many ask.
//!
//! - [`Budgets`]: `POST /v1/grants`, answered; [`window`]: which window it is; [`spent`]: what the ledger has of it
//! - [`stops`]: groups whose calls do not pass, for a projection or an anomaly holds
//! - [`settle`]: the leader holds the ledger against what sidecars said, and counts what they did not; [`standing`]: how they stand, for
//!   flags' status and metrics

mod book;
mod desk;
mod found;
mod judge;
mod settle;
mod spent;
mod standing;
mod stops;
pub mod window;

pub use book::Budgets;
pub use desk::{Desk, NoAnswer};
pub use judge::{Asked, JudgeError, Terms, judge};
pub use settle::settle;
pub use spent::{NoSuchGroup, Of, SpentError, spent};
pub use stops::{Stop, Stops, stopped};

use crate::context::{Context, Tasks};

/// Starts what asks the judge; None without a database, where nobody can judge.
pub fn spawn(context: &Context, tasks: &mut Tasks) -> Option<Budgets> {
    let database = context.database.as_ref()?;
    let (desk, work) = Desk::new(database.lane());
    tasks.spawn(async move { match work.await {} });
    settle::spawn(context, database, tasks);
    let stops = stops::spawn(context, database, tasks);
    standing::spawn(context, database, stops.clone(), tasks);
    let cluster = context.settings.cluster.clone();
    Some(Budgets::new(context.index.clone(), cluster, desk, stops, database.pool().clone()))
}
