//! Which calls belong to a feature that did not name one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::LabelSelector;

/// One description of calls. All fields that are there must match; a list matches if any of its items does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = crate::schema::SOME_CONDITION.to_json()))]
pub struct Match {
    /// Whether an app can say otherwise. Absent means Hint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,

    /// The pods' labels. An empty selector is every pod.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workload: Option<LabelSelector>,

    /// The container that calls, by name. Known where capture can tell containers apart; elsewhere it never matches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 63))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::CONTAINER.to_json()))]
    pub container: Option<String>,

    /// The providers called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 5))]
    pub providers: Option<Vec<Provider>>,

    /// The models asked for, as globs: `*` stands for any characters, or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 32), inner(length(min = 1, max = 256)))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::MODELS.to_json()))]
    pub models: Option<Vec<String>>,

    /// The path at the provider, without its query, as a glob: `*` stands for any characters, slashes too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 512))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::PATH.to_json()))]
    pub path: Option<String>,

    /// A header the app sends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<HeaderMatch>,

    /// Groups of calls that say alike, by the ids that `tollgate fingerprints` shows. Counts once the whole request is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 64), inner(length(min = 15, max = 15)))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::FINGERPRINTS.to_json()))]
    pub fingerprint: Option<Vec<String>>,
}

/// Who is believed: the app, or the flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Authority {
    /// The match counts only where the app names no feature.
    Hint,
    /// The match counts whatever the app says.
    Enforced,
}

/// The providers Tollgate knows, as they are written in manifests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    OpenAi,
    Anthropic,
    Google,
    Xai,
    OpenRouter,
}

/// A header of the call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HeaderMatch {
    /// The header's name, in either case.
    #[schemars(length(min = 1, max = 128))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::HEADER_NAME.to_json()))]
    pub name: String,

    /// The whole value, in this case. Absent: any value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 256))]
    pub value: Option<String>,
}

// === impl Provider ===

impl Provider {
    pub const ALL: [Self; 5] = [Self::OpenAi, Self::Anthropic, Self::Google, Self::Xai, Self::OpenRouter];

    /// The name in manifests, metrics and the ledger.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
            Self::Google => "google",
            Self::Xai => "xai",
            Self::OpenRouter => "openrouter",
        }
    }
}
