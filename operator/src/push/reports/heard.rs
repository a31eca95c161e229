//! Of which release the sidecars that listen here are, and how many of them are in trouble.

use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

use super::Sidecar;
use crate::coverage::Heard;

/// A sidecar reports each second.
const QUIET_AFTER: Duration = Duration::from_secs(10);
/// More rows than a second or two of calls leave behind.
const MANY_ROWS: u64 = 1_000;

/// By namespace and release.
pub(super) fn heard(sidecars: &HashMap<String, Sidecar>, now: Instant) -> Vec<Heard> {
    let each = sidecars.values().map(|sidecar| {
        let report = sidecar.report.as_ref();
        let is_quiet = sidecar.heard.is_none_or(|heard| now.duration_since(heard) > QUIET_AFTER);
        Heard {
            namespace: sidecar.namespace.clone(),
            release: report.map(|report| report.release.clone()).unwrap_or_default(),
            sidecars: 1,
            quiet: u64::from(is_quiet),
            spooling: u64::from(report.is_some_and(|report| report.spool_records > MANY_ROWS)),
        }
    });
    summed(each)
}

/// Those of one namespace and release as one.
pub(super) fn summed(all: impl IntoIterator<Item = Heard>) -> Vec<Heard> {
    let mut sums: BTreeMap<(String, String), Heard> = BTreeMap::new();
    for Heard { namespace, release, sidecars, quiet, spooling } in all {
        let sum = sums.entry((namespace.clone(), release.clone())).or_insert_with(|| Heard {
            namespace,
            release,
            ..Heard::default()
        });
        sum.sidecars += sidecars;
        sum.quiet += quiet;
        sum.spooling += spooling;
    }
    sums.into_values().collect()
}
