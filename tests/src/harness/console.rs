//! The console: the built program against a control plane, with the chart's own rights and nothing more.

use std::{net::SocketAddr, path::Path, process::Command};

use anyhow::{Context, Result};
use rustix::process::Signal;
use serde_json::{Value, json};

use super::{
    chart,
    control_plane::{Cluster, ControlPlane, ISSUER},
    http::{Call, Reply},
    metrics::Samples,
    operator::NAMESPACE,
    ports,
    process::Process,
    programs, wait,
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
        std::fs::write(&kubeconfig, plane.kubeconfig_with(&token)?)?;
        let (address, metrics) = (ports::free(), ports::free());
        let mut command = Command::new(programs::operator());
        command.arg("console").env("KUBECONFIG", kubeconfig);
        command.args(["--namespace", NAMESPACE, "--address", &address.to_string()]);
        command.args(["--metrics-address", &metrics.to_string()]).args(arguments);
        let process = Process::start("console", &mut command, folder)?;
        let mut console = Console { address, metrics, process };
        console.ready()?;
        Ok(console)
    }

    fn ready(&mut self) -> Result<()> {
        wait::within(wait::DEADLINE, || match self.process.ended() {
            Ok(None) => {
                let ready = Call::get("/readyz").try_send(self.metrics).map_err(|error| error.to_string())?;
                if ready.status() == 200 { Ok(Ok(())) } else { Err(ready.text()) }
            }
            Ok(Some(status)) => Ok(Err(format!("it ended with {status}"))),
            Err(error) => Err(error.to_string()),
        })
        .and_then(|ready| ready)
        .map_err(anyhow::Error::msg)
        .with_context(|| format!("the console does not become ready:\n{}", self.process.log()))
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

    pub fn log(&self) -> String {
        self.process.log()
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
