//! What calls come to.

use std::ops::AddAssign;

use serde::{Serialize, Serializer};
use sqlx::{Row, postgres::PgRow};
use tollgate_meter::Cost;

/// Sums over calls. `cost` is of the calls that have a price: whoever shows it shows `unpriced_calls` and `estimated_cost` beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// All of them, those that were refused included.
    pub calls: u64,
    pub refused_calls: u64,
    /// The provider answered with an error, broke off, or could not be reached. How a lost call ended is not known: it is none.
    pub failed_calls: u64,
    /// Without a price: in `tokens`, and not in `cost`.
    pub unpriced_calls: u64,
    #[serde(serialize_with = "decimal")]
    pub cost: Cost,
    /// Of the cost: where the usage was estimated.
    #[serde(serialize_with = "decimal")]
    pub estimated_cost: Cost,
    /// All input, what a cache was read and written included.
    pub input_tokens: u64,
    /// All output, reasoning included.
    pub output_tokens: u64,
    pub cached_input_tokens: u64,
    pub cache_write_tokens: u64,
    pub reasoning_tokens: u64,
}

fn decimal<S: Serializer>(cost: &Cost, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(cost)
}

// === impl Figures ===

impl Figures {
    pub(super) fn read(row: &PgRow) -> Result<Self, sqlx::Error> {
        let count = |column: &str| count(row, column);
        let cost = |column: &str| cost(row, column);
        Ok(Self {
            calls: count("calls")?,
            refused_calls: count("refused_calls")?,
            failed_calls: count("failed_calls")?,
            unpriced_calls: count("unpriced_calls")?,
            cost: cost("cost")?,
            estimated_cost: cost("estimated_cost")?,
            input_tokens: count("input_tokens")?,
            output_tokens: count("output_tokens")?,
            cached_input_tokens: count("cached_input_tokens")?,
            cache_write_tokens: count("cache_write_tokens")?,
            reasoning_tokens: count("reasoning_tokens")?,
        })
    }

    /// Where there are no others.
    pub(super) fn read_calls_and_cost(row: &PgRow) -> Result<(u64, Cost), sqlx::Error> {
        Ok((count(row, "calls")?, cost(row, "cost")?))
    }

    pub fn tokens(&self) -> u64 {
        self.input_tokens.saturating_add(self.output_tokens)
    }

    /// Less those; what was looked up a moment later may be more than the whole, and then nothing is left.
    pub(super) fn without(&self, other: &Self) -> Self {
        Self {
            calls: self.calls.saturating_sub(other.calls),
            refused_calls: self.refused_calls.saturating_sub(other.refused_calls),
            failed_calls: self.failed_calls.saturating_sub(other.failed_calls),
            unpriced_calls: self.unpriced_calls.saturating_sub(other.unpriced_calls),
            cost: less(self.cost, other.cost),
            estimated_cost: less(self.estimated_cost, other.estimated_cost),
            input_tokens: self.input_tokens.saturating_sub(other.input_tokens),
            output_tokens: self.output_tokens.saturating_sub(other.output_tokens),
            cached_input_tokens: self.cached_input_tokens.saturating_sub(other.cached_input_tokens),
            cache_write_tokens: self.cache_write_tokens.saturating_sub(other.cache_write_tokens),
            reasoning_tokens: self.reasoning_tokens.saturating_sub(other.reasoning_tokens),
        }
    }

    /// Those that went to a provider.
    pub fn passed_calls(&self) -> u64 {
        self.calls.saturating_sub(self.refused_calls)
    }
}

// As text: sums of bigint are numeric, and money is exact. Below nothing only where a row's columns say more than its usage: nobody
// is shown that.

fn count(row: &PgRow, column: &str) -> Result<u64, sqlx::Error> {
    let text: &str = row.try_get(column)?;
    text.parse::<i128>()
        .map(|count| u64::try_from(count.max(0)).unwrap_or(u64::MAX))
        .map_err(|error| sqlx::Error::ColumnDecode { index: column.to_owned(), source: error.into() })
}

fn cost(row: &PgRow, column: &str) -> Result<Cost, sqlx::Error> {
    let text: &str = row.try_get(column)?;
    let text = if text.starts_with('-') { "0" } else { text };
    text.parse::<Cost>()
        .map_err(|error| sqlx::Error::ColumnDecode { index: column.to_owned(), source: error.into() })
}

fn less(from: Cost, other: Cost) -> Cost {
    Cost::from_picos(from.picos().saturating_sub(other.picos()))
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        // Destructured whole: a figure that is not added is one that is lost.
        let Self {
            calls,
            refused_calls,
            failed_calls,
            unpriced_calls,
            cost,
            estimated_cost,
            input_tokens,
            output_tokens,
            cached_input_tokens,
            cache_write_tokens,
            reasoning_tokens,
        } = other;
        self.calls = self.calls.saturating_add(calls);
        self.refused_calls = self.refused_calls.saturating_add(refused_calls);
        self.failed_calls = self.failed_calls.saturating_add(failed_calls);
        self.unpriced_calls = self.unpriced_calls.saturating_add(unpriced_calls);
        self.cost = self.cost + cost;
        self.estimated_cost = self.estimated_cost + estimated_cost;
        self.input_tokens = self.input_tokens.saturating_add(input_tokens);
        self.output_tokens = self.output_tokens.saturating_add(output_tokens);
        self.cached_input_tokens = self.cached_input_tokens.saturating_add(cached_input_tokens);
        self.cache_write_tokens = self.cache_write_tokens.saturating_add(cache_write_tokens);
        self.reasoning_tokens = self.reasoning_tokens.saturating_add(reasoning_tokens);
    }
}
