//! `kubectl tollgate`: kubectl finds a program of this name and hands it the rest of the line.

use std::process::ExitCode;

use clap::Parser;
use tollgate_operator::{closed_output, kubectl::Cli};

fn main() -> ExitCode {
    closed_output::ends_the_process();
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {}", tollgate_operator::told(&error));
            ExitCode::FAILURE
        }
    }
}
