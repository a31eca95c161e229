//! `tollgate-bench-drive`: an HTTP/1.1 load driver of one thread. Prints one JSON object; times in µs.
//!
//! Closed loop without `--rate`. With it an open loop: calls are due at fixed times whatever the target does,
//! and their latency counts from the instant they were due, so a target that stalls is charged for the queue.

mod answer;
mod load;
mod plan;
mod report;
mod stream;

use anyhow::Result;

use crate::{load::Load, plan::Plan};

fn main() -> Result<()> {
    let plan = Plan::read(std::env::args().skip(1))?;
    let report = Load::open(&plan)?.run()?;
    println!("{}", report.json(&plan)?);
    Ok(())
}
