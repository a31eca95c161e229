//! The end of a call: what the app saw happen, settled, recorded and counted, once.

use std::borrow::Cow;
use std::time::Duration;

use http::StatusCode;
use tollgate_ledger::{Account, Metadata, Record, Timings};
use tollgate_meter::{AnswerReader, Bill, Outcome, RequestFacts, settle};

use super::{Call, Unsettled, as_kept, micros_since};
use crate::metrics::{FailOpen, Observation};

/// What a closed call is still to be counted with.
pub(super) struct Settled {
    outcome: Outcome,
    bill: Bill,
    duration: Duration,
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
        if let Some(unsettled) = self.unsettled.take() {
            let Unsettled { headers, path, path_feature } = &*unsettled;
            self.attribution = self.attributed(headers, path_feature.as_deref(), path);
        }
        let open = self.open.take();
        let answer = self.answer.as_ref().and_then(|answer| answer.reader.as_ref());
        let outcome = self.outcome(ending, answer);
        let status = self.status(ending);
        let mut side = self.side.borrow_mut();
        let request_sent = side.sent;
        let request = side.reader().facts();
        let shared = &self.worker.shared;
        let prices = shared.prices();
        let bill = settle(
            &tollgate_meter::Call {
                provider: self.provider,
                host: self.provider.host(),
                endpoint: self.endpoint,
                at: self.at,
                request: Some(request),
                request_sent,
                answer: answer.map(AnswerReader::facts),
                // The provider's own: a 502 of ours says nothing about what it bills.
                status: self.answer.as_ref().map(|answer| answer.status.as_u16()),
                outcome,
            },
            &prices,
        );
        let facts = answer.map(AnswerReader::facts);
        let model = answered_or_asked(answer, request);
        let user_id = match (&self.user, &request.user) {
            (Some(user), _) => Some(Cow::Borrowed(&**user)),
            (None, Some(user)) => Some(as_kept(&self.worker, Cow::Borrowed(&**user))),
            (None, None) => None,
        };
        let unpriced = bill.unpriced.as_ref().map(ToString::to_string);
        let identity = &shared.identity;
        let record = Record {
            id: self.id,
            cluster: identity.cluster.as_deref(),
            namespace: identity.namespace.as_deref(),
            workload: identity.name.as_deref(),
            pod: identity.pod.as_deref(),
            container: identity.container.as_deref(),
            feature: &self.attribution.feature.name,
            user_id: user_id.as_deref(),
            provider: self.provider,
            host: self.provider.host(),
            model,
            endpoint: self.endpoint.template,
            outcome,
            status: status.map(|status| status.as_u16()),
            streamed: request.stream || facts.is_some_and(|facts| facts.streamed),
            tokens: bill.tokens,
            cost: bill.cost,
            usage_source: bill.usage_source,
            account: self.account.as_ref().map(Account::as_str),
            metadata: Metadata {
                price: bill.price_version.as_deref(),
                unpriced: unpriced.as_deref(),
                request_id: facts.and_then(|facts| facts.request_id.as_deref()),
                model_requested: request.model.as_deref(),
                timings: Some(Timings {
                    first_byte_us: self.answer.as_ref().map(|answer| answer.first_byte_us),
                    total_us: micros_since(self.started),
                }),
                gate: self.note.name(),
                estimate: bill.estimate,
                ..Metadata::of(&bill.usage)
            },
        };
        self.worker.recorder.record(&record, open);
        if let Some(facts) = facts.filter(|facts| !facts.unknown_fields.is_empty()) {
            shared.metrics.unknown_usage_fields(self.provider, facts.unknown_fields.len());
        }
        if bill.estimate.is_some() && outcome == Outcome::Completed {
            shared.metrics.failed_open(FailOpen::UsageUnreadable);
        }
        drop(side);
        self.settled = Some(Settled { outcome, bill, duration: self.started.elapsed() });
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
            duration,
        });
    }

    /// What the app saw happen, in the ledger's words.
    fn outcome(&self, ending: Ending, answer: Option<&AnswerReader>) -> Outcome {
        let failed = self.answer.as_ref().is_some_and(|answer| !is_success(answer.status))
            || answer.is_some_and(|reader| reader.facts().error);
        let cut_short = answer.is_some_and(|reader| reader.facts().streamed && !reader.is_complete());
        match ending {
            Ending::Refused(_) => Outcome::Refused,
            Ending::AppClosed => Outcome::ClientClosed,
            Ending::Unreachable => Outcome::Unreachable,
            Ending::NoAnswer => Outcome::ProviderClosed,
            Ending::Whole | Ending::Broken if failed => Outcome::ProviderError,
            Ending::Whole if cut_short => Outcome::ProviderClosed,
            Ending::Whole => Outcome::Completed,
            Ending::Broken => Outcome::ProviderClosed,
        }
    }

    /// The status that the app saw; none where it left before any.
    fn status(&self, ending: Ending) -> Option<StatusCode> {
        match ending {
            Ending::Refused(status) => Some(status),
            Ending::Unreachable | Ending::NoAnswer => Some(StatusCode::BAD_GATEWAY),
            Ending::Whole | Ending::Broken | Ending::AppClosed => {
                self.answer.as_ref().map(|answer| answer.status)
            }
        }
    }
}

impl Drop for Call {
    /// Where nobody closed it the app went away, and everything about the call is being dropped.
    fn drop(&mut self) {
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
