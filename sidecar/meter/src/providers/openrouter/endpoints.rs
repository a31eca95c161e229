//! What openrouter.ai serves.

use crate::endpoint::{
    Billing::{Free, Metered, Reads, Unmetered},
    Dialect, Line,
};

pub(crate) const ENDPOINTS: &[Line] = &[
    ("POST", "/api/v1/chat/completions", Metered(Dialect::OpenRouterChat)),
    ("POST", "/api/v1/completions", Metered(Dialect::OpenRouterChat)),
    ("POST", "/api/v1/responses", Metered(Dialect::OpenRouterResponses)),
    ("POST", "/api/v1/messages", Metered(Dialect::OpenRouterMessages)),
    ("POST", "/api/v1/presets/{slug}/chat/completions", Metered(Dialect::OpenRouterChat)),
    ("POST", "/api/v1/presets/{slug}/responses", Metered(Dialect::OpenRouterResponses)),
    ("POST", "/api/v1/presets/{slug}/messages", Metered(Dialect::OpenRouterMessages)),
    ("POST", "/api/v1/embeddings", Metered(Dialect::OpenRouterServices)),
    ("POST", "/api/v1/rerank", Metered(Dialect::OpenRouterServices)),
    ("POST", "/api/v1/audio/transcriptions", Metered(Dialect::OpenRouterServices)),
    // sound, and nothing that says what it cost
    ("POST", "/api/v1/audio/speech", Unmetered),
    ("POST", "/api/v1/images", Metered(Dialect::OpenRouterChat)),
    ("POST", "/api/v1/videos", Metered(Dialect::OpenRouterVideos)),
    ("GET", "/api/v1/videos/models", Free),
    ("GET", "/api/v1/videos/{id}", Reads(Dialect::OpenRouterVideos)),
    ("POST", "/api/v1/batches", Unmetered),
    ("POST", "/api/v1/messages/count_tokens", Free),
    ("*", "/api/v1/files", Free),
    ("POST", "/api/v1/generation/feedback", Free),
    // what a call cost, also one that was cut: the call has its row already
    ("GET", "/api/v1/generation", Free),
    ("GET", "/api/v1/models", Free),
    ("GET", "/api/v1/models/count", Free),
    ("GET", "/api/v1/models/user", Free),
    ("GET", "/api/v1/models/{author}/{slug}/endpoints", Free),
    ("GET", "/api/v1/endpoints/zdr", Free),
    ("GET", "/api/v1/embeddings/models", Free),
    ("GET", "/api/v1/providers", Free),
    ("GET", "/api/v1/credits", Free),
    ("GET", "/api/v1/key", Free),
    ("GET", "/api/v1/activity", Free),
    ("*", "/api/v1/keys", Free),
    ("*", "/api/v1/keys/{id}", Free),
    ("POST", "/api/v1/auth/keys", Free),
];
