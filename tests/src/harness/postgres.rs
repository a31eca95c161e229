//! A Postgres of our own: Debian's programs, an unprivileged process, a folder that goes with it.

use std::{
    fs,
    net::SocketAddr,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::{Signal, geteuid};
use tempfile::TempDir;

use super::{ports, process::Process, programs, tether, wait};

/// A running server on a port of loopback; everybody who can connect is trusted.
#[derive(Debug)]
pub struct Postgres {
    pub address: SocketAddr,
    process: Option<Process>,
    /// `name=value`, beside the ordinary ones and over them.
    settings: &'static [&'static str],
    folder: TempDir,
}

/// `nobody` and `nogroup`: Postgres refuses to run as root.
const NOBODY: u32 = 65_534;

// === impl Postgres ===

impl Postgres {
    pub fn start() -> Result<Postgres> {
        Postgres::with(&[])
    }

    /// A server that has `settings` (`name=value`) otherwise.
    pub fn with(settings: &'static [&'static str]) -> Result<Postgres> {
        let folder = tempfile::Builder::new().prefix("tollgate-postgres-").tempdir()?;
        let data = folder.path().join("data");
        fs::create_dir(&data)?;
        if geteuid().is_root() {
            chown(folder.path(), Some(NOBODY), Some(NOBODY))?;
            chown(&data, Some(NOBODY), Some(NOBODY))?;
        }
        let mut initdb = program("initdb")?;
        initdb.arg("--pgdata").arg(&data);
        initdb.args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--no-instructions",
        ]);
        good(initdb.output().context("running initdb")?, "initdb")?;
        let mut postgres = Postgres { address: ports::free(), process: None, settings, folder };
        postgres.start_again()?;
        Ok(postgres)
    }

    /// Starts the server on its folder, after [`Postgres::stop`] too.
    pub fn start_again(&mut self) -> Result<()> {
        let folder = self.folder.path();
        let mut command = program("postgres")?;
        command.arg("-D").arg(folder.join("data")).arg("-k").arg(folder);
        command.args(["-h", "127.0.0.1", "-p", &self.address.port().to_string()]);
        // data may be lost with the machine, but not with the server: its commits are written, if not synced
        let ordinary = ["fsync=off", "full_page_writes=off", "max_connections=50", "shared_buffers=32MB"];
        // the last word counts
        for setting in ordinary.iter().chain(self.settings) {
            command.args(["-c", setting]);
        }
        let mut process = Process::start("postgres", &mut command, folder)?;
        wait::within(wait::DEADLINE, || match process.ended() {
            Ok(None) => query(&self.url("postgres"), "select 1").map(Ok).map_err(|error| error.to_string()),
            ended => Ok(Err(format!("{ended:?}"))),
        })
        .and_then(|started| started)
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("Postgres does not start:\n{}", process.log()))?;
        self.process = Some(process);
        Ok(())
    }

    /// Stops the server at once, as a crash would: connections break, what was committed stays.
    pub fn stop(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.signal(Signal::QUIT)?;
            process.wait();
        }
        Ok(())
    }

    /// Ends with this program, its folder too: for a `static`, which is never dropped.
    pub fn ends_with_us(&self) -> Result<()> {
        if let Some(process) = &self.process {
            let mut quit = Command::new("kill");
            quit.args(["-QUIT", &process.id().to_string()]);
            tether::afterwards(&quit)?;
        }
        Ok(tether::sweep(self.folder.path())?)
    }

    /// The server's process, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.process.as_ref().map(Process::id)
    }

    pub fn url(&self, database: &str) -> String {
        self.url_as("postgres", database)
    }

    pub fn url_as(&self, login: &str, database: &str) -> String {
        format!("postgres://{login}@{}/{database}", self.address)
    }

    /// A new database with our migrations in it; the token that a sidecar alone writes with.
    pub fn migrated(&self, database: &str) -> Result<String> {
        query(&self.url("postgres"), &format!("create database {database}"))?;
        let mut migrate = Command::new(programs::operator());
        migrate.args(["migrate", "--standalone", "--database-url", &self.url(database)]);
        let output = good(migrate.output().context("running tollgate migrate")?, "tollgate migrate")?;
        Ok(output.trim().to_owned())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGKILL would leave its children and its shared memory behind
        let _ = self.stop();
    }
}

/// What `psql` prints for one statement: a row a line, columns separated by `|`.
pub fn query(url: &str, sql: &str) -> Result<String> {
    let mut psql = Command::new("psql");
    psql.args([
        "--no-psqlrc",
        "--tuples-only",
        "--no-align",
        "--quiet",
        "--set",
        "ON_ERROR_STOP=1",
        "--command",
        sql,
        url,
    ]);
    psql.stdin(Stdio::null());
    let output = good(psql.output().context("running psql")?, sql)?;
    Ok(output.trim_end().to_owned())
}

/// One of the server's own programs, run by a user that it accepts.
fn program(name: &str) -> Result<Command> {
    let mut command = Command::new(folder()?.join(name));
    if geteuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.env("LC_ALL", "C").current_dir("/");
    Ok(command)
}

/// The newest of the versions that Debian put on this machine.
fn folder() -> Result<PathBuf> {
    let all = Path::new("/usr/lib/postgresql");
    let mut versions = Vec::new();
    for entry in fs::read_dir(all).with_context(|| format!("{}: is postgresql installed?", all.display()))? {
        let folder = entry?.path();
        let version = folder.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
        if let Some(version) = version.filter(|_| folder.join("bin/initdb").exists()) {
            versions.push((version, folder.join("bin")));
        }
    }
    match versions.into_iter().max() {
        Some((_, folder)) => Ok(folder),
        None => bail!("no Postgres in {}: is postgresql installed?", all.display()),
    }
}

fn good(output: Output, what: &str) -> Result<String> {
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{what}: {} {errors}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}
