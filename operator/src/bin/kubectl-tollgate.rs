//! `kubectl tollgate`: kubectl finds a program of this name and hands it the rest of the line.

use std::process::ExitCode;

use clap::Parser;
use tollgate_operator::kubectl::Cli;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {}", tollgate_operator::told(&error));
            ExitCode::FAILURE
        }
    }
}
