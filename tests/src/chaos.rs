//! Everything that runs of Tollgate, under load, while a seeded schedule breaks one part after the other; then the provider's
//! own book is compared with the ledger, call by call and unit by unit.
//!
//! ```text
//! callers ──▶ sidecars (a process, a pod, a small disk each) ──▶ stand-ins ──▶ book
//!               │  └─ service ─▶ two operators ─┐                                 ║ compared
//!               └──── relay ──────────────────▶ Postgres ─────────────────────▶ ledger
//! ```
//!
//! Pods are real to the apiserver and the operators; their sidecars are started and ended here, as a kubelet would. What each
//! fault is stands in [`faults`], what is counted in [`verdict`].

mod faults;
mod load;
mod pods;
mod scene;
mod verdict;

use std::time::Duration;

use anyhow::{Context, Result};

pub use self::{faults::Fault, verdict::Verdict};
use self::{faults::Schedule, load::Load, scene::Scene};
use crate::harness::wait;

/// All that is under way has come to its end by then: a rollup rests ten times as long as its turn took.
const SETTLE: Duration = Duration::from_secs(300);

/// How much of it.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub seed: u64,
    pub pods: usize,
    /// Callers at the same time, over all pods.
    pub callers: usize,
    /// How often each kind of fault comes.
    pub each: usize,
    /// The load goes on after the last fault until so many calls were begun.
    pub calls: u64,
    /// How long a fault lasts, at least; at most twice as long.
    pub hold: Duration,
}

/// Sets the scene, breaks it, mends it, and compares. `say` is told what happens.
pub fn run(plan: &Plan, mut say: impl FnMut(&str)) -> Result<Verdict> {
    say("an apiserver, two operators, Postgres, stand-ins, sidecars");
    let mut scene = Scene::set(plan)?;
    let load = Load::start(plan, &scene);
    let mut schedule = Schedule::new(plan);
    while let Some(step) = schedule.next() {
        say(&step.to_string());
        schedule.run(&step, &mut scene)?;
    }
    say("all faults are over");
    load.until(plan.calls)?;
    let attempts = load.stop();
    say(&format!("{} calls; what is under way comes to its end", attempts.len()));
    let troubles = std::mem::take(&mut scene.troubles);
    // What vanished is noticed only after a while; what is broken then stays broken.
    let settled = wait::within(SETTLE, || {
        let verdict =
            scene.is_quiet().and_then(|()| verdict::judge(&scene, &attempts, &troubles, schedule.done()));
        match verdict {
            Ok(verdict) if verdict.broken_promises().is_empty() => Ok(verdict),
            other => Err(Box::new(other)),
        }
    });
    settled.or_else(|broken| (*broken).context("it does not come to rest"))
}
