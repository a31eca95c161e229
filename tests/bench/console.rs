//! `tollgate-bench console`: the console at size.
//!
//! ```text
//! history    ROWS calls (20,000,000) of 90 days: 50 features, 10,000 users. Rows of 34 days are there, of the days before their sums
//! pages      each page, asked in 20 ways (other features, other zones): the second slowest counts
//! live       VIEWERS (100) people look at the overview; somebody calls through a sidecar; until each of them has been sent the new sum
//! ```
//!
//! Operator, console, sidecar and Postgres are those of an installation; everybody is signed in.

mod pages;
mod viewers;

use std::{
    io::Write,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Map, Value, json};
use tollgate_tests::harness::{
    console::{ADMIN, Browser, Console},
    fleet::Fleet,
    http::Connection,
    interrupt,
    world::chat,
};

use self::viewers::Viewers;
use crate::{
    ledger::{history, number},
    machine,
    report::{decimal, mib, thousandths},
};

const ROWS: u64 = 20_000_000;
const VIEWERS: u64 = 100;
const DAYS: u64 = 90;
/// The fleet's own.
const CLUSTER: &str = "default";
const DATABASE: &str = "ledger";
const NAMESPACE: &str = "shop";
const CALLS: u64 = 60;
/// No call comes in step with what viewers do.
const BETWEEN_CALLS_MS: u64 = 370;
/// What one call costs is in the ledger by then.
const SETTLES: Duration = Duration::from_secs(3);
const SETTINGS: &[&str] = &[
    "max_connections=200",
    "shared_buffers=512MB",
    "max_wal_size=256MB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum_naptime=10s",
];

pub(crate) fn run() -> Result<()> {
    let (rows, count) = (number("ROWS", ROWS)?, number("VIEWERS", VIEWERS)?);
    interrupt::watch()?;
    let mut fleet = Fleet::start(1, SETTINGS)?;
    let url = fleet.postgres.url(DATABASE);
    for part in history::make_of(&url, CLUSTER, DAYS, rows)? {
        println!("{part}");
    }
    let (console, browser) = console(&fleet)?;
    interrupt::check()?;

    let (mut p50, mut p95) = (Map::new(), Map::new());
    for took in pages::measure(console.address, &browser)? {
        println!("  {:>10} {:>10} ms  {}", thousandths(took.p50), thousandths(took.p95), took.name);
        p50.insert(took.name.to_owned(), decimal(&thousandths(took.p50)));
        p95.insert(took.name.to_owned(), decimal(&thousandths(took.p95)));
    }

    fleet.namespace(NAMESPACE, &[])?;
    let pod = fleet.pod(NAMESPACE, "chat")?;
    let live = live(&fleet, pod, &console, &browser, usize::try_from(count)?)?;
    let operator = fleet.operators.first().context("an operator")?;
    println!(
        "\nRESULT {}",
        json!({
            "rows": rows,
            "p50_ms": p50,
            "p95_ms": p95,
            "viewers": count,
            "live_p50_ms": decimal(&thousandths(live.p50)),
            "live_p99_ms": decimal(&thousandths(live.p99)),
            "live_most_ms": decimal(&thousandths(live.most)),
            "operator_rss_mib": rss(operator.id())?,
            "console_rss_mib": rss(console.id())?,
            "postgres_cores": decimal(&thousandths(live.postgres_cores)),
            "console_cores": decimal(&thousandths(live.console_cores)),
            "bundle_kib": bundle(&console, &browser)?,
        })
    );
    Ok(())
}

/// Signed in with an admin's token.
fn console(fleet: &Fleet) -> Result<(Console, Browser)> {
    let started = fleet.runtime.block_on(async {
        Console::install(&fleet.cluster).await?;
        ADMIN.with(&fleet.cluster, "tollgate-admin", true).await?;
        let database = format!("--database-url={}", fleet.postgres.url_as("tollgate_console", DATABASE));
        let console = Console::start(&fleet.plane, &fleet.cluster, fleet.folder(), &[&database]).await?;
        anyhow::Ok((console, ADMIN.token(&fleet.cluster).await?))
    });
    let (console, token) = started?;
    let browser = console.sign_in(&token);
    Ok((console, browser))
}

/// Times in microseconds, cores in thousandths.
struct Live {
    p50: i64,
    p99: i64,
    most: i64,
    postgres_cores: i64,
    console_cores: i64,
}

fn live(fleet: &Fleet, pod: usize, console: &Console, browser: &Browser, count: usize) -> Result<Live> {
    let postgres = fleet.postgres.id().context("Postgres runs")?;
    // what a call costs, the ledger says: today has no others
    call(fleet, pod)?;
    thread::sleep(SETTLES);
    let cost = fleet.ask("select trim_scale(sum(cost_usd) * 1000000000000)::text from provider_usage_logs where created_at >= current_date")?;
    let picos: u128 = cost.trim().parse().with_context(|| format!("a call costs {cost:?}"))?;

    let viewers = Viewers::start(console.address, browser, count);
    viewers.arrived(&money(picos), count)?;
    println!("{count} look at the overview; {CALLS} calls");
    let (began, before) = (Instant::now(), (machine::cpu(postgres), machine::cpu(console.id())));
    let mut waited = Vec::new();
    for number in 1..=CALLS {
        interrupt::check()?;
        thread::sleep(Duration::from_millis(BETWEEN_CALLS_MS + number * 37 % BETWEEN_CALLS_MS));
        viewers.want(&money(picos * u128::from(number + 1)));
        let called = Instant::now();
        call(fleet, pod)?;
        waited.extend(viewers.seen(count, called)?);
    }
    let millis = began.elapsed().as_millis();
    // a tick is a hundredth of a second
    let cores = |ticks: u64| i64::try_from(u128::from(ticks) * 10 * 1_000 / millis.max(1));
    let (postgres_cores, console_cores) =
        (cores(machine::cpu(postgres) - before.0)?, cores(machine::cpu(console.id()) - before.1)?);
    waited.sort_unstable();
    let at = |percent: usize| waited.get((waited.len() * percent).div_ceil(100).saturating_sub(1)).copied();
    let at = |percent: usize| at(percent).context("somebody looked");
    Ok(Live { p50: at(50)?, p99: at(99)?, most: at(100)?, postgres_cores, console_cores })
}

fn call(fleet: &Fleet, pod: usize) -> Result<()> {
    let base = fleet.pods.get(pod).context("a pod")?.sidecar.base;
    let request = chat(json!({"model": "gpt-4o"}), "unseen chunks=1 input=100 output=400").under("/openai");
    let mut connection = Connection::open(base)?;
    connection.write(&request.bytes(base))?;
    let status = connection.reply()?.status();
    ensure!(status == 200, "the call was answered with {status}");
    Ok(())
}

/// As the console writes it.
fn money(picos: u128) -> String {
    let whole = format!("{}.{:012}", picos / 1_000_000_000_000, picos % 1_000_000_000_000);
    whole.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn rss(id: u32) -> Result<Value> {
    Ok(decimal(&mib(i64::try_from(machine::rss_kib(id)?)?)))
}

/// All that a page loads beside itself, each packed by itself.
fn bundle(console: &Console, browser: &Browser) -> Result<Value> {
    let page =
        browser.get("/me").send(console.address).text() + &browser.get("/").send(console.address).text();
    let mut assets: Vec<&str> =
        page.split("\"/assets/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assets.sort_unstable();
    assets.dedup();
    ensure!(!assets.is_empty(), "a page loads something");
    let mut bytes = 0;
    for asset in assets {
        let reply = browser.get(&format!("/assets/{asset}")).send(console.address);
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&reply.body)?;
        bytes += packed.finish()?.len();
    }
    // tenths of a KiB, as of MiB
    Ok(decimal(&mib(i64::try_from(bytes)?)))
}
