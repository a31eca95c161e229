//! What is counted of every call: each worker writes its own numbers, a scrape adds them up.

mod spend;
mod unpriced;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use tollgate_meter::{Bill, Cost, Outcome, Provider, UsageSource};

use self::unpriced::UnpricedModels;
use super::histogram::{Histogram, Scale, Totals, in_units};
use super::labels::{FeatureLabels, OTHER};

/// Six bounds each: a histogram is seven series for every call's labels.
const TOKENS: Scale<6> = Scale { bounds: [64, 512, 4_096, 32_768, 262_144, 1_048_576], per_unit: 1 };
const DURATION: Scale<6> = Scale {
    bounds: [250_000, 1_000_000, 4_000_000, 15_000_000, 60_000_000, 300_000_000],
    per_unit: 1_000_000,
};
const OVERHEAD: Scale<6> = Scale { bounds: [20, 50, 100, 250, 1_000, 10_000], per_unit: 1_000_000 };

const PICO_USD_PER_USD: u64 = 1_000_000_000_000;

/// The numbers of one worker. Only its own thread writes; nothing is locked but when a series is new.
pub(crate) struct WorkerCalls {
    shared: Arc<CallMetrics>,
    shard: Arc<Shard>,
    features: RefCell<HashMap<Arc<str>, Arc<str>>>,
    models: RefCell<HashMap<Box<str>, Arc<str>>>,
    series: RefCell<HashMap<Key, Arc<Series>>>,
    other: Arc<str>,
}

/// All workers' numbers together.
#[derive(Default)]
pub(crate) struct CallMetrics {
    features: FeatureLabels,
    /// Features that have their series with 0 from the start.
    declared: Mutex<BTreeSet<Arc<str>>>,
    shards: Mutex<Vec<Arc<Shard>>>,
}

#[derive(Default)]
struct Shard {
    series: Mutex<Vec<(Key, Arc<Series>)>>,
    unpriced: UnpricedModels,
    overhead: Histogram<6>,
    open: AtomicU64,
    closed: AtomicU64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    feature: Arc<str>,
    provider: Provider,
    model: Arc<str>,
    outcome: Outcome,
    usage_source: UsageSource,
}

#[derive(Default)]
struct Series {
    calls: AtomicU64,
    cost_pico_usd: AtomicU64,
    unpriced: AtomicU64,
    would_refuse: AtomicU64,
    input_tokens: Histogram<6>,
    output_tokens: Histogram<6>,
    duration: Histogram<6>,
}

/// What a closed call adds.
pub(crate) struct Observation<'a> {
    pub(crate) feature: &'a Arc<str>,
    pub(crate) provider: Provider,
    /// `None` where the price book does not know the model: then it is `other`.
    pub(crate) model: Option<&'a str>,
    pub(crate) outcome: Outcome,
    pub(crate) bill: &'a Bill,
    /// A flag in preview would have refused it.
    pub(crate) would_refuse: bool,
    /// `None` where it was no call of its own.
    pub(crate) duration: Option<Duration>,
}

// === impl WorkerCalls ===

impl WorkerCalls {
    pub(crate) fn opened(&self) {
        self.shard.open.fetch_add(1, Relaxed);
    }

    /// How long a call waited for us: from the moment all that its gate needs was there until it went up.
    pub(crate) fn overhead(&self, waited: Duration) {
        self.shard.overhead.observe(micros(waited), &OVERHEAD);
    }

    pub(crate) fn closed(&self, call: &Observation<'_>) {
        self.shard.closed.fetch_add(1, Relaxed);
        let key = Key {
            feature: self.feature_label(call.feature),
            provider: call.provider,
            model: self.model_label(call.model),
            outcome: call.outcome,
            usage_source: call.bill.usage_source,
        };
        let series = self.series(key);
        series.calls.fetch_add(1, Relaxed);
        if let Some(duration) = call.duration {
            series.duration.observe(micros(duration), &DURATION);
        }
        if matches!(call.bill.usage_source, UsageSource::Provider | UsageSource::Estimated) {
            series.input_tokens.observe(call.bill.tokens.input, &TOKENS);
            series.output_tokens.observe(call.bill.tokens.output, &TOKENS);
        }
        if call.would_refuse {
            series.would_refuse.fetch_add(1, Relaxed);
        }
        match &call.bill.cost {
            Some(cost) => series.cost_pico_usd.fetch_add(pico_usd(cost), Relaxed),
            None => {
                let why = call.bill.unpriced.as_ref();
                self.shard.unpriced.saw(call.feature, call.provider, why, Instant::now());
                series.unpriced.fetch_add(1, Relaxed)
            }
        };
    }

    fn series(&self, key: Key) -> Arc<Series> {
        let mut own = self.series.borrow_mut();
        if let Some(series) = own.get(&key) {
            return Arc::clone(series);
        }
        let series = Arc::<Series>::default();
        lock(&self.shard.series).push((key.clone(), Arc::clone(&series)));
        own.insert(key, Arc::clone(&series));
        series
    }

    fn feature_label(&self, feature: &Arc<str>) -> Arc<str> {
        if let Some(label) = self.features.borrow().get(feature) {
            return Arc::clone(label);
        }
        match self.shared.features.admit(feature) {
            Some(label) => {
                self.features.borrow_mut().insert(Arc::clone(feature), Arc::clone(&label));
                label
            }
            None => Arc::clone(&self.other),
        }
    }

    fn model_label(&self, model: Option<&str>) -> Arc<str> {
        let Some(model) = model else { return Arc::clone(&self.other) };
        if let Some(label) = self.models.borrow().get(model) {
            return Arc::clone(label);
        }
        let label = Arc::<str>::from(model);
        self.models.borrow_mut().insert(model.into(), Arc::clone(&label));
        label
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

fn pico_usd(cost: &Cost) -> u64 {
    u64::try_from(cost.picos()).unwrap_or(u64::MAX)
}

// === impl CallMetrics ===

impl CallMetrics {
    pub(crate) fn worker(self: &Arc<Self>) -> WorkerCalls {
        let shard = Arc::<Shard>::default();
        lock(&self.shards).push(Arc::clone(&shard));
        WorkerCalls {
            shared: Arc::clone(self),
            shard,
            features: RefCell::default(),
            models: RefCell::default(),
            series: RefCell::default(),
            other: OTHER.into(),
        }
    }

    /// A counter's first sample is lost to `rate()`: what is known beforehand starts at 0.
    pub(crate) fn declare(&self, feature: &Arc<str>) {
        if let Some(label) = self.features.admit(feature) {
            lock(&self.declared).insert(label);
        }
    }

    /// In the order of their labels, so that two scrapes read alike.
    fn totals(&self) -> Vec<(Key, SeriesTotals)> {
        let mut totals = HashMap::<Key, SeriesTotals>::new();
        for feature in lock(&self.declared).iter() {
            for provider in Provider::ALL {
                totals.entry(Key::declared(feature, provider)).or_default();
            }
        }
        for shard in lock(&self.shards).iter() {
            for (key, series) in lock(&shard.series).iter() {
                totals.entry(key.clone()).or_default().add(series);
            }
        }
        let mut totals: Vec<_> = totals.into_iter().collect();
        totals.sort_by(|(one, _), (other, _)| one.labels().cmp(&other.labels()));
        totals
    }
}

impl fmt::Debug for CallMetrics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CallMetrics")
    }
}

impl Collector for CallMetrics {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let totals = self.totals();
        counter(&mut encoder, &totals, "tollgate_calls", "Calls, by how they ended", |series| {
            ConstCounter::new(series.calls)
        })?;
        counter(
            &mut encoder,
            &totals,
            "tollgate_cost_usd",
            "Cost of priced calls in USD; a float: money totals come from the ledger",
            |series| ConstCounter::new(in_units(series.cost_pico_usd, PICO_USD_PER_USD)),
        )?;
        counter(
            &mut encoder,
            &totals,
            "tollgate_unpriced_calls",
            "Calls whose cost is not known: their model is in no price book, or nobody meters their endpoint",
            |series| ConstCounter::new(series.unpriced),
        )?;
        counter(
            &mut encoder,
            &totals,
            "tollgate_would_refuse",
            "Calls that passed and that a flag in mode Preview would have refused",
            |series| ConstCounter::new(series.would_refuse),
        )?;
        let mut family = encoder.encode_descriptor(
            "gen_ai_client_token_usage",
            "Tokens of a call, by gen_ai_token_type",
            None,
            MetricType::Histogram,
        )?;
        for (key, series) in &totals {
            for (token_type, tokens) in [("input", &series.input_tokens), ("output", &series.output_tokens)] {
                if !tokens.is_empty() {
                    let labels = key.labels_with("gen_ai_token_type", token_type);
                    tokens.encode(family.encode_family(&labels)?, &TOKENS)?;
                }
            }
        }
        let mut family = encoder.encode_descriptor(
            "gen_ai_client_operation_duration_seconds",
            "From the call's arrival to the last byte of its answer",
            None,
            MetricType::Histogram,
        )?;
        for (key, series) in totals.iter().filter(|(_, series)| !series.duration.is_empty()) {
            series.duration.encode(family.encode_family(&key.labels())?, &DURATION)?;
        }
        self.encode_shards(&mut encoder)
    }
}

impl CallMetrics {
    /// Calls now under way.
    pub(super) fn open(&self) -> u64 {
        let of_shard = |shard: &Arc<Shard>| {
            let closed = shard.closed.load(Relaxed);
            shard.open.load(Relaxed).saturating_sub(closed)
        };
        lock(&self.shards).iter().map(of_shard).sum()
    }

    fn encode_shards(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let mut overhead = Totals::default();
        for shard in lock(&self.shards).iter() {
            overhead.add(&shard.overhead);
        }
        let family = encoder.encode_descriptor(
            "tollgate_overhead_seconds",
            "What a call waited for Tollgate before it went to the provider",
            None,
            MetricType::Histogram,
        )?;
        overhead.encode(family, &OVERHEAD)?;
        let gauge = prometheus_client::metrics::gauge::ConstGauge::new(self.open());
        gauge.encode(encoder.encode_descriptor(
            "tollgate_open_calls",
            "Calls now under way",
            None,
            MetricType::Gauge,
        )?)
    }
}

fn counter<N: prometheus_client::encoding::EncodeCounterValue>(
    encoder: &mut DescriptorEncoder<'_>,
    totals: &[(Key, SeriesTotals)],
    name: &str,
    help: &str,
    value: impl Fn(&SeriesTotals) -> ConstCounter<N>,
) -> fmt::Result
where
    ConstCounter<N>: EncodeMetric,
{
    let mut family = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (key, series) in totals {
        value(series).encode(family.encode_family(&key.labels())?)?;
    }
    Ok(())
}

// === impl Key ===

impl Key {
    fn declared(feature: &Arc<str>, provider: Provider) -> Self {
        Self {
            feature: Arc::clone(feature),
            provider,
            model: OTHER.into(),
            outcome: Outcome::Completed,
            usage_source: UsageSource::Provider,
        }
    }

    fn labels(&self) -> [(&'static str, &str); 5] {
        [
            ("feature", &self.feature),
            ("provider", self.provider.name()),
            ("model", &self.model),
            ("outcome", self.outcome.name()),
            ("usage_source", self.usage_source.name()),
        ]
    }

    fn labels_with<'a>(&'a self, name: &'static str, value: &'a str) -> [(&'static str, &'a str); 6] {
        let [a, b, c, d, e] = self.labels();
        [a, b, c, d, e, (name, value)]
    }
}

// === impl SeriesTotals ===

#[derive(Debug, Default)]
struct SeriesTotals {
    calls: u64,
    cost_pico_usd: u64,
    unpriced: u64,
    would_refuse: u64,
    input_tokens: Totals<6>,
    output_tokens: Totals<6>,
    duration: Totals<6>,
}

impl SeriesTotals {
    fn add(&mut self, series: &Series) {
        self.calls += series.calls.load(Relaxed);
        self.cost_pico_usd += series.cost_pico_usd.load(Relaxed);
        self.unpriced += series.unpriced.load(Relaxed);
        self.would_refuse += series.would_refuse.load(Relaxed);
        self.input_tokens.add(&series.input_tokens);
        self.output_tokens.add(&series.output_tokens);
        self.duration.add(&series.duration);
    }
}

/// A worker that panicked leaves its numbers as they are: they stay worth reading.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
