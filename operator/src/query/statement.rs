//! A question and where its answer is, as one statement.

use sqlx::{Postgres, QueryBuilder};

use super::{
    figures::COLUMNS,
    sources::{Part, Sources},
    table::Table,
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
    let nothing = [Part::of(Table::Days, Vec::new())];
    let parts = if sources.parts.is_empty() { &nothing[..] } else { &sources.parts };
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            query.push(" union all ");
        }
        lines(&mut query, cluster, ask, bounds, part);
        query.push(format!(" group by bucket{grouped}"));
    }
    let sums: Vec<String> =
        Table::Rows.sums().iter().map(|(name, _, _)| format!("coalesce(sum({name}), 0) as {name}")).collect();
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
         from grouped {joined}
         group by 1, 2, 3 order by 1, 2",
        sums.join(", "),
        keys.join(", ")
    ));
    query
}

/// The part's lines by bucket and key, up to its `group by`.
fn lines(query: &mut QueryBuilder<Postgres>, cluster: &str, ask: &Ask, bounds: &[i64], part: &Part) {
    let Part { table, stretches, but, is_moved } = part;
    let moment = table.moment();
    query.push("select ");
    if *is_moved {
        // added to the bucket they are in, taken from the one that their day is in
        query.push("case side.sign when 1 then ");
        bucket_of(query, bounds, moment);
        query.push(" else ");
        bucket_of(query, bounds, &format!("date_trunc('day', {moment}, 'UTC') + interval '12 hours'"));
        query.push(" end as bucket");
    } else {
        bucket(query, bounds, moment);
    }
    for (place, dimension) in ask.by.iter().enumerate() {
        query.push(format!(", {} as k{place}", table.key(*dimension)));
    }
    let sign = if *is_moved { "side.sign * " } else { "" };
    for (name, summed, of) in table.sums() {
        if ask.is_rank && !matches!(*name, "calls" | "cost") {
            query.push(format!(", 0 as {name}"));
            continue;
        }
        query.push(format!(", sum({sign}{summed})"));
        if let Some(of) = of {
            query.push(format!(" filter (where {of})"));
        }
        query.push(format!(" as {name}"));
    }
    query.push(format!(" from {}", table.name()));
    if *is_moved {
        query.push(" cross join (values (1), (-1)) side (sign)");
    }
    query.push(format!(" where {} = ", table.cluster())).push_bind(cluster.to_owned());
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

/// In which bucket it was, from 0.
pub(super) fn bucket(query: &mut QueryBuilder<Postgres>, bounds: &[i64], at: &str) {
    bucket_of(query, bounds, at);
    query.push(" as bucket");
}

fn bucket_of(query: &mut QueryBuilder<Postgres>, bounds: &[i64], at: &str) {
    if bounds.len() > 1 {
        query.push(format!("width_bucket({at}, (select array_agg(to_timestamp(b) order by b) from unnest("));
        query.push_bind(bounds.to_vec()).push("::bigint[]) b)) - 1");
    } else {
        query.push("0");
    }
}
