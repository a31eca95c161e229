//! One report to the operator, and how anything is sent to it.

use bytes::Bytes;
use h2::client::SendRequest;
use http::{HeaderValue, Method, StatusCode, header};
use tollgate_crds::stream::{REPORT_PATH, Report};

use super::dial;
use super::end::End;
use crate::config::Origin;

/// Sends it on the connection of the stream, which somebody must drive meanwhile. Gives the answer's status.
pub(super) async fn post(
    requests: SendRequest<Bytes>,
    operator: Origin,
    token: HeaderValue,
    report: Report,
) -> Result<StatusCode, End> {
    let body = serde_json::to_vec(&report).unwrap_or_default();
    send(requests, operator, token, REPORT_PATH, body, |_| ()).await
}

/// Posts JSON on the connection of the stream. `hear` is given the answer as it comes. Gives its status.
pub(super) async fn send(
    requests: SendRequest<Bytes>,
    operator: Origin,
    token: HeaderValue,
    path: &str,
    body: impl Into<Bytes>,
    mut hear: impl FnMut(&[u8]),
) -> Result<StatusCode, End> {
    let mut request = dial::request(&operator, Method::POST, path, &token)?;
    request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let (answer, mut sending) = requests.ready().await?.send_request(request, false)?;
    sending.send_data(body.into(), true)?;
    let (head, mut answer) = answer.await?.into_parts();
    // To its end: an answer that is thrown away half-way looks like an attack to a server.
    while let Some(chunk) = answer.data().await {
        let chunk = chunk?;
        answer.flow_control().release_capacity(chunk.len())?;
        hear(&chunk);
    }
    Ok(head.status)
}
