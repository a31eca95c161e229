//! A request goes up and the head of its answer comes down, over a pooled connection or a new one.

use http::{Request, Response, Version};
use hyper::body::Incoming;

use super::drain::drain;
use super::pool::Connection;
use super::request_body::RequestBody;
use super::stream::{ConnectError, Speaks};
use super::upstream::Upstream;
use crate::call::Call;
use crate::hosts::Host;

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub(super) enum ForwardError {
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error("the provider closed the connection without an answer: {0}")]
    NoAnswer(#[source] hyper::Error),
}

/// A pooled connection that turns out closed before anything was written costs nothing: a new one is opened.
pub(super) async fn exchange(
    upstream: &Upstream,
    host: &Host,
    request: Request<RequestBody>,
    call: &mut Option<Box<Call>>,
) -> Result<(Response<Incoming>, Connection), ForwardError> {
    let mut note_sent = || {
        if let Some(call) = call {
            call.learn_once_sent();
        }
    };
    let speaks = if request.version() == Version::HTTP_2 { Speaks::Http2 } else { Speaks::Http1 };
    let pooled = upstream.pool().take(host, speaks);
    let request = match pooled {
        None => request,
        Some(mut connection) => match connection.send(request, &mut note_sent).await {
            Ok(answer) => {
                upstream.pool().kept(host);
                return Ok((answer, connection));
            }
            Err(mut error) => match error.take_message() {
                Some(unsent) => unsent,
                None => {
                    let error = error.into_error();
                    if !error.is_user() && !error.is_parse() {
                        upstream.pool().lost(host);
                    }
                    return Err(no_answer(upstream, host, error));
                }
            },
        },
    };
    let long_heads = upstream.pool().has_long_heads(host);
    let mut connection = match Connection::open(&upstream.out, &host.origin, speaks, long_heads).await {
        Ok(connection) => connection,
        Err(error) => {
            if let Some(rest) = request.into_body().into_rest() {
                tokio::task::spawn_local(drain(rest));
            }
            return Err(error.into());
        }
    };
    upstream.pool().share(host, &connection);
    match connection.send(request, &mut note_sent).await {
        Ok(answer) => Ok((answer, connection)),
        Err(error) => Err(no_answer(upstream, host, error.into_error())),
    }
}

fn no_answer(upstream: &Upstream, host: &Host, error: hyper::Error) -> ForwardError {
    if error.is_parse_too_large() {
        upstream.pool().make_room_for_long_heads(host);
    }
    ForwardError::NoAnswer(error)
}
