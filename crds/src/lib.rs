//! Tollgate's API: what a person writes into a cluster (or into a flags file), as types.
//!
//! Both programs build on this crate, so it holds what they must agree on and nothing else:
//!
//! - [`flag`]: the kinds `FeatureFlag` and `ClusterFeatureFlag`, spec and status.
//! - [`alert`]: the kinds `UsageAlert` and `ClusterUsageAlert`, spec and status.
//! - [`definitions`]: the CustomResourceDefinitions the apiserver gets; the YAML files
//!   beside this crate are their text.
//! - [`validate`]: the same rules as the schema and its CEL, for objects that no apiserver has seen. Its messages
//!   name the field, what was found and what to write instead.
//! - [`manifests`]: the text of a file (YAML or JSON, many documents) to validated objects.
//! - [`address`]: where a provider or the operator is reached, as settings write it.
//! - [`stream`]: the lines of the state stream and the reports back; data only.
//! - [`grant`]: what sidecars ask of a budget's judge, and its answer; data only.

pub mod address;
pub mod alert;
pub mod definitions;
pub mod flag;
pub mod grant;
pub mod manifests;
pub mod stream;
pub mod validate;

mod schema;

pub use address::{Address, AddressError, Scheme};
pub use alert::{ClusterUsageAlert, ClusterUsageAlertSpec, UsageAlert, UsageAlertSpec};
pub use flag::{
    Authority, ClusterFeatureFlag, ClusterFeatureFlagSpec, DisabledAction, FeatureFlag, FeatureFlagSpec,
    HeaderMatch, InFlight, LabelRequirement, LabelSelector, Match, Mode, OnStateUnknown, Period, Provider,
    RefusalStatus, Rollout, RolloutBy, SelectorOperator, Users, WhenDisabled,
};
pub use manifests::{Manifest, ManifestError};

/// The API group of every kind of ours.
pub const GROUP: &str = "tollgate.dev";
/// The one version that is served.
pub const VERSION: &str = "v1alpha1";
/// What a manifest's `apiVersion` says.
pub const API_VERSION: &str = "tollgate.dev/v1alpha1";
