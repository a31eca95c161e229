//! The request alone of a recorded exchange: for what looks at how calls are made, whatever came of them.

use serde_json::value::RawValue;

use super::{Endpoint, Exchange, ExchangeError, bytes_of, id_of, name_of, plain, provider_of, result};

/// A recorded request.
pub struct RecordedRequest {
    /// The line's `id`, as it is spelled there.
    pub id: Box<RawValue>,
    pub endpoint: Endpoint,
    /// Without its query.
    pub path: String,
    pub headers: Vec<(String, String)>,
    /// As it was on the wire: requests are not compressed by any SDK.
    pub body: Vec<u8>,
}

/// The result line for a line that is no exchange: `{"id":…,"error":…}`.
pub struct Unreadable(pub String);

/// Reads an exchange's request; its answer is not looked at.
pub fn read_request(line: &str) -> Result<RecordedRequest, Unreadable> {
    let id = id_of(line);
    match Exchange::read(line).and_then(|exchange| of_exchange(exchange, id.clone())) {
        Ok(request) => Ok(request),
        Err(error) => Err(Unreadable(result::failed(&id, &error.to_string()))),
    }
}

fn of_exchange(exchange: Exchange<'_>, id: Box<RawValue>) -> Result<RecordedRequest, ExchangeError> {
    let provider = provider_of(&name_of(&exchange.host))?;
    let path = plain(exchange.path.split(['?', '#']).next().unwrap_or_default()).into_owned();
    let endpoint = Endpoint::of(provider, &exchange.method, &path);
    let (mut headers, mut body) = (Vec::new(), Vec::new());
    if let Some(message) = &exchange.request {
        if let Some(raw) = message.body {
            body = bytes_of(raw, "request")?.into_owned();
        }
        headers.extend(message.headers.iter().map(|(name, value)| (name.to_string(), value.to_string())));
    }
    Ok(RecordedRequest { id, endpoint, path, headers, body })
}
