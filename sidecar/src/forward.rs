//! One call, phase by phase: each knows only what it needs, and only the early ones can still answer the app.
//!
//! intercept → attribute → (hold what a rule needs) → gate → ask for usage → forward → watch it pass.

mod answer_body;
mod drain;
mod exchange;
mod own;
mod pool;
mod request_body;
mod stream;
mod substitute;
mod tail;
mod turns;
mod upgrade;
mod upstream;
mod way_out;
mod websocket;

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, Version, header};
use hyper::body::{Body, Incoming};
use hyper::upgrade::OnUpgrade;
use jiff::Timestamp;
use tollgate_meter::{Coding, Dialect, RequestReader, Splice, UsageHider};

pub(crate) use self::answer_body::AnswerBody;
use self::answer_body::Cutting;
use self::exchange::{ForwardError, exchange};
use self::own::{abandoned, cut, refuse, respond, unreachable};
use self::pool::Connection;
use self::request_body::{Held, RequestBody};
pub(crate) use self::stream::trust;
use self::substitute::substitute;
use self::tail::{LastWord, Tail};
use self::turns::Turns;
use self::upgrade::Protocol;
pub(crate) use self::upstream::Upstream;
use crate::attribute;
use crate::call::{Call, Ending, RequestSide};
use crate::gate::Verdict;
use crate::gate::refusal::{self, Form};
use crate::headers;
use crate::hosts::Host;
use crate::intercept::Target;
use crate::state::{Instead, Off};
use crate::worker::Worker;

/// Where a request came in, and so what its path means.
#[derive(Clone)]
pub(crate) enum Door {
    /// The path names the provider.
    BaseUrl,
    /// The connection is to this host; the path is its own.
    Host(Rc<Host>),
}

/// A call's place: which host, and what of it.
struct To<'a> {
    host: Rc<Host>,
    target: Target<'a>,
}

/// Answers one request of the app. Never fails: what goes wrong is an answer too.
pub(crate) async fn serve(
    upstream: Rc<Upstream>,
    door: Door,
    request: Request<Incoming>,
) -> Response<AnswerBody> {
    let (mut parts, body) = request.into_parts();
    let uri = parts.uri.clone();
    let (method, path, query) = (parts.method.as_str(), uri.path(), uri.query());
    let mut to = match door {
        Door::BaseUrl => match Target::of(method, path, query) {
            Some(target) => To { host: upstream.worker.hosts.of(target.provider), target },
            None => {
                upstream.worker.shared.metrics.unroutable();
                return respond(refusal::unroutable());
            }
        },
        Door::Host(host) => To { target: Target::captured(host.provider, method, path, query), host },
    };
    if headers::upgrade(&parts.headers).is_some() {
        to.target.endpoint = to.target.endpoint.of_session();
    }
    if !upstream.worker.shared.enabled {
        attribute::strip(&mut parts.headers);
        return pass(upstream, &to, parts, body).await;
    }
    meter(upstream, to, parts, body).await
}

/// Monitoring is off: the bytes pass, and nothing of ours looks at them.
async fn pass(upstream: Rc<Upstream>, to: &To<'_>, parts: Parts, body: Incoming) -> Response<AnswerBody> {
    let side = Rc::new(RefCell::new(RequestSide::new(None, None, Coding::Identity)));
    let rest = (!body.is_end_stream()).then_some(body);
    forward(upstream, to, parts, RequestBody::new(Held::default(), rest, side), None, false).await
}

/// The way of a call that is attributed, gated, metered and recorded.
async fn meter(
    upstream: Rc<Upstream>,
    mut to: To<'_>,
    mut parts: Parts,
    mut body: Incoming,
) -> Response<AnswerBody> {
    let To { host, target } = &mut to;
    let dialect = target.endpoint.dialect();
    let side = side_of(target, &parts.headers);
    let mut ended = body.is_end_stream();
    let mut call = Call::open(&upstream.worker, host, target, &parts.headers, Rc::clone(&side), !ended);
    let mut held = Held::default();

    if call.needs_body() {
        let enough = call.knows_enough();
        match call.waiting(held.read_until(&mut body, &side, enough)).await {
            Ok(all) => ended = all,
            Err(_app_gone) => return abandoned(Some(call)),
        }
        call.attribute_by_body(target, &parts.headers, ended);
    }
    if call.needs_user(&parts.headers) {
        match call.waiting(held.read_until(&mut body, &side, RequestReader::is_settled)).await {
            Ok(all) => ended = all,
            Err(_app_gone) => return abandoned(Some(call)),
        }
    }
    let mut substitution = None;
    let mut verdict = call.verdict(&parts.headers);
    let budgets = call.budgets();
    if matches!(verdict, Verdict::Pass(_))
        && let Some(budgets) = &budgets
    {
        if budgets.iter().any(|budget| budget.asks_for_body()) {
            match call.waiting(held.read_until(&mut body, &side, RequestReader::is_settled)).await {
                Ok(all) => ended = all,
                Err(_app_gone) => return abandoned(Some(call)),
            }
        }
        if let Err(refusal) = Box::pin(call.reserve(budgets)).await {
            verdict = Verdict::Refuse(refusal);
        }
    }
    if let Verdict::Refuse(reason) = verdict {
        let form = Form::of(&parts.headers);
        let Instead::Model(model) = &reason.off.instead else {
            return Box::pin(refuse(call, form, reason, held, body, &side, target.query)).await;
        };
        match call.waiting(held.read_until(&mut body, &side, RequestReader::is_settled)).await {
            Ok(all) => ended = all,
            Err(_app_gone) => return abandoned(Some(call)),
        }
        let changed = substitute(model, target, &mut side.borrow_mut());
        match changed {
            Some(edit) => substitution = edit.map(Box::new),
            None => return Box::pin(refuse(call, form, reason, held, body, &side, target.query)).await,
        }
        call.substituted();
        if let Some(budgets) = &budgets {
            call.overdraw(budgets);
        }
    }
    let asks = dialect.is_some_and(Dialect::asks_for_usage);
    if asks && !ended {
        match call.waiting(held.read_until(&mut body, &side, RequestReader::is_settled)).await {
            Ok(all) => ended = all,
            Err(_app_gone) => return abandoned(Some(call)),
        }
    }
    let hides_usage = edit(&mut held, &side, asks, substitution, &mut parts.headers);
    attribute::strip(&mut parts.headers);
    if dialect.is_some() {
        // Coded messages could not be read while they pass; either side may do without (docs/decisions/0017).
        parts.headers.remove(header::SEC_WEBSOCKET_EXTENSIONS);
    }
    call.goes_up();
    let body = RequestBody::new(held, (!ended).then_some(body), side);
    forward(upstream, &to, parts, body, Some(call), hides_usage).await
}

/// What is read of a request to there, which may name its model beside the body.
fn side_of(target: &Target<'_>, headers: &HeaderMap) -> Rc<RefCell<RequestSide>> {
    let path = target.plain_path();
    let model = target.endpoint.named_model(&path, target.query);
    let side = RequestSide::new(target.endpoint.dialect(), model.as_deref(), headers::coding(headers));
    Rc::new(RefCell::new(side))
}

/// Asks for the usage, where the stream would not carry it, and for another model. Returns whether it asked for the usage.
fn edit(
    held: &mut Held,
    side: &RefCell<RequestSide>,
    asks: bool,
    substitution: Option<Box<Splice>>,
    headers: &mut HeaderMap,
) -> bool {
    let splice = if asks { side.borrow_mut().usage_splice() } else { None };
    let hides_usage = splice.is_some();
    if hides_usage {
        headers::narrow_accept_encoding(headers);
    }
    held.edit([splice, substitution.map(|edit| *edit)], headers);
    hides_usage
}

/// Sends the request up and hands the answer down.
async fn forward(
    upstream: Rc<Upstream>,
    to: &To<'_>,
    mut parts: Parts,
    body: RequestBody,
    mut call: Option<Box<Call>>,
    hides_usage: bool,
) -> Response<AnswerBody> {
    let To { host, target } = to;
    let origin = &host.origin;
    let form = Form::of(&parts.headers);
    let runs_alone = parts.version == Version::HTTP_2;
    let upgrade = headers::upgrade(&parts.headers);
    let on_upgrade = parts.extensions.remove::<OnUpgrade>().filter(|_| upgrade.is_some());
    headers::remove_hop_by_hop(&mut parts.headers, upgrade);
    let path = Uri::try_from(target.upstream(&origin.path_prefix)).map_err(http::Error::from);
    let uri = match form {
        Form::Json => {
            headers::join_cookies(&mut parts.headers);
            parts.headers.insert(header::HOST, origin.host_header.clone());
            parts.version = Version::HTTP_11;
            path
        }
        Form::Grpc => {
            parts.headers.remove(header::HOST);
            // Of the connection, and yet what says that whoever asked reads trailers.
            parts.headers.insert(header::TE, HeaderValue::from_static("trailers"));
            parts.version = Version::HTTP_2;
            path.and_then(|path| origin.absolute(path))
        }
    };
    parts.uri = match uri {
        Ok(uri) => uri,
        // A part of a request target is one; should it ever not be, the app hears that its request is bad.
        Err(_not_a_target) => return abandoned(call),
    };
    let is_head = parts.method == Method::HEAD;
    let turns = |call: &Call| Turns::since(&upstream.worker, call.turns(), runs_alone);
    let feature = call.as_ref().and_then(|call| Some((call.may_be_cut()?, turns(call))));
    let request = Request::from_parts(parts, body);
    let exchanged = {
        let exchanging = pin!(exchange(&upstream, host, request, &mut call));
        uncut(&upstream.worker, feature, exchanging).await
    };
    let exchanged = match exchanged {
        Ok(exchanged) => exchanged,
        Err(off) => return cut(call, form, &off),
    };
    match exchanged {
        Ok((answer, connection)) => {
            let passing = Passing { connection, call, on_upgrade, hides_usage, is_head, runs_alone };
            hand_down(upstream, host, answer, passing)
        }
        // The app's own body broke off, not the provider.
        Err(ForwardError::NoAnswer(error)) if error.is_user() => abandoned(call),
        Err(error) => unreachable(call, host, form, &error),
    }
}

/// Waits for the answer, unless the feature is turned off meanwhile by a flag that breaks calls off.
fn uncut<T>(
    worker: &Worker,
    mut feature: Option<(Arc<str>, Turns)>,
    mut answer: Pin<&mut impl Future<Output = T>>,
) -> impl Future<Output = Result<T, Arc<Off>>> {
    poll_fn(move |context| {
        if let Some((feature, turns)) = &mut feature
            && turns.were_more(context)
        {
            let flags = worker.shared.flags.load();
            if let Some(off) = flags.feature(feature).cut_by(Timestamp::now()) {
                return Poll::Ready(Err(Arc::clone(off)));
            }
        }
        answer.as_mut().poll(context).map(Ok)
    })
}

/// What goes along with an answer.
struct Passing {
    connection: Connection,
    call: Option<Box<Call>>,
    on_upgrade: Option<OnUpgrade>,
    hides_usage: bool,
    is_head: bool,
    /// Nobody wakes it with its connection.
    runs_alone: bool,
}

/// The answer's head goes down; its body follows as it comes.
fn hand_down(
    upstream: Rc<Upstream>,
    host: &Rc<Host>,
    answer: Response<Incoming>,
    passing: Passing,
) -> Response<AnswerBody> {
    let Passing { connection, mut call, on_upgrade, hides_usage, is_head, runs_alone } = passing;
    let (mut parts, incoming) = answer.into_parts();
    if parts.status == StatusCode::SWITCHING_PROTOCOLS {
        let name = headers::upgrade(&parts.headers);
        let protocol = name.as_ref().map_or(Protocol::Other, Protocol::of);
        headers::remove_hop_by_hop(&mut parts.headers, name);
        if let Some(call) = &mut call {
            call.answered(&parts);
        }
        let on_answer = parts.extensions.remove::<OnUpgrade>();
        upgrade::bridge(Rc::clone(&upstream.worker), connection, on_upgrade, on_answer, call, protocol);
        return Response::from_parts(parts, AnswerBody::whole(""));
    }
    headers::remove_hop_by_hop(&mut parts.headers, None);
    if parts.headers.remove(header::TRANSFER_ENCODING).is_some() {
        // Where both stand, the length does not count (RFC 9112, 6.3).
        parts.headers.remove(header::CONTENT_LENGTH);
    }
    headers::join_lengths(&mut parts.headers);
    if let Some(call) = &mut call {
        call.answered(&parts);
    }
    if is_head || incoming.is_end_stream() {
        if let Some(mut call) = call {
            call.close(Ending::Whole);
        }
        drop(incoming);
        upstream.pool().put(host, connection);
        return Response::from_parts(parts, AnswerBody::whole(""));
    }
    let events = headers::is_event_stream(&parts.headers).then(|| headers::coding(&parts.headers));
    let hider = events
        .filter(|coding| hides_usage && parts.status.is_success() && *coding != Coding::Unknown)
        .map(UsageHider::new);
    let last_word = match Form::of(&parts.headers) {
        Form::Grpc => LastWord::Trailers,
        Form::Json
            if events == Some(Coding::Identity) && !parts.headers.contains_key(header::CONTENT_LENGTH) =>
        {
            LastWord::Event(Tail::NOTHING)
        }
        Form::Json => LastWord::None,
    };
    if hider.is_some() {
        parts.headers.remove(header::CONTENT_LENGTH);
    }
    let turns = Turns::since(&upstream.worker, upstream.worker.turns(), runs_alone);
    let cutting = Cutting { turns, last_word };
    let body = AnswerBody::passing(upstream, Rc::clone(host), incoming, connection, call, hider, cutting);
    Response::from_parts(parts, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of_answer<A, B, C, F>(_: impl Fn(A, B, C) -> F) -> usize {
        size_of::<F>()
    }

    /// It is moved into its connection's task: each kilobyte is 16 cache lines that the next call finds cold.
    #[test]
    fn what_a_call_waits_in_stays_small() {
        let size = size_of_answer(serve);
        assert!(size <= 5 * 1024, "{size} bytes");
    }
}
