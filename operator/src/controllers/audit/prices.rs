//! The admin's prices in the audit: the ConfigMap `tollgate-prices`, each version that the watch tells of.

use futures::StreamExt;
use jiff::Timestamp;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{
    Api,
    runtime::{WatchStreamExt, watcher},
};
use serde_json::{Value, json};
use tollgate_crds::{flag::REASON, stream::PRICES_CONFIG_MAP};

use super::{append, change, known_of};
use crate::{
    context::Context,
    database::{
        Database,
        audit::{Change, Sides},
    },
    index::last_writer,
};

/// As the audit calls it.
const KIND: &str = "ConfigMap";

/// Records every change, for as long as it is let.
pub(in crate::controllers) async fn record(context: Context) {
    let Some(database) = context.database.clone() else { return };
    let api = Api::<ConfigMap>::namespaced(context.client.clone(), &context.settings.namespace);
    let mut seen = std::pin::pin!(watcher::watch_object(api, PRICES_CONFIG_MAP).default_backoff());
    while let Some(seen) = seen.next().await {
        match seen {
            Ok(Some(map)) => append(&database, written(&context, map)).await,
            Ok(None) => gone(&context, &database).await,
            // The room of prices says so already.
            Err(_) => {}
        }
    }
}

/// The map as it is now; what it was before, the chain knows.
fn written(context: &Context, map: ConfigMap) -> Change {
    let ConfigMap { metadata, data, .. } = map;
    let annotations = metadata.annotations.unwrap_or_default();
    let author = change::author(&annotations);
    let text = data.map_or(Value::Null, |data| json!(data));
    Change {
        cluster: context.settings.cluster.clone(),
        at: Timestamp::now(),
        kind: KIND.to_owned(),
        namespace: context.settings.namespace.clone(),
        name: PRICES_CONFIG_MAP.to_owned(),
        feature: String::new(),
        uid: metadata.uid.unwrap_or_default(),
        resource_version: metadata.resource_version.unwrap_or_default(),
        actor: author.as_ref().map(|author| author.user.clone()),
        actor_groups: author.map(|author| author.groups).unwrap_or_default(),
        via: metadata.managed_fields.as_deref().and_then(last_writer),
        reason: annotations.get(REASON).cloned(),
        sides: Sides::Created { after: json!({"data": text}) },
    }
}

/// There is none; whether there was one, the chain knows.
async fn gone(context: &Context, database: &Database) {
    let cluster = &context.settings.cluster;
    let known = known_of(database, cluster).await;
    for known in known.into_iter().filter(|known| known.kind == KIND && known.name == PRICES_CONFIG_MAP) {
        append(database, change::end(known, cluster, Timestamp::now())).await;
    }
}
