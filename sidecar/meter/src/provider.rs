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

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
