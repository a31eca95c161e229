//! `tollgate alert test`.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use kube::{
    Api, Client, Config,
    api::{Patch, PatchParams},
    core::{ApiResource, DynamicObject},
};
use serde_json::{Value, json};
use tollgate_crds::{ClusterUsageAlert, UsageAlert};

use crate::alerting::{TEST, TESTED};

/// Send a trial message to each receiver of an alert, and say what became of it
///
/// The operator sends it, by the way that real messages go. Needs the right to patch the alert; what came of it stays in
/// its condition Tested. The exit code is 1 where a receiver did not take it.
#[derive(Debug, Args)]
pub(super) struct Trial {
    /// The alert's name
    name: String,

    /// The alert's namespace [default: the kubeconfig's]
    #[arg(long, short, value_name = "NAME")]
    namespace: Option<String>,

    /// It is a ClusterUsageAlert
    #[arg(long, conflicts_with = "namespace")]
    cluster: bool,

    /// How long to wait, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    wait: u64,
}

const LOOK: Duration = Duration::from_millis(300);

// === impl Trial ===

impl Trial {
    pub(super) async fn run(self) -> Result<()> {
        let Self { name, namespace, cluster, wait } = self;
        let config = Config::infer().await.context("no cluster is configured")?;
        let namespace = namespace.unwrap_or_else(|| config.default_namespace.clone());
        let client = Client::try_from(config).context("no cluster is configured")?;
        let api: Api<DynamicObject> = match cluster {
            true => Api::all_with(client, &ApiResource::erase::<ClusterUsageAlert>(&())),
            false => Api::namespaced_with(client, &namespace, &ApiResource::erase::<UsageAlert>(&())),
        };
        let asked = Timestamp::now().to_string();
        let note = json!({"metadata": {"annotations": {TEST: asked}}});
        api.patch(&name, &PatchParams::default(), &Patch::Merge(&note))
            .await
            .context("the alert cannot be asked")?;
        let until = Instant::now() + Duration::from_secs(wait);
        loop {
            let alert = api.get(&name).await.context("the alert cannot be read")?;
            if let Some((well, words)) = outcome(&alert.data, &asked) {
                for line in words.split("; ") {
                    println!("{line}");
                }
                if !well {
                    bail!("not every receiver has taken the trial");
                }
                return Ok(());
            }
            if Instant::now() >= until {
                bail!(
                    "no answer within {wait} s: is an operator running that leads and has a database? Its log and the alert's \
                     condition Evaluated say more"
                );
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Whether all took it, and what each said.
fn outcome(alert: &Value, asked: &str) -> Option<(bool, String)> {
    let conditions = alert["status"]["conditions"].as_array()?;
    let tested = conditions.iter().find(|condition| condition["type"] == TESTED)?;
    let words = tested["message"].as_str()?.strip_prefix(asked)?.strip_prefix(": ")?;
    Some((tested["status"] == "True", words.to_owned()))
}
