//! What is written back into the cluster, by the leader alone.

use crate::context::{Context, Tasks};

/// Starts the controllers; each works only while this replica leads.
pub fn spawn(_context: &Context, _tasks: &mut Tasks) {}
