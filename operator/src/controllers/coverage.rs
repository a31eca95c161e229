//! The ConfigMap `tollgate-coverage`: which pods have a sidecar, of which release, and whether they listen. The console may read no pods;
//! this it may.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{
    Api,
    api::{Patch, PatchParams},
};
use serde_json::json;
use tokio::time::sleep;

use super::status::Ground;
use crate::{
    context::{CONTROLLER, Context},
    coverage::{CONFIG_MAP, Coverage, KEY, REPEAT_SECONDS, Silent, Uncovered},
    index::Index,
    push::reports::Reports,
};

/// Between two looks; people look at it, nothing waits for it.
const LOOK: Duration = Duration::from_secs(2);
/// After a failure.
const AGAIN: Duration = Duration::from_secs(10);
/// So many workloads without a sidecar are named: a ConfigMap has a megabyte.
const MOST: usize = 500;

/// Keeps it right, for as long as it is let.
pub(super) async fn lead(context: Context) {
    let api: Api<ConfigMap> = Api::namespaced(context.client.clone(), &context.settings.namespace);
    let mut told: Option<Coverage> = None;
    let mut failing = false;
    loop {
        let known = context.index.read(|index| index.is_whole().then(|| coverage(index, &context.reports)));
        let now = Timestamp::now().as_second();
        let news =
            known.map(|known| Coverage { at: now, ..known }).filter(|known| is_news(told.as_ref(), known));
        let mut wait = LOOK;
        if let Some(known) = news {
            match write(&api, &known).await {
                Ok(()) => (told, failing) = (Some(known), false),
                Err(error) => {
                    wait = AGAIN;
                    if !std::mem::replace(&mut failing, true) {
                        tracing::warn!(%error, "the ConfigMap {CONFIG_MAP} cannot be kept: the console does not know which pods have a sidecar");
                    }
                }
            }
        }
        sleep(wait).await;
    }
}

fn is_news(told: Option<&Coverage>, known: &Coverage) -> bool {
    told.is_none_or(|told| {
        known.at - told.at >= REPEAT_SECONDS || *known != Coverage { at: known.at, ..told.clone() }
    })
}

fn coverage(index: &Index, reports: &Reports) -> Coverage {
    let sidecars = reports.heard();
    let mut listening: BTreeMap<&str, u64> = BTreeMap::new();
    for heard in &sidecars {
        *listening.entry(&heard.namespace).or_default() += heard.sidecars;
    }
    let grounds = Ground::of(index);
    let silent = grounds.iter().filter_map(|(namespace, ground)| {
        let pods = ground.sidecars.saturating_sub(listening.get(namespace.as_str()).copied().unwrap_or(0));
        (pods > 0).then(|| Silent { namespace: namespace.clone(), pods })
    });
    let mut uncovered: Vec<Uncovered> = grounds
        .iter()
        .flat_map(|(namespace, ground)| ground.uncovered(namespace))
        .map(|found| Uncovered {
            workload: found.workload.to_string(),
            pods: u64::try_from(found.pods).unwrap_or(u64::MAX),
            opted_out: found.opted_out,
            remedy: found.workload.restart(&found.namespace, &found.pod),
            namespace: found.namespace,
        })
        .collect();
    let more_uncovered = uncovered.len().saturating_sub(MOST);
    uncovered.truncate(MOST);
    Coverage {
        at: 0,
        release: env!("CARGO_PKG_VERSION").to_owned(),
        silent: silent.collect(),
        sidecars,
        uncovered,
        more_uncovered,
    }
}

async fn write(api: &Api<ConfigMap>, coverage: &Coverage) -> kube::Result<()> {
    let text = serde_json::to_string(coverage).map_err(kube::Error::SerdeError)?;
    let body = json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": CONFIG_MAP,
            "labels": {"app.kubernetes.io/name": "tollgate", "app.kubernetes.io/managed-by": CONTROLLER},
        },
        "data": {KEY: text},
    });
    api.patch(CONFIG_MAP, &PatchParams::apply(CONTROLLER).force(), &Patch::Apply(body)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_the_same_is_said_again_only_after_a_while() {
        let told = Coverage { at: 100, ..Coverage::default() };
        let at = |at| Coverage { at, ..told.clone() };
        assert!(is_news(None, &told) && !is_news(Some(&told), &at(102)) && is_news(Some(&told), &at(130)));
        assert!(is_news(Some(&told), &Coverage { release: "0.2.0".to_owned(), ..at(102) }));
    }
}
