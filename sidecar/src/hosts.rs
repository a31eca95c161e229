//! The hosts that calls go to, one list a worker: each provider's own, and whichever regional ones apps name.

use std::cell::RefCell;
use std::rc::Rc;

use tollgate_meter::Provider;

use crate::config::{Origin, Origins};

/// One host, and where it really is.
pub(crate) struct Host {
    pub(crate) provider: Provider,
    /// As rows and prices have it: the one that the app named.
    pub(crate) name: Box<str>,
    pub(crate) origin: Origin,
    /// Its place among the worker's connections.
    pub(crate) slot: usize,
}

pub(crate) struct Hosts {
    origins: Origins,
    /// The providers' own first, in the order of [`Provider::ALL`].
    known: RefCell<Vec<Rc<Host>>>,
}

/// The provider table has some fifty; an app that makes up more is not captured there.
const KEPT: usize = 256;

// === impl Hosts ===

impl Hosts {
    pub(crate) fn new(origins: &Origins) -> Self {
        let known = Provider::ALL
            .into_iter()
            .enumerate()
            .map(|(slot, provider)| {
                let (name, origin) = (provider.host().into(), origins.of(provider).clone());
                Rc::new(Host { provider, name, origin, slot })
            })
            .collect();
        Self { origins: origins.clone(), known: RefCell::new(known) }
    }

    /// The host that stands for the provider.
    pub(crate) fn of(&self, provider: Provider) -> Rc<Host> {
        Rc::clone(&self.known.borrow()[provider as usize])
    }

    /// The provider's host of this name, in lower case; `None` where it is no provider's.
    pub(crate) fn named(&self, name: &str) -> Option<Rc<Host>> {
        let provider = Provider::of_host(name)?;
        let mut known = self.known.borrow_mut();
        if let Some(host) = known.iter().find(|host| &*host.name == name) {
            return Some(Rc::clone(host));
        }
        let slot = known.len();
        if slot >= KEPT {
            return None;
        }
        let origin = self.origins.of_named(provider, name)?;
        let host = Rc::new(Host { provider, name: name.into(), origin, slot });
        known.push(Rc::clone(&host));
        Some(host)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn hosts(upstreams: &[(&str, &str)]) -> Hosts {
        let upstreams: BTreeMap<String, String> =
            upstreams.iter().map(|(name, url)| ((*name).to_owned(), (*url).to_owned())).collect();
        Hosts::new(&Origins::with(&upstreams).unwrap())
    }

    #[test]
    fn a_region_keeps_its_own_address() {
        let host = hosts(&[]).named("eu.api.openai.com").unwrap();
        assert_eq!((host.provider, &*host.name), (Provider::OpenAi, "eu.api.openai.com"));
        assert_eq!(host.origin.to_string(), "https://eu.api.openai.com");
    }

    #[test]
    fn where_the_way_out_is_told_it_holds_for_regions_too() {
        let hosts = hosts(&[("openai", "http://gateway:8080")]);
        let host = hosts.named("eu.api.openai.com").unwrap();
        assert_eq!((&*host.name, &*host.origin.host), ("eu.api.openai.com", "gateway"));
    }

    #[test]
    fn a_host_has_one_slot_and_the_providers_own_is_the_one_of_its_base_url() {
        let hosts = hosts(&[]);
        let twice = ["eu.api.openai.com", "eu.api.openai.com"].map(|name| hosts.named(name).unwrap().slot);
        assert_eq!(twice[0], twice[1]);
        assert_eq!(hosts.named("api.x.ai").unwrap().slot, hosts.of(Provider::Xai).slot);
    }

    #[test]
    fn other_hosts_are_none_and_made_up_regions_end() {
        let hosts = hosts(&[]);
        assert!(hosts.named("bank.example").is_none());
        let kept = (0..1_000).filter(|n| hosts.named(&format!("r{n}.api.x.ai")).is_some()).count();
        assert_eq!(kept, KEPT - Provider::ALL.len());
    }
}
