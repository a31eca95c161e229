//! Who changed what, into the database: each change of a flag, an alert, the [`prices`] or the operator's settings into the chain
//! `flag_changes`, whose [`heads`] are told as Events; and what flags there are now into the [`report`] `feature_flags`.
//!
//! The watch tells of changes, so none is lost for want of a webhook's answer. A leader first compares what there is with what the
//! chain holds, for what happened while nobody led; then it records change by change. While Postgres is away changes wait
//! in the channel; should they become too many, it compares anew.

mod change;
pub(super) mod heads;
pub(super) mod prices;
mod report;
mod rewind;

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::broadcast::{
        Receiver,
        error::{RecvError, TryRecvError},
    },
    time::{sleep, timeout},
};

use super::backoff;
use crate::{
    context::Context,
    database::{
        Database,
        audit::{self, Change, Known, Sides},
        deletions, flags,
    },
    index::{self, Index, Kind, Written},
};

/// The kind of the operator's own settings, in the audit.
const SETTINGS: &str = "Settings";
/// What comes together is reported together.
const GATHER: Duration = Duration::from_secs(1);
/// Alerts are listed in the same moment as flags are, where their kinds are defined at all.
const ALERTS_WITHIN: Duration = Duration::from_secs(5);
/// Somebody may have changed the report.
const LOOK: Duration = Duration::from_secs(60);

/// Records every change, for as long as it is let. Without a database there is nothing to do.
pub(super) async fn record(context: Context) {
    let Some(database) = context.database.clone() else { return };
    // Before the comparison, so that nothing falls between it and the first change.
    let mut changes = context.index.changes();
    let cluster = &context.settings.cluster;
    loop {
        catch_up(&context, &database, &mut changes).await;
        loop {
            match changes.recv().await {
                Ok(told) => append_told(&database, &told, cluster).await,
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "changes came faster than the database took them: comparing all");
                    break;
                }
                Err(RecvError::Closed) => return,
            }
        }
    }
}

/// Keeps the report equal to the flags, for as long as it is let.
pub(super) async fn report(context: Context) {
    let Some(database) = context.database.clone() else { return };
    let cluster = &context.settings.cluster;
    let mut index = context.index.revisions();
    let mut failures = 0;
    loop {
        let rows =
            context.index.read(|index| index.is_whole().then(|| report::rows(index, Timestamp::now())));
        if let Some(rows) = rows {
            match flags::sync(database.pool(), cluster, &rows).await {
                Ok(_) => failures = 0,
                Err(error) => {
                    failures += 1;
                    rest(failures, "the report feature_flags could not be written", &error).await;
                    continue;
                }
            }
        }
        sleep(GATHER).await;
        tokio::select! {
            _ = index.changed() => {} // its sender lives as long as the context
            () = sleep(LOOK) => {}
        }
    }
}

/// Records what the chain does not know, once all flags are known: what there was before the first change that was told, and then
/// those changes, so that each stands in its place.
async fn catch_up(context: &Context, database: &Database, changes: &mut Receiver<Arc<index::Change>>) {
    let cluster = &context.settings.cluster;
    let kinds = listed_kinds(context).await;
    // Under the index's lock: no change is in one and not in the other.
    let (written, told) = context.index.read(|index| (written(index, &kinds), waiting(changes)));
    let rewound = rewind::before(written, &told);
    let mut known = known_of(database, cluster).await;
    known.retain(|known| {
        kinds.iter().any(|kind| kind.name() == known.kind) && !rewound.born.contains(&known.uid)
    });
    let at = told.first().map_or_else(Timestamp::now, |first| first.at);
    for change in change::missing(rewound.written, known, cluster, at) {
        append(database, change).await;
    }
    for told in told {
        append_told(database, &told, cluster).await;
    }
    append(database, settings(context)).await;
}

/// The kinds of which all objects are known; alerts are waited for a moment only.
async fn listed_kinds(context: &Context) -> Vec<Kind> {
    let mut index = context.index.revisions();
    while !context.index.read(Index::is_whole) {
        let _never_closed = index.changed().await;
    }
    let alerts = timeout(ALERTS_WITHIN, async {
        while !context.index.read(Index::knows_alerts) {
            let _never_closed = index.changed().await;
        }
    });
    let mut kinds = vec![Kind::FeatureFlag, Kind::ClusterFeatureFlag];
    if alerts.await.is_ok() {
        kinds.extend([Kind::UsageAlert, Kind::ClusterUsageAlert]);
    }
    kinds
}

fn written(index: &Index, kinds: &[Kind]) -> Vec<Written> {
    let all = index.flags().map(Written::from).chain(index.alerts().map(Written::from));
    all.filter(|written| kinds.contains(&written.kind)).collect()
}

/// What was told and not yet heard. Where too much was told, its end.
fn waiting(changes: &mut Receiver<Arc<index::Change>>) -> Vec<Arc<index::Change>> {
    let mut told = Vec::new();
    loop {
        match changes.try_recv() {
            Ok(change) => told.push(change),
            Err(TryRecvError::Lagged(_)) => {}
            Err(TryRecvError::Empty | TryRecvError::Closed) => return told,
        }
    }
}

/// What the operator is configured with: a change where it is another than the chain knows. Nobody sees whose it was; it came with
/// an installation.
fn settings(context: &Context) -> Change {
    let settings = &context.settings;
    let now = Timestamp::now();
    Change {
        cluster: settings.cluster.clone(),
        at: now,
        kind: SETTINGS.to_owned(),
        namespace: settings.namespace.clone(),
        name: settings.names.service.clone(),
        feature: String::new(),
        uid: format!("{}/{}", settings.namespace, settings.names.service),
        // They have none, and the same ones may come again.
        resource_version: now.to_string(),
        actor: None,
        actor_groups: Vec::new(),
        via: None,
        reason: None,
        sides: Sides::Created { after: settings.written.clone() },
    }
}

/// What the chain holds to be there, as soon as the database says so.
async fn known_of(database: &Database, cluster: &str) -> Vec<Known> {
    let mut failures = 0;
    loop {
        match audit::known(database.pool(), cluster).await {
            Ok(known) => return known,
            Err(error) => {
                failures += 1;
                rest(failures, "the audit flag_changes could not be read", &error).await;
            }
        }
    }
}

async fn append_told(database: &Database, told: &index::Change, cluster: &str) {
    if let Some(change) = change::of(told, cluster) {
        append(database, change).await;
    }
}

/// Until it is there. Who asked for an end, only admission has seen; what something was before it was first seen here, only the
/// chain knows.
async fn append(database: &Database, mut change: Change) {
    let mut failures = 0;
    match &change.sides {
        Sides::Deleted { .. } => match deletions::by(database.pool(), &change.cluster, &change.uid).await {
            Ok(Some((actor, groups))) => (change.actor, change.actor_groups) = (Some(actor), groups),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, name = change.name, "who deleted it could not be read"),
        },
        Sides::Created { after } => {
            let known = known_of(database, &change.cluster).await;
            if let Some(known) = known.into_iter().find(|known| known.uid == change.uid) {
                if known.after == *after {
                    return;
                }
                change.sides = Sides::Changed { before: known.after, after: after.clone() };
            }
        }
        Sides::Changed { .. } => {}
    }
    while let Err(error) = audit::record(database.pool(), &change).await {
        failures += 1;
        rest(failures, "a change waits for the database", &error).await;
    }
}

async fn rest(failures: u32, what: &str, error: &sqlx::Error) {
    let wait = backoff::wait(failures, 0);
    tracing::warn!(%error, ?wait, "{what}");
    sleep(wait).await;
}
