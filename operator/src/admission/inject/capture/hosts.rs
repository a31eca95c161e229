//! The providers' names lead to loopback, where the sidecar listens on 443 without any capability.
//!
//! Exactly 127.0.0.1 and ::1, which meshes leave alone. `hostAliases` is a list by address: a pod's own entry for loopback is
//! added to. A name that the pod itself sends elsewhere stays where it is, and is named.

use k8s_openapi::api::core::v1::{HostAlias, PodSpec, Sysctl};
use serde_json::json;

use super::super::{
    Remark,
    patch::{Operations, Step},
};

/// The providers' own hosts, and those of regions. `hostAliases` knows no patterns.
pub(in super::super) const HOSTS: [&str; 13] = [
    "api.openai.com",
    "us.api.openai.com",
    "eu.api.openai.com",
    "api.anthropic.com",
    "generativelanguage.googleapis.com",
    "aiplatform.googleapis.com",
    "us-central1-aiplatform.googleapis.com",
    "europe-west1-aiplatform.googleapis.com",
    "europe-west4-aiplatform.googleapis.com",
    "us-east5-aiplatform.googleapis.com",
    "api.x.ai",
    "openrouter.ai",
    "eu.openrouter.ai",
];

const LOOPBACK: [&str; 2] = ["127.0.0.1", "::1"];
/// A safe sysctl, which Pod Security `restricted` allows; of the pod's own network namespace.
const PORTS: &str = "net.ipv4.ip_unprivileged_port_start";
const HTTPS: u16 = 443;

pub(super) fn put(patch: &mut Operations, spec: &PodSpec, remarks: &mut Vec<Remark>) {
    put_sysctl(patch, spec);
    let aliases = || spec.host_aliases.iter().flatten();
    let names = |alias: &HostAlias, host: &str| {
        alias.hostnames.iter().flatten().any(|name| name.eq_ignore_ascii_case(host))
    };
    let elsewhere =
        |host: &str| aliases().any(|alias| !LOOPBACK.contains(&alias.ip.as_str()) && names(alias, host));
    remarks.extend(
        HOSTS
            .into_iter()
            .filter(|host| elsewhere(host))
            .map(|host| Remark::OwnAlias { host: host.to_owned() }),
    );

    let mut new = Vec::new();
    for ip in LOOPBACK {
        let missing =
            |host: &&str| !elsewhere(host) && !aliases().any(|alias| alias.ip == ip && names(alias, host));
        let missing: Vec<_> = HOSTS.into_iter().filter(missing).map(|host| json!(host)).collect();
        match aliases().position(|alias| alias.ip == ip) {
            Some(place) => {
                let has = aliases().nth(place).is_some_and(|alias| alias.hostnames.is_some());
                let path = ["spec".into(), "hostAliases".into(), Step::Place(place), "hostnames".into()];
                patch.append(&path, has, missing);
            }
            None if missing.is_empty() => {}
            None => new.push(json!({ "ip": ip, "hostnames": missing })),
        }
    }
    patch.append(&["spec".into(), "hostAliases".into()], spec.host_aliases.is_some(), new);
}

/// The pod's own value of the sysctl, where it keeps 443 for the privileged.
pub(super) fn forbidding_sysctl(spec: &PodSpec) -> Option<&str> {
    let own = own_sysctl(spec)?.value.as_str();
    own.trim().parse::<u16>().map_or(true, |start| start > HTTPS).then_some(own)
}

fn own_sysctl(spec: &PodSpec) -> Option<&Sysctl> {
    let sysctls = spec.security_context.as_ref()?.sysctls.as_ref()?;
    // Kubernetes takes both spellings.
    sysctls.iter().find(|sysctl| sysctl.name.replace('/', ".") == PORTS)
}

fn put_sysctl(patch: &mut Operations, spec: &PodSpec) {
    if own_sysctl(spec).is_some() {
        return;
    }
    let sysctl = json!({ "name": PORTS, "value": "0" });
    let Some(context) = &spec.security_context else {
        patch.add(&["spec".into(), "securityContext".into()], json!({ "sysctls": [sysctl] }));
        return;
    };
    let path = ["spec".into(), "securityContext".into(), "sysctls".into()];
    patch.append(&path, context.sysctls.is_some(), vec![sysctl]);
}

#[cfg(test)]
mod tests {
    use tollgate_meter::Provider;

    use super::*;

    #[test]
    fn each_provider_is_captured_and_nothing_else() {
        for provider in Provider::ALL {
            assert!(HOSTS.contains(&provider.host()), "{provider}");
        }
        for host in HOSTS {
            assert!(Provider::of_host(host).is_some(), "{host}");
        }
    }
}
