//! What there was before changes that were told already: the audit compares that with its chain, and then records the changes.

use std::{collections::HashSet, sync::Arc};

use crate::index::{Change, Written};

/// The objects as they were before the first change.
#[derive(Debug, PartialEq)]
pub(super) struct Rewound {
    pub written: Vec<Written>,
    /// The uids of those that the changes brought: of these the chain, not a comparison, says what they were.
    pub born: HashSet<String>,
}

/// Takes `changes` (in order) back from what is `written` after them.
pub(super) fn before(written: Vec<Written>, changes: &[Arc<Change>]) -> Rewound {
    let mut seen = HashSet::new();
    let mut rewound = Rewound { written: Vec::new(), born: HashSet::new() };
    for change in changes {
        let Change { before, after, .. } = change.as_ref();
        if let Some(before) = before
            && seen.insert(before.uid.clone())
        {
            rewound.written.push(before.clone());
        }
        if let Some(after) = after
            && seen.insert(after.uid.clone())
        {
            rewound.born.insert(after.uid.clone());
        }
    }
    rewound.written.extend(written.into_iter().filter(|written| !seen.contains(&written.uid)));
    rewound
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::index::Kind;

    fn written(uid: &str, version: &str) -> Written {
        Written {
            kind: Kind::FeatureFlag,
            namespace: Some("shop".to_owned()),
            name: uid.to_owned(),
            feature: uid.to_owned(),
            uid: uid.to_owned(),
            resource_version: version.to_owned(),
            annotations: [].into(),
            manager: None,
            spec: json!({}),
        }
    }

    fn change(before: Option<Written>, after: Option<Written>) -> Arc<Change> {
        Arc::new(Change { at: Timestamp::UNIX_EPOCH, before, after })
    }

    #[test]
    fn what_was_changed_twice_is_as_it_was_before_both() {
        let changes = [
            change(Some(written("chat", "1")), Some(written("chat", "2"))),
            change(Some(written("chat", "2")), Some(written("chat", "3"))),
        ];
        let rewound = before(vec![written("chat", "3"), written("other", "1")], &changes);
        assert_eq!(rewound.written, [written("chat", "1"), written("other", "1")]);
        assert!(rewound.born.is_empty());
    }

    #[test]
    fn what_was_made_and_changed_was_not_there() {
        let changes = [
            change(None, Some(written("chat", "1"))),
            change(Some(written("chat", "1")), Some(written("chat", "2"))),
        ];
        let rewound = before(vec![written("chat", "2")], &changes);
        assert_eq!(rewound.written, []);
        assert!(rewound.born.contains("chat"));
    }

    #[test]
    fn what_was_taken_away_was_there() {
        let changes = [change(Some(written("chat", "1")), None)];
        assert_eq!(before(Vec::new(), &changes).written, [written("chat", "1")]);
    }

    #[test]
    fn a_namesakes_successor_is_born_and_it_was_there() {
        let changes = [change(Some(written("older", "1")), Some(written("newer", "2")))];
        let rewound = before(vec![written("newer", "2")], &changes);
        assert_eq!(rewound.written, [written("older", "1")]);
        assert!(rewound.born.contains("newer"));
    }
}
