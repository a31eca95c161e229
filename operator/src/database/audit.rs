//! Who changed which flag: the table `flag_changes`, to which rows are only added, each with a hash over itself and the one
//! before it. What a hash is made of stands in `migrations/…_flag_changes.sql`, and anybody who reads the table can
//! compute it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use sqlx::{Connection, PgConnection, PgExecutor, PgPool, Row};

use super::flags::storable;

mod words;

/// A change of one flag, as the cluster's watch told it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub cluster: String,
    /// When the operator learned of it.
    pub at: Timestamp,
    /// `FeatureFlag` or `ClusterFeatureFlag`.
    pub kind: String,
    /// Empty for a ClusterFeatureFlag.
    pub namespace: String,
    pub name: String,
    pub feature: String,
    /// With `resource_version` it names the change: recorded again, it stands once.
    pub uid: String,
    pub resource_version: String,
    /// Who, as far as admission saw it.
    pub actor: Option<String>,
    pub actor_groups: Vec<String>,
    /// The field manager: kubectl, kustomize-controller …
    pub via: Option<String>,
    pub reason: Option<String>,
    pub sides: Sides,
}

/// What was there before, and what after.
#[derive(Clone, Debug, PartialEq)]
pub enum Sides {
    Created { after: Value },
    Changed { before: Value, after: Value },
    Deleted { before: Value },
}

/// Where a change stands in the chain of its cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// 1 for the first of the cluster.
    pub seq: i64,
    /// Of the row, in hex: while the row is the last, the head of the chain.
    pub hash: String,
    /// False: it stood there already.
    pub fresh: bool,
}

/// A flag, an alert, prices or settings as the chain knows them last.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub kind: String,
    pub namespace: String,
    pub name: String,
    pub feature: String,
    pub uid: String,
    pub resource_version: String,
    /// The last change's `after`.
    pub after: Value,
}

/// What a look at the whole chain of a cluster found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chain {
    /// So many rows, each in its place; the hash of the last, in hex (None: there are no rows).
    Whole { rows: i64, head: Option<String> },
    /// The first row that does not follow from what is before it: it was changed, or one before it was taken out or moved.
    Broken { seq: i64 },
}

/// Which changes are asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub cluster: Option<String>,
    /// Of any of these; none: of all.
    pub namespaces: Vec<String>,
    /// Flags' names, or their features': any of these; none: all.
    pub flags: Vec<String>,
    pub since: Option<Timestamp>,
    /// Before then.
    pub until: Option<Timestamp>,
    /// The newest of them.
    pub limit: u32,
}

/// A change as it is written, for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    pub cluster: String,
    pub seq: i64,
    /// RFC 3339, in UTC.
    pub at: String,
    pub kind: String,
    pub namespace: String,
    pub name: String,
    pub feature: String,
    pub action: String,
    pub actor: Option<String>,
    pub actor_groups: Vec<String>,
    pub via: Option<String>,
    pub reason: Option<String>,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub hash: String,
}

/// Adds a change at the end of its cluster's chain.
pub async fn record(pool: &PgPool, change: &Change) -> Result<Recorded, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let mut transaction = connection.begin().await?;
    // One at a time for each cluster. The row before is read in a later statement, and so is the last that was committed.
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('tollgate.flag_changes ' || $1, 0))")
        .bind(&change.cluster)
        .execute(&mut *transaction)
        .await?;
    let recorded = match append(&mut transaction, change).await? {
        Some(recorded) => recorded,
        None => there_already(&mut transaction, change).await?,
    };
    transaction.commit().await?;
    Ok(recorded)
}

async fn append(connection: &mut PgConnection, change: &Change) -> Result<Option<Recorded>, sqlx::Error> {
    // Destructured whole, so that no column can be forgotten.
    let Change {
        cluster,
        at,
        kind,
        namespace,
        name,
        feature,
        uid,
        resource_version,
        actor,
        actor_groups,
        via,
        reason,
        sides,
    } = change;
    let (action, before, after) = sides.parts();
    let row = sqlx::query(include_str!("audit/append.sql"))
        .bind(cluster)
        .bind(at.to_string())
        .bind(kind)
        .bind(namespace)
        .bind(name)
        .bind(feature)
        .bind(uid)
        .bind(resource_version)
        .bind(action)
        .bind(actor.as_deref().map(text))
        .bind(actor_groups.iter().map(|group| text(group)).collect::<Vec<_>>())
        .bind(via.as_deref().map(text))
        .bind(reason.as_deref().map(text))
        .bind(before.map(|value| storable(value).to_string()))
        .bind(after.map(|value| storable(value).to_string()))
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok(Recorded { seq: row.try_get("seq")?, hash: row.try_get("hash")?, fresh: true }))
        .transpose()
}

async fn there_already(connection: &mut PgConnection, change: &Change) -> Result<Recorded, sqlx::Error> {
    let row = sqlx::query(
        "select seq, encode(hash, 'hex') as hash from public.flag_changes
         where cluster = $1 and uid = $2 and resource_version = $3",
    )
    .bind(&change.cluster)
    .bind(&change.uid)
    .bind(&change.resource_version)
    .fetch_one(connection)
    .await?;
    Ok(Recorded { seq: row.try_get("seq")?, hash: row.try_get("hash")?, fresh: false })
}

/// What the chain holds to be there: what a new leader compares the cluster with, so that a change made while nobody
/// watched is recorded, too.
pub async fn known(pool: &PgPool, cluster: &str) -> Result<Vec<Known>, sqlx::Error> {
    let rows = sqlx::query(
        "select kind, namespace, name, feature, uid, resource_version, after::text as after
         from (select distinct on (uid) * from public.flag_changes where cluster = $1 order by uid, seq desc) last
         where action <> 'deleted'",
    )
    .bind(cluster)
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let after: String = row.try_get("after")?;
            Ok(Known {
                kind: row.try_get("kind")?,
                namespace: row.try_get("namespace")?,
                name: row.try_get("name")?,
                feature: row.try_get("feature")?,
                uid: row.try_get("uid")?,
                resource_version: row.try_get("resource_version")?,
                after: json(&after)?,
            })
        })
        .collect()
}

/// The last row of a cluster's chain.
pub async fn head(pool: &PgPool, cluster: &str) -> Result<Option<Recorded>, sqlx::Error> {
    let row = sqlx::query(
        "select seq, encode(hash, 'hex') as hash from public.flag_changes where cluster = $1 order by seq desc limit 1",
    )
    .bind(cluster)
    .fetch_optional(pool)
    .await?;
    row.map(|row| Ok(Recorded { seq: row.try_get("seq")?, hash: row.try_get("hash")?, fresh: false }))
        .transpose()
}

/// Looks at the whole chain of a cluster. What was cut off at its end shows against a head that was noted elsewhere.
pub async fn verify(pool: &PgPool, cluster: &str) -> Result<Chain, sqlx::Error> {
    let row = sqlx::query(include_str!("audit/verify.sql")).bind(cluster).fetch_one(pool).await?;
    Ok(match row.try_get("broken")? {
        Some(seq) => Chain::Broken { seq },
        None => Chain::Whole { rows: row.try_get("rows")?, head: row.try_get("head")? },
    })
}

/// The clusters that have a chain.
pub async fn clusters(pool: &PgPool) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar("select distinct cluster from public.flag_changes order by 1").fetch_all(pool).await
}

/// Where the row with this hash stands, if there is one.
pub async fn seq_of(pool: &PgPool, cluster: &str, hash: &str) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar(
        "select seq from public.flag_changes where cluster = $1 and encode(hash, 'hex') = lower($2)",
    )
    .bind(cluster)
    .bind(hash)
    .fetch_optional(pool)
    .await
}

/// Changes, newest first.
pub async fn list(executor: impl PgExecutor<'_>, filter: &Filter) -> Result<Vec<Entry>, sqlx::Error> {
    let Filter { cluster, namespaces, flags, since, until, limit } = filter;
    // nothing is older, and the database reads no year 0
    let written = |time: Timestamp| time.max(Timestamp::UNIX_EPOCH).to_string();
    let rows = sqlx::query(
        r#"select cluster, seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, kind, namespace, name, feature,
                  action, actor, actor_groups, via, reason, before::text as before, after::text as after,
                  encode(hash, 'hex') as hash
           from public.flag_changes c
           where ($1::text is null or cluster = $1) and ($2::text[] = '{}' or namespace = any($2))
               and ($3::text[] = '{}' or name = any($3) or feature = any($3))
               and ($4::text is null or c.at >= $4::timestamptz) and ($5::text is null or c.at < $5::timestamptz)
           order by c.at desc, cluster, seq desc limit $6"#,
    )
    .bind(cluster)
    .bind(namespaces)
    .bind(flags)
    .bind(since.map(written))
    .bind(until.map(written))
    .bind(i64::from(*limit))
    .fetch_all(executor)
    .await?;
    let side = |text: Option<&str>| text.map(json).transpose();
    rows.iter()
        .map(|row| {
            Ok(Entry {
                cluster: row.try_get("cluster")?,
                seq: row.try_get("seq")?,
                at: row.try_get("at")?,
                kind: row.try_get("kind")?,
                namespace: row.try_get("namespace")?,
                name: row.try_get("name")?,
                feature: row.try_get("feature")?,
                action: row.try_get("action")?,
                actor: row.try_get("actor")?,
                actor_groups: row.try_get("actor_groups")?,
                via: row.try_get("via")?,
                reason: row.try_get("reason")?,
                before: side(row.try_get("before")?)?,
                after: side(row.try_get("after")?)?,
                hash: row.try_get("hash")?,
            })
        })
        .collect()
}

// === impl Sides ===

impl Sides {
    fn parts(&self) -> (&'static str, Option<&Value>, Option<&Value>) {
        match self {
            Self::Created { after } => ("created", None, Some(after)),
            Self::Changed { before, after } => ("changed", Some(before), Some(after)),
            Self::Deleted { before } => ("deleted", Some(before), None),
        }
    }
}

/// A jsonb, selected as text.
fn json(text: &str) -> Result<Value, sqlx::Error> {
    serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// Postgres stores no NUL.
fn text(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
