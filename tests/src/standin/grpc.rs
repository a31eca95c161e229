//! xAI's chat over gRPC, as its own SDK speaks it: HTTP/2, here without TLS, and protobuf by hand. Each call says `Something.`, for
//! 11 tokens of input, 7 of output and 12,345 ticks. Source: the protos of xai-sdk 1.21.0.

use std::{convert::Infallible, io, sync::Arc};

use bytes::Bytes;
use futures::stream;
use http_body::{Body, Frame};
use http_body_util::{BodyExt, StreamBody};
use hyper::{
    Request, Response,
    body::Incoming,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    server::conn::http2,
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

use super::{
    Provider,
    book::{Book, Ending, Entry, Tokens},
};

pub const PLAIN: &str = "/xai_api.Chat/GetCompletion";
pub const STREAM: &str = "/xai_api.Chat/GetCompletionChunk";

const STATUS: HeaderName = HeaderName::from_static("grpc-status");
const OK: &str = "0";
const UNAUTHENTICATED: &str = "16";
const UNIMPLEMENTED: &str = "12";

/// Of `GetCompletionsRequest`.
const MODEL: u64 = 2;
const TOKENS: Tokens = Tokens {
    input_tokens: 11,
    cached_input_tokens: 0,
    cache_write_5m_tokens: 0,
    cache_write_1h_tokens: 0,
    output_tokens: 7,
    reasoning_tokens: 0,
};

/// Whether a connection begins as HTTP/2 does.
pub async fn is_spoken(stream: &TcpStream) -> io::Result<bool> {
    let mut begin = [0; 24];
    let length = stream.peek(&mut begin).await?;
    Ok(begin[..length].starts_with(b"PRI"))
}

/// Serves a connection to its end; `next` makes ids unique.
pub async fn serve(
    stream: TcpStream,
    book: Arc<Book>,
    next: impl Fn() -> u64 + Clone + Send + 'static,
) -> hyper::Result<()> {
    let answer = service_fn(|request: Request<Incoming>| {
        let (book, next) = (Arc::clone(&book), next.clone());
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let id = format!("c-{}", next());
            let model = model(&body);
            let path = parts.uri.path();
            let (frames, status) = match path {
                _ if !parts.headers.contains_key(AUTHORIZATION) => (Vec::new(), UNAUTHENTICATED),
                PLAIN => (vec![plain(&id, &model)], OK),
                STREAM => (chunks(&id, &model), OK),
                _ => (Vec::new(), UNIMPLEMENTED),
            };
            if status == OK {
                let entry = Entry {
                    at: super::server::since_1970().as_micros() as u64,
                    id,
                    provider: Provider::Xai,
                    endpoint: path.to_owned(),
                    model,
                    status: 200,
                    streamed: path == STREAM,
                    tokens: TOKENS,
                    delivered_tokens: TOKENS.output_tokens,
                    ending: Ending::Whole,
                    tag: None,
                    seen: None,
                };
                if let Err(error) = book.write(&entry) {
                    eprintln!("the book cannot be written: {error}");
                }
            }
            Ok::<_, hyper::Error>(response(frames, status))
        }
    });
    http2::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), answer).await
}

fn response(
    frames: Vec<Bytes>,
    status: &'static str,
) -> Response<impl Body<Data = Bytes, Error = Infallible> + use<>> {
    let trailers = HeaderMap::from_iter([(STATUS, HeaderValue::from_static(status))]);
    let frames = frames.into_iter().map(Frame::data).chain([Frame::trailers(trailers)]);
    let mut response = Response::new(StreamBody::new(stream::iter(frames.map(Ok))));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    response
}

/// What a request's message asks for; empty where it says nothing.
fn model(body: &[u8]) -> String {
    let mut rest = body.get(5..).unwrap_or_default();
    while let Some(key) = varint(&mut rest) {
        let length = match key & 7 {
            0 => varint(&mut rest).map(|_| 0),
            1 => Some(8),
            2 => varint(&mut rest),
            5 => Some(4),
            _ => None,
        };
        let Some(content) = length.and_then(|length| rest.split_off(..usize::try_from(length).ok()?)) else {
            break;
        };
        if key >> 3 == MODEL {
            return String::from_utf8_lossy(content).into_owned();
        }
    }
    String::new()
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.split_off_first()?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// A frame of gRPC.
fn frame(message: &[u8]) -> Bytes {
    let length = u32::try_from(message.len()).expect("a short message").to_be_bytes();
    [&[0], &length[..], message].concat().into()
}

/// A field of protobuf that holds bytes.
fn field(number: u8, content: &[u8]) -> Vec<u8> {
    [&[number << 3 | 2, u8::try_from(content.len()).expect("a short field")], content].concat()
}

/// `SamplingUsage`: so much output, of 11 tokens of input, for 12,345 ticks.
fn usage(output: u8) -> Vec<u8> {
    vec![1 << 3, output, 2 << 3, 11, 3 << 3, output + 11, 4 << 3, 11, 11 << 3, 0xb9, 0x60]
}

/// `CompletionMessage` and `Delta`: of the assistant.
fn said(text: &str) -> Vec<u8> {
    [field(1, text.as_bytes()), vec![2 << 3, 2]].concat()
}

/// `GetChatCompletionResponse`
pub fn plain(id: &str, model: &str) -> Bytes {
    let output = [vec![1 << 3, 3], field(3, &said("Something."))].concat();
    frame(
        &[field(1, id.as_bytes()), field(2, &output), field(6, model.as_bytes()), field(9, &usage(7))]
            .concat(),
    )
}

/// `GetChatCompletionChunk`, three of them: each says the total so far.
pub fn chunks(id: &str, model: &str) -> Vec<Bytes> {
    let chunk = |text: &str, finish: &[u8], output: u8| {
        let part = [field(1, &said(text)), finish.to_vec()].concat();
        let fields =
            [field(1, id.as_bytes()), field(2, &part), field(4, model.as_bytes()), field(6, &usage(output))];
        frame(&fields.concat())
    };
    vec![chunk("Some", &[], 2), chunk("thing", &[], 5), chunk(".", &[3 << 3, 3], 7)]
}
