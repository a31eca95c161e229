//! A network of a test's own, as a pod has one: loopback alone, any port free, and for programs a hosts file. Needs root.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

use super::node::within_network_of;

/// Does something there, on a thread of its own. Programs that it starts are there, too.
pub fn in_own_network<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T> {
    let mut keeper = Command::new("unshare")
        .args(["--net", "sh", "-c", "ip link set lo up && echo up && exec cat"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("unshare, of Debian's util-linux")?;
    let mut said = String::new();
    BufReader::new(keeper.stdout.take().context("stdout is a pipe")?).read_line(&mut said)?;
    ensure!(said == "up\n", "no network of its own could be made: is this root?");
    let done = within_network_of(keeper.id(), work);
    // it lives for as long as its input is open
    drop(keeper.stdin.take());
    keeper.wait()?;
    done
}

/// `program`, to which this file is /etc/hosts, and whose environment is empty but for PATH.
pub fn with_hosts_file(hosts: &Path, program: &Path) -> Command {
    let script = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", script]).arg(hosts).arg(program);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).stdin(Stdio::null());
    command
}
