//! A call becomes its bill.

use jiff::Timestamp;

use crate::{
    answer::AnswerFacts,
    cost::Cost,
    endpoint::{Billing, Endpoint},
    estimate,
    outcome::{Outcome, UsageSource},
    price::{PriceBook, Served},
    provider::Provider,
    request::RequestFacts,
    usage::{Tokens, UnitKind, Usage},
};

pub use crate::price::Unpriced;

/// All that is known about a call when it ends.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub provider: Provider,
    pub endpoint: Endpoint,
    /// When the call began: which prices hold.
    pub at: Timestamp,
    pub request: Option<&'a RequestFacts>,
    /// The whole request reached the provider.
    pub request_sent: bool,
    pub answer: Option<&'a AnswerFacts>,
    pub status: Option<u16>,
    pub outcome: Outcome,
}

/// What the call used and cost, and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    pub usage_source: UsageSource,
    pub usage: Usage,
    pub tokens: Tokens,
    /// `None` only with `unpriced`.
    pub cost: Option<Cost>,
    pub unpriced: Option<Unpriced>,
    /// The version of the book that priced it; `None` where no price was needed or known.
    pub price_version: Option<Box<str>>,
    pub estimate: Option<Estimate>,
}

/// How the usage was estimated, and why it had to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    pub method: &'static str,
    pub fault: &'static str,
}

/// Usage and cost of a call that has ended.
pub fn settle(call: &Call<'_>, book: &PriceBook) -> Bill {
    if call.costs_nothing() {
        return Bill::of_nothing();
    }
    if let Billing::Unmetered = call.endpoint.billing {
        return Bill::unknown(Unpriced::NotMetered);
    }
    let said = call.answer.and_then(|answer| answer.usage.map(|usage| (usage, answer.usage_final)));
    let (usage, estimate) = match said {
        Some((usage, true)) => (usage, None),
        Some((usage, false)) => (call.with_output(usage), Some(call.estimate(estimate::OUTPUT))),
        None => (call.guessed(), Some(call.estimate(estimate::PROMPT_AND_OUTPUT))),
    };
    let source = if estimate.is_some() { UsageSource::Estimated } else { UsageSource::Provider };
    let mut bill =
        Bill { usage_source: source, usage, tokens: usage.tokens(), estimate, ..Bill::of_nothing() };
    match call.cost(&usage, book) {
        Ok(cost) => {
            bill.cost = Some(cost);
            bill.price_version = Some(book.version().into());
        }
        Err(reason) => {
            bill.cost = None;
            bill.unpriced = Some(reason);
        }
    }
    bill
}

// === impl Call ===

impl Call<'_> {
    /// The model that answered, else the one asked for.
    pub fn model(&self) -> Option<&str> {
        let answered = self.answer.and_then(|answer| answer.model.as_deref());
        answered.or_else(|| self.request.and_then(|request| request.model.as_deref()))
    }

    fn costs_nothing(&self) -> bool {
        matches!(self.endpoint.billing, Billing::Free)
            || matches!(self.outcome, Outcome::Refused | Outcome::Unreachable)
            // refused, or sent elsewhere
            || self.status.is_some_and(|status| status >= 300)
            || !self.request_sent && !self.is_usage_said()
            || self.is_error_body()
    }

    fn is_usage_said(&self) -> bool {
        self.answer.is_some_and(|answer| answer.usage.is_some())
    }

    /// A whole answer, no stream, that is an error and says no usage: nothing was made.
    fn is_error_body(&self) -> bool {
        self.answer.is_some_and(|answer| {
            answer.error && !answer.streamed && answer.usage.is_none() && answer.delivered.is_empty()
        })
    }

    fn guessed(&self) -> Usage {
        let prompt = self.request.map_or(0, |request| estimate::prompt_tokens(&request.prompt));
        self.with_output(Usage::default().with(UnitKind::Input, prompt))
    }

    /// With the delivered text as its output, where that is more than was said.
    fn with_output(&self, usage: Usage) -> Usage {
        let said: u64 =
            [UnitKind::Output, UnitKind::OutputReasoning].iter().map(|&kind| usage.get(kind)).sum();
        let delivered = self.answer.map_or(0, |answer| estimate::text_tokens(&answer.delivered));
        let missing = delivered.saturating_sub(said);
        usage.with(UnitKind::Output, usage.get(UnitKind::Output) + missing)
    }

    fn estimate(&self, method: &'static str) -> Estimate {
        let fault = match self.answer.and_then(|answer| answer.fault) {
            Some(fault) => fault.name(),
            None => match self.outcome {
                Outcome::ClientClosed => "client_closed",
                Outcome::ProviderClosed => "provider_closed",
                Outcome::ProviderError => "provider_error",
                Outcome::Lost => "lost",
                _ => "no_usage",
            },
        };
        Estimate { method, fault }
    }

    fn cost(&self, usage: &Usage, book: &PriceBook) -> Result<Cost, Unpriced> {
        let model = self.model().ok_or(Unpriced::NoModel)?;
        let served = self.answer.map_or(Served::STANDARD, |answer| Served::of(self.provider, answer));
        book.cost(self.provider, model, self.at, usage, &served)
    }
}

// === impl Bill ===

impl Bill {
    /// Nothing billable happened.
    pub fn of_nothing() -> Self {
        Self {
            usage_source: UsageSource::None,
            usage: Usage::default(),
            tokens: Tokens::default(),
            cost: Some(Cost::ZERO),
            unpriced: None,
            price_version: None,
            estimate: None,
        }
    }

    fn unknown(reason: Unpriced) -> Self {
        Self { usage_source: UsageSource::Unknown, cost: None, unpriced: Some(reason), ..Self::of_nothing() }
    }
}
