//! `tollgate alert`.

mod trial;

use std::{
    fs,
    io::{self, BufRead, BufWriter, Write},
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use tokio::runtime::Builder;
use tollgate_alerts::{plan, replay, traffic, window::Minute};

use super::{
    arguments::{connect_options, reached},
    runtime,
};
use crate::{
    alerting::minutes::{self, Apart},
    database::Database,
};

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
/// cluster nor a database, unless `--last` is given. A line that cannot be taken is named on standard error and left out, and
/// the exit code is 1.
#[derive(Debug, Args)]
struct Replay {
    /// UsageAlerts and ClusterUsageAlerts, YAML or JSON
    #[arg(long, short, value_name = "FILE")]
    file: PathBuf,

    /// Traffic of the ledger instead, so far back: 720h; an anomaly's baseline is part of it
    #[arg(long, value_name = "DURATION", value_parser = duration, requires = "database_url")]
    last: Option<Minute>,

    /// postgres://USER:PASSWORD@HOST:PORT/DATABASE
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,

    /// The cluster whose calls they are
    #[arg(long, value_name = "NAME", default_value = "default")]
    cluster: String,
}

fn duration(text: &str) -> Result<Minute, String> {
    match tollgate_crds::alert::minutes(text) {
        Some(minutes) if minutes > 0 => Ok(minutes),
        Some(_) | None => Err("expected a duration such as 720h or 30d".to_owned()),
    }
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
        let out = BufWriter::new(io::stdout().lock());
        if let (Some(last), Some(url)) = (self.last, &self.database_url) {
            let until = Timestamp::now().as_second().div_euclid(60);
            let minutes = (until - last, until);
            let replayed = ledger(plans, url, &self.cluster, minutes, out);
            return runtime(Builder::new_current_thread())?.block_on(replayed);
        }
        let refused = replay(plans, io::stdin().lock(), out)?;
        if refused > 0 {
            bail!("{refused} lines were left out");
        }
        Ok(())
    }
}

/// The ledger's minutes through alerts.
async fn ledger(
    plans: Vec<plan::Plan>,
    url: &str,
    cluster: &str,
    (from, until): (Minute, Minute),
    mut out: impl Write,
) -> Result<()> {
    let database = Database::new(url, None).context("--database-url")?;
    reached(&connect_options(url, "tollgate-alert")?).await.context("cannot connect to the database")?;
    let asks = |what: fn(&plan::Plan) -> bool| plans.iter().any(what);
    let apart = Apart {
        users: asks(|plan| !plan.scope.users.is_empty() || plan.group_by.contains(&plan::Dimension::User)),
        models: asks(|plan| !plan.scope.models.is_empty() || plan.group_by.contains(&plan::Dimension::Model)),
    };
    let mut replay = replay::Replay::new(plans);
    let mut failed = Ok(());
    let take = |row: traffic::Row| {
        let lines = replay.take(&row).map_err(anyhow::Error::from).and_then(|lines| write(&mut out, lines));
        if failed.is_ok() {
            failed = lines;
        }
    };
    minutes::read(database.pool(), cluster, (from, until), apart, take)
        .await
        .context("the ledger cannot be asked")?;
    failed?;
    write(&mut out, replay.go_to(until))?;
    end(&replay, out)
}

/// Says what was left out.
fn end(replay: &replay::Replay, mut out: impl Write) -> Result<()> {
    for (alert, rows) in replay.beyond() {
        eprintln!(
            "{alert}: {} groups are told apart; {rows} rows of further ones were left out.",
            tollgate_alerts::engine::MOST_GROUPS
        );
    }
    out.flush().context("standard output cannot be written")
}

/// How many lines could not be taken.
fn replay(plans: Vec<plan::Plan>, traffic: impl BufRead, mut out: impl Write) -> Result<u64> {
    let mut replay = replay::Replay::new(plans);
    let mut refused = 0;
    // by bytes: a line that is no text is one that cannot be taken, and the rest goes on
    for (index, line) in traffic.split(b'\n').enumerate() {
        let line = line.context("standard input cannot be read")?;
        // a byte-order mark, as some editors write it
        let line = if index == 0 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
        if line.trim_ascii().is_empty() {
            continue;
        }
        let row = str::from_utf8(line).map_err(|error| error.to_string()).and_then(traffic::read);
        let taken = row.and_then(|row| replay.take(&row).map_err(|error| error.to_string()));
        match taken {
            Ok(changes) => write(&mut out, changes)?,
            Err(problem) => {
                refused += 1;
                eprintln!("line {}: {problem}", index + 1);
            }
        }
    }
    write(&mut out, replay.finish())?;
    end(&replay, out)?;
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
        let traffic =
            b"\xef\xbb\xbf{\"time\": \"2026-01-01T00:00:00Z\", \"calls\": 1}\nno JSON\n\xff no text\n\
                       {\"time\": \"2026-01-01T00:01:00Z\", \"calls\": 1}\r\n";
        let mut out = Vec::new();
        assert_eq!(replay(plan::read(alerts).unwrap(), &traffic[..], &mut out).unwrap(), 2);
        let line: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!((&line["time"], &line["value"]), (&"2026-01-01T00:02:00Z".into(), &2.into()));
    }
}
