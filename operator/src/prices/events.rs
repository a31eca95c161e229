//! What the admin is told of his prices as it happens: Events beside the ConfigMap, by the leader, each once.

use std::sync::Arc;

use k8s_openapi::api::core::v1::ObjectReference;
use kube::runtime::events::{Event, EventType};
use tokio::sync::watch;
use tollgate_crds::stream::PRICES_CONFIG_MAP;

use super::{
    in_force::InForce,
    judge::{Refused, named},
};
use crate::context::{Context, Tasks};

pub(super) fn spawn(context: &Context, refusals: watch::Receiver<Option<Arc<Refused>>>, tasks: &mut Tasks) {
    let context = context.clone();
    tasks.spawn(async move {
        let leadership = context.leadership.clone();
        leadership.while_leading(|| tell(&context, refusals.clone())).await;
        "the Events of prices"
    });
}

/// Also of what was refused before this replica led; of what holds, only when that changes.
async fn tell(context: &Context, mut refusals: watch::Receiver<Option<Arc<Refused>>>) {
    let mut told = context.prices.told();
    let mut held = told.borrow_and_update().clone();
    let mut refused = refusals.borrow_and_update().clone();
    loop {
        if let Some(refused) = refused.take() {
            say(context, EventType::Warning, "PricesNotTaken", refused.to_string(), &refused.map).await;
        }
        tokio::select! {
            changed = refusals.changed() => match changed {
                Ok(()) => refused = refusals.borrow_and_update().clone(),
                Err(_) => return,
            },
            changed = told.changed() => {
                if changed.is_err() {
                    return;
                }
                let now = told.borrow_and_update().clone();
                if let (Some(_), Some(now)) = (&held, &now) {
                    let (reason, note) = news(now);
                    let namespace = Some(context.settings.namespace.clone());
                    say(context, EventType::Normal, reason, note, &ObjectReference { namespace, ..named() }).await;
                }
                held = now;
            }
        }
    }
}

fn news(now: &InForce) -> (&'static str, String) {
    let version = now.book.version();
    match now.text {
        Some(_) => {
            ("PricesTaken", format!("Its prices hold from now on, as {version}; sidecars are told at once"))
        }
        None => (
            "PricesGone",
            format!(
                "The ConfigMap {PRICES_CONFIG_MAP} is gone: the built-in prices {version} hold again; sidecars are told at once"
            ),
        ),
    }
}

async fn say(context: &Context, kind: EventType, reason: &str, note: String, about: &ObjectReference) {
    if let Err(error) = publish(context, kind, reason, note, about).await {
        tracing::warn!(%error, reason, "an Event of prices could not be written");
    }
}

pub(super) async fn publish(
    context: &Context,
    kind: EventType,
    reason: &str,
    note: String,
    about: &ObjectReference,
) -> kube::Result<()> {
    let event = Event {
        type_: kind,
        reason: reason.to_owned(),
        note: Some(note),
        action: "ReadPrices".to_owned(),
        secondary: None,
    };
    context.events.publish(event, about).await
}
