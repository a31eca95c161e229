//! Kubernetes on this machine, as `tests/node/node` builds and runs it: a node in namespaces of its own.

use std::{
    fs::{self, File},
    os::fd::AsFd,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
    thread,
};

use anyhow::{Context, Result, ensure};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use super::{programs, tether};

/// A running node.
#[derive(Debug)]
pub struct Node {
    folder: PathBuf,
    ends_with_us: bool,
}

// === impl Node ===

impl Node {
    /// Starts a node that ends with the value, and at the latest with this program: it may stand in a `static`.
    pub fn start() -> Result<Node> {
        let folder = tempfile::Builder::new().prefix("tollgate-node-").tempdir()?.keep();
        let mut down = script();
        down.arg("down").arg(&folder);
        tether::afterwards(&down)?;
        let node = Node { folder, ends_with_us: true };
        node.up()?;
        Ok(node)
    }

    /// Starts a node in `folder` that stays when this program ends, until `tests/node/node down FOLDER`.
    pub fn lasting(folder: &Path) -> Result<Node> {
        let node = Node { folder: folder.to_owned(), ends_with_us: false };
        node.up()?;
        Ok(node)
    }

    /// The node that runs in `folder`, and stays there.
    pub fn running(folder: &Path) -> Result<Node> {
        let node = Node { folder: folder.to_owned(), ends_with_us: false };
        node.first().with_context(|| format!("no node runs in {}", folder.display()))?;
        Ok(node)
    }

    /// `program` with what the node's administrator needs, in the node's network: Services' names resolve there, and
    /// nothing of the machine's own network is reached.
    pub fn command(&self, program: &str) -> Command {
        let mut command = script();
        command.arg("sh").arg(&self.folder).arg(program).stdin(Stdio::null());
        command
    }

    /// What `kubectl` prints.
    pub fn kubectl(&self, args: &[&str]) -> Result<String> {
        self.output("kubectl", args)
    }

    /// What `helm` prints.
    pub fn helm(&self, args: &[&str]) -> Result<String> {
        self.output("helm", args)
    }

    /// Brings in an image out of its archive; its name.
    pub fn load(&self, archive: &Path) -> Result<String> {
        let output = script().arg("load").arg(&self.folder).arg(archive).output()?;
        good(&format!("loading {}", archive.display()), output)
    }

    /// Does something in the node's network, on a thread of its own, for connections of this program's making.
    pub fn inside<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T> {
        within_network_of(self.first()?, work)
    }

    /// The same in the network of a pod, where 127.0.0.1 is the pod's own.
    pub fn inside_pod<T: Send>(
        &self,
        namespace: &str,
        pod: &str,
        work: impl FnOnce() -> T + Send,
    ) -> Result<T> {
        let path = "jsonpath={.metadata.uid}";
        let uid = self.kubectl(&["--namespace", namespace, "get", "pod", pod, "--output", path])?;
        let process = process_in(&format!("pod{uid}"))?;
        within_network_of(process.with_context(|| format!("{namespace}/{pod} runs no process"))?, work)
    }

    /// A kubeconfig file of the administrator, good in the node's network.
    pub fn kubeconfig(&self) -> PathBuf {
        self.folder.join("admin.conf")
    }

    /// The folder of everything of the node, logs of its parts in `log`.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn up(&self) -> Result<()> {
        let status = script().arg("up").arg(&self.folder).stdin(Stdio::null()).status()?;
        ensure!(status.success(), "the node does not start ({status})");
        Ok(())
    }

    /// The first process in the node's namespaces.
    fn first(&self) -> Result<u32> {
        let outer = fs::read_to_string(self.folder.join("pid"))?;
        let outer = outer.trim();
        let children = fs::read_to_string(format!("/proc/{outer}/task/{outer}/children"))?;
        children.trim().parse().context("the node has ended")
    }

    fn output(&self, program: &str, args: &[&str]) -> Result<String> {
        let output = self.command(program).args(args).output()?;
        good(&format!("{program} {}", args.join(" ")), output)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if self.ends_with_us {
            let _ = script().arg("down").arg(&self.folder).status();
        }
    }
}

/// Kubernetes in one program: `kube etcd`, `kube apiserver`, `kube kubectl` … Built before, where that was not done yet.
pub fn kube() -> Result<PathBuf> {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    built("kube", &PROGRAM)
}

/// Helm, built before, where that was not done yet.
pub fn helm() -> Result<PathBuf> {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    built("helm", &PROGRAM)
}

fn built(name: &str, program: &OnceLock<PathBuf>) -> Result<PathBuf> {
    if let Some(program) = program.get() {
        return Ok(program.clone());
    }
    let output = script().args(["build", name]).stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    let folder = good("tests/node/node build", output)?;
    Ok(program.get_or_init(|| Path::new(&folder).join(name)).clone())
}

/// Does something in the network of a process, on a thread of its own.
pub(super) fn within_network_of<T: Send>(process: u32, work: impl FnOnce() -> T + Send) -> Result<T> {
    let network = File::open(format!("/proc/{process}/ns/net"))?;
    thread::scope(|scope| {
        let inside = scope.spawn(|| {
            move_into_link_name_space(network.as_fd(), Some(LinkNameSpaceType::Network))?;
            anyhow::Ok(work())
        });
        inside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Any process whose control group has this name in its path: the kubelet puts a pod's uid there.
fn process_in(group: &str) -> Result<Option<u32>> {
    for entry in fs::read_dir("/proc")? {
        let Some(id) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // a process may end while we look
        let groups = fs::read_to_string(format!("/proc/{id}/cgroup")).unwrap_or_default();
        if groups.contains(group) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn script() -> Command {
    Command::new(programs::root().join("tests/node/node"))
}

fn good(what: &str, output: Output) -> Result<String> {
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{what}: {}\n{errors}", output.status);
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}
