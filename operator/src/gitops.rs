//! Whether somebody else keeps an object as it is: what a tool applied from git or from a chart, it applies again.

use std::fmt;

use kube::core::ObjectMeta;
use serde::Serialize;

/// Who applies an object, by the marks that each tool leaves on what it applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "tool")]
pub enum Keeper {
    #[serde(rename_all = "camelCase")]
    FluxKustomization { namespace: String, name: String },
    #[serde(rename_all = "camelCase")]
    FluxHelmRelease { namespace: String, name: String },
    #[serde(rename_all = "camelCase")]
    ArgoCd { application: String },
    #[serde(rename_all = "camelCase")]
    Helm { namespace: String, release: String },
}

/// What Argo CD marks by default is this annotation, `APPLICATION:GROUP/KIND:NAMESPACE/NAME`; by label it was before 3.0.
const ARGO_TRACKING: &str = "argocd.argoproj.io/tracking-id";
const ARGO_INSTANCE: &str = "argocd.argoproj.io/instance";

// === impl Keeper ===

impl Keeper {
    /// None where people apply it by hand.
    pub fn of(metadata: &ObjectMeta) -> Option<Self> {
        let label = |key: &str| metadata.labels.as_ref()?.get(key).cloned();
        let annotation = |key: &str| metadata.annotations.as_ref()?.get(key).cloned();
        let flux = |controller: &str| {
            let name = label(&format!("{controller}.toolkit.fluxcd.io/name"))?;
            Some((label(&format!("{controller}.toolkit.fluxcd.io/namespace")).unwrap_or_default(), name))
        };
        if let Some((namespace, name)) = flux("kustomize") {
            return Some(Self::FluxKustomization { namespace, name });
        }
        if let Some((namespace, name)) = flux("helm") {
            return Some(Self::FluxHelmRelease { namespace, name });
        }
        let tracked = annotation(ARGO_TRACKING).and_then(|id| Some(id.split_once(':')?.0.to_owned()));
        if let Some(application) = tracked.or_else(|| label(ARGO_INSTANCE)) {
            return Some(Self::ArgoCd { application });
        }
        let release = annotation("meta.helm.sh/release-name")?;
        let namespace = annotation("meta.helm.sh/release-namespace").unwrap_or_default();
        Some(Self::Helm { namespace, release })
    }
}

impl fmt::Display for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FluxKustomization { namespace, name } => {
                write!(f, "Flux's Kustomization {namespace}/{name}")
            }
            Self::FluxHelmRelease { namespace, name } => write!(f, "Flux's HelmRelease {namespace}/{name}"),
            Self::ArgoCd { application } => write!(f, "Argo CD's Application {application}"),
            Self::Helm { namespace, release } => write!(f, "the Helm release {namespace}/{release}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn keeper(metadata: Value) -> Option<String> {
        Keeper::of(&serde_json::from_value(metadata).unwrap()).map(|keeper| keeper.to_string())
    }

    #[test]
    fn each_tool_is_known_by_the_marks_it_leaves() {
        let kustomize = json!({"labels": {
            "kustomize.toolkit.fluxcd.io/name": "apps", "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
        }});
        assert_eq!(keeper(kustomize).unwrap(), "Flux's Kustomization flux-system/apps");
        let release = json!({
            "labels": {"helm.toolkit.fluxcd.io/name": "shop", "helm.toolkit.fluxcd.io/namespace": "shop"},
            // helm-controller's releases are Helm's, too
            "annotations": {"meta.helm.sh/release-name": "shop"},
        });
        assert_eq!(keeper(release).unwrap(), "Flux's HelmRelease shop/shop");
        let argo = json!({"annotations": {"argocd.argoproj.io/tracking-id": "shop:tollgate.dev/FeatureFlag:shop/chat"}});
        assert_eq!(keeper(argo).unwrap(), "Argo CD's Application shop");
        let helm = json!({"annotations": {"meta.helm.sh/release-name": "shop", "meta.helm.sh/release-namespace": "web"}});
        assert_eq!(keeper(helm).unwrap(), "the Helm release web/shop");
    }

    #[test]
    fn what_people_applied_by_hand_has_no_keeper() {
        let metadata = json!({
            "labels": {"app.kubernetes.io/managed-by": "ada"},
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}"},
        });
        assert_eq!(keeper(metadata), None);
    }
}
