//! Rows of the ledger's file.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use super::wait;

/// Every column that a row must have.
pub const COLUMNS: [&str; 27] = [
    "id",
    "created_at",
    "received_at",
    "cluster",
    "namespace",
    "workload",
    "pod",
    "container",
    "feature",
    "user_id",
    "provider",
    "host",
    "model",
    "endpoint",
    "outcome",
    "status",
    "streamed",
    "tokens_used",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "cost_usd",
    "usage_source",
    "account",
    "metadata",
];

/// All whole lines of a ledger's file; none where there is no file yet.
///
/// # Panics
/// When a line is no JSON.
pub fn read(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("no row: {error} in {line:?}")))
        .collect()
}

/// The rows once there are `count` of them.
///
/// # Panics
/// When there are more, when an id is there twice, or when the time is over.
pub fn exactly(path: &Path, count: usize) -> Vec<Value> {
    let rows = wait::eventually(&format!("{count} rows in the ledger"), || {
        let rows = read(path);
        if rows.len() >= count { Ok(rows) } else { Err(rows) }
    });
    assert_eq!(rows.len(), count, "more rows than calls: {rows:#?}");
    let ids: BTreeSet<_> = rows.iter().map(|row| row["id"].as_str()).collect();
    assert_eq!(ids.len(), count, "an id stands twice: {rows:#?}");
    rows
}
