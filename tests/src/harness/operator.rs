//! A replica of the operator: the built program, against a control plane, on ports of its own.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
};

use anyhow::Result;
use rustix::process::Signal;

use super::{
    control_plane::Cluster, http::Call, metrics::Samples, ports, process::Process, programs, tether,
};

/// The namespace that replicas of tests live in.
pub const NAMESPACE: &str = "tollgate-system";

/// A running replica.
#[derive(Debug)]
pub struct Operator {
    pub push: SocketAddr,
    pub webhook: SocketAddr,
    pub metrics: SocketAddr,
    name: &'static str,
    command: Command,
    folder: PathBuf,
    process: Process,
}

/// What a replica is started with.
#[derive(Clone, Debug)]
pub struct Replica {
    pub name: &'static str,
    /// How it reaches the apiserver, and as whom.
    pub kubeconfig: PathBuf,
    /// Its own ServiceAccount token of our audience.
    pub token_file: PathBuf,
    pub arguments: Vec<String>,
}

// === impl Replica ===

impl Replica {
    /// One that comes with the administrator's rights; its pod and token are made in the cluster.
    pub async fn prepare(
        name: &'static str,
        cluster: &Cluster,
        kubeconfig: PathBuf,
        folder: &Path,
    ) -> Result<Replica> {
        cluster.namespace(NAMESPACE, &[]).await?;
        cluster.service_account(NAMESPACE, "tollgate-operator").await?;
        let account = serde_json::json!({"spec": {"serviceAccountName": "tollgate-operator"}});
        let pod = cluster.pod(NAMESPACE, name, account).await?;
        let token_file = folder.join(format!("{name}.token"));
        fs::write(&token_file, cluster.token(&pod, "tollgate").await?)?;
        Ok(Replica { name, kubeconfig, token_file, arguments: Vec::new() })
    }
}

// === impl Operator ===

impl Operator {
    /// Starts it, without waiting for anything.
    pub fn start(replica: &Replica, folder: &Path) -> Result<Operator> {
        let (push, webhook, metrics) = (ports::free(), ports::free(), ports::free());
        let mut command = Command::new(programs::operator());
        command.arg("operator").env("KUBECONFIG", &replica.kubeconfig);
        command.args(["--namespace", NAMESPACE, "--pod-name", replica.name, "--pod-ip", "127.0.0.1"]);
        command.args(["--sidecar-image", "tollgate-sidecar:test", "--certificate-name", "127.0.0.1"]);
        command.arg("--token-file").arg(&replica.token_file);
        for (flag, address) in
            [("--push-address", push), ("--webhook-address", webhook), ("--metrics-address", metrics)]
        {
            command.arg(flag).arg(address.to_string());
        }
        command.args(&replica.arguments);
        let (name, folder) = (replica.name, folder.to_owned());
        let process = Process::start(name, &mut command, &folder)?;
        Ok(Operator { push, webhook, metrics, name, command, folder, process })
    }

    /// Ends with this program, its folder too: for a `static`, which is never dropped.
    pub fn ends_with_us(&self) -> Result<()> {
        self.process.ends_with_us()?;
        Ok(tether::sweep(&self.folder)?)
    }

    /// Starts one that has ended, on the same ports.
    pub fn start_again(&mut self) -> Result<()> {
        self.process = Process::start(self.name, &mut self.command, &self.folder)?;
        Ok(())
    }

    /// Waits until it is ready.
    pub fn ready(&mut self) -> Result<()> {
        self.process.becomes_ready(self.metrics, "/readyz")
    }

    /// Whether its readiness probe is answered well.
    pub fn is_ready(&self) -> bool {
        Call::get("/readyz").try_send(self.metrics).is_ok_and(|answer| answer.status() == 200)
    }

    /// What Prometheus would read now.
    pub fn metrics(&self) -> Samples {
        Samples::parse(&Call::get("/metrics").send(self.metrics).text())
    }

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

    /// The end of one that was told to end.
    pub fn ended(&mut self) -> ExitStatus {
        self.process.wait()
    }
}
