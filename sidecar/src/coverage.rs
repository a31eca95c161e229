//! Connections of the pod that seem to go around its sidecar.
//!
//! The kernel's table of the pod's sockets is read each [`LOOK_AGAIN`]: what is connected to the port of HTTPS at a provider's
//! address, and is not ours, is counted once. It explains a gap and is no alert: addresses are shared with others (those of
//! Google with all of Google), and a connection that comes and goes between two looks is not seen. Nameservers are asked only
//! where a socket's address is not known yet, and seldom.

mod sockets;

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tollgate_meter::Provider;

use self::sockets::Socket;
use crate::resolve::Names;
use crate::shared::Shared;

const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// Providers' addresses change by the minute; whose they are does not.
const ASK_AGAIN: Duration = Duration::from_secs(300);
/// What nameservers said is kept up to here, then asked anew.
const KEPT: usize = 1_024;
const HTTPS: u16 = 443;

/// What is known of the pod's sockets.
#[derive(Default)]
struct Watch {
    addresses: HashMap<IpAddr, Provider>,
    /// By the kernel's number; those that are still open.
    counted: HashSet<u64>,
    asked: Option<Instant>,
}

/// Never ends.
pub(crate) async fn watch(shared: Arc<Shared>) -> &'static str {
    let names = shared.way_out.past_hosts_file.then(Names::default);
    let mut watch = Watch::default();
    loop {
        tokio::time::sleep(LOOK_AGAIN).await;
        let sockets = sockets::of_others(HTTPS);
        if watch.has_to_ask(&sockets, Instant::now()) {
            for provider in Provider::ALL {
                watch.learn(provider, addresses(names.as_ref(), provider.host()).await);
            }
        }
        for provider in watch.look(&sockets) {
            shared.metrics.suspected(provider);
        }
    }
}

async fn addresses(names: Option<&Names>, host: &str) -> Vec<IpAddr> {
    let found = match names {
        Some(names) => names.addresses(host).await,
        None => tokio::net::lookup_host((host, HTTPS))
            .await
            .map(|found| found.map(|address| address.ip()).collect()),
    };
    // Where nobody knows the name, nobody goes there by it.
    found.unwrap_or_default()
}

// === impl Watch ===

impl Watch {
    /// Whether a socket leads to an address of which nothing is known; noted as asked.
    fn has_to_ask(&mut self, sockets: &[Socket], now: Instant) -> bool {
        let is_known = |socket: &Socket| self.addresses.contains_key(&socket.remote);
        let is_due = self.asked.is_none_or(|asked| now.duration_since(asked) >= ASK_AGAIN);
        let asks = is_due && !sockets.iter().all(is_known);
        if asks {
            self.asked = Some(now);
        }
        asks
    }

    fn learn(&mut self, provider: Provider, addresses: Vec<IpAddr>) {
        if self.addresses.len() >= KEPT {
            self.addresses.clear();
        }
        let outside = addresses.into_iter().map(|address| address.to_canonical());
        self.addresses
            .extend(outside.filter(|address| !address.is_loopback()).map(|address| (address, provider)));
    }

    /// Whom each connection that is new leads to, as far as can be told.
    fn look(&mut self, sockets: &[Socket]) -> Vec<Provider> {
        let open: HashSet<u64> = sockets.iter().map(|socket| socket.inode).collect();
        self.counted.retain(|inode| open.contains(inode));
        let Self { addresses, counted, asked: _ } = self;
        let theirs =
            sockets.iter().filter_map(|socket| Some((socket.inode, *addresses.get(&socket.remote)?)));
        theirs.filter(|(inode, _)| counted.insert(*inode)).map(|(_, provider)| provider).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPENAI: &str = "162.159.140.245";

    fn socket(inode: u64, remote: &str) -> Socket {
        Socket { inode, remote: remote.parse().unwrap() }
    }

    fn knowing() -> Watch {
        let mut watch = Watch::default();
        watch.learn(Provider::OpenAi, vec![OPENAI.parse().unwrap()]);
        watch
    }

    #[test]
    fn a_connection_to_a_providers_address_is_counted_once_while_it_is_open() {
        let mut watch = knowing();
        let open = [socket(1, OPENAI), socket(2, "10.0.0.1")];
        assert_eq!(watch.look(&open), [Provider::OpenAi]);
        assert_eq!(watch.look(&open), []);
        assert_eq!(watch.look(&[]), []);
        assert_eq!(watch.look(&open), [Provider::OpenAi], "the kernel gave the number to another one");
    }

    #[test]
    fn nameservers_are_asked_for_addresses_that_nobody_knows_and_not_at_every_look() {
        let (mut watch, now) = (knowing(), Instant::now());
        assert!(!watch.has_to_ask(&[], now));
        assert!(!watch.has_to_ask(&[socket(1, OPENAI)], now));
        let strange = [socket(2, "10.0.0.1")];
        assert!(watch.has_to_ask(&strange, now));
        assert!(!watch.has_to_ask(&strange, now + ASK_AGAIN / 2));
        assert!(watch.has_to_ask(&strange, now + ASK_AGAIN));
    }

    #[test]
    fn where_the_hosts_file_leads_the_name_to_ourselves_is_no_providers_address() {
        let mut watch = Watch::default();
        watch.learn(Provider::OpenAi, vec!["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()]);
        assert!(watch.addresses.is_empty());
    }
}
