//! The console: the built program against a control plane, with the chart's own rights and nothing more.

use std::{collections::BTreeSet, fs, net::SocketAddr, path::Path, process::Command, thread};

use anyhow::Result;
use rustix::process::Signal;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{
    chart,
    control_plane::{Cluster, ControlPlane, ISSUER},
    http::{Call, Reply},
    metrics::Samples,
    operator::NAMESPACE,
    ports,
    postgres::Postgres,
    process::Process,
    programs,
};

/// A running console.
#[derive(Debug)]
pub struct Console {
    pub address: SocketAddr,
    pub metrics: SocketAddr,
    process: Process,
}

/// Somebody with a ServiceAccount.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub namespace: &'static str,
    pub name: &'static str,
}

/// A browser that is signed in: what it keeps of us.
#[derive(Clone, Debug)]
pub struct Browser {
    pub cookie: String,
}

/// One cluster with the console's rights in it, two people, and one ledger: for every test of a program.
pub struct Stage {
    pub plane: ControlPlane,
    pub postgres: Postgres,
    /// Writes into the ledger, as a sidecar alone does.
    pub token: String,
}

/// What strangers may see: the way in.
pub const OPEN: [&str; 5] = ["/sign-in", "/sign-in.css", "/sign-in/callback", "/sign-in/issuer", "/sign-out"];
pub const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/// May see what one namespace uses.
pub const READER: Person = Person { namespace: "shop", name: "reader" };
/// May see and change everything of Tollgate's.
pub const ADMIN: Person = Person { namespace: "platform", name: "admin" };

/// Each path that the console has, as its source says, with `bank` for what is open in it.
///
/// # Panics
/// When there is no source.
pub fn paths() -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let mut open =
        vec![programs::root().join("operator/src/console"), programs::root().join("operator/src/console.rs")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            let routes =
                text.split(".route(").skip(1).filter_map(|after| after.trim_start().strip_prefix('"'));
            paths.extend(routes.filter_map(|after| Some(filled(after.split_once('"')?.0))));
        }
    }
    assert!(paths.contains("/sign-in") && paths.contains("/explore") && paths.len() >= 20, "{paths:?}");
    paths
}

/// `/features/{namespace}/{feature}` with words for its parts.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "bank" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

/// A test's own.
///
/// # Panics
/// When it cannot be made.
pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

// === impl Stage ===

impl Stage {
    /// For a `static`: what is started ends with this program.
    ///
    /// # Panics
    /// When it cannot be set.
    pub fn set() -> Stage {
        let postgres = Postgres::start().expect("Postgres");
        postgres.ends_with_us().expect("a tether");
        let token = postgres.migrated("ledger").expect("the schema");
        let plane = ControlPlane::start().expect("a control plane");
        let install = async || {
            let cluster = plane.cluster().await?;
            Console::install(&cluster).await?;
            READER.with(&cluster, "tollgate-viewer", false).await?;
            ADMIN.with(&cluster, "tollgate-admin", true).await?;
            cluster.namespace("bank", &[]).await
        };
        // a test may have a runtime of its own on this thread
        let installed = thread::scope(|scope| scope.spawn(|| runtime().block_on(install())).join());
        installed.expect("a thread").expect("installed");
        Stage { plane, postgres, token }
    }

    /// A console with the ledger.
    pub async fn console(&self, cluster: &Cluster, folder: &Path, arguments: &[&str]) -> Result<Console> {
        let ledger = format!("--database-url={}", self.postgres.url_as("tollgate_console", "ledger"));
        let arguments = [&[ledger.as_str()], arguments].concat();
        Console::start(&self.plane, cluster, folder, &arguments).await
    }
}

// === impl Console ===

impl Console {
    /// What the chart gives people and the console in a cluster.
    pub async fn install(cluster: &Cluster) -> Result<()> {
        cluster.namespace(NAMESPACE, &[]).await?;
        let mut values = chart::least();
        values["console"] = json!({"enabled": true});
        for manifest in chart::render(&values)? {
            let group = manifest["apiVersion"].as_str().unwrap_or_default();
            let kind = manifest["kind"].as_str().unwrap_or_default();
            if group.starts_with("rbac.") || matches!(kind, "ServiceAccount" | "CustomResourceDefinition") {
                cluster.apply(&manifest).await?;
            }
        }
        Ok(())
    }

    /// Starts one, and waits until it is ready.
    pub async fn start(
        plane: &ControlPlane,
        cluster: &Cluster,
        folder: &Path,
        arguments: &[&str],
    ) -> Result<Console> {
        let token = cluster.token_of(NAMESPACE, "tollgate-console", ISSUER, None).await?;
        let kubeconfig = folder.join("console.conf");
        fs::write(&kubeconfig, plane.kubeconfig_with(&token)?)?;
        let (address, metrics) = (ports::free(), ports::free());
        let mut command = Command::new(programs::operator());
        command.arg("console").env("KUBECONFIG", kubeconfig);
        command.args(["--namespace", NAMESPACE, "--address", &address.to_string()]);
        command.args(["--metrics-address", &metrics.to_string()]).args(arguments);
        let mut process = Process::start("console", &mut command, folder)?;
        process.becomes_ready(metrics, "/readyz")?;
        Ok(Console { address, metrics, process })
    }

    /// A program's request.
    pub fn api(&self, path: &str, token: &str) -> Reply {
        Call::get(path).header("authorization", &format!("Bearer {token}")).send(self.address)
    }

    /// Signs in as a person does, and keeps what a browser would.
    pub fn sign_in(&self, token: &str) -> Browser {
        let reply = self.try_sign_in(token);
        assert_eq!(reply.status(), 303, "{}", reply.text());
        Browser::of(&reply)
    }

    pub fn try_sign_in(&self, token: &str) -> Reply {
        Call::new("POST", "/sign-in")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(format!("token={token}&next=%2Fme"))
            .send(self.address)
    }

    pub fn metrics(&self) -> Samples {
        Samples::parse(&Call::get("/metrics").send(self.metrics).text())
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn log(&self) -> String {
        self.process.log()
    }

    /// For a `static`, which is never dropped.
    pub fn ends_with_us(&self) -> Result<()> {
        Ok(self.process.ends_with_us()?)
    }

    /// Told to end; how it did.
    pub fn end(&mut self) -> Result<std::process::ExitStatus> {
        self.process.signal(Signal::TERM)?;
        Ok(self.process.wait())
    }
}

// === impl Person ===

impl Person {
    /// As the apiserver names them.
    pub fn user(&self) -> String {
        format!("system:serviceaccount:{}:{}", self.namespace, self.name)
    }

    /// Makes their account, with this ClusterRole in their namespace, or everywhere.
    pub async fn with(self, cluster: &Cluster, role: &str, everywhere: bool) -> Result<Person> {
        let Person { namespace, name } = self;
        cluster.namespace(namespace, &[]).await?;
        cluster.service_account(namespace, name).await?;
        cluster.apply(&self.binding(role, everywhere)).await?;
        Ok(self)
    }

    /// What gives them a ClusterRole.
    pub fn binding(&self, role: &str, everywhere: bool) -> Value {
        let Person { namespace, name } = self;
        let mut binding = json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
            "metadata": {"name": format!("{namespace}-{name}-{role}")},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
            "subjects": [{"kind": "ServiceAccount", "namespace": namespace, "name": name}],
        });
        if !everywhere {
            binding["kind"] = json!("RoleBinding");
            binding["metadata"]["namespace"] = json!(namespace);
        }
        binding
    }

    /// As `kubectl create token` makes it.
    pub async fn token(&self, cluster: &Cluster) -> Result<String> {
        cluster.token_of(self.namespace, self.name, ISSUER, None).await
    }
}

// === impl Browser ===

impl Browser {
    /// What an answer sets.
    pub fn of(reply: &Reply) -> Browser {
        let pairs: Vec<&str> = reply
            .head
            .headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
            .filter_map(|(_, value)| value.split(';').next())
            .collect();
        Browser { cookie: pairs.join("; ") }
    }

    pub fn get(&self, path: &str) -> Call {
        self.over(Call::get(path))
    }

    /// A form of our own page.
    pub fn post(&self, path: &str, form: &str) -> Call {
        let call = Call::new("POST", path).header("sec-fetch-site", "same-origin").body(form);
        self.over(call.header("content-type", "application/x-www-form-urlencoded"))
    }

    /// The request with the cookie, whoever makes it.
    pub fn over(&self, call: Call) -> Call {
        call.header("cookie", &self.cookie)
    }
}
