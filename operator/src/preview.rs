//! Look before you leap: what a flag or an alert would have done in the last 24 hours, out of the ledger. Changes nothing.
//!
//! - [`Scope`]: whose calls; [`Scope::seen`]: what they were
//! - [`flag`]: which of them a flag would have refused; [`alert`]: how often an alert would have fired
//! - [`words`]: the sentences, each short enough for an admission warning
//!
//! It can say what the ledger knows: feature, user, provider and model. Paths, headers and pod labels are not in it, and what
//! hangs on them is said to be left out.

mod alert;
mod flag;
mod scope;
mod words;

pub use alert::{AlertPreview, AlertTold, Fired};
pub use flag::{FlagPreview, Matching, Told};
pub use scope::{Scope, Seen};
pub use words::{OpenNow, alert_sentences, sentences};

/// Before an apiserver's patience with us ends, and a person's.
pub const PATIENCE: std::time::Duration = std::time::Duration::from_millis(1_500);
