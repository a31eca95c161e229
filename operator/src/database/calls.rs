//! Which calls of the ledger an alert counts, and a budget: in SQL, the same for rows and for the rollup.

use sqlx::{Postgres, QueryBuilder};
use tollgate_crds::alert::Dimension;

/// A call that reached somebody.
pub(crate) const CALLS: &str = "outcome <> 'refused'";
/// One that the provider did not answer well.
pub(crate) const ERRORS: &str = "outcome in ('provider_error', 'provider_closed', 'unreachable', 'lost')";

/// How many calls a row is: where a pod had too many to keep, one is the sum of several.
pub(crate) const MERGED: &str =
    "case when metadata ->> 'merged' ~ '^[1-9][0-9]{0,8}$' then (metadata ->> 'merged')::bigint else 1 end";

/// Of these; an empty list is no condition. `*` stands for any characters.
pub(crate) fn scope(
    query: &mut QueryBuilder<Postgres>,
    features: &[String],
    users: &[String],
    providers: &[String],
    models: &[String],
) {
    for (column, globs) in
        [("feature", features), ("user_id", users), ("provider", providers), ("model", models)]
    {
        if !globs.is_empty() {
            let patterns: Vec<String> = globs.iter().map(|glob| like(glob)).collect();
            query.push(format!(" and {column} like any(")).push_bind(patterns).push(")");
        }
    }
}

/// Of one group.
pub(crate) fn group<'a>(
    query: &mut QueryBuilder<Postgres>,
    values: impl Iterator<Item = (Dimension, Option<&'a str>)>,
) {
    for (dimension, value) in values {
        let column = match dimension {
            Dimension::Feature => "feature",
            Dimension::User => "user_id",
            Dimension::Provider => "provider",
            Dimension::Model => "model",
            Dimension::Namespace => "namespace",
        };
        match value {
            Some(value) => query.push(format!(" and {column} = ")).push_bind(value.to_owned()),
            // The rollup has '' for what a call did not have.
            None => query.push(format!(" and coalesce({column}, '') = ''")),
        };
    }
}

/// A glob as LIKE has it.
fn like(glob: &str) -> String {
    let mut pattern = String::with_capacity(glob.len());
    for character in glob.chars() {
        match character {
            '*' => pattern.push('%'),
            '%' | '_' | '\\' => pattern.extend(['\\', character]),
            other => pattern.push(other),
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_like_would_read_otherwise_is_escaped() {
        assert_eq!(like("gpt-*"), "gpt-%");
        assert_eq!(like("a_b%c\\*"), "a\\_b\\%c\\\\%");
    }
}
