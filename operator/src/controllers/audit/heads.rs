//! The head of the chain, told to the cluster as an Event: whoever changes the table afterwards cannot change what was told
//! elsewhere. `tollgate audit verify --head` compares.

use std::time::Duration;

use k8s_openapi::api::core::v1::ObjectReference;
use kube::runtime::events::{Event, EventType};
use tokio::time::{Instant, sleep};

use crate::{
    context::Context,
    database::audit::{self, Recorded},
    leadership::LEASE,
};

/// Changes that come together are told of together.
const LOOK: Duration = Duration::from_secs(10);
/// Clusters forget Events, after an hour by default.
const TELL_AGAIN: Duration = Duration::from_secs(30 * 60);

/// For as long as it is let. Without a database there is nothing to do.
pub(in crate::controllers) async fn tell(context: Context) {
    let Some(database) = context.database.clone() else { return };
    let cluster = &context.settings.cluster;
    let mut told: Option<(Recorded, Instant)> = None;
    loop {
        // There may be no chain yet; that the database is away, others say.
        if let Ok(Some(head)) = audit::head(database.pool(), cluster).await {
            let known = told.as_ref().is_some_and(|(told, at)| *told == head && at.elapsed() < TELL_AGAIN);
            if !known && publish(&context, &head).await {
                told = Some((head, Instant::now()));
            }
        }
        sleep(LOOK).await;
    }
}

async fn publish(context: &Context, head: &Recorded) -> bool {
    let Recorded { seq, hash, fresh: _ } = head;
    let cluster = &context.settings.cluster;
    let event = Event {
        type_: EventType::Normal,
        reason: "AuditHead".to_owned(),
        note: Some(format!(
            "The audit of cluster {cluster} ends with row {seq}, hash {hash}. To compare later: tollgate audit verify --cluster {cluster} --head {hash}"
        )),
        action: "RecordChanges".to_owned(),
        secondary: None,
    };
    let about = ObjectReference {
        api_version: Some("coordination.k8s.io/v1".to_owned()),
        kind: Some("Lease".to_owned()),
        namespace: Some(context.settings.namespace.clone()),
        name: Some(LEASE.to_owned()),
        ..ObjectReference::default()
    };
    let published = context.events.publish(event, &about).await;
    if let Err(error) = &published {
        tracing::warn!(%error, "the head of the audit could not be told as an Event");
    }
    published.is_ok()
}
