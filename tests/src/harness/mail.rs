//! A mail server of our own: Mailpit, which keeps what it takes. It offers STARTTLS and takes the login tollgate / "a secret" after
//! it, and mail only then.

use std::{fs, net::SocketAddr, path::Path, process::Command};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{http::Call, ports, process::Process, programs, tls::Authority, wait};

/// The login, as `htpasswd -s` writes it.
const LOGIN: &str = "tollgate:{SHA}ZrnlrvmM7ZCOV3FAvM7la89NKbk=";

/// A running server on ports of loopback. `make setup-sdks` builds it.
#[derive(Debug)]
pub struct MailServer {
    /// Where mail is taken.
    pub address: SocketAddr,
    api: SocketAddr,
    _process: Process,
}

// === impl MailServer ===

impl MailServer {
    pub fn start(authority: &Authority, folder: &Path) -> Result<MailServer> {
        let (address, api) = (ports::free(), ports::free());
        let (certificate, key) = authority.written(&["localhost"], folder);
        let login = folder.join("mail-login");
        fs::write(&login, LOGIN)?;
        let mut command = Command::new(programs::root().join(".cache/sdks/mail/mailpit"));
        command.args(["--smtp", &address.to_string(), "--listen", &api.to_string()]);
        command
            .arg("--smtp-tls-cert")
            .arg(certificate)
            .arg("--smtp-tls-key")
            .arg(key)
            .arg("--smtp-require-starttls");
        command.arg("--smtp-auth-file").arg(login).arg("--database").arg(folder.join("mail.db"));
        command.args(["--enable-chaos", "--smtp-disable-rdns", "--disable-version-check"]);
        let process = Process::start("mailpit", &mut command, folder)?;
        wait::within(wait::DEADLINE, || Call::get("/readyz").succeeds(api))
            .map_err(anyhow::Error::msg)
            .with_context(|| format!("Mailpit does not start:\n{}", process.log()))?;
        Ok(MailServer { address, api, _process: process })
    }

    /// From now on no recipient is taken, or each.
    pub fn refuses(&self, all: bool) -> Result<()> {
        let chance = if all { 100 } else { 0 };
        let body = json!({"Recipient": {"ErrorCode": 452, "Probability": chance}}).to_string();
        let reply = Call::new("PUT", "/api/v1/chaos").body(body).try_send(self.api)?;
        anyhow::ensure!(reply.status() == 200, "{}", reply.text());
        Ok(())
    }

    /// What it has taken, newest first: `Text`, `From`, `To`, `Username`.
    pub fn mails(&self) -> Result<Vec<Value>> {
        let of = |path: &str| -> Result<Value> {
            let reply = Call::get(path).try_send(self.api)?;
            anyhow::ensure!(reply.status() == 200, "{path}: {}", reply.text());
            Ok(reply.json())
        };
        let all = of("/api/v1/messages")?;
        let ids = all["messages"].as_array().into_iter().flatten().filter_map(|mail| mail["ID"].as_str());
        ids.map(|id| of(&format!("/api/v1/message/{id}"))).collect()
    }
}
