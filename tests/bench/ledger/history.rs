//! The rows of the days before, and whether their rollups are what they say.

use std::{ops::RangeInclusive, process::Command, thread, time::Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use tollgate_tests::harness::{postgres, programs};

use super::figure;

/// Raw rows are kept for 35 days, of which today is one.
const DAYS: u64 = 34;

/// The rollups and what is summed of them, each of all rows.
const ROLLUPS: [&str; 7] = [
    "usage_hourly",
    "usage_users_daily",
    "usage_six_hourly",
    "usage_daily",
    "usage_users_weekly",
    "usage_user_totals_daily",
    "usage_user_totals_weekly",
];

/// What comes after midnights that cut an hour of UTC …
const PARTS: &str = "usage_hour_parts";
/// … is of these hours, from this minute on: of Newfoundland, Marquesas, South Australia and so on, to Iran. (18:30 is after 18:15.)
const OF_PARTS: &str = "exists (select from (values (2, 30), (3, 30), (9, 30), (10, 15), (11, 15), (13, 30), (14, 30), (15, 15), (17, 30),
    (18, 15), (19, 30), (20, 30)) cut (hour, minute) where extract(hour from created_at at time zone 'UTC') = cut.hour
        and extract(minute from created_at at time zone 'UTC') >= cut.minute)";

/// How the history came to be.
pub(crate) struct History {
    rows: u64,
    days: u64,
    put_s: u64,
    rolled_up_ms: u64,
}

/// By itself: whoever makes a partition keeps others from it until their transaction ends.
const PARTITION: &str = "select public.tollgate_ensure_partition((current_date - DAY)::date)";

/// Fifty features of ten namespaces, 10,000 users of two features each (as the rows of `ledger_at_size` have them), two models. Some
/// features are called far more than others, and some users call far more: of the dearest tenth comes a third of the calls. Ids are
/// version 7 of their time.
const ONE_DAY: &str = r"
set synchronous_commit = off;
insert into public.provider_usage_logs
select (lpad(to_hex(ms), 12, '0') || '7' || substr(hash, 1, 3) || 'a' || substr(hash, 4, 15))::uuid,
       to_timestamp(ms / 1000.0), to_timestamp(ms / 1000.0), nullif('CLUSTER', ''), 'team-' || feature % 10, 'web-' || feature, 'web-0', null,
       'feature-' || lpad(feature::text, 2, '0'), 'user-' || lpad(person::text, 4, '0'), 'openai', 'api.openai.com',
       case when chance % 5 = 0 then 'gpt-4o-2024-08-06' else 'gpt-4o-mini-2024-07-18' end, '/v1/chat/completions',
       case when chance % 97 = 0 then 'provider_error' else 'completed' end, 200, true,
       240 + chance % 3000, 200 + chance % 3000, 40, 0, 0, 0, (200 + chance % 3000) * 0.0000025, 'provider', 'abcdefghijklmnop',
       jsonb_build_object('usage', jsonb_build_object('input', 200 + chance % 3000, 'output', 40), 'price', '2026-11-01',
           'request_id', 'chatcmpl-' || substr(hash, 1, 24), 'model_requested', 'gpt-4o',
           'timings', jsonb_build_object('first_byte_us', 412345, 'total_us', 2345678))
from (
    -- the namespace that is the user's, and the first of the two features
    select *, whose * whose / 10000000 + 10 * ((which * which / 20000000 + second) % 5) as feature
    from (
        -- bits of one throw that have nothing to do with each other; a square makes the first of 10,000 the busiest
        select number, floor(10000 * ((dice >> 16 & 1048575) / 1048576.0::float8) ^ 2)::int as person,
               ((dice & 65535) < 20000)::int as second, dice >> 36 & 134217727 as chance, md5(number || ':DAY') as hash,
               (extract(epoch from (current_date - DAY)::timestamp at time zone 'UTC') * 1000)::bigint
                   + (86399999 * (number::float8 / COUNT))::bigint as ms
        from (select number, hashint8extended(number, DAY) as dice from generate_series(1, COUNT) number) drawn
    ) thrown, lateral (select person * 7919 % 10000 as whose, person * 3571 % 10000 as which) of_person
) calls;
insert into public.usage_dirty
select 'CLUSTER', h, 0 from generate_series((current_date - DAY)::timestamp at time zone 'UTC',
    (current_date - DAY)::timestamp at time zone 'UTC' + interval '23 hours', interval '1 hour') h
on conflict do nothing";

const ONE_MORE: &str = "
insert into public.provider_usage_logs
select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'created_at', now(), 'received_at', now()))).*
from public.provider_usage_logs l where created_at > now() - interval '2 days' limit 1;
insert into public.usage_dirty values ('', date_trunc('hour', now()), 0) on conflict do nothing";

/// Those of a ledger that names no cluster, all of whose rows are there.
pub(super) fn make(url: &str, rows: u64) -> Result<History> {
    made(url, "", 1..=DAYS, rows)
}

/// Of so many days of this cluster, as an operator has them: rows that nobody keeps so long are gone, and their sums are there.
pub(crate) fn make_of(url: &str, cluster: &str, days: u64, rows: u64) -> Result<[History; 2]> {
    let kept = rows * DAYS / days;
    let old = made(url, cluster, DAYS + 1..=days, rows - kept)?;
    for day in DAYS + 1..=days {
        let dropped = format!(
            "select format('drop table if exists public.provider_usage_logs_p%s', to_char(current_date - {day}, 'YYYYMMDD'))"
        );
        postgres::query(url, &postgres::query(url, &dropped)?)?;
    }
    Ok([old, made(url, cluster, 1..=DAYS, kept)?])
}

fn made(url: &str, cluster: &str, days: RangeInclusive<u64>, rows: u64) -> Result<History> {
    let began = Instant::now();
    let days: Vec<u64> = days.collect();
    let (count, rows_a_day) = (u64::try_from(days.len())?, rows.div_ceil(u64::try_from(days.len())?));
    // one session a core
    let (even, odd): (Vec<_>, Vec<_>) = days.iter().partition(|day| **day % 2 == 0);
    thread::scope(|scope| {
        let sessions = [even, odd].map(|days| scope.spawn(move || put(url, cluster, &days, rows_a_day)));
        sessions
            .into_iter()
            .try_for_each(|session| session.join().unwrap_or_else(|_| bail!("a session panicked")))
    })?;
    // as in a ledger at rest: what has just come would be vacuumed while questions are asked
    postgres::query(url, "vacuum (analyze) public.provider_usage_logs")?;
    let put_s = began.elapsed().as_secs();
    let rolled_up_ms = roll_up(url)?;
    for table in ROLLUPS.into_iter().chain([PARTS]) {
        postgres::query(url, &format!("vacuum (analyze) public.{table}"))?;
    }
    Ok(History { rows: rows_a_day * count, days: count, put_s, rolled_up_ms })
}

fn put(url: &str, cluster: &str, days: &[u64], count: u64) -> Result<()> {
    for day in days {
        let day = day.to_string();
        let partition = PARTITION.replace("DAY", &day);
        // an operator that just then drops an old one may be what the database ends this for; it does not meet it twice
        postgres::query(url, &partition).or_else(|_deadlock| postgres::query(url, &partition))?;
        let sql =
            ONE_DAY.replace("DAY", &day).replace("COUNT", &count.to_string()).replace("CLUSTER", cluster);
        let mut psql = Command::new("psql");
        psql.args([
            "--no-psqlrc",
            "--quiet",
            "--output=/dev/null",
            "--set=ON_ERROR_STOP=1",
            "--command",
            &sql,
            url,
        ]);
        ensure!(
            psql.status().context("running psql")?.success(),
            "day {day} could not be put into the ledger"
        );
    }
    Ok(())
}

/// Makes anew whatever is marked; in milliseconds.
pub(super) fn roll_up(url: &str) -> Result<u64> {
    remade("rollup", url)
}

/// One more call comes today, so that the day has its rollup and is not summed: what it is until a while after its end.
pub(super) fn go_on(url: &str) -> Result<u64> {
    postgres::query(url, ONE_MORE)?;
    let ms = remade("hours", url)?;
    ensure!(
        figure(
            url,
            "select count(*) from public.usage_unsummed where day = (now() at time zone 'UTC')::date"
        )? > 0,
        "today is summed while it goes on"
    );
    Ok(ms)
}

fn remade(what: &str, url: &str) -> Result<u64> {
    let output =
        Command::new(programs::folder().join("examples/ledger_at_size")).args([what, url]).output()?;
    ensure!(output.status.success(), "the rollup failed: {}", String::from_utf8_lossy(&output.stderr));
    let said: Value = serde_json::from_slice(&output.stdout)?;
    said["ms"].as_u64().context("the rollup says how long it took")
}

/// All rows, once it is sure that rollups and their sums say the same of them.
pub(super) fn compare(url: &str) -> Result<u64> {
    let sums = "count(*) || ' ' || sum(cost_usd) || ' ' || sum(input_tokens) || ' ' || sum(output_tokens)";
    let rolled =
        "sum(calls) || ' ' || sum(cost_usd) || ' ' || sum(input_tokens) || ' ' || sum(output_tokens)";
    let of_rows =
        |of: &str| postgres::query(url, &format!("select {sums} from public.provider_usage_logs where {of}"));
    let agrees = |table: &str, rows: &str| {
        let rollup = postgres::query(url, &format!("select {rolled} from public.{table}"))?;
        ensure!(same(rows, &rollup), "{table} says {rollup}, the rows say {rows}");
        Ok(())
    };
    let all = of_rows("true")?;
    ROLLUPS.into_iter().try_for_each(|table| agrees(table, &all))?;
    agrees(PARTS, &of_rows(OF_PARTS)?)?;
    figure(url, "select count(*) from public.provider_usage_logs")
}

/// Sums of decimals may end in more zeros here than there.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        let trimmed = |word: &str| match word.split_once('.') {
            Some((whole, part)) => format!("{whole}.{}", part.trim_end_matches('0')),
            None => word.to_owned(),
        };
        text.split(' ').map(trimmed).collect()
    };
    plain(one) == plain(other)
}

/// What the whole server takes on the disk, its log of writes included.
pub(super) fn disk(url: &str) -> Result<u64> {
    figure(url, "select sum(pg_database_size(oid)) + (select sum(size) from pg_ls_waldir()) from pg_database")
}

/// What the ledger's rows take of it, indexes included.
pub(super) fn bytes(url: &str) -> Result<u64> {
    figure(
        url,
        "select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'public.provider_usage_logs'::regclass",
    )
}

impl std::fmt::Display for History {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rows, days, put_s, rolled_up_ms } = self;
        write!(
            f,
            "history: {rows} rows over {days} days, put in {put_s} s, rolled up in {} s",
            rolled_up_ms / 1000
        )
    }
}
