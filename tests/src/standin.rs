//! Stand-ins for the providers: the shapes of the providers' documentation and of their official SDKs'
//! types, over plain HTTP/1.1, with every fault a bad day can bring.
//!
//! What one call shall play is said in its own header, [`directive::HEADER`]; a call without it gets an
//! ordinary answer. What the call would have been billed is in the [`book`], written before the answer.

pub mod answer;
pub mod anthropic;
pub mod ask;
pub mod body;
pub mod book;
pub mod coding;
pub mod directive;
pub mod google;
pub mod grpc;
pub mod later;
pub mod openai;
pub mod openrouter;
pub mod server;
pub mod text;
pub mod xai;

/// The provider a listener stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
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

    /// As options, addresses and base URLs have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
            Self::Google => "google",
            Self::Xai => "xai",
            Self::OpenRouter => "openrouter",
        }
    }
}
