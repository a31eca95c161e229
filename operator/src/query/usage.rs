//! Sums, by group and by bucket.

use std::collections::BTreeSet;

use futures::TryStreamExt;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use sqlx::{Postgres, Row, Transaction};

use super::{
    figures::Figures,
    filter::{Dimension, Filter},
    fold::Fold,
    known::Known,
    sources::{Sources, Users},
    span::{Span, Step},
    statement::lines,
};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ask {
    pub span: Span,
    /// None: the span as one bucket.
    pub step: Option<Step>,
    pub filter: Filter,
    /// What groups are told apart by; none: one group.
    pub by: Vec<Dimension>,
    /// So many groups, those that cost most; all others are one more.
    pub top: u16,
    /// These groups, all others left out.
    pub(super) only: Option<BTreeSet<Vec<String>>>,
}

/// What there is.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// When each bucket begins.
    pub bounds: Vec<Timestamp>,
    pub sum: Figures,
    /// Of all groups together, by bucket.
    pub buckets: Vec<Figures>,
    /// Those that cost most first; what is left of them last.
    pub groups: Vec<Group>,
    /// An hour that an edge cuts is counted where it begins, for its rows are gone.
    pub coarse: bool,
    /// So many hours changed and are still being summed: they may count too little.
    pub hours_behind: usize,
}

/// Calls that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub key: Key,
    pub sum: Figures,
    pub buckets: Vec<Figures>,
}

/// Whose figures they are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Key {
    /// A value of each dimension that was asked by; `""` where calls have none.
    Of(Vec<String>),
    /// All groups past the first; so many.
    Others(u64),
}

/// So many figures are some megabytes.
const HEAVY: usize = 20_000;
/// Whose clock is further ahead has the time of its rows' arrival.
const MOST_AHEAD: SignedDuration = SignedDuration::from_hours(48);

// === impl Ask ===

impl Ask {
    /// The span as one, of all calls.
    pub fn of(span: Span) -> Self {
        Self { span, step: None, filter: Filter::default(), by: Vec::new(), top: 100, only: None }
    }

    #[must_use]
    pub fn filtered(self, filter: &Filter) -> Self {
        Self { filter: filter.clone(), ..self }
    }

    #[must_use]
    pub fn stepped(self, step: Step) -> Self {
        Self { step: Some(step), ..self }
    }

    /// The whole time in one bucket.
    #[must_use]
    pub fn as_one(self) -> Self {
        Self { step: None, ..self }
    }

    #[must_use]
    pub fn by(self, by: &[Dimension], top: u16) -> Self {
        Self { by: by.to_vec(), top, ..self }
    }

    /// As what users are told apart, in it or by its filter; none: they are not.
    pub(super) fn users(&self) -> Option<Users> {
        self.dimensions().any(|dimension| dimension == Dimension::User).then(|| {
            let finest = self.dimensions().map(Users::beside).max();
            finest.unwrap_or(Users::Alone)
        })
    }

    pub(super) fn is_by_user(&self) -> bool {
        self.by.contains(&Dimension::User)
    }

    fn dimensions(&self) -> impl Iterator<Item = Dimension> {
        self.by.iter().copied().chain(self.filter.dimensions())
    }
}

// === impl Usage ===

impl Usage {
    /// It takes megabytes.
    pub(super) fn is_heavy(&self) -> bool {
        self.groups.len().saturating_mul(self.bounds.len()) > HEAVY
    }

    /// The answer to a coarser question: by fewer dimensions, or the whole time as one. None: not all groups are told apart.
    pub(super) fn coarsened(&self, asked: &Ask, ask: &Ask) -> Option<Self> {
        let places = ask.by.iter().map(|dimension| asked.by.iter().position(|known| known == dimension));
        let places: Vec<usize> = places.collect::<Option<_>>()?;
        let bounds = if ask.step.is_some() { self.bounds.clone() } else { vec![ask.span.from] };
        let mut fold = Fold::new(bounds.len());
        for group in &self.groups {
            let Key::Of(key) = &group.key else { return None };
            let key: Vec<String> = places.iter().map(|at| key.get(*at).cloned()).collect::<Option<_>>()?;
            if ask.step.is_none() {
                fold.add(key, 0, group.sum).ok()?;
                continue;
            }
            for (bucket, figures) in group.buckets.iter().enumerate() {
                fold.add(key.clone(), bucket, *figures).ok()?;
            }
        }
        Some(Self { coarse: self.coarse, hours_behind: self.hours_behind, ..fold.usage(bounds, ask.top) })
    }

    /// None: there are more groups than an answer has.
    pub(super) async fn look_up(
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        ask: &Ask,
        known: &Known,
    ) -> Result<Option<Self>, sqlx::Error> {
        let bounds = match ask.step {
            Some(step) => ask.span.bounds(step),
            None => vec![ask.span.from],
        };
        if ask.span.is_empty() {
            return Ok(Some(Self::default()));
        }
        let seconds: Vec<i64> = bounds.iter().map(|bound| bound.as_second()).collect();
        let sources = sources(ask, &seconds, known);
        let mut query = lines(cluster, ask, &seconds, &sources);
        let mut rows = query.build().fetch(&mut **transaction);
        let mut fold = Fold::new(bounds.len());
        while let Some(row) = rows.try_next().await? {
            let key = |at| row.try_get::<String, _>(format!("k{at}").as_str());
            let key: Vec<String> = (0..ask.by.len()).map(key).collect::<Result<_, _>>()?;
            if ask.only.as_ref().is_some_and(|only| !only.contains(&key)) {
                continue;
            }
            let number = |number: i32| usize::try_from(number).unwrap_or(0);
            let bucket = number(row.try_get("bucket")?);
            let figures = Figures::read(&row)?;
            let folded = match row.try_get::<Option<i32>, _>("home")? {
                Some(home) => fold.take_along(key, number(home), bucket, figures),
                None => fold.add(key, bucket, figures),
            };
            if folded.is_err() {
                return Ok(None);
            }
        }
        let usage = fold.usage(bounds, ask.top);
        Ok(Some(Self { coarse: sources.coarse, hours_behind: sources.behind, ..usage }))
    }
}

/// Where the answer is. `bounds` as those of the span's buckets, in Unix seconds.
pub(super) fn sources(ask: &Ask, bounds: &[i64], known: &Known) -> Sources {
    // a call may seem to be of tomorrow, never of later
    let until = ask.span.until.min(Timestamp::now() + MOST_AHEAD).as_second();
    match ask.users() {
        Some(users) => Sources::of_users(bounds, until, known, users),
        None => Sources::of_all(bounds, until, known),
    }
}
