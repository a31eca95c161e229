//! A call becomes its bill.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::{
    answer::{AnswerFacts, Fault},
    cost::Cost,
    endpoint::{Billing, Dialect, Endpoint},
    estimate::{self, Ratio},
    outcome::{Outcome, UsageSource},
    price::{PriceBook, Served, unknown_word},
    provider::Provider,
    request::RequestFacts,
    usage::{Tokens, UnitKind, Usage},
};

pub use crate::price::{Line, Unpriced};

/// All that is known about a call when it ends.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub provider: Provider,
    /// As called: it tells a region, or Vertex AI.
    pub host: &'a str,
    pub endpoint: Endpoint,
    /// The id in the path, where the call reads what an earlier one made.
    pub reads: Option<&'a str>,
    /// When the call began: which prices hold.
    pub at: Timestamp,
    pub request: Option<&'a RequestFacts>,
    /// The whole request reached the provider.
    pub request_sent: bool,
    pub answer: Option<&'a AnswerFacts>,
    pub status: Option<u16>,
    pub outcome: Outcome,
    /// What completed calls of its model showed, for an estimate.
    pub ratio: Ratio,
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
    /// How it was served, as far as that makes a price: service, region, size. `None`: as by default, at the host's place.
    pub served: Option<Box<str>>,
    pub estimate: Option<Estimate>,
}

/// How the usage was estimated, and why it had to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    pub method: &'static str,
    pub fault: &'static str,
}

/// An answer that can be read again (by a poll, in a batch's results, by another pod): what is billed is the answer,
/// not the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once<'a> {
    /// The provider's own; else the batch's, and the answer's name or place in it.
    pub id: Cow<'a, str>,
    /// When the provider made it, in seconds since 1970, where it says so.
    pub created: Option<i64>,
}

/// Usage and cost of a call that has ended. What [`AnswerReader::take_answers`] gave is billed apart.
///
/// [`AnswerReader::take_answers`]: crate::AnswerReader::take_answers
pub fn settle(call: &Call<'_>, book: &PriceBook) -> Bill {
    if call.costs_nothing() {
        return Bill::of_nothing();
    }
    let Some(dialect) = call.endpoint.dialect() else { return Bill::unknown(Unpriced::NotMetered) };
    if call.answer.is_some_and(|answer| goes_on(&call.endpoint, call.request, answer)) {
        return Bill::unknown(Unpriced::NotReadYet);
    }
    let said = call.answer.and_then(|answer| answer.usage.map(|usage| (usage, answer.usage_final)));
    let asked = || dialect.by_request(call.request?, call.answer?);
    let (usage, estimate) = match said {
        Some((usage, true)) => (usage, call.one_of_several()),
        Some((usage, false)) => (call.with_output(usage), Some(call.estimate_of_output())),
        None => match asked() {
            Some(usage) => (usage, call.doubted()),
            None => (call.guessed(dialect), Some(call.estimate_of_all())),
        },
    };
    call.bill(usage, estimate, book)
}

/// The work goes on at the provider, whatever becomes of the call; its usage is read later.
pub fn goes_on(endpoint: &Endpoint, request: Option<&RequestFacts>, answer: &AnswerFacts) -> bool {
    let is_stream_of_work = matches!(endpoint.billing, Billing::Metered(dialect) if dialect.streams_its_work() && answer.streamed);
    answer.pending && (!is_stream_of_work || request.is_some_and(|request| request.background))
}

/// Usage and cost of one of the answers that a body holds, or that a later call reads.
pub fn settle_read(call: &Call<'_>, answer: &AnswerFacts, book: &PriceBook) -> Bill {
    let call = Call { answer: Some(answer), ..*call };
    match answer.usage {
        // what it used so far, while it works: no bill, for the whole one is read later
        Some(_) if answer.usage_final && answer.pending => Bill::unknown(Unpriced::NotReadYet),
        Some(usage) if answer.usage_final => call.bill(usage, call.one_of_several(), book),
        Some(usage) => call.bill(usage, Some(call.estimate_of_output()), book),
        None if answer.pending => Bill::unknown(Unpriced::NotReadYet),
        None if call.is_usage_unreadable(answer) => {
            call.bill(call.with_output(answer.steps), Some(call.estimate_of_delivered()), book)
        }
        None => Bill::of_nothing(),
    }
}

/// The lines of a bill of this call, or of an answer that it read. None where it has no cost or costs nothing.
pub fn explain(call: &Call<'_>, bill: &Bill, book: &PriceBook) -> Vec<Line> {
    match (bill.cost, bill.price_version.as_deref()) {
        (Some(cost), Some(PROVIDERS_WORD)) => vec![Line::said(cost)],
        (Some(_), Some(_)) => call.lines(&bill.usage, book).unwrap_or_default(),
        (None, _) | (_, None) => Vec::new(),
    }
}

/// What `metadata.price` names where the provider said the cost itself.
const PROVIDERS_WORD: &str = "provider";

/// The model that answered, else the one asked for, as its provider lists it.
pub fn served_model<'a>(
    provider: Provider,
    request: Option<&'a RequestFacts>,
    answer: Option<&'a AnswerFacts>,
) -> Option<&'a str> {
    let answered = answer.and_then(|answer| answer.model.as_deref());
    let model = answered.or_else(|| request.and_then(|request| request.model.as_deref()));
    model.map(|model| provider.listed_model(model))
}

// === impl Call ===

impl<'a> Call<'a> {
    /// The id and time that `answer` is billed by, where it may be read again.
    pub fn once(&self, answer: &'a AnswerFacts) -> Option<Once<'a>> {
        let dialect = self.endpoint.dialect()?;
        let reads = || self.reads.or_else(|| self.request?.reads.as_deref());
        if !dialect.is_promised() {
            let id = match answer.request_id.as_deref().filter(|_| dialect.is_read_again()) {
                Some(name) if dialect.is_named_within_batch() => format!("{}/{name}", reads()?).into(),
                Some(id) => id.into(),
                None if answer.place > 0 => format!("{}/{}", reads()?, answer.place).into(),
                None => return None,
            };
            return Some(Once { id, created: answer.created });
        }
        // promised under an id that the answer itself does not bear
        let id = match self.endpoint.billing {
            Billing::Reads(_) | Billing::Begins(_) => reads(),
            _ if answer.pending => answer.request_id.as_deref(),
            _ => None,
        };
        Some(Once { id: id?.into(), created: None })
    }

    /// See [`served_model`].
    pub fn model(&self) -> Option<&str> {
        served_model(self.provider, self.request, self.answer)
    }

    fn costs_nothing(&self) -> bool {
        !self.endpoint.costs_itself()
            || matches!(self.outcome, Outcome::Refused | Outcome::Unreachable)
            // refused, or sent elsewhere
            || self.status.is_some_and(|status| status >= 300)
            || !self.request_sent && !self.is_usage_said()
            || self.is_error_body()
            || self.is_settled_session()
    }

    /// All that a session said was billed answer by answer.
    fn is_settled_session(&self) -> bool {
        let is_session = self.endpoint.is_session();
        is_session && self.answer.is_none_or(|answer| answer.usage.is_none() && answer.delivered.is_empty())
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

    /// It said what it used, and that cannot be believed. A session's answers are those that said a usage.
    fn is_usage_unreadable(&self, answer: &AnswerFacts) -> bool {
        let is_session = self.endpoint.is_session();
        answer.fault.is_some_and(|fault| fault.is_of_usage() || is_session)
    }

    fn guessed(&self, dialect: Dialect) -> Usage {
        let prompt = match self.request {
            // its earlier answers were billed with their input
            Some(request) if !dialect.is_session() => {
                self.ratio.of_prompt(estimate::prompt_tokens(&request.prompt))
            }
            _ => 0,
        };
        let steps = self.answer.map_or_else(Usage::default, |answer| answer.steps);
        let usage = self.with_output(steps.with(UnitKind::Input, prompt));
        match (dialect, self.request) {
            (Dialect::OpenAiSpeech, Some(request)) => {
                usage.with(UnitKind::OutputAudio, estimate::spoken_tokens(&request.prompt))
            }
            _ => usage,
        }
    }

    /// With the delivered text as its output, where that is more than was said.
    fn with_output(&self, usage: Usage) -> Usage {
        let said: u64 =
            [UnitKind::Output, UnitKind::OutputReasoning].iter().map(|&kind| usage.get(kind)).sum();
        let delivered = self.answer.map_or(0, |answer| estimate::text_tokens(&answer.delivered));
        let delivered = self.ratio.of_output(delivered);
        let missing = delivered.saturating_sub(said);
        usage.with(UnitKind::Output, usage.get(UnitKind::Output) + missing)
    }

    fn estimate_of_all(&self) -> Estimate {
        self.estimate(match self.ratio.is_unknown() {
            true => estimate::PROMPT_AND_OUTPUT,
            false => estimate::PROMPT_AND_OUTPUT_CORRECTED,
        })
    }

    fn estimate_of_output(&self) -> Estimate {
        self.estimate(match self.ratio.is_unknown() {
            true => estimate::OUTPUT,
            false => estimate::OUTPUT_CORRECTED,
        })
    }

    fn estimate_of_delivered(&self) -> Estimate {
        self.estimate(match self.ratio.is_unknown() {
            true => estimate::DELIVERED,
            false => estimate::DELIVERED_CORRECTED,
        })
    }

    /// What was asked for is the bill, but the provider said another one, which cannot be believed.
    fn doubted(&self) -> Option<Estimate> {
        let is_said = self.answer.is_some_and(|answer| answer.fault.is_some_and(Fault::is_of_usage));
        is_said.then(|| self.estimate(estimate::ASKED))
    }

    /// The provider said usages that differ: which one it bills is a guess, if a good one.
    fn one_of_several(&self) -> Option<Estimate> {
        let is_twice = self.answer.is_some_and(|answer| answer.fault == Some(Fault::UsageTwice));
        let method = match self.endpoint.dialect() {
            Some(Dialect::OpenAiImages) => estimate::ALL_SAID,
            _ => estimate::LAST_SAID,
        };
        is_twice.then(|| self.estimate(method))
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

    fn bill(&self, usage: Usage, estimate: Option<Estimate>, book: &PriceBook) -> Bill {
        let source = if estimate.is_some() { UsageSource::Estimated } else { UsageSource::Provider };
        let mut bill =
            Bill { usage_source: source, usage, tokens: usage.tokens(), estimate, ..Bill::of_nothing() };
        if let Some(cost) = self.answer.and_then(|answer| answer.cost).filter(|_| estimate.is_none()) {
            bill.cost = Some(cost);
            bill.price_version = Some(PROVIDERS_WORD.into());
            return bill;
        }
        let served = Served::of(self, self.answer);
        bill.served = match &served {
            Ok(served) => served.word(),
            Err(tier) => Some(unknown_word(tier)),
        };
        match self.cost(&usage, book, served) {
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

    fn cost(
        &self,
        usage: &Usage,
        book: &PriceBook,
        served: Result<Served, Box<str>>,
    ) -> Result<Cost, Unpriced> {
        let (model, served) = self.priced_by(served)?;
        book.cost(self.provider, model, self.at, usage, &served)
    }

    fn lines(&self, usage: &Usage, book: &PriceBook) -> Result<Vec<Line>, Unpriced> {
        let (model, served) = self.priced_by(Served::of(self, self.answer))?;
        book.explain(self.provider, model, self.at, usage, &served)
    }

    fn priced_by(&self, served: Result<Served, Box<str>>) -> Result<(&str, Served), Unpriced> {
        let model = self.model().ok_or(Unpriced::NoModel)?;
        let served = served.map_err(|service| Unpriced::UnknownService { model: model.into(), service })?;
        Ok((model, served))
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
            served: None,
            estimate: None,
        }
    }

    /// Several bills as one: where one has no cost, the sum has none.
    pub fn total(bills: &[Self]) -> Self {
        let billed = || bills.iter().filter(|bill| bill.usage_source != UsageSource::None);
        let mut rest = billed();
        let Some(first) = rest.next() else { return Self::of_nothing() };
        rest.fold(first.clone(), |total, bill| {
            let usage = total.usage.plus(&bill.usage);
            let estimate = total.estimate.or(bill.estimate);
            Self {
                usage_source: if estimate.is_some() { UsageSource::Estimated } else { total.usage_source },
                usage,
                tokens: usage.tokens(),
                cost: total.cost.zip(bill.cost).map(|(a, b)| a + b),
                unpriced: total.unpriced.or_else(|| bill.unpriced.clone()),
                price_version: total.price_version.or_else(|| bill.price_version.clone()),
                served: total.served.or_else(|| bill.served.clone()),
                estimate,
            }
        })
    }

    fn unknown(reason: Unpriced) -> Self {
        Self { usage_source: UsageSource::Unknown, cost: None, unpriced: Some(reason), ..Self::of_nothing() }
    }
}
