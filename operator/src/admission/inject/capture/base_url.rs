//! The SDKs' base-URL variables: they send a container's calls to the sidecar.
//!
//! Only into containers that say nothing about where their calls go. A variable of ours wins over one from `envFrom`, and
//! would send a company gateway's key to the provider; so such containers are left as they are, and named.

use http::Uri;
use k8s_openapi::api::core::v1::{Container, EnvVar};
use tollgate_meter::Provider;

use super::{super::LeftOut, Variables, environment, has_env_from, proxy, variable};

pub(in super::super) const OPENAI_URL: &str = "http://127.0.0.1:7411/openai/v1";

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

/// The pod itself.
const HERE: [&str; 2] = ["127.0.0.1", "localhost"];

/// Those of the container's own that lead past the sidecar, also where the providers' own hosts lead to it.
pub(super) fn elsewhere(container: &Container) -> impl Iterator<Item = LeftOut> {
    let known = |name: &str| OTHERS.contains(&name) || VARIABLES.iter().any(|(ours, _)| *ours == name);
    let leads_past = |url: &str| {
        let host = url.parse::<Uri>().ok().and_then(|url| Some(url.host()?.to_ascii_lowercase()));
        // What is no address fails by itself, and a sidecar that somebody names by hand is still one.
        host.is_some_and(|host| Provider::of_host(&host).is_none() && !HERE.contains(&host.as_str()))
    };
    environment(container)
        .filter(move |there| known(&there.name) && there.value.as_deref().is_some_and(leads_past))
        .map(|there| LeftOut::OwnVariable(there.name.clone()))
}

/// The variables that the container lacks, or why it gets none. Those of an earlier run are ours.
pub(super) fn variables(container: &Container) -> Variables {
    let own = |variable: &&EnvVar| match VARIABLES.iter().find(|(name, _)| *name == variable.name) {
        Some((_, value)) => variable.value.as_deref() != Some(*value),
        None => OTHERS.contains(&variable.name.as_str()),
    };
    let left_out = match environment(container).find(own) {
        Some(variable) => Some(LeftOut::OwnVariable(variable.name.clone())),
        None if has_env_from(container) => Some(LeftOut::EnvFrom),
        None => proxy::before_the_sidecar(container),
    };
    if let Some(why) = left_out {
        return Variables { left_out: vec![why], ..Variables::default() };
    }
    let lacks = |name: &str| !environment(container).any(|variable| variable.name == name);
    let absent = VARIABLES.iter().filter(|(name, _)| lacks(name));
    Variables { add: absent.map(|(name, value)| variable(name, value)).collect(), ..Variables::default() }
}
