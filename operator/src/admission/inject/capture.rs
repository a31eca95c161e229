//! The SDKs' base-URL variables: they send a container's calls to the sidecar.
//!
//! Only into containers that say nothing about where their calls go. A variable of ours wins over one from `envFrom`, and
//! would send a company gateway's key to the provider; so such containers are left as they are, and named.

use k8s_openapi::api::core::v1::{Container, EnvVar, PodSpec};
use serde_json::json;

use super::{
    CONTAINER, LeftOut, Remark,
    patch::{Operations, Step},
};

pub(super) const OPENAI_URL: &str = "http://127.0.0.1:7411/openai/v1";

/// With `/v1` or without it, as each provider's own SDK wants it.
const VARIABLES: [(&str, &str); 3] = [
    ("OPENAI_BASE_URL", OPENAI_URL),
    ("ANTHROPIC_BASE_URL", "http://127.0.0.1:7411/anthropic"),
    ("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:7411/google"),
];

/// Other words for the same wish. With an Azure endpoint, OpenAI's Node SDK refuses to start beside a base URL.
const OTHERS: [&str; 5] = [
    "OPENAI_API_BASE",
    "AZURE_OPENAI_ENDPOINT",
    "ANTHROPIC_API_URL",
    "ANTHROPIC_API_BASE",
    "GEMINI_API_BASE",
];

/// Init containers too: their calls cost as much.
pub(super) fn put(patch: &mut Operations, spec: &PodSpec, remarks: &mut Vec<Remark>) {
    let init = spec.init_containers.iter().flatten().filter(|container| container.name != CONTAINER);
    // The sidecar stands before them by now.
    let init = init.zip(1..).map(|(container, place)| ("initContainers", place, container));
    let main = spec.containers.iter().zip(0..).map(|(container, place)| ("containers", place, container));
    for (list, place, container) in init.chain(main) {
        let path = ["spec".into(), list.into(), Step::Place(place), "env".into()];
        match missing(container) {
            Ok(variables) => patch.append(&path, container.env.is_some(), variables),
            Err(why) => remarks.push(Remark::NotCaptured { container: container.name.clone(), why }),
        }
    }
}

/// The variables that the container lacks, or why it gets none. Those of an earlier run are ours.
fn missing(container: &Container) -> Result<Vec<serde_json::Value>, LeftOut> {
    let env = || container.env.iter().flatten();
    let own = |variable: &&EnvVar| match VARIABLES.iter().find(|(name, _)| *name == variable.name) {
        Some((_, value)) => variable.value.as_deref() != Some(*value),
        None => OTHERS.contains(&variable.name.as_str()),
    };
    if let Some(variable) = env().find(own) {
        return Err(LeftOut::OwnVariable(variable.name.clone()));
    }
    if container.env_from.as_ref().is_some_and(|sources| !sources.is_empty()) {
        return Err(LeftOut::EnvFrom);
    }
    let lacks = |name: &str| !env().any(|variable| variable.name == name);
    let absent = VARIABLES.iter().filter(|(name, _)| lacks(name));
    Ok(absent.map(|(name, value)| json!({ "name": name, "value": value })).collect())
}
