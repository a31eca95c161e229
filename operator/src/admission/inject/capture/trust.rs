//! Each runtime is told of the certificates that the sidecar makes for its pod.
//!
//! A variable that replaces a runtime's roots gets the system's and ours, one that adds gets ours alone. What a container sets
//! itself is its own. A variable of ours would win over one from `envFrom`, which is not known here: such containers get none.

use k8s_openapi::api::core::v1::{Container, EnvVar, VolumeMount};

use super::{
    super::{LeftOut, volumes::TRUST},
    Variables, environment, has_env_from, variable,
};

/// Where the sidecar writes them, and apps read them.
pub(in super::super) const FOLDER: &str = "/var/run/tollgate/trust";

const BUNDLE: &str = "/var/run/tollgate/trust/bundle.pem";
const OURS: &str = "/var/run/tollgate/trust/ca.pem";
/// No secret: Java asks for some password even where nothing is kept secret.
const JAVA: &str = "-Djavax.net.ssl.trustStore=/var/run/tollgate/trust/truststore.jks -Djavax.net.ssl.trustStorePassword=changeit";

/// A variable, its value, and others that say the same: a container that sets one of these has roots of its own.
const VARIABLES: [(&str, &str, &[&str]); 6] = [
    ("SSL_CERT_FILE", BUNDLE, &["SSL_CERT_DIR"]),
    ("REQUESTS_CA_BUNDLE", BUNDLE, &["CURL_CA_BUNDLE"]),
    ("CURL_CA_BUNDLE", BUNDLE, &["REQUESTS_CA_BUNDLE"]),
    ("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", BUNDLE, &[]),
    ("NODE_EXTRA_CA_CERTS", OURS, &[]),
    ("JAVA_TOOL_OPTIONS", JAVA, &[]),
];

pub(super) fn variables(container: &Container) -> Variables {
    if has_env_from(container) {
        return Variables { left_out: vec![LeftOut::TrustFromEnvFrom], ..Variables::default() };
    }
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
    variables
}

fn is_ours(there: &EnvVar) -> bool {
    let own = VARIABLES.iter().find(|(name, ..)| *name == there.name);
    own.is_some_and(|(_, value, _)| there.value.as_deref() == Some(*value))
}

pub(in super::super) fn mount(read_only: bool) -> VolumeMount {
    VolumeMount {
        name: TRUST.to_owned(),
        mount_path: FOLDER.to_owned(),
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
        .any(|mount| mount.mount_path.trim_end_matches('/') == FOLDER && mount.name != TRUST)
}
