//! Which endpoint a call is for: a fixed table, so that paths with ids become few templates, and the answer to "can
//! this cost anything?".

use crate::{answer::Grammar, provider::Provider, providers};

/// How usage is spelled in request and answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `POST /v1/chat/completions`
    OpenAiChat,
    /// `POST /v1/messages`
    AnthropicMessages,
}

/// Whether and how a call is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billing {
    Metered(Dialect),
    /// Reading, listing, deleting, counting: costs nothing.
    Free,
    /// Can cost, and nobody meters it yet: usage unknown, cost null.
    Unmetered,
}

/// What a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The path with its ids taken out, as in the provider's reference; `other` where the table has none.
    pub template: &'static str,
    pub billing: Billing,
}

/// One line of a provider's table: a method (`*` is any), a template, how it is billed. Templates are matched segment
/// by segment: `{…}` is any one segment, `{…}:verb` one that ends so, and a last `**` the rest of the path.
pub(crate) type Line = (&'static str, &'static str, Billing);

// === impl Dialect ===

impl Dialect {
    /// An OpenAI-style stream carries its usage only where the request asks for it.
    pub const fn asks_for_usage(self) -> bool {
        matches!(self, Self::OpenAiChat)
    }

    pub(crate) fn grammar(self) -> &'static Grammar {
        match self {
            Self::OpenAiChat => &providers::openai::CHAT,
            Self::AnthropicMessages => &providers::anthropic::MESSAGES,
        }
    }
}

// === impl Endpoint ===

impl Endpoint {
    /// `path` as the provider sees it, without its query.
    pub fn of(provider: Provider, method: &str, path: &str) -> Self {
        let table = match provider {
            Provider::OpenAi => providers::openai::ENDPOINTS,
            Provider::Anthropic => providers::anthropic::ENDPOINTS,
            Provider::Google => providers::google::ENDPOINTS,
            Provider::Xai => providers::xai::ENDPOINTS,
            Provider::OpenRouter => providers::openrouter::ENDPOINTS,
        };
        table
            .iter()
            .find(|(verb, template, _)| (*verb == "*" || *verb == method) && matches(template, path))
            .map_or_else(|| Self::unlisted(method), |&(_, template, billing)| Self { template, billing })
    }

    /// A feature that is off is off for every call that can cost; the others pass.
    pub fn can_cost(&self) -> bool {
        !matches!(self.billing, Billing::Free)
    }

    pub fn dialect(&self) -> Option<Dialect> {
        match self.billing {
            Billing::Metered(dialect) => Some(dialect),
            Billing::Free | Billing::Unmetered => None,
        }
    }

    fn unlisted(method: &str) -> Self {
        let billing = match method {
            "GET" | "HEAD" | "OPTIONS" | "DELETE" => Billing::Free,
            _ => Billing::Unmetered,
        };
        Self { template: "other", billing }
    }
}

fn matches(template: &str, path: &str) -> bool {
    let path = path.strip_suffix('/').unwrap_or(path);
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some("**"), Some(_)) => return true,
            (Some(segment), Some(text)) if segment_matches(segment, text) => {}
            _ => return false,
        }
    }
}

fn segment_matches(segment: &str, text: &str) -> bool {
    match segment.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((_, verb)) => {
            text.len() > verb.len() && text.ends_with(verb) && (!verb.is_empty() || !text.contains(':'))
        }
        None => segment == text,
    }
}
