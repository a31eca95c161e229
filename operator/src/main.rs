//! `tollgate`: everything about Tollgate that is not in somebody's pod.

use std::process::ExitCode;

use clap::Parser;
use tollgate_operator::cli::Cli;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tollgate: {}", told(&error));
            ExitCode::FAILURE
        }
    }
}

/// The error with its causes; one whose text its effect has already told is left out.
fn told(error: &anyhow::Error) -> String {
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
