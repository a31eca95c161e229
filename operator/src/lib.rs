//! The operator and its command line.
//!
//! - [`cli`]: what `tollgate` can be told to do; [`kubectl`]: what `kubectl tollgate` can; [`closed_output`]: where nobody reads what they say; [`plain`]: what others wrote, for a terminal
//! - [`operator`]: the operator as a whole, built with its sockets bound, then run
//! - [`settings`]: how the operator is told to be; [`context`]: what each of its parts may use; [`events`]: what it tells the cluster
//! - [`kubernetes`]: the cluster's watches, fed into the [`index`]: what each sidecar must know, pure and synchronous
//! - [`push`]: the state stream to the sidecars, their reports, and what replicas tell each other
//! - [`certificates`]: the operator's own; [`leadership`]: which replica does what only one may do
//! - [`alerting`]: what the ledger has of alerts' windows, and who is told; the leader's
//! - [`admission`]: pods on their way into the cluster; [`controllers`]: what is written back into it
//! - [`coverage`]: which pods are metered and gated, as the leader tells the console
//! - [`usage`]: rows that cannot go into the ledger by themselves, kept until they are there
//! - [`budgets`]: the judge of what is left of a limit, and who may spend it
//! - [`fingerprints`]: groups of calls whose feature nobody names
//! - [`query`]: the one way from the ledger to a figure
//! - [`console`]: pages and an API for people and programs, over the ledger and the cluster
//! - [`workload`]: what a pod belongs to, as people know it; [`gitops`]: who applies an object again and again
//! - [`database`]: Postgres and its upkeep; [`migrate`], [`token`], [`token_key`]: its schema, and what opens its door

pub mod admission;
pub mod alerting;
pub mod budgets;
pub mod certificates;
pub mod cli;
pub mod closed_output;
mod connections;
pub mod console;
pub mod context;
pub mod controllers;
pub mod coverage;
pub mod database;
pub mod events;
pub mod fingerprints;
pub mod gitops;
pub mod index;
pub mod kubectl;
pub mod kubernetes;
pub mod leadership;
mod logging;
pub mod metrics;
pub mod migrate;
mod numbers;
pub mod operator;
mod plain;
pub mod preview;
pub mod prices;
mod probes;
pub mod push;
pub mod query;
mod random;
pub mod reprice;
pub mod settings;
mod switching;
pub mod token;
pub mod token_key;
pub mod usage;
pub mod workload;

/// The error with its causes; one whose text its effect has already told is left out.
pub fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| {
        if told.is_empty() {
            cause
        } else if told.ends_with(&cause) {
            told
        } else {
            format!("{told}: {cause}")
        }
    })
}
