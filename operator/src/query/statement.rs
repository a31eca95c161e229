//! A question and where its answer is, as one statement. Numbers that we made ourselves are written into the text: so partitions that
//! are not asked for are not looked at.

use std::borrow::Cow;

use sqlx::{Postgres, QueryBuilder};

use super::{
    ask::Ask,
    clock::{DAY, HOUR, QUARTER, floor},
    filter::{Dimension, Filter},
    rank_ask::RankAsk,
    sources::{Part, Side, Sources},
    table::{FIGURES, Table, among},
};

/// Lines of sums by bucket and key, of each source by itself: `bucket`, `home` (of what is moved: the bucket with whose sums it comes, too),
/// `k0` and so on, and the figures as text. They are added up here: a database took as long for that as for all the rest.
pub(super) fn lines(cluster: &str, ask: &Ask, bounds: &[i64], sources: &Sources) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("");
    let keys: String = (0..ask.by.len()).map(|at| format!(", k{at}")).collect();
    for (place, part) in parts_or_nothing(sources).iter().enumerate() {
        let table = part.table;
        query.push(if place > 0 { " union all select bucket, home" } else { "select bucket, home" });
        query.push(&keys);
        for name in FIGURES {
            let (summed, of) = table.sum(name);
            let of = of.map(|of| format!(" filter (where {of})")).unwrap_or_default();
            query.push(format!(", coalesce(sum({summed}){of}, 0)::text as {name}"));
        }
        query.push(" from (");
        for (place, stretches) in pieces(part).enumerate() {
            query.push(if place > 0 { " union all select " } else { "select " });
            push_buckets(&mut query, part, bounds, stretches);
            for (place, dimension) in ask.by.iter().enumerate() {
                query.push(format!(", {} as k{place}", table.key(*dimension)));
            }
            query.push(format!(", {}", table.summed()));
            within(&mut query, cluster, &ask.filter, part, stretches);
        }
        query.push(format!(") lines group by bucket, home{keys}"));
    }
    query
}

/// In which bucket the part's lines are, and in which they are, too.
fn push_buckets(query: &mut QueryBuilder<Postgres>, part: &Part, bounds: &[i64], stretches: &[(i64, i64)]) {
    let moment = part.table.moment();
    match part.side {
        Side::Own => {
            bucket(query, part.table, bounds, stretches);
            query.push(" as bucket, null::int");
        }
        Side::Moved => {
            bucket_beyond_cut(query, bounds, stretches, moment);
            query.push(" as bucket, ");
            bucket_of_noon(query, bounds, stretches, moment);
        }
        Side::Back => {
            bucket_of_noon(query, bounds, stretches, moment);
            query.push(" as bucket, ");
            bucket_beyond_cut(query, bounds, stretches, moment);
        }
        Side::Behind => {
            query.push(format!("{NOWHERE} as bucket, "));
            bucket(query, part.table, bounds, stretches);
        }
    }
    query.push(" as home");
}

/// A bucket that no answer has.
const NOWHERE: i32 = i32::MAX;

/// Which groups are wanted.
#[derive(Clone, Copy)]
pub(super) enum Limit {
    /// Those that cost most, dearest first, and in `groups` how many there are.
    Dearest(u16),
    /// As they come; no more than this.
    All(usize),
}

/// What groups come to, of one bucket: `k0` and so on, `calls` and `cost` as text.
pub(super) fn rank(cluster: &str, ask: &RankAsk, limit: Limit, sources: &Sources) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("");
    let keys: Vec<String> = (0..ask.by.len()).map(|at| format!("k{at}")).collect();
    let groups = match limit {
        Limit::Dearest(_) => ", count(*) over () as groups",
        Limit::All(_) => "",
    };
    let keys = keys.join(", ");
    query.push(format!(
        "select {keys}{groups}, sum(calls)::text as calls, coalesce(sum(cost), 0)::text as cost from ("
    ));
    let parts = parts_or_nothing(sources);
    let pieces = parts.iter().flat_map(|part| pieces(part).map(move |stretches| (part, stretches)));
    for (place, (part, stretches)) in pieces.enumerate() {
        query.push(if place > 0 { " union all select " } else { "select " });
        for (place, dimension) in ask.by.iter().enumerate() {
            query.push(format!("{} as k{place}, ", part.table.key(*dimension)));
        }
        let (calls, cost) = (part.table.sum("calls").0, part.table.sum("cost").0);
        query.push(format!("{calls} as calls, {cost} as cost"));
        within(&mut query, cluster, &ask.filter, part, stretches);
    }
    query.push(format!(") lines group by {keys}"));
    match limit {
        Limit::Dearest(top) => {
            // by bytes where they cost the same, as we sort
            let keys: String = (0..ask.by.len()).map(|at| format!(", k{at} collate \"C\"")).collect();
            query.push(format!(
                " order by coalesce(sum(lines.cost), 0) desc, sum(lines.calls) desc{keys} limit {top}"
            ));
        }
        Limit::All(most) => {
            query.push(format!(" limit {most}"));
        }
    }
    query
}

/// Nothing to ask: a statement of the same shape, without rows.
fn parts_or_nothing(sources: &Sources) -> Cow<'_, [Part]> {
    if sources.parts.is_empty() {
        return Cow::Owned(vec![Part::of(Table::UserDays, vec![(0, 0)])]);
    }
    Cow::Borrowed(&sources.parts)
}

/// A part's stretches, as many at a time as are one question.
fn pieces(part: &Part) -> impl Iterator<Item = &[(i64, i64)]> {
    part.stretches.chunks(at_once(part.table))
}

/// So many stretches are one question. Of the ledger's rows each is its own: together, each partition is looked at for
/// all of them (34 half hours of 34 days took 2.4 s instead of 0.3, of which 0.4 to plan).
fn at_once(table: Table) -> usize {
    match table {
        Table::Rows => 1,
        Table::Hours
        | Table::HourParts
        | Table::SixHours
        | Table::Days
        | Table::UserDays
        | Table::UserWeeks
        | Table::UserTotalDays
        | Table::UserTotalWeeks => usize::MAX,
    }
}

/// What rows are indexed by.
const INDEXED: [Dimension; 2] = [Dimension::Feature, Dimension::User];

/// The part's lines in these stretches: from the `from` to the `group by`.
fn within(
    query: &mut QueryBuilder<Postgres>,
    cluster: &str,
    filter: &Filter,
    part: &Part,
    stretches: &[(i64, i64)],
) {
    let Part { table, stretches: _, but, side: _ } = part;
    query.push(format!(" from {} where {} = ", table.name(), table.cluster())).push_bind(cluster.to_owned());
    if !but.is_empty() {
        let but: Vec<String> = but.iter().map(|hour| format!("to_timestamp({hour})")).collect();
        query.push(format!(" and hour not in ({})", but.join(", ")));
    }
    match table {
        Table::Rows => {
            rows_within(query, filter, stretches);
            filter.push_on_rows(query);
        }
        Table::Hours
        | Table::HourParts
        | Table::SixHours
        | Table::Days
        | Table::UserDays
        | Table::UserWeeks
        | Table::UserTotalDays
        | Table::UserTotalWeeks => {
            query.push(format!(" and {}", table.within(stretches)));
            filter.push_on_rollup(query, |dimension| table.key(dimension));
        }
    }
}

/// Of half a day to a day, rows are found by whose they are alone, where that is asked: the index on time, shown the moments, would have all rows of its
/// pages looked at (decision 0043).
fn rows_within(query: &mut QueryBuilder<Postgres>, filter: &Filter, stretches: &[(i64, i64)]) {
    let is_asked_whose = INDEXED.into_iter().any(|dimension| !filter.get(dimension).is_empty());
    if let [(from, until)] = stretches
        && is_asked_whose
        && (DAY / 2 + 1..=DAY).contains(&(until - from))
    {
        let days = (floor(*from, DAY), floor(*until - 1, DAY) + DAY);
        let moment = "(created_at + interval '0')";
        query.push(format!(" and {} and {}", Table::Rows.within(&[days]), among(stretches, moment)));
    } else {
        query.push(format!(" and {}", Table::Rows.within(stretches)));
    }
}

/// In which bucket a line is, from 0. Of hours and days it is looked up by their number, which takes a tenth of a search.
fn bucket(query: &mut QueryBuilder<Postgres>, table: Table, bounds: &[i64], stretches: &[(i64, i64)]) {
    if bounds.len() < 2 {
        query.push("0");
        return;
    }
    let moment = table.moment();
    match table {
        Table::Rows => bucket_of_moment(query, bounds, moment),
        // a part is in its hour's bucket
        Table::Hours | Table::HourParts => {
            by_number(query, bounds, stretches, HOUR, moment, |number| number * HOUR);
        }
        Table::SixHours => by_number(query, bounds, stretches, QUARTER, moment, |number| number * QUARTER),
        Table::Days | Table::UserDays | Table::UserTotalDays | Table::UserWeeks | Table::UserTotalWeeks => {
            bucket_of_noon(query, bounds, stretches, moment);
        }
    }
}

/// Of the day.
fn bucket_of_noon(
    query: &mut QueryBuilder<Postgres>,
    bounds: &[i64],
    stretches: &[(i64, i64)],
    moment: &str,
) {
    by_number(query, bounds, stretches, DAY, moment, |number| number * DAY + DAY / 2);
}

/// Of the quarter of a day, as far as it can be from noon.
fn bucket_beyond_cut(
    query: &mut QueryBuilder<Postgres>,
    bounds: &[i64],
    stretches: &[(i64, i64)],
    moment: &str,
) {
    by_number(query, bounds, stretches, QUARTER, moment, |number| match number.rem_euclid(4) {
        0 | 1 => number * QUARTER,
        _ => (number + 1) * QUARTER - 1,
    });
}

/// By the number of its step: the bucket of a moment of each, from the first to the last.
fn by_number(
    query: &mut QueryBuilder<Postgres>,
    bounds: &[i64],
    stretches: &[(i64, i64)],
    step: i64,
    column: &str,
    moment: impl Fn(i64) -> i64,
) {
    let first = stretches.iter().map(|(from, _)| from.div_euclid(step)).min().unwrap_or_default();
    let last = stretches.iter().map(|(_, until)| until.div_euclid(step)).max().unwrap_or_default();
    let buckets: Vec<i32> = (first..=last)
        .map(|number| bounds.partition_point(|bound| *bound <= moment(number)))
        .map(|after| i32::try_from(after.saturating_sub(1)).unwrap_or(i32::MAX))
        .collect();
    query.push("(").push_bind(buckets);
    query.push(format!("::int[])[floor(date_part('epoch', {column}) / {step})::int - {first} + 1]"));
}

/// In which bucket a moment is, from 0.
pub(super) fn bucket_of_moment(query: &mut QueryBuilder<Postgres>, bounds: &[i64], at: &str) {
    if bounds.len() > 1 {
        query.push(format!("width_bucket({at}, (select array_agg(to_timestamp(b) order by b) from unnest("));
        query.push_bind(bounds.to_vec()).push("::bigint[]) b)) - 1");
    } else {
        query.push("0");
    }
}
