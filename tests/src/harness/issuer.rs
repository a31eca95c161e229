//! An OpenID Connect issuer in its own process: by Authlib (`tests/sdk/issuer.py`), where whoever is named signs in, or a provider
//! that the OpenID Foundation has certified (`tests/sdk/oidc`), where Ada does.

use std::{
    fs,
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{
    http::{Call, Reply},
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
        let mut command = Command::new(python::interpreter());
        command.arg(programs::root().join("tests/sdk/issuer.py")).env("PYTHONDONTWRITEBYTECODE", "1");
        let issuer = Issuer::run(command, &[], folder)?;
        wait::within(wait::DEADLINE, || {
            // it says so before it listens
            if issuer.process.log().contains("READY") { issuer.listens() } else { Err(issuer.process.log()) }
        })
        .map_err(anyhow::Error::msg)
        .context("the issuer does not start")?;
        Ok(issuer)
    }

    /// The certified one. `lifetime` is how long its word holds, such as `10s`. `make setup-sdks` builds it.
    pub fn certified(lifetime: &str, folder: &Path) -> Result<Issuer> {
        let command = Command::new(programs::root().join(".cache/sdks/oidc/issuer"));
        let issuer = Issuer::run(command, &[lifetime], folder)?;
        wait::within(wait::DEADLINE, || issuer.listens())
            .map_err(anyhow::Error::msg)
            .context("the certified issuer does not start")?;
        Ok(issuer)
    }

    fn run(mut command: Command, more: &[&str], folder: &Path) -> Result<Issuer> {
        let authority = Authority::new();
        let (certificate, key) = authority.written(&["localhost"], folder);
        let ca = folder.join("issuer-ca.crt");
        fs::write(&ca, authority.pem())?;
        let address = ports::free();
        command.arg(address.port().to_string()).arg(certificate).arg(key).args(more);
        let process = Process::start("issuer", &mut command, folder)?;
        let (url, client) = (format!("https://localhost:{}", address.port()), Client::trusting(&ca));
        Ok(Issuer { url, client, ca, address, process })
    }

    fn listens(&self) -> Result<(), String> {
        TcpStream::connect(self.address).map(drop).map_err(|error| format!("{error}: {}", self.process.log()))
    }

    /// Somebody signs in at the page that `location` leads to; where the issuer sends them, without the console's origin.
    ///
    /// # Panics
    /// When the issuer does not send them back.
    pub fn signs_in(&self, location: &str, user: &str, groups: &[&str], verified: bool) -> String {
        let groups: String = groups.iter().map(|group| format!("&group={group}")).collect();
        let verified = if verified { "" } else { "&verified=no" };
        let reply = self.asked(&Call::get(format!("{}&user={user}{groups}{verified}", self.path(location))));
        below_the_origin(&reply)
    }

    /// Ada signs in with her password at the certified issuer's page; where it sends her, without the console's origin.
    ///
    /// # Panics
    /// When the issuer does not send her back.
    pub fn ada_signs_in(&self, location: &str) -> String {
        let page = below_the_origin(&self.asked(&Call::get(self.path(location))));
        let (form, attempt) = page.split_once("?authRequestID=").unwrap_or_else(|| panic!("{page}"));
        let filled = format!("username=ada&password=correct+horse&id={attempt}");
        let filled =
            Call::new("POST", form).body(filled).header("content-type", "application/x-www-form-urlencoded");
        let done = below_the_origin(&self.asked(&filled));
        below_the_origin(&self.asked(&Call::get(done)))
    }

    fn path(&self, location: &str) -> String {
        let path = location.strip_prefix(&self.url);
        path.unwrap_or_else(|| panic!("{location} is not the issuer's")).to_owned()
    }

    fn asked(&self, call: &Call) -> Reply {
        self.client.send(call, self.address, "localhost")
    }
}

/// Where an answer leads, from the path on.
fn below_the_origin(reply: &Reply) -> String {
    let to = reply.header("location").unwrap_or_else(|| panic!("{} {}", reply.status(), reply.text()));
    let (_, path) =
        to.split_once("://").map_or(("", to), |(_, rest)| rest.split_at(rest.find('/').expect("a path")));
    path.to_owned()
}
