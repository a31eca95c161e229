//! A histogram that one worker writes without a lock and a scrape adds up.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use prometheus_client::encoding::{MetricEncoder, NoLabelSet};

/// Counts per bucket of whole numbers (tokens, microseconds); the last bucket has no bound.
#[derive(Debug)]
pub(super) struct Histogram<const BOUNDS: usize> {
    sum: AtomicU64,
    buckets: [AtomicU64; BOUNDS],
    beyond: AtomicU64,
}

/// What several [`Histogram`]s of one kind hold together.
#[derive(Debug, Clone)]
pub(super) struct Totals<const BOUNDS: usize> {
    sum: u64,
    buckets: [u64; BOUNDS],
    beyond: u64,
}

/// Upper bounds in the unit that is written, and how many of those make one of the unit that is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale<const BOUNDS: usize> {
    pub(super) bounds: [u64; BOUNDS],
    pub(super) per_unit: u64,
}

// === impl Histogram ===

impl<const BOUNDS: usize> Histogram<BOUNDS> {
    pub(super) fn observe(&self, value: u64, scale: &Scale<BOUNDS>) {
        self.sum.fetch_add(value, Relaxed);
        match scale.bounds.iter().position(|bound| value <= *bound) {
            Some(bucket) => self.buckets[bucket].fetch_add(1, Relaxed),
            None => self.beyond.fetch_add(1, Relaxed),
        };
    }
}

impl<const BOUNDS: usize> Default for Histogram<BOUNDS> {
    fn default() -> Self {
        Self {
            sum: AtomicU64::new(0),
            buckets: std::array::from_fn(|_| AtomicU64::new(0)),
            beyond: AtomicU64::new(0),
        }
    }
}

// === impl Totals ===

impl<const BOUNDS: usize> Totals<BOUNDS> {
    pub(super) fn add(&mut self, histogram: &Histogram<BOUNDS>) {
        self.sum += histogram.sum.load(Relaxed);
        for (total, bucket) in self.buckets.iter_mut().zip(&histogram.buckets) {
            *total += bucket.load(Relaxed);
        }
        self.beyond += histogram.beyond.load(Relaxed);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// All that was observed together, in the unit that is written.
    pub(super) fn sum(&self) -> u64 {
        self.sum
    }

    fn count(&self) -> u64 {
        self.buckets.iter().sum::<u64>() + self.beyond
    }

    pub(super) fn encode(
        &self,
        mut encoder: MetricEncoder<'_>,
        scale: &Scale<BOUNDS>,
    ) -> Result<(), std::fmt::Error> {
        let mut buckets = Vec::with_capacity(BOUNDS + 1);
        for (bound, count) in scale.bounds.iter().zip(&self.buckets) {
            buckets.push((in_units(*bound, scale.per_unit), *count));
        }
        buckets.push((f64::INFINITY, self.beyond));
        encoder.encode_histogram::<NoLabelSet>(
            in_units(self.sum, scale.per_unit),
            self.count(),
            &buckets,
            None,
        )
    }
}

impl<const BOUNDS: usize> Default for Totals<BOUNDS> {
    fn default() -> Self {
        Self { sum: 0, buckets: [0; BOUNDS], beyond: 0 }
    }
}

#[expect(clippy::float_arithmetic, reason = "Prometheus speaks floats; money and ledger never come this way")]
pub(super) fn in_units(value: u64, per_unit: u64) -> f64 {
    value as f64 / per_unit as f64
}
