//! Which provider is called, and on which path of its own.
//!
//! Where an app calls a provider's own host, that is what it says. At the base-URL door
//! `http://HOST:7411/openai` stands for the provider's origin, and `/feature/NAME` may stand before it:
//!
//! ```text
//! /openai/v1/chat/completions                 → api.openai.com     /v1/chat/completions
//! /feature/chat/anthropic/v1/messages?beta=1  → api.anthropic.com  /v1/messages?beta=1
//! ```

use std::borrow::Cow;

use tollgate_meter::{Endpoint, Provider, plain};

/// What the request's target says.
#[derive(Debug, PartialEq, Eq)]
pub struct Target<'a> {
    pub provider: Provider,
    /// `NAME` of `/feature/NAME/…` as it was written: nobody has checked it yet.
    pub feature: Option<&'a str>,
    /// The path as it goes to the provider, without the query.
    pub path: Cow<'a, str>,
    pub query: Option<&'a str>,
    pub endpoint: Endpoint,
}

// === impl Target ===

impl<'a> Target<'a> {
    /// `None` where the path names no provider.
    pub fn of(method: &str, path: &'a str, query: Option<&'a str>) -> Option<Self> {
        let (feature, path) = split_feature(path);
        let (name, path) = split_segment(path)?;
        let provider = Provider::from_name(name)?;
        let path = own_path(provider, method, if path.is_empty() { "/" } else { path });
        Some(Self { feature, ..Self::to(provider, method, path, query) })
    }

    /// A call to a provider's own host: the path is as the provider sees it, and names no feature.
    pub fn captured(provider: Provider, method: &str, path: &'a str, query: Option<&'a str>) -> Self {
        Self::to(provider, method, Cow::Borrowed(path), query)
    }

    fn to(provider: Provider, method: &str, path: Cow<'a, str>, query: Option<&'a str>) -> Self {
        let endpoint = Endpoint::of(provider, method, &plain(&path));
        Self { provider, feature: None, path, query, endpoint }
    }

    /// The path, plainly spelled: what rules and tables are asked about.
    pub fn plain_path(&self) -> Cow<'_, str> {
        plain(&self.path)
    }

    /// The call goes to another model, which the path names. `None` where it cannot be exchanged there.
    pub fn name_model(&mut self, model: &str) -> Option<()> {
        // Of a path that is not plain nobody knows where the name stands.
        let Cow::Borrowed(plain) = self.plain_path() else { return None };
        self.path = self.endpoint.with_segment("model", model, plain)?.into();
        Some(())
    }

    /// The request target to send upstream, behind a gateway's own path.
    pub fn upstream(&self, prefix: &str) -> String {
        let query = self.query.unwrap_or_default();
        let mut target = String::with_capacity(prefix.len() + self.path.len() + query.len() + 1);
        target.push_str(prefix);
        target.push_str(&self.path);
        if self.query.is_some() {
            target.push('?');
            target.push_str(query);
        }
        target
    }
}

fn split_feature(path: &str) -> (Option<&str>, &str) {
    match path.strip_prefix("/feature/").and_then(|rest| rest.split_once('/')) {
        Some((name, _)) => (Some(name), &path["/feature/".len() + name.len()..]),
        None => (None, path),
    }
}

/// `/openai/v1/models` → (`openai`, `/v1/models`).
fn split_segment(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix('/')?;
    Some(path.split_at(path.find('/').unwrap_or(path.len())))
}

/// SDKs disagree whether Anthropic's base URL ends in `/v1` (its own: no; the AI SDK: yes), so its paths are
/// taken with `/v1` missing, once, or twice; what goes upstream has it once.
fn own_path<'a>(provider: Provider, method: &str, path: &'a str) -> Cow<'a, str> {
    if provider != Provider::Anthropic {
        return Cow::Borrowed(path);
    }
    let mut path = path;
    while path.starts_with("/v1/v1/") {
        path = &path["/v1".len()..];
    }
    if path.starts_with("/v1/") {
        return Cow::Borrowed(path);
    }
    let versioned = format!("/v1{path}");
    let is_listed = Endpoint::of(provider, method, &plain(&versioned)).is_listed();
    if is_listed { Cow::Owned(versioned) } else { Cow::Borrowed(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(path: &str) -> Option<(Provider, Option<&str>, String)> {
        let target = Target::of("POST", path, None)?;
        Some((target.provider, target.feature, target.upstream("")))
    }

    #[test]
    fn the_first_segment_names_the_provider_and_the_rest_is_its_own_path() {
        assert_eq!(
            target("/openai/v1/chat/completions"),
            Some((Provider::OpenAi, None, "/v1/chat/completions".into()))
        );
        assert_eq!(target("/google"), Some((Provider::Google, None, "/".into())));
    }

    #[test]
    fn a_feature_may_stand_in_front() {
        assert_eq!(
            target("/feature/chat/openrouter/api/v1/models"),
            Some((Provider::OpenRouter, Some("chat"), "/api/v1/models".into()))
        );
    }

    #[test]
    fn at_a_providers_own_host_every_path_is_its_own() {
        for path in ["/v1/messages", "/feature/chat/v1/messages", "/anthropic/v1/messages", "//v1/messages"] {
            let target = Target::captured(Provider::Anthropic, "POST", path, None);
            assert_eq!((target.feature, target.upstream("")), (None, path.to_owned()));
        }
    }

    #[test]
    fn a_path_of_no_provider_is_nobodys() {
        for path in
            ["/", "/v1/chat/completions", "/openaix/v1", "/feature/chat", "/feature/openai/v1/models", "*"]
        {
            assert_eq!(target(path), None, "{path}");
        }
    }

    #[test]
    fn anthropics_version_goes_upstream_once_however_often_the_app_wrote_it() {
        for path in ["/anthropic/messages", "/anthropic/v1/messages", "/anthropic/v1/v1/messages"] {
            assert_eq!(target(path), Some((Provider::Anthropic, None, "/v1/messages".into())), "{path}");
        }
    }

    #[test]
    fn an_anthropic_path_that_no_version_makes_known_stays_as_it_is() {
        assert_eq!(
            target("/anthropic/api/event_logging"),
            Some((Provider::Anthropic, None, "/api/event_logging".into()))
        );
    }

    #[test]
    fn query_and_a_gateways_path_are_kept() {
        let target = Target::of("GET", "/openai/v1/models", Some("limit=2&after=%20")).unwrap();
        assert_eq!(target.upstream("/ai"), "/ai/v1/models?limit=2&after=%20");
    }
}
