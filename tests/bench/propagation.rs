//! `tollgate-bench propagation`: how long it takes from a flag's change to the refusal of a call, in each of very many pods.
//!
//! ```text
//! this process ──PATCH──▶ apiserver (etcd) ──watch──▶ replica 1 ──TLS──▶ half of the clients ─▶ gate ─▶ time
//!                                          └─watch──▶ replica 2 ──TLS──▶ the other half       ─▶ gate ─▶ time
//! ```
//!
//! Everything is real but the pods' containers: an apiserver with the chart's rights and kinds in it, a pod and a token of its own for
//! each client, two replicas as processes, and clients that are the sidecar's own code of state and gate (`state_clients`, an
//! example of its crate), a TLS connection each, all in one process. A figure is the time from the moment at which the PATCH
//! is sent to the moment at which a client's gate, asked, refuses a call; every client's figure of every change counts.
//!
//! `CLIENTS` says how many clients (1000), `TOGGLES` how often the feature is turned off and on again (20).

mod clients;
mod percentiles;
mod report;
mod scene;
mod storm;
mod toggles;
mod writes;

use std::env;

use anyhow::{Context, Result, ensure};
use tollgate_tests::harness::interrupt;

use self::{clients::Clients, report::Report, scene::Scene, writes::Writes};

const CLIENTS: usize = 1000;
/// Fewer clients say nothing about the promise.
const LEAST: usize = 500;
const TOGGLES: usize = 20;
/// Turned off and on so often before anything counts.
const WARM_UP: usize = 2;

pub(crate) fn run() -> Result<()> {
    let (count, toggles) = (number("CLIENTS", CLIENTS)?, number("TOGGLES", TOGGLES)?);
    ensure!(toggles > 0, "TOGGLES=0: nothing would be measured");
    if count < LEAST {
        println!("CLIENTS={count}: the promise is about {LEAST} and more");
    }
    interrupt::watch()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(measure(count, toggles))?;
    println!("\n{report}\n\nRESULT {}", report.json());
    Ok(())
}

async fn measure(count: usize, toggles: usize) -> Result<Report> {
    println!("an apiserver, two replicas, {count} pods with a token each");
    let mut scene = Scene::set(count).await?;
    println!("all clients connect");
    let (mut clients, connected) = Clients::start(&scene)?;
    println!("{count} clients hold the state after {} ms", connected.as_millis());

    toggles::run(&mut scene, &mut clients, WARM_UP).await?;
    println!("the feature goes off and on, {toggles} times");
    let (writes, cpu) = (Writes::so_far(&scene).await?, scene.cpu(&clients)?);
    let seen = toggles::run(&mut scene, &mut clients, toggles).await?;
    let (writes, cpu) = (Writes::so_far(&scene).await?.since(&writes), scene.cpu(&clients)?.since(&cpu));
    let rss_kib = scene.rss_kib()?;

    println!("both replicas are killed and started again");
    let storm = storm::run(&mut scene, &mut clients).await?;
    Ok(Report { clients: count, toggles: seen, connected, writes, cpu, rss_kib, storm })
}

fn number(name: &str, default: usize) -> Result<usize> {
    match env::var(name) {
        Ok(text) => text.parse().with_context(|| format!("{name}={text}")),
        Err(_) => Ok(default),
    }
}
