//! The prices that hold: the built-in book, and over it the ConfigMap `tollgate-prices` of the operator's own namespace.
//!
//! The ConfigMap is watched by each replica, read by the meter's own reader, and told to the sidecars as one line that is
//! encoded once. One that cannot be taken changes nothing: the last good prices stay, here and in the sidecars, a metric
//! says so, and the leader writes an Event beside the ConfigMap that names the line and what to write instead. A replica
//! that is started with such a one takes what held last out of `tollgate-prices-in-force`, which the leader keeps.
//!
//! - [`judge`]: whether a ConfigMap can be taken; [`events`]: what its admin is told
//! - [`record`]: what holds, kept in the cluster, with conditions
//! - [`unpriced`]: models that calls use and no price book has

mod events;
mod judge;
mod record;
mod unpriced;

use std::sync::Arc;

use bytes::Bytes;
use futures::StreamExt;
use k8s_openapi::api::core::v1::{ConfigMap, ObjectReference};
use kube::{
    Api,
    runtime::{WatchStreamExt, watcher},
};
use prometheus_client::metrics::gauge::Gauge;
use tokio::sync::watch;
use tollgate_crds::stream::{AdminPrices, Message, PRICES_CONFIG_MAP};
use tollgate_meter::PriceBook;

use self::judge::Refused;
pub(crate) use self::unpriced::unknown;
use crate::{
    context::{Context, Tasks},
    index::line,
};

/// What holds, for whoever asks. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Prices(watch::Receiver<Option<Arc<InForce>>>);

/// Where what holds is told.
pub struct PricesTold(watch::Sender<Option<Arc<InForce>>>);

/// The prices that hold.
#[derive(Debug)]
pub(crate) struct InForce {
    book: Arc<PriceBook>,
    /// The admin's file; none: the built-in prices as they are.
    text: Option<Box<str>>,
    /// As a line of the state stream.
    pub(crate) line: Bytes,
}

/// Nothing is known until the ConfigMap has been looked for.
pub(crate) fn channel() -> (PricesTold, Prices) {
    let (told, prices) = watch::channel(None);
    (PricesTold(told), Prices(prices))
}

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

/// The admin's ConfigMap, whether it is there or not.
fn reference() -> ObjectReference {
    ObjectReference {
        api_version: Some("v1".to_owned()),
        kind: Some("ConfigMap".to_owned()),
        name: Some(PRICES_CONFIG_MAP.to_owned()),
        ..ObjectReference::default()
    }
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

// === impl Prices ===

impl Prices {
    /// The built-in book until something else is known.
    pub fn book(&self) -> Arc<PriceBook> {
        match &*self.0.borrow() {
            Some(in_force) => Arc::clone(&in_force.book),
            None => Arc::new(PriceBook::built_in().clone()),
        }
    }

    /// Each time that others hold.
    pub(crate) fn told(&self) -> watch::Receiver<Option<Arc<InForce>>> {
        self.0.clone()
    }
}

// === impl PricesTold ===

impl PricesTold {
    fn version(&self) -> Option<String> {
        self.0.borrow().as_ref().map(|held| held.book.version().to_owned())
    }

    /// What says the same is not told again.
    fn hold(&self, in_force: InForce) {
        self.0.send_if_modified(|held| {
            let is_news = held.as_ref().is_none_or(|held| held.line != in_force.line);
            if is_news {
                tracing::info!("prices {} hold", in_force.book.version());
                *held = Some(Arc::new(in_force));
            }
            is_news
        });
    }
}

// === impl InForce ===

impl InForce {
    fn new(book: PriceBook, text: Option<&str>) -> Self {
        let told = AdminPrices { text: text.map(str::to_owned) };
        Self { book: Arc::new(book), text: text.map(Box::from), line: line(&Message::Prices(told)) }
    }
}
