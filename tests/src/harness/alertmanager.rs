//! An Alertmanager of our own: Debian's program, which tells nobody.

use std::{fs, net::SocketAddr, path::Path, process::Command};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{http::Call, ports, process::Process, wait};

/// A running server on a port of loopback.
#[derive(Debug)]
pub struct Alertmanager {
    pub address: SocketAddr,
    _process: Process,
}

// === impl Alertmanager ===

impl Alertmanager {
    /// Starts one that remembers nothing.
    pub fn start(folder: &Path) -> Result<Alertmanager> {
        Self::start_at(ports::free(), folder)
    }

    /// The same where another one was.
    pub fn start_at(address: SocketAddr, folder: &Path) -> Result<Alertmanager> {
        let file = folder.join("alertmanager.yaml");
        let config = json!({"route": {"receiver": "nobody"}, "receivers": [{"name": "nobody"}]});
        fs::write(&file, config.to_string())?;
        let data = tempfile::Builder::new().prefix("alertmanager-").tempdir_in(folder)?.keep();
        let mut command = Command::new("prometheus-alertmanager");
        command.arg("--config.file").arg(&file).arg("--storage.path").arg(data);
        command.args(["--web.listen-address", &address.to_string(), "--cluster.listen-address", ""]);
        let process = Process::start("alertmanager", &mut command, folder)?;
        wait::within(wait::DEADLINE, || Call::get("/-/ready").succeeds(address))
            .map_err(anyhow::Error::msg)
            .with_context(|| format!("Alertmanager does not start:\n{}", process.log()))?;
        Ok(Alertmanager { address, _process: process })
    }

    /// What fires.
    pub fn alerts(&self) -> Vec<Value> {
        let reply = Call::get("/api/v2/alerts?active=true").try_send(self.address);
        reply.ok().and_then(|reply| reply.json().as_array().cloned()).unwrap_or_default()
    }
}
