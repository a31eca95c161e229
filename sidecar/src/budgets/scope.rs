//! Which calls a budget is about, and which group of it a call is of.

use tollgate_crds::{
    alert::{Dimension, Metric},
    stream::StateBudget,
};
use tollgate_meter::Provider;

use crate::state::Glob;

/// A budget, ready to be asked about calls.
#[derive(Debug)]
pub struct Budget {
    pub(super) told: StateBudget,
    features: Box<[Glob]>,
    users: Box<[Glob]>,
    providers: Box<[Glob]>,
    models: Box<[Glob]>,
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
        let globs = |list: &[String]| list.iter().map(|text| Glob::new(text)).collect();
        Self {
            features: globs(&told.features),
            users: globs(&told.users),
            providers: globs(&told.providers),
            models: globs(&told.models),
            told: told.clone(),
        }
    }

    /// Like `UsageAlert shop/daily`.
    pub fn alert(&self) -> &str {
        &self.told.alert
    }

    /// It has no limit: the alert stops calls for what it foresees, or finds unusual.
    pub fn stops(&self) -> bool {
        self.told.stops
    }

    pub(super) fn metric(&self) -> Metric {
        self.told.metric
    }

    /// Whether the body must have been read before it can be said which calls it is about.
    pub fn asks_for_body(&self) -> bool {
        let by = |dimension| self.told.group_by.contains(&dimension);
        !self.users.is_empty() || !self.models.is_empty() || by(Dimension::User) || by(Dimension::Model)
    }

    pub(super) fn is_grouped(&self) -> bool {
        !self.told.group_by.is_empty()
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

    /// The name of the call's group.
    pub fn group(&self, spender: &Spender<'_>) -> String {
        self.told.group(|dimension| match dimension {
            Dimension::Namespace => spender.namespace,
            Dimension::Feature => Some(spender.feature),
            Dimension::User => spender.user,
            Dimension::Provider => Some(spender.provider.name()),
            Dimension::Model => spender.model,
        })
    }
}

fn any(globs: &[Glob], value: Option<&str>) -> bool {
    globs.is_empty() || value.is_some_and(|value| globs.iter().any(|glob| glob.matches(value)))
}
