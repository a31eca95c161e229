//! `tollgate`: everything about Tollgate that is not in somebody's pod.

use std::process::ExitCode;

use clap::Parser;
use tollgate_operator::{cli::Cli, closed_output};

fn main() -> ExitCode {
    closed_output::ends_the_process();
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tollgate: {}", tollgate_operator::told(&error));
            ExitCode::FAILURE
        }
    }
}
