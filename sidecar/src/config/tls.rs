//! What capture by TLS needs to be told: where apps find whom to trust, and the way out.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Listen;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct TlsDocument {
    bundle: Option<PathBuf>,
}

/// What becomes of a CONNECT to a host that is no provider's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum ProxyOthers {
    /// 403, with a sentence.
    Refuse,
    /// It passes untouched.
    Tunnel,
}

/// How providers are reached.
#[derive(Clone)]
pub struct WayOutConfig {
    /// The pod's own proxy; may carry a login.
    pub https_proxy: Option<String>,
    pub no_proxy: Option<String>,
    /// The hosts file sends the providers' names to this process.
    pub past_hosts_file: bool,
}

/// The folder's name in the spool's, where none is told.
const BESIDE_THE_SPOOL: &str = "trust";

// === impl TlsDocument ===

impl TlsDocument {
    /// The folder, where it is needed.
    pub(super) fn folder(self, listen: &Listen, spool: &Path) -> Option<PathBuf> {
        let captures = !listen.hosts.is_empty() || listen.proxy.is_some();
        captures.then(|| self.bundle.unwrap_or_else(|| spool.join(BESIDE_THE_SPOOL)))
    }
}

// === impl WayOutConfig ===

impl WayOutConfig {
    pub(super) fn of(environment: &impl Fn(&str) -> Option<String>, listen: &Listen) -> Self {
        let first = |names: [&str; 2]| names.into_iter().find_map(environment).filter(|it| !it.is_empty());
        let https_proxy = first(["HTTPS_PROXY", "https_proxy"]);
        Self {
            // Who starts us with the apps' own settings has us call ourselves.
            https_proxy: https_proxy.filter(|url| listen.proxy.is_none_or(|own| !leads_to(url, own.port()))),
            no_proxy: first(["NO_PROXY", "no_proxy"]),
            past_hosts_file: !listen.hosts.is_empty(),
        }
    }
}

/// Whether a proxy's address is this port of our own machine.
fn leads_to(url: &str, port: u16) -> bool {
    let place = url.rsplit_once('@').map_or(url, |(_, place)| place);
    let place = place.strip_prefix("http://").unwrap_or(place).trim_end_matches('/');
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| place == format!("{own}:{port}"))
}

impl std::fmt::Debug for WayOutConfig {
    /// Without the login that a proxy's address may carry.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { https_proxy, no_proxy, past_hosts_file } = self;
        let proxy = https_proxy.as_deref().map(|url| url.rsplit_once('@').map_or(url, |(_, place)| place));
        write!(formatter, "proxy {proxy:?}, but for {no_proxy:?}; past the hosts file: {past_hosts_file}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(proxy: Option<&str>) -> Listen {
        Listen {
            base_url: "127.0.0.1:7411".parse().unwrap(),
            hosts: Vec::new(),
            proxy: proxy.map(|address| address.parse().unwrap()),
            admin: None,
        }
    }

    fn way_out(proxy: Option<&str>, told: &str) -> WayOutConfig {
        WayOutConfig::of(&|name| (name == "https_proxy").then(|| told.to_owned()), &listen(proxy))
    }

    #[test]
    fn a_proxy_that_is_this_process_is_no_way_out() {
        let own = Some("127.0.0.1:7412");
        for told in ["http://127.0.0.1:7412", "http://localhost:7412/", "http://a:b@[::1]:7412"] {
            assert_eq!(way_out(own, told).https_proxy, None, "{told}");
        }
        assert!(way_out(own, "http://127.0.0.1:3128").https_proxy.is_some());
        assert!(way_out(None, "http://127.0.0.1:7412").https_proxy.is_some());
    }

    #[test]
    fn a_proxys_login_is_not_printed() {
        let said = format!("{:?}", way_out(None, "http://me:s3cret@proxy:3128"));
        assert!(said.contains("proxy:3128") && !said.contains("s3cret"), "{said}");
    }

    #[test]
    fn trust_lies_beside_the_spool_unless_told_and_only_where_tls_ends() {
        let spool = Path::new("/var/lib/tollgate");
        let told = TlsDocument { bundle: Some("/trust".into()) };
        assert_eq!(told.folder(&listen(Some("127.0.0.1:7412")), spool), Some("/trust".into()));
        let beside = TlsDocument::default().folder(&listen(Some("127.0.0.1:7412")), spool);
        assert_eq!(beside, Some(spool.join("trust")));
        assert_eq!(TlsDocument::default().folder(&listen(None), spool), None);
    }
}
