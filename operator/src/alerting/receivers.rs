//! Each kind of receiver: what it is sent, and how.

mod email;
mod forms;

use std::{sync::Arc, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use jiff::Timestamp;
use k8s_openapi::api::core::v1::{ObjectReference, Secret};
use kube::{
    Api, Client,
    runtime::events::{Event as KubeEvent, EventType},
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use sha2::{Digest, Sha256};
use tokio_rustls::TlsConnector;
use tollgate_crds::alert::{EmailReceiver, Receiver, SecretRef};

pub use email::{EmailError, Refused};

use super::{
    message::Message,
    post::{Post, PostError, post},
    reach::Allowed,
};
use crate::events::Events;

/// What sending needs besides the message.
#[derive(Clone)]
pub struct Sender {
    client: Client,
    events: Events,
    /// Where the Secrets of ClusterUsageAlerts are.
    namespace: String,
    allowed: Vec<Allowed>,
    extra_cas: Option<String>,
    tls: TlsConnector,
}

/// Why a receiver does not have the message; the other side's own words are within.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error(
        "the Secret {namespace}/{name} cannot be read: {problem}. The operator reads Secrets that are named in the chart's \
         alerts.secrets (tollgate-alerts, unless they say otherwise)"
    )]
    Secret { namespace: String, name: String, problem: String },
    #[error("the Secret {namespace}/{name} has no key {key}")]
    Key { namespace: String, name: String, key: String },
    #[error("the key {key} of the Secret {namespace}/{name} is no text (UTF-8)")]
    NoText { namespace: String, name: String, key: String },
    #[error(transparent)]
    Post(#[from] PostError),
    #[error(transparent)]
    Email(#[from] EmailError),
    #[error("the Event cannot be written: {0}")]
    Event(kube::Error),
    #[error("the receiver is of no known kind")]
    Unknown,
}

/// PagerDuty's own, unless the alert names another region's.
const PAGER_DUTY: &str = "https://events.pagerduty.com";

/// What a receiver is in the database: the same as long as it is written the same.
pub fn identity(receiver: &Receiver) -> String {
    let written = serde_json::to_value(receiver).unwrap_or_default();
    let kind = written.as_object().and_then(|fields| fields.keys().next()).cloned().unwrap_or_default();
    let hash = Sha256::digest(written.to_string());
    let short: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}:{short}")
}

/// A receiver as people know it.
pub fn label(receiver: &Receiver) -> String {
    match receiver {
        Receiver { email: Some(email), .. } => format!("email to {}", email.to.join(", ")),
        Receiver { webhook: Some(webhook), .. } => format!("webhook {}", host(&webhook.url)),
        Receiver { alertmanager: Some(it), .. } => format!("alertmanager {}", host(&it.url)),
        Receiver { slack: Some(_), .. } => "slack".to_owned(),
        Receiver { teams: Some(_), .. } => "teams".to_owned(),
        Receiver { pager_duty: Some(_), .. } => "pagerDuty".to_owned(),
        _ => "kubernetesEvent".to_owned(),
    }
}

/// Whom a receiver left out, and why; the others have it.
pub fn left_out(refused: &[Refused]) -> String {
    format!("not taken for {} (the others have it)", email::listed(refused))
}

/// Paths may be secret.
fn host(url: &str) -> String {
    url.split('/').take(3).collect::<Vec<_>>().join("/")
}

// === impl SendError ===

impl SendError {
    /// When the receiver wants to be asked again, where it says so.
    pub fn after(&self) -> Option<Duration> {
        match self {
            Self::Post(PostError::Refused { after, .. }) => *after,
            _ => None,
        }
    }
}

// === impl Sender ===

impl Sender {
    /// `extra_cas` (PEM) are trusted besides the public authorities.
    pub fn new(
        client: Client,
        events: Events,
        namespace: String,
        allowed: Vec<Allowed>,
        extra_cas: Option<String>,
    ) -> Self {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for certificate in
            CertificateDer::pem_slice_iter(extra_cas.as_deref().unwrap_or_default().as_bytes()).flatten()
        {
            if let Err(error) = roots.add(certificate) {
                tracing::warn!(%error, "a certificate of extraCAs is not trusted for receivers of alerts");
            }
        }
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        Self { client, events, namespace, allowed, extra_cas, tls: TlsConnector::from(Arc::new(config)) }
    }

    /// Until the receiver has it; of several recipients, those who are named or all. Gives those who do not have it.
    pub async fn send(
        &self,
        receiver: &Receiver,
        only: Option<&[String]>,
        message: &Message,
    ) -> Result<Vec<Refused>, SendError> {
        if let Receiver { email: Some(email), .. } = receiver {
            return self.mail(email, only, message).await;
        }
        self.tell(receiver, message).await.map(|()| Vec::new())
    }

    async fn mail(
        &self,
        email: &EmailReceiver,
        only: Option<&[String]>,
        message: &Message,
    ) -> Result<Vec<Refused>, SendError> {
        let login = match &email.secret_ref {
            Some(secret) => {
                let (home, secret) = (self.home(message), SecretRef { name: secret.name.clone(), key: None });
                let [user, password] = [
                    self.secret(home, &secret, "username").await?,
                    self.secret(home, &secret, "password").await?,
                ];
                Some((user, password))
            }
            None => None,
        };
        Ok(email::send(email, only, login, message, &self.allowed, self.extra_cas.as_deref()).await?)
    }

    /// Where the Secrets of its alert are.
    fn home<'a>(&'a self, message: &'a Message) -> &'a str {
        message.alert.namespace.as_deref().unwrap_or(&self.namespace)
    }

    async fn tell(&self, receiver: &Receiver, message: &Message) -> Result<(), SendError> {
        let home = self.home(message);
        match receiver {
            Receiver { slack: Some(slack), .. } => {
                let url = self.secret(home, &slack.secret_ref, "url").await?;
                self.post(url, HeaderMap::new(), forms::slack(message)).await
            }
            Receiver { teams: Some(teams), .. } => {
                let url = self.secret(home, &teams.secret_ref, "url").await?;
                self.post(url, HeaderMap::new(), forms::teams(message)).await
            }
            Receiver { webhook: Some(webhook), .. } => {
                // any bytes: it is a key, and nothing is made of it but signatures
                let key = self.secret_bytes(home, &webhook.secret_ref, "key").await?;
                let body = message.json().to_string();
                let headers = signed(&key, &body, &message.id, Timestamp::now());
                self.post(webhook.url.clone(), headers, body).await
            }
            Receiver { pager_duty: Some(pager), .. } => {
                let key = self.secret(home, &pager.secret_ref, "routingKey").await?;
                let base = pager.url.as_deref().unwrap_or(PAGER_DUTY).trim_end_matches('/');
                for body in forms::pager_duty(message, key.trim()) {
                    self.post(format!("{base}/v2/enqueue"), HeaderMap::new(), body).await?;
                }
                Ok(())
            }
            Receiver { alertmanager: Some(alertmanager), .. } => {
                let mut headers = HeaderMap::new();
                if let Some(secret) = &alertmanager.secret_ref {
                    let token = self.secret(home, secret, "token").await?;
                    if let Ok(value) = HeaderValue::from_str(&format!("Bearer {}", token.trim())) {
                        headers.insert(header::AUTHORIZATION, value);
                    }
                }
                let url = format!("{}/api/v2/alerts", alertmanager.url.trim_end_matches('/'));
                self.post(url, headers, forms::alertmanager(message)).await
            }
            Receiver { kubernetes_event: Some(_), .. } => self.event(message).await,
            _ => Err(SendError::Unknown),
        }
    }

    async fn post(&self, url: String, headers: HeaderMap, body: String) -> Result<(), SendError> {
        Ok(post(Post { url, headers, body }, &self.allowed, &self.tls).await?)
    }

    async fn secret(&self, namespace: &str, secret: &SecretRef, usual: &str) -> Result<String, SendError> {
        let bytes = self.secret_bytes(namespace, secret, usual).await?;
        String::from_utf8(bytes).map_err(|_| SendError::NoText {
            namespace: namespace.to_owned(),
            name: secret.name.clone(),
            key: secret.key(usual).to_owned(),
        })
    }

    async fn secret_bytes(
        &self,
        namespace: &str,
        secret: &SecretRef,
        usual: &str,
    ) -> Result<Vec<u8>, SendError> {
        let key = secret.key(usual);
        let api: Api<Secret> = Api::namespaced(self.client.clone(), namespace);
        let found = api.get(&secret.name).await.map_err(|error| SendError::Secret {
            namespace: namespace.to_owned(),
            name: secret.name.clone(),
            problem: match error {
                kube::Error::Api(status) => status.message.clone(),
                other => other.to_string(),
            },
        })?;
        let missing = || SendError::Key {
            namespace: namespace.to_owned(),
            name: secret.name.clone(),
            key: key.to_owned(),
        };
        Ok(found.data.unwrap_or_default().remove(key).ok_or_else(missing)?.0)
    }

    async fn event(&self, message: &Message) -> Result<(), SendError> {
        let firing = message.told.iter().any(|told| told.event.firing);
        let (type_, reason) = match (message.trial, firing) {
            (true, _) => (EventType::Normal, "AlertTrial"),
            (false, true) => (EventType::Warning, "AlertFiring"),
            (false, false) => (EventType::Normal, "AlertResolved"),
        };
        let event = KubeEvent {
            type_,
            reason: reason.to_owned(),
            note: Some(message.text()),
            action: "Alert".to_owned(),
            secondary: None,
        };
        let about = ObjectReference {
            api_version: Some(tollgate_crds::API_VERSION.to_owned()),
            kind: Some(message.alert.kind().name().to_owned()),
            namespace: message.alert.namespace.clone(),
            name: Some(message.alert.name.clone()),
            uid: Some(message.uid.clone()),
            ..ObjectReference::default()
        };
        self.events.publish(event, &about).await.map_err(SendError::Event)
    }
}

/// What a webhook checks: HMAC-SHA256 of time, a dot and the body.
fn signed(key: &[u8], body: &str, id: &str, now: Timestamp) -> HeaderMap {
    let time = now.as_second();
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()));
    mac.update(format!("{time}.{body}").as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let pairs = [("x-tollgate-signature", format!("t={time},v1={hex}")), ("idempotency-key", id.to_owned())];
    pairs
        .into_iter()
        .filter_map(|(name, value)| {
            Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_made_with_a_key_of_any_bytes() {
        let headers =
            signed(&[0xff, 0x00, 0x80], "{}", "id-1", Timestamp::from_second(1_700_000_000).unwrap());
        assert_eq!(
            headers["x-tollgate-signature"],
            "t=1700000000,v1=672b20c35bd7d70424cc08548240237c867148776144f88b227ebbe43ba5dc04"
        );
        assert_eq!(headers["idempotency-key"], "id-1");
    }
}
