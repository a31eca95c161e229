//! Who is told. What must stay secret stands in a Secret of the alert's own namespace (of a ClusterUsageAlert: the
//! operator's).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One receiver; exactly one of its fields is there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-kubernetes-validations" = crate::schema::ONE_RECEIVER.to_json()))]
pub struct Receiver {
    /// Mail, by SMTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailReceiver>,
    /// A channel of Slack, by an incoming webhook; the Secret's key is `url` unless another is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slack: Option<UrlReceiver>,
    /// A channel of Microsoft Teams, by a workflow's webhook; the Secret's key is `url` unless another is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teams: Option<UrlReceiver>,
    /// Anything that takes a POST of JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<WebhookReceiver>,
    /// PagerDuty, by its Events API v2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pager_duty: Option<PagerDutyReceiver>,
    /// An Alertmanager, by its API v2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alertmanager: Option<AlertmanagerReceiver>,
    /// An Event beside the alert.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kubernetes_event: Option<EventReceiver>,
}

/// One value of a Secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SecretRef {
    /// The Secret's name.
    #[schemars(length(min = 1, max = 253))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::FEATURE_NAME.to_json()))]
    pub name: String,
    /// The key in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 253), regex(pattern = crate::schema::SECRET_KEY))]
    pub key: Option<String>,
}

/// Mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EmailReceiver {
    /// Who gets it.
    #[schemars(length(min = 1, max = 32), inner(length(min = 3, max = 254), regex(pattern = crate::schema::MAIL)))]
    pub to: Vec<String>,
    /// Who sends it.
    #[schemars(length(min = 3, max = 254), regex(pattern = crate::schema::MAIL))]
    pub from: String,
    /// The SMTP server, as host:port.
    #[schemars(length(min = 3, max = 262), regex(pattern = crate::schema::SERVER))]
    pub server: String,
    /// How the way there is kept secret. Absent: Implicit at port 465, elsewhere StartTls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<SmtpTls>,
    /// A Secret with `username` and `password`. Absent: without a login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LoginRef>,
}

/// A Secret with `username` and `password`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoginRef {
    /// The Secret's name.
    #[schemars(length(min = 1, max = 253))]
    #[schemars(extend("x-kubernetes-validations" = crate::schema::FEATURE_NAME.to_json()))]
    pub name: String,
}

/// How SMTP is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SmtpTls {
    /// TLS before the first word that matters; a server that has none is not used.
    StartTls,
    /// TLS from the first byte.
    Implicit,
    /// None: anybody on the way can read it. A login is never sent so.
    None,
}

/// A webhook whose address is the secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UrlReceiver {
    /// Where its address is.
    pub secret_ref: SecretRef,
}

/// A webhook. Each request is signed with the Secret's value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WebhookReceiver {
    /// Its address.
    #[schemars(length(min = 8, max = 1024), regex(pattern = crate::schema::URL))]
    pub url: String,
    /// The key of the signature (HMAC-SHA256); the Secret's key is `key` unless another is named.
    pub secret_ref: SecretRef,
}

/// PagerDuty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PagerDutyReceiver {
    /// The integration's routing key; the Secret's key is `routingKey` unless another is named.
    pub secret_ref: SecretRef,
    /// Where the Events API is. Absent: https://events.pagerduty.com.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 8, max = 1024), regex(pattern = crate::schema::URL))]
    pub url: Option<String>,
}

/// An Alertmanager.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlertmanagerReceiver {
    /// Its address, without /api/v2.
    #[schemars(length(min = 8, max = 1024), regex(pattern = crate::schema::URL))]
    pub url: String,
    /// A bearer token; the Secret's key is `token` unless another is named. Absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<SecretRef>,
}

/// A Kubernetes Event; there is nothing to say about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventReceiver {}

// === impl Receiver ===

impl Receiver {
    /// The fields' names.
    pub const KINDS: [&str; 7] =
        ["email", "slack", "teams", "webhook", "pagerDuty", "alertmanager", "kubernetesEvent"];
}

// === impl SecretRef ===

impl SecretRef {
    /// The key in the Secret, where the manifest names none.
    pub fn key<'a>(&'a self, usual: &'a str) -> &'a str {
        self.key.as_deref().unwrap_or(usual)
    }
}
