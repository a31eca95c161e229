//! What std has no words for: fork, waiting for a signal without a handler, letting go of memory.
//!
//! Signals are blocked and taken one by one. So none is lost between two looks, and none is ignored by the kernel because
//! this is the first process of its container and has no handler.

use std::io;
use std::mem::MaybeUninit;
use std::ptr;
use std::time::Duration;

use libc::{SIG_BLOCK, SIG_UNBLOCK, SIGCHLD, SIGINT, SIGTERM, c_int, sigset_t};
use rustix::process::{Pid, Signal, getpid, getppid, set_parent_process_death_signal};

pub(super) enum Forked {
    Worker,
    Supervisor(Pid),
}

/// The signals that the supervisor takes, blocked.
pub(super) struct Signals(sigset_t);

const TAKEN: [c_int; 3] = [SIGTERM, SIGINT, SIGCHLD];

/// Whether a signal says that all is to end.
pub(super) fn is_stop(signal: c_int) -> bool {
    matches!(signal, SIGTERM | SIGINT)
}

/// A second process from here on, which the kernel kills when this one ends.
pub(super) fn fork() -> io::Result<Forked> {
    let supervisor = getpid();
    #[expect(
        unsafe_code,
        reason = "a forked process shares nothing that another thread could hold locked: there is no other"
    )]
    // SAFETY: the process has one thread, so the child's memory is whole and its allocator usable.
    let forked = unsafe { libc::fork() };
    match forked {
        0 => {
            set_parent_process_death_signal(Some(Signal::KILL))?;
            // It may have ended before the kernel was asked.
            if getppid() == Some(supervisor) { Ok(Forked::Worker) } else { std::process::exit(0) }
        }
        worker => Pid::from_raw(worker)
            .filter(|_| worker > 0)
            .map(Forked::Supervisor)
            .ok_or_else(io::Error::last_os_error),
    }
}

/// Lets go of the program's code and constants, of which waiting needs a page or two: those come back from the page cache.
pub(super) fn let_go_of_code() {
    let Ok(maps) = std::fs::read_to_string("/proc/self/maps") else { return };
    for (start, length) in maps.lines().filter_map(code) {
        let start = ptr::with_exposed_provenance_mut(start);
        #[expect(unsafe_code, reason = "libc's own function")]
        // SAFETY: it comes from a file, and nobody has written to it: its pages are the same when they are read again.
        let _stays = unsafe { libc::madvise(start, length, libc::MADV_DONTNEED) };
    }
}

/// Where a line of `/proc/self/maps` says that code is mapped from a file, or the constants at the head of one:
/// `START-END PERMISSIONS OFFSET DEVICE INODE /PATH`. What stands further behind was written to when the program was loaded.
fn code(line: &str) -> Option<(usize, usize)> {
    let mut words = line.split_whitespace();
    let (start, end) = words.next()?.split_once('-')?;
    let is_code = match (words.next()?, words.next()?) {
        ("r-xp", _) => true,
        ("r--p", offset) => offset.bytes().all(|digit| digit == b'0'),
        _ => false,
    };
    let is_of_file = words.nth(2)?.starts_with('/');
    let [start, end] = [start, end].map(|address| usize::from_str_radix(address, 16).ok());
    let (start, end) = (start?, end?);
    (is_code && is_of_file).then(|| (start, end.saturating_sub(start)))
}

// === impl Signals ===

impl Signals {
    pub(super) fn block() -> io::Result<Self> {
        let mut set = MaybeUninit::uninit();
        #[expect(unsafe_code, reason = "libc's own functions")]
        // SAFETY: `set` is initialised by sigemptyset, which cannot fail, before it is read.
        let set = unsafe {
            libc::sigemptyset(set.as_mut_ptr());
            let mut set: sigset_t = set.assume_init();
            for signal in TAKEN {
                libc::sigaddset(&raw mut set, signal);
            }
            set
        };
        let signals = Self(set);
        signals.mask(SIG_BLOCK)?;
        Ok(signals)
    }

    /// For a worker: it has handlers, or dies as any process does.
    pub(super) fn unblock(&self) -> io::Result<()> {
        self.mask(SIG_UNBLOCK)
    }

    /// The next of them; none when nothing came in that time.
    pub(super) fn wait(&self, within: Option<Duration>) -> io::Result<Option<c_int>> {
        let limit = within.map(|within| libc::timespec {
            tv_sec: within.as_secs().try_into().unwrap_or(libc::time_t::MAX),
            tv_nsec: within.subsec_nanos().into(),
        });
        loop {
            #[expect(unsafe_code, reason = "libc's own function")]
            // SAFETY: the set is initialised, nobody asks for details, and the limit is null or outlives the call.
            let signal = unsafe {
                libc::sigtimedwait(
                    &raw const self.0,
                    ptr::null_mut(),
                    limit.as_ref().map_or(ptr::null(), ptr::from_ref),
                )
            };
            match signal {
                -1 => match io::Error::last_os_error() {
                    error if error.raw_os_error() == Some(libc::EAGAIN) => return Ok(None),
                    // Stopped and continued.
                    error if error.kind() == io::ErrorKind::Interrupted => {}
                    error => return Err(error),
                },
                signal => return Ok(Some(signal)),
            }
        }
    }

    fn mask(&self, how: c_int) -> io::Result<()> {
        #[expect(unsafe_code, reason = "libc's own function")]
        // SAFETY: the set is initialised, and nobody asks for the old one.
        let failed = unsafe { libc::sigprocmask(how, &raw const self.0, ptr::null_mut()) };
        if failed == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_ends_all_is_a_stop() {
        assert!(is_stop(SIGTERM) && is_stop(SIGINT) && !is_stop(SIGCHLD));
    }

    #[test]
    fn only_code_that_comes_from_a_file_is_let_go_of_and_nothing_that_the_loader_wrote_to() {
        let line = |kind: &str, of: &str| format!("55d0a000-55d0c000 {kind} fe:00 1234      {of}");
        let file = "/usr/bin/tollgate-sidecar";
        for kind in ["r-xp 00001000", "r--p 00000000"] {
            assert_eq!(code(&line(kind, file)), Some((0x55d0_a000, 0x2000)), "{kind}");
        }
        for (kind, of) in [
            ("r--p 00009000", file),
            ("rw-p 00000000", file),
            ("rw-s 00000000", "/spool/open-00.calls"),
            ("r-xp 00000000", "[vdso]"),
            ("r-xp 00000000", ""),
        ] {
            assert_eq!(code(&line(kind, of)), None, "{kind} {of}");
        }
    }

    #[test]
    fn what_is_let_go_of_comes_back() {
        let_go_of_code();
        assert!(is_stop(SIGTERM));
    }
}
