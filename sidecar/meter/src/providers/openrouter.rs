//! OpenRouter: <https://openrouter.ai/docs/api-reference>.

use crate::endpoint::{
    Billing::{Free, Unmetered},
    Line,
};

pub(crate) const ENDPOINTS: &[Line] = &[
    ("POST", "/api/v1/chat/completions", Unmetered),
    ("POST", "/api/v1/completions", Unmetered),
    ("POST", "/api/v1/responses", Unmetered),
    ("POST", "/api/v1/messages", Unmetered),
    ("POST", "/api/v1/embeddings", Unmetered),
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
