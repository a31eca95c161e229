//! The tables `fingerprint_groups` and `fingerprint_sketches`: keyed hashes, and never a word of what was said.

use std::collections::BTreeMap;

use sqlx::{PgPool, Row, postgres::PgRow};
use tollgate_fingerprint::{Atom, Atoms, Dialogue, FingerprintKey, Group, KnownGroups, Sketch};

/// All groups of the cluster, as the database has them.
#[derive(Debug, Default)]
pub(super) struct Groups {
    by_namespace: BTreeMap<String, Vec<Group>>,
    /// How many there were, and the last one's number.
    seen: (i64, i64),
}

/// A sketch that waits to be studied.
pub(super) struct Waiting {
    pub(super) id: i64,
    pub(super) sketch: Sketch,
}

// === impl Groups ===

impl Groups {
    /// In the order in which they were found.
    pub(super) fn of(&self, namespace: &str) -> &[Group] {
        self.by_namespace.get(namespace).map_or(&[], Vec::as_slice)
    }

    pub(super) fn by_namespace(&self) -> impl Iterator<Item = (&String, &[Group])> {
        self.by_namespace.iter().map(|(namespace, groups)| (namespace, groups.as_slice()))
    }

    /// Whether there are others than before.
    pub(super) async fn refresh(&mut self, pool: &PgPool, cluster: &str) -> Result<bool, sqlx::Error> {
        let row = sqlx::query(
            "select count(*) as groups, coalesce(max(seq), 0) as last from public.fingerprint_groups where cluster = $1",
        )
        .bind(cluster)
        .fetch_one(pool)
        .await?;
        let seen = (row.try_get("groups")?, row.try_get("last")?);
        if seen == self.seen {
            return Ok(false);
        }
        let rows = sqlx::query(
            "select namespace, endpoint, has, lacks from public.fingerprint_groups where cluster = $1 order by seq",
        )
        .bind(cluster)
        .fetch_all(pool)
        .await?;
        let mut by_namespace: BTreeMap<String, Vec<Group>> = BTreeMap::new();
        for row in &rows {
            let namespace = row.try_get("namespace")?;
            by_namespace.entry(namespace).or_default().push(group(row)?);
        }
        (self.by_namespace, self.seen) = (by_namespace, seen);
        Ok(true)
    }
}

/// Keeps sketches to be studied; the oldest of the namespace go beyond its bound.
pub(super) async fn keep(
    pool: &PgPool,
    cluster: &str,
    namespace: &str,
    sketches: &[Sketch],
) -> Result<(), sqlx::Error> {
    let endpoints: Vec<i64> = sketches.iter().map(|sketch| i64::from(sketch.endpoint.0)).collect();
    let atoms: Vec<String> = sketches.iter().map(|sketch| sketch.atoms.clone().into()).collect();
    let dialogues = || sketches.iter().map(|sketch| sketch.dialogue);
    let firsts: Vec<Option<i64>> = dialogues().map(|of| of.map(|of| i64::from(of.first.0))).collect();
    let go_on: Vec<Option<bool>> = dialogues().map(|of| of.map(|of| of.goes_on)).collect();
    sqlx::query(
        "insert into public.fingerprint_sketches (cluster, namespace, endpoint, atoms, dialogue, goes_on)
         select $1, $2, told.* from unnest($3::bigint[], $4::text[], $5::bigint[], $6::boolean[]) as told",
    )
    .bind(cluster)
    .bind(namespace)
    .bind(endpoints)
    .bind(atoms)
    .bind(firsts)
    .bind(go_on)
    .execute(pool)
    .await?;
    sqlx::query(
        "delete from public.fingerprint_sketches
         where cluster = $1 and namespace = $2 and id <= (
             select id from public.fingerprint_sketches where cluster = $1 and namespace = $2
             order by id desc offset $3 limit 1)",
    )
    .bind(cluster)
    .bind(namespace)
    .bind(i64::try_from(KnownGroups::MOST_UNKNOWN).unwrap_or(i64::MAX))
    .execute(pool)
    .await?;
    Ok(())
}

/// By namespace: how many sketches wait.
pub(super) async fn waiting(pool: &PgPool, cluster: &str) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let rows = sqlx::query(
        "select namespace, max(id) as last from public.fingerprint_sketches where cluster = $1 group by namespace",
    )
    .bind(cluster)
    .fetch_all(pool)
    .await?;
    rows.iter().map(|row| Ok((row.try_get("namespace")?, row.try_get("last")?))).collect()
}

/// The sketches of a namespace, oldest first.
pub(super) async fn sketches(
    pool: &PgPool,
    cluster: &str,
    namespace: &str,
) -> Result<Vec<Waiting>, sqlx::Error> {
    let rows = sqlx::query(
        "select id, endpoint, atoms, dialogue, goes_on from public.fingerprint_sketches
         where cluster = $1 and namespace = $2 order by id",
    )
    .bind(cluster)
    .bind(namespace)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            let sketch = Sketch {
                endpoint: endpoint(row)?,
                atoms: atoms(row.try_get("atoms")?)?,
                dialogue: dialogue(row)?,
            };
            Ok(Waiting { id: row.try_get("id")?, sketch })
        })
        .collect()
}

/// Groups that were found are known from here on, and their calls wait no more: all of it, or nothing.
pub(super) async fn found(
    pool: &PgPool,
    (cluster, namespace): (&str, &str),
    key: &FingerprintKey,
    groups: &[Group],
    done: &[Vec<i64>],
) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin().await?;
    for (group, calls) in groups.iter().zip(done) {
        let lacks: Vec<String> = group.lacks.iter().map(|mark| mark.clone().into()).collect();
        sqlx::query(
            "insert into public.fingerprint_groups (cluster, namespace, id, endpoint, has, lacks, first_seen)
             select $1, $2, $3, $4, $5, $6, coalesce(min(heard_at), now())
             from public.fingerprint_sketches where id = any($7)
             on conflict do nothing",
        )
        .bind(cluster)
        .bind(namespace)
        .bind(group.id(key).to_string())
        .bind(i64::from(group.endpoint.0))
        .bind(String::from(group.has.clone()))
        .bind(lacks)
        .bind(calls)
        .execute(&mut *transaction)
        .await?;
    }
    sqlx::query("delete from public.fingerprint_sketches where id = any($1)")
        .bind(done.concat())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

fn group(row: &PgRow) -> Result<Group, sqlx::Error> {
    let lacks: Vec<String> = row.try_get("lacks")?;
    Ok(Group {
        endpoint: endpoint(row)?,
        has: atoms(row.try_get("has")?)?,
        lacks: lacks.into_iter().map(atoms).collect::<Result<_, _>>()?,
    })
}

fn endpoint(row: &PgRow) -> Result<Atom, sqlx::Error> {
    atom(row.try_get("endpoint")?)
}

/// None for sketches of sidecars that did not say it yet.
fn dialogue(row: &PgRow) -> Result<Option<Dialogue>, sqlx::Error> {
    let first: Option<i64> = row.try_get("dialogue")?;
    let goes_on = row.try_get::<Option<bool>, _>("goes_on")?.unwrap_or_default();
    first.map(|first| Ok(Dialogue { first: atom(first)?, goes_on })).transpose()
}

fn atom(value: i64) -> Result<Atom, sqlx::Error> {
    u32::try_from(value).map(Atom).map_err(|error| sqlx::Error::Decode(error.into()))
}

fn atoms(text: String) -> Result<Atoms, sqlx::Error> {
    Atoms::try_from(text).map_err(|error| sqlx::Error::Decode(error.into()))
}
