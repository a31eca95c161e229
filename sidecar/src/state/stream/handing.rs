//! One batch of rows to the operator, which keeps them where the database does not take them.

use bytes::Bytes;
use h2::client::SendRequest;
use http::{HeaderValue, StatusCode};
use tollgate_crds::stream::USAGE_PATH;
use tollgate_ledger::HandedOver;

use super::end::End;
use super::report::send;
use crate::config::Origin;

/// Sends it on the connection of the stream, which somebody must drive meanwhile. Whoever waits for it is told when the
/// operator keeps the rows, and otherwise sees that nobody will tell.
pub(super) async fn post(
    requests: SendRequest<Bytes>,
    operator: Origin,
    token: HeaderValue,
    batch: HandedOver,
) -> Result<StatusCode, End> {
    let HandedOver { rows, kept } = batch;
    let status = send(requests, operator, token, USAGE_PATH, rows, |_| ()).await?;
    if status == StatusCode::OK {
        let _waits_no_longer = kept.send(());
    }
    Ok(status)
}
