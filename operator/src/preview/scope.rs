//! Whose calls of the last 24 hours, and what they were.

use sqlx::{PgConnection, PgPool, Postgres, QueryBuilder, Row, Transaction};

use super::{Matching, PATIENCE};
use crate::{
    database::calls::{self, MERGED},
    query::ONE_MOMENT,
};

/// Whose calls. An absent list is everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    pub cluster: Option<String>,
    pub namespaces: Option<Vec<String>>,
    pub features: Option<Vec<String>>,
    /// Calls that are other features' and would be these from now on.
    pub matching: Vec<Matching>,
    /// What an alert counts.
    pub counted: Option<tollgate_crds::alert::Scope>,
}

/// What calls were. Refused ones are not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub calls: u64,
    /// Of these: without a price.
    pub unpriced: u64,
    /// USD, an exact decimal: of the calls that have a price.
    pub cost: String,
    /// What of it is of calls whose usage is estimated.
    pub estimated_cost: String,
    pub workloads: u64,
    pub users: u64,
}

/// So many users are looked at one by one.
const MOST_USERS: i64 = 100_000;

/// Reads one moment, writes nothing, and takes no longer than anybody waits.
pub(super) async fn begin(pool: &PgPool) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let mut transaction = pool.begin_with(ONE_MOMENT).await?;
    sqlx::query("select set_config('statement_timeout', $1, true)")
        .bind(PATIENCE.as_millis().to_string())
        .execute(&mut *transaction)
        .await?;
    Ok(transaction)
}

// === impl Scope ===

impl Scope {
    /// All calls together.
    pub async fn seen(&self, pool: &PgPool) -> Result<Seen, sqlx::Error> {
        self.seen_of(&mut *begin(pool).await?, None).await
    }

    /// All calls, and those of the users for whom `refused` says so. `None` behind it: too many users to look at.
    pub(super) async fn seen_apart(
        &self,
        connection: &mut PgConnection,
        refused: impl Fn(Option<&str>) -> bool,
    ) -> Result<(Seen, Option<Seen>), sqlx::Error> {
        let all = self.seen_of(connection, None).await?;
        let users = self.users(connection).await?;
        let apart = match users {
            None => None,
            Some(users) => {
                let refused: Vec<Option<String>> =
                    users.into_iter().filter(|user| refused(user.as_deref())).collect();
                Some(self.seen_of(connection, Some(&refused)).await?)
            }
        };
        Ok((all, apart))
    }

    async fn users(&self, connection: &mut PgConnection) -> Result<Option<Vec<Option<String>>>, sqlx::Error> {
        let mut query = QueryBuilder::new("select distinct user_id ");
        self.push(&mut query);
        query.push(" limit ").push_bind(MOST_USERS + 1);
        let rows = query.build().fetch_all(connection).await?;
        if rows.len() as i64 > MOST_USERS {
            return Ok(None);
        }
        rows.into_iter().map(|row| row.try_get("user_id")).collect::<Result<_, _>>().map(Some)
    }

    /// `users`: of these alone; one that is none stands for calls without a user.
    pub(super) async fn seen_of(
        &self,
        connection: &mut PgConnection,
        users: Option<&[Option<String>]>,
    ) -> Result<Seen, sqlx::Error> {
        let mut query = QueryBuilder::new(format!(
            "select coalesce(sum({MERGED}), 0)::bigint as calls,
                    coalesce(sum({MERGED}) filter (where cost_usd is null), 0)::bigint as unpriced,
                    trim_scale(coalesce(sum(cost_usd), 0))::text as cost,
                    trim_scale(coalesce(sum(cost_usd) filter (where usage_source = 'estimated'), 0))::text as estimated_cost,
                    count(distinct (namespace, workload)) as workloads, count(distinct user_id) as users ",
        ));
        self.push(&mut query);
        if let Some(users) = users {
            let named: Vec<&str> = users.iter().flatten().map(String::as_str).collect();
            query.push(" and (user_id = any(").push_bind(named).push(")");
            if users.contains(&None) {
                query.push(" or user_id is null");
            }
            query.push(")");
        }
        let row = query.build().fetch_one(connection).await?;
        let count = |column| Ok::<_, sqlx::Error>(u64::try_from(row.try_get::<i64, _>(column)?).unwrap_or(0));
        Ok(Seen {
            calls: count("calls")?,
            unpriced: count("unpriced")?,
            cost: row.try_get("cost")?,
            estimated_cost: row.try_get("estimated_cost")?,
            workloads: count("workloads")?,
            users: count("users")?,
        })
    }

    fn push(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(
            "from public.provider_usage_logs
             where created_at > now() - interval '24 hours' and outcome <> 'refused'",
        );
        if let Some(cluster) = &self.cluster {
            query.push(" and cluster = ").push_bind(cluster.clone());
        }
        if let Some(namespaces) = &self.namespaces {
            query.push(" and namespace = any(").push_bind(namespaces.clone()).push(")");
        }
        if let Some(tollgate_crds::alert::Scope {
            features,
            users,
            providers,
            models,
            namespace_selector: _,
        }) = &self.counted
        {
            let providers: Vec<String> =
                providers.iter().map(|provider| provider.name().to_owned()).collect();
            calls::scope(query, features, users, &providers, models);
        }
        let Some(features) = &self.features else { return };
        query.push(" and (feature = any(").push_bind(features.clone()).push(")");
        for matching in &self.matching {
            query.push(" or (true");
            if !matching.enforced {
                query.push(" and feature = 'unattributed'");
            }
            if let Some(providers) = &matching.providers {
                query.push(" and provider = any(").push_bind(providers.clone()).push(")");
            }
            if let Some(models) = &matching.models {
                query.push(" and coalesce(metadata->>'model_requested', model) ~ any(");
                query.push_bind(models.clone()).push(")");
            }
            if let Some(fingerprints) = &matching.fingerprints {
                query.push(" and metadata->>'fingerprint' = any(").push_bind(fingerprints.clone()).push(")");
            }
            query.push(")");
        }
        query.push(")");
    }
}
