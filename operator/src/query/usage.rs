//! Sums, by group and by bucket.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use sqlx::{Postgres, Row, Transaction};

use super::{
    figures::Figures,
    filter::{Dimension, Filter},
    reader::known,
    sources::{Sources, Users},
    span::{Span, Step},
    statement::statement,
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
    /// Only which groups cost most is wanted, and how many others there are: cost and calls, no other sums.
    pub(super) is_rank: bool,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Key {
    /// A value of each dimension that was asked by; `""` where calls have none.
    Of(Vec<String>),
    /// All groups past the first; so many.
    Others(u64),
}

/// Whose clock is further ahead has the time of its rows' arrival.
const MOST_AHEAD: SignedDuration = SignedDuration::from_hours(48);

// === impl Ask ===

impl Ask {
    /// The span as one, of all calls.
    pub fn of(span: Span) -> Self {
        Self { span, step: None, filter: Filter::default(), by: Vec::new(), top: 100, is_rank: false }
    }

    #[must_use]
    pub fn filtered(self, filter: &Filter) -> Self {
        Self { filter: filter.clone(), ..self }
    }

    #[must_use]
    pub fn stepped(self, step: Step) -> Self {
        Self { step: Some(step), ..self }
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
    pub(super) async fn look_up(
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        ask: &Ask,
    ) -> Result<Self, sqlx::Error> {
        let bounds = match ask.step {
            Some(step) => ask.span.bounds(step),
            None => vec![ask.span.from],
        };
        if ask.span.is_empty() {
            return Ok(Self::default());
        }
        let seconds: Vec<i64> = bounds.iter().map(|bound| bound.as_second()).collect();
        // a call may seem to be of tomorrow, never of later
        let until = ask.span.until.min(Timestamp::now() + MOST_AHEAD).as_second();
        let known = known(transaction, cluster, ask.span.from.as_second()).await?;
        let sources = match ask.users() {
            Some(users) => Sources::of_users(&seconds, until, &known, users),
            None => Sources::of_all(&seconds, until, &known),
        };
        let mut query = statement(cluster, ask, &seconds, &sources);
        let rows = query.build().fetch_all(&mut **transaction).await?;
        let empty = vec![Figures::default(); bounds.len()];
        let mut usage = Self {
            bounds,
            sum: Figures::default(),
            buckets: empty.clone(),
            groups: Vec::new(),
            coarse: sources.coarse,
            hours_behind: sources.behind,
        };
        // by place: a group's rows stand together
        let (mut last, mut known) = (None, 0);
        for row in rows {
            let figures = Figures::read(&row)?;
            let place: i64 = row.try_get("place")?;
            let bucket = usize::try_from(row.try_get::<i32, _>("bucket")?).unwrap_or(0);
            if last != Some(place) {
                last = Some(place);
                let groups: i64 = row.try_get("groups")?;
                known = groups;
                let key = match row.try_get::<Option<Vec<String>>, _>("key")? {
                    Some(key) => Key::Of(key),
                    None => Key::Others(u64::try_from(groups + 1 - place).unwrap_or(0)),
                };
                usage.groups.push(Group { key, sum: Figures::default(), buckets: empty.clone() });
            }
            usage.sum += figures;
            if let Some(sum) = usage.buckets.get_mut(bucket) {
                *sum += figures;
            }
            if let Some(group) = usage.groups.last_mut() {
                group.sum += figures;
                if let Some(sum) = group.buckets.get_mut(bucket) {
                    *sum += figures;
                }
            }
        }
        let others = u64::try_from(known).unwrap_or(0).saturating_sub(ask.top.into());
        if ask.is_rank && others > 0 {
            usage.groups.push(Group { key: Key::Others(others), sum: Figures::default(), buckets: empty });
        }
        Ok(usage)
    }
}
