//! What is asked at the push port, and by whom.

use std::{convert::Infallible, sync::Arc, time::Instant};

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use tollgate_crds::stream::{GRANTS_PATH, REPORT_PATH, Report, ReportAnswer, STATE_PATH, USAGE_PATH};

use super::{
    auth::{AuthError, PodIdentity},
    body::Answer,
    connection::Connection,
    metrics::Reason,
    peers::PEERS_PATH,
    reports::Said,
    shared::Push,
    stream,
};
use crate::{
    usage::{Identity, KeepError, Witnessed},
    workload::Workload,
};

/// Why a request is not answered as it would like; the text is the answer's.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error(transparent)]
    Auth(#[from] AuthError),
    #[error("the body cannot be read, or is larger than {MOST} bytes")]
    Body,
    #[error("the body is not what is expected here: {0}")]
    Parse(#[from] serde_json::Error),
    #[error("rows are not kept here: this replica has no folder for them (--usage-dir)")]
    NoUsage,
    #[error("nobody judges budgets here: this installation has no database (--database-url)")]
    NoJudge,
    #[error(transparent)]
    Keep(#[from] KeepError),
    #[error(
        "there is GET {STATE_PATH}, POST {REPORT_PATH}, POST {GRANTS_PATH}, POST {USAGE_PATH} and POST {PEERS_PATH}, and nothing else"
    )]
    NoSuchPath,
    #[error("this replica has not yet read the cluster's state; try another, or again")]
    NotReady,
}

/// A report with 200 features is a tenth of that, a batch of rows half.
const MOST: usize = 1024 * 1024;

pub(super) async fn answer(
    push: Arc<Push>,
    connection: Arc<Connection>,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Infallible> {
    let answered = match (request.method(), request.uri().path()) {
        (&Method::GET, STATE_PATH) => state(&push, &connection, &request).await,
        (&Method::POST, REPORT_PATH) => report(&push, &connection, request).await,
        (&Method::POST, GRANTS_PATH) => grants(&push, &connection, request).await,
        (&Method::POST, USAGE_PATH) => usage(&push, &connection, request).await,
        (&Method::POST, PEERS_PATH) => peers(&push, &connection, request).await,
        _ => Err(Refusal::NoSuchPath),
    };
    Ok(answered.unwrap_or_else(|refusal| {
        push.metrics.refuse(refusal.reason());
        respond(refusal.status(), "text/plain; charset=utf-8", Answer::Whole(format!("{refusal}\n").into()))
    }))
}

async fn state(
    push: &Arc<Push>,
    connection: &Arc<Connection>,
    request: &Request<Incoming>,
) -> Result<Response<Answer>, Refusal> {
    let pod = authenticate(push, connection, bearer(request)?).await?;
    let state = push.index.read(|index| index.state(&pod.namespace));
    let state = state.ok_or_else(|| AuthError::NotLabelled(pod.namespace.clone()))?;
    if state.borrow().is_none() {
        return Err(Refusal::NotReady);
    }
    let lines = stream::open(push, connection, pod, state);
    Ok(respond(StatusCode::OK, "application/jsonl", Answer::Lines(lines)))
}

async fn report(
    push: &Push,
    connection: &Connection,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Refusal> {
    let pod = authenticate(push, connection, bearer(&request)?).await?;
    let mut report: Report = read(request).await?;
    push.metrics.reports.inc();
    hear(push, &pod, &mut report);
    push.fingerprints.hear(&pod.namespace, std::mem::take(&mut report.sketches));
    push.reports.take(&pod.uid, report);
    Ok(json(&ReportAnswer {})?)
}

/// What would be lost with this pod; of no use to anybody else who reads reports.
fn hear(push: &Push, pod: &PodIdentity, report: &mut Report) {
    let (open, waiting) = (std::mem::take(&mut report.open), std::mem::take(&mut report.waiting));
    let Some(usage) = &push.usage else { return };
    let workload = push.index.read(|index| index.pod(&pod.uid).map(|pod| Workload::of_pod(pod).name));
    usage.witnesses().hear(Witnessed {
        uid: pod.uid.clone(),
        namespace: pod.namespace.clone(),
        pod: pod.name.clone(),
        workload,
        open,
        waiting,
        heard: Instant::now(),
    });
}

async fn grants(
    push: &Push,
    connection: &Connection,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Refusal> {
    let pod = authenticate(push, connection, bearer(&request)?).await?;
    let asked = read(request).await?;
    let budgets = push.budgets.as_ref().ok_or(Refusal::NoJudge)?;
    Ok(json(&budgets.answer(&pod.namespace, &pod.uid, asked).await)?)
}

async fn usage(
    push: &Push,
    connection: &Connection,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Refusal> {
    let pod = authenticate(push, connection, bearer(&request)?).await?;
    let usage = push.usage.as_ref().ok_or(Refusal::NoUsage)?;
    let batch = body(request).await?;
    let identity = Identity { cluster: &push.cluster, namespace: &pod.namespace, pod: &pod.name };
    usage.keep(&batch, &identity).await?;
    push.metrics.usage_batches.inc();
    Ok(json(&serde_json::json!({}))?)
}

async fn peers(
    push: &Push,
    connection: &Connection,
    request: Request<Incoming>,
) -> Result<Response<Answer>, Refusal> {
    let replica = push.auth.operator(bearer(&request)?).await?;
    connection.welcome();
    let said: Said = read(request).await?;
    push.reports.take_peer(replica, said);
    Ok(json(&serde_json::json!({}))?)
}

async fn authenticate(push: &Push, connection: &Connection, token: &str) -> Result<PodIdentity, AuthError> {
    if let Some(pod) = connection.recall(token, Timestamp::now()) {
        return Ok(pod);
    }
    let pod = push.auth.pod(token).await?;
    connection.remember(token, &pod);
    Ok(pod)
}

fn bearer(request: &Request<Incoming>) -> Result<&str, AuthError> {
    let value = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) = value.and_then(|value| value.split_once(' ')).ok_or(AuthError::Missing)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(AuthError::Missing) }
}

async fn read<T: DeserializeOwned>(request: Request<Incoming>) -> Result<T, Refusal> {
    Ok(serde_json::from_slice(&body(request).await?)?)
}

async fn body(request: Request<Incoming>) -> Result<Bytes, Refusal> {
    let body = Limited::new(request.into_body(), MOST).collect().await.map_err(|_| Refusal::Body)?;
    Ok(body.to_bytes())
}

fn json(value: &impl serde::Serialize) -> Result<Response<Answer>, serde_json::Error> {
    let body = Bytes::from(serde_json::to_vec(value)?);
    Ok(respond(StatusCode::OK, "application/json", Answer::Whole(body)))
}

fn respond(status: StatusCode, kind: &'static str, body: Answer) -> Response<Answer> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

// === impl Refusal ===

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::Auth(error) => error.status(),
            Self::Body | Self::Parse(_) | Self::Keep(KeepError::Parse(_) | KeepError::NoRow) => {
                StatusCode::BAD_REQUEST
            }
            Self::Keep(KeepError::Disk(_)) => StatusCode::INSUFFICIENT_STORAGE,
            Self::NoUsage | Self::NoJudge | Self::Keep(KeepError::Ending) => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoSuchPath => StatusCode::NOT_FOUND,
            Self::NotReady => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn reason(&self) -> Reason {
        match self {
            Self::Auth(error) => error.reason(),
            Self::Body
            | Self::Parse(_)
            | Self::NoSuchPath
            | Self::Keep(KeepError::Parse(_) | KeepError::NoRow) => Reason::Malformed,
            Self::NoUsage | Self::NoJudge | Self::Keep(KeepError::Disk(_) | KeepError::Ending) => {
                Reason::NotKept
            }
            Self::NotReady => Reason::NotReady,
        }
    }
}
