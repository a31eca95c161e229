//! A budget that is spent, and which features that turns off.

use std::sync::Arc;

use tollgate_alerts::plan::glob;
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
        let is_about = features.is_empty() || features.iter().any(|pattern| glob(pattern, feature));
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

    /// Also in what it is about: an alert that was written anew may be about other features.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let (budget, others) = (&self.budget, &other.budget);
        (&budget.uid, budget.generation, &self.group) == (&others.uid, others.generation, &other.group)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::index::Kind;

    #[test]
    fn a_scope_of_patterns_stops_the_features_that_they_match() {
        let object = json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "UsageAlert",
            "metadata": {"name": "daily", "namespace": "shop", "uid": "uid-1", "generation": 1},
            "spec": {
                "scope": {"features": ["chat-*", "search"]},
                "window": {"calendar": "Day"}, "limit": {"metric": "Cost", "amount": "1"},
                "thresholds": [{"above": "100%", "action": "Disable"}],
            },
        });
        let alert = Arc::new(Alert::read(Kind::UsageAlert, serde_json::from_value(object).unwrap()));
        let spent = SpentBudget { budget: alert.budgets[0].clone(), alert, group: String::new() };
        let shop = Namespace {
            name: "shop".to_owned(),
            uid: String::new(),
            labels: Default::default(),
            annotations: Default::default(),
        };
        let stopped = ["chat-eu", "search", "searching", "chat"].map(|feature| spent.stops(feature, &shop));
        assert_eq!(stopped, [true, true, false, false]);
    }
}
