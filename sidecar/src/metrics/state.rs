//! How fresh the flags and prices are that calls are held against.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;

use super::histogram::{Histogram, Scale, Totals};

/// From an admin's Enter to every pod: a second is promised, a quarter of it is the aim's worst.
const PUSH: Scale<6> = Scale { bounds: [10, 25, 50, 100, 250, 1_000], per_unit: 1_000 };

/// Written by whoever watches a source, read at scrape.
#[derive(Debug, Default)]
pub(crate) struct StateMetrics(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    sources: BTreeMap<&'static str, Source>,
    /// Features that have a flag, and whether calls of theirs pass.
    enabled: BTreeMap<Arc<str>, bool>,
    /// Where an operator is followed.
    stream: Option<Stream>,
}

#[derive(Debug)]
struct Source {
    /// When it was first looked at.
    since: Instant,
    /// When it was last seen to be what is in force.
    confirmed: Option<Instant>,
    /// Whether what the source holds now was taken; none before anything was heard of it.
    taken: Option<bool>,
}

#[derive(Debug, Default)]
struct Stream {
    connected: bool,
    /// By why they ended.
    ended: BTreeMap<&'static str, u64>,
    misheard: u64,
    reports_failed: u64,
    pushes: Histogram<6>,
    /// Where the state that holds is from.
    holds_by: Option<&'static str>,
}

/// Why streams end, as `state::stream` says it.
const STREAM_ENDS: [&str; 12] = [
    "stopped",
    "token",
    "configuration",
    "unreachable",
    "tls",
    "refused",
    "broken",
    "closed",
    "silent",
    "stale",
    "too_long",
    "renewed",
];

// === impl StateMetrics ===

impl StateMetrics {
    /// The source was in force as it stood at this moment.
    pub(crate) fn confirmed(&self, source: &'static str, at: Instant) {
        let mut inner = self.lock();
        let held = inner.sources.entry(source).or_insert(Source::new(at));
        // One that knows less makes what is known no older.
        (held.confirmed, held.taken) = (held.confirmed.max(Some(at)), Some(true));
    }

    /// The source holds what cannot be taken: the last good state stays, and ages.
    pub(crate) fn refused(&self, source: &'static str, now: Instant) {
        self.lock().sources.entry(source).or_insert(Source::new(now)).taken = Some(false);
    }

    /// From now on an operator is followed: what it says ages from here.
    pub(crate) fn follows(&self, source: &'static str, now: Instant) {
        let mut inner = self.lock();
        inner.sources.insert(source, Source::new(now));
        // a counter's first sample is lost otherwise
        let ended = STREAM_ENDS.map(|why| (why, 0)).into();
        inner.stream = Some(Stream { ended, ..Stream::default() });
    }

    pub(crate) fn stream_began(&self) {
        self.stream(|stream| stream.connected = true);
    }

    pub(crate) fn stream_ended(&self, why: &'static str) {
        self.stream(|stream| {
            stream.connected = false;
            *stream.ended.entry(why).or_default() += 1;
        });
    }

    pub(crate) fn misheard(&self) {
        self.stream(|stream| stream.misheard += 1);
    }

    pub(crate) fn report_failed(&self) {
        self.stream(|stream| stream.reports_failed += 1);
    }

    /// A change is in force, so many milliseconds after the operator learned of it.
    pub(crate) fn pushed(&self, millis: u64) {
        self.stream(|stream| stream.pushes.observe(millis, &PUSH));
    }

    pub(crate) fn holds_by(&self, source: &'static str) {
        self.stream(|stream| stream.holds_by = Some(source));
    }

    pub(crate) fn flags(&self, enabled: impl IntoIterator<Item = (Arc<str>, bool)>) {
        self.lock().enabled = enabled.into_iter().collect();
    }

    fn stream(&self, change: impl FnOnce(&mut Stream)) {
        if let Some(stream) = &mut self.lock().stream {
            change(stream);
        }
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
            let age = ConstGauge::new(state.confirmed.unwrap_or(state.since).elapsed().as_secs_f64());
            age.encode(family.encode_family(&[("source", *source)])?)?;
        }
        let mut family = encoder.encode_descriptor(
            "tollgate_state_valid",
            "1 if what the source holds now is in force, 0 if it was refused and the last good state stays",
            None,
            MetricType::Gauge,
        )?;
        for (source, state) in &inner.sources {
            if let Some(taken) = state.taken {
                ConstGauge::new(i64::from(taken)).encode(family.encode_family(&[("source", *source)])?)?;
            }
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
        match &inner.stream {
            Some(stream) => stream.encode(&mut encoder),
            None => Ok(()),
        }
    }
}

// === impl Source ===

impl Source {
    fn new(since: Instant) -> Self {
        Self { since, confirmed: None, taken: None }
    }
}

// === impl Stream ===

impl Stream {
    fn encode(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let Self { connected, ended, misheard, reports_failed, pushes, holds_by } = self;
        let gauge = encoder.encode_descriptor(
            "tollgate_state_connected",
            "1 while the operator's state stream stands",
            None,
            MetricType::Gauge,
        )?;
        ConstGauge::new(i64::from(*connected)).encode(gauge)?;
        let mut family = encoder.encode_descriptor(
            "tollgate_state_source",
            "1 for the source that the state in force was taken from",
            None,
            MetricType::Gauge,
        )?;
        for source in ["stream", "volume", "config_map", "none"] {
            let holds = holds_by.unwrap_or("none") == source;
            ConstGauge::new(i64::from(holds)).encode(family.encode_family(&[("source", source)])?)?;
        }
        let mut family = encoder.encode_descriptor(
            "tollgate_state_stream_ends",
            "Connections to the operator that ended or could not be made",
            None,
            MetricType::Counter,
        )?;
        for (why, count) in ended {
            ConstCounter::new(*count).encode(family.encode_family(&[("reason", *why)])?)?;
        }
        let mut counter = |name, help, value: u64| {
            let encoder = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
            ConstCounter::new(value).encode(encoder)
        };
        counter(
            "tollgate_state_unreadable",
            "States and messages that were told and could not be taken",
            *misheard,
        )?;
        counter("tollgate_report_failures", "Reports that the operator did not take", *reports_failed)?;
        let mut totals = Totals::default();
        totals.add(pushes);
        let family = encoder.encode_descriptor(
            "tollgate_state_push_seconds",
            "From the operator's learning of a change until it was in force here",
            None,
            MetricType::Histogram,
        )?;
        totals.encode(family, &PUSH)
    }
}
