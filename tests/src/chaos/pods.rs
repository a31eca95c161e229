//! Pods: an object in the apiserver, and beside it what a kubelet would run: a sidecar with a volume of its own.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, PoisonError, atomic::AtomicUsize},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::net::SocketAddr;

use crate::harness::{
    control_plane::{Cluster, PodRef},
    process::Process,
    sidecar::{Around, Sidecar},
    wait,
};

/// A place for a pod: when one goes, the next comes to the same place, as behind a Deployment.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// Where its app calls; none while it has no pod that takes calls.
    pub(super) ready: Mutex<Option<(SocketAddr, String)>>,
    /// Callers that have looked and have not yet sent their request.
    pub(super) beginning: AtomicUsize,
}

/// A pod that runs.
#[derive(Debug)]
pub(super) struct Pod {
    pub(super) name: String,
    pub(super) reference: PodRef,
    pub(super) sidecar: Sidecar,
    spool: PathBuf,
}

/// Where volumes are mounted: a mount namespace that ends with the run.
#[derive(Debug)]
pub(super) struct Disks {
    holder: Process,
    folder: PathBuf,
}

/// What every sidecar is told alike.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    pub(super) openai: SocketAddr,
    pub(super) anthropic: SocketAddr,
    pub(super) service: SocketAddr,
    pub(super) ca: String,
}

pub(super) const NAMESPACE: &str = "shop";
/// Of a volume, and what the sidecar is told of it.
const VOLUME: u64 = 24 << 20;
const SPOOL_LIMIT: u64 = 20 << 20;

// === impl Disks ===

impl Disks {
    pub(super) fn start(folder: &Path) -> Result<Disks> {
        let folder = folder.join("volumes");
        fs::create_dir(&folder)?;
        let mut command = Command::new("unshare");
        if !rustix::process::geteuid().is_root() {
            command.args(["--user", "--map-root-user"]);
        }
        command.args(["--mount", "sleep", "7200"]);
        let holder = Process::start("volumes", &mut command, &folder)?;
        wait::within(wait::DEADLINE, || {
            let own = fs::read_link("/proc/self/ns/mnt").map_err(|error| error.to_string())?;
            let its =
                fs::read_link(format!("/proc/{}/ns/mnt", holder.id())).map_err(|error| error.to_string())?;
            if own == its { Err("still ours".to_owned()) } else { Ok(()) }
        })
        .map_err(anyhow::Error::msg)
        .context("no mount namespace; may this user make one?")?;
        Ok(Disks { holder, folder })
    }

    /// A command line that runs what follows where the volumes are.
    fn within(&self) -> Vec<String> {
        let mut words = vec!["nsenter".to_owned()];
        if !rustix::process::geteuid().is_root() {
            words.push(format!("--user=/proc/{}/ns/user", self.holder.id()));
            words.push("--preserve-credentials".to_owned());
        }
        words.extend([format!("--mount=/proc/{}/ns/mnt", self.holder.id()), "--".to_owned()]);
        words
    }

    fn run(&self, words: &[&str]) -> Result<()> {
        let within = self.within();
        let output = Command::new(&within[0]).args(&within[1..]).args(words).output()?;
        ensure!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    /// A new volume, by its path inside.
    fn make(&self, name: &str) -> Result<PathBuf> {
        let path = self.folder.join(name);
        fs::create_dir(&path)?;
        let text = path.display().to_string();
        self.run(&["mount", "-t", "tmpfs", "-o", &format!("size={VOLUME}"), "tmpfs", &text])?;
        Ok(path)
    }

    fn remove(&self, path: &Path) -> Result<()> {
        self.run(&["umount", "--lazy", &path.display().to_string()])
    }

    /// As seen from here.
    fn seen(&self, path: &Path) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.holder.id()));
        root.join(path.strip_prefix("/").unwrap_or(path))
    }
}

// === impl Pod ===

impl Pod {
    pub(super) fn start(
        name: String,
        reference: PodRef,
        token: &str,
        around: &Surroundings,
        disks: &Disks,
        folder: &Path,
    ) -> Result<Pod> {
        let folder = folder.join(&name);
        fs::create_dir(&folder)?;
        let token_file = folder.join("token");
        fs::write(&token_file, token)?;
        let spool = disks.make(&name)?;
        let Surroundings { openai, anthropic, service, ca } = around;
        let config = json!({
            "upstreams": {"openai": format!("http://{openai}"), "anthropic": format!("http://{anthropic}")},
            "workload": {"cluster": "default", "namespace": NAMESPACE, "name": "web", "pod": name, "feature": "chat"},
            "spool": spool.join("spool"),
            "spoolLimit": SPOOL_LIMIT,
            "ledger": "operator",
            "operator": {"url": format!("https://{service}"), "tokenFile": token_file, "ca": ca},
        });
        let sidecar =
            Sidecar::start(&folder, config, Around { wrapper: disks.within(), ..Around::default() })?;
        Ok(Pod { name, reference, sidecar, spool })
    }

    /// Fills its volume to the last page; the file, to be removed again.
    pub(super) fn fill(&self, disks: &Disks) -> Result<PathBuf> {
        let path = disks.seen(&self.spool).join("ballast");
        let mut ballast = fs::File::create(&path)?;
        let mut written = 0;
        while ballast.write_all(&[0; 4096]).is_ok() {
            written += 4096;
            ensure!(written <= VOLUME, "this is not the volume");
        }
        Ok(path)
    }

    /// Its volume goes with it.
    pub(super) fn gone(self, disks: &Disks) -> Result<PodRef> {
        let Pod { reference, sidecar, spool, .. } = self;
        drop(sidecar);
        disks.remove(&spool)?;
        Ok(reference)
    }
}

// === impl Place ===

impl Place {
    pub(super) fn open(&self, pod: &Pod) {
        *self.ready.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((pod.sidecar.base, pod.name.clone()));
    }

    /// No call begins here any more, once this returns.
    pub(super) fn close(&self) {
        *self.ready.lock().unwrap_or_else(PoisonError::into_inner) = None;
        while self.beginning.load(std::sync::atomic::Ordering::SeqCst) > 0 {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// An object that says it runs, and its token.
pub(super) async fn make(cluster: &Cluster, name: &str) -> Result<(PodRef, String)> {
    let marked = json!({"metadata": {"annotations": {"tollgate.dev/injected": "tollgate"}}});
    let pod = cluster.pod(NAMESPACE, name, marked).await?;
    let token = cluster.token(&pod, "tollgate").await?;
    Ok((pod, token))
}
