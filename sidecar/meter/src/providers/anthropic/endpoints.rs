//! What api.anthropic.com serves, as its API reference lists it.

use crate::endpoint::{
    Billing::{Begins, Elsewhere, Free, Metered, Reads, Unmetered},
    Dialect, Line,
};

pub(crate) const ENDPOINTS: &[Line] = &[
    ("POST", "/v1/messages", Metered(Dialect::AnthropicMessages)),
    // for those who come with OpenAI's SDK (platform.claude.com/docs/en/cli-sdks-libraries/libraries/openai-sdk)
    ("POST", "/v1/chat/completions", Metered(Dialect::OpenAiChat)),
    ("POST", "/v1/messages/count_tokens", Free),
    // a batch is billed by its results, when they are read
    ("POST", "/v1/messages/batches", Begins(Some(Dialect::AnthropicBatch))),
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
    ("GET", "/v1/skills/{id}/versions/{version}/content", Free),
    // managed agents: what they are told, and what runs by itself, calls models
    ("POST", "/v1/sessions", Unmetered),
    ("POST", "/v1/sessions/{id}/events", Unmetered),
    ("POST", "/v1/deployments/{id}/run", Unmetered),
    // a deployment may be on a schedule, and runs there by itself
    ("POST", "/v1/deployments", Elsewhere),
    ("POST", "/v1/deployments/{id}", Elsewhere),
    ("POST", "/v1/deployments/{id}/unpause", Elsewhere),
    ("POST", "/v1/dreams", Unmetered),
    ("*", "/v1/sessions/**", Free),
    ("GET", "/v1/sessions", Free),
    ("*", "/v1/deployments/**", Free),
    ("*", "/v1/deployments", Free),
    ("GET", "/v1/deployment_runs", Free),
    ("GET", "/v1/deployment_runs/{id}", Free),
    ("*", "/v1/dreams/**", Free),
    ("GET", "/v1/dreams", Free),
    ("*", "/v1/agents/**", Free),
    ("*", "/v1/agents", Free),
    ("*", "/v1/environments/**", Free),
    ("*", "/v1/environments", Free),
    ("*", "/v1/memory_stores/**", Free),
    ("*", "/v1/memory_stores", Free),
    ("*", "/v1/vaults/**", Free),
    ("*", "/v1/vaults", Free),
    ("*", "/v1/tunnels/**", Free),
    ("*", "/v1/tunnels", Free),
    ("*", "/v1/user_profiles/**", Free),
    ("*", "/v1/user_profiles", Free),
    ("POST", "/v1/experimental/generate_prompt", Unmetered),
    ("POST", "/v1/experimental/improve_prompt", Unmetered),
    ("POST", "/v1/experimental/templatize_prompt", Unmetered),
    ("*", "/v1/organizations/**", Free),
    ("*", "/v1/compliance/**", Free),
    // keyless sign-in of the SDKs
    ("POST", "/v1/oauth/token", Free),
];
