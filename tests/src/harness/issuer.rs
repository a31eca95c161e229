//! An OpenID Connect issuer in its own process, by Authlib: `tests/sdk/issuer.py`.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{
    http::Call,
    ports,
    process::Process,
    programs, python,
    tls::{Authority, Client},
    wait,
};

/// A running issuer, with TLS.
#[derive(Debug)]
pub struct Issuer {
    pub url: String,
    /// What its certificate is signed with.
    pub ca: PathBuf,
    address: SocketAddr,
    client: Client,
    process: Process,
}

// === impl Issuer ===

impl Issuer {
    pub fn start(folder: &Path) -> Result<Issuer> {
        let authority = Authority::new();
        let (certificate, key) = authority.written(&["localhost"], folder);
        let ca = folder.join("issuer-ca.crt");
        fs::write(&ca, authority.pem())?;
        let address = ports::free();
        let mut command = Command::new(python::interpreter());
        command.arg(programs::root().join("tests/sdk/issuer.py")).arg(address.port().to_string());
        command.arg(certificate).arg(key).env("PYTHONDONTWRITEBYTECODE", "1");
        let process = Process::start("issuer", &mut command, folder)?;
        let issuer = Issuer {
            url: format!("https://localhost:{}", address.port()),
            client: Client::trusting(&ca),
            ca,
            address,
            process,
        };
        wait::within(wait::DEADLINE, || {
            // it says so before it listens
            let ready =
                issuer.process.log().contains("READY") && std::net::TcpStream::connect(address).is_ok();
            if ready { Ok(()) } else { Err(issuer.process.log()) }
        })
        .map_err(anyhow::Error::msg)
        .context("the issuer does not start")?;
        Ok(issuer)
    }

    /// Somebody signs in at the page that `location` leads to; where the issuer sends them, without the console's origin.
    ///
    /// # Panics
    /// When the issuer does not send them back.
    pub fn signs_in(&self, location: &str, user: &str, groups: &[&str], verified: bool) -> String {
        let path =
            location.strip_prefix(&self.url).unwrap_or_else(|| panic!("{location} is not the issuer's"));
        let groups: String = groups.iter().map(|group| format!("&group={group}")).collect();
        let verified = if verified { "" } else { "&verified=no" };
        let call = Call::get(format!("{path}&user={user}{groups}{verified}"));
        let reply = self.client.send(&call, self.address, "localhost");
        let back = reply.header("location").unwrap_or_else(|| panic!("{} {}", reply.status(), reply.text()));
        let back = back.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        back.expect("a path").to_owned()
    }
}
