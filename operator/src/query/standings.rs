//! Standings as the sums have them: what each user's calls of a day or a week cost, as one text, for rankings. Ten thousand users are read
//! in a millisecond, of which their lines take seven.

use std::collections::HashMap;

use futures::TryStreamExt;
use sqlx::{Postgres, QueryBuilder, Row, Transaction};
use tollgate_meter::Cost;

use super::{
    Dimension, Filter,
    clock::{DAY, WEEK},
    known::Known,
    sources::{Part, Sources},
    table::{Table, one_of},
};

/// What is read at once, and of which tables.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shelves(Vec<Shelf>);

/// Days or weeks of one of the tables.
#[derive(Debug, PartialEq, Eq)]
struct Shelf {
    table: &'static str,
    grain: &'static str,
    /// In Unix seconds.
    starts: Vec<i64>,
}

/// What users come to: calls and cost.
pub(super) type Users = HashMap<String, (Cost, u64)>;

/// A text that is not as the migration says, or not to be read.
#[derive(Debug, thiserror::Error)]
#[error("standings cannot be read at byte {0}")]
pub(super) struct Unreadable(usize);

const OF_FEATURES: &str = "public.usage_user_standings";
const OF_ALL: &str = "public.usage_user_total_standings";

// === impl Shelves ===

impl Shelves {
    /// Whether what is told apart so has standings.
    pub(super) fn have(by: &[Dimension], filter: &Filter) -> bool {
        by == [Dimension::User]
            && filter
                .dimensions()
                .all(|dimension| matches!(dimension, Dimension::Namespace | Dimension::Feature))
    }

    /// What of these sources is on shelves, taken from them.
    pub(super) fn out_of(sources: &mut Sources, known: &Known) -> Self {
        let mut shelves = Vec::new();
        let mut left = Vec::new();
        for part in std::mem::take(&mut sources.parts) {
            let (table, grain, step) = match part.table {
                Table::UserDays => (OF_FEATURES, "day", DAY),
                Table::UserWeeks => (OF_FEATURES, "week", WEEK),
                Table::UserTotalDays => (OF_ALL, "day", DAY),
                Table::UserTotalWeeks => (OF_ALL, "week", WEEK),
                Table::Rows | Table::Hours | Table::HourParts | Table::SixHours | Table::Days => {
                    left.push(part);
                    continue;
                }
            };
            let starts = part.stretches.iter().flat_map(|(from, until)| {
                let (from, until) = (*from, *until);
                (0..(until - from) / step).map(move |at| from + at * step)
            });
            // weeks are summed where all of their days are
            let (starts, unsummed): (Vec<i64>, Vec<i64>) =
                starts.partition(|start| step == WEEK || known.is_summed(*start));
            if !starts.is_empty() {
                shelves.push(Shelf { table, grain, starts });
            }
            if !unsummed.is_empty() {
                let stretches = unsummed.into_iter().map(|day| (day, day + DAY)).collect();
                left.push(Part { stretches, ..part });
            }
        }
        sources.parts = left;
        Self(shelves)
    }

    pub(super) fn are_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What all users come to. None: they are more than `most`.
    pub(super) async fn read(
        &self,
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        filter: &Filter,
        most: usize,
    ) -> Result<Option<Users>, sqlx::Error> {
        let mut users = Users::new();
        if self.are_empty() {
            return Ok(Some(users));
        }
        let mut query = QueryBuilder::new("");
        for (place, Shelf { table, grain, starts }) in self.0.iter().enumerate() {
            let starts: Vec<(i64, i64)> = starts.iter().map(|start| (*start, start + DAY)).collect();
            query.push(if place > 0 { " union all select " } else { "select " });
            query.push(format!("case when users <= {most} then standings end as standings from {table}"));
            query.push(" where cluster = ").push_bind(cluster.to_owned());
            query.push(format!(" and grain = '{grain}' and {}", one_of(&starts, "start", "date", DAY)));
            filter.push_on_rollup(&mut query, |dimension| dimension.column().to_owned());
        }
        let mut rows = query.build().fetch(&mut **transaction);
        while let Some(row) = rows.try_next().await? {
            let Some(text) = row.try_get::<Option<&str>, _>(0)? else { return Ok(None) };
            take(text, &mut users).map_err(|error| sqlx::Error::Decode(error.into()))?;
            if users.len() > most {
                return Ok(None);
            }
        }
        Ok(Some(users))
    }
}

/// Adds up what a text says.
fn take(text: &str, users: &mut Users) -> Result<(), Unreadable> {
    let mut rest = text;
    while !rest.is_empty() {
        let (user, calls, cost, after) = first(rest).ok_or(Unreadable(text.len() - rest.len()))?;
        match users.get_mut(user) {
            Some((sum, count)) => {
                *sum = *sum + cost;
                *count = count.saturating_add(calls);
            }
            None => {
                users.insert(user.to_owned(), (cost, calls));
            }
        }
        rest = after;
    }
    Ok(())
}

/// The first user of a text, and what is behind: `3:ada12,0.5;`.
fn first(text: &str) -> Option<(&str, u64, Cost, &str)> {
    let (length, rest) = text.split_once(':')?;
    let (user, rest) = rest.split_at_checked(length.parse().ok()?)?;
    let (calls, rest) = rest.split_once(',')?;
    let (cost, rest) = rest.split_once(';')?;
    Some((user, calls.parse().ok()?, cost.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(text: &str) -> Option<Users> {
        let mut users = Users::new();
        take(text, &mut users).ok().map(|()| users)
    }

    fn cost(text: &str) -> Cost {
        text.parse().unwrap()
    }

    #[test]
    fn what_a_user_has_in_several_texts_is_added_up() {
        let mut users = Users::new();
        take("3:ada2,0.5;0:7,0;", &mut users).unwrap();
        take("3:ada1,1.25;", &mut users).unwrap();
        assert_eq!(users["ada"], (cost("1.75"), 3));
        assert_eq!(users[""], (cost("0"), 7));
    }

    #[test]
    fn a_text_that_is_torn_is_not_half_an_answer() {
        for torn in ["3:ada2,0.5", "3:ad", "4:ada2,0.5;", "x:ada2,0.5;", "3:ada2;", "1:é1,1;"] {
            assert_eq!(taken(torn), None, "{torn}");
        }
    }

    #[test]
    fn days_that_are_not_summed_stay_with_their_lines() {
        let known = Known { unsummed_days: [DAY].into(), ..Known::default() };
        let mut sources = Sources {
            parts: vec![
                Part::of(Table::UserDays, vec![(0, 3 * DAY)]),
                Part::of(Table::UserWeeks, vec![(4 * DAY, 4 * DAY + 2 * WEEK)]),
                Part::of(Table::Rows, vec![(-5, 0)]),
            ],
            ..Sources::default()
        };
        let shelves = Shelves::out_of(&mut sources, &known);
        assert_eq!(
            shelves.0,
            [
                Shelf { table: OF_FEATURES, grain: "day", starts: vec![0, 2 * DAY] },
                Shelf { table: OF_FEATURES, grain: "week", starts: vec![4 * DAY, 4 * DAY + WEEK] },
            ]
        );
        assert_eq!(
            sources.parts,
            [Part::of(Table::UserDays, vec![(DAY, 2 * DAY)]), Part::of(Table::Rows, vec![(-5, 0)])]
        );
    }

    proptest! {
        #[test]
        fn whatever_a_user_is_called_it_is_read_as_it_was_written(names in prop::collection::hash_set("\\PC*|[0-9:;,]*", 0..9)) {
            let text: String = names.iter().map(|name| format!("{}:{name}2,0.25;", name.len())).collect();
            let users = taken(&text).unwrap();
            prop_assert_eq!(users.len(), names.len());
            prop_assert!(names.iter().all(|name| users[name] == (cost("0.25"), 2)));
        }

        #[test]
        fn no_text_breaks_it(text in ".*") {
            let _ = taken(&text);
        }
    }
}
