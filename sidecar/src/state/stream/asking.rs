//! What is asked about budgets, and the operator's answer.

use bytes::Bytes;
use h2::client::SendRequest;
use http::{HeaderValue, StatusCode};
use tollgate_crds::stream::GRANTS_PATH;

use super::end::End;
use super::report::send;
use crate::budgets::{Asked, Refused};
use crate::config::Origin;

/// Asks on the connection of the stream, which somebody must drive meanwhile. Whoever waits has the answer, or sees that the
/// connection has ended.
pub(super) async fn post(
    requests: SendRequest<Bytes>,
    operator: Origin,
    token: HeaderValue,
    asked: Asked,
) -> Result<StatusCode, End> {
    let Asked { body, answer } = asked;
    let mut answered = Vec::new();
    let status = send(requests, operator, token, GRANTS_PATH, body, |chunk| answered.extend(chunk)).await?;
    let granted = if status == StatusCode::OK { Ok(answered) } else { Err(Refused) };
    let _waits_no_longer = answer.send(granted);
    Ok(status)
}
