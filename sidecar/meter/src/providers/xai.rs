//! xAI: <https://docs.x.ai/docs/api-reference>.

use crate::endpoint::{
    Billing::{Free, Unmetered},
    Line,
};

pub(crate) const ENDPOINTS: &[Line] = &[
    ("POST", "/v1/chat/completions", Unmetered),
    ("POST", "/v1/responses", Unmetered),
    ("GET", "/v1/responses/{id}", Free),
    ("DELETE", "/v1/responses/{id}", Free),
    // asked for earlier, and billed then
    ("GET", "/v1/chat/deferred-completion/{id}", Free),
    ("POST", "/v1/messages", Unmetered),
    ("POST", "/v1/completions", Unmetered),
    ("POST", "/v1/complete", Unmetered),
    ("POST", "/v1/embeddings", Unmetered),
    ("POST", "/v1/images/generations", Unmetered),
    ("POST", "/v1/images/edits", Unmetered),
    ("POST", "/v1/videos/generations", Unmetered),
    ("POST", "/v1/videos/edits", Unmetered),
    ("GET", "/v1/videos/{id}", Free),
    ("GET", "/v1/realtime", Unmetered),
    ("POST", "/v1/realtime/client_secrets", Unmetered),
    ("POST", "/v1/tokenize-text", Free),
    ("GET", "/v1/api-key", Free),
    ("GET", "/v1/models", Free),
    ("GET", "/v1/models/{model}", Free),
    ("GET", "/v1/language-models", Free),
    ("GET", "/v1/language-models/{model}", Free),
    ("GET", "/v1/embedding-models", Free),
    ("GET", "/v1/embedding-models/{model}", Free),
    ("GET", "/v1/image-generation-models", Free),
    ("GET", "/v1/image-generation-models/{model}", Free),
    ("*", "/v1/files", Free),
    ("GET", "/v1/files/{id}/content", Free),
    ("*", "/v1/files/{id}", Free),
    ("POST", "/xai_api.Chat/GetCompletion", Unmetered),
    ("POST", "/xai_api.Chat/GetCompletionChunk", Unmetered),
    ("POST", "/xai_api.Models/{method}", Free),
    ("POST", "/xai_api.Tokenize/{method}", Free),
];
