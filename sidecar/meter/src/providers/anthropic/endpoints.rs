//! What api.anthropic.com serves, as its API reference lists it.

use crate::endpoint::{
    Billing::{Free, Metered, Reads, Unmetered},
    Dialect, Line,
};

pub(crate) const ENDPOINTS: &[Line] = &[
    ("POST", "/v1/messages", Metered(Dialect::AnthropicMessages)),
    ("POST", "/v1/messages/count_tokens", Free),
    // a batch is billed by its results, when they are read
    ("POST", "/v1/messages/batches", Reads(Dialect::AnthropicBatch)),
    ("GET", "/v1/messages/batches", Free),
    ("GET", "/v1/messages/batches/{id}/results", Reads(Dialect::AnthropicBatchResults)),
    ("POST", "/v1/messages/batches/{id}/cancel", Free),
    ("GET", "/v1/messages/batches/{id}", Reads(Dialect::AnthropicBatch)),
    ("DELETE", "/v1/messages/batches/{id}", Free),
    // older text
    ("POST", "/v1/complete", Unmetered),
    ("GET", "/v1/models", Free),
    ("GET", "/v1/models/{model}", Free),
    ("*", "/v1/files", Free),
    ("GET", "/v1/files/{id}/content", Free),
    ("*", "/v1/files/{id}", Free),
    ("*", "/v1/skills", Free),
    ("*", "/v1/skills/{id}", Free),
    ("*", "/v1/skills/{id}/versions", Free),
    ("*", "/v1/skills/{id}/versions/{version}", Free),
    ("POST", "/v1/experimental/generate_prompt", Unmetered),
    ("POST", "/v1/experimental/improve_prompt", Unmetered),
    ("POST", "/v1/experimental/templatize_prompt", Unmetered),
    ("*", "/v1/organizations/**", Free),
    // keyless sign-in of the SDKs
    ("POST", "/v1/oauth/token", Free),
];
