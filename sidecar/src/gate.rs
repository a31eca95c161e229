//! May the call pass?
//!
//! The gate is a list of questions, asked in order; the first that has an answer decides. Each is a pure function and
//! says what it decided, so that metric and ledger can, too. Whatever cannot be decided lets the call through.

pub mod answer;
mod decide;
pub mod refusal;

pub use decide::{Decision, Note, Refusal, Verdict, decide, needs_body, needs_user};
