//! Which page a path is of.

use super::address::{View, decoded, segment};

/// Whether a path is for programs.
pub(in crate::console) fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Whether it is of single calls: those are told apart by more than sums are.
pub(super) fn is_of_calls(path: &str) -> bool {
    matches!(path, "/calls" | "/calls.csv" | "/api/v1/calls")
}

/// The path of a feature's page. `""` is the whole cluster, and `-` in a path.
pub(super) fn feature(namespace: &str, feature: &str) -> String {
    let place = if namespace.is_empty() { "-" } else { namespace };
    format!("/features/{}/{}", segment(place), segment(feature))
}

/// The address of that page, with the words of a view.
pub(super) fn feature_as(namespace: &str, feature: &str, view: &View) -> String {
    view.address(&self::feature(namespace, feature))
}

/// Whose page it is: namespace and feature.
pub(super) fn of_feature(path: &str) -> (String, String) {
    let mut words = path.trim_start_matches("/features/").split('/');
    let mut next = || decoded(words.next().unwrap_or_default()).into_owned();
    let (namespace, feature) = (next(), next());
    (if namespace == "-" { String::new() } else { namespace }, feature)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_namespace_and_a_feature() {
        assert_eq!(of_feature("/features/shop/writing%20aid"), ("shop".to_owned(), "writing aid".to_owned()));
        assert_eq!(of_feature("/features/-/chat/switch"), (String::new(), "chat".to_owned()));
        assert_eq!(of_feature(&feature("", "a/b")), (String::new(), "a/b".to_owned()));
    }
}
