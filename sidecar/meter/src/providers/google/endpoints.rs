//! What Google serves: the Gemini API in its versions, and Vertex AI, where other publishers' models are served too.

use crate::endpoint::{
    Billing::{Begins, Elsewhere, Free, Metered, Reads, Unmetered},
    Dialect, Line,
};

/// The Gemini API in one of its versions.
macro_rules! gemini {
    ($version:literal) => {
        [
            ("POST", concat!($version, "/models/{model}:generateContent"), Metered(Dialect::GoogleGenerate)),
            (
                "POST",
                concat!($version, "/models/{model}:streamGenerateContent"),
                Metered(Dialect::GoogleGenerate),
            ),
            ("POST", concat!($version, "/models/{model}:countTokens"), Free),
            ("POST", concat!($version, "/models/{model}:embedContent"), Metered(Dialect::GoogleEmbed)),
            ("POST", concat!($version, "/models/{model}:batchEmbedContents"), Metered(Dialect::GoogleEmbed)),
            ("POST", concat!($version, "/models/{model}:predict"), Metered(Dialect::GooglePredict)),
            ("POST", concat!($version, "/models/{model}:predictLongRunning"), Metered(Dialect::GoogleFilm)),
            // billed by their results, when those are read
            ("POST", concat!($version, "/models/{model}:batchGenerateContent"), Begins(None)),
            ("POST", concat!($version, "/models/{model}:asyncBatchEmbedContent"), Begins(None)),
            ("GET", concat!($version, "/models/{model}/operations/{id}"), Free),
            ("GET", concat!($version, "/models"), Free),
            ("GET", concat!($version, "/models/{model}"), Free),
            (
                "POST",
                concat!($version, "/tunedModels/{model}:generateContent"),
                Metered(Dialect::GoogleGenerate),
            ),
            (
                "POST",
                concat!($version, "/tunedModels/{model}:streamGenerateContent"),
                Metered(Dialect::GoogleGenerate),
            ),
            ("POST", concat!($version, "/interactions"), Metered(Dialect::GoogleInteractions)),
            // a session of them, whose events say each total so far, of several models' work
            ("GET", concat!($version, "/interactions/live"), Unmetered),
            ("GET", concat!($version, "/interactions/{id}"), Reads(Dialect::GoogleInteractions)),
            ("POST", concat!($version, "/interactions/{id}/cancel"), Reads(Dialect::GoogleInteractions)),
            ("DELETE", concat!($version, "/interactions/{id}"), Free),
            ("POST", concat!($version, "/interactions/{id}/auth_tokens"), Elsewhere),
            // questions that are answered by a choice or a score: its usage reads like that of an interaction
            ("POST", concat!($version, "/decisions"), Metered(Dialect::GoogleInteractions)),
            // work that begins by itself calls models
            ("POST", concat!($version, "/triggers"), Elsewhere),
            ("POST", concat!($version, "/triggers/{id}/executions"), Elsewhere),
            ("*", concat!($version, "/triggers/**"), Free),
            ("GET", concat!($version, "/triggers"), Free),
            // no page has a price of a machine that code runs on, or of a voice
            ("POST", concat!($version, "/environments"), Unmetered),
            ("*", concat!($version, "/environments/**"), Free),
            ("GET", concat!($version, "/environments"), Free),
            ("PUT", concat!("/upload", $version, "/environments/**"), Free),
            ("POST", concat!($version, "/voices"), Unmetered),
            ("GET", concat!($version, "/voices"), Free),
            ("*", concat!($version, "/voices/{id}"), Free),
            // cached content is billed by the hour it is kept
            ("POST", concat!($version, "/cachedContents"), Metered(Dialect::GoogleCache)),
            ("GET", concat!($version, "/cachedContents"), Free),
            ("GET", concat!($version, "/cachedContents/{id}"), Free),
            ("DELETE", concat!($version, "/cachedContents/{id}"), Free),
            // it says the new end, and not the old one
            ("PATCH", concat!($version, "/cachedContents/{id}"), Unmetered),
            ("GET", concat!($version, "/batches"), Free),
            ("GET", concat!($version, "/batches/{id}"), Reads(Dialect::GoogleBatch)),
            ("POST", concat!($version, "/batches/{id}:cancel"), Free),
            ("DELETE", concat!($version, "/batches/{id}"), Free),
            ("GET", concat!($version, "/operations/{id}"), Free),
            ("POST", concat!("/upload", $version, "/files"), Free),
            ("POST", concat!($version, "/files:register"), Free),
            ("*", concat!($version, "/files"), Free),
            ("GET", concat!($version, "/files/{id}:download"), Reads(Dialect::GoogleBatchResults)),
            (
                "GET",
                concat!("/download", $version, "/files/{id}:download"),
                Reads(Dialect::GoogleBatchResults),
            ),
            ("*", concat!($version, "/files/{id}"), Free),
            // what goes into a store is billed as an embedding, and nothing says its tokens
            (
                "POST",
                concat!("/upload", $version, "/fileSearchStores/{id}:uploadToFileSearchStore"),
                Unmetered,
            ),
            ("POST", concat!($version, "/fileSearchStores/{id}:importFile"), Unmetered),
            ("*", concat!($version, "/fileSearchStores"), Free),
            ("*", concat!($version, "/fileSearchStores/{id}"), Free),
            ("*", concat!($version, "/fileSearchStores/{id}/documents/{document}"), Free),
            // sessions that a browser opens go past us
            ("POST", concat!($version, "/auth_tokens"), Elsewhere),
            ("*", concat!($version, "/agents"), Free),
            ("*", concat!($version, "/agents/{id}"), Free),
            ("*", concat!($version, "/credentials"), Free),
            ("*", concat!($version, "/credentials/{id}"), Free),
            ("*", concat!($version, "/webhooks"), Free),
            ("POST", concat!($version, "/webhooks/{id}:ping"), Free),
            ("POST", concat!($version, "/webhooks/{id}:rotateSigningSecret"), Free),
            ("*", concat!($version, "/webhooks/{id}"), Free),
        ]
    };
}

/// Sessions of the Gemini API in one of its versions. The SDKs put two slashes before the path, which are one in a plain path.
macro_rules! gemini_sessions {
    ($version:literal) => {
        [
            ("GET", of_service!($version, "BidiGenerateContent"), Metered(Dialect::GoogleLive)),
            ("GET", of_service!($version, "BidiGenerateContentConstrained"), Metered(Dialect::GoogleLive)),
            // music as it is made says no usage
            ("GET", of_service!($version, "BidiGenerateMusic"), Unmetered),
        ]
    };
}

macro_rules! of_service {
    ($version:literal, $method:literal) => {
        concat!("/ws/google.ai.generativelanguage.", $version, ".GenerativeService.", $method)
    };
}

/// Sessions of Vertex AI likewise.
macro_rules! vertex_sessions {
    ($version:literal) => {
        [(
            "GET",
            concat!("/ws/google.cloud.aiplatform.", $version, ".LlmBidiService/BidiGenerateContent"),
            Metered(Dialect::GoogleLive),
        )]
    };
}

/// Vertex AI in one of its versions.
macro_rules! vertex {
    ($version:literal) => {
        [
            ("POST", of_publisher!($version, ":generateContent"), Metered(Dialect::GoogleGenerate)),
            ("POST", of_publisher!($version, ":streamGenerateContent"), Metered(Dialect::GoogleGenerate)),
            ("POST", of_publisher!($version, ":predict"), Metered(Dialect::GooglePredict)),
            ("POST", of_publisher!($version, ":predictLongRunning"), Metered(Dialect::GoogleFilm)),
            // Anthropic's SDK counts tokens so
            ("POST", in_project!($version, "/publishers/anthropic/models/count-tokens:rawPredict"), Free),
            ("POST", of_publisher!($version, ":rawPredict"), Metered(Dialect::AnthropicMessages)),
            ("POST", of_publisher!($version, ":streamRawPredict"), Metered(Dialect::AnthropicMessages)),
            ("POST", of_publisher!($version, ":embedContent"), Metered(Dialect::GoogleEmbed)),
            ("POST", of_publisher!($version, ":batchEmbedContents"), Metered(Dialect::GoogleEmbed)),
            ("POST", of_publisher!($version, ":countTokens"), Free),
            ("POST", of_publisher!($version, ":computeTokens"), Free),
            ("POST", of_publisher!($version, ":fetchPredictOperation"), Free),
            (
                "POST",
                in_project!($version, "/endpoints/openapi/chat/completions"),
                Metered(Dialect::GoogleChat),
            ),
            (
                "POST",
                in_project!($version, "/endpoints/{model}:generateContent"),
                Metered(Dialect::GoogleGenerate),
            ),
            (
                "POST",
                in_project!($version, "/endpoints/{model}:streamGenerateContent"),
                Metered(Dialect::GoogleGenerate),
            ),
            ("POST", in_project!($version, "/endpoints/{model}:countTokens"), Free),
            ("POST", in_project!($version, "/endpoints/{model}:computeTokens"), Free),
            // express mode: by a key, in no project
            ("POST", in_express!($version, ":generateContent"), Metered(Dialect::GoogleGenerate)),
            ("POST", in_express!($version, ":streamGenerateContent"), Metered(Dialect::GoogleGenerate)),
            ("POST", in_express!($version, ":predict"), Metered(Dialect::GooglePredict)),
            ("POST", in_express!($version, ":predictLongRunning"), Metered(Dialect::GoogleFilm)),
            ("POST", in_express!($version, ":fetchPredictOperation"), Free),
            ("POST", in_express!($version, ":embedContent"), Metered(Dialect::GoogleEmbed)),
            ("POST", in_express!($version, ":batchEmbedContents"), Metered(Dialect::GoogleEmbed)),
            ("POST", in_express!($version, ":countTokens"), Free),
            ("POST", in_express!($version, ":computeTokens"), Free),
            ("POST", in_project!($version, "/cachedContents"), Metered(Dialect::GoogleVertexCache)),
            ("PATCH", in_project!($version, "/cachedContents/{id}"), Unmetered),
            ("*", in_project!($version, "/cachedContents/{id}"), Free),
            // Google's SDKs ask so for interactions, where they are given a project
            ("POST", in_project!($version, "/interactions"), Metered(Dialect::GoogleInteractions)),
            ("GET", in_project!($version, "/interactions/{id}"), Reads(Dialect::GoogleInteractions)),
            ("POST", in_project!($version, "/interactions/{id}/cancel"), Reads(Dialect::GoogleInteractions)),
            ("DELETE", in_project!($version, "/interactions/{id}"), Free),
            // their results go to a bucket
            ("POST", in_project!($version, "/batchPredictionJobs"), Unmetered),
            ("GET", in_project!($version, "/batchPredictionJobs"), Free),
            ("POST", in_project!($version, "/batchPredictionJobs/{id}:cancel"), Free),
            ("*", in_project!($version, "/batchPredictionJobs/{id}"), Free),
            ("POST", in_project!($version, "/tuningJobs"), Unmetered),
            ("GET", in_project!($version, "/tuningJobs"), Free),
            ("POST", in_project!($version, "/tuningJobs/{id}:cancel"), Free),
            ("GET", in_project!($version, "/tuningJobs/{id}"), Free),
        ]
    };
}

macro_rules! in_project {
    ($version:literal, $rest:literal) => {
        concat!($version, "/projects/{project}/locations/{location}", $rest)
    };
}

macro_rules! in_express {
    ($version:literal, $verb:literal) => {
        concat!($version, "/publishers/google/models/{model}", $verb)
    };
}

macro_rules! of_publisher {
    ($version:literal, $verb:literal) => {
        concat!(
            $version,
            "/projects/{project}/locations/{location}/publishers/{publisher}/models/{model}",
            $verb
        )
    };
}

pub(crate) const ENDPOINTS: &[Line] = &joined::<{ lines(TABLES) }>(TABLES);

/// The hot ones first.
const TABLES: &[&[Line]] = &[
    &gemini!("/v1beta"),
    &vertex!("/v1"),
    &vertex!("/v1beta1"),
    &gemini!("/v1"),
    &gemini!("/v1alpha"),
    ONCE,
    &gemini_sessions!("v1beta"),
    &gemini_sessions!("v1alpha"),
    &gemini_sessions!("v1"),
    &vertex_sessions!("v1beta1"),
    &vertex_sessions!("v1"),
];

/// What has one version.
const ONCE: &[Line] = &[
    ("POST", "/v1beta/openai/chat/completions", Metered(Dialect::GoogleChat)),
    ("POST", "/v1beta/openai/embeddings", Metered(Dialect::OpenAiEmbeddings)),
    ("POST", "/v1beta/openai/images/generations", Metered(Dialect::OpenAiImages)),
    ("GET", "/v1beta/openai/models", Free),
    ("GET", "/v1beta/openai/models/{model}", Free),
    ("*", "/v1beta/openai/files", Free),
    ("GET", "/v1beta/openai/files/{id}/content", Reads(Dialect::OpenAiBatchResults)),
    ("POST", "/v1beta/openai/batches", Begins(None)),
    ("GET", "/v1beta/openai/batches", Free),
    ("*", "/v1beta/openai/batches/{id}", Free),
];

const fn lines(tables: &[&[Line]]) -> usize {
    let (mut sum, mut at) = (0, 0);
    while at < tables.len() {
        sum += tables[at].len();
        at += 1;
    }
    sum
}

/// The tables as one, `N` lines in all.
const fn joined<const N: usize>(tables: &[&[Line]]) -> [Line; N] {
    let mut all = [("", "", Free); N];
    let (mut table, mut at, mut filled) = (0, 0, 0);
    while table < tables.len() {
        if at < tables[table].len() {
            all[filled] = tables[table][at];
            (at, filled) = (at + 1, filled + 1);
        } else {
            (table, at) = (table + 1, 0);
        }
    }
    all
}
