//! Turning a feature off and on: what it would do, why, and then how far it has come, with a way back. Every change is made as
//! the person, through the apiserver: what they may not do, it refuses.
//!
//! - [`ask`]: what happens when somebody says so, before they do
//! - [`change`]: the change, and until sidecars hold it; [`undo`]: the way back

mod ask;
mod change;
mod undo;

use axum::{http::StatusCode, response::Response};
use jiff::SignedDuration;
use maud::html;

use super::{address::Words, context::Context, refusal::told};

pub(super) use self::{
    ask::ask,
    change::{act, merge},
    undo::{done, undo},
};

/// Who writes, for whoever looks at managed fields and the audit.
pub(super) const MANAGER: &str = "tollgate-console";
/// So long the way back is shown.
const UNDO: SignedDuration = SignedDuration::from_mins(10);
/// As long as an annotation is read by people.
const LONGEST_REASON: usize = 1_024;

/// What a form asks for; none where it says neither.
fn turns_on(words: &Words) -> Option<bool> {
    match words.get("to") {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn says_neither(context: &Context) -> Response {
    told(
        context,
        StatusCode::BAD_REQUEST,
        &html! { p { "Say which way: " code { "to=on" } " or " code { "to=off" } ". Nothing was changed." } },
    )
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}
