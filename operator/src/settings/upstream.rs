//! Where a provider is reached instead of at its own address. A sidecar that is told an address that is none does not start, and
//! neither does its pod: what it would refuse is refused here, once, and no pod is made with it.

use std::collections::BTreeMap;

use tollgate_crds::{Address, AddressError, Provider};

use super::ProviderSettings;

/// What no sidecar would take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("providers.{}.upstream: {problem}", provider.name())]
pub struct NotAnUpstream {
    provider: Provider,
    problem: AddressError,
}

/// Whether sidecars can be told all of them.
pub fn check(providers: &BTreeMap<Provider, ProviderSettings>) -> Result<(), NotAnUpstream> {
    for (provider, ProviderSettings { upstream }) in providers {
        if let Some(upstream) = upstream {
            let read: Result<Address, _> = upstream.parse();
            read.map_err(|problem| NotAnUpstream { provider: *provider, problem })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(upstream: &str) -> Option<String> {
        let settings = ProviderSettings { upstream: Some(upstream.to_owned()) };
        check(&BTreeMap::from([(Provider::OpenAi, settings)])).err().map(|error| error.to_string())
    }

    #[test]
    fn an_upstream_that_no_sidecar_would_start_with_is_refused_and_says_what_to_write() {
        for upstream in [
            "https://user:secret@gateway.example",
            "https://gateway.example?key=secret",
            "https://gateway example",
            "https://gateway.example/a b",
            "https://gätway.example",
            "https://[::1",
            "https://gateway.example\\openai",
            "gateway.example:8080",
            "ftp://gateway.example",
            "",
        ] {
            let said = said(upstream).unwrap_or_default();
            assert!(
                said.starts_with("providers.openai.upstream: ") && said.contains("; write one"),
                "{upstream}: {said}"
            );
            assert!(!said.contains("secret"), "{said}");
        }
    }

    #[test]
    fn a_gateway_with_a_port_and_a_path_is_taken_and_so_is_none() {
        for upstream in
            ["https://gateway.example:8443/openai", "http://stand-in:8080", "https://[2001:db8::1]:8443/"]
        {
            assert_eq!(said(upstream), None, "{upstream}");
        }
        assert_eq!(check(&BTreeMap::from([(Provider::OpenAi, ProviderSettings::default())])), Ok(()));
    }
}
