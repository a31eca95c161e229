//! A Prometheus of our own: Debian's program, a folder that goes with it.

use std::{fs, net::SocketAddr, process::Command};

use anyhow::{Context, Result, bail, ensure};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tempfile::TempDir;

use super::{http::Call, ports, process::Process, wait};

/// A running server on a port of loopback.
#[derive(Debug)]
pub struct Prometheus {
    pub address: SocketAddr,
    _process: Process,
    _folder: TempDir,
}

/// What a query gave for one set of labels.
#[derive(Clone, Debug)]
pub struct Series {
    pub labels: serde_json::Map<String, Value>,
    /// As Prometheus writes it: `NaN` and `+Inf` are possible.
    pub value: String,
}

// === impl Prometheus ===

impl Prometheus {
    /// Starts one with this configuration (JSON is YAML).
    pub fn start(config: &Value) -> Result<Prometheus> {
        let folder = tempfile::Builder::new().prefix("tollgate-prometheus-").tempdir()?;
        let file = folder.path().join("prometheus.yaml");
        fs::write(&file, config.to_string())?;
        let address = ports::free();
        let mut command = Command::new("prometheus");
        command.arg("--config.file").arg(&file).arg("--storage.tsdb.path").arg(folder.path().join("data"));
        command.args(["--web.listen-address", &address.to_string()]);
        let mut process = Process::start("prometheus", &mut command, folder.path())?;
        wait::within(wait::DEADLINE, || match process.ended() {
            Ok(None) => Call::get("/-/ready").succeeds(address).map(Ok),
            ended => Ok(Err(format!("it has ended: {ended:?}"))),
        })
        .and_then(|started| started)
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("Prometheus does not start:\n{}", process.log()))?;
        Ok(Prometheus { address, _process: process, _folder: folder })
    }

    /// What the query gives now.
    pub fn query(&self, query: &str) -> Result<Vec<Series>> {
        let query = utf8_percent_encode(query, NON_ALPHANUMERIC);
        let reply = Call::get(format!("/api/v1/query?query={query}")).try_send(self.address)?;
        let answer = reply.json();
        ensure!(answer["status"] == "success", "{query}: {}", answer["error"]);
        match answer["data"]["result"].as_array() {
            Some(result) if answer["data"]["resultType"] == "vector" => result.iter().map(series).collect(),
            _ => bail!("{query}: no vector but {}", answer["data"]),
        }
    }
}

fn series(result: &Value) -> Result<Series> {
    let labels = result["metric"].as_object().context("a series has labels")?.clone();
    let value = result["value"][1].as_str().context("a series has a value")?.to_owned();
    Ok(Series { labels, value })
}
