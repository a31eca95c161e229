//! A call becomes its bill.

use jiff::Timestamp;

use crate::{
    answer::AnswerFacts,
    cost::Cost,
    endpoint::Endpoint,
    outcome::{Outcome, UsageSource},
    price::PriceBook,
    provider::Provider,
    request::RequestFacts,
    usage::{Tokens, Usage},
};

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
    /// The version of the book that priced it.
    pub price_version: Option<Box<str>>,
    pub estimate: Option<Estimate>,
}

/// Why a call has no cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpriced {
    /// Billable, but nobody meters this endpoint yet.
    NotMetered,
}

/// How the usage was estimated, and why it had to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    pub method: &'static str,
    pub fault: &'static str,
}

/// Usage and cost of a call that has ended.
pub fn settle(_call: &Call<'_>, _book: &PriceBook) -> Bill {
    Bill {
        usage_source: UsageSource::None,
        usage: Usage::default(),
        tokens: Tokens::default(),
        cost: Some(Cost::ZERO),
        unpriced: None,
        price_version: None,
        estimate: None,
    }
}
