//! OpenRouter: <https://openrouter.ai/docs/api-reference>.

mod chat;
mod endpoints;
mod responses;

pub(crate) use chat::CHAT;
pub(crate) use endpoints::ENDPOINTS;
pub(crate) use responses::RESPONSES;
