//! How fresh the flags and prices are that calls are held against.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;

/// Written by whoever watches a source, read at scrape.
#[derive(Debug, Default)]
pub(crate) struct StateMetrics(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    sources: BTreeMap<&'static str, Source>,
    /// Features that have a flag, and whether calls of theirs pass.
    enabled: BTreeMap<Arc<str>, bool>,
}

#[derive(Debug)]
struct Source {
    /// When the source was last seen to be what is in force.
    confirmed: Instant,
    /// Whether what the source holds now was taken.
    taken: bool,
}

// === impl StateMetrics ===

impl StateMetrics {
    /// The source is in force as it stands, as of this moment.
    pub(crate) fn confirmed(&self, source: &'static str, now: Instant) {
        self.lock().sources.insert(source, Source { confirmed: now, taken: true });
    }

    /// The source holds what cannot be taken: the last good state stays, and ages.
    pub(crate) fn refused(&self, source: &'static str, now: Instant) {
        let mut inner = self.lock();
        inner.sources.entry(source).or_insert(Source { confirmed: now, taken: false }).taken = false;
    }

    pub(crate) fn flags(&self, enabled: impl IntoIterator<Item = (Arc<str>, bool)>) {
        self.lock().enabled = enabled.into_iter().collect();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Collector for StateMetrics {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let inner = self.lock();
        let mut family = encoder.encode_descriptor(
            "tollgate_state_age_seconds",
            "Since the source was last seen to be what is in force",
            None,
            MetricType::Gauge,
        )?;
        for (source, state) in &inner.sources {
            let age = ConstGauge::new(state.confirmed.elapsed().as_secs_f64());
            age.encode(family.encode_family(&[("source", *source)])?)?;
        }
        let mut family = encoder.encode_descriptor(
            "tollgate_state_valid",
            "1 if what the source holds now is in force, 0 if it was refused and the last good state stays",
            None,
            MetricType::Gauge,
        )?;
        for (source, state) in &inner.sources {
            ConstGauge::new(i64::from(state.taken)).encode(family.encode_family(&[("source", *source)])?)?;
        }
        let mut family = encoder.encode_descriptor(
            "tollgate_flag_enabled",
            "1 if calls of the feature pass, 0 if they are refused",
            None,
            MetricType::Gauge,
        )?;
        for (feature, enabled) in &inner.enabled {
            ConstGauge::new(i64::from(*enabled)).encode(family.encode_family(&[("feature", &**feature)])?)?;
        }
        Ok(())
    }
}
