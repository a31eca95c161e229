//! Somebody who watches the flag and nothing else: what the apiserver alone takes.

use std::pin::pin;

use anyhow::{Context, Result};
use futures::TryStreamExt;
use kube::{
    Api,
    api::DynamicObject,
    runtime::{WatchStreamExt, watcher},
};
use tokio::{sync::watch, task::JoinHandle};

use super::{FEATURE, now};

pub(super) struct Observer {
    seen: watch::Receiver<Seen>,
    watching: JoinHandle<()>,
}

/// What the flag said last, and when that was heard.
#[derive(Clone, Copy, Default)]
struct Seen {
    enabled: Option<bool>,
    at: u64,
}

// === impl Observer ===

impl Observer {
    pub(super) fn watch(flags: Api<DynamicObject>) -> Observer {
        let (tell, seen) = watch::channel(Seen::default());
        let watching = tokio::spawn(async move {
            let config = watcher::Config::default().fields(&format!("metadata.name={FEATURE}"));
            let mut events = pin!(watcher(flags, config).default_backoff().applied_objects());
            loop {
                // An error is the watcher's to mend; who waits for an event has a deadline.
                if let Ok(Some(flag)) = events.try_next().await {
                    let enabled = flag.data["spec"]["enabled"].as_bool();
                    tell.send_if_modified(|seen| {
                        let changed = seen.enabled != enabled;
                        if changed {
                            *seen = Seen { enabled, at: now() };
                        }
                        changed
                    });
                }
            }
        });
        Observer { seen, watching }
    }

    /// When it heard that the flag says this: Unix time in microseconds.
    pub(super) async fn sees(&mut self, enabled: bool) -> Result<u64> {
        let heard = self.seen.wait_for(|seen| seen.enabled == Some(enabled));
        let heard = tokio::time::timeout(tollgate_tests::harness::wait::DEADLINE, heard).await;
        Ok(heard.context("nobody hears of the change")??.at)
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.watching.abort();
    }
}
