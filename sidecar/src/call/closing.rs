//! The end of a call: what the app saw happen, settled, recorded and counted, once.

use std::borrow::Cow;
use std::rc::Rc;
use std::time::Duration;

use http::StatusCode;
use jiff::Timestamp;
use tollgate_ledger::{Account, CallId, Metadata, OpenCall, Rank, Record, Timings, WouldRefuse};
use tollgate_meter::{
    AnswerFacts, AnswerReader, Bill, Billing, Outcome, Ratio, RequestFacts, UsageSource, goes_on,
    served_model, settle, settle_read,
};

use super::{Call, Unsettled, as_kept, micros_since};
use crate::gate::Note;
use crate::metrics::{FailOpen, Observation};

/// What a closed call is still to be counted with.
pub(super) struct Settled {
    outcome: Outcome,
    bill: Bill,
    duration: Duration,
}

/// What a row says beside what the call knows of itself.
#[derive(Clone, Copy)]
struct Row<'a> {
    id: CallId,
    timeless: bool,
    request: &'a RequestFacts,
    facts: Option<&'a AnswerFacts>,
    outcome: Outcome,
    status: Option<StatusCode>,
    bill: &'a Bill,
    timings: Option<Timings>,
}

/// How a call came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The gate refused it, with this status.
    Refused(StatusCode),
    /// The provider's answer has come to its own end.
    Whole,
    /// The provider broke off.
    Broken,
    /// The app broke off.
    AppClosed,
    /// We did: its feature was turned off. With the status that the app sees, where it had seen none.
    Cut(Option<StatusCode>),
    /// We did: the sidecar was told to end, and the time that calls have for it was over.
    Drained,
    /// No connection to the provider could be made.
    Unreachable,
    /// The provider took the request and closed without an answer.
    NoAnswer,
}

// === impl Call ===

impl Call {
    /// Settles and records the call. The first ending counts.
    pub(crate) fn close(&mut self, ending: Ending) {
        if std::mem::replace(&mut self.closed, true) {
            return;
        }
        if ending != Ending::Whole
            && let Some(reader) = self.reader()
        {
            reader.finish();
        }
        if self.side.borrow().sent || matches!(ending, Ending::Refused(_)) {
            self.take_fingerprint();
        }
        if let Some(unsettled) = self.unsettled.take() {
            let Unsettled { headers, path, path_feature } = &*unsettled;
            self.attribution = self.attributed(headers, path_feature.as_deref(), path);
        }
        let open = self.open.take();
        let outcome = self.outcome(ending, self.answer.as_ref().and_then(|answer| answer.reader.as_ref()));
        let status = self.status(ending);
        self.record_answers();
        let bill = self.record_own(outcome, status, open);
        self.settle_budgets(outcome, &bill);
        self.settled = Some(Settled { outcome, bill, duration: self.started.elapsed() });
    }

    /// The call's own row.
    fn record_own(&mut self, outcome: Outcome, status: Option<StatusCode>, open: Option<OpenCall>) -> Bill {
        let side = Rc::clone(&self.side);
        let mut side = side.borrow_mut();
        let sent = side.sent;
        let request = side.reader().facts();
        let shared = &self.worker.shared;
        let prices = shared.prices();
        let facts = self.answer.as_ref().and_then(|answer| answer.reader.as_ref()).map(AnswerReader::facts);
        let call = self.as_metered(request, sent, facts, outcome);
        let bill = settle(&call, &prices);
        if bill.usage_source == UsageSource::Provider && outcome == Outcome::Completed {
            self.worker.ratios.borrow_mut().learn(&call, &bill.usage);
        }
        let mut id = self.id;
        if let Some(facts) = facts {
            match self.endpoint.billing {
                Billing::Metered(_) if outcome == Outcome::Pending && !self.worker.recorder.replaces() => {}
                Billing::Metered(_) if bill.usage_source != UsageSource::None => {
                    id = self.answers_id(&call, facts).unwrap_or(id);
                }
                Billing::Reads(_) | Billing::Begins(_) => self.record_answer(request, sent, facts),
                Billing::Metered(_) | Billing::Free | Billing::Unmetered | Billing::Elsewhere => {}
            }
        }
        if id != self.id {
            self.worker.recorder.rename(open.as_ref(), id);
            self.worker.recorder.is_news(id, Rank::of(outcome, bill.usage_source));
        }
        let timings = Timings {
            first_byte_us: self.answer.as_ref().map(|answer| answer.first_byte_us),
            total_us: micros_since(self.started),
        };
        let timeless = id != self.id && facts.is_some_and(|facts| facts.created.is_none());
        self.write(
            &Row { id, timeless, request, facts, outcome, status, bill: &bill, timings: Some(timings) },
            open,
        );
        if let Some(facts) = facts.filter(|facts| !facts.unknown_fields.is_empty()) {
            shared.metrics.unknown_usage_fields(self.provider, facts.unknown_fields.len());
        }
        if bill.estimate.is_some() && outcome == Outcome::Completed {
            shared.metrics.failed_open(FailOpen::UsageUnreadable);
        }
        bill
    }

    /// Rows of the answers that are complete, where one call brings several.
    pub(super) fn record_answers(&mut self) {
        let Some(answers) = self.reader().map(AnswerReader::take_answers) else { return };
        if answers.is_empty() {
            return;
        }
        let side = Rc::clone(&self.side);
        let mut side = side.borrow_mut();
        let sent = side.sent;
        for facts in &answers {
            self.record_answer(side.reader().facts(), sent, facts);
        }
    }

    /// The row of one answer that the call brings, or reads again: once.
    fn record_answer(&self, request: &RequestFacts, sent: bool, facts: &AnswerFacts) {
        let worker = &self.worker;
        let prices = worker.shared.prices();
        let outcome = if facts.pending { Outcome::Pending } else { Outcome::Completed };
        let call = self.as_metered(request, sent, Some(facts), outcome);
        let once = worker.recorder.once();
        let bill = settle_read(&call, facts, &prices);
        if bill.usage_source == UsageSource::None {
            // what tells no usage may tell when that which it is about was made
            if let (Some(id), Some(created)) = (&facts.request_id, created(facts.created)) {
                once.note_time(self.provider, id, created);
            }
            return;
        }
        let id = self.answers_id(&call, facts);
        let timeless = id.is_some() && facts.created.is_none();
        let id = match id {
            // what is promised has its row
            Some(_) if facts.pending && !worker.recorder.replaces() => return,
            Some(id) if worker.recorder.is_news(id, Rank::of(outcome, bill.usage_source)) => id,
            Some(_) => return,
            None => worker.recorder.next_id(Timestamp::now()),
        };
        let status = self.answer.as_ref().map(|answer| answer.status);
        self.write(
            &Row { id, timeless, request, facts: Some(facts), outcome, status, bill: &bill, timings: None },
            None,
        );
        self.took_a_row(&bill);
        worker.calls.opened();
        let model = facts.model.as_deref().or(request.model.as_deref());
        worker.calls.closed(&Observation {
            feature: &self.attribution.feature.name,
            provider: self.provider,
            model: model.and_then(|model| prices.known_as(self.provider, model)),
            outcome,
            bill: &bill,
            would_refuse: false,
            duration: None,
        });
        if !facts.unknown_fields.is_empty() {
            worker.shared.metrics.unknown_usage_fields(self.provider, facts.unknown_fields.len());
        }
    }

    /// As soon as a stream has said its id: should this process die, the row of its successor is the one that a later
    /// reading completes.
    pub(super) fn take_answers_id(&mut self) {
        let known = self.answer.as_ref().and_then(|answer| answer.reader.as_ref()).map(AnswerReader::facts);
        let is_named = known.is_some_and(|facts| facts.request_id.is_some() && facts.created.is_some());
        if self.renamed || !is_named || !matches!(self.endpoint.billing, Billing::Metered(_)) {
            return;
        }
        self.renamed = true;
        let side = Rc::clone(&self.side);
        let mut side = side.borrow_mut();
        let sent = side.sent;
        let Some(facts) = known else { return };
        let call = self.as_metered(side.reader().facts(), sent, Some(facts), Outcome::Lost);
        if let Some(id) = self.answers_id(&call, facts) {
            self.worker.recorder.rename(self.open.as_ref(), id);
        }
    }

    /// The id of an answer that may be read again.
    fn answers_id(&self, call: &tollgate_meter::Call<'_>, facts: &AnswerFacts) -> Option<CallId> {
        let answer = call.once(facts)?;
        let once = self.worker.recorder.once();
        let told = || self.reads.as_deref().and_then(|id| once.time_of(self.provider, id));
        Some(once.id(self.provider, &answer.id, created(answer.created).or_else(told), self.at))
    }

    pub(super) fn as_metered<'a>(
        &'a self,
        request: &'a RequestFacts,
        request_sent: bool,
        answer: Option<&'a AnswerFacts>,
        outcome: Outcome,
    ) -> tollgate_meter::Call<'a> {
        tollgate_meter::Call {
            provider: self.provider,
            host: &self.host.name,
            endpoint: self.endpoint,
            reads: self.reads.as_deref(),
            at: self.at,
            request: Some(request),
            request_sent,
            answer,
            ratio: self.ratio(request, answer),
            // The provider's own: a 502 of ours says nothing about what it bills.
            status: self.answer.as_ref().map(|answer| answer.status.as_u16()),
            outcome,
        }
    }

    /// What completed calls of the model showed this worker. No lookup where there is a usage.
    fn ratio(&self, request: &RequestFacts, answer: Option<&AnswerFacts>) -> Ratio {
        if answer.is_some_and(|answer| answer.usage_final) {
            return Ratio::default();
        }
        let ratio = |model: &str| self.worker.ratios.borrow().of(self.provider, model);
        served_model(self.provider, Some(request), answer).map_or_else(Ratio::default, ratio)
    }

    fn write(&self, row: &Row<'_>, open: Option<OpenCall>) {
        let Row { id, timeless, request, facts, outcome, status, bill, timings } = *row;
        let user_id = match (&self.user, &request.user) {
            (Some(user), _) => Some(Cow::Borrowed(&**user)),
            (None, Some(user)) => Some(as_kept(&self.worker, Cow::Borrowed(&**user))),
            (None, None) => None,
        };
        let unpriced = bill.unpriced.as_ref().map(ToString::to_string);
        let identity = &self.worker.shared.identity;
        let record = Record {
            id,
            cluster: identity.cluster.as_deref(),
            namespace: identity.namespace.as_deref(),
            workload: identity.name.as_deref(),
            pod: identity.pod.as_deref(),
            container: identity.container.as_deref(),
            feature: &self.attribution.feature.name,
            user_id: user_id.as_deref(),
            provider: self.provider,
            host: &self.host.name,
            model: served_model(self.provider, Some(request), facts),
            endpoint: self.endpoint.template,
            outcome,
            status: status.map(|status| status.as_u16()),
            streamed: request.stream || self.endpoint.streams() || facts.is_some_and(|facts| facts.streamed),
            tokens: bill.tokens,
            cost: bill.cost,
            usage_source: bill.usage_source,
            account: self.account.as_ref().map(Account::as_str),
            metadata: Metadata {
                price: bill.price_version.as_deref(),
                served: bill.served.as_deref(),
                unpriced: unpriced.as_deref(),
                request_id: facts.and_then(|facts| facts.request_id.as_deref()),
                model_requested: request.substituted.as_deref().or(request.model.as_deref()),
                fingerprint: self.fingerprint.as_deref(),
                timings,
                gate: self.note.name(),
                budget: self.spent_by.as_ref().map(|budget| budget.alert()),
                would_refuse: self
                    .would_refuse
                    .as_deref()
                    .map(|told| WouldRefuse { flag: &told.off.flag, reason: told.reason.name() }),
                estimate: bill.estimate,
                unknown_fields: facts.map_or(&[], |facts| &facts.unknown_fields),
                timeless,
                ..Metadata::of(&bill.usage)
            },
        };
        self.worker.recorder.record(&record, open);
    }

    /// Adds what was settled to the metrics.
    fn count(&mut self) {
        let Some(Settled { outcome, bill, duration }) = self.settled.take() else { return };
        let mut side = self.side.borrow_mut();
        let answer = self.answer.as_ref().and_then(|answer| answer.reader.as_ref());
        let prices = self.worker.shared.prices();
        self.worker.calls.closed(&Observation {
            feature: &self.attribution.feature.name,
            provider: self.provider,
            model: answered_or_asked(answer, side.reader().facts())
                .and_then(|model| prices.known_as(self.provider, model)),
            outcome,
            bill: &bill,
            would_refuse: self.would_refuse.is_some(),
            duration: Some(duration),
        });
    }

    /// What the app saw happen, in the ledger's words.
    fn outcome(&self, ending: Ending, answer: Option<&AnswerReader>) -> Outcome {
        let failed = self.answer.as_ref().is_some_and(|answer| answer.failed || !is_success(answer.status))
            || answer.is_some_and(|reader| reader.facts().error);
        // the work goes on, whoever closed the connection, where the call only began it
        let is_pending = matches!(self.endpoint.billing, Billing::Metered(_))
            && answer.is_some_and(|reader| {
                goes_on(&self.endpoint, Some(self.side.borrow_mut().reader().facts()), reader.facts())
            });
        let cut_short = answer.is_some_and(|reader| reader.facts().streamed && reader.is_cut());
        match ending {
            Ending::Refused(_) => Outcome::Refused,
            Ending::AppClosed if !is_pending => Outcome::ClientClosed,
            // what the provider sees, and bills
            Ending::Cut(_) => Outcome::ClientClosed,
            Ending::Drained if !is_pending => Outcome::ClientClosed,
            Ending::Unreachable => Outcome::Unreachable,
            Ending::NoAnswer => Outcome::ProviderClosed,
            Ending::Whole | Ending::Broken if failed => Outcome::ProviderError,
            _ if is_pending => Outcome::Pending,
            Ending::Whole if cut_short => Outcome::ProviderClosed,
            Ending::Whole if self.endpoint.billing == Billing::Elsewhere => Outcome::OffPath,
            Ending::Whole => Outcome::Completed,
            Ending::Broken => Outcome::ProviderClosed,
            Ending::AppClosed | Ending::Drained => Outcome::ClientClosed,
        }
    }

    /// The status that the app saw; none where it left before any.
    fn status(&self, ending: Ending) -> Option<StatusCode> {
        match ending {
            Ending::Refused(status) => Some(status),
            Ending::Unreachable | Ending::NoAnswer => Some(StatusCode::BAD_GATEWAY),
            Ending::Cut(Some(status)) => Some(status),
            Ending::Whole | Ending::Broken | Ending::AppClosed | Ending::Drained | Ending::Cut(None) => {
                self.answer.as_ref().map(|answer| answer.status)
            }
        }
    }
}

impl Drop for Call {
    /// Where nobody closed it the app went away, or we do, and everything about the call is being dropped.
    fn drop(&mut self) {
        if self.worker.cuts_off() && !self.closed {
            self.note = Note::Drained;
            self.close(Ending::Drained);
        }
        self.close(Ending::AppClosed);
        self.count();
    }
}

/// The model that answered, else the one asked for.
fn answered_or_asked<'a>(answer: Option<&'a AnswerReader>, request: &'a RequestFacts) -> Option<&'a str> {
    answer.and_then(|answer| answer.facts().model.as_deref()).or(request.model.as_deref())
}

fn is_success(status: StatusCode) -> bool {
    status.as_u16() < 400
}

fn created(seconds: Option<i64>) -> Option<Timestamp> {
    Timestamp::from_second(seconds?).ok()
}
