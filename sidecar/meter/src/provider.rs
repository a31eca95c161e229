//! The five providers, and the names they go by.

use std::fmt;

/// Who serves the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Provider {
    OpenAi,
    Anthropic,
    Google,
    Xai,
    OpenRouter,
}

// === impl Provider ===

impl Provider {
    pub const ALL: [Self; 5] = [Self::OpenAi, Self::Anthropic, Self::Google, Self::Xai, Self::OpenRouter];

    /// The name in paths (`/openai/…`), rows and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
            Self::Google => "google",
            Self::Xai => "xai",
            Self::OpenRouter => "openrouter",
        }
    }

    /// The inverse of [`Provider::name`]; names are lower case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.name() == name)
    }

    /// The host that the provider's own SDKs call when nobody tells them otherwise.
    pub const fn host(self) -> &'static str {
        match self {
            Self::OpenAi => "api.openai.com",
            Self::Anthropic => "api.anthropic.com",
            Self::Google => "generativelanguage.googleapis.com",
            Self::Xai => "api.x.ai",
            Self::OpenRouter => "openrouter.ai",
        }
    }
}

impl Provider {
    /// A model as the provider lists it: Google's requests may name one by its resource (`models/NAME`, `publishers/google/models/NAME`).
    pub fn listed_model(self, model: &str) -> &str {
        match self {
            Self::Google => model.rsplit('/').next().unwrap_or(model),
            Self::OpenAi | Self::Anthropic | Self::Xai | Self::OpenRouter => model,
        }
    }

    /// Whose host this is: the SDKs' own, a region's, Vertex AI's. Without a port, in any case.
    pub fn of_host(host: &str) -> Option<Self> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let region_of = |suffix: &str| {
            host.strip_suffix(suffix).is_some_and(|region| {
                !region.is_empty() && region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
        };
        if let Some(provider) = Self::ALL.into_iter().find(|provider| provider.host() == host) {
            return Some(provider);
        }
        match host.as_str() {
            _ if region_of(".api.openai.com") => Some(Self::OpenAi),
            _ if region_of(".api.x.ai") => Some(Self::Xai),
            // in-region routing: eu., us.
            _ if region_of(".openrouter.ai") => Some(Self::OpenRouter),
            "aiplatform.googleapis.com" => Some(Self::Google),
            _ if region_of("-aiplatform.googleapis.com") => Some(Self::Google),
            _ if host.starts_with("aiplatform.") && host.ends_with(".rep.googleapis.com") => {
                Some(Self::Google)
            }
            _ => None,
        }
    }

    /// Whether a provider's host takes calls only from who shows a certificate of its own, which nobody between could
    /// hand on: OpenAI's `mtls.api.openai.com` and its regions (the SDK's X.509 workload identity).
    pub fn asks_for_a_certificate(host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        (host.starts_with("mtls.") || host.starts_with("mtls-")) && Self::of_host(&host) == Some(Self::OpenAi)
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
