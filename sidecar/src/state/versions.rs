//! Which of two states is the older one.
//!
//! Kubernetes' resourceVersions are decimal numbers of any length, comparable within one kind of object.

use std::{cmp::Ordering, collections::BTreeMap};

/// Whether what was offered is behind what is held, in any kind of object. A kind that is missing counts as 0.
pub(super) fn is_older(offered: &BTreeMap<String, String>, held: &BTreeMap<String, String>) -> bool {
    held.iter().any(|(kind, held)| {
        let offered = offered.get(kind).map_or("", String::as_str);
        compare(offered, held) == Ordering::Less
    })
}

/// What is no number counts as 0.
fn compare(one: &str, other: &str) -> Ordering {
    let (one, other) = (digits(one), digits(other));
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

fn digits(text: &str) -> &str {
    match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => text.trim_start_matches('0'),
        false => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn versions(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(kind, version)| ((*kind).to_owned(), (*version).to_owned())).collect()
    }

    #[test]
    fn behind_in_any_kind_is_older() {
        let held = versions(&[("FeatureFlag", "10"), ("Namespace", "7")]);
        let table = [
            (&[("FeatureFlag", "10"), ("Namespace", "7")][..], false),
            (&[("FeatureFlag", "11"), ("Namespace", "7")], false),
            (&[("FeatureFlag", "11"), ("Namespace", "6")], true),
            (&[("FeatureFlag", "9"), ("Namespace", "8")], true),
            (&[("FeatureFlag", "10"), ("Namespace", "7"), ("Pod", "1")], false),
            (&[("FeatureFlag", "10")], true),
            (&[], true),
        ];
        for (offered, expected) in table {
            assert_eq!(is_older(&versions(offered), &held), expected, "{offered:?}");
        }
        assert!(!is_older(&versions(&[]), &versions(&[])));
    }

    #[test]
    fn numbers_longer_than_any_machines_are_compared_as_numbers() {
        let held = versions(&[("FeatureFlag", "99999999999999999999999999")]);
        assert!(!is_older(&versions(&[("FeatureFlag", "100000000000000000000000000")]), &held));
        assert!(is_older(&versions(&[("FeatureFlag", "9")]), &held));
    }

    proptest! {
        #[test]
        fn comparing_is_what_numbers_do(one in any::<u64>(), other in any::<u64>(), zeros in 0usize..4) {
            let padded = format!("{}{one}", "0".repeat(zeros));
            prop_assert_eq!(compare(&padded, &other.to_string()), one.cmp(&other));
        }
    }
}
