//! What somebody may change, by the apiserver's word, and the Role that is missing. Nothing is hidden for want of a right: it is
//! shown disabled, with what would allow it.

use k8s_openapi::api::authorization::v1::{
    ResourceAttributes, SelfSubjectAccessReview, SelfSubjectAccessReviewSpec,
};
use kube::{Api, api::PostParams};
use tollgate_crds::GROUP;

use super::Viewer;

/// Something that somebody would like to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish<'a> {
    /// get, patch, create …
    pub verb: &'a str,
    /// featureflags, usagealerts …: of our API group. A part of one is `usagereports/users`.
    pub resource: &'a str,
    /// None: in all, or the cluster's.
    pub namespace: Option<&'a str>,
    pub name: Option<&'a str>,
}

/// Whether they may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    pub allowed: bool,
    /// What a cluster admin applies to allow it.
    pub role_yaml: String,
}

/// Asks the apiserver, as the person.
pub async fn may(viewer: &Viewer, wish: Wish<'_>) -> Result<Right, kube::Error> {
    let Wish { verb, resource, namespace, name } = wish;
    let (resource, part) = match resource.split_once('/') {
        Some((resource, part)) => (resource, Some(part)),
        None => (resource, None),
    };
    let attributes = ResourceAttributes {
        group: Some(GROUP.to_owned()),
        resource: Some(resource.to_owned()),
        subresource: part.map(str::to_owned),
        namespace: namespace.map(str::to_owned),
        name: name.map(str::to_owned),
        verb: Some(verb.to_owned()),
        ..ResourceAttributes::default()
    };
    let spec = SelfSubjectAccessReviewSpec {
        resource_attributes: Some(attributes),
        ..SelfSubjectAccessReviewSpec::default()
    };
    let review = SelfSubjectAccessReview { spec, ..SelfSubjectAccessReview::default() };
    let api = Api::<SelfSubjectAccessReview>::all(viewer.client.clone());
    let answer = api.create(&PostParams::default(), &review).await?;
    Ok(Right {
        allowed: answer.status.is_some_and(|status| status.allowed),
        role_yaml: role_yaml(&viewer.name, wish),
    })
}

/// The least that allows it, with who gets it.
pub(super) fn role_yaml(person: &str, wish: Wish<'_>) -> String {
    let Wish { verb, resource, namespace, name } = wish;
    let (kind, scope) = match namespace {
        Some(namespace) => ("Role", format!(", namespace: {}", quoted(namespace))),
        None => ("ClusterRole", String::new()),
    };
    let named = quoted(&format!("tollgate-{verb}-{}", resource.replace('/', "-")));
    let only = name.map(|name| format!("\n    resourceNames: [{}]", quoted(name))).unwrap_or_default();
    let subject = match person.strip_prefix("system:serviceaccount:").and_then(|name| name.split_once(':')) {
        Some((namespace, account)) => {
            format!("{{kind: ServiceAccount, namespace: {}, name: {}}}", quoted(namespace), quoted(account))
        }
        None => format!("{{apiGroup: rbac.authorization.k8s.io, kind: User, name: {}}}", quoted(person)),
    };
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1
kind: {kind}
metadata: {{name: {named}{scope}}}
rules:
  - apiGroups: [{GROUP}]
    resources: [{resource}]{only}
    verbs: [{verb}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {kind}Binding
metadata: {{name: {named}{scope}}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: {kind}, name: {named}}}
subjects:
  - {subject}
"
    )
}

/// A YAML string, whatever is in it: JSON's are.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;

    fn documents(text: &str) -> Vec<Value> {
        serde_yaml::Deserializer::from_str(text)
            .map(|document| Value::deserialize(document).unwrap())
            .collect()
    }

    #[test]
    fn the_role_that_is_missing_is_the_least_that_allows_it() {
        let wish =
            Wish { verb: "patch", resource: "featureflags", namespace: Some("shop"), name: Some("chat") };
        let [role, binding] = documents(&role_yaml("ada@example.com", wish)).try_into().unwrap();
        assert_eq!(
            role["rules"],
            json!([{"apiGroups": ["tollgate.dev"], "resources": ["featureflags"], "resourceNames": ["chat"], "verbs": ["patch"]}])
        );
        assert_eq!(role["metadata"], json!({"name": "tollgate-patch-featureflags", "namespace": "shop"}));
        assert_eq!(binding["roleRef"]["name"], role["metadata"]["name"]);
        assert_eq!(
            binding["subjects"],
            json!([{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "ada@example.com"}])
        );
    }

    #[test]
    fn a_name_cannot_write_more_yaml_than_a_name() {
        let wish = Wish { verb: "get", resource: "usagereports/users", namespace: None, name: None };
        let trap = "ada\"}\n  - {kind: Group, name: system:masters}\n#";
        let [role, binding] = documents(&role_yaml(trap, wish)).try_into().unwrap();
        assert_eq!(role["kind"], "ClusterRole");
        assert_eq!(binding["subjects"].as_array().unwrap().len(), 1);
        assert_eq!(binding["subjects"][0]["name"], trap);
    }

    #[test]
    fn a_service_account_is_named_as_one() {
        let wish = Wish { verb: "get", resource: "usagereports", namespace: Some("shop"), name: None };
        let [_, binding] =
            documents(&role_yaml("system:serviceaccount:ci:reports", wish)).try_into().unwrap();
        assert_eq!(
            binding["subjects"],
            json!([{"kind": "ServiceAccount", "namespace": "ci", "name": "reports"}])
        );
    }
}
