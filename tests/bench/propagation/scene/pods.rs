//! Pods that say they run and have a sidecar, each with a token as the kubelet would project it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use serde_json::json;
use tokio::task::JoinSet;
use tollgate_tests::harness::{control_plane::Cluster, interrupt};

/// Made at a time.
const AT_ONCE: usize = 16;

pub(super) async fn make(
    cluster: &Cluster,
    namespace: &'static str,
    count: usize,
    folder: &Path,
) -> Result<()> {
    fs::create_dir_all(folder.join("tokens"))?;
    let folder: Arc<Path> = folder.into();
    let mut makers = JoinSet::new();
    for maker in 0..AT_ONCE {
        let (cluster, folder) = (cluster.clone(), Arc::clone(&folder));
        makers.spawn(async move {
            for pod in (maker..count).step_by(AT_ONCE) {
                interrupt::check()?;
                one(&cluster, namespace, pod, &folder).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(made) = makers.join_next().await {
        made.context("pods could not be made")??;
    }
    Ok(())
}

pub(super) fn token_file(folder: &Path, pod: usize) -> PathBuf {
    folder.join("tokens").join(pod.to_string())
}

async fn one(cluster: &Cluster, namespace: &str, pod: usize, folder: &Path) -> Result<()> {
    let marked = json!({"metadata": {"annotations": {"tollgate.dev/injected": "tollgate"}}});
    let made = cluster.pod(namespace, &format!("web-{pod}"), marked).await?;
    fs::write(token_file(folder, pod), cluster.token(&made, "tollgate").await?)?;
    Ok(())
}
