use crate::state::Instead;

use super::*;

const CALL: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
const REQUEST_ID: &str = "req_01900000000070008000000000000001";

fn refusal(status: RefusalStatus, message: &str) -> Refusal {
    let off = Off {
        flag: "FeatureFlag shop/chat".into(),
        status,
        message: message.into(),
        instead: Instead::Nothing,
        cuts: false,
    };
    Refusal { feature: "chat".into(), off: off.into() }
}

fn body(response: &Response<Bytes>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

fn refused_with(provider: Provider, status: RefusalStatus, message: &str) -> Response<Bytes> {
    refused(provider, Form::Json, &refusal(status, message), CALL)
}

#[test]
fn each_provider_refuses_in_its_own_words() {
    let table = [
        (
            Provider::OpenAi,
            json!({"error": {"message": "M", "type": "permission_error", "param": null, "code": "feature_disabled"}}),
        ),
        (
            Provider::Xai,
            json!({"error": {"message": "M", "type": "permission_error", "param": null, "code": "feature_disabled"}}),
        ),
        (
            Provider::Anthropic,
            json!({"type": "error", "error": {"type": "permission_error", "message": "M"}, "request_id": REQUEST_ID}),
        ),
        (Provider::Google, json!({"error": {"code": 403, "message": "M", "status": "PERMISSION_DENIED"}})),
        (Provider::OpenRouter, json!({"error": {"code": 403, "message": "M", "metadata": {}}})),
    ];
    for (provider, expected) in table {
        let response = refused_with(provider, RefusalStatus::Forbidden, "M");
        assert_eq!(response.status(), 403, "{provider}");
        assert_eq!(response.headers()["content-type"], "application/json", "{provider}");
        assert_eq!(response.headers()["x-should-retry"], "false", "{provider}");
        assert_eq!(body(&response), expected, "{provider}");
    }
}

#[test]
fn the_calls_id_is_where_sdks_look_for_a_request_id() {
    let id = |provider, header: &str| {
        refused_with(provider, RefusalStatus::Forbidden, "M").headers().get(header).cloned()
    };
    assert_eq!(id(Provider::Anthropic, "request-id").unwrap(), REQUEST_ID);
    assert_eq!(id(Provider::OpenAi, "x-request-id").unwrap(), REQUEST_ID);
}

#[test]
fn every_status_a_flag_can_have_is_sent_and_named() {
    let words = |status| {
        let anthropic = body(&refused_with(Provider::Anthropic, status, "M"))["error"]["type"].clone();
        let google = body(&refused_with(Provider::Google, status, "M"))["error"].clone();
        (anthropic, google["code"].clone(), google["status"].clone())
    };
    let table = [
        (RefusalStatus::BadRequest, "invalid_request_error", 400, "FAILED_PRECONDITION"),
        (RefusalStatus::PaymentRequired, "billing_error", 402, "FAILED_PRECONDITION"),
        (RefusalStatus::Forbidden, "permission_error", 403, "PERMISSION_DENIED"),
        (RefusalStatus::NotFound, "not_found_error", 404, "NOT_FOUND"),
        (RefusalStatus::Gone, "not_found_error", 410, "NOT_FOUND"),
        (RefusalStatus::UnavailableForLegalReasons, "permission_error", 451, "PERMISSION_DENIED"),
    ];
    for (status, anthropic, code, google) in table {
        assert_eq!(words(status), (json!(anthropic), json!(code), json!(google)));
        for provider in Provider::ALL {
            assert_eq!(refused_with(provider, status, "M").status(), code, "{provider}");
        }
    }
}

#[test]
fn a_message_of_any_text_arrives_as_it_was_written() {
    let message = "He said \"no\" \\ \u{1}\n</script> Zoë 😀";
    for provider in Provider::ALL {
        let response = refused_with(provider, RefusalStatus::Forbidden, message);
        assert_eq!(body(&response)["error"]["message"], message, "{provider}");
    }
}

#[test]
fn an_unreachable_provider_is_a_502_that_may_be_tried_again() {
    for provider in Provider::ALL {
        let response = unreachable(provider, Form::Json, "connection refused", CALL);
        assert_eq!(response.status(), 502, "{provider}");
        assert!(!response.headers().contains_key("x-should-retry"), "{provider}");
        let expected = format!("Tollgate could not reach {}: connection refused", provider.host());
        assert_eq!(body(&response)["error"]["message"], expected, "{provider}");
    }
}

#[test]
fn a_path_of_no_provider_is_a_404_that_lists_them() {
    let response = unroutable();
    assert_eq!(response.status(), 404);
    assert_eq!(
        body(&response)["error"]["message"],
        "No provider has this path. Paths here begin with one of /openai, /anthropic, /google, /xai, /openrouter, or \
         with /feature/NAME and one of them: an SDK's base URL is, for example, http://HOST:PORT/openai/v1"
    );
}

#[test]
fn grpc_is_refused_by_a_head_alone_with_its_own_code() {
    let text = "The feature \"chat\" is off: 100 % für alle.";
    let response = refused(Provider::Xai, Form::Grpc, &refusal(RefusalStatus::Forbidden, text), CALL);
    let header = |name: &str| response.headers()[name].to_str().unwrap();
    assert_eq!((response.status(), header("content-type")), (StatusCode::OK, "application/grpc"));
    assert_eq!(header("grpc-status"), "7");
    assert_eq!(header("grpc-message"), "The feature \"chat\" is off: 100 %25 f%C3%BCr alle.");
    assert!(response.body().is_empty());
    let away = unreachable(Provider::Xai, Form::Grpc, "connection refused", CALL);
    assert_eq!(away.headers()["grpc-status"], "14");
}

#[test]
fn grpc_is_known_by_its_type_and_its_browser_kind_is_not_it() {
    for (content_type, form) in [
        ("application/grpc", Form::Grpc),
        ("application/grpc+proto", Form::Grpc),
        ("application/grpc-web", Form::Json),
        ("application/json", Form::Json),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(content_type));
        assert_eq!(Form::of(&headers), form, "{content_type}");
    }
}

/// The data of the event that ends a stream.
fn cut_short(provider: Provider, dialect: Dialect) -> Value {
    let refusal = refusal(RefusalStatus::Forbidden, "M");
    let event = cut_event(provider, Some(dialect), &refusal.off, CALL);
    let event = std::str::from_utf8(&event).unwrap();
    let (_name, data) = event.split_once("data: ").unwrap();
    serde_json::from_str(data.strip_suffix("\n\n").unwrap()).unwrap()
}

/// `ResponseErrorEvent` of OpenAI's SDKs, which others check member by member.
#[test]
fn a_stream_of_a_response_ends_with_all_that_its_error_event_has() {
    for (provider, dialect) in [
        (Provider::OpenAi, Dialect::OpenAiResponses),
        (Provider::Xai, Dialect::XaiResponses),
        (Provider::OpenRouter, Dialect::OpenRouterResponses),
    ] {
        let event = cut_short(provider, dialect);
        let said =
            ["type", "code", "message", "param", "sequence_number"].map(|name| event.get(name).cloned());
        let expected = [json!("error"), json!("feature_disabled"), json!("M"), Value::Null, json!(0)];
        assert_eq!(said, expected.map(Some), "{provider}");
    }
}

/// Anthropic's SDKs pass over an event that has no name, and take what came for the whole message.
#[test]
fn a_message_ends_with_anthropics_error_event_whoever_serves_it() {
    let refusal = refusal(RefusalStatus::Forbidden, "M");
    for provider in [Provider::Anthropic, Provider::Google] {
        let event = cut_event(provider, Some(Dialect::AnthropicMessages), &refusal.off, CALL);
        assert!(event.starts_with(b"event: error\ndata: {"), "{provider}");
        let said = cut_short(provider, Dialect::AnthropicMessages);
        assert_eq!((&said["type"], &said["error"]["message"]), (&json!("error"), &json!("M")), "{provider}");
    }
}

/// `ErrorEvent` of Google's SDKs: an event without its kind is none that they know.
#[test]
fn an_interaction_ends_with_an_error_event_of_its_kind() {
    let said = cut_short(Provider::Google, Dialect::GoogleInteractions);
    let error = json!({"code": "feature_disabled", "message": "M"});
    assert_eq!((&said["event_type"], &said["error"]), (&json!("error"), &error));
}

/// `ChatStreamChunk` of OpenRouter's SDKs: its error's metadata has an `error_type`.
#[test]
fn a_stream_of_openrouters_ends_with_a_chunk_that_has_an_error() {
    let event = cut_short(Provider::OpenRouter, Dialect::OpenRouterChat);
    assert_eq!(
        event["error"],
        json!({"code": 403, "message": "M", "metadata": {"error_type": "permission_denied"}})
    );
    assert_eq!(event["choices"][0]["finish_reason"], "error");
}
