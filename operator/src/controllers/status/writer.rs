//! Reads, decides and writes, flag by flag.

use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use kube::{
    Api, Client, ResourceExt,
    api::{Patch, PatchParams},
    core::{ApiResource, DynamicObject},
};
use serde_json::{Value, json};
use tokio::time::timeout;
use tollgate_crds::{API_VERSION, ClusterFeatureFlag, FeatureFlag, flag::FeatureFlagStatus};

use super::{
    StatusMetrics,
    days::Days,
    desired,
    facts::{Facts, Ground},
    pace::{self, Written},
};
use crate::{
    context::{CONTROLLER, Context},
    controllers::backoff,
    index::{Flag, FlagKey, Kind, newer},
    prices,
};

/// Writes what differs.
pub(super) struct Writer {
    metrics: StatusMetrics,
    /// By uid.
    known: HashMap<String, Known>,
}

/// What is known of one flag's status besides what the watch tells.
#[derive(Default)]
struct Known {
    /// What was written last, and the resourceVersion that it gave: the watch may not have told of it yet.
    last: Option<(FeatureFlagStatus, String)>,
    written: Written,
    failures: u32,
    not_before: Option<Instant>,
}

/// A write that is due.
struct Due {
    key: FlagKey,
    uid: String,
    status: FeatureFlagStatus,
}

/// An apiserver that takes longer has other worries.
const PATIENCE: Duration = Duration::from_secs(10);

// === impl Writer ===

impl Writer {
    pub(super) fn new(metrics: StatusMetrics) -> Self {
        Self { metrics, known: HashMap::new() }
    }

    /// Looks at all flags, and writes what is due.
    pub(super) async fn round(&mut self, context: &Context, days: &Days, now: Instant) {
        for due in self.due(context, days, now) {
            if !context.leadership.leads() {
                return;
            }
            let written = write(&context.client, &due).await;
            self.note(due, written);
        }
    }

    fn due(&mut self, context: &Context, days: &Days, now: Instant) -> Vec<Due> {
        let clock = Timestamp::now();
        let unpriced = prices::unknown(&context.reports, &context.prices.book());
        context.index.read(|index| {
            let grounds = Ground::of(index);
            let there: HashSet<&str> = index.flags().map(|flag| flag.uid.as_str()).collect();
            self.known.retain(|uid, _| there.contains(uid.as_str()));
            index
                .flags()
                .filter_map(|flag| {
                    let facts = Facts::of(
                        flag,
                        index,
                        &grounds,
                        context.reports.current(flag),
                        &unpriced,
                        days,
                        clock,
                    );
                    self.known.entry(flag.uid.clone()).or_default().due(&facts, clock, now)
                })
                .collect()
        })
    }

    fn note(&mut self, due: Due, written: Result<String, WriteError>) {
        let now = Instant::now();
        let known = self.known.entry(due.uid.clone()).or_default();
        match written {
            Ok(version) => {
                self.metrics.wrote("written");
                *known = Known {
                    last: Some((due.status, version)),
                    written: Written { at: Some(now), relapsed: None },
                    ..Known::default()
                };
            }
            Err(error) if error.is_gone() => {} // deleted, or made anew: the watch will tell
            Err(error) => {
                self.metrics.wrote("failed");
                known.failures += 1;
                let wait = backoff::wait(known.failures, backoff::share(&due.uid));
                known.not_before = Some(now + wait);
                tracing::warn!(flag = %due.key, namespace = due.key.namespace, %error, ?wait, "the status could not be written");
            }
        }
    }
}

// === impl Known ===

impl Known {
    fn due(&mut self, facts: &Facts<'_>, clock: Timestamp, now: Instant) -> Option<Due> {
        let flag = facts.flag;
        let is = self.status(flag);
        let ought = desired::status(facts, is, clock);
        let difference = pace::difference(is, &ought);
        if self.not_before.is_some_and(|time| now < time) {
            return None;
        }
        let jitter = Duration::from_millis(40 * u64::from(backoff::share(&flag.uid)));
        self.written.is_due(difference, jitter, now).then(|| Due {
            key: flag.key.clone(),
            uid: flag.uid.clone(),
            status: ought,
        })
    }

    /// The status as it is: the watch's, or what was written since.
    fn status<'a>(&'a self, flag: &'a Flag) -> &'a FeatureFlagStatus {
        match &self.last {
            Some((status, version)) if newer(version, &flag.resource_version) == Ordering::Greater => status,
            _ => &flag.status,
        }
    }
}

/// A status that could not be written.
#[derive(Debug, thiserror::Error)]
enum WriteError {
    #[error(transparent)]
    Refused(#[from] kube::Error),
    #[error("the apiserver did not answer within {PATIENCE:?}")]
    Silent,
}

// === impl WriteError ===

impl WriteError {
    fn is_gone(&self) -> bool {
        matches!(self, Self::Refused(kube::Error::Api(status)) if status.is_not_found())
    }
}

/// Applies the whole status; gives the resourceVersion that came of it.
async fn write(client: &Client, due: &Due) -> Result<String, WriteError> {
    let Due { key, uid, status } = due;
    let resource = match key.kind() {
        Kind::ClusterFeatureFlag => ApiResource::erase::<ClusterFeatureFlag>(&()),
        Kind::FeatureFlag | Kind::UsageAlert | Kind::ClusterUsageAlert | Kind::Namespace | Kind::Pod => {
            ApiResource::erase::<FeatureFlag>(&())
        }
    };
    let api: Api<DynamicObject> = match &key.namespace {
        Some(namespace) => Api::namespaced_with(client.clone(), namespace, &resource),
        None => Api::all_with(client.clone(), &resource),
    };
    // The uid is a condition: a namesake that was made since is another flag.
    let body: Value = json!({
        "apiVersion": API_VERSION,
        "kind": resource.kind,
        "metadata": { "name": key.name, "uid": uid },
        "status": status,
    });
    let patch = Patch::Apply(&body);
    let params = PatchParams::apply(CONTROLLER).force();
    match timeout(PATIENCE, api.patch_status(&key.name, &params, &patch)).await {
        Ok(written) => Ok(written?.resource_version().unwrap_or_default()),
        Err(_) => Err(WriteError::Silent),
    }
}
