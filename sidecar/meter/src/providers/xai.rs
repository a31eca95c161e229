//! xAI: <https://docs.x.ai/docs/api-reference>.

mod batch;
mod chat;
mod endpoints;
pub(crate) mod grpc;
mod media;
mod messages;
mod responses;

pub(crate) use batch::BATCH;
pub(crate) use chat::CHAT;
pub(crate) use endpoints::ENDPOINTS;
pub(crate) use media::{IMAGES, VIDEOS};
pub(crate) use messages::MESSAGES;
pub(crate) use responses::{RESPONSES, SESSION as RESPONSES_SESSION};
