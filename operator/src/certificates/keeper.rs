//! The Secret: watched by every replica, made and renewed by the leader.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures::StreamExt;
use jiff::Timestamp;
use k8s_openapi::{ByteString, api::core::v1::Secret, apimachinery::pkg::apis::meta::v1::ObjectMeta};
use kube::{
    Api, Client,
    api::PostParams,
    runtime::{WatchStreamExt, watcher},
};
use prometheus_client::metrics::gauge::Gauge;
use tokio::{sync::watch, time::timeout};

use super::{
    CaBundle,
    material::{self, Material, MaterialError},
    serving::Serving,
};
use crate::{leadership::Leadership, metrics::Metrics, settings::Settings};

/// What is made of the Secret.
pub(crate) struct Keeper {
    pub(crate) secrets: Api<Secret>,
    pub(crate) name: String,
    /// Whether the leader makes it; else somebody else does.
    pub(crate) ours: bool,
    /// What the certificate must be for.
    pub(crate) names: Vec<String>,
    pub(crate) serving: Arc<Serving>,
    pub(crate) bundle: watch::Sender<Option<CaBundle>>,
    /// When the certificate in force ends: Unix time in seconds.
    pub(crate) expires: Gauge,
}

#[derive(Debug, thiserror::Error)]
enum KeeperError {
    #[error("the Secret cannot be read or written: {0}")]
    Kube(#[from] kube::Error),
    #[error(transparent)]
    Make(#[from] MaterialError),
    #[error("the apiserver did not answer in time")]
    Slow,
}

/// A certificate lives for a month: an hour is soon enough to look whether it nears its end.
const LOOK_AGAIN: Duration = Duration::from_secs(3600);
const TRY_AGAIN: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(10);

// === impl Keeper ===

impl Keeper {
    pub(crate) fn new(
        client: Client,
        settings: &Settings,
        metrics: &Metrics,
        serving: Arc<Serving>,
        bundle: watch::Sender<Option<CaBundle>>,
    ) -> Self {
        let names = &settings.names;
        let (name, ours) = match &names.external_tls_secret {
            Some(name) => (name, false),
            None => (&names.tls_secret, true),
        };
        let expires = Gauge::default();
        metrics.register(|registry| {
            let help = "When the certificate in force ends, in Unix time";
            registry.register(
                "tollgate_operator_certificate_expiry_timestamp_seconds",
                help,
                expires.clone(),
            );
        });
        Self {
            secrets: Api::namespaced(client, &settings.namespace),
            name: name.clone(),
            ours,
            names: certificate_names(settings),
            serving,
            bundle,
            expires,
        }
    }

    /// Takes whatever the Secret holds, as soon as it does; as the leader, keeps it good.
    pub(crate) async fn run(self, leadership: Leadership) {
        let (seen, latest) = watch::channel(None);
        let keeps = leadership.while_leading(|| self.keep(latest.clone()));
        tokio::select! {
            () = self.follow(&seen) => {}
            () = keeps, if self.ours => {}
        }
    }

    async fn follow(&self, seen: &watch::Sender<Option<Option<Material>>>) {
        let mut secrets =
            std::pin::pin!(watcher::watch_object(self.secrets.clone(), &self.name).default_backoff());
        while let Some(secret) = secrets.next().await {
            let material = match secret {
                Ok(secret) => secret.as_ref().and_then(read),
                Err(error) => {
                    tracing::warn!(%error, secret = self.name, "the Secret of the certificates cannot be watched; what was read last stays in force");
                    continue;
                }
            };
            match &material {
                Some(material) => self.take(material),
                None if self.ours => {}
                None => tracing::warn!(
                    secret = self.name,
                    "the Secret of the certificates is missing, or lacks tls.crt, tls.key or ca.crt"
                ),
            }
            seen.send_replace(Some(material));
        }
    }

    fn take(&self, material: &Material) {
        match self.serving.install(material) {
            Ok(()) => {
                self.expires.set(material.expires().unwrap_or_default());
                let bundle = CaBundle(material.ca_certificate.as_str().into());
                self.bundle.send_if_modified(|held| {
                    let changed = held.as_ref() != Some(&bundle);
                    *held = Some(bundle);
                    changed
                });
                tracing::info!(secret = self.name, "a certificate is in force");
            }
            Err(error) => {
                tracing::error!(%error, secret = self.name, "the Secret's certificate cannot be used; what was read before stays in force");
            }
        }
    }

    /// As the leader: whatever is due is made, whenever the Secret changes and every hour.
    async fn keep(&self, mut latest: watch::Receiver<Option<Option<Material>>>) {
        loop {
            let known = latest.borrow_and_update().is_some();
            let wait = match known {
                false => LOOK_AGAIN, // the first word of the watch ends it
                true => match timeout(PATIENCE, self.renew()).await.unwrap_or(Err(KeeperError::Slow)) {
                    Ok(()) => LOOK_AGAIN,
                    Err(error) => {
                        tracing::warn!(%error, secret = self.name, "the certificates could not be looked after; trying again");
                        TRY_AGAIN
                    }
                },
            };
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                changed = latest.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Reads, decides, writes. The apiserver refuses a write over something newer than what was read.
    async fn renew(&self) -> Result<(), KeeperError> {
        let now = Timestamp::now();
        let secret = self.secrets.get_opt(&self.name).await?;
        let material = secret.as_ref().and_then(read);
        let Some(due) = material::due(material.as_ref(), &self.names, now) else { return Ok(()) };
        tracing::info!(?due, secret = self.name, "making certificates");
        let made = material::make(due, material.as_ref(), &self.names, now)?;
        let written = match secret {
            None => {
                let metadata = ObjectMeta { name: Some(self.name.clone()), ..ObjectMeta::default() };
                self.secrets
                    .create(&PostParams::default(), &write(Secret { metadata, ..Secret::default() }, made))
                    .await
            }
            Some(secret) => {
                self.secrets.replace(&self.name, &PostParams::default(), &write(secret, made)).await
            }
        };
        match written {
            // Somebody else was faster; the watch tells.
            Err(kube::Error::Api(status)) if status.code == 409 => Ok(()),
            other => Ok(other.map(|_| ())?),
        }
    }
}

/// The names that the two Services and the installation give us.
fn certificate_names(settings: &Settings) -> Vec<String> {
    let namespace = &settings.namespace;
    let mut names = Vec::new();
    for service in [&settings.names.service, &settings.names.webhook_service] {
        names.push(format!("{service}.{namespace}.svc"));
        names.push(format!("{service}.{namespace}.svc.cluster.local"));
        names.push(format!("{service}.{namespace}"));
    }
    names.extend(settings.names.certificate_names.iter().cloned());
    names
}

fn read(secret: &Secret) -> Option<Material> {
    let data = secret.data.as_ref()?;
    let text = |name: &str| data.get(name).and_then(|bytes| String::from_utf8(bytes.0.clone()).ok());
    Some(Material {
        ca_certificate: text("ca.crt")?,
        ca_key: text("ca.key"),
        certificate: text("tls.crt")?,
        key: text("tls.key")?,
    })
}

fn write(mut secret: Secret, material: Material) -> Secret {
    let Material { ca_certificate, ca_key, certificate, key } = material;
    let mut data = BTreeMap::from([("ca.crt", ca_certificate), ("tls.crt", certificate), ("tls.key", key)]);
    data.extend(ca_key.map(|key| ("ca.key", key)));
    secret.data =
        Some(data.into_iter().map(|(name, text)| (name.to_owned(), ByteString(text.into_bytes()))).collect());
    secret
}
