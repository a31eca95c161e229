//! `kubectl tollgate status`: like `linkerd check`, a line for each thing that must be well, and what to do where it is not.
//!
//! [`facts`] asks, and notes what it could not ask; [`checks`] judges, and asks nothing. So whoever may see little is told
//! about little, and which right would show more.

mod checks;
mod facts;
mod samples;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use self::{
    checks::{Check, Outcome},
    facts::Facts,
};
use super::{access::Access, ledger::Ledger};
use crate::{cli::arguments::Output, numbers::counted};

/// Is it working, and if not, what to do: the exit code is 1 if anything fails
///
/// Warnings (pods without a sidecar, models without a price) do not fail.
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    ledger: Ledger,

    /// Ask at most so many sidecars how they are
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    sidecars: usize,
}

// === impl Status ===

impl Status {
    pub(super) async fn run(self, access: &Access, output: Output) -> Result<ExitCode> {
        let cluster = access.connect().await?;
        // before: what was seen first may be old when the last has answered
        let asked = Timestamp::now();
        let facts = Facts::gather(&cluster, &self.ledger, self.sidecars).await;
        let checks = checks::judge(&facts, asked);
        let fails = checks.iter().any(|check| check.outcome == Outcome::Failed);
        match output {
            Output::Json => println!("{}", json!({"working": !fails, "checks": checks})),
            Output::Text => print!("{}", text(&checks)),
        }
        Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

fn text(checks: &[Check]) -> String {
    let mut text = String::new();
    let mut room = "";
    for check in checks {
        if check.room != room {
            if !room.is_empty() {
                text.push('\n');
            }
            room = check.room;
            text.push_str(&format!("{room}\n{}\n", "-".repeat(room.len())));
        }
        text.push_str(&format!("{} {}\n", check.outcome.sign(), check.said));
        for todo in &check.todo {
            text.push_str(&format!("    {todo}\n"));
        }
    }
    let count = |outcome| checks.iter().filter(|check| check.outcome == outcome).count();
    let verdict = match (count(Outcome::Failed), count(Outcome::Warning)) {
        (0, 0) => "Tollgate works.".to_owned(),
        (0, warnings) => format!("Tollgate works, with {}.", counted(warnings, "warning")),
        (failed, _) => format!("Tollgate does not work as it should: {} failed.", counted(failed, "check")),
    };
    text.push_str(&format!("\n{verdict}\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_says_what_is_and_below_what_to_do() {
        let check = |outcome, said: &str, todo: &[&str]| Check {
            room: "operator",
            outcome,
            said: said.to_owned(),
            todo: todo.iter().map(|&todo| todo.to_owned()).collect(),
        };
        let checks = [
            check(Outcome::Ok, "2 replicas are ready", &[]),
            check(Outcome::Failed, "nobody leads", &["kubectl logs"]),
        ];
        assert_eq!(
            text(&checks),
            "operator\n--------\n√ 2 replicas are ready\n× nobody leads\n    kubectl logs\n\n\
             Tollgate does not work as it should: 1 check failed.\n"
        );
    }
}
