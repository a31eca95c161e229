//! `tollgate-bench budget`: hundreds of sidecars at full speed against one limit, while replicas are killed; then the provider's
//! own book says what was billed, and the callers' watches say when.
//!
//! `SIDECARS` says how many (200), `LIMIT_USD` against which limit (60), `LATENCY_MS` how long the provider takes (100).
//!
//! Full speed is: each pod calls, and calls again as soon as it is answered, without a rest. The provider answers within a tenth of
//! a second, which is faster than a model does. All two hundred are processes of the built program. They and their callers are nicer than
//! operator and database, which have machines of their own in earnest.

mod callers;
mod course;
mod verdict;

use std::{
    env, thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tollgate_tests::harness::{fleet::Fleet, interrupt, sidecar::Around};

use self::{
    callers::{Callers, NICE},
    verdict::Verdict,
};

const SIDECARS: u64 = 200;
const LIMIT_USD: u64 = 60;
const LATENCY_MS: u64 = 100;
const NAMESPACE: &str = "shop";
/// Each sidecar has a connection to the ledger, and for a while two where it is told another token.
const POSTGRES: &[&str] = &["max_connections=1200"];
/// Goes on for so long after every pod was refused: what is given back is spent, too.
const AFTER: Duration = Duration::from_secs(5);
/// No part of it takes longer.
const PATIENCE: Duration = Duration::from_secs(150);
/// Between two looks: a look is a program that wants a core for itself.
const LOOK: Duration = Duration::from_millis(250);
const PICOS: u64 = 1_000_000_000_000;

pub(crate) fn run() -> Result<()> {
    let (sidecars, limit_usd) = (number("SIDECARS", SIDECARS)?, number("LIMIT_USD", LIMIT_USD)?);
    let latency = Duration::from_millis(number("LATENCY_MS", LATENCY_MS)?);
    if sidecars < SIDECARS {
        println!("SIDECARS={sidecars}: the promise is about {SIDECARS} and more");
    }
    interrupt::watch()?;
    println!("an apiserver, Postgres, two replicas, {sidecars} pods with a sidecar each");
    let began = Instant::now();
    let mut fleet = Fleet::start(2, POSTGRES)?;
    fleet.around = Around { wrapper: vec!["nice".to_owned(), format!("-n{NICE}")], ..Around::default() };
    fleet.namespace(NAMESPACE, &[])?;
    fleet.apply(&json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert",
        "metadata": {"name": "bench", "namespace": NAMESPACE},
        "spec": {
            "window": {"calendar": "Month"}, "limit": {"metric": "Cost", "amount": limit_usd.to_string()},
            "thresholds": [{"above": "100%", "action": "Disable"}],
        },
    }))?;
    for _ in 0..sidecars {
        fleet.pod(NAMESPACE, "chat")?;
        interrupt::check()?;
    }
    until(&fleet, "every pod has a share", &format!("select count(*) >= {sidecars} from budget_holders"))?;

    println!(
        "after {} s all call; replicas are killed at a quarter and at a half of the limit",
        began.elapsed().as_secs()
    );
    let callers = Callers::start(&fleet, latency);
    for (replica, part) in [(0, 4), (1, 2)] {
        let spent = format!(
            "select coalesce(sum(used), 0) >= {}::numeric from budget_holders",
            limit_usd * PICOS / part
        );
        until(&fleet, "a part of the limit is spent", &spent)?;
        println!("after {} s one is killed", began.elapsed().as_secs());
        fleet.operators[replica].kill()?;
        fleet.operators[replica].ended();
        fleet.operators[replica].start_again()?;
        fleet.operators[replica].ready()?;
    }
    callers.until_all_were_refused(PATIENCE)?;
    println!("after {} s all were refused", began.elapsed().as_secs());
    thread::sleep(AFTER);
    let attempts = callers.stop();

    let verdict = Verdict::of(&fleet, &attempts, limit_usd * PICOS, latency)?;
    println!("\n{verdict}\n\nRESULT {}", verdict.json());
    let broken = verdict.broken_promises();
    ensure!(broken.is_empty(), "broken: {}", broken.join("; "));
    Ok(())
}

/// Waits until the ledger says yes.
fn until(fleet: &Fleet, what: &str, sql: &str) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    loop {
        interrupt::check()?;
        match fleet.ask(sql) {
            Ok(said) if said == "t" => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error).with_context(|| what.to_owned()),
        }
        ensure!(Instant::now() < end, "{what}: not within {PATIENCE:?}");
        thread::sleep(LOOK);
    }
}

fn number(name: &str, default: u64) -> Result<u64> {
    match env::var(name) {
        Ok(text) => text.parse().with_context(|| format!("{name}={text}")),
        Err(_) => Ok(default),
    }
}
