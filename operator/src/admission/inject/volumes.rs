//! The sidecar's volumes. Rows and token are nobody else's; certificates to trust are for all to read.

use k8s_openapi::{
    api::core::v1::{
        ConfigMapVolumeSource, EmptyDirVolumeSource, PodSpec, ProjectedVolumeSource,
        ServiceAccountTokenProjection, Volume, VolumeMount, VolumeProjection,
    },
    apimachinery::pkg::api::resource::Quantity,
};
use serde_json::json;
use tollgate_crds::stream;

use super::patch::Operations;
use crate::settings::{Capture, Settings};

/// Rows that wait, the last known state.
pub(super) const SPOOL: &str = "tollgate-spool";
const TOKEN: &str = "tollgate-token";
const STATE: &str = "tollgate-state";
/// Certificates that apps are to trust, no keys: the one volume that other containers mount, to read.
pub(super) const TRUST: &str = "tollgate-trust";

pub(super) const SPOOL_PATH: &str = "/var/lib/tollgate";
const TOKEN_PATH: &str = "/var/run/secrets/tollgate";
pub(super) const STATE_PATH: &str = "/etc/tollgate/state";
/// Where the sidecar writes the certificates, and apps read them.
pub(super) const TRUST_PATH: &str = "/var/run/tollgate/trust";
/// The system's roots twice, a quarter of a MiB each, and twice again while they are replaced.
const TRUST_SIZE: &str = "8Mi";
/// The kubelet renews the token at four fifths of this.
const TOKEN_SECONDS: i64 = 3_600;

/// The token's file.
pub(super) const TOKEN_FILE: &str = "/var/run/secrets/tollgate/token";

pub(super) fn is_ours(name: &str) -> bool {
    [SPOOL, TOKEN, STATE, TRUST].contains(&name)
}

pub(super) fn put(patch: &mut Operations, spec: &PodSpec, settings: &Settings, mode: Capture) {
    let has = |volume: &Volume| spec.volumes.iter().flatten().any(|there| there.name == volume.name);
    let missing = volumes(settings, mode)
        .into_iter()
        .filter(|volume| !has(volume))
        .map(|volume| json!(volume))
        .collect();
    patch.append(&["spec".into(), "volumes".into()], spec.volumes.is_some(), missing);
}

pub(super) fn mounts(mode: Capture) -> Vec<VolumeMount> {
    let mount = |name: &str, path: &str, read_only: bool| VolumeMount {
        name: name.to_owned(),
        mount_path: path.to_owned(),
        read_only: read_only.then_some(true),
        ..Default::default()
    };
    let mut mounts =
        vec![mount(SPOOL, SPOOL_PATH, false), mount(TOKEN, TOKEN_PATH, true), mount(STATE, STATE_PATH, true)];
    if mode.ends_tls() {
        mounts.push(mount(TRUST, TRUST_PATH, false));
    }
    mounts
}

fn volumes(settings: &Settings, mode: Capture) -> Vec<Volume> {
    let spool = Volume {
        name: SPOOL.to_owned(),
        empty_dir: Some(EmptyDirVolumeSource {
            size_limit: Some(Quantity(settings.sidecar.spool_size_limit.clone())),
            ..Default::default()
        }),
        ..Default::default()
    };
    let token = ServiceAccountTokenProjection {
        audience: Some(stream::AUDIENCE.to_owned()),
        expiration_seconds: Some(TOKEN_SECONDS),
        path: "token".to_owned(),
    };
    let token = Volume {
        name: TOKEN.to_owned(),
        projected: Some(ProjectedVolumeSource {
            sources: Some(vec![VolumeProjection {
                service_account_token: Some(token),
                ..Default::default()
            }]),
            ..Default::default()
        }),
        ..Default::default()
    };
    // Optional: a namespace that was labelled a moment ago does not have it yet.
    let state = Volume {
        name: STATE.to_owned(),
        config_map: Some(ConfigMapVolumeSource {
            name: stream::CONFIG_MAP.to_owned(),
            optional: Some(true),
            ..Default::default()
        }),
        ..Default::default()
    };
    let trust = Volume {
        name: TRUST.to_owned(),
        empty_dir: Some(EmptyDirVolumeSource {
            size_limit: Some(Quantity(TRUST_SIZE.to_owned())),
            ..Default::default()
        }),
        ..Default::default()
    };
    let mut volumes = vec![spool, token, state];
    volumes.extend(mode.ends_tls().then_some(trust));
    volumes
}
