//! The table `feature_flags`: what flags there are and what holds, for people and dashboards. Nothing boots from it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::{PgPool, Row};

/// A flag as the report shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct FlagRow {
    /// `FeatureFlag` or `ClusterFeatureFlag`.
    pub kind: String,
    /// Empty for a ClusterFeatureFlag.
    pub namespace: String,
    pub name: String,
    pub feature_name: String,
    pub description: Option<String>,
    /// What the flag says.
    pub enabled: bool,
    /// What holds, all flags of the feature taken together.
    pub effective: bool,
    /// `Spec`, `StricterFlag` …
    pub effective_reason: String,
    /// The flag that decides, where it is another.
    pub effective_by: Option<String>,
    pub uid: String,
    pub resource_version: String,
    pub spec: Value,
    /// When, and by whom, it was last changed; kept from an earlier [`sync`] while `spec` is the same.
    pub updated_at: Timestamp,
    pub updated_by: Option<String>,
}

/// What a [`sync`] wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synced {
    pub written: i64,
    pub removed: i64,
}

/// A row as the statement reads it.
#[derive(Serialize)]
struct Sent<'a> {
    kind: &'a str,
    namespace: &'a str,
    name: &'a str,
    feature_name: &'a str,
    description: Option<&'a str>,
    enabled: bool,
    effective: bool,
    effective_reason: &'a str,
    effective_by: Option<&'a str>,
    uid: &'a str,
    resource_version: &'a str,
    spec: &'a Value,
    updated_at: String,
    updated_by: Option<&'a str>,
}

/// Makes the report of a cluster equal to these flags, all that it has. Writes only what differs.
pub async fn sync(pool: &PgPool, cluster: &str, flags: &[FlagRow]) -> Result<Synced, sqlx::Error> {
    let sent: Vec<_> = flags.iter().map(Sent::of).collect();
    let sent = serde_json::to_value(&sent).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let row = sqlx::query(include_str!("flags/sync.sql"))
        .bind(cluster)
        .bind(storable(&sent).to_string())
        .fetch_one(pool)
        .await?;
    Ok(Synced { written: row.try_get("written")?, removed: row.try_get("removed")? })
}

/// The value as Postgres can hold it: jsonb has no place for NUL in a text.
pub(super) fn storable(value: &Value) -> Value {
    let text = |text: &str| text.replace('\0', "\u{fffd}");
    match value {
        Value::String(string) => Value::String(text(string)),
        Value::Array(items) => Value::Array(items.iter().map(storable).collect()),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (text(name), storable(value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

// === impl Sent ===

impl<'a> Sent<'a> {
    fn of(flag: &'a FlagRow) -> Self {
        // Destructured whole, so that no column can be forgotten.
        let FlagRow {
            kind,
            namespace,
            name,
            feature_name,
            description,
            enabled,
            effective,
            effective_reason,
            effective_by,
            uid,
            resource_version,
            spec,
            updated_at,
            updated_by,
        } = flag;
        Self {
            kind,
            namespace,
            name,
            feature_name,
            description: description.as_deref(),
            enabled: *enabled,
            effective: *effective,
            effective_reason,
            effective_by: effective_by.as_deref(),
            uid,
            resource_version,
            spec,
            updated_at: updated_at.to_string(),
            updated_by: updated_by.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_nul_is_replaced_wherever_it_stands() {
        assert_eq!(
            storable(&json!({"a\0": ["b\0", {"c": 1.50}], "d": null})),
            json!({"a\u{fffd}": ["b\u{fffd}", {"c": 1.50}], "d": null})
        );
    }
}
