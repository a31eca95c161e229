//! Who changed which flag, into the database: each change into the chain `flag_changes`, and what there is now into the
//! report `feature_flags`.
//!
//! The watch tells of changes, so none is lost for want of a webhook's answer. A leader first compares the flags with what the
//! chain holds, for what happened while nobody led; then it records change by change. While Postgres is away changes wait
//! in the channel; should they become too many, it compares anew.

mod change;
mod report;

use std::time::Duration;

use jiff::Timestamp;
use tokio::{sync::broadcast::error::RecvError, time::sleep};

use super::backoff;
use crate::{
    context::Context,
    database::{
        Database,
        audit::{self, Change, Sides},
        deletions, flags,
    },
};

/// What comes together is reported together.
const GATHER: Duration = Duration::from_secs(1);
/// Somebody may have changed the report.
const LOOK: Duration = Duration::from_secs(60);

/// Records every change, for as long as it is let. Without a database there is nothing to do.
pub(super) async fn record(context: Context) {
    let Some(database) = context.database.clone() else { return };
    // Before the comparison, so that nothing falls between it and the first change.
    let mut changes = context.index.flag_changes();
    loop {
        catch_up(&context, &database).await;
        loop {
            match changes.recv().await {
                Ok(told) => {
                    if let Some(change) = change::of(&told, &context.settings.cluster) {
                        append(&database, change).await;
                    }
                }
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(
                        missed,
                        "changes of flags came faster than the database took them: comparing all"
                    );
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

/// Records what the chain does not know, once all flags are known.
async fn catch_up(context: &Context, database: &Database) {
    let cluster = &context.settings.cluster;
    let mut index = context.index.revisions();
    while !context.index.read(|index| index.is_whole()) {
        let _never_closed = index.changed().await;
    }
    let mut failures = 0;
    let known = loop {
        match audit::known(database.pool(), cluster).await {
            Ok(known) => break known,
            Err(error) => {
                failures += 1;
                rest(failures, "the audit flag_changes could not be read", &error).await;
            }
        }
    };
    let missing = context
        .index
        .read(|index| change::missing(index.flags().collect(), known, cluster, Timestamp::now()));
    for change in missing {
        append(database, change).await;
    }
}

/// Until it is there. Who asked for an end, only admission has seen.
async fn append(database: &Database, mut change: Change) {
    let mut failures = 0;
    if matches!(change.sides, Sides::Deleted { .. }) {
        match deletions::by(database.pool(), &change.cluster, &change.uid).await {
            Ok(Some((actor, groups))) => (change.actor, change.actor_groups) = (Some(actor), groups),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, flag = change.name, "who deleted a flag could not be read"),
        }
    }
    while let Err(error) = audit::record(database.pool(), &change).await {
        failures += 1;
        rest(failures, "a change of a flag waits for the database", &error).await;
    }
}

async fn rest(failures: u32, what: &str, error: &sqlx::Error) {
    let wait = backoff::wait(failures, 0);
    tracing::warn!(%error, ?wait, "{what}");
    sleep(wait).await;
}
