//! From the bytes of an exchange to its usage, and from its usage to its exact cost. Pure functions: no IO, no clock,
//! no runtime.
//!
//! The way of the data, one room each:
//!
//! - [`provider`], [`endpoint`]: who is called, and can this call cost anything?
//! - [`request`]: what the request says (model, user, `stream`), and the one edit that makes a stream carry its usage
//! - [`answer`]: what the answer says (usage, model, id, errors), however it is cut, coded or spelled
//! - [`hider`]: takes a usage that we asked for out of the stream again
//! - [`usage`], [`price`], [`cost`]: disjoint counts, dated exact prices, integers of 1e-12 USD
//! - [`settle`]: request, answer and outcome become a [`Bill`]
//! - [`exchange`]: a recorded exchange in, its bill out: how anybody can check us
//! - [`providers`]: one folder each, what that provider serves and how its usage reads
//!
//! No type that leaves this crate can hold a prompt, a completion or a key: texts are counted where they pass by and
//! never kept.

pub mod answer;
pub mod coding;
pub mod cost;
pub mod endpoint;
pub mod estimate;
pub mod exchange;
pub mod hider;
pub mod outcome;
pub mod path;
pub mod price;
pub mod provider;
pub mod providers;
pub mod request;
pub mod settle;
pub mod text;
pub mod usage;

mod grpc;
mod json;
mod sse;

pub use answer::{AnswerFacts, AnswerHead, AnswerReader, Fault};
pub use coding::Coding;
pub use cost::Cost;
pub use endpoint::{Billing, Dialect, Endpoint};
pub use estimate::{Ratio, Ratios};
pub use hider::UsageHider;
pub use outcome::{Outcome, UsageSource};
pub use path::plain;
pub use price::{Change, Line, PriceBook, PriceError, Recorded};
pub use provider::Provider;
pub use request::{Asked, RequestFacts, RequestReader, Splice, may_stream};
pub use settle::{Bill, Call, Estimate, Once, Unpriced, goes_on, served_model, settle, settle_read};
pub use text::TextMeasure;
pub use usage::{Measure, Shown, Tokens, UnitKind, Usage};
