//! One call from its arrival to its record. However it ends, it is recorded exactly once: closed by whoever
//! sees the end, or, when the app breaks off and everything about the call is dropped, by its own drop.

mod answering;
mod attributing;
mod closing;
mod request_side;
mod rows;
mod spending;

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use tollgate_ledger::{Account, CallId, Learned, OpenCall, OpenFacts};
use tollgate_meter::{Billing, Endpoint, Provider, Ratio, RequestFacts};
use uuid::Uuid;

use self::answering::Answer;
use self::attributing::Unsettled;
pub(crate) use self::closing::Ending;
use self::closing::Settled;
pub(crate) use self::request_side::RequestSide;
use self::spending::OfBudgets;
use crate::attribute::{self, Attribution, Open, User, Via};
use crate::budgets::Budget;
use crate::fingerprints;
use crate::gate::{self, Note};
use crate::headers;
use crate::hosts::Host;
use crate::intercept::Target;
use crate::metrics::InvalidIdentity;
use crate::state::{CallFacts, Fingerprint, Model, Off, Refused};
use crate::worker::Worker;

/// A call under way.
pub(crate) struct Call {
    worker: Rc<Worker>,
    side: Rc<RefCell<RequestSide>>,
    id: CallId,
    at: Timestamp,
    started: Instant,
    provider: Provider,
    host: Rc<Host>,
    endpoint: Endpoint,
    attribution: Attribution,
    /// The group that it is of, where nobody names its feature.
    fingerprint: Option<Arc<str>>,
    /// Its body, which says so, was not read whole yet.
    awaits_sketch: bool,
    /// Kept while the model, not yet read, could still name another feature, though none that is off.
    unsettled: Option<Box<Unsettled>>,
    /// Whom the head named, as the ledger is to have it.
    user: Option<Box<str>>,
    account: Option<Account>,
    note: Note,
    /// The flag in preview that would have refused it.
    would_refuse: Option<Box<Refused>>,
    /// How much of the time so far the app itself was waited for.
    waited: Duration,
    answer: Option<Box<Answer>>,
    /// [`Worker::turns`], when it arrived.
    turns: u64,
    /// What is set aside of budgets, where any is about it.
    of_budgets: Option<Box<RefCell<OfBudgets>>>,
    /// The budget that refuses it, or that it goes to another model for.
    spent_by: Option<Arc<Budget>>,
    /// The slot that is found again should the process die.
    open: Option<OpenCall>,
    learned: bool,
    /// The open slot goes by the answer's id, or will not.
    renamed: bool,
    /// The provider's id of what is read, where an earlier call made it.
    reads: Option<Box<str>>,
    closed: bool,
    /// Closed, and not counted yet.
    settled: Option<Settled>,
}

// === impl Call ===

impl Call {
    /// A call has arrived: who calls is taken from its head.
    pub(crate) fn open(
        worker: &Rc<Worker>,
        host: &Rc<Host>,
        target: &Target<'_>,
        headers: &HeaderMap,
        side: Rc<RefCell<RequestSide>>,
        has_body: bool,
    ) -> Box<Self> {
        let at = Timestamp::now();
        let shared = &worker.shared;
        let path = target.plain_path();
        let reads_baggage = shared.attribution.reads_baggage();
        let can_be_sketched = has_body && target.endpoint.costs_itself() && headers::is_readable(headers);
        let attribution = attribute::attribute(
            headers,
            target.feature,
            &CallFacts {
                provider: target.provider,
                path: &path,
                container: shared.container(),
                model: Model::Unread,
                others: &[],
                fingerprint: if can_be_sketched { Fingerprint::Unread } else { Fingerprint::None },
            },
            &shared.flags.load(),
            reads_baggage,
        );
        let awaits_sketch =
            can_be_sketched && (attribution.via == Via::Unattributed || attribution.by_fingerprint);
        if awaits_sketch {
            side.borrow_mut().sketch_with(fingerprints::reader(target.endpoint, &path, headers));
        }
        for _source in attribution.misnamed.iter() {
            shared.metrics.invalid_identity(InvalidIdentity::Feature);
        }
        let user = match attribute::user(headers, reads_baggage) {
            User::Named(user) => Some(as_kept(worker, user).into()),
            User::Unnamed => None,
            User::Misnamed => {
                shared.metrics.invalid_identity(InvalidIdentity::User);
                None
            }
        };
        worker.calls.opened();
        Box::new(Self {
            id: worker.recorder.next_id(at),
            account: worker.recorder.account(headers, target.query),
            worker: Rc::clone(worker),
            side,
            at,
            started: Instant::now(),
            provider: target.provider,
            host: Rc::clone(host),
            endpoint: target.endpoint,
            unsettled: (attribution.open == Open::AllOn).then(|| Box::new(Unsettled::of(target, headers))),
            attribution,
            fingerprint: None,
            awaits_sketch,
            user,
            note: Note::Plain,
            would_refuse: None,
            waited: Duration::ZERO,
            answer: None,
            turns: worker.turns(),
            of_budgets: None,
            spent_by: None,
            open: None,
            learned: false,
            renamed: false,
            reads: match target.endpoint.billing {
                Billing::Reads(_) => target.endpoint.segment("id", &path).map(Box::from),
                Billing::Metered(_)
                | Billing::Begins(_)
                | Billing::Free
                | Billing::Unmetered
                | Billing::Elsewhere => None,
            },
            closed: false,
            settled: None,
        })
    }

    pub(crate) fn uuid(&self) -> Uuid {
        Uuid::from_bytes(*self.id.as_bytes())
    }

    pub(crate) fn provider(&self) -> Provider {
        self.provider
    }

    /// It goes to another model than it asks for, whose name is kept for its row.
    pub(crate) fn substituted(&mut self) {
        self.note = Note::Substituted;
        self.unsettled = None;
    }

    pub(crate) fn feature(&self) -> Arc<str> {
        Arc::clone(&self.attribution.feature.name)
    }

    /// [`Worker::turns`], when it arrived.
    pub(crate) fn turns(&self) -> u64 {
        self.turns
    }

    /// Its feature, where it may be broken off when that is turned off: not what costs nothing, or goes to another model.
    pub(crate) fn may_be_cut(&self) -> Option<Arc<str>> {
        (self.note != Note::Substituted && self.endpoint.can_cost()).then(|| self.feature())
    }

    /// The flag that breaks it off, now that a feature was turned off.
    pub(crate) fn cut_by(&self) -> Option<Arc<Off>> {
        let feature = self.may_be_cut()?;
        self.worker.shared.flags.load().feature(&feature).cut_by(Timestamp::now()).cloned()
    }

    /// It is broken off. `status`: where the app saw none yet.
    pub(crate) fn cut(&mut self, status: Option<StatusCode>) {
        self.note = Note::Cut;
        self.close(Ending::Cut(status));
    }

    /// The last event of a stream that is broken off.
    pub(crate) fn cut_event(&self, off: &Off) -> Bytes {
        gate::refusal::cut_event(self.provider, self.endpoint.dialect(), off, self.uuid())
    }

    /// An answer with this text, where the endpoint's answers are text.
    pub(crate) fn answer_of_ours(
        &mut self,
        text: &str,
        query: Option<&str>,
    ) -> Option<http::Response<Bytes>> {
        let mut side = self.side.borrow_mut();
        let reader = side.reader();
        // An app that asked for a stream would take a whole answer for an empty one.
        if reader.facts().bytes > 0 && (!reader.is_settled() || reader.is_unreadable()) {
            return None;
        }
        let facts = reader.facts();
        let asked = gate::answer::Asked {
            endpoint: self.endpoint,
            query,
            model: facts.model.as_deref().unwrap_or_default(),
            stream: facts.stream,
            wants_no_text: facts.wants_no_text,
            usage: reader.asked_for_usage(),
            call: self.uuid(),
            at: self.at.as_second(),
        };
        let answer = gate::answer::answer(&asked, text)?;
        self.note = Note::Responded;
        Some(answer)
    }

    /// Waits for the app: that is not our overhead.
    pub(crate) async fn waiting<T>(&mut self, app: impl Future<Output = T>) -> T {
        let since = Instant::now();
        let said = app.await;
        self.waited += since.elapsed();
        said
    }

    /// From here on it can cost: it is noted where a successor of this process would find it.
    pub(crate) fn goes_up(&mut self) {
        self.worker.calls.overhead(self.started.elapsed().saturating_sub(self.waited));
        if !self.endpoint.can_cost() {
            return;
        }
        self.open = self.worker.recorder.begin(
            self.id,
            &OpenFacts {
                provider: self.provider,
                host: &self.host.name,
                endpoint: self.endpoint.template,
                feature: &self.attribution.feature.name,
                user_id: self.user.as_deref(),
                account: self.account.as_ref().map(Account::as_str),
            },
        );
    }

    /// The request has gone up: what its body said is noted beside. Does nothing before that, or twice.
    pub(crate) fn learn_once_sent(&mut self) {
        if self.learned || !self.side.borrow().sent {
            return;
        }
        self.learned = true;
        self.take_fingerprint();
        let mut side = self.side.borrow_mut();
        let reader = side.reader();
        if let Some(open) = &self.open {
            let RequestFacts { model, user, stream, prompt, .. } = reader.facts();
            let of_body = user.as_deref().filter(|_| self.user.is_none());
            let user_id = of_body.map(|user| as_kept(&self.worker, Cow::Borrowed(user)));
            self.worker.recorder.learn(
                open,
                &Learned {
                    model: model.as_deref(),
                    user_id: user_id.as_deref(),
                    streamed: *stream,
                    prompt: *prompt,
                    ratio: model.as_deref().map_or_else(Ratio::default, |model| {
                        self.worker.ratios.borrow().of(self.provider, model)
                    }),
                },
            );
        }
    }

    /// Whether its record is written: what is left to do can wait until its answer is on its way.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }
}

/// A user id as it may be written down anywhere.
fn as_kept<'a>(worker: &Worker, user: Cow<'a, str>) -> Cow<'a, str> {
    match worker.shared.attribution.hashes_users() {
        false => user,
        true => Cow::Owned(worker.recorder.hashed(&user)),
    }
}

fn micros_since(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)
}
