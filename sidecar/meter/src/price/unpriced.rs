use std::fmt;

use crate::usage::UnitKind;

/// Why a call has no cost. Its `Display` is the sentence for the admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpriced {
    /// Billable, but nobody meters this endpoint yet.
    NotMetered,
    /// The work goes on at the provider; what it used is known when somebody reads it.
    NotReadYet,
    /// Neither request nor answer named a model.
    NoModel,
    /// Not in the price book.
    UnknownModel {
        model: Box<str>,
        /// A known model whose name begins the same way; for the reader, not for the bill.
        looks_like: Option<Box<str>>,
    },
    /// In the price book, but only from a later time on.
    NotYetPriced { model: Box<str> },
    /// Served in a way that the book has no price for.
    UnknownService { model: Box<str>, service: Box<str> },
    /// It used a unit that the book has no price for.
    UnknownUnit { model: Box<str>, unit: UnitKind },
    /// More than can be stored: no such bill exists.
    TooLarge,
}

// === impl Unpriced ===

impl Unpriced {
    /// The name in metrics.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotMetered => "not_metered",
            Self::NotReadYet => "not_read_yet",
            Self::NoModel => "no_model",
            Self::UnknownModel { .. } => "unknown_model",
            Self::NotYetPriced { .. } => "not_yet_priced",
            Self::UnknownService { .. } => "unknown_service",
            Self::UnknownUnit { .. } => "unknown_unit",
            Self::TooLarge => "too_large",
        }
    }
}

impl fmt::Display for Unpriced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotMetered => f.write_str("this endpoint can cost money and is not metered yet"),
            Self::NotReadYet => f.write_str(
                "the work goes on at the provider, and nobody has read its result through Tollgate yet",
            ),
            Self::NoModel => f.write_str("neither request nor answer named a model"),
            Self::UnknownModel { model, looks_like: None } => {
                write!(f, "model \"{model}\" is not in the price book")
            }
            Self::UnknownModel { model, looks_like: Some(known) } => {
                write!(f, "model \"{model}\" is not in the price book; it looks like \"{known}\"")
            }
            Self::NotYetPriced { model } => {
                write!(f, "the price book knows \"{model}\" only from a later time on")
            }
            Self::UnknownService { model, service } => {
                write!(f, "the price book has no \"{service}\" prices for \"{model}\"")
            }
            Self::UnknownUnit { model, unit } => {
                write!(f, "the price book has no price of \"{}\" for \"{model}\"", unit.name())
            }
            Self::TooLarge => f.write_str("the cost is larger than any bill"),
        }
    }
}
