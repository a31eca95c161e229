//! Our own answers, in the provider's error shape, so that official SDKs raise their ordinary typed errors.
//!
//! Shapes and what SDKs make of them were observed with the SDKs of 2026-11 (facts, sdks.md §6): JSON content type
//! (some SDKs drop a plain text), a status before any other byte, streams included. `x-should-retry: false` stops the
//! SDKs of OpenAI and Anthropic from trying again; the statuses a flag can have stop the others.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};
use tollgate_crds::RefusalStatus;
use tollgate_meter::{Dialect, Provider};
use uuid::Uuid;

use super::Refusal;
use crate::state::Off;

/// The word that says in an error's `code` what happened, for apps that look there.
const FEATURE_DISABLED: &str = "feature_disabled";

/// What an error is called in each provider's words.
struct Words {
    /// OpenAI's and xAI's `type`.
    openai: &'static str,
    /// OpenAI's and xAI's `code`.
    code: &'static str,
    /// Anthropic's `type`.
    anthropic: &'static str,
    /// Google's `status` (google.rpc.Code).
    google: &'static str,
    /// OpenRouter's `error_type`.
    openrouter: &'static str,
}

#[derive(Serialize)]
struct OpenAi<'a> {
    error: OpenAiError<'a>,
}

#[derive(Serialize)]
struct OpenAiError<'a> {
    message: &'a str,
    r#type: &'a str,
    param: Option<&'a str>,
    code: &'a str,
}

#[derive(Serialize)]
struct Anthropic<'a> {
    r#type: &'a str,
    error: AnthropicError<'a>,
    request_id: &'a str,
}

#[derive(Serialize)]
struct AnthropicError<'a> {
    r#type: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Google<'a> {
    error: GoogleError<'a>,
}

#[derive(Serialize)]
struct GoogleError<'a> {
    code: u16,
    message: &'a str,
    status: &'a str,
}

#[derive(Serialize)]
struct OpenRouter<'a> {
    error: OpenRouterError<'a>,
}

#[derive(Serialize)]
struct OpenRouterError<'a> {
    code: u16,
    message: &'a str,
    metadata: Empty,
}

#[derive(Serialize)]
struct Empty {}

/// What a call speaks, and so what an answer of ours must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A status and the provider's error as JSON.
    Json,
    /// A head that is also the end: status and message are headers.
    Grpc,
}

/// google.rpc.Code
mod code {
    pub(super) const FAILED_PRECONDITION: u8 = 9;
    pub(super) const NOT_FOUND: u8 = 5;
    pub(super) const PERMISSION_DENIED: u8 = 7;
    pub(super) const UNAVAILABLE: u8 = 14;
}

/// gRPC's message is text in a header: all but printable ASCII is escaped, and so is the escape.
const MESSAGE: &AsciiSet = &CONTROLS.add(b'%');

/// The answer to a call whose feature is off. The call's id is its request id, so that an app's log leads to the row.
pub fn refused(provider: Provider, form: Form, refusal: &Refusal, call: Uuid) -> Response<Bytes> {
    let status = refusal.off.status;
    if form == Form::Grpc {
        return grpc(refused_code(status), &refusal.off.message);
    }
    let mut response =
        shaped(provider, status_code(status), &refused_words(status), &refusal.off.message, call);
    response.headers_mut().insert("x-should-retry", HeaderValue::from_static("false"));
    response
}

/// The status that a refusal stands for, whatever its form.
pub fn status(refusal: &Refusal) -> StatusCode {
    status_code(refusal.off.status)
}

/// What ends a gRPC call whose feature was turned off.
pub fn cut_trailers(off: &Off) -> HeaderMap {
    grpc_status(refused_code(off.status), &off.message)
}

/// The last event of a stream whose feature was turned off, as official SDKs raise it. OpenRouter's checks that an event
/// has choices.
pub fn cut_event(provider: Provider, dialect: Option<Dialect>, off: &Off, call: Uuid) -> Bytes {
    let words = refused_words(off.status);
    // Claude's apps take nothing else for an error, wherever it is served (on Vertex AI, too)
    let is_message = matches!(
        dialect,
        Some(Dialect::AnthropicMessages | Dialect::XaiMessages | Dialect::OpenRouterMessages)
    );
    let spoken = if is_message { Provider::Anthropic } else { provider };
    let body = shaped(spoken, status_code(off.status), &words, &off.message, call).into_body();
    let mut error = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    let name = match (spoken, dialect) {
        (Provider::Anthropic, _) => "event: error\n",
        (_, Some(Dialect::OpenAiResponses | Dialect::XaiResponses | Dialect::OpenRouterResponses)) => {
            error["type"] = "error".into();
            error["code"] = words.code.into();
            error["message"] = (&*off.message).into();
            error["param"] = Value::Null;
            // whose turn it is was not counted; that there is a number SDKs check
            error["sequence_number"] = 0.into();
            "event: error\n"
        }
        (_, Some(Dialect::GoogleInteractions)) => {
            error["event_type"] = "error".into();
            error["error"] = json!({"code": words.code, "message": &*off.message});
            "event: error\n"
        }
        (Provider::OpenRouter, _) => {
            let choice =
                json!({"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": "error"});
            error["id"] = format!("gen-{}", call.simple()).into();
            error["object"] = "chat.completion.chunk".into();
            error["created"] = 0.into();
            error["model"] = "".into();
            error["choices"] = json!([choice]);
            // its SDKs take no metadata without it
            error["error"]["metadata"] = json!({"error_type": words.openrouter});
            ""
        }
        _ => "",
    };
    format!("{name}data: {error}\n\n").into()
}

/// The answer to a call whose provider could not be reached: a 502, which SDKs try again as they would a connection
/// that failed.
pub fn unreachable(provider: Provider, form: Form, why: &str, call: Uuid) -> Response<Bytes> {
    let words = Words {
        openai: "server_error",
        code: "unreachable",
        anthropic: "api_error",
        google: "UNAVAILABLE",
        openrouter: "provider_unavailable",
    };
    let message = format!("Tollgate could not reach {}: {why}", provider.host());
    match form {
        Form::Json => shaped(provider, StatusCode::BAD_GATEWAY, &words, &message, call),
        Form::Grpc => grpc(code::UNAVAILABLE, &message),
    }
}

/// The answer to a path of no provider. OpenAI's shape, which most clients can read.
pub fn unroutable() -> Response<Bytes> {
    let [first, ..] = Provider::ALL;
    let names = Provider::ALL.map(|provider| format!("/{provider}")).join(", ");
    let message = format!(
        "No provider has this path. Paths here begin with one of {names}, or with /feature/NAME and one of them: an \
         SDK's base URL is, for example, http://HOST:PORT/{first}/v1"
    );
    let error =
        OpenAiError { message: &message, r#type: "invalid_request_error", param: None, code: "unknown_path" };
    let mut response = answer(StatusCode::NOT_FOUND, &OpenAi { error });
    response.headers_mut().insert("x-should-retry", HeaderValue::from_static("false"));
    response
}

fn shaped(
    provider: Provider,
    status: StatusCode,
    words: &Words,
    message: &str,
    call: Uuid,
) -> Response<Bytes> {
    let request_id = format!("req_{}", call.simple());
    match provider {
        Provider::OpenAi | Provider::Xai => {
            let error = OpenAiError { message, r#type: words.openai, param: None, code: words.code };
            with_id(answer(status, &OpenAi { error }), "x-request-id", &request_id)
        }
        Provider::Anthropic => {
            let error = AnthropicError { r#type: words.anthropic, message };
            let body = Anthropic { r#type: "error", error, request_id: &request_id };
            with_id(answer(status, &body), "request-id", &request_id)
        }
        Provider::Google => {
            let error = GoogleError { code: status.as_u16(), message, status: words.google };
            answer(status, &Google { error })
        }
        // Its SDKs check the shape: the code is a number, the metadata an object.
        Provider::OpenRouter => {
            let error = OpenRouterError { code: status.as_u16(), message, metadata: Empty {} };
            answer(status, &OpenRouter { error })
        }
    }
}

/// The words that fit a status, so that code which looks at them decides as it would by the status.
fn refused_words(status: RefusalStatus) -> Words {
    let (openai, anthropic, google, openrouter) = match status {
        RefusalStatus::BadRequest => {
            ("invalid_request_error", "invalid_request_error", "FAILED_PRECONDITION", "invalid_request")
        }
        RefusalStatus::PaymentRequired => {
            ("billing_error", "billing_error", "FAILED_PRECONDITION", "payment_required")
        }
        RefusalStatus::Forbidden | RefusalStatus::UnavailableForLegalReasons => {
            ("permission_error", "permission_error", "PERMISSION_DENIED", "permission_denied")
        }
        RefusalStatus::NotFound | RefusalStatus::Gone => {
            ("invalid_request_error", "not_found_error", "NOT_FOUND", "not_found")
        }
    };
    Words { openai, code: FEATURE_DISABLED, anthropic, google, openrouter }
}

fn refused_code(status: RefusalStatus) -> u8 {
    match status {
        RefusalStatus::BadRequest | RefusalStatus::PaymentRequired => code::FAILED_PRECONDITION,
        RefusalStatus::Forbidden | RefusalStatus::UnavailableForLegalReasons => code::PERMISSION_DENIED,
        RefusalStatus::NotFound | RefusalStatus::Gone => code::NOT_FOUND,
    }
}

/// A head alone, so that no SDK waits for a message.
fn grpc(code: u8, message: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.headers_mut() = grpc_status(code, message);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    response
}

/// In the head of an answer that has no body, and behind that of others.
fn grpc_status(code: u8, message: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("grpc-status", HeaderValue::from(u16::from(code)));
    let message = utf8_percent_encode(message, MESSAGE).to_string();
    if let Ok(message) = HeaderValue::try_from(message) {
        headers.insert("grpc-message", message);
    }
    headers
}

fn status_code(status: RefusalStatus) -> StatusCode {
    match status {
        RefusalStatus::BadRequest => StatusCode::BAD_REQUEST,
        RefusalStatus::PaymentRequired => StatusCode::PAYMENT_REQUIRED,
        RefusalStatus::Forbidden => StatusCode::FORBIDDEN,
        RefusalStatus::NotFound => StatusCode::NOT_FOUND,
        RefusalStatus::Gone => StatusCode::GONE,
        RefusalStatus::UnavailableForLegalReasons => StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS,
    }
}

fn answer(status: StatusCode, body: &impl Serialize) -> Response<Bytes> {
    // Structs of strings and numbers: serializing them cannot fail.
    let body = serde_json::to_vec(body).unwrap_or_default();
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn with_id(mut response: Response<Bytes>, name: &'static str, id: &str) -> Response<Bytes> {
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert(name, id);
    }
    response
}

// === impl Form ===

impl Form {
    /// By what the call says of its body: gRPC proper, for what browsers speak in its stead goes over any HTTP.
    pub fn of(headers: &HeaderMap) -> Self {
        let content_type = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        match content_type.strip_prefix(b"application/grpc") {
            Some([] | [b'+' | b';', ..]) => Self::Grpc,
            _ => Self::Json,
        }
    }
}

#[cfg(test)]
mod tests;
