//! The clients: `state_clients`, and what it says of their gates.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use tollgate_tests::harness::{interrupt, programs, wait};

use super::scene::Scene;

/// All clients, in a process of their own.
pub(super) struct Clients {
    count: usize,
    process: Child,
    /// Open for as long as the clients are to run.
    _stdin: ChildStdin,
    said: Receiver<Said>,
}

/// A line of theirs.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Said {
    pub(super) client: usize,
    known: bool,
    refused: bool,
    /// Unix time in microseconds.
    pub(super) at_us: u64,
}

/// What all gates are waited for to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    Passes,
    Refuses,
}

/// Between two looks at whether the person has had enough.
const LOOK: Duration = Duration::from_millis(200);

// === impl Clients ===

impl Clients {
    /// Connects all of them; how long it took until each held the state.
    pub(super) fn start(scene: &Scene) -> Result<(Clients, Duration)> {
        let file = scene.folder().join("clients.json");
        fs::write(&file, scene.clients().to_string())?;
        let log = fs::File::create(scene.folder().join("clients.log"))?;
        let started = Instant::now();
        let program = programs::folder().join("examples/state_clients");
        let mut process = Command::new(&program)
            .arg(&file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let stdin = process.stdin.take().context("its input is a pipe")?;
        let stdout = process.stdout.take().context("its output is a pipe")?;
        let mut clients = Clients { count: scene.count(), process, _stdin: stdin, said: read(stdout) };
        clients.until_all(Gate::Passes)?;
        Ok((clients, started.elapsed()))
    }

    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Waits until each client has said this, and gives that line of each, in no order. What one said first counts.
    pub(super) fn until_all(&mut self, gate: Gate) -> Result<Vec<Said>> {
        let mut lines: Vec<Option<Said>> = vec![None; self.count];
        let mut missing = self.count;
        let mut silent_since = Instant::now();
        while missing > 0 {
            let said = match self.said.recv_timeout(LOOK) {
                Ok(said) => said,
                Err(RecvTimeoutError::Timeout) if silent_since.elapsed() < wait::DEADLINE => {
                    interrupt::check()?;
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => {
                    bail!("{missing} of {} clients do not come to say {gate:?}", self.count)
                }
                Err(RecvTimeoutError::Disconnected) => bail!("the clients have ended"),
            };
            silent_since = Instant::now();
            let line = lines.get_mut(said.client).context("a client that nobody started")?;
            if said.known && gate.is(said.refused) && line.replace(said).is_none() {
                missing -= 1;
            }
        }
        Ok(lines.into_iter().flatten().collect())
    }
}

impl Drop for Clients {
    fn drop(&mut self) {
        // Already ended, or ended now: the folder goes with the scene.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads in a thread of its own, so that the clients never wait for us.
fn read(stdout: ChildStdout) -> Receiver<Said> {
    let (tell, said) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines() {
            let Some(said) = line.ok().and_then(|line| serde_json::from_str(&line).ok()) else { return };
            if tell.send(said).is_err() {
                return;
            }
        }
    });
    said
}

// === impl Gate ===

impl Gate {
    fn is(self, refused: bool) -> bool {
        (self == Gate::Refuses) == refused
    }
}
