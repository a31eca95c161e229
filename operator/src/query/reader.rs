//! The way to the database, as whoever asks.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use sqlx::{PgPool, Postgres, Transaction};

use super::{
    ask::Ask,
    asked::Asked,
    known::Known,
    latency::{Latency, LatencyAsk},
    parted::{joined, parted},
    rank::{Rank, Standing},
    rank_ask::RankAsk,
    ranked,
    span::Span,
    usage::Usage,
};

/// The ledger of one cluster. Cheap to clone.
#[derive(Clone)]
pub struct Ledger {
    inner: Arc<Inner>,
}

struct Inner {
    pool: PgPool,
    cluster: String,
    /// None: of too many groups.
    usage: Asked<(Role, Ask), Option<Arc<Usage>>>,
    ranks: Asked<(Role, RankAsk), Rank>,
    /// Of pieces of a rank's span; none: of too many groups.
    standings: Asked<(Role, RankAsk), Option<Vec<Standing>>>,
    latency: Asked<(Role, LatencyAsk), Latency>,
    known: Asked<Role, Known>,
    /// When the database was last found away.
    away: Mutex<Option<Instant>>,
}

/// The role of each transaction; none: whoever connected.
type Role = Option<Arc<str>>;

/// The ledger as somebody may read it.
#[derive(Clone)]
pub struct Reader {
    pub(super) ledger: Ledger,
    role: Role,
    /// Whether who the users are may be told.
    pub(super) sees_users: bool,
}

/// Why there is no answer. Each is a sentence for the person who asked.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    #[error(
        "The database does not answer. What is live still is; figures come back by themselves when it does."
    )]
    Away(#[source] sqlx::Error),
    #[error("This takes longer than {} s. Choose a shorter time, or fewer things to tell apart.", PATIENCE.as_secs())]
    TooLong,
    #[error(
        "Who the users are is not yours to see: it takes the right to get usagereports/users in that namespace."
    )]
    Users,
    #[error(
        "The database does not let the console read this. Its role needs tollgate_reader: docs/console.md says how."
    )]
    Refused(#[source] sqlx::Error),
    #[error(
        "The database is of another release. Figures are back as soon as the operator that leads has brought it to this one."
    )]
    Migrating(#[source] sqlx::Error),
    #[error("The database could not answer.")]
    Failed(#[source] sqlx::Error),
}

/// How a transaction begins that only looks. Whoever drops it need not wait for its end.
pub(crate) const ONE_MOMENT: &str = "begin isolation level repeatable read, read only";
/// As long as anybody waits for a page.
const PATIENCE: Duration = Duration::from_secs(8);
/// So many scattered pages of a table are asked of the disk at once, or as many as the database would by itself. Up to Postgres 17 it is one after the
/// other by default, and a first look at a thousand of them takes as long as a thousand answers of a disk. A database that cannot do it says 0.
const READ_AHEAD: u8 = 64;
/// What is asked within it is of one page.
const AT_ONCE: Duration = Duration::from_millis(50);
/// So long the answer to a question about now is good, at least.
const FRESH: Duration = Duration::from_millis(200);
/// The same of what is over: rows may still come late.
const FRESH_OF_THE_PAST: Duration = Duration::from_secs(15);
/// Groups that are ranked, of which so many take some megabytes.
const HEAVY: usize = 20_000;
/// So long a database that was found away is not tried again.
const AWAY: Duration = Duration::from_secs(2);

// === impl Ledger ===

impl Ledger {
    /// `cluster` as the operator's settings have it.
    pub fn new(pool: PgPool, cluster: &str) -> Self {
        Self {
            inner: Arc::new(Inner {
                pool,
                cluster: cluster.to_owned(),
                usage: Asked::of(|usage| usage.as_ref().is_some_and(|usage| usage.is_heavy())),
                ranks: Asked::of(|_| false),
                standings: Asked::of(|standings| standings.as_ref().is_some_and(|all| all.len() > HEAVY)),
                latency: Asked::of(|_| false),
                known: Asked::of(|_| false),
                away: Mutex::default(),
            }),
        }
    }

    pub fn cluster(&self) -> &str {
        &self.inner.cluster
    }

    /// As a role that is set for each transaction.
    pub fn read_as(&self, role: &Arc<str>, sees_users: bool) -> Reader {
        Reader { ledger: self.clone(), role: Some(Arc::clone(role)), sees_users }
    }

    /// As whoever the pool connects as: a command line's own login.
    pub fn read_as_connected(&self) -> Reader {
        Reader { ledger: self.clone(), role: None, sees_users: true }
    }
}

// === impl Inner ===

impl Inner {
    /// One who finds the database away waits for it; those behind them are told at once, for a moment.
    async fn connect(&self) -> Result<Transaction<'static, Postgres>, QueryError> {
        let away = || self.away.lock().unwrap_or_else(PoisonError::into_inner);
        if away().is_some_and(|since| since.elapsed() < AWAY) {
            return Err(QueryError::Away(sqlx::Error::PoolTimedOut));
        }
        let begun = self.pool.begin_with(ONE_MOMENT).await.map_err(QueryError::of);
        // where all connections are in use the database is slow, and not away
        let is_busy = self.pool.size() >= self.pool.options().get_max_connections();
        *away() = (matches!(begun, Err(QueryError::Away(_))) && !is_busy).then(Instant::now);
        begun
    }
}

// === impl Reader ===

impl Reader {
    pub fn cluster(&self) -> &str {
        self.ledger.cluster()
    }

    /// One moment, nothing written, as the role, and no longer than anybody waits.
    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>, QueryError> {
        let mut transaction = self.ledger.inner.connect().await?;
        sqlx::query(
            // Without workers: most groups are told apart by texts, and to sort those for a merge takes longer than two workers save.
            "select set_config('statement_timeout', $1, true), set_config('jit', 'off', true),
                    set_config('max_parallel_workers_per_gather', '0', true),
                    case when current_setting('effective_io_concurrency')::int between 1 and $3::int - 1 then set_config('effective_io_concurrency', $3, true) end,
                    case when $2::text is not null then set_config('role', $2, true) end",
        )
        .bind(PATIENCE.as_millis().to_string())
        .bind(self.role.as_deref())
        .bind(READ_AHEAD.to_string())
        .execute(&mut *transaction)
        .await
        .map_err(QueryError::of)?;
        Ok(transaction)
    }

    /// What calls come to. Asked twice within a moment, it is looked up once.
    pub async fn usage(&self, ask: &Ask) -> Result<Arc<Usage>, QueryError> {
        self.usage_out_of(ask, ask).await
    }

    /// The same out of the answer to a finer question about the same calls, which more of a page is of: as far as that tells apart what is asked,
    /// and has not too many groups.
    pub async fn usage_out_of(&self, finer: &Ask, ask: &Ask) -> Result<Arc<Usage>, QueryError> {
        if !self.sees_users && ask.users().is_some() {
            return Err(QueryError::Users);
        }
        if !ask.is_by_user()
            && let Some(usage) = self.coarsened(finer, ask).await?
        {
            return Ok(usage);
        }
        let ask = &ranked::bounded(ask);
        let named = async {
            let rank = self.ranked(&RankAsk::of(ask)).await?;
            let named = match ranked::named(ask, &rank) {
                Some(named) => self.summed(&named).await?,
                None => None,
            };
            Ok((rank, named))
        };
        let all = ranked::all(ask);
        // on the heap: pages ask many such questions side by side
        let all = Box::pin(self.coarsened(finer, &all));
        let ((rank, named), all) = futures::try_join!(Box::pin(named), all)?;
        Ok(Arc::new(ranked::joined(ask, &rank, named.as_deref(), &all.unwrap_or_default())))
    }

    /// The same, of what is not told apart by user. None: of too many groups.
    async fn coarsened(&self, finer: &Ask, ask: &Ask) -> Result<Option<Arc<Usage>>, QueryError> {
        // users are many: of them there is no such answer
        let finer = if finer.is_by_user() { ranked::all(finer) } else { finer.clone() };
        if finer != *ask
            && let Some(usage) = Box::pin(self.summed(&finer)).await?
            && let Some(usage) = usage.coarsened(&finer, ask)
        {
            return Ok(Some(Arc::new(usage)));
        }
        // on the heap: pages ask many such questions side by side
        Box::pin(self.summed(ask)).await
    }

    /// What is over and what is not, each by itself where that is less to look up. None: of too many groups.
    async fn summed(&self, ask: &Ask) -> Result<Option<Arc<Usage>>, QueryError> {
        if let Some(parts) = parted(ask, Timestamp::now()) {
            let parts = parts.iter().map(|part| Box::pin(self.looked_up(part)));
            let parts = futures::future::try_join_all(parts).await?;
            if let Some(parts) = parts.into_iter().collect::<Option<Vec<_>>>()
                && let Some(usage) = joined(ask, &parts)
            {
                return Ok(Some(Arc::new(usage)));
            }
        }
        Box::pin(self.looked_up(ask)).await
    }

    /// How long calls took. Nobody sees a second of it, so it is looked up seldom.
    pub async fn latency(&self, ask: &LatencyAsk) -> Result<Arc<Latency>, QueryError> {
        let look_up = async {
            Latency::look_up(&mut self.begin().await?, self.cluster(), ask).await.map_err(QueryError::of)
        };
        self.ledger.inner.latency.answer((self.role.clone(), ask.clone()), FRESH_OF_THE_PAST, look_up).await
    }

    /// None: of too many groups.
    async fn looked_up(&self, ask: &Ask) -> Result<Option<Arc<Usage>>, QueryError> {
        let look_up = async {
            let (mut transaction, known) = self.begin_knowing().await?;
            let usage = Usage::look_up(&mut transaction, self.cluster(), ask, &known).await;
            Ok(usage.map_err(QueryError::of)?.map(Arc::new))
        };
        let question = (self.role.clone(), ask.clone());
        let answer = self.ledger.inner.usage.answer(question, fresh(&ask.span), look_up).await?;
        Ok(Option::clone(&answer))
    }

    async fn ranked(&self, ask: &RankAsk) -> Result<Arc<Rank>, QueryError> {
        let look_up = async {
            if let Some(pieces) = ask.pieces(Timestamp::now()) {
                let standings = pieces.iter().map(|piece| Box::pin(self.standings(piece)));
                let standings = futures::future::try_join_all(standings).await?;
                if let Some(standings) =
                    standings.iter().map(|piece| piece.as_deref()).collect::<Option<Vec<_>>>()
                {
                    return Ok(Rank::of(standings, ask.top));
                }
            }
            let (mut transaction, known) = self.begin_knowing().await?;
            Rank::look_up(&mut transaction, self.cluster(), ask, &known).await.map_err(QueryError::of)
        };
        self.ledger.inner.ranks.answer((self.role.clone(), ask.clone()), fresh(&ask.span), look_up).await
    }

    /// A moment, and what the rollups lack in it.
    async fn begin_knowing(&self) -> Result<(Transaction<'static, Postgres>, Arc<Known>), QueryError> {
        let known = Box::pin(self.known()).await?;
        Ok((self.begin().await?, known))
    }

    /// One look for all that a page asks at once. An hour that changes meanwhile counts as its rollup has it, for that moment.
    async fn known(&self) -> Result<Arc<Known>, QueryError> {
        let look_up =
            async { Known::look_up(&mut self.begin().await?, self.cluster()).await.map_err(QueryError::of) };
        self.ledger.inner.known.answer(self.role.clone(), AT_ONCE, look_up).await
    }

    /// None: of too many groups.
    async fn standings(&self, ask: &RankAsk) -> Result<Arc<Option<Vec<Standing>>>, QueryError> {
        let look_up = async {
            let (mut transaction, known) = self.begin_knowing().await?;
            ask.standings(&mut transaction, self.cluster(), &known).await.map_err(QueryError::of)
        };
        self.ledger.inner.standings.answer((self.role.clone(), ask.clone()), fresh(&ask.span), look_up).await
    }
}

/// So long an answer is good, at least.
fn fresh(span: &Span) -> Duration {
    if span.until > Timestamp::now() { FRESH } else { FRESH_OF_THE_PAST }
}

// === impl QueryError ===

impl QueryError {
    pub(crate) fn of(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(database) => database.code().map(|code| code.into_owned()),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed => {
                return Self::Away(error);
            }
            _ => None,
        };
        match code.as_deref() {
            // query_canceled
            Some("57014") => Self::TooLong,
            // insufficient_privilege; a role that is not there, or is not the login's to set
            Some("42501" | "22023" | "42704") => Self::Refused(error),
            // undefined_table, undefined_column, undefined_function
            Some("42P01" | "42703" | "42883") => Self::Migrating(error),
            // shutting down, starting up
            Some("57P01" | "57P02" | "57P03") => Self::Away(error),
            _ => Self::Failed(error),
        }
    }
}
