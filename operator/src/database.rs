//! Postgres and its upkeep, by the leader alone.

use crate::context::{Context, Tasks};

/// Starts the upkeep; it works only while this replica leads, and does nothing without a database.
pub fn spawn(_context: &Context, _tasks: &mut Tasks) {}
