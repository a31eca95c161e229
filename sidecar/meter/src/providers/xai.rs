//! xAI: <https://docs.x.ai/docs/api-reference>.

mod chat;
mod endpoints;
pub(crate) mod grpc;
mod media;
mod responses;

pub(crate) use chat::CHAT;
pub(crate) use endpoints::ENDPOINTS;
pub(crate) use media::{IMAGES, VIDEOS};
pub(crate) use responses::RESPONSES;
