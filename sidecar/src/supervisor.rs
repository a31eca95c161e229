//! The process that outlives a crash: it holds the listening sockets, and does nothing else.
//!
//! It binds, forks, and waits. The worker process is the sidecar; whatever kills it leaves the sockets open, so that a
//! connection that comes meanwhile waits in the kernel until the next worker, a few milliseconds later, accepts it. What
//! the next one needs and must not be on a disk (the authority that apps trust) it has by the fork.
//!
//! ```text
//! supervisor: one thread, no runtime    sockets, authority
//!   └ worker: fork, no exec             all else; dies with the supervisor
//! ```
//!
//! The worker ends with the supervisor, so whoever kills the process that was started kills the sidecar. As the first
//! process of a container it reaps what the kernel gives it.

mod system;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process, wait};

use self::system::{Forked, Signals, fork};
use crate::config::Config;
use crate::restarts::{Life, Restarts};
use crate::sidecar::{Inherited, Sidecar, Sockets};
use crate::tls::Authority;

/// Of a worker that could not begin. The first one's is the sidecar's own: a mistake that another try does not mend.
const CANNOT_BEGIN: u8 = 1;

/// Of a worker that served and failed: sysexits' EX_SOFTWARE.
const FAILED: u8 = 70;

/// How a worker ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Exited(u8),
    /// By this signal.
    Killed(i32),
}

/// Serves until SIGTERM or SIGINT, whatever becomes of the workers. Returns in each of them, too.
///
/// To be called before any thread is started.
pub fn run(config: Config) -> anyhow::Result<ExitCode> {
    let sockets = Sockets::bind(&config)?;
    let authority = config.bundle.as_ref().map(|_| Authority::new(Timestamp::now())).transpose()?;
    let mut inherited = Inherited { sockets, authority, life: Life::default() };
    let signals = Signals::block()?;
    let mut restarts = Restarts::default();
    loop {
        let began = Instant::now();
        let end = match fork()? {
            Forked::Worker => {
                signals.unblock()?;
                return Ok(work(config, inherited));
            }
            Forked::Supervisor(worker) => outlive(worker, &signals, &mut inherited)?,
        };
        match end {
            End::Exited(code) if code == 0 || (code == CANNOT_BEGIN && restarts.count() == 0) => {
                return Ok(ExitCode::from(code));
            }
            // It was to settle what its predecessor left, and failed at that.
            end if inherited.life.ending => {
                return Ok(ExitCode::from(end.code()));
            }
            End::Exited(_) | End::Killed(_) => {}
        }
        let lived = began.elapsed();
        let pause = restarts.after(lived);
        tracing::error!(
            ?lived,
            ?pause,
            restarts = restarts.count(),
            "the worker process {end}: calls that were under way are recorded as lost, connections wait for the next one"
        );
        inherited.life = restarts.life();
        inherited.life.ending = inherited.sockets.is_closed() || told_within(pause, &signals)?;
        if inherited.life.ending {
            inherited.sockets.close();
        }
    }
}

/// The worker's whole life.
fn work(config: Config, inherited: Inherited) -> ExitCode {
    let failed = |code, error: anyhow::Error| {
        eprintln!("tollgate-sidecar: {error:#}");
        ExitCode::from(code)
    };
    match Sidecar::build(config, inherited) {
        Err(error) => failed(CANNOT_BEGIN, error.into()),
        Ok(sidecar) => {
            sidecar.announce();
            sidecar.run().map_or_else(|error| failed(FAILED, error), |()| ExitCode::SUCCESS)
        }
    }
}

/// Waits for the worker's end. Told to stop, it closes its own sockets and tells the worker.
fn outlive(worker: Pid, signals: &Signals, inherited: &mut Inherited) -> anyhow::Result<End> {
    system::let_go_of_code();
    loop {
        if let Some(end) = reap(worker)? {
            return Ok(end);
        }
        if signals.wait(None)?.is_some_and(system::is_stop) && !inherited.sockets.is_closed() {
            // Or connections would wait at them for nobody.
            inherited.sockets.close();
            kill_process(worker, Signal::TERM)?;
        }
    }
}

/// Everything that has ended; how the worker did, if it is among that.
fn reap(worker: Pid) -> rustix::io::Result<Option<End>> {
    let mut end = None;
    loop {
        match wait(WaitOptions::NOHANG) {
            Ok(Some((ended, status))) if ended == worker => end = Some(End::of(status)),
            Ok(Some(_)) => {}
            Ok(None) | Err(rustix::io::Errno::CHILD) => return Ok(end),
            Err(error) => return Err(error),
        }
    }
}

/// Whether it was told to stop meanwhile.
fn told_within(pause: Duration, signals: &Signals) -> std::io::Result<bool> {
    let until = Instant::now() + pause;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        match signals.wait(Some(left))? {
            Some(signal) if system::is_stop(signal) => return Ok(true),
            Some(_child) => {}
            None => return Ok(false),
        }
    }
}

// === impl End ===

impl End {
    fn of(status: WaitStatus) -> Self {
        match (status.exit_status(), status.terminating_signal()) {
            (Some(code), _) => Self::Exited(u8::try_from(code).unwrap_or(FAILED)),
            (None, Some(signal)) => Self::Killed(signal),
            // Stopped and continued ones are not waited for.
            (None, None) => Self::Exited(FAILED),
        }
    }

    fn code(self) -> u8 {
        match self {
            Self::Exited(code) => code,
            Self::Killed(_) => FAILED,
        }
    }
}

impl std::fmt::Display for End {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exited(code) => write!(formatter, "ended with {code}"),
            Self::Killed(signal) => write!(formatter, "was killed by signal {signal}"),
        }
    }
}
