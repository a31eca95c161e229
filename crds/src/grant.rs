//! What sidecar and judge say to each other about budgets: an ask for a share, and what came of it. Data only.
//!
//! All amounts are whole numbers of the limit's smallest unit: pico-USD, tokens, calls, errors.

use serde::{Deserialize, Serialize};

/// Which budget: an alert, one of its groups, one window.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetKey {
    /// The alert's uid.
    pub budget: String,
    /// Empty where the alert does not group.
    pub group: String,
    /// Unix time in seconds.
    pub window_start: i64,
}

/// What a holder says of its share, and asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ask {
    /// Rises with each ask of one holder: the judge hears each once, and answers name the ask that they are for.
    pub seq: u64,
    /// Since the holder's start, in this window.
    pub used: u64,
    /// For calls in flight.
    pub reserved: u64,
    /// What the holder holds itself to from now on: no call begins above it until it is answered.
    pub kept: u64,
    /// What calls wait for.
    pub need: u64,
    /// What lets one of them pass: less is of no use to any.
    #[serde(default)]
    pub least: u64,
    /// What it would like, waiting calls included.
    pub want: u64,
    /// The holder ends: all that it did not use comes back.
    #[serde(default)]
    pub closing: bool,
    /// How long it counts as alive without another ask. It stops spending earlier itself.
    pub hold_millis: u64,
}

/// What came of an ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    /// Of the ask that the judge heard last.
    pub seq: u64,
    /// Used and reserved may be this much together.
    pub ceiling: u64,
    /// What is left to be given.
    #[serde(default)]
    pub rest: u64,
    /// That is less than 5 % of the limit.
    pub tight: bool,
    /// So much a holder may then have ready; what it has beyond that it gives back at once.
    #[serde(default)]
    pub ready: u64,
    /// Not more than a hundredth of the limit is neither used nor set aside for calls, wherever it lies.
    pub spent: bool,
    /// With what is set aside for calls in flight it is more: some of that may come back in a moment.
    #[serde(default)]
    pub open: bool,
    /// Who did not get what it needs asks again after so long: longer, the more holders there are.
    #[serde(default)]
    pub again_millis: u64,
}

/// What one sidecar asks at `POST /v1/grants`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantsAsked {
    /// Of this run of the sidecar, by nobody's choice: who starts anew holds anew.
    pub start: String,
    pub asks: Vec<Asking>,
}

/// One share's ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asking {
    /// `windowStart` is 0 where the sidecar does not know the window yet.
    #[serde(flatten)]
    pub key: BudgetKey,
    #[serde(flatten)]
    pub ask: Ask,
}

/// What came of them. An ask without an answer was not judged: the database is away, or the budget is not known here (yet).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantsAnswer {
    pub grants: Vec<Answered>,
}

/// One share's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answered {
    pub budget: String,
    pub group: String,
    /// Of the ask; 0 where it named none.
    pub asked_start: i64,
    /// The window that it is now.
    pub window_start: i64,
    /// When that ends.
    pub window_end: i64,
    /// None where the ask was for another window than the present one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<Grant>,
}
