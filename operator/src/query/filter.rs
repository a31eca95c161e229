//! Which calls, and by what they are told apart.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{Postgres, QueryBuilder};

/// What a call is told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    Namespace,
    Feature,
    User,
    Provider,
    Model,
    Workload,
    Outcome,
    UsageSource,
}

/// Of each dimension, the values that are wanted; one without an entry is everything. `""` stands for calls that have no such
/// word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter(BTreeMap<Dimension, Vec<String>>);

// === impl Dimension ===

impl Dimension {
    pub const ALL: [Self; 8] = [
        Self::Namespace,
        Self::Feature,
        Self::User,
        Self::Provider,
        Self::Model,
        Self::Workload,
        Self::Outcome,
        Self::UsageSource,
    ];

    /// As addresses and headings have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Namespace => "namespace",
            Self::Feature => "feature",
            Self::User => "user",
            Self::Provider => "provider",
            Self::Model => "model",
            Self::Workload => "workload",
            Self::Outcome => "outcome",
            Self::UsageSource => "source",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.name() == name)
    }

    /// Of the ledger and its rollups.
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::Namespace => "namespace",
            Self::Feature => "feature",
            Self::User => "user_id",
            Self::Provider => "provider",
            Self::Model => "model",
            Self::Workload => "workload",
            Self::Outcome => "outcome",
            Self::UsageSource => "usage_source",
        }
    }

    /// Whether a row may lack it.
    fn may_lack(self) -> bool {
        match self {
            Self::Namespace | Self::User | Self::Model | Self::Workload => true,
            Self::Feature | Self::Provider | Self::Outcome | Self::UsageSource => false,
        }
    }

    /// So many characters of it rollups have; words that are alike so far are one.
    pub(super) fn most(self) -> usize {
        if self == Self::Provider { 64 } else { 253 }
    }

    /// A word as rollups have it.
    fn kept(self, word: &str) -> String {
        word.chars().take(self.most()).collect()
    }

    /// Of the rollups of users; what those do not know is no word.
    pub(super) fn column_of_users(self) -> &'static str {
        match self {
            Self::Workload | Self::Outcome | Self::UsageSource => "''::text",
            Self::Namespace | Self::Feature | Self::User | Self::Provider | Self::Model => self.column(),
        }
    }

    /// As a row's key: `''` where it has none.
    pub(super) fn key(self) -> String {
        let column = self.column();
        if self.may_lack() { format!("coalesce({column}, '')") } else { column.to_owned() }
    }
}

// === impl Filter ===

impl Filter {
    /// The feature's calls in its namespace; `""`: in all.
    pub fn of_feature(namespace: &str, feature: &str) -> Self {
        let filter = Self::default().and(Dimension::Feature, feature);
        if namespace.is_empty() { filter } else { filter.and(Dimension::Namespace, namespace) }
    }

    /// Out of a query's pairs; others are passed over.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            if let Some(dimension) = Dimension::named(name) {
                filter = filter.and(dimension, value);
            }
        }
        filter
    }

    /// With one value more.
    #[must_use]
    pub fn and(mut self, dimension: Dimension, value: &str) -> Self {
        let values = self.0.entry(dimension).or_default();
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
            values.sort();
        }
        self
    }

    /// With this value and no other of the dimension.
    #[must_use]
    pub fn only(mut self, dimension: Dimension, value: &str) -> Self {
        self.0.insert(dimension, vec![value.to_owned()]);
        self
    }

    /// Without one value; without any of a dimension it is everything.
    #[must_use]
    pub fn without(mut self, dimension: Dimension, value: &str) -> Self {
        if let Some(values) = self.0.get_mut(&dimension) {
            values.retain(|known| known != value);
            if values.is_empty() {
                self.0.remove(&dimension);
            }
        }
        self
    }

    pub fn get(&self, dimension: Dimension) -> &[String] {
        self.0.get(&dimension).map_or(&[], Vec::as_slice)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each value that is wanted.
    pub fn pairs(&self) -> impl Iterator<Item = (Dimension, &str)> {
        self.0.iter().flat_map(|(dimension, values)| values.iter().map(|value| (*dimension, value.as_str())))
    }

    pub(super) fn dimensions(&self) -> impl Iterator<Item = Dimension> {
        self.0.keys().copied()
    }

    /// With any of these values and no other of the dimension.
    #[must_use]
    pub(super) fn any_of(mut self, dimension: Dimension, values: impl IntoIterator<Item = String>) -> Self {
        let values: BTreeSet<String> = values.into_iter().collect();
        self.0.insert(dimension, values.into_iter().collect());
        self
    }

    /// As conditions of a `where` that has begun, on columns of that name that are never null.
    pub(super) fn push_on_rollup(
        &self,
        query: &mut QueryBuilder<Postgres>,
        column: impl Fn(Dimension) -> String,
    ) {
        for (dimension, values) in &self.0 {
            let values: Vec<String> = values.iter().map(|value| dimension.kept(value)).collect();
            query.push(format!(" and {} = any(", column(*dimension))).push_bind(values).push(")");
        }
    }

    /// The same on the ledger's rows: those that the rollups count.
    pub(super) fn push_on_rows(&self, query: &mut QueryBuilder<Postgres>) {
        for (dimension, values) in &self.0 {
            let values: Vec<String> = values.iter().map(|value| dimension.kept(value)).collect();
            // the column itself where that will do: there are indexes on it
            let wants_none = values.iter().any(String::is_empty);
            let wants_long = values.iter().any(|value| value.chars().count() == dimension.most());
            let column = if wants_none { dimension.key() } else { dimension.column().to_owned() };
            let column = if wants_long { format!("left({column}, {})", dimension.most()) } else { column };
            query.push(format!(" and {column} = any(")).push_bind(values).push(")");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_from_an_address_and_written_into_one() {
        let filter = Filter::of([("feature", "chat"), ("range", "7d"), ("feature", "a"), ("user", "")]);
        let pairs: Vec<_> = filter.pairs().map(|(dimension, value)| (dimension.name(), value)).collect();
        assert_eq!(pairs, [("feature", "a"), ("feature", "chat"), ("user", "")]);
    }

    #[test]
    fn a_dimension_without_values_is_no_condition() {
        assert_eq!(Filter::of([("feature", "chat")]).without(Dimension::Feature, "chat"), Filter::default());
    }
}
