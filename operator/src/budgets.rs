//! Budgets: how much of a limit is left, and which sidecar may spend it.
//!
//! Postgres is the only judge ([`judge`]); no leader is in the way. A [`Desk`] gathers what the sidecars of one replica ask
//! while the judge is busy, and takes it there at once: one statement is on its way at any time, however many ask.

mod desk;
mod judge;

pub use desk::{Desk, NoAnswer};
pub use judge::{Asked, JudgeError, Terms, judge};
