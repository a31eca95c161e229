//! Each runtime is told of the certificates that the sidecar makes for its pod.
//!
//! A variable that replaces a runtime's roots gets the system's and ours, one that adds gets ours alone. What a container sets
//! itself is its own. What `envFrom` brings is not known here, and a variable of ours goes before it: the container is
//! named, for it may bring one (docs/decisions/0023-trust-beside-env-from.md).

use k8s_openapi::api::core::v1::{Container, EnvVar, VolumeMount};

use super::{
    super::{
        LeftOut,
        volumes::{TRUST, TRUST_PATH},
    },
    Variables, environment, may_bring, variable,
};

const BUNDLE: &str = "/var/run/tollgate/trust/bundle.pem";
const OURS: &str = "/var/run/tollgate/trust/ca.pem";
/// No secret: Java asks for some password even where nothing is kept secret.
pub(super) const JAVA: &str = "-Djavax.net.ssl.trustStore=/var/run/tollgate/trust/truststore.jks -Djavax.net.ssl.trustStorePassword=changeit";
/// Read by every JVM, and where apps say how much memory they want: seldom free.
const JAVA_OPTIONS: &str = "JAVA_TOOL_OPTIONS";
/// Read besides, by `java` of 9 and newer.
const MORE_JAVA_OPTIONS: &str = "JDK_JAVA_OPTIONS";
/// Options with this word in them say whom to trust.
const TRUST_STORE: &str = "javax.net.ssl.trustStore";

/// A variable, its value, and others that say the same: a container that sets one of these has roots of its own.
const VARIABLES: [(&str, &str, &[&str]); 5] = [
    ("SSL_CERT_FILE", BUNDLE, &["SSL_CERT_DIR"]),
    ("REQUESTS_CA_BUNDLE", BUNDLE, &["CURL_CA_BUNDLE"]),
    ("CURL_CA_BUNDLE", BUNDLE, &["REQUESTS_CA_BUNDLE"]),
    ("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", BUNDLE, &[]),
    ("NODE_EXTRA_CA_CERTS", OURS, &[]),
];

/// `java`: what a JVM is told, which begins with [`JAVA`].
pub(super) fn variables(container: &Container, java: &str) -> Variables {
    let mut variables = Variables::default();
    for (name, value, others) in VARIABLES {
        let says = |there: &&EnvVar| {
            there.name == name || (others.contains(&there.name.as_str()) && !is_ours(there))
        };
        match environment(container).find(says) {
            None => variables.add.push(variable(name, value)),
            Some(there) if is_ours(there) => {}
            Some(there) if there.name == name => {
                variables.left_out.push(LeftOut::OwnTrust(name.to_owned()));
            }
            // Named by its own line, or, where it has none, by this one.
            Some(there) if VARIABLES.iter().any(|(known, ..)| *known == there.name) => {}
            Some(there) => variables.left_out.push(LeftOut::OwnTrust(there.name.clone())),
        }
    }
    match of_java(container, java) {
        Java::Told => {}
        Java::Tell(name) => variables.add.push(variable(name, java)),
        Java::Own(name) => variables.left_out.push(LeftOut::OwnTrust(name.to_owned())),
    }
    if may_bring_trust(container) {
        variables.left_out.push(LeftOut::TrustBeforeEnvFrom);
    }
    variables
}

enum Java {
    Told,
    /// By this variable.
    Tell(&'static str),
    /// It says by this one whom it trusts, or may.
    Own(&'static str),
}

fn of_java(container: &Container, ours: &str) -> Java {
    let of = |name| environment(container).find(|there| there.name == name);
    let (first, more) = (of(JAVA_OPTIONS), of(MORE_JAVA_OPTIONS));
    if [first, more].into_iter().flatten().any(|there| there.value.as_deref() == Some(ours)) {
        return Java::Told;
    }
    // A value that stands elsewhere may say anything.
    let may_say = |there: &EnvVar| {
        there.value_from.is_some() || there.value.as_deref().unwrap_or_default().contains(TRUST_STORE)
    };
    match (first, more) {
        (Some(there), _) if may_say(there) => Java::Own(JAVA_OPTIONS),
        (_, Some(there)) if may_say(there) => Java::Own(MORE_JAVA_OPTIONS),
        (None, _) if !may_bring(container, JAVA_OPTIONS) => Java::Tell(JAVA_OPTIONS),
        (_, None) => Java::Tell(MORE_JAVA_OPTIONS),
        (Some(_), Some(_)) => Java::Own(JAVA_OPTIONS),
        (None, Some(_)) => Java::Own(MORE_JAVA_OPTIONS),
    }
}

/// Whether `envFrom` may say whom the container trusts, where ours now does.
fn may_bring_trust(container: &Container) -> bool {
    VARIABLES.iter().any(|(name, ..)| may_bring(container, name))
}

fn is_ours(there: &EnvVar) -> bool {
    let own = VARIABLES.iter().find(|(name, ..)| *name == there.name);
    own.is_some_and(|(_, value, _)| there.value.as_deref() == Some(*value))
}

pub(in super::super) fn mount(read_only: bool) -> VolumeMount {
    VolumeMount {
        name: TRUST.to_owned(),
        mount_path: TRUST_PATH.to_owned(),
        read_only: read_only.then_some(true),
        ..VolumeMount::default()
    }
}

pub(super) fn is_mounted(container: &Container) -> bool {
    container.volume_mounts.iter().flatten().any(|mount| mount.name == TRUST)
}

/// Whether the container has something else there. Two of one path, and the apiserver would refuse the pod.
pub(super) fn is_covered(container: &Container) -> bool {
    container
        .volume_mounts
        .iter()
        .flatten()
        .any(|mount| mount.mount_path.trim_end_matches('/') == TRUST_PATH && mount.name != TRUST)
}
