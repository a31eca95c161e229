//! What openrouter.ai serves.

use crate::endpoint::{
    Billing::{Free, Metered, Unmetered},
    Dialect, Line,
};

pub(crate) const ENDPOINTS: &[Line] = &[
    ("POST", "/api/v1/chat/completions", Metered(Dialect::OpenRouterChat)),
    ("POST", "/api/v1/completions", Metered(Dialect::OpenRouterChat)),
    ("POST", "/api/v1/responses", Metered(Dialect::OpenRouterResponses)),
    ("POST", "/api/v1/messages", Unmetered),
    ("POST", "/api/v1/embeddings", Metered(Dialect::OpenRouterChat)),
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
