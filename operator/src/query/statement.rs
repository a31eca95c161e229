//! A question and where its answer is, as one statement.

use sqlx::{Postgres, QueryBuilder};

use super::{
    figures::COLUMNS,
    sources::{DAY, HOUR, Part, Sources},
    table::{FIGURES, Table},
    usage::Ask,
};

/// Each source is summed by its own columns, for whose values the database knows how many there are; then their sums are added up. Numbers
/// that we made ourselves are written into the text: so partitions that are not asked for are not looked at.
pub(super) fn statement(
    cluster: &str,
    ask: &Ask,
    bounds: &[i64],
    sources: &Sources,
) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("with lines as (");
    let keys: Vec<String> = (0..ask.by.len()).map(|at| format!("k{at}")).collect();
    let grouped: String = keys.iter().map(|key| format!(", {key}")).collect();
    // nothing to ask: a statement of the same shape, without rows
    let nothing = [Part::of(Table::UserDays, vec![(0, 0)])];
    let parts = if sources.parts.is_empty() { &nothing[..] } else { &sources.parts };
    let pieces = parts
        .iter()
        .flat_map(|part| part.stretches.chunks(at_once(part.table)).map(move |piece| (part, piece)));
    for (place, (part, stretches)) in pieces.enumerate() {
        if place > 0 {
            query.push(" union all ");
        }
        if part.is_moved {
            moved(&mut query, cluster, ask, bounds, part, stretches);
        } else {
            query.push("select ");
            bucket(&mut query, part.table, bounds, stretches);
            query.push(" as bucket");
            lines(&mut query, cluster, ask, part, stretches);
            query.push(format!(" group by bucket{grouped}"));
        }
    }
    let sum = |name| if is_asked(ask, name) { format!("coalesce(sum({name}), 0)") } else { "0".to_owned() };
    let sums: Vec<String> = FIGURES.iter().map(|name| format!("{} as {name}", sum(name))).collect();
    let top = i64::from(ask.top);
    let (listed, joined) = if keys.is_empty() {
        (String::new(), "cross join ranked".to_owned())
    } else {
        (format!("{}, ", keys.join(", ")), format!("join ranked using ({})", keys.join(", ")))
    };
    // one group where nothing tells them apart
    let ranked = if keys.is_empty() { "()".to_owned() } else { keys.join(", ") };
    let ordered: String = keys.iter().map(|key| format!(", {key}")).collect();
    query.push(format!(
        "), grouped as (
             select bucket{grouped}, {} from lines group by bucket{grouped}
         ), ranked as (
             select {listed}row_number() over (order by sum(cost) desc, sum(calls) desc{ordered}) as place, count(*) over () as groups
             from grouped group by {ranked}
         )
         select least(place, {top} + 1) as place, bucket, case when place <= {top} then array[{}]::text[] end as key,
             min(groups) as groups, {COLUMNS}
         from grouped {joined} {named}
         group by 1, 2, 3 order by 1, 2",
        sums.join(", "),
        keys.join(", "),
        named = if ask.is_rank { format!("where place <= {top}") } else { String::new() },
    ));
    query
}

/// So many stretches are one question. Of the ledger's rows each is its own: together, each partition is looked at for
/// all of them (34 half hours of 34 days took 2.4 s instead of 0.3, of which 0.4 to plan).
fn at_once(table: Table) -> usize {
    match table {
        Table::Rows => 1,
        Table::Hours
        | Table::Days
        | Table::UserDays
        | Table::UserWeeks
        | Table::UserTotalDays
        | Table::UserTotalWeeks => usize::MAX,
    }
}

/// What stretches of days have that are in another bucket than their day: added to theirs, taken from that of the day.
fn moved(
    query: &mut QueryBuilder<Postgres>,
    cluster: &str,
    ask: &Ask,
    bounds: &[i64],
    part: &Part,
    stretches: &[(i64, i64)],
) {
    let keys: String = (0..ask.by.len()).map(|at| format!(", k{at}")).collect();
    let sums: Vec<String> = FIGURES.iter().map(|name| format!("side.sign * {name} as {name}")).collect();
    query.push(format!(
        "select case side.sign when 1 then here else home end as bucket{keys}, {} from (select ",
        sums.join(", ")
    ));
    bucket(query, part.table, bounds, stretches);
    query.push(" as here, ");
    by_number(query, bounds, stretches, DAY, DAY / 2, part.table.moment());
    query.push(" as home");
    lines(query, cluster, ask, part, stretches);
    query.push(format!(" group by here, home{keys}) moved cross join (values (1), (-1)) side (sign)"));
}

/// Keys and sums of the part's lines in these stretches, behind their bucket and up to the `group by`.
fn lines(
    query: &mut QueryBuilder<Postgres>,
    cluster: &str,
    ask: &Ask,
    part: &Part,
    stretches: &[(i64, i64)],
) {
    let Part { table, stretches: _, but, is_moved: _ } = part;
    for (place, dimension) in ask.by.iter().enumerate() {
        query.push(format!(", {} as k{place}", table.key(*dimension)));
    }
    for name in FIGURES {
        if !is_asked(ask, name) {
            query.push(format!(", 0 as {name}"));
            continue;
        }
        let (summed, of) = table.sum(name);
        query.push(format!(", sum({summed})"));
        if let Some(of) = of {
            query.push(format!(" filter (where {of})"));
        }
        query.push(format!(" as {name}"));
    }
    query.push(format!(" from {} where {} = ", table.name(), table.cluster())).push_bind(cluster.to_owned());
    query.push(format!(" and {}", table.within(stretches)));
    if !but.is_empty() {
        let but: Vec<String> = but.iter().map(|hour| format!("to_timestamp({hour})")).collect();
        query.push(format!(" and hour not in ({})", but.join(", ")));
    }
    match table {
        Table::Rows => ask.filter.push_on_rows(query),
        Table::Hours
        | Table::Days
        | Table::UserDays
        | Table::UserWeeks
        | Table::UserTotalDays
        | Table::UserTotalWeeks => ask.filter.push_on_rollup(query, |dimension| table.key(dimension)),
    }
}

/// Of who costs most, no other sum.
fn is_asked(ask: &Ask, name: &str) -> bool {
    !ask.is_rank || matches!(name, "calls" | "cost")
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
        Table::Hours => by_number(query, bounds, stretches, HOUR, 0, moment),
        Table::Days | Table::UserDays | Table::UserTotalDays | Table::UserWeeks | Table::UserTotalWeeks => {
            by_number(query, bounds, stretches, DAY, DAY / 2, moment)
        }
    }
}

/// By the number of its step: the bucket of each, from the first to the last, that is so many seconds `later` than the step begins.
fn by_number(
    query: &mut QueryBuilder<Postgres>,
    bounds: &[i64],
    stretches: &[(i64, i64)],
    step: i64,
    later: i64,
    column: &str,
) {
    let first = stretches.iter().map(|(from, _)| from.div_euclid(step)).min().unwrap_or_default();
    let last = stretches.iter().map(|(_, until)| until.div_euclid(step)).max().unwrap_or_default();
    let buckets: Vec<i32> = (first..=last)
        .map(|number| bounds.partition_point(|bound| *bound <= number * step + later))
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
