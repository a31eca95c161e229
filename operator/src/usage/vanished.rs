//! Pods that are gone without a goodbye: what they had not handed on becomes rows here. Rows that waited go as they are, open
//! calls as `lost`, with an estimate. Whatever the pod wrote itself, and its true row, stands over these (an id stands
//! once, the better row wins), so it does no harm when two replicas see the same pod vanish.

use std::time::{Duration, Instant};

use tokio::time::sleep;
use tollgate_crds::stream::OpenCall;
use tollgate_ledger::{CallId, LostCall, Origin, Progress};
use tollgate_meter::{PriceBook, Provider, Ratio, TextMeasure};

use super::{
    Usage,
    keeper::KeepError,
    stamp::{self, Identity},
    witnesses::{Witnessed, Witnesses},
};
use crate::{
    context::{Context, Tasks},
    index::SharedIndex,
    kubernetes::Watches,
    prices::Prices,
};

const LOOK: Duration = Duration::from_secs(1);
/// A pod that the watch does not know and that has been silent for so long is gone: of the watch's two phases it may be in
/// neither for a moment, and a sidecar may outlive its pod's object for its last seconds.
const SILENT: Duration = Duration::from_secs(10);

/// A pod that lives and has not been heard here for so long is at another replica, which knows better; or it is cut off, and
/// has its own spool. What it said here is too old to be of use.
const STALE: Duration = Duration::from_secs(600);

pub(super) fn spawn(context: &Context, watches: &Watches, usage: Usage, tasks: &mut Tasks) {
    let (index, watches, cluster) =
        (context.index.clone(), watches.clone(), context.settings.cluster.clone());
    let prices = context.prices.clone();
    tasks.spawn(async move {
        let mut failing = false;
        loop {
            sleep(LOOK).await;
            write(&usage.witnesses, &mut failing).await;
            if watches.are_synced() {
                look(&usage, &index, &cluster, &prices).await;
            }
        }
    });
}

async fn write(witnesses: &Witnesses, failing: &mut bool) {
    let writes = witnesses.clone();
    let written = tokio::task::spawn_blocking(move || writes.write()).await;
    match written.unwrap_or(Ok(())) {
        Ok(()) => *failing = false,
        Err(error) if !std::mem::replace(failing, true) => {
            tracing::warn!(%error, "what sidecars say of their open calls cannot be written: should this replica be killed, it is not known again");
        }
        Err(_) => {}
    }
}

async fn look(usage: &Usage, index: &SharedIndex, cluster: &str, prices: &Prices) {
    let now = Instant::now();
    let silent = usage.witnesses.that(|pod| now.saturating_duration_since(pod.heard) >= SILENT);
    for pod in silent {
        if index.read(|index| index.pod(&pod.uid).is_some()) {
            if now.saturating_duration_since(pod.heard) >= STALE {
                usage.witnesses.forget(&pod);
            }
            continue;
        }
        match close(usage, &pod, cluster, &prices.book()).await {
            Ok(()) => {
                tracing::warn!(
                    namespace = pod.namespace,
                    pod = pod.pod,
                    open = pod.open.len(),
                    waiting = pod.waiting.len(),
                    "a pod is gone without a goodbye: its open calls are recorded as lost, its last rows as it told them"
                );
                usage.witnesses.forget(&pod);
            }
            // Said by who keeps; tried again with the next look.
            Err(error) => tracing::debug!(%error, "the calls of a vanished pod are not recorded yet"),
        }
    }
}

async fn close(usage: &Usage, pod: &Witnessed, cluster: &str, prices: &PriceBook) -> Result<(), KeepError> {
    let identity = Identity { cluster, namespace: &pod.namespace, pod: &pod.pod };
    let waiting = pod.waiting.iter().filter_map(|row| stamp::one(row, &identity).ok());
    let lost = pod.open.iter().filter_map(|call| row(call, pod, cluster, prices));
    let rows: Vec<_> = waiting.chain(lost).collect();
    if rows.is_empty() { Ok(()) } else { usage.keeper.keep(rows).await }
}

/// None where the call says what no call of ours says.
fn row(call: &OpenCall, pod: &Witnessed, cluster: &str, prices: &PriceBook) -> Option<Vec<u8>> {
    let call = lost(call)?;
    let bill = call.bill(prices);
    let unpriced = bill.unpriced.as_ref().map(ToString::to_string);
    let origin = Origin {
        cluster: Some(cluster),
        namespace: Some(&pod.namespace),
        workload: pod.workload.as_deref(),
        pod: Some(&pod.pod),
        container: None,
    };
    let mut row = Vec::new();
    call.record(origin, &bill, unpriced.as_deref()).render(&mut row);
    Some(row)
}

fn lost(call: &OpenCall) -> Option<LostCall> {
    let OpenCall {
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
        ratio,
        status,
        delivered,
    } = call;
    Some(LostCall {
        id: CallId::parse(id.as_bytes())?,
        provider: Provider::from_name(provider)?,
        host: host.clone(),
        endpoint: endpoint.clone(),
        feature: feature.clone(),
        user_id: user_id.clone(),
        account: account.clone(),
        model: model.clone(),
        streamed: *streamed,
        prompt: TextMeasure::from_counts(*prompt),
        ratio: ratio.map(Ratio::from_sums).unwrap_or_default(),
        progress: Progress { status: *status, delivered: TextMeasure::from_counts(*delivered) },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn call() -> OpenCall {
        OpenCall {
            id: "0193a5b0-0000-7000-8000-000000000001".to_owned(),
            provider: "openai".to_owned(),
            host: "api.openai.com".to_owned(),
            endpoint: "/v1/chat/completions".to_owned(),
            feature: "chat".to_owned(),
            user_id: Some("ada".to_owned()),
            account: None,
            model: Some("gpt-4o".to_owned()),
            streamed: true,
            prompt: [400, 0, 0, 0, 0, 1, 0],
            ratio: None,
            status: Some(200),
            delivered: [800, 0, 0, 0, 0, 0, 0],
        }
    }

    fn pod() -> Witnessed {
        Witnessed {
            uid: "u".to_owned(),
            namespace: "shop".to_owned(),
            pod: "web-0".to_owned(),
            workload: Some("web".to_owned()),
            open: Vec::new(),
            waiting: Vec::new(),
            heard: Instant::now(),
        }
    }

    fn row(call: &OpenCall) -> Option<Value> {
        let row = super::row(call, &pod(), "c1", PriceBook::built_in())?;
        Some(serde_json::from_slice(&row).unwrap())
    }

    #[test]
    fn an_open_call_of_a_vanished_pod_is_a_lost_row_with_an_estimate() {
        let row = row(&call()).unwrap();
        assert_eq!(
            (&row["outcome"], &row["usage_source"], &row["user_id"]),
            (&json!("lost"), &json!("estimated"), &json!("ada"))
        );
        assert_eq!((&row["cluster"], &row["pod"]), (&json!("c1"), &json!("web-0")));
        assert!(row["input_tokens"].as_u64() > Some(0) && row["output_tokens"].as_u64() > Some(0), "{row}");
    }

    #[test]
    fn its_estimate_is_corrected_by_what_completed_calls_of_its_model_showed() {
        let plain = row(&call()).unwrap();
        // twice the tokens for prompts, half of them for answers
        let ratio = Some([80_000, 40_000, 20_000, 40_000]);
        let corrected = row(&OpenCall { ratio, ..call() }).unwrap();
        let tokens = |row: &Value, name: &str| row[name].as_u64().unwrap();
        let (input, output) = (tokens(&plain, "input_tokens"), tokens(&plain, "output_tokens"));
        assert_eq!(tokens(&corrected, "input_tokens"), (input * 80_100 + 20_050) / 40_100);
        assert_eq!(tokens(&corrected, "output_tokens"), (output * 20_100 + 20_050) / 40_100);
        let method = corrected["metadata"]["estimate"]["method"].as_str().unwrap();
        assert!(method.contains("corrected by this model's completed calls"), "{method}");
    }

    #[test]
    fn what_says_what_no_call_of_ours_says_is_no_row() {
        assert_eq!(row(&OpenCall { id: "7".to_owned(), ..call() }), None);
    }
}
