//! Tells the apiserver whom to trust when it calls our webhooks: `clientConfig.caBundle` of the webhook configurations,
//! and no other field of theirs, by the leader.

use std::{fmt::Debug, time::Duration};

use k8s_openapi::{
    ByteString,
    api::admissionregistration::v1::{
        MutatingWebhook, MutatingWebhookConfiguration, ValidatingWebhook, ValidatingWebhookConfiguration,
    },
};
use kube::{
    Api, Client, Resource,
    api::{Patch, PatchParams},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use tokio::time::timeout;

use super::CaBundle;
use crate::context::{CONTROLLER, Context};

/// Somebody (helm, a person) may have set it back; then pods start without a sidecar for this long at most.
const LOOK_AGAIN: Duration = Duration::from_secs(15);
const PATIENCE: Duration = Duration::from_secs(10);

/// A webhook's name and the authority that the apiserver trusts for it.
type Webhooks = Vec<(String, Option<ByteString>)>;

/// Keeps them right while this replica leads.
pub(crate) async fn keep(context: Context) {
    let Context { settings, client, leadership, ca, .. } = context;
    let names = &settings.names.webhook_configurations;
    leadership
        .while_leading(|| async {
            let mut ca = ca.clone();
            let mut failing = false;
            loop {
                let bundle = ca.borrow_and_update().clone();
                if let Some(bundle) = bundle {
                    let done = timeout(PATIENCE, all(&client, names, &bundle)).await;
                    let error = match done {
                        Ok(Ok(())) => None,
                        Ok(Err(error)) => Some(error.to_string()),
                        Err(_) => Some("the apiserver did not answer in time".to_owned()),
                    };
                    if let Some(error) = &error
                        && !failing
                    {
                        tracing::warn!(error, "the webhook configurations could not be told our authority: pods may start without a sidecar");
                    }
                    failing = error.is_some();
                }
                tokio::select! {
                    () = tokio::time::sleep(LOOK_AGAIN) => {}
                    changed = ca.changed() => if changed.is_err() { return },
                }
            }
        })
        .await;
}

async fn all(client: &Client, names: &[String], bundle: &CaBundle) -> kube::Result<()> {
    for name in names {
        one(Api::<MutatingWebhookConfiguration>::all(client.clone()), name, bundle, |configuration| {
            let webhooks = configuration.webhooks.unwrap_or_default().into_iter();
            webhooks
                .map(|MutatingWebhook { name, client_config, .. }| (name, client_config.ca_bundle))
                .collect()
        })
        .await?;
        one(Api::<ValidatingWebhookConfiguration>::all(client.clone()), name, bundle, |configuration| {
            let webhooks = configuration.webhooks.unwrap_or_default().into_iter();
            webhooks
                .map(|ValidatingWebhook { name, client_config, .. }| (name, client_config.ca_bundle))
                .collect()
        })
        .await?;
    }
    Ok(())
}

async fn one<K>(
    configurations: Api<K>,
    name: &str,
    bundle: &CaBundle,
    webhooks: impl FnOnce(K) -> Webhooks,
) -> kube::Result<()>
where
    K: Resource<DynamicType = ()> + Clone + DeserializeOwned + Serialize + Debug,
{
    let Some(configuration) = configurations.get_opt(name).await? else { return Ok(()) };
    let wanted = ByteString(bundle.0.as_bytes().to_vec());
    let found = webhooks(configuration);
    if found.iter().all(|(_, held)| held.as_ref() == Some(&wanted)) {
        return Ok(());
    }
    let webhooks: Vec<_> =
        found.iter().map(|(name, _)| json!({"name": name, "clientConfig": {"caBundle": wanted}})).collect();
    let patch = json!({
        "apiVersion": K::api_version(&()), "kind": K::kind(&()),
        "metadata": {"name": name}, "webhooks": webhooks,
    });
    let params = PatchParams::apply(&format!("{CONTROLLER}-ca-bundle")).force();
    configurations.patch(name, &params, &Patch::Apply(patch)).await.map(drop)
}
