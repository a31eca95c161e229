//! OpenAI: <https://platform.openai.com/docs/api-reference>.

mod audio;
mod batch;
pub(crate) mod chat;
mod completions;
pub(crate) mod embeddings;
mod endpoints;
mod images;
pub(crate) mod parts;
mod realtime;
pub(crate) mod responses;
mod runs;
mod videos;

pub(crate) use audio::{SPEECH, TRANSCRIPTIONS};
pub(crate) use batch::RESULTS;
pub(crate) use chat::CHAT;
pub(crate) use completions::COMPLETIONS;
pub(crate) use embeddings::EMBEDDINGS;
pub(crate) use endpoints::ENDPOINTS;
pub(crate) use images::IMAGES;
pub(crate) use realtime::REALTIME;
pub(crate) use responses::{RESPONSES, SESSION as RESPONSES_SESSION};
pub(crate) use runs::RUNS;
pub(crate) use videos::VIDEOS;
