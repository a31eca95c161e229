//! A sidecar of the built program, alone, with its own configuration file and folder.

use std::{
    ffi::OsString,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
};

use anyhow::{Context, Result};
use rustix::process::Signal;
use serde_json::{Value, json};

use super::{http::Call, metrics::Samples, ports, process::Process, programs, wait};

/// A running sidecar.
#[derive(Debug)]
pub struct Sidecar {
    /// Where base URLs point: `http://BASE/openai/v1`.
    pub base: SocketAddr,
    pub admin: SocketAddr,
    process: Process,
    config: PathBuf,
    around: Around,
}

/// What stands around the program.
#[derive(Clone, Debug, Default)]
pub struct Around {
    pub env: Vec<(&'static str, &'static str)>,
    /// A program and its arguments that ends by executing the sidecar, whose command line follows.
    pub wrapper: Vec<String>,
}

// === impl Sidecar ===

impl Sidecar {
    /// Starts one in `folder`. `config` is all of its configuration but the two ports that every test has.
    pub fn start(folder: &Path, config: Value, around: Around) -> Result<Sidecar> {
        let (base, admin) = (ports::free(), ports::free());
        let mut config = config;
        config["listen"]["baseUrl"] = json!(base);
        config["listen"]["admin"] = json!(admin);
        let path = folder.join("sidecar.yaml");
        fs::write(&path, config.to_string())?;
        let process = spawn(&path, &around)?;
        let mut sidecar = Sidecar { base, admin, process, config: path, around };
        sidecar.accepts()?;
        Ok(sidecar)
    }

    /// Starts the same one again, on the same ports and spool, once the last one has ended.
    pub fn restart(&mut self) -> Result<()> {
        self.process.wait();
        self.process = spawn(&self.config, &self.around)?;
        self.accepts()
    }

    fn accepts(&mut self) -> Result<()> {
        wait::within(wait::DEADLINE, || match self.process.ended() {
            Ok(None) => {
                // the ports are bound before flags and prices are read; answers come after
                let health = Call::get("/healthz").try_send(self.admin).map_err(|error| error.to_string())?;
                if health.status() == 200 { Ok(Ok(())) } else { Err(health.text()) }
            }
            Ok(Some(status)) => Ok(Err(format!("it ended with {status}"))),
            Err(error) => Err(error.to_string()),
        })
        .and_then(|started| started)
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("the sidecar does not start:\n{}", self.process.log()))
    }

    /// All that it has said, over every start.
    pub fn log(&self) -> String {
        self.process.log()
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn kill(&mut self) -> Result<()> {
        Ok(self.process.kill()?)
    }

    /// SIGSTOP, SIGCONT and the like.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        Ok(self.process.signal(signal)?)
    }

    pub fn terminate(&self) -> Result<()> {
        Ok(self.process.signal(Signal::TERM)?)
    }

    /// The end of a sidecar that was told to end.
    pub fn ended(&mut self) -> ExitStatus {
        self.process.wait()
    }

    /// What Prometheus would read now.
    pub fn metrics(&self) -> Samples {
        Samples::parse(&Call::get("/metrics").send(self.admin).text())
    }

    /// The most memory that the process ever had in use, in KiB (`VmHWM`).
    pub fn peak_kib(&self) -> Result<u64> {
        memory_kib(self.process.id(), "VmHWM:")
    }
}

fn spawn(config: &Path, around: &Around) -> Result<Process> {
    let folder = config.parent().context("the configuration lies in a folder")?;
    let sidecar = programs::sidecar();
    let words = around.wrapper.iter().map(OsString::from).chain([sidecar.into_os_string()]);
    let mut words = words.chain(["run".into(), "--config".into(), config.into()]);
    let mut command = Command::new(words.next().context("a command line begins with a program")?);
    command.args(words).current_dir(folder).envs(around.env.iter().copied());
    Process::start("sidecar", &mut command, folder)
}

/// A line of `/proc/ID/status`, in KiB.
pub fn memory_kib(id: u32, field: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)).context("no such line in /proc")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
