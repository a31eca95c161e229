//! Calls that were open when the last process died: each gets its row, with an estimate of what had gone up
//! and come down by then. Should the true row still come, the ledger lets it replace this one.

use tollgate_ledger::{Origin, OrphanedCall, SpoolWriter};
use tollgate_meter::{Outcome, PriceBook};

use crate::config::Workload;
use crate::metrics::{Observation, WorkerCalls};

/// Writes a row for each to the spool of the worker that has its slot.
pub(crate) fn record(
    orphans: Vec<OrphanedCall>,
    writers: &mut [SpoolWriter],
    workload: &Workload,
    prices: &PriceBook,
    calls: &WorkerCalls,
) {
    if !orphans.is_empty() {
        tracing::warn!(
            calls = orphans.len(),
            "calls were open when the last process ended; recorded as lost"
        );
    }
    for orphan in orphans {
        if let Some(writer) = writers.get_mut(orphan.writer) {
            record_one(orphan, writer, workload, prices, calls);
        }
    }
}

fn record_one(
    orphan: OrphanedCall,
    writer: &mut SpoolWriter,
    workload: &Workload,
    prices: &PriceBook,
    calls: &WorkerCalls,
) {
    let OrphanedCall { writer: _, call, facts } = orphan;
    let origin = Origin {
        cluster: workload.cluster.as_deref(),
        namespace: workload.namespace.as_deref(),
        workload: workload.name.as_deref(),
        pod: workload.pod.as_deref(),
        container: workload.container.as_deref(),
    };
    let bill = facts.bill(prices);
    let unpriced = bill.unpriced.as_ref().map(ToString::to_string);
    writer.append(&facts.record(origin, &bill, unpriced.as_deref()), Some(call));
    calls.opened();
    calls.closed(&Observation {
        feature: &facts.feature.as_str().into(),
        provider: facts.provider,
        model: facts.model.as_deref().and_then(|model| prices.known_as(facts.provider, model)),
        outcome: Outcome::Lost,
        bill: &bill,
        would_refuse: false,
        duration: None,
    });
}
