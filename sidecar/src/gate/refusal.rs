//! Our own answers, in the provider's error shape, so that official SDKs raise their ordinary typed errors.
//!
//! Shapes and what SDKs make of them were observed with the SDKs of 2026-11 (facts, sdks.md §6): JSON content type
//! (some SDKs drop a plain text), a status before any other byte, streams included. `x-should-retry: false` stops the
//! SDKs of OpenAI and Anthropic from trying again; the statuses a flag can have stop the others.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use tollgate_crds::RefusalStatus;
use tollgate_meter::Provider;
use uuid::Uuid;

use super::Refusal;

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

/// The answer to a call whose feature is off. The call's id is its request id, so that an app's log leads to the row.
pub fn refused(provider: Provider, refusal: &Refusal, call: Uuid) -> Response<Bytes> {
    let status = refusal.off.status;
    let mut response =
        shaped(provider, status_code(status), &refused_words(status), &refusal.off.message, call);
    response.headers_mut().insert("x-should-retry", HeaderValue::from_static("false"));
    response
}

/// The answer to a call whose provider could not be reached: a 502, which SDKs try again as they would a connection
/// that failed.
pub fn unreachable(provider: Provider, why: &str, call: Uuid) -> Response<Bytes> {
    let words =
        Words { openai: "server_error", code: "unreachable", anthropic: "api_error", google: "UNAVAILABLE" };
    let message = format!("Tollgate could not reach {}: {why}", provider.host());
    shaped(provider, StatusCode::BAD_GATEWAY, &words, &message, call)
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
    let mut response = json(StatusCode::NOT_FOUND, &OpenAi { error });
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
            with_id(json(status, &OpenAi { error }), "x-request-id", &request_id)
        }
        Provider::Anthropic => {
            let error = AnthropicError { r#type: words.anthropic, message };
            let body = Anthropic { r#type: "error", error, request_id: &request_id };
            with_id(json(status, &body), "request-id", &request_id)
        }
        Provider::Google => {
            let error = GoogleError { code: status.as_u16(), message, status: words.google };
            json(status, &Google { error })
        }
        // Its SDKs check the shape: the code is a number, the metadata an object.
        Provider::OpenRouter => {
            let error = OpenRouterError { code: status.as_u16(), message, metadata: Empty {} };
            json(status, &OpenRouter { error })
        }
    }
}

/// The words that fit a status, so that code which looks at them decides as it would by the status.
fn refused_words(status: RefusalStatus) -> Words {
    let (openai, anthropic, google) = match status {
        RefusalStatus::BadRequest => {
            ("invalid_request_error", "invalid_request_error", "FAILED_PRECONDITION")
        }
        RefusalStatus::PaymentRequired => ("billing_error", "billing_error", "FAILED_PRECONDITION"),
        RefusalStatus::Forbidden => ("permission_error", "permission_error", "PERMISSION_DENIED"),
        RefusalStatus::NotFound => ("invalid_request_error", "not_found_error", "NOT_FOUND"),
        RefusalStatus::Gone => ("invalid_request_error", "not_found_error", "NOT_FOUND"),
        RefusalStatus::UnavailableForLegalReasons => {
            ("permission_error", "permission_error", "PERMISSION_DENIED")
        }
    };
    Words { openai, code: FEATURE_DISABLED, anthropic, google }
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

fn json(status: StatusCode, body: &impl Serialize) -> Response<Bytes> {
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

#[cfg(test)]
mod tests;
