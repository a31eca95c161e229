//! `tollgate-bench ledger`: the ledger at size.
//!
//! ```text
//! history    ROWS rows (20,000,000) less those of the fill, over the 34 days before today, put straight into the table, then rolled up
//! fill       FILL rows (1,000,000) of 20 sidecars through spool, shipper and door, as fast as it goes, one in a hundred late by
//!            up to 20 days; Postgres has one processor core
//! exactness  what came late is rolled up; sum(rows) = sum(rollup), over all of it
//! questions  what the chart's dashboards ask when they are opened, and what persons ask beside them, five times each, once all days are summed
//!            and while today goes on; the slowest one's median counts
//! fleet      SIDECARS (1,000) busy ones (a call a second each) and idle ones, on Postgres itself and through PgBouncer
//! ```
//!
//! The sidecars are the ledger's own code (`ledger_at_size`, an example of the operator's crate), a spool and a connection each.

mod fleet;
pub(crate) mod history;
mod pooler;
mod questions;
mod spools;

use std::env;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tollgate_tests::harness::{
    interrupt,
    postgres::{self, Postgres},
};

use self::{
    fleet::Fleet,
    spools::{Load, Spools},
};

const ROWS: u64 = 20_000_000;
const FILL: u64 = 1_000_000;
const SIDECARS: u64 = 1_000;
/// Of the fill: enough to keep a server busy that has a connection for each.
const WRITERS: u64 = 20;
const DATABASE: &str = "ledger";
const SETTINGS: &[&str] = &[
    "max_connections=1200",
    "shared_buffers=512MB",
    // of 12 GB of disk, rows take eleven
    "max_wal_size=256MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "work_mem=16MB",
    // as the bulk of history is put in by hand, its statistics are taken by hand, too
    "autovacuum_naptime=10s",
];

pub(crate) fn run() -> Result<()> {
    let (rows, fill) = (number("ROWS", ROWS)?, number("FILL", FILL)?);
    ensure!(fill < rows, "FILL={fill} is a part of ROWS={rows}");
    let sidecars = number("SIDECARS", SIDECARS)?;
    interrupt::watch()?;
    let folder = tempfile::Builder::new().prefix("tollgate-bench-").tempdir()?;
    let server = Postgres::with(SETTINGS)?;
    let token = server.migrated(DATABASE)?;
    let url = server.url(DATABASE);
    let spools = Spools { folder: folder.path(), url: server.url_as("tollgate_sidecar", DATABASE), token };

    let history = history::make(&url, rows - fill)?;
    println!("{history}");
    let filled = spools.on_one_core(&server, WRITERS, Load::Fill(fill))?;
    println!("fill: {filled}");
    let late = history::roll_up(&url)?;
    let all = history::compare(&url)?;
    println!("{all} rows and their rollups agree to the last digit; what came last and late took {late} ms");
    let reader = questions::reader(&url, |login| server.url_as(login, DATABASE))?;
    let mut asked = questions::ask(&reader, "all days summed")?;
    println!("one more call of today and its rollup take {} ms", history::go_on(&url)?);
    asked.extend(questions::ask(&reader, "while today goes on")?);
    asked.sort_by(|one, other| other.ms.total_cmp(&one.ms));
    for answer in &asked {
        println!("{answer}");
    }
    let slowest = asked.first().context("no question")?.ms;
    let bytes_a_row = history::bytes(&url)? / all;
    let disk = history::disk(&url)?;
    println!("{bytes_a_row} bytes a row, indexes included; the server's folder has {disk} bytes");

    let direct = Fleet::measure(&spools, &server, sidecars)?;
    println!("on Postgres itself: {direct}");
    let pooler = pooler::Pooler::start(&server, DATABASE, folder.path())?;
    let behind = Spools { url: pooler.url(DATABASE), ..spools };
    let pooled = Fleet::measure(&behind, &server, sidecars)?;
    println!("through PgBouncer:  {pooled}");

    println!(
        "\nRESULT {}",
        json!({
            "rows": all,
            "rows_per_s": filled.rows_a_second(),
            "postgres_cores": filled.cores,
            "bytes_per_row": bytes_a_row,
            "disk_bytes": disk,
            "rollup_of_late_ms": late,
            "rollups_exact": true,
            "slowest_dashboard_query_ms": slowest,
            "queries_ms": asked.iter().map(|answer| (answer.name.to_owned(), json!(answer.ms))).collect::<serde_json::Map<_, _>>(),
            "sidecars": sidecars,
            "busy": direct.busy.json(),
            "idle": direct.idle.json(),
            "busy_pgbouncer": pooled.busy.json(),
            "idle_pgbouncer": pooled.idle.json(),
        })
    );
    Ok(())
}

pub(crate) fn number(name: &str, default: u64) -> Result<u64> {
    let number = match env::var(name) {
        Ok(text) => text.parse().with_context(|| format!("{name}={text}"))?,
        Err(_) => default,
    };
    ensure!(number > 0, "{name}=0: nothing would be measured");
    Ok(number)
}

/// The one figure that a query gives.
fn figure(url: &str, sql: &str) -> Result<u64> {
    let text = postgres::query(url, sql)?;
    text.trim().parse().with_context(|| format!("{sql} gives {text:?}"))
}
