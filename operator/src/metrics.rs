//! The operator's metrics: each part registers its own, `GET /metrics` writes all.

use std::sync::{Mutex, PoisonError};

use prometheus_client::{encoding::text::encode, registry::Registry};

/// All metrics. Names begin with `tollgate_operator_` unless DESIGN.md names them.
#[derive(Debug, Default)]
pub struct Metrics {
    registry: Mutex<Registry>,
}

// === impl Metrics ===

impl Metrics {
    /// Lets a part register what it counts.
    pub fn register<R>(&self, registers: impl FnOnce(&mut Registry) -> R) -> R {
        registers(&mut self.registry.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// All metrics as OpenMetrics text.
    pub fn encode(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry.lock().unwrap_or_else(PoisonError::into_inner))?;
        Ok(text)
    }
}
