//! Which groups cost most over a whole span.

use std::collections::HashMap;

use sqlx::{Postgres, Row, Transaction, postgres::PgRow};
use tollgate_meter::Cost;

use super::{
    Ask, Figures,
    known::Known,
    lookup,
    rank_ask::RankAsk,
    sources::Sources,
    standings::Shelves,
    statement::{self, Limit},
};

/// Groups that cost most, the dearest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Rank {
    pub(super) keys: Vec<Vec<String>>,
    /// So many there are.
    pub(super) groups: u64,
}

/// What a group comes to, or a part of that.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    key: Vec<String>,
    cost: Cost,
    calls: u64,
}

/// More groups are ranked by the database.
const MOST_STANDINGS: usize = 100_000;

// === impl RankAsk ===

impl RankAsk {
    /// What all groups come to, in no order; none: they are too many.
    pub(super) async fn standings(
        &self,
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        known: &Known,
    ) -> Result<Option<Vec<Standing>>, sqlx::Error> {
        let mut sources = self.sources(known);
        let shelves = match Shelves::have(&self.by, &self.filter) {
            true => Shelves::out_of(&mut sources, known),
            false => Shelves::default(),
        };
        let Some(users) = shelves.read(transaction, cluster, &self.filter, MOST_STANDINGS).await? else {
            return Ok(None);
        };
        let users = users.into_iter().map(|(user, (cost, calls))| Standing { key: vec![user], cost, calls });
        let mut standings: Vec<Standing> = users.collect();
        if !sources.parts.is_empty() || shelves.are_empty() {
            let rows = self.rows(transaction, cluster, Limit::All(MOST_STANDINGS + 1), &sources).await?;
            for row in &rows {
                let (calls, cost) = Figures::read_calls_and_cost(row)?;
                standings.push(Standing { key: self.key(row)?, cost, calls });
            }
            if rows.len() > MOST_STANDINGS {
                return Ok(None);
            }
        }
        Ok(Some(standings))
    }

    fn sources(&self, known: &Known) -> Sources {
        let whole = Ask::of(self.span.clone()).filtered(&self.filter).by(&self.by, self.top);
        lookup::sources(&whole, &[self.span.from.as_second()], known)
    }

    async fn rows(
        &self,
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        limit: Limit,
        sources: &Sources,
    ) -> Result<Vec<PgRow>, sqlx::Error> {
        statement::rank(cluster, self, limit, sources).build().fetch_all(&mut **transaction).await
    }

    fn key(&self, row: &PgRow) -> Result<Vec<String>, sqlx::Error> {
        (0..self.by.len()).map(|at| row.try_get(at)).collect()
    }
}

// === impl Rank ===

impl Rank {
    pub(super) async fn look_up(
        transaction: &mut Transaction<'static, Postgres>,
        cluster: &str,
        ask: &RankAsk,
        known: &Known,
    ) -> Result<Self, sqlx::Error> {
        let rows = ask.rows(transaction, cluster, Limit::Dearest(ask.top), &ask.sources(known)).await?;
        let groups = rows.first().map_or(Ok(0), |row| row.try_get::<i64, _>("groups"))?;
        let keys = rows.iter().map(|row| ask.key(row)).collect::<Result<_, _>>()?;
        Ok(Self { keys, groups: u64::try_from(groups).unwrap_or(0) })
    }

    /// Of all pieces of the span.
    pub(super) fn of<'a>(pieces: impl IntoIterator<Item = &'a [Standing]>, top: u16) -> Self {
        let mut groups: HashMap<&[String], (Cost, u64)> = HashMap::new();
        for standing in pieces.into_iter().flatten() {
            let (cost, calls) = groups.entry(&standing.key).or_default();
            *cost = *cost + standing.cost;
            *calls = calls.saturating_add(standing.calls);
        }
        let count = u64::try_from(groups.len()).unwrap_or(u64::MAX);
        let mut groups: Vec<(&[String], (Cost, u64))> = groups.into_iter().collect();
        let dearest = |(key, sums): &(&[String], (Cost, u64)),
                       (other_key, other): &(&[String], (Cost, u64))| {
            other.cmp(sums).then_with(|| key.cmp(other_key))
        };
        let top = usize::from(top);
        if groups.len() > top {
            groups.select_nth_unstable_by(top, dearest);
            groups.truncate(top);
        }
        groups.sort_unstable_by(dearest);
        Self { keys: groups.into_iter().map(|(key, _)| key.to_vec()).collect(), groups: count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_ranked_by_what_their_groups_come_to_together() {
        let standing = |key: &str, calls: u64| Standing {
            key: vec![key.to_owned()],
            cost: calls.to_string().parse().unwrap(),
            calls,
        };
        let over = [standing("ada", 3), standing("bob", 5), standing("eve", 1)];
        let rank = Rank::of([&over[..], &[standing("ada", 3), standing("new", 5)][..]], 3);
        assert_eq!(
            (rank.keys, rank.groups),
            (vec![vec!["ada".to_owned()], vec!["bob".to_owned()], vec!["new".to_owned()]], 4)
        );
    }
}
