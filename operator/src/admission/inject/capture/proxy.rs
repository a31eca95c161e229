//! The variables of a forward proxy: clients that know them ask the sidecar to connect them.
//!
//! In both cases, for gRPC reads the lower one only, and Node only where it is told to; Java is told by its options. Plain HTTP stays as it is. A
//! container with a proxy of its own keeps it, and is named.

use k8s_openapi::api::core::v1::{Container, EnvVar};

use super::{super::LeftOut, Variables, environment, has_env_from, hosts::HOSTS, trust, variable};

pub(in super::super) const ADDRESS: &str = "http://127.0.0.1:7412";
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const OWN: [&str; 2] = ["HTTPS_PROXY", "https_proxy"];
/// What stays inside the cluster, or the machine.
const DIRECT: &str = "localhost,127.0.0.1,::1,.svc,.cluster.local,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16";
const NODE: &str = "NODE_USE_ENV_PROXY";
/// Java reads no variable of these, but properties; [`DIRECT`] in its own words.
const JAVA: &str = "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=7412 -Dhttp.nonProxyHosts=localhost|127.*|[::1]|*.svc|*.cluster.local|10.*|192.168.*";

/// What plain HTTP goes through.
const PLAIN: [&str; 4] = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
/// Loopback, as lists of what stays direct name it.
const LOOPBACK: &str = "127.0.0.1";
const LOOPBACK_NET: &str = "127.0.0.0/8";

/// A proxy of the container's own that calls to the providers' hosts go through, whatever the hosts file says.
pub(super) fn around_hosts(container: &Container) -> Option<LeftOut> {
    let taken = HOSTS.iter().any(|host| !stays_direct(container, host));
    let variable = own_proxy(container, PROXIES).filter(|_| taken)?;
    Some(LeftOut::ProxyAroundHosts(variable))
}

/// One that calls to the sidecar itself would go through: it finds nobody on its own loopback.
pub(super) fn before_the_sidecar(container: &Container) -> Option<LeftOut> {
    let taken = !stays_direct(container, LOOPBACK) && !stays_direct(container, LOOPBACK_NET);
    let variable = own_proxy(container, PLAIN).filter(|_| taken)?;
    Some(LeftOut::ProxyBeforeSidecar(variable))
}

fn own_proxy(container: &Container, names: [&str; 4]) -> Option<String> {
    let is_one = |there: &&EnvVar| {
        names.contains(&there.name.as_str()) && !matches!(there.value.as_deref(), Some("" | ADDRESS))
    };
    environment(container).find(is_one).map(|there| there.name.clone())
}

/// Whether the container's own list leaves this host out. Clients read one of both cases, each another: either will do.
fn stays_direct(container: &Container, host: &str) -> bool {
    let lists = environment(container).filter(|there| there.name.eq_ignore_ascii_case("NO_PROXY"));
    lists.filter_map(|there| there.value.as_deref()).flat_map(|list| list.split(',')).any(|entry| {
        let name = entry.trim().trim_start_matches('*').trim_start_matches('.');
        let parent = host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        entry.trim() == "*" || (!name.is_empty() && parent)
    })
}

fn java() -> String {
    format!("{} {JAVA}", trust::JAVA)
}

pub(super) fn variables(container: &Container) -> Variables {
    let own =
        |there: &&EnvVar| PROXIES.contains(&there.name.as_str()) && there.value.as_deref() != Some(ADDRESS);
    if let Some(there) = environment(container).find(own) {
        return Variables { left_out: vec![LeftOut::OwnProxy(there.name.clone())], ..Variables::default() };
    }
    let told = environment(container).any(|there| OWN.contains(&there.name.as_str()));
    if has_env_from(container) && !told {
        return Variables { left_out: vec![LeftOut::ProxyFromEnvFrom], ..Variables::default() };
    }
    let mut variables = trust::variables(container, &java());
    let lacks = |name: &str| !environment(container).any(|there| there.name == name);
    variables.add.extend(OWN.into_iter().filter(|name| lacks(name)).map(|name| variable(name, ADDRESS)));
    // A list of the container's own is one that it knows to be right for it.
    if lacks("NO_PROXY") && lacks("no_proxy") {
        variables.add.extend(["NO_PROXY", "no_proxy"].map(|name| variable(name, DIRECT)));
    }
    if lacks(NODE) {
        variables.add.push(variable(NODE, "1"));
    }
    variables
}
