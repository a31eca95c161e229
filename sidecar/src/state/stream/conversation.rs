//! What is said on one connection.

use std::future::pending;
use std::path::Path;
use std::pin::Pin;
use std::time::{Duration, Instant};

use bytes::Bytes;
use h2::RecvStream;
use h2::client::SendRequest;
use http::{HeaderValue, StatusCode};
use tokio::sync::{mpsc, watch};
use tollgate_crds::stream::{GRANTS_PATH, Heartbeat, Message, Report};
use tollgate_ledger::HandedOver;

use super::backoff::{below, random};
use super::dial::{Driver, Link, bearer};
use super::end::End;
use super::lines::Lines;
use super::near::{Near, told};
use super::{MAX_LINE, StreamLimits, asking, handing, report};
use crate::budgets::{ANSWER_WITHIN, Asked};
use crate::config::Origin;
use crate::state::{Offer, Source};

/// A new state is reported this soon: an admin waits for `sidecars: 12 of 12`, and all sidecars have it at once.
const SOON: Duration = Duration::from_millis(20);
const SOON_SPREAD: Duration = Duration::from_millis(130);
/// A report whose answer takes longer is given up.
const REPORT_WITHIN: Duration = Duration::from_secs(5);
/// The goodbye holds up nobody's end for longer.
const GOODBYE_WITHIN: Duration = Duration::from_secs(1);

type Posting = Pin<Box<dyn Future<Output = Result<StatusCode, End>> + Send>>;

struct Conversation<'a> {
    near: &'a mut Near,
    limits: &'a StreamLimits,
    token_file: &'a Path,
    operator: Origin,
    requests: SendRequest<Bytes>,
    lines: Lines,
    /// The header that the stream was begun with.
    token: HeaderValue,
    heard: Instant,
    next_report: Instant,
    reporting: Option<Posting>,
    /// One batch of rows at a time.
    handing: Option<Posting>,
    /// One ask about budgets at a time.
    asking: Option<Posting>,
    /// When to go to another replica, because this one's watch is stuck.
    leave_at: Option<Instant>,
    /// When to connect anew, because the token has changed.
    renew_at: Option<Instant>,
    /// Said once on a connection.
    said_unreadable: bool,
    said_report_failed: bool,
}

/// Until the connection ends, or is left, or the sidecar is told to stop.
pub(super) async fn converse(
    link: Link,
    near: &mut Near,
    limits: &StreamLimits,
    token_file: &Path,
    stop: &mut watch::Receiver<bool>,
) -> End {
    let Link { driver, requests, stream, operator, token } = link;
    let now = Instant::now();
    let conversation = Conversation {
        near,
        limits,
        token_file,
        operator,
        requests,
        lines: Lines::new(MAX_LINE),
        token,
        heard: now,
        // A thousand that connect together do not report together.
        next_report: now + below(limits.report, random()),
        reporting: None,
        handing: None,
        asking: None,
        leave_at: None,
        renew_at: None,
        said_unreadable: false,
        said_report_failed: false,
    };
    conversation.run(driver, stream, stop).await
}

// === impl Conversation ===

impl Conversation<'_> {
    async fn run(mut self, driver: Driver, mut stream: RecvStream, stop: &mut watch::Receiver<bool>) -> End {
        let mut driver = Some(driver);
        loop {
            let deadline = self.next_deadline();
            tokio::select! {
                biased;
                () = told(stop) => {
                    self.say_goodbye(driver).await;
                    return End::Stopped;
                }
                chunk = stream.data() => match chunk {
                    Some(Ok(chunk)) => {
                        if let Err(end) = self.hear(&mut stream, &chunk) {
                            return end;
                        }
                    }
                    Some(Err(source)) => return source.into(),
                    None => return End::Closed,
                },
                ended = drive(driver.as_mut()) => match ended {
                    // What came before the end is still in the stream.
                    Ok(()) => driver = None,
                    Err(source) => return source.into(),
                },
                answer = answered(self.reporting.as_mut()) => self.reported(answer),
                answer = answered(self.handing.as_mut()) => self.handed(answer),
                answer = answered(self.asking.as_mut()) => self.asked(answer),
                // One that is on its way and that nobody waits for any more gives way.
                asked = next(self.near.grants.as_mut()) => self.ask(asked),
                batch = next(self.near.batches.as_mut()), if self.handing.is_none() => self.hand_over(batch),
                () = tokio::time::sleep_until(deadline.into()) => {
                    if let Some(end) = self.tick(Instant::now()) {
                        return end;
                    }
                }
            }
        }
    }

    fn hear(&mut self, stream: &mut RecvStream, chunk: &[u8]) -> Result<(), End> {
        stream.flow_control().release_capacity(chunk.len())?;
        self.heard = Instant::now();
        // Collected, so that each can be answered for: a chunk has a line or two.
        let mut messages = Vec::new();
        let fed = self.lines.feed(chunk, |line| messages.push(serde_json::from_slice::<Message>(line)));
        for message in messages {
            match message {
                Ok(message) => self.take(message),
                Err(error) => self.unreadable(&error),
            }
        }
        fed.map_err(|_too_long| End::TooLong)
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::State(state) => {
                if self.near.pod.offer(state, Source::Stream, self.heard) == Offer::Taken {
                    let soon = self.heard + SOON + below(SOON_SPREAD, random());
                    self.next_report = self.next_report.min(soon);
                }
            }
            Message::Prices(prices) => (self.near.on_prices)(prices),
            Message::Fingerprints(fingerprints) => (self.near.on_fingerprints)(fingerprints),
            Message::Ledger(access) => (self.near.on_ledger)(access),
            Message::Heartbeat(heartbeat) => self.beat(&heartbeat),
            Message::Unknown => {}
        }
    }

    fn beat(&mut self, heartbeat: &Heartbeat) {
        self.near.pod.heartbeat(heartbeat, self.heard, self.limits.patience);
        if Duration::from_millis(heartbeat.watch_age) <= self.limits.stale {
            self.leave_at = None;
            self.near.stay.worked();
        } else if self.leave_at.is_none() {
            self.leave_at = Some(self.heard + self.near.stay.next(random()));
        }
    }

    fn unreadable(&mut self, error: &serde_json::Error) {
        self.near.pod.unreadable(self.heard);
        if !std::mem::replace(&mut self.said_unreadable, true) {
            tracing::error!(
                "{} said what cannot be read (line {}, column {}): passed over, what is known holds",
                self.operator,
                error.line(),
                error.column()
            );
        }
    }

    fn next_deadline(&self) -> Instant {
        let silent = self.heard + self.limits.silence;
        [self.leave_at, self.renew_at].into_iter().flatten().fold(silent.min(self.next_report), Instant::min)
    }

    /// Does what is due.
    fn tick(&mut self, now: Instant) -> Option<End> {
        let is_due = |at: Instant| at <= now;
        if is_due(self.heard + self.limits.silence) {
            return Some(End::Silent);
        }
        if self.leave_at.is_some_and(is_due) {
            return Some(End::Stale);
        }
        if self.renew_at.is_some_and(is_due) {
            return Some(End::Renewed);
        }
        if is_due(self.next_report) {
            self.next_report = now + self.limits.report;
            if self.reporting.is_none() {
                self.reporting = Some(self.report(false));
            }
        }
        None
    }

    /// A report under way, shown with the token as it is now.
    fn report(&mut self, closing: bool) -> Posting {
        let token = self.token_now();
        let report = Report { versions: self.near.pod.versions(), closing, ..(self.near.report)() };
        let posted = report::post(self.requests.clone(), self.operator.clone(), token, report);
        self.within(REPORT_WITHIN, posted)
    }

    /// Given up where no answer comes.
    fn within(
        &self,
        limit: Duration,
        posted: impl Future<Output = Result<StatusCode, End>> + Send + 'static,
    ) -> Posting {
        let within = tokio::time::timeout(limit, posted);
        let operator = self.operator.to_string();
        Box::pin(
            async move { within.await.unwrap_or(Err(End::Timeout { operator, seconds: limit.as_secs() })) },
        )
    }

    /// As it is in its file now; one that has changed will end the connection.
    fn token_now(&mut self) -> HeaderValue {
        // One that cannot be read just now (kubelet swaps it) is read again next time.
        let token = bearer(self.token_file).unwrap_or_else(|_| self.token.clone());
        if token != self.token && self.renew_at.is_none() {
            self.renew_at = Some(Instant::now() + below(self.limits.renew, random()));
        }
        token
    }

    fn hand_over(&mut self, batch: HandedOver) {
        // Whoever sent it may have given it up meanwhile, and sends it again.
        if !batch.kept.is_closed() {
            let token = self.token_now();
            let posted = handing::post(self.requests.clone(), self.operator.clone(), token, batch);
            self.handing = Some(Box::pin(posted));
        }
    }

    fn ask(&mut self, asked: Asked) {
        // Whoever waited may have given up meanwhile, and asks anew.
        if !asked.answer.is_closed() {
            let token = self.token_now();
            let posted = asking::post(self.requests.clone(), self.operator.clone(), token, asked);
            self.asking = Some(self.within(ANSWER_WITHIN, posted));
        }
    }

    fn asked(&mut self, answer: Result<StatusCode, End>) {
        self.asking = None;
        match answer {
            Ok(StatusCode::OK) => {}
            // Whoever waits for it decides by onGrantUnknown, and says so.
            Ok(status) => tracing::debug!("{} grants nothing: it answers {status}", self.operator),
            Err(end) => tracing::debug!("{} grants nothing: {end}", self.operator),
        }
    }

    fn handed(&mut self, answer: Result<StatusCode, End>) {
        self.handing = None;
        match answer {
            Ok(StatusCode::OK) => {}
            // Whoever waits for it says so, and what follows from it.
            Ok(status) => tracing::debug!("{} keeps no rows: it answers {status}", self.operator),
            Err(end) => tracing::debug!("{} keeps no rows: {end}", self.operator),
        }
    }

    fn reported(&mut self, answer: Result<StatusCode, End>) {
        self.reporting = None;
        let failed = match answer {
            Ok(status) if status.is_success() => return,
            Ok(status) => format!("it answers {status}"),
            Err(end) => end.to_string(),
        };
        self.near.pod.report_failed();
        if !std::mem::replace(&mut self.said_report_failed, true) {
            tracing::warn!("{} takes no report: {failed}", self.operator);
        }
    }

    async fn say_goodbye(mut self, driver: Option<Driver>) {
        let Some(mut driver) = driver else { return };
        let goodbye = self.report(true);
        let (token, last) = (self.token_now(), (self.near.last_asked)());
        let given_back = last.map(|body| {
            let (requests, operator) = (self.requests.clone(), self.operator.clone());
            report::send(requests, operator, token, GRANTS_PATH, body, |_| ())
        });
        let both = async {
            let _ = goodbye.await;
            if let Some(given_back) = given_back {
                let _ = given_back.await;
            }
        };
        let said = async {
            tokio::select! {
                _ = &mut driver => {}
                () = both => {}
            }
        };
        let _given_up = tokio::time::timeout(GOODBYE_WITHIN, said).await;
    }
}

async fn drive(driver: Option<&mut Driver>) -> Result<(), h2::Error> {
    match driver {
        Some(driver) => driver.await,
        None => pending().await,
    }
}

async fn answered(posting: Option<&mut Posting>) -> Result<StatusCode, End> {
    match posting {
        Some(posting) => posting.await,
        None => pending().await,
    }
}

/// The next of what is to be sent; never where nobody sends any.
async fn next<T>(waiting: Option<&mut mpsc::Receiver<T>>) -> T {
    let next = match waiting {
        Some(waiting) => waiting.recv().await,
        None => None,
    };
    match next {
        Some(next) => next,
        None => pending().await,
    }
}
