//! Exact, dated prices.

use crate::provider::Provider;

/// Every price we know.
#[derive(Debug)]
pub struct PriceBook {
    version: String,
}

/// A prices file that cannot be taken; says where and what to write instead.
#[derive(Debug, thiserror::Error)]
pub enum PriceError {
    #[error("prices: line {line}: {problem}")]
    Invalid { line: usize, problem: String },
}

impl PriceBook {
    /// The book that is compiled in.
    pub fn built_in() -> &'static Self {
        static BOOK: PriceBook = PriceBook { version: String::new() };
        &BOOK
    }
    /// The built-in book with the admin's prices over it.
    pub fn with_overrides(_yaml: &str) -> Result<Self, PriceError> {
        Ok(Self { version: String::new() })
    }
    pub fn knows(&self, _provider: Provider, _model: &str) -> bool {
        false
    }
    /// What `metadata.price` names.
    pub fn version(&self) -> &str {
        &self.version
    }
}
