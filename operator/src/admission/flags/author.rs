//! Who wrote a flag.

use std::collections::BTreeMap;

use json_patch::{AddOperation, Patch, PatchOperation, RemoveOperation, jsonptr::PointerBuf};
use k8s_openapi::api::authentication::v1::UserInfo;
use kube::core::{
    DynamicObject,
    admission::{AdmissionRequest, Operation},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The annotation that names the author of a flag as it is now.
pub const CHANGED_BY: &str = "tollgate.dev/changed-by";

/// Somebody, as the apiserver knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    pub user: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
}

/// An identity provider may put somebody into hundreds; the annotation has to stay readable.
const MOST_GROUPS: usize = 64;

/// Makes the annotation right.
pub(super) fn patch(request: &AdmissionRequest<DynamicObject>) -> Patch {
    let Some(object) = &request.object else { return Patch::default() };
    let said = object.metadata.annotations.as_ref().and_then(|annotations| annotations.get(CHANGED_BY));
    let before = request.old_object.as_ref();
    let changed = match (&request.operation, before) {
        (Operation::Create, _) | (Operation::Update, None) => true,
        (Operation::Update, Some(before)) => writing(before) != writing(object),
        (Operation::Delete | Operation::Connect, _) => return Patch::default(),
    };
    let right = if changed {
        Author::of(&request.user_info).annotation()
    } else {
        before.and_then(|before| before.metadata.annotations.as_ref()?.get(CHANGED_BY).cloned())
    };
    if said == right.as_ref() {
        return Patch::default();
    }
    let path = PointerBuf::from_tokens(["metadata", "annotations", CHANGED_BY]);
    let operation = match right {
        Some(right) if object.metadata.annotations.is_some() => {
            PatchOperation::Add(AddOperation { path, value: json!(right) })
        }
        Some(right) => PatchOperation::Add(AddOperation {
            path: PointerBuf::from_tokens(["metadata", "annotations"]),
            value: json!({ CHANGED_BY: right }),
        }),
        None => PatchOperation::Remove(RemoveOperation { path }),
    };
    Patch(vec![operation])
}

/// What people write into a flag or an alert, besides its labels, or into a ConfigMap. kubectl's copy of it is nothing new.
fn writing(object: &DynamicObject) -> (Option<&Value>, BTreeMap<&str, &str>) {
    const KUBECTLS_COPY: &str = "kubectl.kubernetes.io/last-applied-configuration";
    let annotations = object.metadata.annotations.iter().flatten();
    let annotations = annotations.filter(|(key, _)| ![CHANGED_BY, KUBECTLS_COPY].contains(&key.as_str()));
    let said = object.data.get("spec").or_else(|| object.data.get("data"));
    (said, annotations.map(|(key, value)| (key.as_str(), value.as_str())).collect())
}

// === impl Author ===

impl Author {
    pub fn of(user: &UserInfo) -> Self {
        let groups = user.groups.iter().flatten().take(MOST_GROUPS).cloned().collect();
        Self { user: user.username.clone().unwrap_or_default(), groups }
    }

    /// As an annotation says it; `None` where it says nothing that can be read.
    pub fn read(annotation: &str) -> Option<Self> {
        serde_json::from_str(annotation).ok()
    }

    fn annotation(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(spec: Value, annotations: Value) -> Value {
        json!({
            "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag",
            "metadata": { "name": "chat", "annotations": annotations }, "spec": spec,
        })
    }

    fn request(operation: &str, before: Option<&Value>, after: &Value) -> AdmissionRequest<DynamicObject> {
        serde_json::from_value(json!({
            "uid": "u", "operation": operation, "name": "chat",
            "kind": { "group": "tollgate.dev", "version": "v1alpha1", "kind": "FeatureFlag" },
            "resource": { "group": "tollgate.dev", "version": "v1alpha1", "resource": "featureflags" },
            "userInfo": { "username": "alice", "groups": ["admins", "system:authenticated"] },
            "object": after, "oldObject": before,
        }))
        .unwrap()
    }

    /// The annotation after the patch.
    fn author(before: Option<&Value>, after: &Value) -> Option<String> {
        let operation = if before.is_some() { "UPDATE" } else { "CREATE" };
        let mut patched = after.clone();
        json_patch::patch(&mut patched, &patch(&request(operation, before, after))).unwrap();
        patched["metadata"]["annotations"][CHANGED_BY].as_str().map(str::to_owned)
    }

    const ALICE: &str = r#"{"user":"alice","groups":["admins","system:authenticated"]}"#;
    const BOB: &str = r#"{"user":"bob"}"#;

    #[test]
    fn who_makes_a_flag_is_its_author_whatever_it_says() {
        assert_eq!(author(None, &flag(json!({}), Value::Null)), Some(ALICE.to_owned()));
        assert_eq!(author(None, &flag(json!({}), json!({ CHANGED_BY: BOB }))), Some(ALICE.to_owned()));
    }

    #[test]
    fn who_changes_spec_or_annotations_is_the_author_from_then_on() {
        let before = flag(json!({ "enabled": true }), json!({ CHANGED_BY: BOB }));
        let spec = flag(json!({ "enabled": false }), json!({ CHANGED_BY: BOB }));
        assert_eq!(author(Some(&before), &spec), Some(ALICE.to_owned()));
        let reason =
            flag(json!({ "enabled": true }), json!({ CHANGED_BY: BOB, "tollgate.dev/reason": "cost" }));
        assert_eq!(author(Some(&before), &reason), Some(ALICE.to_owned()));
    }

    #[test]
    fn who_changes_nothing_that_matters_cannot_become_or_remove_an_author() {
        let before = flag(json!({ "enabled": true }), json!({ CHANGED_BY: BOB }));
        let mut labelled = before.clone();
        labelled["metadata"]["labels"] = json!({ "team": "web" });
        assert_eq!(author(Some(&before), &labelled), Some(BOB.to_owned()));
        let forged = flag(json!({ "enabled": true }), json!({ CHANGED_BY: r#"{"user":"eve"}"# }));
        assert_eq!(author(Some(&before), &forged), Some(BOB.to_owned()));
        assert_eq!(
            author(Some(&before), &flag(json!({ "enabled": true }), Value::Null)),
            Some(BOB.to_owned())
        );
        let bare = flag(json!({ "enabled": true }), json!({ "a": "b" }));
        assert_eq!(
            author(Some(&flag(json!({ "enabled": true }), json!({ "a": "b" }))), &forged_onto(&bare)),
            None
        );
    }

    fn forged_onto(flag: &Value) -> Value {
        let mut flag = flag.clone();
        flag["metadata"]["annotations"][CHANGED_BY] = json!(BOB);
        flag
    }

    #[test]
    fn an_author_is_read_as_it_was_written() {
        let author = Author { user: "alice".to_owned(), groups: vec!["admins".to_owned()] };
        assert_eq!(Author::read(&author.annotation().unwrap()), Some(author));
        assert_eq!(Author::read("alice"), None);
    }
}
