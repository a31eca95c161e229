//! The minutes of the last hours, as the alerts have them. A call's row comes when the call ends and counts when it began: minutes that
//! were read are read again, and what they have more then, or less, is told apart.

use std::collections::{BTreeMap, VecDeque};

use sqlx::PgPool;
use tollgate_alerts::{traffic::Row, window::Minute};

use super::minutes::{self, Apart, MinutesError};

/// So many minutes are kept, and looked at again each few minutes.
pub(super) const KEPT: Minute = 180;
/// So many are each minute: most calls have ended by then.
pub(super) const AGAIN: Minute = 15;
/// Rows that are kept, some hundred bytes each; with more, fewer minutes.
const MOST: usize = 200_000;

#[derive(Debug, Default)]
pub(super) struct Recent {
    /// From the first of them until before the second; none before the first look.
    span: Option<(Minute, Minute)>,
    apart: Apart,
    /// In order of time.
    rows: VecDeque<Row>,
}

/// A minute of one kind of call that is other than it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) was: Option<Row>,
    pub(super) is: Option<Row>,
}

// === impl Recent ===

impl Recent {
    /// Whether its rows tell apart what is needed.
    pub(super) fn tells(&self, apart: Apart) -> bool {
        self.span.is_some() && self.apart == self.apart.with(apart)
    }

    /// The first minute that is kept.
    pub(super) fn start(&self) -> Minute {
        self.span.map_or(0, |(from, _)| from)
    }

    /// The rows since a minute.
    pub(super) fn since(&self, minute: Minute) -> impl Iterator<Item = &Row> {
        self.rows.range(self.rows.partition_point(|row| row.minute < minute)..)
    }

    /// Reads the minutes until before one, and the last `again` before them once more. Gives what of these is other than it was.
    pub(super) async fn look(
        &mut self,
        pool: &PgPool,
        cluster: &str,
        apart: Apart,
        (again, until): (Minute, Minute),
    ) -> Result<Vec<Changed>, MinutesError> {
        let (first, end) = self.span.unwrap_or((until - KEPT, until - KEPT));
        let wider = self.apart.with(apart);
        let from = if wider == self.apart { first.max(until - again) } else { first }.min(end);
        let mut read = Vec::new();
        minutes::read(pool, cluster, (from, until), wider, |row| read.push(row)).await?;
        let had = self.rows.split_off(self.rows.partition_point(|row| row.minute < from));
        let known = read.partition_point(|row| row.minute < end);
        let changed = changed(had.into_iter(), read[..known].iter().cloned(), self.apart);
        self.rows.extend(read);
        self.apart = wider;
        self.span = Some((first, until));
        Ok(changed)
    }

    /// Lets go of minutes before one, and of as many as are too many.
    pub(super) fn forget(&mut self, before: Minute) {
        let mut first = before;
        if let Some(beyond) = self.rows.len().checked_sub(MOST) {
            first = first.max(self.rows.get(beyond).map_or(before, |row| row.minute + 1));
        }
        if let Some((from, _)) = &mut self.span {
            *from = first.max(*from);
            self.rows.drain(..self.rows.partition_point(|row| row.minute < *from));
        }
    }
}

/// What is other, told apart as the first are.
fn changed(was: impl Iterator<Item = Row>, is: impl Iterator<Item = Row>, apart: Apart) -> Vec<Changed> {
    let mut kinds: BTreeMap<_, Changed> = BTreeMap::new();
    for row in was {
        let kind = kind(&row);
        kinds.entry(kind).or_default().was = Some(row);
    }
    for mut row in is {
        row.user = row.user.filter(|_| apart.users);
        row.model = row.model.filter(|_| apart.models);
        let changed = kinds.entry(kind(&row)).or_default();
        let sum = match changed.is.take() {
            None => row,
            Some(other) => Row {
                calls: row.calls.plus(other.calls),
                tokens: row.tokens.plus(other.tokens),
                errors: row.errors.plus(other.errors),
                cost: row.cost.plus(other.cost),
                ..row
            },
        };
        changed.is = Some(sum);
    }
    kinds.into_values().filter(|Changed { was, is }| was != is).collect()
}

type Kind = (Minute, Option<String>, Option<String>, Option<String>, Option<String>, Option<String>);

fn kind(row: &Row) -> Kind {
    let Row { minute, namespace, feature, user, provider, model, .. } = row;
    (*minute, namespace.clone(), feature.clone(), user.clone(), provider.clone(), model.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(user: Option<&str>, cost: &str) -> Row {
        Row { minute: 7, user: user.map(str::to_owned), cost: cost.parse().unwrap(), ..Row::default() }
    }

    fn changes(was: &[Row], is: &[Row], apart: Apart) -> Vec<(Option<String>, Option<String>)> {
        let cost = |row: Option<Row>| row.map(|row| row.cost.to_string());
        let changed = changed(was.iter().cloned(), is.iter().cloned(), apart);
        changed.into_iter().map(|Changed { was, is }| (cost(was), cost(is))).collect()
    }

    #[test]
    fn what_came_late_was_priced_anew_or_is_gone_is_told_and_nothing_else() {
        let users = Apart { users: true, models: false };
        let was = [row(Some("ada"), "1"), row(Some("bob"), "2"), row(Some("eve"), "3")];
        let is = [row(Some("ada"), "1"), row(Some("bob"), "5"), row(None, "7")];
        let told = |cost: &str| Some(cost.to_owned());
        assert_eq!(changes(&was, &is, users), [(None, told("7")), (told("2"), told("5")), (told("3"), None)]);
    }

    #[test]
    fn what_is_told_apart_more_finely_since_is_no_other() {
        let is = [row(Some("ada"), "1"), row(Some("bob"), "2")];
        assert_eq!(changes(&[row(None, "3")], &is, Apart::default()), []);
    }
}
