//! A budget that is spent, and which features that turns off.

use std::sync::Arc;

use tollgate_crds::{alert::Dimension, stream::StateBudget};

use super::{Alert, Namespace};

/// A group of a budget of which nothing is left.
#[derive(Clone, Debug)]
pub struct SpentBudget {
    pub alert: Arc<Alert>,
    pub budget: StateBudget,
    /// As sidecars name it.
    pub group: String,
}

// === impl SpentBudget ===

impl SpentBudget {
    /// Whether no call of the feature passes there any more, whoever makes it.
    pub(super) fn stops(&self, feature: &str, namespace: &Namespace) -> bool {
        let StateBudget { features, users, providers, models, .. } = &self.budget;
        let is_about_all = users.is_empty() && providers.is_empty() && models.is_empty();
        let is_about = features.is_empty() || features.iter().any(|name| name == feature);
        is_about_all && is_about && self.alert.sees(namespace) && self.is_group_of(feature, &namespace.name)
    }

    fn is_group_of(&self, feature: &str, namespace: &str) -> bool {
        self.budget.values(&self.group).is_some_and(|values| {
            values.into_iter().all(|(by, value)| match by {
                Dimension::Namespace => value.as_deref() == Some(namespace),
                Dimension::Feature => value.as_deref() == Some(feature),
                Dimension::User | Dimension::Provider | Dimension::Model => false,
            })
        })
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        (&self.budget.uid, &self.group) == (&other.budget.uid, &other.group)
    }
}
