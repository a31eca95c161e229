//! `tollgate-bench chaos`: [`tollgate_tests::chaos`] in full size.
//!
//! `SEED` says which schedule (1), `CALLS` how many calls at least (60,000, so that 50,000 are billed), `EACH` how often each
//! kind of fault comes (5).

use std::{env, time::Duration};

use anyhow::{Context, Result, ensure};
use tollgate_tests::{
    chaos::{self, Plan},
    harness::interrupt,
};

/// What the promise is about.
const BILLED: usize = 50_000;
const EACH: usize = 5;
/// Of all billed calls, in percent.
const MOST_ESTIMATED: usize = 5;

pub(crate) fn run() -> Result<()> {
    let plan = Plan {
        seed: number("SEED", 1)?,
        pods: 8,
        callers: 16,
        each: usize::try_from(number("EACH", EACH as u64)?)?,
        calls: number("CALLS", 60_000)?,
        hold: Duration::from_millis(1500),
    };
    interrupt::watch()?;
    println!("SEED={}", plan.seed);
    let verdict = chaos::run(&plan, |what| println!("{what}"))?;
    println!("\n{verdict}\n\nRESULT {}", verdict.json());
    let broken = verdict.broken_promises();
    ensure!(broken.is_empty(), "{} promises are broken", broken.len());
    if verdict.billed < BILLED || plan.each < EACH {
        println!("the promise is about {BILLED} billed calls and {EACH} faults of each kind");
        return Ok(());
    }
    let (estimated, most) = (verdict.estimated_calls(), verdict.billed * MOST_ESTIMATED / 100);
    ensure!(estimated <= most, "{estimated} calls are estimated, at most {most} may be");
    Ok(())
}

fn number(name: &str, default: u64) -> Result<u64> {
    match env::var(name) {
        Ok(text) => text.parse().with_context(|| format!("{name}={text}")),
        Err(_) => Ok(default),
    }
}
