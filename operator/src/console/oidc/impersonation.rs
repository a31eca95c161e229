//! People of an issuer under names that the cluster has given to nobody.

/// What stands before the names of people and groups who are acted for, so that no issuer can name somebody whom the cluster knows
/// already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impersonation {
    prefix: String,
}

/// A prefix that impersonation cannot have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a prefix such as \"oidc:\", neither empty nor the beginning of the cluster's own \"system:\", found {0:?}"
)]
pub struct PrefixError(String);

// === impl Impersonation ===

impl Impersonation {
    pub fn new(prefix: &str) -> Result<Self, PrefixError> {
        let taken =
            prefix.trim().is_empty() || "system:".starts_with(prefix) || prefix.starts_with("system:");
        if taken { Err(PrefixError(prefix.to_owned())) } else { Ok(Self { prefix: prefix.to_owned() }) }
    }

    /// The name as the cluster shall know it. None: it could be one of the cluster's own.
    pub fn name(&self, name: &str) -> Option<String> {
        let named = format!("{}{name}", self.prefix);
        (!name.is_empty() && !named.starts_with("system:")).then_some(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_keeps_people_apart_from_the_clusters_own_names() {
        for refused in ["", " ", "s", "system", "system:", "system:oidc:"] {
            assert_eq!(Impersonation::new(refused), Err(PrefixError(refused.to_owned())), "{refused:?}");
        }
        let impersonation = Impersonation::new("oidc:").unwrap();
        assert_eq!(impersonation.name("system:masters").as_deref(), Some("oidc:system:masters"));
        assert_eq!(impersonation.name(""), None);
    }
}
