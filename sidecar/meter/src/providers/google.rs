//! Google: the Gemini API <https://ai.google.dev/api> and Vertex AI <https://cloud.google.com/vertex-ai/docs/reference/rest>.

mod batch;
mod cache;
mod chat;
mod embed;
mod endpoints;
mod generate;
mod interactions;
mod predict;

pub(crate) use batch::{BATCH, RESULTS};
pub(crate) use cache::{CACHE, VERTEX_CACHE};
pub(crate) use chat::CHAT;
pub(crate) use embed::EMBED;
pub(crate) use endpoints::ENDPOINTS;
pub(crate) use generate::{GENERATE, LIVE};
pub(crate) use interactions::INTERACTIONS;
pub(crate) use predict::{FILM, PREDICT};
