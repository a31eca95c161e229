//! A program that runs beside the test, and ends with it.

use std::{
    fs::File,
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

use super::{http::Call, tether, wait};

/// A running program whose words go into a log.
#[derive(Debug)]
pub struct Process {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

// === impl Process ===

impl Process {
    /// Starts `command` with stdout and stderr in `folder/NAME.log`, behind what is there already.
    pub fn start(name: &'static str, command: &mut Command, folder: &Path) -> Result<Process> {
        let log = folder.join(format!("{name}.log"));
        let file = File::options().create(true).append(true).open(&log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("starting {name}: {}", command.get_program().display()))?;
        Ok(Process { name, child, log })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        let id =
            i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(kill_process(id, signal)?)
    }

    /// Some once the program has ended.
    pub fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Ends with this program, however that ends: for a `static`, which is never dropped.
    pub fn ends_with_us(&self) -> io::Result<()> {
        let mut kill = Command::new("kill");
        kill.args(["-KILL", &self.id().to_string()]);
        tether::afterwards(&kill)
    }

    /// Waits until it answers 200 at `path`, or has ended.
    pub fn becomes_ready(&mut self, address: SocketAddr, path: &str) -> Result<()> {
        wait::within(wait::DEADLINE, || match self.ended() {
            Ok(None) => {
                let ready = Call::get(path).try_send(address).map_err(|error| error.to_string())?;
                if ready.status() == 200 { Ok(Ok(())) } else { Err(ready.text()) }
            }
            Ok(Some(status)) => Ok(Err(format!("it ended with {status}"))),
            Err(error) => Err(error.to_string()),
        })
        .and_then(|ready| ready)
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("{} does not become ready:\n{}", self.name, self.log()))
    }

    /// The end of a program that is about to end.
    ///
    /// # Panics
    /// When it does not end.
    pub fn wait(&mut self) -> ExitStatus {
        let name = self.name;
        wait::eventually(&format!("the end of {name}"), || {
            self.child.try_wait().ok().flatten().ok_or("still running")
        })
    }

    /// The end by SIGKILL: no goodbye.
    pub fn kill(&mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(drop)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.kill();
        if thread::panicking() {
            eprintln!("--- log of {} ---\n{}--- end of the log of {} ---", self.name, self.log(), self.name);
        }
    }
}
