//! OpenAI: <https://platform.openai.com/docs/api-reference>.

mod chat;
mod endpoints;

pub(crate) use chat::CHAT;
pub(crate) use endpoints::ENDPOINTS;
