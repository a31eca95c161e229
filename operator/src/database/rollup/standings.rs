//! Who of a feature's users cost how much, as one text a day and a week: a copy of the sums by user that a ranking reads at once.
//! [`crate::query`] reads them; how they are written stands in the migration that made their tables.

/// Statements that make standings anew; written is what differs. `$1` is the cluster, `$2` and `$3` are the marked features.
pub(super) fn statements(days: &[String], week: &str) -> [String; 4] {
    let days: Vec<String> = days.iter().map(|day| format!("'{day}'")).collect();
    let (days, week) = (days.join(", "), format!("'{week}'"));
    [
        statement(&FEATURES, "day", "usage_users_daily", &days),
        statement(&FEATURES, "week", "usage_users_weekly", &week),
        statement(&TOTALS, "day", "usage_user_totals_daily", &days),
        statement(&TOTALS, "week", "usage_user_totals_weekly", &week),
    ]
}

struct Standings {
    table: &'static str,
    /// What tells its lines of a day or week apart; none: there is one.
    keys: &'static [&'static str],
    /// Which lines of `s`.
    marked: &'static str,
}

const FEATURES: Standings = Standings {
    table: "usage_user_standings",
    keys: &["namespace", "feature"],
    marked: " and (s.namespace, s.feature) in (select * from unnest($2::text[], $3::text[]))",
};

const TOTALS: Standings = Standings { table: "usage_user_total_standings", keys: &[], marked: "" };

/// `grain` is also the column of the source that has the start, `starts` a list of dates.
fn statement(standings: &Standings, grain: &str, source: &str, starts: &str) -> String {
    let Standings { table, keys, marked } = standings;
    let keys: String = keys.iter().map(|key| format!(", {key}")).collect();
    format!(
        "with given as (select $2::text[], $3::text[]), users as materialized (
             select cluster, {grain} as start{keys}, user_id, least(sum(calls), 9223372036854775807)::bigint as calls, sum(cost_usd) as cost_usd
             from public.{source} s where cluster = $1 and {grain} in ({starts}){marked}
             group by cluster, {grain}{keys}, user_id
         ), fresh as materialized (
             select cluster, start{keys}, count(*) as users,
                    string_agg(octet_length(user_id) || ':' || user_id || calls || ',' || trim_scale(cost_usd) || ';', '' order by user_id) as standings
             from users group by cluster, start{keys}
         ), gone as (
             delete from public.{table} s where s.cluster = $1 and s.grain = '{grain}' and s.start in ({starts}){marked}
                 and (s.cluster, s.start{of_line}) not in (select cluster, start{keys} from fresh)
         )
         insert into public.{table} as s (cluster, grain, start{keys}, users, standings)
         select cluster, '{grain}', start{keys}, users, standings from fresh
         on conflict (cluster, grain, start{keys}) do update set users = excluded.users, standings = excluded.standings
             where s.standings <> excluded.standings",
        of_line = keys.replace(", ", ", s."),
    )
}
