//! The leader looks for groups among the sketches that wait.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use sqlx::PgPool;
use tollgate_fingerprint::{FingerprintKey, Group, KnownGroups, Sketch};

use super::store::{self, Groups};

/// When which namespace was studied last.
#[derive(Debug, Default)]
pub(super) struct Study {
    studied: BTreeMap<String, Studied>,
}

#[derive(Debug)]
struct Studied {
    at: Instant,
    /// The last sketch that was there.
    last: i64,
}

/// Where few calls come they are studied after this time.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a study found.
struct Found {
    groups: Vec<Group>,
    /// For each of them, and then for all that were known: the places of their sketches.
    calls: Vec<Vec<usize>>,
}

// === impl Study ===

impl Study {
    /// Gives whether groups were found.
    pub(super) async fn round(
        &mut self,
        pool: &PgPool,
        cluster: &str,
        key: &FingerprintKey,
        groups: &mut Groups,
    ) -> Result<bool, sqlx::Error> {
        let mut is_news = false;
        for (namespace, last) in store::waiting(pool, cluster).await? {
            let studied = self
                .studied
                .entry(namespace.clone())
                .or_insert_with(|| Studied { at: Instant::now(), last: 0 });
            if last <= studied.last {
                continue;
            }
            let waiting = store::sketches(pool, cluster, &namespace).await?;
            let known = groups.of(&namespace).to_vec();
            let fresh = waiting.iter().filter(|waiting| waiting.id > studied.last).count();
            let (ids, sketches): (Vec<i64>, Vec<Sketch>) =
                waiting.into_iter().map(|waiting| (waiting.id, waiting.sketch)).unzip();
            if !KnownGroups::is_enough(fresh, studied.at.elapsed() >= PATIENCE) {
                continue;
            }
            *studied = Studied { at: Instant::now(), last };
            let study = tokio::task::spawn_blocking(move || study(known, sketches)).await;
            let Found { groups: found, calls } =
                study.map_err(|panicked| sqlx::Error::Protocol(panicked.to_string()))?;
            let done: Vec<Vec<i64>> =
                calls.into_iter().map(|calls| calls.into_iter().map(|at| ids[at]).collect()).collect();
            store::found(pool, (cluster, &namespace), key, &found, &done).await?;
            if !found.is_empty() {
                tracing::info!(
                    namespace,
                    found = found.len(),
                    "groups of calls that name no feature were found; `tollgate fingerprints` shows them"
                );
            }
            is_news |= !found.is_empty();
        }
        if is_news {
            groups.refresh(pool, cluster).await?;
        }
        Ok(is_news)
    }
}

fn study(known: Vec<Group>, sketches: Vec<Sketch>) -> Found {
    let before = known.len();
    let mut known = KnownGroups::of(known);
    for sketch in &sketches {
        known.add_unknown(sketch.clone());
    }
    known.study();
    let (old, found) = known.groups().split_at(before);
    // a call is of the first group that matches
    let first = |groups: &[Group], sketch: &Sketch| groups.iter().position(|group| group.matches(sketch));
    let mut calls = vec![Vec::new(); found.len() + 1];
    for (at, sketch) in sketches.iter().enumerate() {
        if first(old, sketch).is_some() {
            calls[found.len()].push(at);
        } else if let Some(group) = first(found, sketch) {
            calls[group].push(at);
        }
    }
    Found { groups: found.to_vec(), calls }
}
