//! What injection says of a pod, in code and in words.

use std::fmt;

use super::{CAPTURE, volumes::TRUST_PATH};
use crate::settings::Capture;

/// What becomes of a pod.
#[derive(Clone, Debug, PartialEq)]
pub enum Injection {
    /// Nobody asked for a sidecar: there is nothing to do, and nothing to say.
    NotAsked,
    /// The namespace asks, and this pod goes without.
    NotInjected(NotInjected),
    Injected(Plan),
}

/// How a pod gets its sidecar.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Empty where the pod has all of it already.
    pub patch: json_patch::Patch,
    /// The sidecar was there: another webhook has changed the pod since, or it was copied from one that had it.
    pub again: bool,
    /// What its owner should know.
    pub remarks: Vec<Remark>,
}

/// Why a pod of a labelled namespace has no sidecar. [`NotInjected::reason`] is a closed set: it labels a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotInjected {
    OptedOut,
    HostNetwork,
    MirrorPod,
    Windows,
    /// The pod has this of its own, under our name.
    NameTaken {
        what: &'static str,
        name: String,
    },
    /// A container listens where the sidecar must.
    PortTaken {
        container: String,
        port: i32,
    },
}

/// Something about an injected pod that is not as its owner may think.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    OptOutNotAllowed,
    /// The annotation `tollgate.dev/inject` has a value that means nothing.
    NotUnderstood {
        value: String,
    },
    FeatureInvalid {
        value: String,
    },
    /// The annotation `tollgate.dev/capture` has a value that means nothing.
    CaptureUnknown {
        found: String,
        taken: Capture,
    },
    /// The pod cannot have the way that was asked for; it got base URLs.
    CaptureUnavailable {
        asked: Capture,
        why: Hindered,
    },
    /// The pod itself says where a provider is.
    OwnAlias {
        host: String,
    },
    /// Calls of this container are not sent to the sidecar, or may be at its cost.
    NotCaptured {
        container: String,
        why: LeftOut,
    },
}

/// What is in the way of a way of capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindered {
    /// A container listens where the sidecar must.
    Port { container: String, port: i32 },
    /// A container has something else where the certificates must be.
    Folder { container: String },
    /// The pod keeps port 443 for the privileged.
    Sysctl { value: String },
}

/// Why a container's environment was left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It says itself where its calls go.
    OwnVariable(String),
    /// What `envFrom` brings is not known here, and a variable of ours would win over it.
    EnvFrom,
    /// It names the certificates that it trusts.
    OwnTrust(String),
    /// `envFrom` may name them, and ours went before that.
    TrustBeforeEnvFrom,
    /// `envFrom` may name a proxy.
    ProxyFromEnvFrom,
    /// It has a proxy of its own.
    OwnProxy(String),
    /// Its proxy is asked for the providers' hosts, which the hosts file leads here.
    ProxyAroundHosts(String),
    /// Its proxy would be asked for the sidecar's own address.
    ProxyBeforeSidecar(String),
}

/// Values that somebody else wrote are shown up to here.
const SHOWN: usize = 60;

// === impl NotInjected ===

impl NotInjected {
    /// In one word, as Events and metrics have it.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::OptedOut => "OptedOut",
            Self::HostNetwork => "HostNetwork",
            Self::MirrorPod => "MirrorPod",
            Self::Windows => "Windows",
            Self::NameTaken { .. } => "NameTaken",
            Self::PortTaken { .. } => "PortTaken",
        }
    }
}

impl fmt::Display for NotInjected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OptedOut => f.write_str(
                "its annotation tollgate.dev/inject is disabled, and its namespace allows that: its AI calls are not metered",
            ),
            Self::HostNetwork => f.write_str(
                "it has hostNetwork: true, where the sidecar's ports would be the node's: its AI calls are not metered",
            ),
            Self::MirrorPod => f.write_str(
                "it mirrors a static pod, which only the file on its node can change: its AI calls are not metered",
            ),
            Self::Windows => f.write_str(
                "it runs on Windows, and the sidecar is a Linux program: its AI calls are not metered",
            ),
            Self::NameTaken { what, name } => {
                write!(f, "it has a {what} named {name} of its own: give that another name")
            }
            Self::PortTaken { container, port } => write!(
                f,
                "its container {container} listens on port {port}, which the sidecar needs: move it to another port"
            ),
        }
    }
}

// === impl Remark ===

impl Remark {
    /// In one word, as Events and metrics have it.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::OptOutNotAllowed => "OptOutNotAllowed",
            Self::NotUnderstood { .. } => "AnnotationNotUnderstood",
            Self::FeatureInvalid { .. } => "FeatureInvalid",
            Self::CaptureUnknown { .. } => "CaptureUnknown",
            Self::CaptureUnavailable { .. } => "CaptureUnavailable",
            Self::OwnAlias { .. } => "OwnAlias",
            Self::NotCaptured { why: LeftOut::OwnTrust(_), .. } => "OwnTrust",
            Self::NotCaptured { why: LeftOut::TrustBeforeEnvFrom, .. } => "TrustBeforeEnvFrom",
            Self::NotCaptured { why: LeftOut::ProxyFromEnvFrom, .. } => "ProxyFromEnvFrom",
            Self::NotCaptured {
                why: LeftOut::OwnProxy(_) | LeftOut::ProxyAroundHosts(_) | LeftOut::ProxyBeforeSidecar(_),
                ..
            } => "OwnProxy",
            Self::NotCaptured { why: LeftOut::OwnVariable(_), .. } => "OwnBaseUrl",
            Self::NotCaptured { why: LeftOut::EnvFrom, .. } => "EnvFrom",
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OptOutNotAllowed => f.write_str(
                "tollgate.dev/inject: disabled was not obeyed: an admin must first annotate the namespace with \
                 tollgate.dev/opt-out: allowed",
            ),
            Self::NotUnderstood { value } => write!(
                f,
                "tollgate.dev/inject: expected enabled or disabled, found {:?}; the pod has its sidecar",
                shortened(value)
            ),
            Self::FeatureInvalid { value } => write!(
                f,
                "tollgate.dev/feature: expected a name like chat or writing-assistant, found {:?}; it was not taken",
                shortened(value)
            ),
            Self::CaptureUnknown { found, taken } => write!(
                f,
                "tollgate.dev/capture: expected hosts, base-url or proxy, found {:?}; {} was taken",
                shortened(found),
                taken.name()
            ),
            Self::CaptureUnavailable { asked, why } => {
                write!(f, "it cannot be captured by {}, and got base URLs: {why}", asked.name())
            }
            Self::OwnAlias { host } => write!(
                f,
                "its hostAliases say where {host} is: calls go there, past the sidecar. To meter them, take that out"
            ),
            Self::NotCaptured { container, why: LeftOut::OwnTrust(variable) } => write!(
                f,
                "container {container} sets {variable} itself: clients that read it do not trust the sidecar, and pass it \
                 unmetered. To meter them, take it out, or add {TRUST_PATH}/ca.pem to what it names"
            ),
            Self::NotCaptured { container, why: LeftOut::TrustBeforeEnvFrom } => write!(
                f,
                "container {container} has envFrom, which may say whom it trusts: SSL_CERT_FILE, REQUESTS_CA_BUNDLE, \
                 CURL_CA_BUNDLE, GRPC_DEFAULT_SSL_ROOTS_FILE_PATH and NODE_EXTRA_CA_CERTS of ours (the public roots, \
                 extraCAs and the sidecar's) go before what it brings. If it brings one, set that under env: it then stays"
            ),
            Self::NotCaptured { container, why: LeftOut::ProxyFromEnvFrom } => write!(
                f,
                "container {container} has envFrom, which may name a proxy: it got none, and its calls are not metered. To \
                 meter them, set HTTPS_PROXY={} under env, or annotate the pod with {CAPTURE}: hosts",
                super::capture::PROXY_URL
            ),
            Self::NotCaptured { container, why: LeftOut::OwnProxy(variable) } => write!(
                f,
                "container {container} sets {variable} itself: its calls go there, past the sidecar. To meter them, take it out"
            ),
            Self::NotCaptured { container, why: LeftOut::ProxyAroundHosts(variable) } => write!(
                f,
                "container {container} sets {variable} itself: its calls go through that proxy, past the sidecar. To meter them, \
                 add the providers' hosts to its NO_PROXY: openai.com,anthropic.com,googleapis.com,x.ai,openrouter.ai"
            ),
            Self::NotCaptured { container, why: LeftOut::ProxyBeforeSidecar(variable) } => write!(
                f,
                "container {container} sets {variable} itself, and no NO_PROXY that names 127.0.0.1: it got no base URLs, for \
                 its calls to the sidecar would go through that proxy. To meter it, add 127.0.0.1 to its NO_PROXY"
            ),
            Self::NotCaptured { container, why: LeftOut::OwnVariable(variable) } => write!(
                f,
                "container {container} sets {variable} itself: its calls go there, past the sidecar. To meter them, take it out"
            ),
            Self::NotCaptured { container, why: LeftOut::EnvFrom } => write!(
                f,
                "container {container} has envFrom, which may say where its calls go: it got no base URLs. To meter it, \
                 set them yourself: OPENAI_BASE_URL={}",
                super::capture::OPENAI_URL
            ),
        }
    }
}

// === impl Hindered ===

impl fmt::Display for Hindered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port { container, port } => {
                write!(f, "its container {container} listens on port {port}, which the sidecar needs")
            }
            Self::Folder { container } => write!(f, "its container {container} mounts {TRUST_PATH} itself"),
            Self::Sysctl { value } => {
                write!(
                    f,
                    "its sysctl net.ipv4.ip_unprivileged_port_start is {:?}, above 443",
                    shortened(value)
                )
            }
        }
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
