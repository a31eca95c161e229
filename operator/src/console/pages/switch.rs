//! Turning a feature off and on: what it would do, why, and then how far it has come, with a way back. Every change is made as
//! the person, through the apiserver: what they may not do, it refuses.
//!
//! - [`ask`]: what happens when somebody says so, before they do
//! - [`change`]: the change, and until sidecars hold it; [`undo`]: the way back
//! - [`refusal`]: why nothing was changed

mod ask;
mod change;
mod refusal;
mod undo;

use jiff::SignedDuration;

use super::address::decoded;

pub(super) use self::{
    ask::ask,
    change::act,
    undo::{done, undo},
};

/// Who writes, for whoever looks at managed fields and the audit.
const MANAGER: &str = "tollgate-console";
/// So long the way back is shown.
const UNDO: SignedDuration = SignedDuration::from_mins(10);
/// As long as an annotation is read by people.
const LONGEST_REASON: usize = 1_024;

/// What a form said, or an address.
struct Words(Vec<(String, String)>);

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

// === impl Words ===

impl Words {
    fn of(text: &str) -> Self {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(key, value)| (key.to_owned(), decoded(value).into_owned())).collect())
    }

    fn get(&self, key: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == key);
        found.map_or("", |(_, value)| value.trim())
    }

    fn turns_on(&self) -> bool {
        self.get("to") == "on"
    }
}
