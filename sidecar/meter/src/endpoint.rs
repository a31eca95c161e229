//! Which endpoint a call is for: a fixed table, so that paths with ids become few templates, and the answer to "can
//! this cost anything?".

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::{
    answer::{AnswerFacts, Answers, Grammar},
    provider::Provider,
    providers,
    request::RequestFacts,
    usage::Usage,
};

/// How usage is spelled in request and answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `POST /v1/chat/completions`
    OpenAiChat,
    /// `POST /v1/responses`, and reading one
    OpenAiResponses,
    /// `GET /v1/responses`, a WebSocket
    OpenAiResponsesSession,
    /// `POST /v1/decisions`
    OpenAiDecisions,
    /// `POST /v1/completions`
    OpenAiCompletions,
    /// `POST /v1/embeddings`
    OpenAiEmbeddings,
    /// `POST /v1/images/…`
    OpenAiImages,
    /// `POST /v1/audio/transcriptions`, `/translations`
    OpenAiTranscriptions,
    /// `POST /v1/audio/speech`
    OpenAiSpeech,
    /// `POST /v1/videos`, and reading one
    OpenAiVideos,
    /// `GET /v1/realtime`
    OpenAiRealtime,
    /// `GET /v1/files/{id}/content`
    OpenAiBatchResults,
    /// `POST /v1/threads/{id}/runs`, and reading one
    OpenAiRuns,
    /// `:generateContent`, `:streamGenerateContent`
    GoogleGenerate,
    /// `…/openai/chat/completions`, `…/openapi/chat/completions`
    GoogleChat,
    /// `…BidiGenerateContent`
    GoogleLive,
    /// `:embedContent`, `:batchEmbedContents`
    GoogleEmbed,
    /// `:predict`
    GooglePredict,
    /// `:predictLongRunning`
    GoogleFilm,
    /// `/interactions`, and reading one
    GoogleInteractions,
    /// `GET /v1beta/batches/{id}`, with its results
    GoogleBatch,
    /// `GET /v1beta/files/{id}:download`
    GoogleBatchResults,
    /// `POST /v1beta/cachedContents`
    GoogleCache,
    /// Vertex AI's `POST …/cachedContents`
    GoogleVertexCache,
    /// xAI's `POST /v1/chat/completions`, and reading a deferred one
    XaiChat,
    /// xAI's `POST /v1/responses`, and reading one
    XaiResponses,
    /// xAI's `GET /v1/responses`, a WebSocket
    XaiResponsesSession,
    /// xAI's `POST /v1/images/…`
    XaiImages,
    /// xAI's `POST /v1/videos/…`, and reading one
    XaiVideos,
    /// xAI's `GET /v1/batches/{id}/results`
    XaiBatch,
    /// xAI's `POST /v1/messages`
    XaiMessages,
    /// `xai_api.Chat/GetCompletion`, and reading a stored one
    XaiGrpcChat,
    /// `xai_api.Chat/GetCompletionChunk`
    XaiGrpcChunks,
    /// `xai_api.Chat/CompactContext`
    XaiGrpcCompact,
    /// `xai_api.Sample/…`
    XaiGrpcSample,
    /// `xai_api.Chat/StartDeferredCompletion`, `xai_api.Video/GenerateVideo`
    XaiGrpcStart,
    /// `xai_api.Chat/GetDeferredCompletion`
    XaiGrpcDeferred,
    /// `xai_api.Video/GetDeferredVideo`
    XaiGrpcVideo,
    /// `xai_api.Image/GenerateImage`
    XaiGrpcImages,
    /// `xai_api.BatchMgmt/ListBatchResults`
    XaiGrpcBatch,
    /// `xai_api.BatchMgmt/GetBatchRequestResult`
    XaiGrpcBatchResult,
    /// OpenRouter's `POST /api/v1/chat/completions`, `/completions`, `/images`
    OpenRouterChat,
    /// OpenRouter's `POST /api/v1/responses`
    OpenRouterResponses,
    /// OpenRouter's `POST /api/v1/messages`
    OpenRouterMessages,
    /// OpenRouter's `POST /api/v1/batches`, and reading one
    OpenRouterBatch,
    /// OpenRouter's `POST /api/v1/embeddings`, `/rerank`, `/audio/transcriptions`, `/systemone`, `/api/alpha/decisions`
    OpenRouterServices,
    /// OpenRouter's `POST /api/v1/videos`, and reading one
    OpenRouterVideos,
    /// `POST /v1/messages`
    AnthropicMessages,
    /// `GET /v1/messages/batches/{id}/results`
    AnthropicBatchResults,
    /// `GET /v1/messages/batches/{id}`: when it was made
    AnthropicBatch,
}

/// Whether and how a call is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Billing {
    Metered(Dialect),
    /// Reads what an earlier call has made: costs nothing itself, and may say what that one used.
    Reads(Dialect),
    /// Begins work that is billed by its results, when they are read: costs nothing itself, and is what makes the cost.
    Begins(Option<Dialect>),
    /// Reading, listing, deleting, counting: costs nothing.
    Free,
    /// Can cost, and nobody meters it yet: usage unknown, cost null.
    Unmetered,
    /// Begins what goes on where no sidecar is: a secret for a browser, WebRTC, a telephone call. Usage unknown, cost null.
    Elsewhere,
}

/// What a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The path with its ids taken out, as in the provider's reference; `other` where the table has none.
    pub template: &'static str,
    pub billing: Billing,
}

/// The template of a path that no table has.
const OTHER: &str = "other";

/// One line of a provider's table: a method (`*` is any), a template, how it is billed. Templates are matched segment
/// by segment: `{…}` is any one segment, `{…}:verb` one that ends so, and a last `**` the rest of the path.
pub(crate) type Line = (&'static str, &'static str, Billing);

// === impl Dialect ===

impl Dialect {
    /// An OpenAI-style stream carries its usage only where the request asks for it.
    pub const fn asks_for_usage(self) -> bool {
        matches!(self, Self::OpenAiChat | Self::OpenAiCompletions | Self::GoogleChat | Self::XaiChat)
    }

    /// A request can name models that may answer instead of the first (OpenRouter's `models`, Anthropic's `fallbacks`).
    pub const fn names_several_models(self) -> bool {
        matches!(
            self,
            Self::AnthropicMessages
                | Self::OpenRouterChat
                | Self::OpenRouterResponses
                | Self::OpenRouterMessages
        )
    }

    /// The same answer may be read again: it is billed by the provider's id.
    pub const fn is_read_again(self) -> bool {
        match self {
            Self::OpenAiResponses
            | Self::OpenAiResponsesSession
            | Self::OpenAiVideos
            | Self::OpenAiBatchResults
            | Self::OpenAiRuns
            | Self::GoogleInteractions
            | Self::GoogleBatch
            | Self::GoogleBatchResults
            | Self::XaiChat
            | Self::XaiResponses
            | Self::XaiResponsesSession
            | Self::XaiVideos
            | Self::XaiBatch
            | Self::OpenRouterVideos
            | Self::OpenRouterBatch
            | Self::XaiGrpcChat
            | Self::XaiGrpcStart
            | Self::XaiGrpcDeferred
            | Self::XaiGrpcVideo
            | Self::XaiGrpcBatch
            | Self::XaiGrpcBatchResult
            | Self::AnthropicBatchResults => true,
            Self::OpenAiChat
            | Self::OpenAiCompletions
            | Self::OpenAiEmbeddings
            | Self::OpenAiImages
            | Self::OpenAiTranscriptions
            | Self::OpenAiSpeech
            | Self::OpenAiRealtime
            | Self::OpenAiDecisions
            | Self::GoogleGenerate
            | Self::GoogleChat
            | Self::GoogleLive
            | Self::GoogleEmbed
            | Self::GooglePredict
            | Self::GoogleFilm
            | Self::GoogleCache
            | Self::GoogleVertexCache
            | Self::XaiImages
            | Self::XaiGrpcChunks
            | Self::XaiGrpcCompact
            | Self::XaiGrpcSample
            | Self::XaiGrpcImages
            | Self::OpenRouterChat
            | Self::OpenRouterResponses
            | Self::OpenRouterMessages
            | Self::OpenRouterServices
            | Self::XaiMessages
            | Self::AnthropicMessages
            | Self::AnthropicBatch => false,
        }
    }

    /// A stream of it is the work itself, which ends with the connection, unless it was asked for in the background.
    pub const fn streams_its_work(self) -> bool {
        matches!(
            self,
            Self::OpenAiResponses
                | Self::OpenAiResponsesSession
                | Self::OpenAiDecisions
                | Self::GoogleInteractions
                | Self::XaiResponses
                | Self::XaiResponsesSession
                | Self::OpenRouterResponses
        )
    }

    /// The answer may be promised, and then read by the promise's id, which it does not bear itself.
    pub const fn is_promised(self) -> bool {
        matches!(
            self,
            Self::XaiChat | Self::XaiVideos | Self::XaiGrpcStart | Self::XaiGrpcDeferred | Self::XaiGrpcVideo
        )
    }

    /// Its ids are the app's own, and tell answers of one batch apart, no more.
    pub const fn is_named_within_batch(self) -> bool {
        matches!(self, Self::XaiBatch | Self::XaiGrpcBatch | Self::XaiGrpcBatchResult)
    }

    /// What is read was worked off as a batch, at its price.
    pub const fn is_batch(self) -> bool {
        matches!(
            self,
            Self::OpenAiBatchResults
                | Self::GoogleBatch
                | Self::GoogleBatchResults
                | Self::XaiBatch
                | Self::XaiGrpcBatch
                | Self::XaiGrpcBatchResult
                | Self::OpenRouterBatch
                | Self::AnthropicBatchResults
        )
    }

    /// One call with many answers, each billed when it comes.
    pub fn is_session(self) -> bool {
        self.grammar().answers == Answers::Session
    }

    /// What was used, where the request tells it and the answer does not.
    pub(crate) fn by_request(self, request: &RequestFacts, answer: &AnswerFacts) -> Option<Usage> {
        self.grammar().by_request.and_then(|by_request| by_request(request, answer))
    }

    pub(crate) fn grammar(self) -> &'static Grammar {
        match self {
            Self::OpenAiChat => &providers::openai::CHAT,
            Self::OpenAiResponses | Self::OpenAiDecisions => &providers::openai::RESPONSES,
            Self::OpenAiResponsesSession => &providers::openai::RESPONSES_SESSION,
            Self::OpenAiCompletions => &providers::openai::COMPLETIONS,
            Self::OpenAiEmbeddings => &providers::openai::EMBEDDINGS,
            Self::OpenAiImages => &providers::openai::IMAGES,
            Self::OpenAiTranscriptions => &providers::openai::TRANSCRIPTIONS,
            Self::OpenAiSpeech => &providers::openai::SPEECH,
            Self::OpenAiVideos => &providers::openai::VIDEOS,
            Self::OpenAiRealtime => &providers::openai::REALTIME,
            Self::OpenAiBatchResults => &providers::openai::RESULTS,
            Self::OpenAiRuns => &providers::openai::RUNS,
            Self::GoogleGenerate => &providers::google::GENERATE,
            Self::GoogleChat => &providers::google::CHAT,
            Self::GoogleLive => &providers::google::LIVE,
            Self::GoogleEmbed => &providers::google::EMBED,
            Self::GooglePredict => &providers::google::PREDICT,
            Self::GoogleFilm => &providers::google::FILM,
            Self::GoogleInteractions => &providers::google::INTERACTIONS,
            Self::GoogleBatch => &providers::google::BATCH,
            Self::GoogleBatchResults => &providers::google::RESULTS,
            Self::GoogleCache => &providers::google::CACHE,
            Self::GoogleVertexCache => &providers::google::VERTEX_CACHE,
            Self::XaiChat => &providers::xai::CHAT,
            Self::XaiResponses => &providers::xai::RESPONSES,
            Self::XaiResponsesSession => &providers::xai::RESPONSES_SESSION,
            Self::XaiImages => &providers::xai::IMAGES,
            Self::XaiVideos => &providers::xai::VIDEOS,
            Self::XaiGrpcChat => &providers::xai::grpc::CHAT,
            Self::XaiGrpcChunks => &providers::xai::grpc::CHUNKS,
            Self::XaiGrpcCompact => &providers::xai::grpc::COMPACT,
            Self::XaiGrpcSample => &providers::xai::grpc::SAMPLE,
            Self::XaiGrpcStart => &providers::xai::grpc::START,
            Self::XaiGrpcDeferred => &providers::xai::grpc::DEFERRED,
            Self::XaiGrpcVideo => &providers::xai::grpc::DEFERRED_VIDEO,
            Self::XaiGrpcImages => &providers::xai::grpc::IMAGES,
            Self::XaiGrpcBatch => &providers::xai::grpc::BATCH,
            Self::XaiGrpcBatchResult => &providers::xai::grpc::BATCH_RESULT,
            Self::OpenRouterChat => &providers::openrouter::CHAT,
            Self::OpenRouterResponses => &providers::openrouter::RESPONSES,
            Self::OpenRouterMessages => &providers::openrouter::MESSAGES,
            Self::OpenRouterBatch => &providers::openrouter::BATCH,
            Self::OpenRouterServices => &providers::openrouter::SERVICES,
            Self::OpenRouterVideos => &providers::openrouter::VIDEOS,
            Self::XaiBatch => &providers::xai::BATCH,
            Self::XaiMessages => &providers::xai::MESSAGES,
            Self::AnthropicMessages => &providers::anthropic::MESSAGES,
            Self::AnthropicBatchResults => &providers::anthropic::RESULTS,
            Self::AnthropicBatch => &providers::anthropic::BATCH,
        }
    }
}

// === impl Endpoint ===

impl Endpoint {
    /// `path` as the provider sees it, without its query, and [plain](crate::plain).
    pub fn of(provider: Provider, method: &str, path: &str) -> Self {
        let table = match provider {
            Provider::OpenAi => providers::openai::ENDPOINTS,
            Provider::Anthropic => providers::anthropic::ENDPOINTS,
            Provider::Google => providers::google::ENDPOINTS,
            Provider::Xai => providers::xai::ENDPOINTS,
            Provider::OpenRouter => providers::openrouter::ENDPOINTS,
        };
        // Google's and xAI's verbs stand behind a colon; elsewhere it is part of a name (`ft:gpt-4o:acme::id`, `deepseek-r1:free`)
        let has_verbs = matches!(provider, Provider::Google | Provider::Xai);
        table
            .iter()
            .find(|(verb, template, _)| {
                (*verb == "*" || *verb == method) && matches(template, path, has_verbs)
            })
            .map_or_else(|| Self::unlisted(method), |&(_, template, billing)| Self { template, billing })
    }

    /// A feature that is off is off for every call that can cost, or begins what will; the others pass.
    pub fn can_cost(&self) -> bool {
        !matches!(self.billing, Billing::Free | Billing::Reads(_))
    }

    /// The call itself is billed, or may be.
    pub fn costs_itself(&self) -> bool {
        self.can_cost() && !matches!(self.billing, Billing::Begins(_))
    }

    /// The same, asked for a session (a WebSocket): where a read is free it can cost all the same.
    pub fn of_session(self) -> Self {
        match self.billing {
            Billing::Free => Self { billing: Billing::Unmetered, ..self },
            _ => self,
        }
    }

    /// The path itself asks for a stream, whatever the body says.
    pub fn streams(&self) -> bool {
        [":streamGenerateContent", "/GetCompletionChunk", "/SampleTextStreaming"]
            .iter()
            .any(|end| self.template.ends_with(end))
    }

    pub fn dialect(&self) -> Option<Dialect> {
        match self.billing {
            Billing::Metered(dialect) | Billing::Reads(dialect) => Some(dialect),
            Billing::Begins(dialect) => dialect,
            Billing::Free | Billing::Unmetered | Billing::Elsewhere => None,
        }
    }

    pub fn is_session(&self) -> bool {
        self.dialect().is_some_and(Dialect::is_session)
    }

    /// The provider's table has its path.
    pub fn is_listed(&self) -> bool {
        self.template != OTHER
    }

    /// What the path has where the template has `{name}`: the model of Google's paths, the id of what is read.
    pub fn segment<'a>(&self, name: &str, path: &'a str) -> Option<&'a str> {
        let path = path.strip_suffix('/').unwrap_or(path);
        self.template.split('/').zip(path.split('/')).find_map(|(wanted, given)| {
            let (known, verb) = wanted.strip_prefix('{')?.split_once('}')?;
            if known == name { given.strip_suffix(verb) } else { None }
        })
    }

    /// The path with another value where the template has `{name}`.
    pub fn with_segment(&self, name: &str, value: &str, path: &str) -> Option<String> {
        let old = self.segment(name, path)?;
        let at = old.as_ptr().addr().checked_sub(path.as_ptr().addr())?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let (before, after) = (path.get(..at)?, path.get(at + old.len()..)?);
        value.bytes().all(plain).then(|| [before, value, after].concat())
    }

    /// The model that is named beside the body: in the path (Google's), or, of a session, in the query (OpenAI's realtime), where its messages
    /// need not name it.
    pub fn named_model<'a>(&self, path: &'a str, query: Option<&'a str>) -> Option<Cow<'a, str>> {
        if let Some(model) = self.segment("model", path) {
            return Some(Cow::Borrowed(model));
        }
        let query = query.filter(|_| self.is_session())?;
        let model = query.split('&').find_map(|pair| pair.strip_prefix("model="))?;
        percent_decode_str(model).decode_utf8().ok()
    }

    fn unlisted(method: &str) -> Self {
        let billing = match method {
            "GET" | "HEAD" | "OPTIONS" | "DELETE" => Billing::Free,
            _ => Billing::Unmetered,
        };
        Self { template: OTHER, billing }
    }
}

fn matches(template: &str, path: &str, has_verbs: bool) -> bool {
    let path = path.strip_suffix('/').unwrap_or(path);
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some("**"), Some(_)) => return true,
            (Some(segment), Some(text)) if segment_matches(segment, text, has_verbs) => {}
            _ => return false,
        }
    }
}

fn segment_matches(segment: &str, text: &str, has_verbs: bool) -> bool {
    match segment.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        Some((_, verb)) => {
            let is_name = !verb.is_empty() || !has_verbs || !text.contains(':');
            text.len() > verb.len() && text.ends_with(verb) && is_name
        }
        None => segment == text,
    }
}
