//! `tollgate alert`.

mod trial;

use std::{
    fs,
    io::{self, BufRead, BufWriter, Write},
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use tokio::runtime::Builder;
use tollgate_alerts::{plan, replay, traffic};

use super::runtime;

/// Alerts, tried on traffic that was
#[derive(Debug, Args)]
pub(super) struct Alert {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Replay(Replay),
    Test(trial::Trial),
}

/// Run alerts over minutes of traffic, and print a JSON line for each change of state
///
/// Reads JSON lines in order of time from standard input: `time` (the minute's start), `namespace`, `feature`,
/// `user_id`, `provider`, `model`, `calls`, `tokens`, `errors`, `cost_usd`; missing keys are null or 0. Needs neither a
/// cluster nor a database. A line that cannot be taken is named on standard error and left out, and the exit code is 1.
#[derive(Debug, Args)]
struct Replay {
    /// UsageAlerts and ClusterUsageAlerts, YAML or JSON
    #[arg(long, short, value_name = "FILE")]
    file: PathBuf,
}

// === impl Alert ===

impl Alert {
    pub(super) fn run(self) -> Result<()> {
        match self.command {
            Command::Replay(replay) => replay.run(),
            Command::Test(trial) => runtime(Builder::new_current_thread())?.block_on(trial.run()),
        }
    }
}

// === impl Replay ===

impl Replay {
    fn run(self) -> Result<()> {
        let path = self.file.display();
        let text = fs::read_to_string(&self.file).with_context(|| format!("{path} cannot be read"))?;
        let plans = plan::read(&text).with_context(|| format!("{path} is not taken"))?;
        if plans.iter().any(|plan| plan.scope.namespace_selector.is_some()) {
            eprintln!("A namespaceSelector needs a cluster's labels: its alert sees every namespace here.");
        }
        let refused = replay(plans, io::stdin().lock(), BufWriter::new(io::stdout().lock()))?;
        if refused > 0 {
            bail!("{refused} lines were left out");
        }
        Ok(())
    }
}

/// How many lines could not be taken.
fn replay(plans: Vec<plan::Plan>, traffic: impl BufRead, mut out: impl Write) -> Result<u64> {
    let mut replay = replay::Replay::new(plans);
    let mut refused = 0;
    for (index, line) in traffic.lines().enumerate() {
        let line = line.context("standard input cannot be read")?;
        if line.trim().is_empty() {
            continue;
        }
        let taken = traffic::read(&line).and_then(|row| replay.take(&row).map_err(|error| error.to_string()));
        match taken {
            Ok(changes) => write(&mut out, changes)?,
            Err(problem) => {
                refused += 1;
                eprintln!("line {}: {problem}", index + 1);
            }
        }
    }
    write(&mut out, replay.finish())?;
    for (alert, rows) in replay.beyond() {
        eprintln!(
            "{alert}: {} groups are told apart; {rows} rows of further ones were left out.",
            tollgate_alerts::engine::MOST_GROUPS
        );
    }
    out.flush().context("standard output cannot be written")?;
    Ok(refused)
}

fn write(out: &mut impl Write, lines: Vec<serde_json::Value>) -> Result<()> {
    for line in lines {
        writeln!(out, "{line}").context("standard output cannot be written")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_cannot_be_read_is_left_out_and_the_rest_goes_on() {
        let alerts = "{apiVersion: tollgate.dev/v1alpha1, kind: UsageAlert, metadata: {name: a}, \
                      spec: {window: {rolling: 10m}, thresholds: [{metric: Calls, above: 2}]}}";
        let traffic = "{\"time\": \"2026-01-01T00:00:00Z\", \"calls\": 1}\nno JSON\n\
                       {\"time\": \"2026-01-01T00:01:00Z\", \"calls\": 1}\n";
        let mut out = Vec::new();
        assert_eq!(replay(plan::read(alerts).unwrap(), traffic.as_bytes(), &mut out).unwrap(), 1);
        let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!((&line["time"], &line["value"]), (&"2026-01-01T00:02:00Z".into(), &2.into()));
    }
}
