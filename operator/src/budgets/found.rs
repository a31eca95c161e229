//! A budget by the name that sidecars and judge have for it.

use std::sync::Arc;

use tollgate_crds::stream::StateBudget;

use crate::index::{Alert, SharedIndex};

/// A budget, the alert that it is of, and the namespaces whose calls count.
pub(super) struct Found {
    pub(super) alert: Arc<Alert>,
    pub(super) budget: StateBudget,
    pub(super) namespaces: Vec<String>,
}

// === impl Found ===

impl Found {
    /// `home`: only if it holds in this namespace.
    pub(super) fn look(index: &SharedIndex, uid: &str, home: Option<&str>) -> Option<Self> {
        let alert_uid = uid.rsplit_once('/').map_or(uid, |(alert, _metric)| alert);
        index.read(|index| {
            let alert = Arc::clone(index.alerts().find(|alert| alert.uid == alert_uid)?);
            if let Some(home) = home {
                index.namespace(home).filter(|home| alert.sees(home))?;
            }
            let budget = alert.budgets().into_iter().find(|budget| budget.uid == uid)?;
            let seen = index.labelled().filter(|namespace| alert.sees(namespace));
            let namespaces = seen.map(|namespace| namespace.name.clone()).collect();
            Some(Self { alert, budget, namespaces })
        })
    }
}
