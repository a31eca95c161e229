//! What waits on the spool, and what could not be kept.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use tollgate_ledger::SpoolStats;

use super::histogram::in_units;

#[derive(Debug)]
pub(super) struct LedgerMetrics(pub(super) Arc<SpoolStats>);

impl Collector for LedgerMetrics {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let stats = &self.0;
        let mut gauge = |name, help, value| {
            let encoder = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
            ConstGauge::new(value).encode(encoder)
        };
        gauge(
            "tollgate_spool_records",
            "Records that the ledger has not yet",
            in_units(stats.waiting_records(), 1),
        )?;
        gauge("tollgate_spool_bytes", "Their bytes on the spool", in_units(stats.waiting_bytes(), 1))?;
        gauge(
            "tollgate_ledger_lag_seconds",
            "How long the oldest record has been waiting for the ledger",
            in_units(stats.lag_millis(Timestamp::now()), 1_000),
        )?;
        let mut counter = |name, help, value: u64| {
            let encoder = encoder.encode_descriptor(name, help, None, MetricType::Counter)?;
            ConstCounter::new(value).encode(encoder)
        };
        counter(
            "tollgate_records_dropped",
            "Records lost: neither disk nor memory had room, not even for their sum",
            stats.dropped(),
        )?;
        counter(
            "tollgate_records_merged",
            "Records kept only in a sum of their like: neither disk nor memory had room for more",
            stats.merged(),
        )?;
        counter(
            "tollgate_records_quarantined",
            "Records the database failed on, kept in the spool's quarantine.jsonl",
            stats.quarantined(),
        )?;
        counter(
            "tollgate_spool_append_failures",
            "Appends that the disk refused; their records waited in memory or were dropped",
            stats.append_failures(),
        )?;
        counter(
            "tollgate_ledger_failures",
            "Batches that the ledger did not take; they are sent again",
            stats.sink_failures(),
        )?;
        counter(
            "tollgate_records_handed_over",
            "Records that the operator took, because the database took none or is not to be reached from here",
            stats.handed_over(),
        )?;
        counter(
            "tollgate_unwitnessed_calls",
            "Calls that nobody would know of had the process died during them",
            stats.unwitnessed(),
        )
    }
}
