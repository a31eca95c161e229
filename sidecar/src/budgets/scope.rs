//! Which calls a budget is about, and which group of it a call is of.

use tollgate_crds::stream::{BudgetMetric, GroupBy, StateBudget};
use tollgate_meter::Provider;

use crate::state::Glob;

/// A budget, ready to be asked about calls.
#[derive(Debug)]
pub struct Budget {
    pub(super) uid: Box<str>,
    /// Like `UsageAlert shop/daily`.
    pub alert: Box<str>,
    pub metric: BudgetMetric,
    pub(super) limit: u64,
    pub(super) deny_unknown: bool,
    features: Box<[Glob]>,
    users: Box<[Glob]>,
    providers: Box<[Glob]>,
    models: Box<[Glob]>,
    group_by: Box<[GroupBy]>,
}

/// What a budget may ask about a call.
#[derive(Clone, Copy, Debug)]
pub struct Spender<'a> {
    pub namespace: Option<&'a str>,
    pub feature: &'a str,
    /// As the ledger has it.
    pub user: Option<&'a str>,
    pub provider: Provider,
    /// That the call asks for.
    pub model: Option<&'a str>,
}

// === impl Budget ===

impl Budget {
    pub(crate) fn of(told: &StateBudget) -> Self {
        let StateBudget {
            uid,
            alert,
            generation: _,
            features,
            users,
            providers,
            models,
            group_by,
            metric,
            limit,
            deny_unknown,
        } = told;
        let globs = |list: &[String]| list.iter().map(|text| Glob::new(text)).collect();
        let mut group_by = group_by.clone();
        group_by.sort_unstable();
        group_by.dedup();
        Self {
            uid: uid.as_str().into(),
            alert: alert.as_str().into(),
            metric: *metric,
            limit: *limit,
            deny_unknown: *deny_unknown,
            features: globs(features),
            users: globs(users),
            providers: globs(providers),
            models: globs(models),
            group_by: group_by.into(),
        }
    }

    /// Whether the body must have been read before it can be said which calls it is about.
    pub fn asks_for_body(&self) -> bool {
        let by = |dimension| self.group_by.contains(&dimension);
        !self.users.is_empty() || !self.models.is_empty() || by(GroupBy::User) || by(GroupBy::Model)
    }

    pub(super) fn is_grouped(&self) -> bool {
        !self.group_by.is_empty()
    }

    /// Whether it could be about a call of this feature and provider, whoever makes it.
    pub fn may_see(&self, feature: &str, provider: Provider) -> bool {
        any(&self.features, Some(feature)) && any(&self.providers, Some(provider.name()))
    }

    pub fn sees(&self, spender: &Spender<'_>) -> bool {
        self.may_see(spender.feature, spender.provider)
            && any(&self.users, spender.user)
            && any(&self.models, spender.model)
    }

    /// As the judge and the ledger's reader name it: values of what it is grouped by, in one order. Empty where it is not.
    pub fn group(&self, spender: &Spender<'_>) -> String {
        if self.group_by.is_empty() {
            return String::new();
        }
        let value = |dimension: &GroupBy| match dimension {
            GroupBy::Namespace => spender.namespace,
            GroupBy::Feature => Some(spender.feature),
            GroupBy::User => spender.user,
            GroupBy::Provider => Some(spender.provider.name()),
            GroupBy::Model => spender.model,
        };
        let values: Vec<Option<&str>> = self.group_by.iter().map(value).collect();
        serde_json::to_string(&values).unwrap_or_default()
    }
}

fn any(globs: &[Glob], value: Option<&str>) -> bool {
    globs.is_empty() || value.is_some_and(|value| globs.iter().any(|glob| glob.matches(value)))
}
