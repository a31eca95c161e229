//! How many rows a second of Postgres's processor takes through the door, by the size of the batch.
//!
//!     cargo run --release -p tollgate-operator --example door_rate -- postgres://…
//!
//! Migrates the database, empties the ledger in it, and reads the backend's processor time from /proc: the server must
//! be on this machine.

use std::{fs, time::Instant};

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection, postgres::PgConnectOptions};
use tollgate_ledger::{CallIds, Metadata, Record, Timings};
use tollgate_meter::{Cost, Outcome, Provider, UnitKind, Usage, UsageSource};
use tollgate_operator::{migrate, token::Claims, token_key};

const ROWS: u64 = 40_000;
/// `/proc/PID/stat` counts in these.
const TICKS_A_SECOND: u64 = 100;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let url = std::env::args().nth(1).context("usage: door_rate postgres://USER@HOST/DATABASE")?;
    let mut connection = url.parse::<PgConnectOptions>()?.disable_statement_logging().connect().await?;
    migrate::run(&mut connection, || ()).await?;
    let expires = Timestamp::now() + SignedDuration::from_hours(1);
    let claims = Claims { cluster: Some("bench".to_owned()), namespace: None, pod: None, expires };
    let token = token_key::current(&mut connection).await?.sign(&claims);
    for batch in [200, 20, 5, 1] {
        sqlx::query("truncate public.provider_usage_logs").execute(&mut connection).await?;
        let statements = statements(&token, batch)?;
        let (before, began) = (ticks(&mut connection).await?, Instant::now());
        for statement in statements {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
        }
        let (spent, took) = (ticks(&mut connection).await? - before, began.elapsed());
        let a_cpu_second = ROWS * TICKS_A_SECOND / spent.max(1);
        let a_second = u128::from(ROWS) * 1000 / took.as_millis().max(1);
        println!("batches of {batch:3}: {a_cpu_second:6} rows a CPU-second, {a_second:6} rows a second");
    }
    Ok(())
}

fn statements(token: &str, batch: u64) -> Result<Vec<String>> {
    let mut ids = CallIds::from_os()?;
    let usage = Usage::default().with(UnitKind::Input, 120).with(UnitKind::Output, 340);
    let mut statements = Vec::new();
    for _ in 0..ROWS / batch {
        let mut rows = Vec::new();
        for number in 0..batch {
            rows.push(if number == 0 { b'[' } else { b',' });
            let user = format!("user-{}", number * 7 % 1000);
            row(&usage, &mut ids, &user).render(&mut rows);
        }
        rows.push(b']');
        let rows = String::from_utf8(rows)?; // of ours, without quotes
        statements.push(format!("select public.tollgate_ingest_v1('{token}', '{rows}')::text"));
    }
    Ok(statements)
}

fn row<'a>(usage: &'a Usage, ids: &mut CallIds, user: &'a str) -> Record<'a> {
    Record {
        id: ids.next(Timestamp::now()),
        cluster: None,
        namespace: Some("shop"),
        workload: Some("web"),
        pod: Some("web-0"),
        container: None,
        feature: "chat",
        user_id: Some(user),
        provider: Provider::OpenAi,
        host: "api.openai.com",
        model: Some("gpt-4o-2024-08-06"),
        endpoint: "/v1/chat/completions",
        outcome: Outcome::Completed,
        status: Some(200),
        streamed: true,
        tokens: usage.tokens(),
        cost: Some(Cost::from_picos(3_700_000_000)),
        usage_source: UsageSource::Provider,
        account: Some("abcdefghijklmnop"),
        metadata: Metadata {
            price: Some("2026-11-01"),
            request_id: Some("chatcmpl-abcdefghijklmnopqrstuvw"),
            model_requested: Some("gpt-4o"),
            timings: Some(Timings { first_byte_us: Some(412_345), total_us: 2_345_678 }),
            ..Metadata::of(usage)
        },
    }
}

/// Processor time of our backend so far.
async fn ticks(connection: &mut PgConnection) -> Result<u64> {
    let pid: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(connection).await?;
    let stat =
        fs::read_to_string(format!("/proc/{pid}/stat")).context("the server is not on this machine")?;
    // Behind the name, which may hold anything: user and system time are the 12th and 13th field.
    let (_, fields) = stat.rsplit_once(')').context("/proc/PID/stat has no name")?;
    fields.split_whitespace().skip(11).take(2).map(|field| Ok(field.parse::<u64>()?)).sum()
}
