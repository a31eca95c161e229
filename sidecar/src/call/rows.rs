//! The rows of a call: its own, and one for each answer that it brings or reads again.

use std::borrow::Cow;
use std::rc::Rc;

use http::StatusCode;
use jiff::Timestamp;
use tollgate_ledger::{Account, CallId, Metadata, OpenCall, Rank, Record, Timings, WouldRefuse};
use tollgate_meter::{
    AnswerFacts, AnswerReader, Bill, Billing, Outcome, Ratio, RequestFacts, UsageSource, served_model,
    settle, settle_read,
};

use super::{Call, as_kept, micros_since};
use crate::metrics::{FailOpen, Observation};

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

// === impl Call ===

impl Call {
    /// The call's own row.
    pub(super) fn record_own(
        &mut self,
        outcome: Outcome,
        status: Option<StatusCode>,
        open: Option<OpenCall>,
    ) -> Bill {
        let side = Rc::clone(&self.side);
        let mut side = side.borrow_mut();
        let sent = side.sent;
        let request = side.reader().facts();
        let shared = &self.worker.shared;
        let prices = shared.prices();
        let facts = self.read_so_far().map(AnswerReader::facts);
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
        if self.renamed || !matches!(self.endpoint.billing, Billing::Metered(_)) {
            return;
        }
        let is_named = |facts: &&AnswerFacts| facts.request_id.is_some() && facts.created.is_some();
        let Some(facts) = self.read_so_far().map(AnswerReader::facts).filter(is_named) else { return };
        let mut side = self.side.borrow_mut();
        let sent = side.sent;
        let call = self.as_metered(side.reader().facts(), sent, Some(facts), Outcome::Lost);
        if let Some(id) = self.answers_id(&call, facts) {
            self.worker.recorder.rename(self.open.as_ref(), id);
        }
        drop(side);
        self.renamed = true;
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
}

fn created(seconds: Option<i64>) -> Option<Timestamp> {
    Timestamp::from_second(seconds?).ok()
}
