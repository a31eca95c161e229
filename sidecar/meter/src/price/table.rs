use std::borrow::Cow;

use crate::{cost::UnitPrice, usage::UnitKind};

/// A model and what it costs. Constants for the built-in book, owned for an admin's prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Model {
    pub(crate) name: Cow<'static, str>,
    /// Oldest first.
    pub(crate) prices: Cow<'static, [Price]>,
}

/// What a model costs from a time on, until the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Price {
    /// Seconds since 1970; `None`: since ever.
    pub(crate) valid_from: Option<i64>,
    /// What tokens cost where inference must stay in the US, in percent (Anthropic's `inference_geo`).
    pub(crate) us_only_percent: u64,
    /// What tokens cost at a regional endpoint, in percent (OpenAI's data residency, Vertex AI's locations).
    pub(crate) regional_percent: u64,
    /// What tokens cost at the endpoint for a government, in percent (OpenAI's FedRAMP).
    pub(crate) government_percent: u64,
    pub(crate) rates: Cow<'static, [Rate]>,
}

/// The unit prices of one service, for calls with more input than `above`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) service: Service,
    /// Tokens of input; 0: any.
    pub(crate) above: u64,
    /// What is made: `high/1024x1024`, `720p`. Empty: anything.
    pub(crate) variant: Cow<'static, str>,
    pub(crate) units: Cow<'static, [(UnitKind, UnitPrice)]>,
}

/// How a call was served, as far as its price is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Service {
    Standard,
    Batch,
    Flex,
    Priority,
    Fast,
    Ultrafast,
    /// OpenAI's cheaper answers of a single decision.
    Decisions,
}

// === impl Price ===

impl Price {
    /// The rate of a service for that much input: the highest tier that is exceeded.
    pub(crate) fn rate(&self, service: Service, input: u64) -> Option<&Rate> {
        self.rates
            .iter()
            .filter(|rate| rate.variant.is_empty() && rate.service == service)
            .filter(|rate| rate.above == 0 || input > rate.above)
            .max_by_key(|rate| rate.above)
    }

    /// The rate of what was made, by quality and size, else by size alone.
    pub(crate) fn variant(&self, service: Service, variant: &str) -> Option<&Rate> {
        let named = |name: &str| {
            self.rates.iter().find(|rate| rate.service == service && rate.variant.eq_ignore_ascii_case(name))
        };
        let size = variant.rsplit('/').next().unwrap_or(variant);
        (!variant.is_empty()).then(|| named(variant).or_else(|| named(size))).flatten()
    }
}

// === impl Rate ===

impl Rate {
    pub(crate) fn unit(&self, kind: UnitKind) -> Option<UnitPrice> {
        self.units.iter().find(|(known, _)| *known == kind).map(|&(_, price)| price)
    }
}

// === impl Service ===

impl Service {
    pub(crate) const ALL: [Self; 7] = [
        Self::Standard,
        Self::Batch,
        Self::Flex,
        Self::Priority,
        Self::Fast,
        Self::Ultrafast,
        Self::Decisions,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Batch => "batch",
            Self::Flex => "flex",
            Self::Priority => "priority",
            Self::Fast => "fast",
            Self::Ultrafast => "ultrafast",
            Self::Decisions => "decisions",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|service| service.name() == name)
    }
}
