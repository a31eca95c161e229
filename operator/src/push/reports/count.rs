//! How many of these sidecars hold each flag.

use std::{collections::HashMap, sync::Arc};

use super::{Count, Counts, Sidecar};
use crate::index::{Held, Index, Versions};

/// Of each namespace: the versions that are held there, and by how many. There are few: most pods hold the newest.
type Holders<'a> = HashMap<&'a str, HashMap<&'a Arc<Versions>, u64>>;

/// Counts those that the flag's total counts, too: pods that run.
pub(super) fn count(index: &Index, sidecars: &HashMap<String, Sidecar>) -> Counts {
    let mut holders: Holders<'_> = HashMap::new();
    for (uid, sidecar) in sidecars {
        let Some(held) = &sidecar.held else { continue };
        if index.pod(uid).is_some_and(|pod| pod.ought_to_answer()) {
            *holders.entry(&sidecar.namespace).or_default().entry(held).or_default() += 1;
        }
    }
    let counted = index.flags().filter(|flag| flag.accepted.is_ok()).map(|flag| {
        let current = index
            .reach(flag)
            .filter_map(|namespace| Some((&namespace.name, holders.get(namespace.name.as_str())?)))
            .flat_map(|(namespace, held)| {
                held.iter().map(move |(versions, count)| (namespace, versions, count))
            })
            .filter(|(namespace, versions, _)| index.held(&flag.key, namespace, versions) == Held::Current)
            .map(|(_, _, count)| count)
            .sum();
        (flag.uid.clone(), Count { generation: flag.generation, current })
    });
    counted.collect()
}
