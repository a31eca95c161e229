use super::{
    factor::{Dated, Factor},
    table::Model,
};
use crate::provider::Provider;

/// What an admin's file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Own {
    /// What its prices are in; `None`: USD.
    pub(crate) currency: Option<Currency>,
    pub(crate) providers: Vec<(Provider, OwnPrices)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Currency {
    pub(crate) name: String,
    /// What one is in USD.
    pub(crate) rates: Dated<Factor>,
}

/// An admin's prices at a provider, and what is less than the list there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OwnPrices {
    /// Sorted by name.
    pub(crate) models: Vec<Model>,
    /// Names that stand for a model of the built-in book.
    pub(crate) aliases: Vec<(String, String)>,
    /// Factors of the built-in prices, by model.
    pub(crate) discounts: Vec<(String, Dated<Factor>)>,
    /// Of all other models.
    pub(crate) discount: Option<Dated<Factor>>,
}

// === impl Own ===

impl Own {
    pub(crate) const fn none() -> Self {
        Self { currency: None, providers: Vec::new() }
    }

    pub(crate) fn at(&self, provider: Provider) -> Option<&OwnPrices> {
        self.providers.iter().find(|(known, _)| *known == provider).map(|(_, prices)| prices)
    }
}

// === impl OwnPrices ===

impl OwnPrices {
    /// The model of the built-in book that exactly this name stands for.
    pub(crate) fn alias(&self, name: &str) -> Option<&str> {
        self.aliases.iter().find(|(known, _)| known == name).map(|(_, target)| target.as_str())
    }

    /// The factor that is written for exactly this name.
    pub(crate) fn discount_of(&self, name: &str) -> Option<&Dated<Factor>> {
        self.discounts.iter().find(|(known, _)| known == name).map(|(_, discount)| discount)
    }
}
