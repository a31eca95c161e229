//! What an admin is shown: which groups make up what calls without a feature cost.

use jiff::Timestamp;
use serde::Serialize;
use sqlx::{PgExecutor, Row, postgres::PgRow};
use tollgate_crds::validate::is_feature_name;

/// Of which calls.
#[derive(Clone, Debug)]
pub struct Filter {
    pub cluster: Option<String>,
    pub namespace: Option<String>,
    pub since: Timestamp,
    /// Before then; none: until now.
    pub until: Option<Timestamp>,
}

/// The calls of one group that nobody has named yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unnamed {
    pub cluster: String,
    pub namespace: String,
    /// None: of no group that was known when they were made.
    pub fingerprint: Option<String>,
    /// Of what all calls without a feature cost, or of their number where none has a cost: percent, with one digit.
    pub share: String,
    /// USD, an exact decimal: of the calls that have a price.
    pub cost: String,
    /// What of it is of calls whose usage is estimated.
    pub estimated_cost: String,
    /// All of them, those that were refused included.
    pub calls: i64,
    pub refused_calls: i64,
    pub unpriced_calls: i64,
    /// Those with most calls first, ten at most.
    pub workloads: Vec<String>,
    pub models: Vec<String>,
    pub first_seen: String,
    pub last_seen: String,
}

/// Largest share first; calls of no group last.
pub async fn unnamed(executor: impl PgExecutor<'_>, filter: &Filter) -> Result<Vec<Unnamed>, sqlx::Error> {
    let Filter { cluster, namespace, since, until } = filter;
    let rows = sqlx::query(include_str!("list.sql"))
        .bind(cluster)
        .bind(namespace)
        .bind(since.to_string())
        .bind(until.map(|until| until.to_string()))
        .fetch_all(executor)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &PgRow) -> Result<Unnamed, sqlx::Error> {
    Ok(Unnamed {
        cluster: row.try_get("cluster")?,
        namespace: row.try_get("namespace")?,
        fingerprint: row.try_get("fingerprint")?,
        share: row.try_get("share")?,
        cost: row.try_get("cost")?,
        estimated_cost: row.try_get("estimated_cost")?,
        calls: row.try_get("calls")?,
        refused_calls: row.try_get("refused_calls")?,
        unpriced_calls: row.try_get("unpriced_calls")?,
        workloads: row.try_get("workloads")?,
        models: row.try_get("models")?,
        first_seen: row.try_get("first_seen")?,
        last_seen: row.try_get("last_seen")?,
    })
}

// === impl Unnamed ===

impl Unnamed {
    /// A flag that names the group; none where there is no group to name. Its name is for the admin to choose.
    pub fn manifest(&self) -> Option<String> {
        let Self { namespace, fingerprint, workloads, .. } = self;
        let id = fingerprint.as_deref()?;
        let (_, hash) = id.split_once('-')?;
        let workload = workloads.first().map_or("feature", String::as_str);
        // a workload that is no cluster's may be called anything
        let name: String = workload.chars().take(200).collect();
        let name = if is_feature_name(&name) { name } else { "feature".to_owned() };
        // a JSON string is one of YAML's: a namespace called 2026 or on stays a name
        let text = |text: &str| serde_json::Value::from(text).to_string();
        Some(format!(
            "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata:\n  name: {name}-{hash}\n  namespace: {namespace}\n\
             spec:\n  match:\n  - fingerprint: [{id}]\n",
            hash = &hash[..4.min(hash.len())],
            namespace = text(namespace),
            id = text(id),
        ))
    }
}
