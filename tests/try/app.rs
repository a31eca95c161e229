//! An app with an official SDK, and the events that it prints.

use std::{net::SocketAddr, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;
use serde::Deserialize;
use tollgate_tests::harness::{interrupt::wait, process::Process, programs, python};

/// A running app.
pub(crate) struct App {
    process: Process,
}

/// The first refusal that the app saw.
pub(crate) struct Refusal {
    /// From the change of the file to the exception in the app.
    pub(crate) after: Duration,
    /// The exception's class.
    pub(crate) error: String,
    /// Its message, for the app's user.
    pub(crate) sentence: String,
}

/// A line that an app prints.
#[derive(Deserialize)]
struct Event {
    event: String,
    /// Nanoseconds of the monotonic clock.
    at: u64,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    sentence: String,
}

// === impl App ===

impl App {
    /// Starts it for one feature, with its base URL where a sidecar's injection would put it.
    pub(crate) fn start(
        sdk: &'static str,
        feature: &str,
        users: &[&str],
        sidecar: SocketAddr,
        folder: &Path,
    ) -> Result<App> {
        let mut command = Command::new(python::interpreter());
        command.arg(programs::root().join("tests/sdk/app.py")).arg(sdk).arg(feature).args(users);
        python::clean(&mut command);
        command
            .env("OPENAI_BASE_URL", format!("http://{sidecar}/openai/v1"))
            .env("ANTHROPIC_BASE_URL", format!("http://{sidecar}/anthropic"))
            .env("OPENAI_API_KEY", "sk-standin")
            .env("ANTHROPIC_API_KEY", "sk-standin");
        Ok(App { process: Process::start(sdk, &mut command, folder)? })
    }

    /// Waits until it is about to make its first call: an SDK takes a second or two to load.
    pub(crate) fn is_ready(&self) -> Result<()> {
        wait(|| {
            self.is_well()?;
            Ok(self.events()?.first().map(drop))
        })
        .with_context(|| format!("the app does not start:\n{}", self.process.log()))
    }

    /// An error with the app's own words when it has failed.
    pub(crate) fn is_well(&self) -> Result<()> {
        let log = self.process.log();
        let failed = log.contains("Traceback") || log.contains(r#""event": "failed""#);
        ensure!(!failed, "an app failed:\n{log}");
        Ok(())
    }

    /// The first refusal of a kind of call since `since`.
    pub(crate) fn first_refusal(&self, kind: &str, since: Duration) -> Result<Option<Refusal>> {
        self.is_well()?;
        let refused = self.events()?.into_iter().find(|event| event.event == "refused" && event.kind == kind);
        Ok(refused.map(|event| Refusal {
            after: Duration::from_nanos(event.at).saturating_sub(since),
            error: event.error,
            sentence: event.sentence,
        }))
    }

    /// How many calls were answered since, once they are `enough`.
    pub(crate) fn answered_since(&self, since: Duration, enough: usize) -> Result<Option<usize>> {
        self.is_well()?;
        let after = |event: &&Event| event.event == "answered" && Duration::from_nanos(event.at) > since;
        let count = self.events()?.iter().filter(after).count();
        Ok((count >= enough).then_some(count))
    }

    pub(crate) fn refused(&self) -> Result<usize> {
        Ok(self.events()?.iter().filter(|event| event.event == "refused").count())
    }

    /// Lets it finish the call it is in.
    pub(crate) fn stop(&mut self) -> Result<()> {
        self.process.signal(Signal::TERM)?;
        let status = self.process.wait();
        ensure!(status.success(), "an app ended with {status}:\n{}", self.process.log());
        Ok(())
    }

    fn events(&self) -> Result<Vec<Event>> {
        let log = self.process.log();
        // the last line may still be on its way
        let whole = log.rfind('\n').map_or("", |end| &log[..end]);
        whole
            .lines()
            .map(|line| serde_json::from_str(line).with_context(|| format!("an app says {line}")))
            .collect()
    }
}
