//! Lists, then watches from there; a watch that breaks goes on where it was, one that has fallen too far behind lists anew.
//!
//! kube's own watcher hides the list's resourceVersion and cannot be told to start its watch again; both are needed here.

use std::time::Duration;

use futures::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use kube::{
    Api, ResourceExt,
    api::{ListParams, WatchParams},
    core::WatchEvent,
};
use tokio::{
    sync::watch,
    time::{Instant, timeout, timeout_at},
};

use super::{backoff::Backoff, feeds::Feed};
use crate::index::SharedIndex;

/// Feeds one kind.
pub(super) struct Feeder<F: Feed> {
    pub(super) feed: F,
    pub(super) api: Api<F::Object>,
    pub(super) index: SharedIndex,
    /// Changes when the watch is to be started again.
    pub(super) restart: watch::Receiver<u64>,
    /// True once everything has been listed.
    pub(super) synced: watch::Sender<bool>,
}

/// Why a watch has ended.
enum Ended {
    /// As agreed, or broken, or told to: it can go on where it was.
    Resume,
    /// What it has missed is not kept any more.
    Gone,
}

#[derive(Debug, thiserror::Error)]
enum FeedError {
    #[error(transparent)]
    Kube(#[from] kube::Error),
    #[error("the apiserver did not answer in time")]
    Slow,
}

/// Objects a page of a list.
const PAGE: u32 = 500;
/// For a page, and for the first byte of a watch.
const PATIENCE: Duration = Duration::from_secs(15);
/// The apiserver ends a watch after this many seconds; kube's limit is 295.
const WATCH_SECONDS: u32 = 290;
/// An apiserver sends a bookmark about each minute: a watch that is silent for longer is broken.
const SILENCE: Duration = Duration::from_secs(150);

// === impl Feeder ===

impl<F: Feed> Feeder<F> {
    /// Never ends.
    pub(super) async fn run(mut self) {
        let mut backoff = Backoff::new();
        let mut failing = false;
        loop {
            let version = match self.list().await {
                Ok(version) => version,
                Err(error) => {
                    self.complain(&error, &mut failing);
                    backoff.wait().await;
                    continue;
                }
            };
            if std::mem::replace(&mut failing, false) {
                tracing::info!(kind = self.feed.kind().name(), "listed again");
            }
            backoff.reset();
            self.synced.send_replace(true);
            self.follow(version, &mut backoff).await;
        }
    }

    async fn list(&self) -> Result<String, FeedError> {
        let params = ListParams { field_selector: self.fields(), ..ListParams::default() };
        let mut objects = Vec::new();
        let mut page = params.clone().limit(PAGE);
        loop {
            let list = timeout(PATIENCE, self.api.list(&page)).await.map_err(|_| FeedError::Slow)??;
            objects.extend(list.items);
            match list.metadata.continue_.filter(|token| !token.is_empty()) {
                Some(token) => page = params.clone().limit(PAGE).continue_token(&token),
                None => {
                    let version = list.metadata.resource_version.unwrap_or_default();
                    self.index.write(|index| self.feed.reset(index, objects, &version, Timestamp::now()));
                    return Ok(version);
                }
            }
        }
    }

    /// Watches on from this version until a list is needed.
    async fn follow(&mut self, mut version: String, backoff: &mut Backoff) {
        let mut failing = false;
        loop {
            match self.watch(&mut version, &mut failing).await {
                Ok(Ended::Resume) => backoff.reset(),
                Ok(Ended::Gone) => return,
                Err(error) => {
                    self.complain(&error, &mut failing);
                    backoff.wait().await;
                }
            }
        }
    }

    async fn watch(&mut self, version: &mut String, failing: &mut bool) -> Result<Ended, FeedError> {
        let params =
            WatchParams { field_selector: self.fields(), ..WatchParams::default() }.timeout(WATCH_SECONDS);
        self.restart.mark_unchanged();
        let events =
            timeout(PATIENCE, self.api.watch(&params, version)).await.map_err(|_| FeedError::Slow)?;
        let events = match events {
            Err(kube::Error::Api(status)) if status.code == 410 => return Ok(Ended::Gone),
            events => events?,
        };
        if std::mem::replace(failing, false) {
            tracing::info!(kind = self.feed.kind().name(), "the watch goes on");
        }
        let mut events = std::pin::pin!(events.into_stream());
        loop {
            let silent = Instant::now() + SILENCE;
            let event = tokio::select! {
                event = timeout_at(silent, events.next()) => event,
                changed = self.restart.changed() => match changed {
                    Ok(()) => return Ok(Ended::Resume),
                    Err(_) => timeout_at(silent, events.next()).await,
                },
            };
            let Ok(Some(event)) = event else { return Ok(Ended::Resume) };
            match event {
                Ok(WatchEvent::Added(object) | WatchEvent::Modified(object)) => {
                    *version = object.resource_version().unwrap_or_default();
                    self.index.write(|index| self.feed.apply(index, object, Timestamp::now()));
                }
                Ok(WatchEvent::Deleted(object)) => {
                    *version = object.resource_version().unwrap_or_default();
                    self.index.write(|index| self.feed.delete(index, object, Timestamp::now()));
                }
                Ok(WatchEvent::Bookmark(bookmark)) => {
                    *version = bookmark.metadata.resource_version;
                    self.index.write(|index| index.see(self.feed.kind(), version));
                }
                Ok(WatchEvent::Error(status)) if status.code == 410 => return Ok(Ended::Gone),
                Ok(WatchEvent::Error(status)) => return Err(kube::Error::Api(status).into()),
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn fields(&self) -> Option<String> {
        self.feed.fields().map(str::to_owned)
    }

    /// Once for each time it begins to fail.
    fn complain(&self, error: &FeedError, failing: &mut bool) {
        if std::mem::replace(failing, true) {
            return;
        }
        let kind = self.feed.kind().name();
        match error {
            FeedError::Kube(kube::Error::Api(status)) if status.code == 404 => {
                tracing::error!(
                    kind,
                    "the cluster does not know this kind: install Tollgate's CustomResourceDefinitions (crds/*.yaml; the chart brings them)"
                );
            }
            FeedError::Kube(kube::Error::Api(status)) if status.code == 403 => {
                tracing::error!(kind, error = %status.message, "the operator's ServiceAccount may not list and watch this kind: look at the chart's ClusterRole");
            }
            error => {
                tracing::warn!(kind, %error, "the apiserver is away; what is known stays in force");
            }
        }
    }
}
