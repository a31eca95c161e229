//! OpenRouter: <https://openrouter.ai/docs/api-reference>.

mod batch;
mod chat;
mod endpoints;
mod messages;
mod responses;
mod services;
mod videos;

pub(crate) use batch::BATCH;
pub(crate) use chat::CHAT;
pub(crate) use endpoints::ENDPOINTS;
pub(crate) use messages::MESSAGES;
pub(crate) use responses::RESPONSES;
pub(crate) use services::SERVICES;
pub(crate) use videos::VIDEOS;
