//! For whom a feature is on: all, some of them, or nobody yet but on trial.

use std::hash::{BuildHasher, Hasher};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher24;

/// Whether what a flag says is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Mode {
    /// Calls that it refuses are refused.
    #[default]
    Enforce,
    /// Nothing is refused: what would have been is counted in status, metrics and ledger.
    Preview,
}

/// How many pass while the feature is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rollout {
    /// From 0, nobody, to 100, everybody. Raising it only adds users.
    #[schemars(with = "i32", range(min = 0, max = 100))]
    pub percent: u8,

    /// What is drawn for. Absent means User.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<RolloutBy>,
}

/// What a rollout draws for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum RolloutBy {
    /// A user is in or out, in every pod and at any time. Calls that name no user are in at 100 only.
    #[default]
    User,
    /// Each call is drawn for anew.
    Call,
}

/// Users who are in or out, by the ids that apps send.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = crate::schema::SOME_USERS.to_json()))]
pub struct Users {
    /// They pass while the feature is on, whatever `rollout` draws. Without `rollout` nobody else does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 500))]
    #[schemars(inner(length(min = 1, max = 1024), regex(pattern = crate::schema::USER_ID)))]
    pub allow: Option<Vec<String>>,

    /// They never pass, also if `allow` has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 500))]
    #[schemars(inner(length(min = 1, max = 1024), regex(pattern = crate::schema::USER_ID)))]
    pub deny: Option<Vec<String>>,
}

/// The draw's key. Changing it would draw everybody anew.
const DRAW: (u64, u64) = (0x746f_6c6c_6761_7465, 0x726f_6c6c_6f75_7431);

// === impl Rollout ===

impl Rollout {
    /// Whether the user, or the call, is in. Each feature draws for itself: who is early here is not early everywhere.
    pub fn draws(&self, feature: &str, whom: &[u8]) -> bool {
        let mut hasher = Drawing.build_hasher();
        hasher.write(feature.as_bytes());
        hasher.write_u8(0);
        hasher.write(whom);
        // the hash as a fraction of its range, in percent
        let hundredth = (u128::from(hasher.finish()) * 100) >> 64;
        hundredth < u128::from(self.percent)
    }
}

/// Every sidecar, and the preview, must draw alike.
struct Drawing;

impl BuildHasher for Drawing {
    type Hasher = SipHasher24;

    fn build_hasher(&self) -> SipHasher24 {
        SipHasher24::new_with_keys(DRAW.0, DRAW.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(percent: u8, feature: &str) -> Vec<usize> {
        let rollout = Rollout { percent, by: None };
        (0..10_000).filter(|user| rollout.draws(feature, format!("user-{user}").as_bytes())).collect()
    }

    #[test]
    fn raising_the_percentage_only_adds_users() {
        let mut before = drawn(0, "chat");
        assert_eq!(before, [0; 0]);
        for percent in 1..=100 {
            let after = drawn(percent, "chat");
            assert!(before.iter().all(|user| after.binary_search(user).is_ok()), "at {percent}");
            before = after;
        }
        assert_eq!(before.len(), 10_000);
    }

    #[test]
    fn as_many_are_in_as_it_says() {
        for percent in [1, 10, 50, 90] {
            let share = drawn(percent, "chat").len();
            let wanted = usize::from(percent) * 100;
            // four standard deviations of a fair draw of 10,000 are 200 at most
            assert!(share.abs_diff(wanted) <= 200, "{share} of 10,000 at {percent} percent");
        }
    }

    #[test]
    fn each_feature_draws_for_itself() {
        let (chat, search) = (drawn(50, "chat"), drawn(50, "search"));
        let both = chat.iter().filter(|user| search.binary_search(user).is_ok()).count();
        assert!(both.abs_diff(2_500) <= 250, "{both}");
    }

    #[test]
    fn the_draw_is_the_same_in_every_release() {
        // Whoever changes these changes who is in, in every cluster.
        assert_eq!(drawn(1, "chat").get(..4), Some(FIRST_OF_CHAT.as_slice()));
    }

    const FIRST_OF_CHAT: [usize; 4] = [245, 406, 426, 429];
}
