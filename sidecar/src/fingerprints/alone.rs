//! A sidecar without an operator finds the groups of its calls itself, and keeps them in its spool folder.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use tollgate_crds::stream::Fingerprints as Told;
use tollgate_fingerprint::{Group, KnownGroups};

use super::Fingerprints;
use crate::shared::Shared;
use crate::state::Kept;

const LOOK: Duration = Duration::from_secs(1);
/// Where few calls come they are studied after this time.
const PATIENCE: Duration = Duration::from_secs(30);

/// Studies what comes, for ever.
pub(crate) async fn study(shared: Arc<Shared>, kept: Kept) -> &'static str {
    match follow(&shared.fingerprints, &kept).await {}
}

async fn follow(fingerprints: &Fingerprints, kept: &Kept) -> Infallible {
    let mut known = Box::new(KnownGroups::of(groups_of(kept)));
    let mut studied = Instant::now();
    loop {
        sleep(LOOK).await;
        for sketch in fingerprints.take_unknown(usize::MAX) {
            known.add_unknown(sketch);
        }
        if !known.is_worth_studying(studied.elapsed() >= PATIENCE) {
            continue;
        }
        // Rows are shipped on this thread.
        let study = tokio::task::spawn_blocking(move || {
            let found = known.study();
            (known, found)
        });
        let found;
        (known, found) = match study.await {
            Ok(studied) => studied,
            Err(error) => {
                tracing::error!(%error, "calls without a feature could not be studied; it begins anew with the next");
                (Box::new(KnownGroups::of(groups_of(kept))), 0)
            }
        };
        studied = Instant::now();
        if found > 0 {
            let groups = known.groups().to_vec();
            kept.keep_fingerprints(&Told { groups: groups.clone() });
            fingerprints.take(groups);
            tracing::info!(
                found,
                "groups of calls that name no feature: `metadata.fingerprint` of a row has the id, match[].fingerprint of a \
                 FeatureFlag names it"
            );
        }
    }
}

/// What was found before.
pub(crate) fn groups_of(kept: &Kept) -> Vec<Group> {
    kept.fingerprints().unwrap_or_default().groups
}
