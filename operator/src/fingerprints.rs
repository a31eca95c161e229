//! Groups of calls whose feature nobody names. Sidecars tell the sketches of calls that are of no group they know; the leader
//! finds what many have in common; every replica tells the sidecars of a namespace its groups, so that they know the next call.
//!
//! ```text
//! POST /v1/report ─▶ heard ─▶ fingerprint_sketches ─ leader: study ─▶ fingerprint_groups ─▶ told ─▶ the namespace's streams
//! ```
//!
//! - [`store`]: the two tables; [`study`]: the leader's part; [`list`]: what an admin is shown of it
//!
//! A group is never changed and never deleted, and its id is a keyed hash of what it is: an id means the same for ever.

pub mod list;
mod store;
mod study;

use std::{
    collections::BTreeMap,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use tokio::{sync::watch, time::sleep};
use tollgate_crds::stream::{Fingerprints as Told, Message};
use tollgate_fingerprint::{FingerprintKey, Sketch};
use tollgate_ledger::AccountKey;

use self::study::Study;
use crate::{
    context::{Context, Tasks},
    database::Database,
    index::line,
    push::ledger::Ledger,
};

/// A handle on the room; cheap to clone.
#[derive(Clone, Default)]
pub struct Fingerprints {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    /// By namespace: not in the database yet.
    heard: BTreeMap<String, Vec<Sketch>>,
    /// By namespace: the groups as a line of the state stream.
    told: BTreeMap<String, watch::Sender<Option<Bytes>>>,
}

/// Between two looks at the database.
const ROUND: Duration = Duration::from_secs(2);
/// Sketches of one namespace that wait for the database; beyond, they are let go: more of the same will come.
const MOST_HEARD: usize = 500;

// === impl Fingerprints ===

impl Fingerprints {
    /// What a sidecar of this namespace told.
    pub(crate) fn hear(&self, namespace: &str, sketches: Vec<Sketch>) {
        if sketches.is_empty() {
            return;
        }
        let mut inner = self.lock();
        let heard = inner.heard.entry(namespace.to_owned()).or_default();
        let room = MOST_HEARD - heard.len();
        heard.extend(sketches.into_iter().take(room));
    }

    /// The groups of a namespace as a line of the stream, each time that there are more.
    pub(crate) fn told(&self, namespace: &str) -> watch::Receiver<Option<Bytes>> {
        self.lock().told.entry(namespace.to_owned()).or_default().subscribe()
    }

    /// Starts what is done beside the streams; without a database nothing is.
    pub fn spawn(&self, context: &Context, ledger: &Ledger, tasks: &mut Tasks) {
        let Some(database) = context.database.clone() else { return };
        let keeper = Keeper {
            fingerprints: self.clone(),
            context: context.clone(),
            database,
            ledger: ledger.clone(),
            study: Study::default(),
            groups: store::Groups::default(),
        };
        tasks.spawn(async move { match keeper.run().await {} });
    }

    fn take_heard(&self) -> BTreeMap<String, Vec<Sketch>> {
        std::mem::take(&mut self.lock().heard)
    }

    fn tell(&self, groups: &store::Groups) {
        let mut inner = self.lock();
        for (namespace, groups) in groups.by_namespace() {
            let line = line(&Message::Fingerprints(Told { groups: groups.to_vec() }));
            inner.told.entry(namespace.clone()).or_default().send_if_modified(|told| {
                let is_news = told.as_ref() != Some(&line);
                *told = Some(line);
                is_news
            });
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Brings what was heard into the database, and what is found there to the streams.
struct Keeper {
    fingerprints: Fingerprints,
    context: Context,
    database: Database,
    ledger: Ledger,
    study: Study,
    groups: store::Groups,
}

// === impl Keeper ===

impl Keeper {
    async fn run(mut self) -> Infallible {
        let mut failing = false;
        loop {
            match self.round().await {
                Ok(()) => failing = false,
                // The leader may still be migrating; Postgres may be away.
                Err(error) if !failing => {
                    failing = true;
                    tracing::warn!(
                        %error,
                        "calls that name no feature are not grouped at the moment; groups that are known go on being known"
                    );
                }
                Err(_) => {}
            }
            sleep(ROUND).await;
        }
    }

    async fn round(&mut self) -> Result<(), sqlx::Error> {
        let (pool, cluster) = (self.database.pool(), &self.context.settings.cluster);
        if self.groups.refresh(pool, cluster).await? {
            self.fingerprints.tell(&self.groups);
        }
        for (namespace, sketches) in self.fingerprints.take_heard() {
            store::keep(pool, cluster, &namespace, &sketches).await?;
        }
        let Some(key) = self.key().filter(|_| self.context.leadership.leads()) else { return Ok(()) };
        if self.study.round(pool, cluster, &key, &mut self.groups).await? {
            self.fingerprints.tell(&self.groups);
        }
        Ok(())
    }

    /// What sidecars sketch with; none before they are told.
    fn key(&self) -> Option<FingerprintKey> {
        let account_key = AccountKey::from_hex(&self.ledger.account_key()?).ok()?;
        Some(FingerprintKey::derived(&account_key.derive(FingerprintKey::PURPOSE)))
    }
}

#[cfg(test)]
mod tests {
    use tollgate_fingerprint::SketchReader;

    use super::*;

    fn sketch(number: usize) -> Sketch {
        let mut reader = SketchReader::new(&format!("/v1/{}", "x".repeat(number)), [].into_iter());
        reader.feed(b"{}");
        reader.sketch(&FingerprintKey::new(&[1; 16]))
    }

    #[test]
    fn what_waits_for_the_database_is_bounded_for_each_namespace() {
        let fingerprints = Fingerprints::default();
        for _ in 0..3 {
            fingerprints.hear("shop", (0..MOST_HEARD).map(sketch).collect());
        }
        fingerprints.hear("bank", vec![sketch(1)]);
        let heard = fingerprints.take_heard();
        assert_eq!((heard["shop"].len(), heard["bank"].len()), (MOST_HEARD, 1));
        assert!(fingerprints.take_heard().is_empty());
    }
}
