//! Single calls, newest first, a page at a time. A page goes on behind a row, not behind a number of rows: what comes
//! meanwhile moves nothing.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use sqlx::{Postgres, QueryBuilder, Row, Transaction, postgres::PgRow};

use super::{Dimension, Filter, QueryError, Reader, Span};

/// Which calls.
#[derive(Clone, Debug)]
pub struct CallsAsk {
    pub span: Span,
    pub filter: Filter,
    pub single: SingleFilter,
    pub behind: Option<Cursor>,
    pub limit: u16,
}

/// What only single calls are told apart by; rollups do not know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SingleFilter {
    /// Only those without a price.
    pub unpriced: bool,
    /// Only those that one of these groups of calls without a feature holds; `""` is no group, and none said is all calls.
    pub fingerprints: Vec<String>,
}

/// A row, behind which a page goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Microseconds since 1970: as fine as the database keeps it.
    at: i64,
    id: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct CallPage {
    pub calls: Vec<Call>,
    /// Where the next page begins; none: there is none.
    #[serde(serialize_with = "cursor")]
    pub next: Option<Cursor>,
}

fn cursor<S: serde::Serializer>(next: &Option<Cursor>, serializer: S) -> Result<S::Ok, S::Error> {
    match next {
        Some(next) => serializer.collect_str(next),
        None => serializer.serialize_none(),
    }
}

/// A row of the ledger.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Call {
    pub id: String,
    /// RFC 3339, in UTC.
    pub created_at: String,
    pub received_at: String,
    pub cluster: Option<String>,
    pub namespace: Option<String>,
    pub workload: Option<String>,
    pub pod: Option<String>,
    pub container: Option<String>,
    pub feature: String,
    /// None as well where whoever asks may not know.
    pub user_id: Option<String>,
    pub provider: String,
    pub host: String,
    pub model: Option<String>,
    pub endpoint: String,
    pub outcome: String,
    pub status: Option<i16>,
    pub streamed: bool,
    pub tokens_used: i64,
    pub input_tokens: i64,
    pub output_tokens: i64,
    pub cached_input_tokens: i64,
    pub cache_write_tokens: i64,
    pub reasoning_tokens: i64,
    /// USD, an exact decimal; none: not priced, `metadata.unpriced` says why.
    pub cost_usd: Option<String>,
    pub usage_source: String,
    pub account: Option<String>,
    pub metadata: Value,
    #[serde(skip)]
    cursor: Cursor,
}

const COLUMNS: &str = "id::text as id, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as created_at,
    to_char(received_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') as received_at,
    (extract(epoch from created_at) * 1000000)::bigint as micros, cluster, namespace, workload, pod, container, feature, user_id,
    provider, host, model, endpoint, outcome, status, streamed, tokens_used, input_tokens, output_tokens, cached_input_tokens,
    cache_write_tokens, reasoning_tokens, trim_scale(cost_usd)::text as cost_usd, usage_source, account, metadata::text as metadata";

/// The end of the year 9999, in microseconds: times that the database takes.
const LAST: i64 = 253_402_300_800_000_000;
/// How far back the first look goes, in seconds; each further one goes twice as far.
const FIRST_LOOK: i64 = 3_600;

// === impl Reader ===

impl Reader {
    /// A page of calls.
    pub async fn calls(&self, ask: &CallsAsk) -> Result<CallPage, QueryError> {
        let asks_users = ask.filter.dimensions().any(|dimension| dimension == Dimension::User);
        if asks_users && !self.sees_users {
            return Err(QueryError::Users);
        }
        self.page(&mut self.begin().await?, ask).await.map_err(QueryError::of)
    }

    /// One call; none where there is none that whoever asks may see.
    pub async fn call(&self, id: &str) -> Result<Option<Call>, QueryError> {
        if uuid::Uuid::parse_str(id).is_err() {
            return Ok(None);
        }
        let mut transaction = self.begin().await?;
        let mut query = QueryBuilder::new(format!(
            "select {COLUMNS} from public.provider_usage_logs where coalesce(cluster, '') = "
        ));
        query
            .push_bind(self.cluster().to_owned())
            .push(" and id = ")
            .push_bind(id.to_owned())
            .push("::text::uuid");
        let row = query.build().fetch_optional(&mut *transaction).await.map_err(QueryError::of)?;
        row.map(|row| self.read(&row)).transpose().map_err(QueryError::of)
    }

    async fn page(
        &self,
        transaction: &mut Transaction<'static, Postgres>,
        ask: &CallsAsk,
    ) -> Result<CallPage, sqlx::Error> {
        let CallsAsk { span, behind, limit, .. } = ask;
        let from = span.from.as_second();
        // what is to come has no rows: looking back begins now
        let newest = span.until.min(Timestamp::now() + jiff::SignedDuration::from_hours(25)).as_second();
        let until = behind.as_ref().map_or(newest, |cursor| cursor.at.div_euclid(1_000_000) + 1);
        let mut look = FIRST_LOOK;
        loop {
            let since = until.saturating_sub(look).max(from);
            let mut rows = self.rows(transaction, ask, since, until.min(span.until.as_second())).await?;
            let more = rows.len() > usize::from(*limit);
            if more || since <= from {
                rows.truncate(usize::from(*limit));
                let next = if more { rows.last().map(|call| call.cursor.clone()) } else { None };
                return Ok(CallPage { calls: rows, next });
            }
            // what lies further back is read whole: of a feature that rests for days no more than twice as much as there is to show
            look = look.saturating_mul(2);
        }
    }

    async fn rows(
        &self,
        transaction: &mut Transaction<'static, Postgres>,
        ask: &CallsAsk,
        since: i64,
        until: i64,
    ) -> Result<Vec<Call>, sqlx::Error> {
        let CallsAsk { span: _, filter, single, behind, limit } = ask;
        let SingleFilter { unpriced, fingerprints } = single;
        let mut query = QueryBuilder::new(format!(
            "select {COLUMNS} from public.provider_usage_logs l
             where created_at >= to_timestamp({since}) and created_at < to_timestamp({until}) and coalesce(cluster, '') = "
        ));
        query.push_bind(self.cluster().to_owned());
        if *unpriced {
            query.push(" and cost_usd is null");
        }
        if !fingerprints.is_empty() {
            query.push(" and coalesce(metadata->>'fingerprint', '') = any(");
            query.push_bind(fingerprints.clone()).push(")");
        }
        if let Some(Cursor { at, id }) = behind {
            query.push(" and (l.created_at, l.id) < ('epoch'::timestamptz + ").push_bind(*at);
            query.push(" * interval '1 microsecond', ").push_bind(id.clone()).push("::text::uuid)");
        }
        filter.push_on_rows(&mut query);
        query.push(format!(" order by l.created_at desc, l.id desc limit {}", u32::from(*limit) + 1));
        let rows = query.build().fetch_all(&mut **transaction).await?;
        rows.iter().map(|row| self.read(row)).collect()
    }

    fn read(&self, row: &PgRow) -> Result<Call, sqlx::Error> {
        let metadata: String = row.try_get("metadata")?;
        let metadata = serde_json::from_str(&metadata).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let id: String = row.try_get("id")?;
        let user_id = if self.sees_users { row.try_get("user_id")? } else { None };
        Ok(Call {
            cursor: Cursor { at: row.try_get("micros")?, id: id.clone() },
            id,
            created_at: row.try_get("created_at")?,
            received_at: row.try_get("received_at")?,
            cluster: row.try_get("cluster")?,
            namespace: row.try_get("namespace")?,
            workload: row.try_get("workload")?,
            pod: row.try_get("pod")?,
            container: row.try_get("container")?,
            feature: row.try_get("feature")?,
            user_id,
            provider: row.try_get("provider")?,
            host: row.try_get("host")?,
            model: row.try_get("model")?,
            endpoint: row.try_get("endpoint")?,
            outcome: row.try_get("outcome")?,
            status: row.try_get("status")?,
            streamed: row.try_get("streamed")?,
            tokens_used: row.try_get("tokens_used")?,
            input_tokens: row.try_get("input_tokens")?,
            output_tokens: row.try_get("output_tokens")?,
            cached_input_tokens: row.try_get("cached_input_tokens")?,
            cache_write_tokens: row.try_get("cache_write_tokens")?,
            reasoning_tokens: row.try_get("reasoning_tokens")?,
            cost_usd: row.try_get("cost_usd")?,
            usage_source: row.try_get("usage_source")?,
            account: row.try_get("account")?,
            metadata,
        })
    }
}

// === impl Call ===

impl Call {
    /// How many calls the row stands for; sums count it so.
    pub fn calls(&self) -> u32 {
        let merged = &self.metadata["merged"];
        let text = merged.as_str().map_or_else(|| merged.to_string(), str::to_owned);
        let is_count = (1..=9).contains(&text.len()) && !text.starts_with('0');
        let is_count = is_count && text.bytes().all(|digit| digit.is_ascii_digit());
        if is_count { text.parse().unwrap_or(1) } else { 1 }
    }
}

// === impl Cursor ===

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at, self.id)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        let id = uuid::Uuid::parse_str(id).map_err(|_| ())?;
        let at = at.parse().ok().filter(|at| (0..LAST).contains(at)).ok_or(())?;
        Ok(Self { at, id: id.to_string() })
    }
}
