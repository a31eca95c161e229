//! Programs that end with the one that started them, however that ends: a value in a `static` is never dropped, and
//! SIGKILL lets nobody say goodbye. A shell between the two waits on a pipe that only the starter holds open.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

/// A running program behind its tether. Its words are in a log.
#[derive(Debug)]
pub struct Tethered {
    name: &'static str,
    shell: Child,
    folder: PathBuf,
}

/// The shell: says who the program is, ends it when the pipe closes, and ends when it ends.
///
/// It must outlive a Ctrl-C in the terminal, to which its whole group listens, or nobody would see the pipe close.
const TETHER: &str = r#"
trap '' INT TERM HUP
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
echo $program >"$ID.new" && mv "$ID.new" "$ID"
{ cat <&3 >/dev/null; kill -KILL $program; } 2>/dev/null &
killer=$!
exec 3<&-
wait $program
kill $killer
"#;

/// Does one thing once the pipe is closed.
const AFTERWARDS: &str = r#"
trap '' INT TERM HUP
cat >/dev/null
exec "$@" >/dev/null 2>&1
"#;

/// Programs that die at this moment may still write into the folder.
const SWEEP: &str = r#"until rm -rf "$0"; do sleep 0.1; done"#;

// === impl Tethered ===

impl Tethered {
    /// Starts `command` with stdout and stderr in `folder/NAME.log`, behind what is there already.
    pub fn start(name: &'static str, command: &Command, folder: &Path) -> Result<Tethered> {
        let log = File::options().create(true).append(true).open(folder.join(format!("{name}.log")))?;
        let mut shell = Command::new("sh");
        shell.args(["-c", TETHER, "sh"]).arg(command.get_program()).args(command.get_args());
        for (key, value) in command.get_envs() {
            match value {
                Some(value) => shell.env(key, value),
                None => shell.env_remove(key),
            };
        }
        if let Some(current) = command.get_current_dir() {
            shell.current_dir(current);
        }
        let id = folder.join(format!("{name}.pid"));
        let _ = std::fs::remove_file(&id);
        let shell = shell
            .env("ID", &id)
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("starting {name}: {}", command.get_program().display()))?;
        Ok(Tethered { name, shell, folder: folder.to_owned() })
    }

    pub fn log(&self) -> String {
        let log = self.folder.join(format!("{}.log", self.name));
        String::from_utf8_lossy(&std::fs::read(log).unwrap_or_default()).into_owned()
    }

    /// Whether the program has ended.
    pub fn ended(&mut self) -> io::Result<bool> {
        Ok(self.shell.try_wait()?.is_some())
    }

    /// The program's own process, not the shell's.
    pub fn id(&self) -> io::Result<u32> {
        let id = std::fs::read_to_string(self.folder.join(format!("{}.pid", self.name)))?;
        id.trim().parse().map_err(io::Error::other)
    }

    /// SIGSTOP and SIGCONT are how a program hangs and comes back.
    pub fn signal(&self, signal: Signal) -> io::Result<()> {
        let id = i32::try_from(self.id()?).ok().and_then(Pid::from_raw).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(kill_process(id, signal)?)
    }

    /// The end by SIGKILL: no goodbye. Returns when it is over.
    pub fn kill(&mut self) -> io::Result<()> {
        drop(self.shell.stdin.take());
        self.shell.wait().map(drop)
    }
}

impl Drop for Tethered {
    fn drop(&mut self) {
        let _ = self.kill();
        if thread::panicking() {
            eprintln!("--- log of {} ---\n{}--- end of the log of {} ---", self.name, self.log(), self.name);
        }
    }
}

/// Sees to it that `folder` is gone after this program, and its tethered ones, are.
pub fn sweep(folder: &Path) -> io::Result<()> {
    let mut sweep = Command::new("sh");
    sweep.args(["-c", SWEEP]).arg(folder);
    afterwards(&sweep)
}

/// Runs `command` once this program has ended, in whatever way.
pub fn afterwards(command: &Command) -> io::Result<()> {
    let mut shell = Command::new("sh");
    shell.args(["-c", AFTERWARDS, "sh"]).arg(command.get_program()).args(command.get_args());
    let mut shell = shell.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    // the pipe stays open until this program ends
    std::mem::forget(shell.stdin.take());
    Ok(())
}
