//! A budget by the name that sidecars and judge have for it.

use std::sync::Arc;

use tollgate_crds::stream::StateBudget;

use super::{spent::Of, window::Span};
use crate::index::{Alert, SharedIndex};

/// A budget, and the alert that it is of.
pub(super) struct Found {
    pub(super) alert: Arc<Alert>,
    pub(super) budget: StateBudget,
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
            let budget = alert.budgets.iter().find(|budget| budget.uid == uid)?.clone();
            Some(Self { alert, budget })
        })
    }

    /// What of it the ledger is asked.
    pub(super) fn of<'a>(
        &'a self,
        index: &SharedIndex,
        cluster: &'a str,
        group: &'a str,
        span: Span,
    ) -> Of<'a> {
        let namespaces = index.read(|index| index.seen_by(&self.alert).collect());
        Of { cluster, namespaces, budget: &self.budget, group, from: span.counts_from, to: span.end }
    }
}
