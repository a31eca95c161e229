//! Which flag is meant, and what is to be written.

use anyhow::{Context, Result, bail};
use kube::{
    Api,
    api::{ApiResource, DynamicObject, ListParams, ObjectMeta, TypeMeta},
};
use serde_json::{Value, json};
use tollgate_crds::{
    API_VERSION, ClusterFeatureFlag, FeatureFlag,
    flag::{Moment, OVERRIDE, OVERRIDE_UNTIL, REASON},
    validate::is_feature_name,
};

use crate::{gitops::Keeper, kubectl::access::Cluster, switching};

/// What somebody wants.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) feature: String,
    pub(super) enabled: bool,
    pub(super) reason: String,
    /// None: for good, in the spec.
    pub(super) until: Option<Moment>,
}

/// The flag that is to be written.
pub(super) struct Target {
    pub(super) kind: ApiResource,
    pub(super) api: Api<DynamicObject>,
    /// As it is; none where it is to be made.
    pub(super) there: Option<DynamicObject>,
    name: String,
    namespace: Option<String>,
}

// === impl Target ===

impl Target {
    /// A FeatureFlag of the namespace, or else a ClusterFeatureFlag. None: the wish is to let a feature's calls pass that no
    /// flag is about.
    pub(super) async fn find(
        cluster: &Cluster,
        namespace: Option<&str>,
        wish: &Wish,
    ) -> Result<Option<Self>> {
        let Wish { feature, enabled, .. } = wish;
        let (kind, api) = match namespace {
            Some(namespace) => {
                let kind = ApiResource::erase::<FeatureFlag>(&());
                (kind.clone(), Api::namespaced_with(cluster.client.clone(), namespace, &kind))
            }
            None => {
                let kind = ApiResource::erase::<ClusterFeatureFlag>(&());
                (kind.clone(), Api::all_with(cluster.client.clone(), &kind))
            }
        };
        let flags: Vec<DynamicObject> =
            api.list(&ListParams::default()).await.context("the flags cannot be listed")?.items;
        let there = meant(flags, feature)?;
        if there.is_none() {
            if *enabled {
                return Ok(None);
            }
            if !is_feature_name(feature) {
                bail!("{feature:?} is no feature's name: lower-case letters, digits, '-' and '.'");
            }
        }
        let name = there.as_ref().and_then(|flag| flag.metadata.name.clone());
        let name = name.unwrap_or_else(|| feature.clone());
        Ok(Some(Self { kind, api, there, name, namespace: namespace.map(str::to_owned) }))
    }

    /// Like `FeatureFlag shop/chat`.
    pub(super) fn shown(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{} {namespace}/{}", self.kind.kind, self.name),
            None => format!("{} {}", self.kind.kind, self.name),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// An error where somebody else would undo a change of the spec: it says the two ways that last.
    pub(super) fn ours_to_change(&self, wish: &Wish) -> Result<()> {
        let Some(flag) = &self.there else { return Ok(()) };
        let Some(keeper) = Keeper::of(&flag.metadata) else { return Ok(()) };
        let word = if wish.enabled { "on" } else { "off" };
        let at = self
            .namespace
            .as_ref()
            .map_or("--cluster-wide".to_owned(), |namespace| format!("-n {namespace}"));
        bail!(
            "{} is kept by {keeper}, which would undo a change of its spec. Either for a time, which it leaves alone:\n\
             \n    kubectl tollgate {word} {} {at} --for 2h --reason '…'\n\nor for good, in git:\n\n{}",
            self.shown(),
            wish.feature,
            self.for_git(wish)?
        )
    }

    /// The manifest with the wish in it.
    fn for_git(&self, wish: &Wish) -> Result<String> {
        let spec = self.there.as_ref().map(|flag| flag.data["spec"].clone());
        let mut spec = spec.filter(Value::is_object).unwrap_or_else(|| json!({}));
        spec["enabled"] = json!(wish.enabled);
        let mut metadata = json!({"name": self.name});
        if let Some(namespace) = &self.namespace {
            metadata["namespace"] = json!(namespace);
        }
        let manifest =
            json!({"apiVersion": API_VERSION, "kind": self.kind.kind, "metadata": metadata, "spec": spec});
        serde_yaml::to_string(&manifest).context("the manifest")
    }

    /// What a flag that is there, of that version, is merged with.
    pub(super) fn patch(&self, wish: &Wish, version: &str) -> Value {
        let Wish { enabled, reason, until, .. } = wish;
        let until = until.as_ref().map(ToString::to_string);
        switching::patch(*enabled, reason, version, until.as_deref())
    }

    /// A flag that is to be made.
    pub(super) fn fresh(&self, wish: &Wish) -> DynamicObject {
        let Wish { enabled, reason, until, .. } = wish;
        let mut annotations = vec![(REASON.to_owned(), reason.clone())];
        if let Some(until) = until {
            annotations.push((OVERRIDE.to_owned(), switching::word(*enabled).to_owned()));
            annotations.push((OVERRIDE_UNTIL.to_owned(), until.to_string()));
        }
        // what holds when the override has ended is what held before it
        let spec = if until.is_some() { json!({}) } else { json!({"enabled": enabled}) };
        DynamicObject {
            types: Some(TypeMeta { api_version: API_VERSION.to_owned(), kind: self.kind.kind.clone() }),
            metadata: ObjectMeta {
                name: Some(self.name.clone()),
                namespace: self.namespace.clone(),
                annotations: Some(annotations.into_iter().collect()),
                ..ObjectMeta::default()
            },
            data: json!({"spec": spec}),
        }
    }
}

/// The flag of this name, else the one of this feature.
fn meant(flags: Vec<DynamicObject>, feature: &str) -> Result<Option<DynamicObject>> {
    let name = |flag: &DynamicObject| flag.metadata.name.clone().unwrap_or_default();
    let (named, others): (Vec<_>, Vec<_>) = flags.into_iter().partition(|flag| name(flag) == feature);
    if let Some(flag) = named.into_iter().next() {
        return Ok(Some(flag));
    }
    let mut of_feature: Vec<_> =
        others.into_iter().filter(|flag| flag.data["spec"]["feature"] == feature).collect();
    if of_feature.len() > 1 {
        let names: Vec<String> = of_feature.iter().map(name).collect();
        bail!(
            "the feature {feature} has several flags: {}. Say which, by its name; the strictest of them wins",
            names.join(", ")
        );
    }
    Ok(of_feature.pop())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flag(name: &str, feature: Option<&str>) -> DynamicObject {
        let spec = feature.map_or(json!({}), |feature| json!({"feature": feature}));
        serde_json::from_value(json!({"metadata": {"name": name}, "spec": spec})).unwrap()
    }

    fn meant(flags: &[DynamicObject], feature: &str) -> Result<Option<String>> {
        Ok(super::meant(flags.to_vec(), feature)?.and_then(|flag| flag.metadata.name))
    }

    #[test]
    fn a_flag_is_meant_by_its_name_before_it_is_by_its_feature() {
        let flags = [flag("a", Some("chat")), flag("chat", None), flag("images", None)];
        assert_eq!(meant(&flags, "chat").unwrap().unwrap(), "chat");
        assert_eq!(meant(&flags[..1], "chat").unwrap().unwrap(), "a");
        assert_eq!(meant(&flags, "other").unwrap(), None);
    }

    #[test]
    fn of_several_flags_somebody_must_say_which() {
        let error = meant(&[flag("a", Some("chat")), flag("b", Some("chat"))], "chat").unwrap_err();
        assert!(
            error.to_string().starts_with("the feature chat has several flags: a, b. Say which"),
            "{error}"
        );
    }
}
