//! An answer, out of the database.

use futures::TryStreamExt;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Postgres, Row, Transaction};

use super::{
    ask::Ask, figures::Figures, fold::Fold, known::Known, sources::Sources, statement::lines, usage::Usage,
};

/// Whose clock is further ahead has the time of its rows' arrival.
const MOST_AHEAD: SignedDuration = SignedDuration::from_hours(48);

// === impl Usage ===

impl Usage {
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
