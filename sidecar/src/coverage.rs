//! Connections of the pod that seem to go around its sidecar.
//!
//! Where connections were begun since, the kernel is asked each [`LOOK_AGAIN`] for the pod's sockets: what is connected to the
//! port of HTTPS at a provider's address, and is not ours, is counted once. It explains a gap and is no alert: addresses are shared
//! with others (those of Google with all of Google), and a connection that comes and goes between two looks is not seen. Nameservers
//! are asked only where a socket's address is not known yet, and seldom.

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
    /// At a provider's address, ours among them, by the kernel's number; those that are still open.
    seen: HashSet<u64>,
    asked: Option<Instant>,
    /// The last look saw an address of which nothing is known.
    is_puzzled: bool,
    /// How many connections had been begun before the last look.
    begun: Option<u64>,
    /// What had just begun then may be open only now.
    looks_again: bool,
}

/// Never ends.
pub(crate) async fn watch(shared: Arc<Shared>) -> &'static str {
    let names = shared.way_out.past_hosts_file.then(Names::default);
    let mut watch = Watch::default();
    loop {
        tokio::time::sleep(LOOK_AGAIN).await;
        if !watch.has_to_look(sockets::begun(), Instant::now()) {
            continue;
        }
        let sockets = sockets::open(HTTPS);
        if watch.has_to_ask(&sockets, Instant::now()) {
            for provider in Provider::ALL {
                watch.learn(provider, addresses(names.as_ref(), provider.host()).await);
            }
        }
        let strangers = sockets::of_others(watch.unseen(&sockets), HTTPS);
        for provider in strangers.iter().filter_map(|socket| watch.addresses.get(&socket.remote)) {
            shared.metrics.suspected(*provider);
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
    /// Whether there may be something that the last look has not seen.
    fn has_to_look(&mut self, begun: Option<u64>, now: Instant) -> bool {
        let has_begun = begun.is_none() || begun != self.begun;
        let looks = has_begun || self.looks_again || self.is_puzzled && self.may_ask(now);
        self.begun = begun;
        self.looks_again = has_begun;
        looks
    }

    /// Whether a socket leads to an address of which nothing is known; noted as asked.
    fn has_to_ask(&mut self, sockets: &[Socket], now: Instant) -> bool {
        self.is_puzzled = !sockets.iter().all(|socket| self.addresses.contains_key(&socket.remote));
        let asks = self.is_puzzled && self.may_ask(now);
        if asks {
            self.asked = Some(now);
        }
        asks
    }

    fn may_ask(&self, now: Instant) -> bool {
        self.asked.is_none_or(|asked| now.duration_since(asked) >= ASK_AGAIN)
    }

    fn learn(&mut self, provider: Provider, addresses: Vec<IpAddr>) {
        if self.addresses.len() >= KEPT {
            self.addresses.clear();
        }
        let outside = addresses.into_iter().map(|address| address.to_canonical());
        self.addresses
            .extend(outside.filter(|address| !address.is_loopback()).map(|address| (address, provider)));
    }

    /// Connections to providers that were not there before.
    fn unseen(&mut self, sockets: &[Socket]) -> Vec<Socket> {
        let open: HashSet<u64> = sockets.iter().map(|socket| socket.inode).collect();
        self.seen.retain(|inode| open.contains(inode));
        let Self { addresses, seen, .. } = self;
        let theirs = sockets.iter().filter(|socket| addresses.contains_key(&socket.remote));
        theirs.filter(|socket| seen.insert(socket.inode)).copied().collect()
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
    fn a_connection_to_a_providers_address_is_new_once_while_it_is_open() {
        let mut watch = knowing();
        let open = [socket(1, OPENAI), socket(2, "10.0.0.1")];
        assert_eq!(watch.unseen(&open), open[..1]);
        assert_eq!(watch.unseen(&open), []);
        assert_eq!(watch.unseen(&[]), []);
        assert_eq!(watch.unseen(&open), open[..1], "the kernel gave the number to another one");
    }

    #[test]
    fn nothing_is_looked_at_where_no_connection_was_begun_since() {
        let (mut watch, now) = (knowing(), Instant::now());
        assert!(watch.has_to_look(Some(7), now));
        assert!(watch.has_to_look(Some(7), now), "it may have been under way at the first look");
        assert!(!watch.has_to_look(Some(7), now));
        assert!(watch.has_to_look(Some(8), now));
    }

    #[test]
    fn where_the_system_does_not_count_every_look_is_taken() {
        let (mut watch, now) = (knowing(), Instant::now());
        assert!((0..4).all(|_| watch.has_to_look(None, now)));
    }

    #[test]
    fn an_address_that_nobody_knew_is_looked_at_again_when_nameservers_may_be_asked() {
        let (mut watch, now) = (knowing(), Instant::now());
        assert!(watch.has_to_look(Some(7), now) && watch.has_to_look(Some(7), now));
        assert!(watch.has_to_ask(&[socket(2, "10.0.0.1")], now));
        assert!(!watch.has_to_look(Some(7), now));
        assert!(watch.has_to_look(Some(7), now + ASK_AGAIN));
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
