//! A sidecar of the built program, alone, with its own configuration file and folder.

use std::{
    ffi::OsString,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};
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
        // the ports are bound before flags and prices are read; answers come after
        self.process.becomes_ready(self.admin, "/healthz")
    }

    /// For a `static`, which is never dropped.
    pub fn ends_with_us(&self) -> Result<()> {
        Ok(self.process.ends_with_us()?)
    }

    /// All that it has said, over every start.
    pub fn log(&self) -> String {
        self.process.log()
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The end of all of it by SIGKILL. Returns when it is over.
    pub fn kill(&mut self) -> Result<()> {
        let worker = self.worker();
        self.process.kill()?;
        // the kernel ends it, too, in its own time
        worker.map_or(Ok(()), gone)
    }

    /// SIGKILL for the process that was started alone; what it leaves ends by itself, a moment later.
    pub fn kill_the_first_process(&mut self) -> Result<()> {
        Ok(self.process.kill()?)
    }

    /// The end by SIGKILL of the process that serves; another takes its place. Returns when it is over.
    pub fn kill_worker(&self) -> Result<()> {
        let worker = self.worker().context("nobody serves just now")?;
        kill_process(worker, Signal::KILL)?;
        gone(worker)
    }

    /// The process that serves, below the one that was started; none while one takes the place of another.
    pub fn worker(&self) -> Option<Pid> {
        let id = self.process.id();
        let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).ok()?;
        Pid::from_raw(children.split_whitespace().next()?.parse().ok()?)
    }

    /// SIGSTOP, SIGCONT and the like, to all of it.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        self.process.signal(signal)?;
        let worker = self.worker().context("nobody serves just now")?;
        Ok(kill_process(worker, signal)?)
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

    /// The most memory that its processes ever had in use, in KiB.
    pub fn peak_kib(&self) -> Result<u64> {
        self.memory_kib("VmHWM:")
    }

    /// What they have in use now, in KiB.
    pub fn resident_kib(&self) -> Result<u64> {
        self.memory_kib("VmRSS:")
    }

    fn memory_kib(&self, field: &str) -> Result<u64> {
        let worker = self.worker().context("nobody serves just now")?.as_raw_nonzero().get();
        Ok(memory_kib(self.process.id(), field)? + memory_kib(worker.unsigned_abs(), field)?)
    }
}

impl Drop for Sidecar {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// Waits until it has ended, whoever is to reap it.
fn gone(process: Pid) -> Result<()> {
    let stat = format!("/proc/{}/stat", process.as_raw_nonzero());
    wait::within(wait::DEADLINE, || match fs::read_to_string(&stat) {
        Ok(text) if !text.contains(") Z ") && !text.contains(") X ") => Err(text),
        Ok(_) | Err(_) => Ok(()),
    })
    .map_err(|stat| anyhow::anyhow!("it does not end: {stat}"))
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
