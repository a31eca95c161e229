//! Sums, by group and by bucket.

use jiff::Timestamp;
use serde::Serialize;

use super::figures::Figures;

/// What there is.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// When each bucket begins.
    pub bounds: Vec<Timestamp>,
    pub sum: Figures,
    /// Of all groups together, by bucket.
    pub buckets: Vec<Figures>,
    /// Those that cost most first; what is left of them last.
    pub groups: Vec<Group>,
    /// Rows of the beginning are gone: [`COARSE`] says what that does.
    pub coarse: bool,
    /// So many hours changed and are still being summed: they may count too little.
    pub hours_behind: usize,
}

/// For people.
pub const COARSE: &str = "Single calls of the beginning of this time are gone. What only they tell apart (users by workload, outcome or where their \
    usage is from) is of the others there, or left out; users are known by days of UTC, each of which counts whole where its noon is, and other calls are told by the hour; where a \
    day does not begin with a whole hour of UTC, an hour counts where it begins.";

/// Calls that are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub key: Key,
    pub sum: Figures,
    pub buckets: Vec<Figures>,
}

/// Whose figures they are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Key {
    /// A value of each dimension that was asked by; `""` where calls have none.
    Of(Vec<String>),
    /// All groups past the first; so many.
    Others(u64),
}

/// So many figures are some megabytes.
const HEAVY: usize = 20_000;

// === impl Usage ===

impl Usage {
    /// It takes megabytes.
    pub(super) fn is_heavy(&self) -> bool {
        self.groups.len().saturating_mul(self.bounds.len()) > HEAVY
    }
}
