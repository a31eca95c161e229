//! What happens to a call that may not pass.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a call is answered while the feature is off.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = crate::schema::SUBSTITUTE.to_json()))]
pub struct WhenDisabled {
    /// Absent means Reject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<DisabledAction>,

    /// The HTTP status of the refusal. Absent means 403, which every official SDK raises as its typed permission
    /// error, without trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::STATUS.to_json()))]
    pub status: Option<RefusalStatus>,

    /// A sentence for the app's users. Absent: `The feature "NAME" is switched off at the moment.`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1024))]
    pub message: Option<String>,

    /// With Respond: what the answer says. Absent: the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 8192))]
    pub response: Option<String>,

    /// With Substitute: the model that answers instead, of the same provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256), regex(pattern = crate::schema::MODEL))]
    pub model: Option<String>,

    /// What becomes of calls under way when the feature goes off. Absent means Finish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_flight: Option<InFlight>,
}

/// What takes the place of the provider's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum DisabledAction {
    /// An error in the provider's own shape, before any other byte.
    Reject,
    /// A complete answer of the provider's shape with the text of `response`, as a stream where one was asked for.
    /// Endpoints whose answers are no text reject.
    Respond,
    /// The call goes to `model` instead. Calls whose body is too large to change reject.
    Substitute,
}

/// What becomes of calls under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum InFlight {
    /// They end by themselves.
    #[default]
    Finish,
    /// They are broken off.
    Cut,
}

/// What a sidecar does that has never learned the flags' state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum OnStateUnknown {
    /// Calls pass; metric and ledger say so.
    Allow,
    /// Calls are refused until the state is known.
    Deny,
}

/// The statuses a refusal may have. All others make some official SDK try again, for up to an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub enum RefusalStatus {
    BadRequest,
    PaymentRequired,
    #[default]
    Forbidden,
    NotFound,
    Gone,
    UnavailableForLegalReasons,
}

/// A number that is none of the statuses a refusal may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of 400, 402, 403, 404, 410, 451 (other codes make SDKs try again), found {0}")]
pub struct NotARefusalStatus(pub u16);

// === impl RefusalStatus ===

impl RefusalStatus {
    pub const ALL: [Self; 6] = [
        Self::BadRequest,
        Self::PaymentRequired,
        Self::Forbidden,
        Self::NotFound,
        Self::Gone,
        Self::UnavailableForLegalReasons,
    ];

    /// The HTTP status code.
    pub const fn code(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::PaymentRequired => 402,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Gone => 410,
            Self::UnavailableForLegalReasons => 451,
        }
    }
}

impl TryFrom<u16> for RefusalStatus {
    type Error = NotARefusalStatus;

    fn try_from(code: u16) -> Result<Self, Self::Error> {
        Self::ALL.into_iter().find(|status| status.code() == code).ok_or(NotARefusalStatus(code))
    }
}

impl From<RefusalStatus> for u16 {
    fn from(status: RefusalStatus) -> Self {
        status.code()
    }
}

impl JsonSchema for RefusalStatus {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "RefusalStatus".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer" })
    }
}
