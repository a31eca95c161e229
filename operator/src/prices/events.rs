//! What the admin is told of prices that are not taken: an Event beside the ConfigMap, by the leader, once for each text.

use std::sync::Arc;

use kube::runtime::events::{Event, EventType};
use tokio::sync::watch;

use super::judge::Refused;
use crate::context::{Context, Tasks};

/// The longest note that Kubernetes takes, in bytes.
const LONGEST_NOTE: usize = 1024;

pub(super) fn spawn(context: &Context, refusals: watch::Receiver<Option<Arc<Refused>>>, tasks: &mut Tasks) {
    let context = context.clone();
    tasks.spawn(async move {
        let leadership = context.leadership.clone();
        leadership.while_leading(|| tell(&context, refusals.clone())).await;
        "the Events of prices"
    });
}

/// Also of what was refused before this replica led.
async fn tell(context: &Context, mut refusals: watch::Receiver<Option<Arc<Refused>>>) {
    loop {
        let refused = refusals.borrow_and_update().clone();
        if let Some(refused) = refused {
            let mut note = refused.to_string();
            note.truncate(note.floor_char_boundary(LONGEST_NOTE));
            let event = Event {
                type_: EventType::Warning,
                reason: "PricesNotTaken".to_owned(),
                note: Some(note),
                action: "ReadPrices".to_owned(),
                secondary: None,
            };
            if let Err(error) = context.events.publish(&event, &refused.map).await {
                tracing::warn!(%error, "the Event of prices that are not taken could not be written");
            }
        }
        if refusals.changed().await.is_err() {
            return;
        }
    }
}
