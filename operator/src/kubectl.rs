//! `kubectl tollgate`: looking and switching, from where kubectl is.
//!
//! Everything is asked of the apiserver with the person's own credentials, so that the cluster's rights and the audit are
//! theirs; what only the ledger knows is asked of Postgres with a reader's login ([`ledger`]). Nothing is asked of the
//! operator that the apiserver does not pass on.
//!
//! - [`access`]: which cluster, as whom; [`ledger`]: where the ledger is; [`table`]: how rows are shown
//! - [`status`]: is it working, and if not, what to do
//! - [`switch`]: a feature on and off, looked at before and watched after
//! - [`top`], [`explain`], [`history`], [`unattributed`]: what the ledger says
//! - [`complete`]: what could come next on the line

mod access;
mod complete;
mod explain;
mod history;
mod ledger;
mod status;
mod switch;
mod top;
mod unattributed;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use tokio::runtime::Builder;

use crate::cli::arguments::Output;

/// See what AI calls cost, and turn features on and off
#[derive(Debug, Parser)]
#[command(name = "kubectl-tollgate", bin_name = "kubectl tollgate", version)]
pub struct Cli {
    #[command(flatten)]
    access: access::Access,

    /// How results are printed; json is one object, or one a line where there are several
    #[arg(long, short, global = true, value_name = "FORMAT", default_value = "text")]
    output: Output,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Status(status::Status),
    Top(top::Top),
    Explain(explain::Explain),
    On(switch::On),
    Off(switch::Off),
    Audit(history::History),
    Unattributed(unattributed::Unattributed),
    Completion(complete::Completion),
    #[command(name = "__complete", hide = true)]
    Complete(complete::Complete),
}

// === impl Cli ===

impl Cli {
    /// Does what was asked for. The code is not 0 where the answer is no: `status` of a Tollgate that does not work.
    pub fn run(self) -> Result<ExitCode> {
        let Self { access, output, command } = self;
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.context("the runtime cannot be started")?.block_on(async {
            match command {
                Command::Status(status) => status.run(&access, output).await,
                Command::Top(top) => top.run(&access, output).await.map(done),
                Command::Explain(explain) => explain.run(&access, output).await.map(done),
                Command::On(on) => on.run(&access, output).await.map(done),
                Command::Off(off) => off.run(&access, output).await.map(done),
                Command::Audit(history) => history.run(&access, output).await.map(done),
                Command::Unattributed(unattributed) => unattributed.run(&access, output).await.map(done),
                Command::Completion(completion) => completion.run().map(done),
                Command::Complete(complete) => complete.run(&access).await.map(done),
            }
        })
    }
}

fn done((): ()) -> ExitCode {
    ExitCode::SUCCESS
}
