//! PgBouncer in transaction mode before the server.

use std::{
    fs,
    net::{SocketAddr, TcpStream},
    os::unix::{fs::chown, process::CommandExt},
    path::Path,
    process::Command,
};

use anyhow::Result;
use rustix::process::geteuid;
use tollgate_tests::harness::{ports, postgres::Postgres, process::Process, wait};

/// Ends with its value.
pub(super) struct Pooler {
    address: SocketAddr,
    _process: Process,
}

const NOBODY: u32 = 65_534;
/// Connections to the server, for all sidecars.
const POOL: u32 = 10;

// === impl Pooler ===

impl Pooler {
    pub(super) fn start(server: &Postgres, database: &str, folder: &Path) -> Result<Pooler> {
        let address = ports::free();
        let own = folder.join("pgbouncer");
        fs::create_dir(&own)?;
        let config = own.join("pgbouncer.ini");
        let SocketAddr::V4(to) = server.address else { anyhow::bail!("Postgres listens on 127.0.0.1") };
        // With auth_type any everybody is the one login that is named here: sidecars have but one.
        let text = format!(
            "[databases]\n{database} = host={host} port={port} user=tollgate_sidecar\n\
             [pgbouncer]\nlisten_addr = {own_host}\nlisten_port = {own_port}\nunix_socket_dir =\nauth_type = any\n\
             pool_mode = transaction\nmax_client_conn = 5000\nlog_connections = 0\nlog_disconnections = 0\ndefault_pool_size = {POOL}\n",
            host = to.ip(),
            port = to.port(),
            own_host = address.ip(),
            own_port = address.port(),
        );
        fs::write(&config, text)?;
        let mut command = Command::new("pgbouncer");
        command.arg(&config).env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        if geteuid().is_root() {
            // it refuses to run as root
            for path in [folder, &own, &config] {
                chown(path, Some(NOBODY), Some(NOBODY))?;
            }
            command.uid(NOBODY).gid(NOBODY);
        }
        let mut process = Process::start("pgbouncer", &mut command, &own)?;
        wait::within(wait::DEADLINE, || match process.ended() {
            Ok(None) => TcpStream::connect(address).map(|_| Ok(())).map_err(|error| error.to_string()),
            ended => Ok(Err(format!("PgBouncer ended: {ended:?}"))),
        })
        .and_then(|started| started)
        .map_err(anyhow::Error::msg)?;
        Ok(Pooler { address, _process: process })
    }

    pub(super) fn url(&self, database: &str) -> String {
        format!("postgres://tollgate_sidecar@{}/{database}", self.address)
    }
}
