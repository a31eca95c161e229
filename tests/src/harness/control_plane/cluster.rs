//! What controllers, scheduler and kubelet would do, done by hand as far as a test needs it.

use anyhow::{Context, Result};
use k8s_openapi::api::{
    authentication::v1::{BoundObjectReference, TokenRequest, TokenRequestSpec},
    core::v1::{Namespace, Pod, ServiceAccount},
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::{
    Api, Client,
    api::{DeleteParams, DynamicObject, Patch, PatchParams, PostParams},
    core::GroupVersionKind,
    discovery::{self, Scope},
    runtime::{conditions, wait::await_condition},
};
use serde_json::{Value, json};

use crate::harness::wait;

/// A client with hands.
#[derive(Clone)]
pub struct Cluster {
    pub client: Client,
}

/// A pod, as its token names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodRef {
    pub namespace: String,
    pub name: String,
    pub uid: String,
    pub service_account: String,
}

/// Who owns the fields that a test applies.
const MANAGER: &str = "tollgate-tests";

/// The shortest life of a token that the apiserver allows, in seconds.
const SHORTEST_TOKEN: i64 = 600;

// === impl Cluster ===

impl Cluster {
    pub fn new(client: Client) -> Cluster {
        Cluster { client }
    }

    /// Makes the namespace with these labels, or sets them, and its ServiceAccount `default`.
    pub async fn namespace(&self, name: &str, labels: &[(&str, &str)]) -> Result<()> {
        let labels: serde_json::Map<String, Value> =
            labels.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
        let manifest = json!({
            "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels},
        });
        Api::<Namespace>::all(self.client.clone())
            .patch(name, &applied(), &Patch::Apply(manifest))
            .await
            .with_context(|| format!("namespace {name}"))?;
        self.service_account(name, "default").await
    }

    pub async fn service_account(&self, namespace: &str, name: &str) -> Result<()> {
        let manifest = json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name}});
        Api::<ServiceAccount>::namespaced(self.client.clone(), namespace)
            .patch(name, &applied(), &Patch::Apply(manifest))
            .await
            .with_context(|| format!("ServiceAccount {namespace}/{name}"))?;
        Ok(())
    }

    /// Makes a pod and says that it runs. `over` goes over an ordinary manifest of one container, object by object;
    /// admission sees the result.
    pub async fn pod(&self, namespace: &str, name: &str, over: Value) -> Result<PodRef> {
        let mut manifest = json!({
            "apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
            "spec": {"containers": [{"name": "app", "image": "app:1"}]},
        });
        merge(&mut manifest, over);
        let pods = Api::<Pod>::namespaced(self.client.clone(), namespace);
        let pod = pods.create(&PostParams::default(), &serde_json::from_value(manifest)?).await?;
        let status = json!({"status": {
            "phase": "Running", "podIP": "127.0.0.1", "podIPs": [{"ip": "127.0.0.1"}],
            "conditions": [{"type": "Ready", "status": "True"}],
        }});
        pods.patch_status(name, &PatchParams::default(), &Patch::Merge(status)).await?;
        Ok(PodRef {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            uid: pod.metadata.uid.context("the apiserver gives each pod a uid")?,
            service_account: pod
                .spec
                .and_then(|spec| spec.service_account_name)
                .unwrap_or_else(|| "default".into()),
        })
    }

    /// Deletes a pod at once: no kubelet would end it.
    pub async fn delete_pod(&self, pod: &PodRef) -> Result<()> {
        let pods = Api::<Pod>::namespaced(self.client.clone(), &pod.namespace);
        pods.delete(&pod.name, &DeleteParams::default().grace_period(0)).await?;
        Ok(())
    }

    /// A token as the kubelet would project it into this pod; it lives ten minutes.
    pub async fn token(&self, pod: &PodRef, audience: &str) -> Result<String> {
        let bound = BoundObjectReference {
            api_version: Some("v1".into()),
            kind: Some("Pod".into()),
            name: Some(pod.name.clone()),
            uid: Some(pod.uid.clone()),
        };
        self.token_of(&pod.namespace, &pod.service_account, audience, Some(bound)).await
    }

    /// A token of a ServiceAccount, bound to what is named, or to nothing.
    pub async fn token_of(
        &self,
        namespace: &str,
        service_account: &str,
        audience: &str,
        bound: Option<BoundObjectReference>,
    ) -> Result<String> {
        let request = TokenRequest {
            spec: TokenRequestSpec {
                audiences: vec![audience.to_owned()],
                bound_object_ref: bound,
                expiration_seconds: Some(SHORTEST_TOKEN),
            },
            ..TokenRequest::default()
        };
        let accounts = Api::<ServiceAccount>::namespaced(self.client.clone(), namespace);
        let answer = accounts.create_token_request(service_account, &PostParams::default(), &request).await?;
        Ok(answer.status.context("a TokenRequest is answered with a token")?.token)
    }

    /// Applies a manifest of any kind, as `kubectl apply --server-side` does. A CRD is served when this returns.
    pub async fn apply(&self, manifest: &Value) -> Result<()> {
        let object: DynamicObject = serde_json::from_value(manifest.clone())?;
        let types = object.types.context("a manifest says apiVersion and kind")?;
        let name = object.metadata.name.context("a manifest has metadata.name")?;
        let kind = GroupVersionKind::try_from(&types)?;
        let (resource, capabilities) = discovery::pinned_kind(&self.client, &kind).await?;
        let namespace = object.metadata.namespace.as_deref().unwrap_or("default");
        let api: Api<DynamicObject> = match capabilities.scope {
            Scope::Namespaced => Api::namespaced_with(self.client.clone(), namespace, &resource),
            Scope::Cluster => Api::all_with(self.client.clone(), &resource),
        };
        api.patch(&name, &applied().force(), &Patch::Apply(manifest))
            .await
            .with_context(|| format!("{} {name}", types.kind))?;
        if types.kind == "CustomResourceDefinition" {
            let definitions = Api::<CustomResourceDefinition>::all(self.client.clone());
            await_condition(definitions, &name, conditions::is_crd_established()).await?;
            self.served(manifest).await;
        }
        Ok(())
    }

    /// Waits until a definition's kind can be asked for: it is established a moment before its path is there.
    async fn served(&self, definition: &Value) {
        let spec = &definition["spec"];
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (group, kind) = (word(&spec["group"]), word(&spec["names"]["kind"]));
        for version in spec["versions"].as_array().into_iter().flatten() {
            let kind = GroupVersionKind {
                group: group.clone(),
                version: word(&version["name"]),
                kind: kind.clone(),
            };
            wait::until("a kind that was defined is served", async || {
                discovery::pinned_kind(&self.client, &kind).await.map_err(|error| error.to_string())
            })
            .await;
        }
    }
}

fn applied() -> PatchParams {
    PatchParams::apply(MANAGER)
}

/// Objects are merged, everything else is replaced.
fn merge(into: &mut Value, over: Value) {
    match (into, over) {
        (Value::Object(into), Value::Object(over)) => {
            for (key, value) in over {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, over) => *into = over,
    }
}
