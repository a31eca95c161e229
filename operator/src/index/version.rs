//! resourceVersions: decimal numbers of any length (KEP-5504), compared as such.

use std::{cmp::Ordering, collections::BTreeMap};

/// The kinds that a namespace's state is made of, and pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    FeatureFlag,
    ClusterFeatureFlag,
    UsageAlert,
    ClusterUsageAlert,
    Namespace,
    Pod,
}

/// By kind, as on the wire: the highest resourceVersion that was seen.
pub type Versions = BTreeMap<String, String>;

// === impl Kind ===

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::FeatureFlag => "FeatureFlag",
            Self::ClusterFeatureFlag => "ClusterFeatureFlag",
            Self::UsageAlert => "UsageAlert",
            Self::ClusterUsageAlert => "ClusterUsageAlert",
            Self::Namespace => "Namespace",
            Self::Pod => "Pod",
        }
    }
}

/// Compares two decimals of any length; nothing counts as zero.
pub fn newer(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Whether a holder of `held` has seen all that `since` has.
pub(super) fn covers(held: &Versions, since: &Versions) -> bool {
    since.iter().all(|(kind, since)| {
        let held = held.get(kind).map_or("", String::as_str);
        newer(held, since) != Ordering::Less
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_decimals_of_any_length() {
        let table = [
            ("9", "10", Ordering::Less),
            ("010", "10", Ordering::Equal),
            ("", "0", Ordering::Equal),
            ("", "1", Ordering::Less),
            ("18446744073709551617", "18446744073709551616", Ordering::Greater),
            ("18446744073709551617", "9", Ordering::Greater),
        ];
        for (a, b, expected) in table {
            assert_eq!(newer(a, b), expected, "{a} to {b}");
            assert_eq!(newer(b, a), expected.reverse(), "{b} to {a}");
        }
    }

    #[test]
    fn a_holder_covers_what_is_not_newer_in_any_kind() {
        let versions = |pairs: &[(&str, &str)]| -> Versions {
            pairs.iter().map(|(kind, version)| ((*kind).to_owned(), (*version).to_owned())).collect()
        };
        let since = versions(&[("FeatureFlag", "9"), ("Namespace", "3")]);
        assert!(covers(&versions(&[("FeatureFlag", "10"), ("Namespace", "3")]), &since));
        assert!(!covers(&versions(&[("FeatureFlag", "10")]), &since));
        assert!(!covers(&versions(&[("FeatureFlag", "8"), ("Namespace", "4")]), &since));
    }
}
