//! A recorded exchange in, its bill out: how an admin checks us, and how we test ourselves.
//!
//! An exchange is a JSON object on a line: `id`, `time`, `host`, `method`, `path`, `request` {headers, body}, `response`
//! {status, headers, body}. A body is JSON, or a string as sent, or `{"base64": …}` as it was on the wire.

mod base64;
mod headers;
mod request;
mod result;

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

pub use request::{RecordedRequest, Unreadable, read_request};

use self::headers::Headers;
use crate::{
    answer::{AnswerFacts, AnswerHead, AnswerReader},
    coding::Coding,
    endpoint::{Billing, Endpoint},
    estimate::Ratio,
    outcome::Outcome,
    path::plain,
    price::PriceBook,
    provider::Provider,
    request::RequestReader,
    settle::{Bill, Call, explain, goes_on, settle, settle_read},
};

/// An exchange that is none. What was in it is not quoted.
#[derive(Debug, thiserror::Error)]
enum ExchangeError {
    #[error("not an exchange: {what} at column {column}")]
    Form { what: &'static str, column: usize },
    #[error("\"time\" is no time; expected one such as 2026-11-24T12:00:00Z")]
    Time,
    #[error("host \"{host}\" is no provider's; expected one of {known}, or a region's")]
    UnknownHost { host: String, known: String },
    #[error("the body of the {0} is no base64")]
    Base64(&'static str),
}

#[derive(Deserialize)]
struct Exchange<'a> {
    #[serde(borrow)]
    time: Cow<'a, str>,
    host: Cow<'a, str>,
    method: Cow<'a, str>,
    path: Cow<'a, str>,
    #[serde(borrow, default)]
    request: Option<Message<'a>>,
    #[serde(borrow, default)]
    response: Option<Message<'a>>,
}

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    headers: Headers,
    #[serde(borrow, default)]
    body: Option<&'a RawValue>,
    /// The messages of a WebSocket or a gRPC stream, in order.
    #[serde(borrow, default)]
    events: Option<Vec<Event<'a>>>,
}

#[derive(Deserialize)]
struct Event<'a> {
    from: From,
    #[serde(borrow)]
    body: &'a RawValue,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum From {
    Client,
    Server,
}

const ANSWERED: u16 = 200;
const SWITCHED: u16 = 101;

#[derive(Deserialize)]
struct Base64Body<'a> {
    #[serde(borrow)]
    base64: Cow<'a, str>,
}

/// The result line for one exchange line, without a line end: `id`, `provider`, `model`, `endpoint`, `usage`,
/// `usage_source`, `cost_usd` (or null, with `reason`). A line that cannot be read gives `{"id":…,"error":…}`.
pub fn meter_line(line: &str, book: &PriceBook) -> String {
    read_line(line, book, false)
}

/// As [`meter_line`], with `lines`: the sum that the cost is.
pub fn explain_line(line: &str, book: &PriceBook) -> String {
    read_line(line, book, true)
}

fn read_line(line: &str, book: &PriceBook, explained: bool) -> String {
    let id = id_of(line);
    Exchange::read(line)
        .and_then(|exchange| meter(exchange, &id, book, explained))
        .unwrap_or_else(|error| result::failed(&id, &error.to_string()))
}

fn meter(
    exchange: Exchange<'_>,
    id: &RawValue,
    book: &PriceBook,
    explained: bool,
) -> Result<String, ExchangeError> {
    let at = exchange.time.parse::<Timestamp>().map_err(|_| ExchangeError::Time)?;
    let host = name_of(&exchange.host);
    let provider = provider_of(&host)?;
    let target = exchange.path.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let path = plain(path);
    let endpoint = Endpoint::of(provider, &exchange.method, &path);
    let changed_protocol = exchange.response.as_ref().is_some_and(Message::changed_protocol);
    let endpoint = if changed_protocol { endpoint.of_session() } else { endpoint };

    let coding = exchange.request.as_ref().filter(|request| request.is_wire());
    let coding = Coding::of(coding.and_then(|request| request.headers.get("content-encoding")));
    let mut request = RequestReader::new(endpoint.dialect()).coded(coding);
    if let Some(body) = exchange.request.as_ref().and_then(|message| message.body) {
        request.feed(&bytes_of(body, "request")?);
    }
    if let Some(model) = endpoint.named_model(&path, query) {
        request.name_model(&model);
    }

    let status = exchange.response.as_ref().and_then(Message::answered);
    let mut answer = None;
    if let (Some(dialect), Some(response)) = (endpoint.dialect(), &exchange.response) {
        let head = AnswerHead {
            dialect,
            status: status.unwrap_or_default(),
            content_type: response.headers.get("content-type"),
            coding: Coding::of(response.headers.get("content-encoding").filter(|_| response.is_wire())),
        };
        let mut reader = AnswerReader::new(head);
        if let Some(tier) = response.headers.get(AnswerHead::SERVED_AS) {
            reader.served_as(tier);
        }
        if let Some(pieces) = request.facts().asked.pieces {
            reader.expect(pieces);
        }
        if let Some(body) = response.body {
            reader.feed(&bytes_of(body, "response")?);
        }
        for event in response.events.iter().flatten() {
            let body = bytes_of(event.body, "response")?;
            match event.from {
                From::Server => reader.feed_message(&body),
                From::Client => request.feed_message(&body),
            }
        }
        if response.headers.get("grpc-status").is_some_and(|status| status != "0") {
            reader.note_failure();
        }
        reader.finish();
        answer = Some(reader);
    }
    let is_cut = answer.as_ref().is_some_and(AnswerReader::is_cut);
    let answers = answer.as_mut().map(AnswerReader::take_answers).unwrap_or_default();
    let facts = answer.as_ref().map(AnswerReader::facts);
    let call = Call {
        provider,
        host: &host,
        endpoint,
        reads: endpoint.segment("id", &path),
        at,
        request: Some(request.facts()),
        request_sent: exchange.response.is_some(),
        ratio: Ratio::default(),
        answer: facts,
        status,
        outcome: match status {
            None => Outcome::Unreachable,
            Some(400..) => Outcome::ProviderError,
            _ if facts.is_some_and(|facts| facts.error) => Outcome::ProviderError,
            _ if facts.is_some_and(|facts| goes_on(&endpoint, Some(request.facts()), facts)) => {
                Outcome::Pending
            }
            _ if is_cut => Outcome::ProviderClosed,
            _ if endpoint.billing == Billing::Elsewhere => Outcome::OffPath,
            _ => Outcome::Completed,
        },
    };
    let billed = bills(&call, &answers, book);
    let of_answers = || answers.iter().find_map(|answer| answer.model.as_deref());
    let model = call.model().or_else(|| of_answers().map(|model| call.provider.listed_model(model)));
    let lines = explained.then(|| billed.iter().flat_map(|(call, bill)| explain(call, bill, book)).collect());
    let bills: Vec<_> = billed.into_iter().map(|(_, bill)| bill).collect();
    Ok(result::metered(id, &call, model, &answers, &Bill::total(&bills), lines))
}

/// The call's own bill, and those of the answers that it read.
fn bills<'a>(call: &Call<'a>, answers: &'a [AnswerFacts], book: &PriceBook) -> Vec<(Call<'a>, Bill)> {
    let itself =
        call.answer.filter(|_| matches!(call.endpoint.billing, Billing::Reads(_) | Billing::Begins(_)));
    let read = itself.into_iter().chain(answers).map(|answer| {
        let bill = settle_read(call, answer, book);
        (Call { answer: Some(answer), ..*call }, bill)
    });
    std::iter::once((*call, settle(call, book))).chain(read).collect()
}

/// The host that was called, without port and as hosts are compared.
fn name_of(host: &str) -> String {
    host.split(':').next().unwrap_or(host).trim_end_matches('.').to_ascii_lowercase()
}

fn provider_of(host: &str) -> Result<Provider, ExchangeError> {
    let known = || Provider::ALL.map(Provider::host).join(", ");
    Provider::of_host(host)
        .ok_or_else(|| ExchangeError::UnknownHost { host: host.chars().take(253).collect(), known: known() })
}

/// The body's bytes. Only `{"base64": …}` alone is such a body; any other object is JSON.
fn bytes_of<'a>(body: &'a RawValue, whose: &'static str) -> Result<Cow<'a, [u8]>, ExchangeError> {
    let text = body.get();
    if text == "null" {
        return Ok(Cow::Borrowed(b""));
    }
    if text.starts_with('"') {
        let decoded: Result<String, _> = serde_json::from_str(text);
        return Ok(
            decoded.map_or_else(|_| Cow::Borrowed(text.as_bytes()), |text| Cow::Owned(text.into_bytes()))
        );
    }
    match packed(body) {
        Some(packed) => base64::decode(&packed).map(Cow::Owned).ok_or(ExchangeError::Base64(whose)),
        None => Ok(Cow::Borrowed(text.as_bytes())),
    }
}

fn packed(body: &RawValue) -> Option<Cow<'_, str>> {
    // a body that is not this small form is not parsed for it
    let text = body.get().strip_prefix('{')?.trim_start();
    if !text.starts_with("\"base64\"") {
        return None;
    }
    serde_json::from_str::<Base64Body<'_>>(body.get()).ok().map(|body| body.base64)
}

/// The line's `id`, as it is spelled there; null where there is none.
fn id_of(line: &str) -> Box<RawValue> {
    #[derive(Deserialize)]
    struct Id {
        #[serde(default)]
        id: Option<Box<RawValue>>,
    }

    let read: Result<Id, _> = serde_json::from_str(line);
    // a list is no exchange, and its first element no id
    let is_object = line.trim_start().starts_with('{');
    let id = read.ok().filter(|_| is_object).and_then(|read| read.id);
    id.and_then(on_one_line).unwrap_or_else(|| RawValue::NULL.to_owned())
}

/// An id that is no simple one may break its line between its parts; what it comes back in is one line.
fn on_one_line(id: Box<RawValue>) -> Option<Box<RawValue>> {
    match id.get().contains(['\n', '\r']) {
        true => RawValue::from_string(id.get().replace(['\n', '\r'], " ")).ok(),
        false => Some(id),
    }
}

// === impl Exchange ===

impl<'a> Exchange<'a> {
    fn read(line: &'a str) -> Result<Self, ExchangeError> {
        serde_json::from_str(line).map_err(|error: serde_json::Error| ExchangeError::Form {
            what: match error.classify() {
                serde_json::error::Category::Eof => "the line ends too early",
                serde_json::error::Category::Syntax => "no JSON",
                _ => "a member is missing or of a wrong type",
            },
            column: error.column(),
        })
    }
}

// === impl Message ===

impl Message<'_> {
    /// Its status. Of a WebSocket or gRPC none may have been written down: an answer that said something was one.
    fn answered(&self) -> Option<u16> {
        let says_something = self.body.is_some() || self.events.iter().flatten().next().is_some();
        self.status.or(says_something.then_some(ANSWERED))
    }

    /// It changed the protocol, or was written down as messages.
    fn changed_protocol(&self) -> bool {
        self.status == Some(SWITCHED) || self.events.is_some()
    }

    /// The body is as it was on the wire; a body given as text was decoded by whoever recorded it.
    fn is_wire(&self) -> bool {
        self.body.is_some_and(|body| packed(body).is_some())
    }
}
