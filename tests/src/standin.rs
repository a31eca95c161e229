//! Stand-ins for OpenAI and Anthropic: the shapes of the providers' documentation and of their official SDKs'
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
pub mod later;
pub mod openai;
pub mod server;
pub mod text;

/// The provider a listener stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    OpenAi,
    Anthropic,
}
