//! A control plane without a node: etcd and kube-apiserver as processes on loopback, ready in a few seconds.
//!
//! Nothing reconciles here: no controller makes the `default` ServiceAccount of a namespace, no scheduler places a pod,
//! no kubelet runs or ends one. [`Cluster`] does by hand what a test needs of it. The rest is as in any cluster:
//! Node and RBAC authorization, admission, webhooks (by URL at 127.0.0.1), TokenRequest, `/openid/v1/jwks`.
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! use tollgate_tests::harness::control_plane::ControlPlane;
//! let plane = ControlPlane::start()?;
//! let cluster = plane.cluster().await?;
//! cluster.namespace("shop", &[("tollgate.dev/inject", "enabled")]).await?;
//! let pod = cluster.pod("shop", "web-0", serde_json::json!({})).await?;
//! let token = cluster.token(&pod, "tollgate").await?;
//! # Ok(()) }
//! ```
//!
//! It ends with the value, and when the program ends in any way before: it may stand in a `static`.

mod cluster;
mod pki;

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context, Result, bail};
use kube::{
    Client, Config,
    config::{AuthInfo, KubeConfigOptions, Kubeconfig},
};
use rustix::process::Signal;
use tempfile::TempDir;

pub use self::cluster::{Cluster, PodRef};
use self::pki::Pki;
use super::{
    node, ports,
    tether::{self, Tethered},
    wait,
};

/// What signs the cluster's ServiceAccount tokens says so in `iss`.
pub const ISSUER: &str = "https://kubernetes.default.svc";

/// A running control plane.
pub struct ControlPlane {
    /// Where the apiserver listens, with TLS.
    pub address: SocketAddr,
    // before the folder, so that the programs end first
    apiserver: Option<Tethered>,
    _etcd: Tethered,
    etcd: SocketAddr,
    pki: Pki,
    administrator: PathBuf,
    /// Of the apiserver, beside the ordinary ones.
    arguments: Vec<String>,
    folder: TempDir,
}

// === impl ControlPlane ===

impl ControlPlane {
    /// What tokens of ServiceAccounts are signed with.
    pub fn token_key(&self) -> Result<String> {
        Ok(fs::read_to_string(self.folder.path().join("sa.key"))?)
    }

    /// Starts both, and returns when the apiserver is ready. Builds Kubernetes first where that was not done yet.
    pub fn start() -> Result<ControlPlane> {
        ControlPlane::with(Vec::new())
    }

    /// One whose apiserver is told more.
    pub fn with(arguments: Vec<String>) -> Result<ControlPlane> {
        let folder = tempfile::Builder::new().prefix("tollgate-plane-").tempdir()?;
        tether::sweep(folder.path())?;
        let address = ports::free();
        let pki = Pki::make(folder.path())?;
        let administrator = pki.kubeconfig("admin", &["system:masters"], address)?;

        let (etcd, peers) = (ports::free(), format!("http://{}", ports::free()));
        let clients = format!("http://{etcd}");
        let mut command = Command::new(node::kube()?);
        command.arg("etcd").arg("--data-dir").arg(folder.path().join("etcd"));
        command.args(["--listen-client-urls", &clients, "--advertise-client-urls", &clients]);
        command.args(["--listen-peer-urls", &peers, "--initial-advertise-peer-urls", &peers]);
        command.args(["--initial-cluster", &format!("default={peers}"), "--unsafe-no-fsync"]);
        command.args(["--log-level", "warn"]);
        let process = Tethered::start("etcd", &command, folder.path())?;

        let mut plane = ControlPlane {
            address,
            apiserver: None,
            _etcd: process,
            etcd,
            pki,
            administrator,
            arguments,
            folder,
        };
        plane.start_apiserver()?;
        Ok(plane)
    }

    /// Starts the apiserver on the same port with the same data; after [`ControlPlane::stop_apiserver`] too.
    pub fn start_apiserver(&mut self) -> Result<()> {
        let at = |file: &str| self.folder.path().join(file);
        let mut command = Command::new(node::kube()?);
        command.arg("apiserver").args(["--etcd-servers", &format!("http://{}", self.etcd)]);
        command.args(["--bind-address", "127.0.0.1", "--secure-port", &self.address.port().to_string()]);
        // there is no route to a pod network, and loopback must not be announced
        command.args(["--endpoint-reconciler-type", "none", "--service-cluster-ip-range", "10.96.0.0/16"]);
        command.arg("--cert-dir").arg(at("apiserver"));
        command.arg("--tls-cert-file").arg(at("apiserver.crt"));
        command.arg("--tls-private-key-file").arg(at("apiserver.key"));
        command.arg("--client-ca-file").arg(at("ca.crt"));
        command.args(["--service-account-issuer", ISSUER]);
        command.arg("--service-account-key-file").arg(at("sa.pub"));
        command.arg("--service-account-signing-key-file").arg(at("sa.key"));
        command.args(["--authorization-mode", "Node,RBAC", "--allow-privileged"]);
        command.args(&self.arguments);
        let mut process = Tethered::start("apiserver", &command, self.folder.path())?;
        let ready = self.wait_until_ready(&mut process);
        self.apiserver = Some(process);
        ready
    }

    /// The apiserver's end without a goodbye: connections break, nobody listens. The data stays.
    pub fn stop_apiserver(&mut self) -> Result<()> {
        if let Some(mut process) = self.apiserver.take() {
            process.kill()?;
        }
        Ok(())
    }

    /// The apiserver hangs: connections stay, nothing answers.
    pub fn freeze_apiserver(&self) -> Result<()> {
        self.signal(Signal::STOP)
    }

    /// The end of [`ControlPlane::freeze_apiserver`].
    pub fn thaw_apiserver(&self) -> Result<()> {
        self.signal(Signal::CONT)
    }

    /// A kubeconfig file of the cluster's administrator.
    pub fn kubeconfig(&self) -> PathBuf {
        self.administrator.clone()
    }

    /// A kubeconfig file of somebody else, with a certificate of theirs.
    pub fn kubeconfig_of(&self, user: &str, groups: &[&str]) -> Result<PathBuf> {
        self.pki.kubeconfig(user, groups, self.address)
    }

    /// The certificate (PEM) that the apiserver's is signed with.
    pub fn ca(&self) -> &str {
        self.pki.ca()
    }

    /// The administrator's client. It belongs to the runtime it is made in.
    pub async fn client(&self) -> Result<Client> {
        client(&self.kubeconfig()).await
    }

    /// A kubeconfig (as text) of whoever this token is of.
    pub fn kubeconfig_with(&self, token: &str) -> Result<String> {
        let mut kubeconfig = Kubeconfig::from_yaml(&fs::read_to_string(self.kubeconfig())?)?;
        for user in &mut kubeconfig.auth_infos {
            user.auth_info = Some(AuthInfo { token: Some(token.to_owned().into()), ..AuthInfo::default() });
        }
        Ok(serde_json::to_string(&kubeconfig)?)
    }

    /// The client of whoever this token is of.
    pub async fn client_with(&self, token: &str) -> Result<Client> {
        let kubeconfig = Kubeconfig::from_yaml(&self.kubeconfig_with(token)?)?;
        let config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await?;
        Ok(Client::try_from(config)?)
    }

    /// The administrator's client, with the hands that do a controller's or a kubelet's work.
    pub async fn cluster(&self) -> Result<Cluster> {
        Ok(Cluster::new(self.client().await?))
    }

    /// `kubectl`, as the administrator.
    pub fn kubectl(&self) -> Result<Command> {
        let mut command = Command::new(node::kube()?);
        command.arg("kubectl").env("KUBECONFIG", self.kubeconfig());
        Ok(command)
    }

    /// The apiserver's process, while it runs.
    pub fn apiserver_id(&self) -> Option<u32> {
        self.apiserver.as_ref().and_then(|process| process.id().ok())
    }

    fn signal(&self, signal: Signal) -> Result<()> {
        let process = self.apiserver.as_ref().context("the apiserver is stopped")?;
        Ok(process.signal(signal)?)
    }

    fn wait_until_ready(&self, process: &mut Tethered) -> Result<()> {
        let kubeconfig = self.kubeconfig();
        // its own thread: the caller may be inside a runtime, where one cannot block on another
        let waiting = thread::scope(|scope| {
            let waiter = scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
                let client = runtime.block_on(client(&kubeconfig))?;
                wait::within(wait::DEADLINE, || match process.ended() {
                    Ok(false) => runtime.block_on(ready(&client)).map(Ok).map_err(|error| error.to_string()),
                    ended => Ok(Err(anyhow::anyhow!("the apiserver has ended: {ended:?}"))),
                })
                .map_err(anyhow::Error::msg)?
            });
            waiter.join()
        });
        match waiting {
            Ok(ready) => ready.with_context(|| format!("the apiserver does not start:\n{}", process.log())),
            Err(_) => bail!("the wait for the apiserver broke off"),
        }
    }
}

async fn client(kubeconfig: &Path) -> Result<Client> {
    let kubeconfig = Kubeconfig::from_yaml(&fs::read_to_string(kubeconfig)?)?;
    let config = Config::from_custom_kubeconfig(kubeconfig, &KubeConfigOptions::default()).await?;
    Ok(Client::try_from(config)?)
}

/// Ready for a test is more than `/readyz`: the namespaces and roles that every cluster has are made after it.
async fn ready(client: &Client) -> Result<()> {
    let get = |path: &str| http::Request::get(path).body(Vec::new());
    client.request_text(get("/readyz")?).await?;
    client.request_text(get("/api/v1/namespaces/default")?).await?;
    client.request_text(get("/apis/rbac.authorization.k8s.io/v1/clusterroles/cluster-admin")?).await?;
    Ok(())
}
