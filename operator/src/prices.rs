//! The prices that hold: the built-in book, and over it the ConfigMap `tollgate-prices` of the operator's own namespace.
//!
//! The ConfigMap is watched by each replica, read by the meter's own reader, and told to the sidecars as one line that is
//! encoded once. One that cannot be taken changes nothing: the last good prices stay, here and in the sidecars, a metric
//! says so, and the leader writes an Event beside the ConfigMap that names the line and what to write instead. A replica
//! that is started with such a one takes what held last out of `tollgate-prices-in-force`, which the leader keeps.
//!
//! - [`in_force`]: what holds, for whoever asks
//! - [`judge`]: whether a ConfigMap can be taken; [`events`]: what its admin is told
//! - [`record`]: what holds, kept in the cluster, with conditions
//! - [`unpriced`]: models that calls use and no price book has

mod events;
pub(crate) mod in_force;
mod judge;
mod record;
mod unpriced;

use std::sync::Arc;

use futures::StreamExt;
use k8s_openapi::api::core::v1::ConfigMap;
use kube::{
    Api,
    runtime::{WatchStreamExt, watcher},
};
use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::watch;
use tollgate_crds::stream::PRICES_CONFIG_MAP;

pub use self::in_force::{Prices, PricesTold};
use self::judge::Refused;
pub(crate) use self::{
    in_force::{InForce, channel},
    unpriced::unknown,
};
use crate::context::{Context, Tasks};

/// Follows the ConfigMap.
pub(crate) fn spawn(context: &Context, told: PricesTold, tasks: &mut Tasks) {
    let (refused, refusals) = watch::channel(None);
    let good = Gauge::default();
    good.set(1);
    context.metrics.register(|registry| {
        registry.register(
            "tollgate_operator_prices_good",
            "0 while the ConfigMap tollgate-prices cannot be taken, and older prices hold",
            good.clone(),
        );
    });
    let api = Api::namespaced(context.client.clone(), &context.settings.namespace);
    tasks.spawn(async move {
        follow(&api, &told, &refused, &good).await;
        "the watch of the prices"
    });
    record::spawn(context, refusals.clone(), tasks);
    unpriced::spawn(context, tasks);
    events::spawn(context, refusals, tasks);
}

async fn follow(
    api: &Api<ConfigMap>,
    told: &PricesTold,
    refused: &watch::Sender<Option<Arc<Refused>>>,
    good: &Gauge,
) {
    let mut seen = std::pin::pin!(watcher::watch_object(api.clone(), PRICES_CONFIG_MAP).default_backoff());
    let mut failing = false;
    while let Some(seen) = seen.next().await {
        let map = match seen {
            Ok(map) => map,
            Err(error) => {
                if !std::mem::replace(&mut failing, true) {
                    tracing::warn!(%error, "the ConfigMap {PRICES_CONFIG_MAP} cannot be watched: the last good prices stay");
                }
                continue;
            }
        };
        failing = false;
        match judge::judge(map.as_ref()) {
            Ok(in_force) => {
                good.set(1);
                told.hold(in_force);
                refused.send_replace(None);
            }
            Err(mut why) => {
                good.set(0);
                if told.version().is_none() {
                    told.hold(record::recall(api).await);
                }
                why.stays = told.version();
                tracing::error!("{why}");
                refused.send_replace(Some(why.into()));
            }
        }
    }
}
