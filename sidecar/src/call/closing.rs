//! The end of a call: what the app saw happen, settled, recorded and counted, once.

use std::time::Duration;

use http::StatusCode;
use tollgate_meter::{AnswerReader, Bill, Billing, Outcome, RequestFacts, goes_on};

use super::{Call, Unsettled};
use crate::gate::Note;
use crate::metrics::Observation;

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
        let outcome = self.outcome(ending, self.read_so_far());
        let status = self.status(ending);
        self.record_answers();
        let bill = self.record_own(outcome, status, open);
        self.settle_budgets(outcome, &bill);
        self.settled = Some(Settled { outcome, bill, duration: self.started.elapsed() });
    }

    /// Adds what was settled to the metrics.
    fn count(&mut self) {
        let Some(Settled { outcome, bill, duration }) = self.settled.take() else { return };
        let mut side = self.side.borrow_mut();
        let answer = self.read_so_far();
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
