//! What a change of a flag, an alert or the prices is in the audit.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tollgate_crds::flag::REASON;

use crate::{
    admission::flags::{Author, CHANGED_BY},
    database::audit::{Change, Known, Sides},
    index::{self, Written},
};

const OURS: &str = "tollgate.dev/";

/// A change that the watch told of; `None` where nothing of what is recorded changed (an annotation of somebody else's).
pub(super) fn of(told: &index::Change, cluster: &str) -> Option<Change> {
    let index::Change { at, before, after } = told;
    let sides = match (before, after) {
        (None, None) => return None,
        (None, Some(after)) => Sides::Created { after: side(after) },
        (Some(before), None) => Sides::Deleted { before: side(before) },
        // A namesake, made anew between two looks.
        (Some(before), Some(after)) if before.uid != after.uid => Sides::Created { after: side(after) },
        (Some(before), Some(after)) => {
            let (before, after) = (side(before), side(after));
            if before == after {
                return None;
            }
            Sides::Changed { before, after }
        }
    };
    match (before, after) {
        (_, Some(after)) => Some(change(after, sides, cluster, *at)),
        (Some(before), None) => Some(deletion(change(before, sides, cluster, *at))),
        (None, None) => None,
    }
}

/// What happened while nobody watched: what is written now, beside what the chain knows of these kinds.
pub(super) fn missing(
    written: impl IntoIterator<Item = Written>,
    known: Vec<Known>,
    cluster: &str,
    now: Timestamp,
) -> Vec<Change> {
    let mut known: HashMap<String, Known> =
        known.into_iter().map(|known| (known.uid.clone(), known)).collect();
    let mut written_since = Vec::new();
    for written in written {
        let after = side(&written);
        let sides = match known.remove(&written.uid) {
            Some(known) if known.after == after => continue,
            Some(known) => Sides::Changed { before: known.after, after },
            None => Sides::Created { after },
        };
        written_since.push(change(&written, sides, cluster, now));
    }
    let mut gone: Vec<Change> = known.into_values().map(|known| end(known, cluster, now)).collect();
    gone.sort_by(|a, b| (&a.namespace, &a.name).cmp(&(&b.namespace, &b.name)));
    gone.extend(written_since); // a namesake's end comes before its successor's beginning
    gone
}

/// The end of something that the chain holds to be there.
pub(super) fn end(known: Known, cluster: &str, at: Timestamp) -> Change {
    let Known { kind, namespace, name, feature, uid, resource_version, after } = known;
    deletion(Change {
        cluster: cluster.to_owned(),
        at,
        kind,
        namespace,
        name,
        feature,
        uid,
        resource_version,
        actor: None,
        actor_groups: Vec::new(),
        via: None,
        reason: None,
        sides: Sides::Deleted { before: after },
    })
}

/// What is recorded of it: its spec, and the annotations of ours that say something of it.
fn side(written: &Written) -> Value {
    let annotations: Map<String, Value> = written
        .annotations
        .iter()
        .filter(|(key, _)| key.starts_with(OURS) && ![CHANGED_BY, REASON].contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), json!(value)))
        .collect();
    let mut side = Map::from_iter([("spec".to_owned(), written.spec.clone())]);
    if !annotations.is_empty() {
        side.insert("annotations".to_owned(), Value::Object(annotations));
    }
    Value::Object(side)
}

fn change(written: &Written, sides: Sides, cluster: &str, at: Timestamp) -> Change {
    let author = author(&written.annotations);
    Change {
        cluster: cluster.to_owned(),
        at,
        kind: written.kind.name().to_owned(),
        namespace: written.namespace.clone().unwrap_or_default(),
        name: written.name.clone(),
        feature: written.feature.clone(),
        uid: written.uid.clone(),
        resource_version: written.resource_version.clone(),
        actor: author.as_ref().map(|author| author.user.clone()),
        actor_groups: author.map(|author| author.groups).unwrap_or_default(),
        via: written.manager.clone(),
        reason: written.annotations.get(REASON).cloned(),
        sides,
    }
}

pub(super) fn author(annotations: &BTreeMap<String, String>) -> Option<Author> {
    Author::read(annotations.get(CHANGED_BY)?).filter(|author| !author.user.is_empty())
}

/// The object names who wrote it last, not who took it away; so this has no author. Its version is the last one's with a
/// word behind it, for with the uid it names the change.
fn deletion(last: Change) -> Change {
    Change {
        resource_version: format!("{} deleted", last.resource_version),
        actor: None,
        actor_groups: Vec::new(),
        via: None,
        reason: None,
        ..last
    }
}

#[cfg(test)]
mod tests {
    use kube::core::DynamicObject;

    use super::*;
    use crate::index::{Flag, Kind};

    fn flag(uid: &str, version: &str, spec: Value, annotations: Value) -> Flag {
        let object: DynamicObject = serde_json::from_value(json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
            "metadata": {
                "name": "chat", "namespace": "shop", "uid": uid, "resourceVersion": version, "annotations": annotations,
                "managedFields": [{ "manager": "kubectl", "operation": "Apply", "time": "2026-11-25T04:00:00Z" }],
            },
            "spec": spec,
        }))
        .unwrap();
        Flag::read(Kind::FeatureFlag, object)
    }

    fn told(before: Option<Flag>, after: Option<Flag>) -> Option<Change> {
        let written = |flag: Option<Flag>| flag.as_ref().map(Written::from);
        let (before, after) = (written(before), written(after));
        of(&index::Change { at: Timestamp::UNIX_EPOCH, before, after }, "c1")
    }

    fn off() -> Value {
        json!({ "enabled": false })
    }

    fn known(uid: &str, after: Value) -> Known {
        Known {
            kind: "FeatureFlag".to_owned(),
            namespace: "shop".to_owned(),
            name: "chat".to_owned(),
            feature: "chat".to_owned(),
            uid: uid.to_owned(),
            resource_version: "5".to_owned(),
            after,
        }
    }

    #[test]
    fn a_change_says_who_by_what_means_and_why() {
        let annotations =
            json!({ CHANGED_BY: r#"{"user":"alice","groups":["admins"]}"#, REASON: "too dear", "a": "b" });
        let change =
            told(Some(flag("u", "5", json!({}), json!({}))), Some(flag("u", "6", off(), annotations)))
                .unwrap();
        assert_eq!(
            change,
            Change {
                cluster: "c1".to_owned(),
                at: Timestamp::UNIX_EPOCH,
                kind: "FeatureFlag".to_owned(),
                namespace: "shop".to_owned(),
                name: "chat".to_owned(),
                feature: "chat".to_owned(),
                uid: "u".to_owned(),
                resource_version: "6".to_owned(),
                actor: Some("alice".to_owned()),
                actor_groups: vec!["admins".to_owned()],
                via: Some("kubectl".to_owned()),
                reason: Some("too dear".to_owned()),
                sides: Sides::Changed { before: json!({ "spec": {} }), after: json!({ "spec": off() }) },
            }
        );
    }

    #[test]
    fn somebody_elses_annotation_is_no_change() {
        let before = flag("u", "5", off(), json!({}));
        assert_eq!(told(Some(before), Some(flag("u", "6", off(), json!({ "argocd.io/id": "7" })))), None);
    }

    #[test]
    fn an_end_has_a_version_of_its_own() {
        let change =
            told(Some(flag("u", "5", off(), json!({ CHANGED_BY: r#"{"user":"alice"}"# }))), None).unwrap();
        assert_eq!((change.resource_version.as_str(), change.actor), ("5 deleted", None));
        assert_eq!(change.sides, Sides::Deleted { before: json!({ "spec": off() }) });
    }

    #[test]
    fn what_happened_while_nobody_watched_is_found_by_comparing() {
        let now = Timestamp::UNIX_EPOCH;
        let is = || [Written::from(&flag("u", "9", off(), json!({})))];
        let same = known("u", json!({ "spec": off() }));
        assert_eq!(missing(is(), vec![same], "c1", now), []);
        let before = json!({ "spec": {} });
        let changed = missing(is(), vec![known("u", before.clone())], "c1", now);
        assert_eq!(
            changed[0].sides,
            Sides::Changed { before: before.clone(), after: json!({ "spec": off() }) }
        );
        // Taken away, and a namesake made.
        let anew = missing(is(), vec![known("older", before.clone())], "c1", now);
        let sides: Vec<_> = anew.iter().map(|change| (change.uid.as_str(), change.sides.clone())).collect();
        assert_eq!(
            sides,
            [("older", Sides::Deleted { before }), ("u", Sides::Created { after: json!({ "spec": off() }) })]
        );
    }
}
