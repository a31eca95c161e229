//! The rows of the report.

use jiff::Timestamp;
use serde_json::{Value, json};
use tollgate_crds::flag::EffectiveReason;

use super::change::author;
use crate::{database::flags::FlagRow, index::Index};

/// A row for each flag that means something; one that is not right is not in it.
pub(super) fn rows(index: &Index, now: Timestamp) -> Vec<FlagRow> {
    index
        .flags()
        .filter_map(|flag| {
            let accepted = flag.accepted.as_ref().ok()?;
            let effective = index.decide(&flag.key, now)?.effective;
            Some(FlagRow {
                kind: flag.key.kind().name().to_owned(),
                namespace: flag.key.namespace.clone().unwrap_or_default(),
                name: flag.key.name.clone(),
                feature_name: accepted.feature.clone(),
                description: flag.spec.get("description").and_then(Value::as_str).map(str::to_owned),
                enabled: accepted.enabled,
                effective: effective.enabled,
                effective_reason: word(effective.reason),
                effective_by: effective.by,
                uid: flag.uid.clone(),
                resource_version: flag.resource_version.clone(),
                spec: flag.spec.clone(),
                updated_at: now,
                updated_by: author(&flag.annotations).map(|author| author.user),
            })
        })
        .collect()
}

/// As the status says it.
fn word(reason: EffectiveReason) -> String {
    json!(reason).as_str().unwrap_or_default().to_owned()
}
