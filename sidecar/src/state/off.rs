//! How a flag refuses, and what a refused call gets.

use tollgate_crds::RefusalStatus;

/// How a flag refuses.
#[derive(Debug, PartialEq)]
pub struct Off {
    /// The flag that says so, like `FeatureFlag shop/chat`.
    pub flag: Box<str>,
    pub status: RefusalStatus,
    /// What the app's users may read.
    pub message: Box<str>,
    pub instead: Instead,
    /// Calls under way are broken off.
    pub cuts: bool,
}

/// What a refused call gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// An error.
    Nothing,
    /// An answer with this text.
    Answer(Box<str>),
    /// This model's answer.
    Model(Box<str>),
}

// === impl Off ===

impl Off {
    /// Calls go on, to another model.
    pub(super) fn lets_pass(&self) -> bool {
        matches!(self.instead, Instead::Model(_))
    }
}
