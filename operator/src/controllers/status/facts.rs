//! What is known of a flag and of the pods it concerns, at one moment.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use tollgate_crds::flag::{LastDay, Mode, PreviewCount};

use super::days::{self, Days};
use crate::{
    index::{Decision, Flag, INJECT, Index, Namespace, Pod},
    push::reports::Unpriced,
    workload::Workload,
};

/// What is known of a flag.
#[derive(Clone, Debug)]
pub(super) struct Facts<'a> {
    pub(super) flag: &'a Flag,
    /// What holds for its feature; none where the flag is not right.
    pub(super) decision: Option<Decision>,
    /// Labelled namespaces in which it holds.
    pub(super) namespaces: usize,
    /// Sidecars that hold it as it is now.
    pub(super) current: u64,
    /// Sidecars that ought to.
    pub(super) total: u64,
    pub(super) uncovered: Vec<Uncovered>,
    pub(super) last_day: Option<LastDay>,
    /// Models of its feature's calls that no price book has.
    pub(super) unpriced: Vec<&'a Unpriced>,
    /// Of a flag in preview.
    pub(super) preview: Option<PreviewCount>,
}

/// Pods of one workload that have no sidecar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::controllers) struct Uncovered {
    pub(in crate::controllers) namespace: String,
    pub(in crate::controllers) workload: Workload,
    /// One of them.
    pub(in crate::controllers) pod: String,
    pub(in crate::controllers) pods: usize,
    /// They said that they want none, and may.
    pub(in crate::controllers) opted_out: bool,
}

/// The pods of one namespace, counted once for all flags.
#[derive(Clone, Debug, Default)]
pub(in crate::controllers) struct Ground {
    /// Those that ought to listen.
    pub(in crate::controllers) sidecars: u64,
    uncovered: BTreeMap<(Workload, bool), (usize, String)>,
}

// === impl Facts ===

impl<'a> Facts<'a> {
    pub(super) fn of(
        flag: &'a Flag,
        index: &Index,
        grounds: &BTreeMap<String, Ground>,
        current: u64,
        unpriced: &'a BTreeSet<Unpriced>,
        days: &Days,
        now: Timestamp,
    ) -> Self {
        let reach: Vec<&str> = index.reach(flag).map(|namespace| namespace.name.as_str()).collect();
        let grounds = || reach.iter().filter_map(|name| Some((*name, grounds.get(*name)?)));
        let total = grounds().map(|(_, ground)| ground.sidecars).sum();
        Self {
            flag,
            decision: index.decide(&flag.key, now),
            namespaces: reach.len(),
            // A count that is older than the pods it counts.
            current: current.min(total),
            total,
            uncovered: grounds().flat_map(|(name, ground)| ground.uncovered(name)).collect(),
            preview: flag
                .accepted
                .as_ref()
                .is_ok_and(|accepted| accepted.mode == Mode::Preview)
                .then(|| days::would_reject(days, &flag.key))
                .flatten(),
            unpriced: unpriced
                .iter()
                .filter(|one| one.model.feature == flag.feature() && reach.contains(&one.namespace.as_str()))
                .collect(),
            last_day: days::of(days, flag.feature(), reach.iter().copied()),
        }
    }
}

// === impl Ground ===

impl Ground {
    /// By namespace.
    pub(in crate::controllers) fn of(index: &Index) -> BTreeMap<String, Self> {
        let mut grounds: BTreeMap<String, Self> = BTreeMap::new();
        for pod in index.pods().filter(|pod| pod.ought_to_answer()) {
            grounds.entry(pod.namespace.clone()).or_default().sidecars += 1;
        }
        for pod in index.uncovered() {
            let opted_out =
                index.namespace(&pod.namespace).is_some_and(|namespace| opted_out(pod, namespace));
            let ground = grounds.entry(pod.namespace.clone()).or_default();
            let (pods, name) = ground
                .uncovered
                .entry((Workload::of_pod(pod), opted_out))
                .or_insert_with(|| (0, pod.name.clone()));
            *pods += 1;
            if pod.name < *name {
                name.clone_from(&pod.name); // the same one each time, in whatever order the index has them
            }
        }
        grounds
    }

    pub(in crate::controllers) fn uncovered(&self, namespace: &str) -> impl Iterator<Item = Uncovered> {
        self.uncovered.iter().map(move |((workload, opted_out), (pods, pod))| Uncovered {
            namespace: namespace.to_owned(),
            workload: workload.clone(),
            pod: pod.clone(),
            pods: *pods,
            opted_out: *opted_out,
        })
    }
}

fn opted_out(pod: &Pod, namespace: &Namespace) -> bool {
    namespace.allows_opt_out() && pod.annotations.get(INJECT).is_some_and(|value| value == "disabled")
}
