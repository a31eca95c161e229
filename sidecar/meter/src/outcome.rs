//! How a call ended, and where its figures come from. Both are columns of the ledger: their names are promises.

/// How the call ended, as far as the sidecar could see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The answer was handed on whole.
    Completed,
    /// The gate refused it; nothing went to the provider.
    Refused,
    /// The provider answered 400 or above, or sent an error event.
    ProviderError,
    /// The provider's stream ended before its answer did.
    ProviderClosed,
    /// The app went away first.
    ClientClosed,
    /// No connection to the provider could be made.
    Unreachable,
    /// Created at the provider, its usage not read yet (background work, batches).
    Pending,
    /// The sidecar died with the call open.
    Lost,
    /// The call goes on where the sidecar cannot see it.
    OffPath,
}

/// Whose word the usage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UsageSource {
    /// The provider's own figure.
    Provider,
    /// Counted from the bytes that passed by, because the provider's figure never came.
    Estimated,
    /// Nothing billable happened: cost 0.
    None,
    /// Billable, but nobody meters this yet: no cost is known.
    Unknown,
}

// === impl Outcome ===

impl Outcome {
    pub const ALL: [Self; 9] = [
        Self::Completed,
        Self::Refused,
        Self::ProviderError,
        Self::ProviderClosed,
        Self::ClientClosed,
        Self::Unreachable,
        Self::Pending,
        Self::Lost,
        Self::OffPath,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Refused => "refused",
            Self::ProviderError => "provider_error",
            Self::ProviderClosed => "provider_closed",
            Self::ClientClosed => "client_closed",
            Self::Unreachable => "unreachable",
            Self::Pending => "pending",
            Self::Lost => "lost",
            Self::OffPath => "offpath",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

// === impl UsageSource ===

impl UsageSource {
    pub const ALL: [Self; 4] = [Self::Provider, Self::Estimated, Self::None, Self::Unknown];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Estimated => "estimated",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}
