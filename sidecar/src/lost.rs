//! Calls that were open when the last process died: each gets its row, with an estimate of what had gone up
//! and come down by then. Should the true row still come, the ledger lets it replace this one.

use tollgate_ledger::{Metadata, OrphanedCall, Record, SpoolWriter};
use tollgate_meter::{AnswerFacts, Call, Endpoint, Outcome, PriceBook, RequestFacts, settle};

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
    let OrphanedCall {
        writer: _,
        call,
        id,
        provider,
        host,
        endpoint,
        feature,
        user_id,
        account,
        model,
        streamed,
        prompt,
        progress,
    } = orphan;
    let request = RequestFacts {
        model: model.as_deref().map(Into::into),
        stream: streamed,
        prompt,
        ..RequestFacts::default()
    };
    let answer = AnswerFacts { streamed, delivered: progress.delivered, ..AnswerFacts::default() };
    let bill = settle(
        &Call {
            provider,
            host: &host,
            endpoint: Endpoint::of(provider, "POST", &endpoint),
            reads: None,
            at: id.created_at(),
            request: Some(&request),
            request_sent: true,
            answer: progress.status.is_some().then_some(&answer),
            status: progress.status,
            outcome: Outcome::Lost,
        },
        prices,
    );
    let unpriced = bill.unpriced.as_ref().map(ToString::to_string);
    let record = Record {
        id,
        cluster: workload.cluster.as_deref(),
        namespace: workload.namespace.as_deref(),
        workload: workload.name.as_deref(),
        pod: workload.pod.as_deref(),
        container: workload.container.as_deref(),
        feature: &feature,
        user_id: user_id.as_deref(),
        provider,
        host: &host,
        model: model.as_deref(),
        endpoint: &endpoint,
        outcome: Outcome::Lost,
        status: progress.status,
        streamed,
        tokens: bill.tokens,
        cost: bill.cost,
        usage_source: bill.usage_source,
        account: account.as_deref(),
        metadata: Metadata {
            price: bill.price_version.as_deref(),
            unpriced: unpriced.as_deref(),
            model_requested: model.as_deref(),
            estimate: bill.estimate,
            ..Metadata::of(&bill.usage)
        },
    };
    writer.append(&record, Some(call));
    calls.opened();
    calls.closed(&Observation {
        feature: &feature.as_str().into(),
        provider,
        model: model.as_deref().and_then(|model| prices.known_as(provider, model)),
        outcome: Outcome::Lost,
        bill: &bill,
        duration: None,
    });
}
