//! Answers of our own: a refusal, a provider that cannot be reached, an app that went away.

use std::cell::RefCell;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{Response, StatusCode};
use hyper::body::Incoming;
use uuid::Uuid;

use super::answer_body::AnswerBody;
use super::drain::{DRAINED_LIMIT, drain};
use super::exchange::ForwardError;
use super::request_body::Held;
use crate::call::{Call, Ending, RequestSide};
use crate::gate::refusal::Form;
use crate::gate::{self, refusal};
use crate::hosts::Host;
use crate::state::{Instead, Off};

/// The refusal, after the body was read so that its row has the model and no app sees a reset.
pub(super) async fn refuse(
    mut call: Box<Call>,
    form: Form,
    reason: gate::Refusal,
    mut held: Held,
    mut body: Incoming,
    side: &RefCell<RequestSide>,
    query: Option<&str>,
) -> Response<AnswerBody> {
    let mut read = held.read_until(&mut body, side, |_| false).await;
    // Whether a stream is asked for may stand at the end of a large body.
    if let (Ok(false), Instead::Answer(_)) = (&read, &reason.off.instead) {
        read = held.read_through(&mut body, side, DRAINED_LIMIT).await;
    }
    let ended = match read {
        Ok(ended) => ended,
        Err(_app_gone) => return abandoned(Some(call)),
    };
    let answer = match &reason.off.instead {
        Instead::Answer(text) => call.answer_of_ours(text, query),
        Instead::Nothing | Instead::Model(_) => None,
    };
    // gRPC's own status is in the head; its row has what that stands for.
    let status = answer.as_ref().map_or_else(|| refusal::status(&reason), Response::status);
    let mut response =
        respond(answer.unwrap_or_else(|| refusal::refused(call.provider(), form, &reason, call.uuid())));
    call.close(Ending::Refused(status));
    if !ended {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        tokio::task::spawn_local(drain(body));
    }
    response
}

/// The answer of a provider that gave none.
pub(super) fn unreachable(
    call: Option<Box<Call>>,
    host: &Host,
    form: Form,
    error: &ForwardError,
) -> Response<AnswerBody> {
    tracing::warn!(host = &*host.name, %error, "a call did not reach its provider");
    let ending = match error {
        ForwardError::Connect(_) => Ending::Unreachable,
        ForwardError::NoAnswer(_) => Ending::NoAnswer,
    };
    let id = call.as_ref().map_or_else(Uuid::nil, |call| call.uuid());
    if let Some(mut call) = call {
        call.close(ending);
    }
    respond(refusal::unreachable(host.provider, form, &error.to_string(), id))
}

/// The refusal of a call that was under way and had no answer yet.
pub(super) fn cut(call: Option<Box<Call>>, form: Form, off: &Arc<Off>) -> Response<AnswerBody> {
    let Some(mut call) = call else { return abandoned(None) };
    let reason = gate::Refusal { feature: call.feature(), off: Arc::clone(off) };
    let response = refusal::refused(call.provider(), form, &reason, call.uuid());
    call.cut(Some(refusal::status(&reason)));
    respond(response)
}

/// The app went away before its request was whole: what is answered, nobody reads.
pub(super) fn abandoned(call: Option<Box<Call>>) -> Response<AnswerBody> {
    if let Some(mut call) = call {
        call.close(Ending::AppClosed);
    }
    let mut response = Response::new(AnswerBody::whole(""));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}

pub(super) fn respond(refusal: Response<Bytes>) -> Response<AnswerBody> {
    refusal.map(AnswerBody::whole)
}
