//! `tollgate preview`.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    path::PathBuf,
};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::Value;
use tollgate_alerts::plan::{self, Plan};
use tollgate_crds::{
    API_VERSION, Manifest,
    manifests::{self, Place},
};

use super::arguments::{connect_options, reached};
use crate::{
    database::Database,
    preview::{AlertPreview, FlagPreview, OpenNow, alert_sentences, sentences},
};

/// Say what flags and alerts would have done over the last 24 hours, from the ledger
///
/// For pull requests: reads manifests and changes nothing. The same words as `kubectl apply --dry-run=server` gives as
/// warnings, without a cluster: a ClusterFeatureFlag or ClusterUsageAlert is taken to hold in every namespace.
#[derive(Debug, Args)]
pub(super) struct Preview {
    /// Manifests, as YAML or JSON; - is standard input
    #[arg(short = 'f', long = "file", value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// postgres://USER:PASSWORD@HOST:PORT/DATABASE
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,

    /// The cluster that they are for; without it, flags are asked of all that the ledger has, alerts of `default`
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,

    /// The namespace of flags and alerts that name none; without it, all
    #[arg(short = 'n', long, value_name = "NAME")]
    namespace: Option<String>,

    /// The installation keeps users as hashes (attribution.users: Hashed)
    #[arg(long)]
    hashed_users: bool,
}

/// As the chart's value `cluster` has it.
const USUAL_CLUSTER: &str = "default";

// === impl Preview ===

impl Preview {
    pub(super) async fn run(self) -> Result<()> {
        let Self { files, database_url, cluster, namespace, hashed_users } = self;
        let database = Database::new(&database_url, None).context("--database-url")?;
        reached(&connect_options(&database_url, "tollgate-preview")?)
            .await
            .context("cannot connect to the database")?;
        let mut seen = BTreeSet::new();
        let mut out = std::io::stdout().lock();
        for file in files {
            let place = || format!("{}", file.display());
            let objects =
                manifests::documents(&read(&file)?).and_then(manifests::objects).with_context(place)?;
            let (alerts, flags) = told_apart(objects).with_context(place)?;
            for manifest in manifests::of(flags).with_context(place)? {
                let (name, mut preview) = asked(manifest, namespace.as_deref());
                if !seen.insert(name.clone()) {
                    bail!("{}: {name} stands in another file, too", file.display());
                }
                preview.cluster.clone_from(&cluster);
                preview.hashed_users = hashed_users;
                let told = preview.ask(database.pool(), Timestamp::now()).await;
                let told = told.with_context(|| format!("{name}: the ledger cannot be asked"))?;
                for sentence in sentences(&told, OpenNow::default()) {
                    writeln!(out, "{name}: {sentence}")?;
                }
            }
            for (kind, mut plan) in alerts {
                if kind == "UsageAlert" && plan.namespace.is_none() {
                    plan.namespace.clone_from(&namespace);
                }
                let whose =
                    plan.namespace.as_ref().map(|namespace| format!("{namespace}/")).unwrap_or_default();
                let name = format!("{kind} {whose}{}", plan.name);
                if !seen.insert(name.clone()) {
                    bail!("{}: {name} stands there twice", file.display());
                }
                let preview = AlertPreview::new(&plan, cluster.as_deref().unwrap_or(USUAL_CLUSTER), None);
                let told = preview.ask(database.pool(), Timestamp::now()).await;
                let told = told.with_context(|| format!("{name}: the ledger cannot be asked"))?;
                for sentence in alert_sentences(&told) {
                    writeln!(out, "{name}: {sentence}")?;
                }
            }
        }
        Ok(())
    }
}

type Alerts = Vec<(String, Plan)>;

/// Alerts, and the rest: flags, which are read where they are.
fn told_apart(objects: Vec<(Place, Value)>) -> Result<(Alerts, Vec<(Place, Value)>)> {
    let (mut alerts, mut flags) = (Vec::new(), Vec::new());
    for (place, object) in objects {
        let kind = object["kind"].as_str().unwrap_or_default().to_owned();
        match kind.as_str() {
            "UsageAlert" | "ClusterUsageAlert" => {
                let plan = plan::of(object).map_err(|problem| anyhow!("{place}: {problem}"))?;
                alerts.push((kind, plan));
            }
            "FeatureFlag" | "ClusterFeatureFlag" => flags.push((place, object)),
            _ => bail!(
                "{place}: kind: expected FeatureFlag, ClusterFeatureFlag, UsageAlert or ClusterUsageAlert of {API_VERSION}"
            ),
        }
    }
    Ok((alerts, flags))
}

fn read(file: &PathBuf) -> Result<String> {
    if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("standard input")?;
        return Ok(text);
    }
    std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))
}

/// A flag's name for people, and what is to be asked about it.
fn asked(manifest: Manifest, namespace: Option<&str>) -> (String, FlagPreview) {
    let (name, feature, spec, namespaces) = match manifest {
        Manifest::FeatureFlag(flag) => {
            let namespace = flag.metadata.namespace.as_deref().or(namespace).map(str::to_owned);
            let name = flag.metadata.name.clone().unwrap_or_default();
            let name = match &namespace {
                Some(namespace) => format!("FeatureFlag {namespace}/{name}"),
                None => format!("FeatureFlag {name}"),
            };
            (name, flag.feature().to_owned(), flag.spec, namespace.map(|namespace| vec![namespace]))
        }
        Manifest::ClusterFeatureFlag(flag) => {
            let name = format!("ClusterFeatureFlag {}", flag.metadata.name.as_deref().unwrap_or_default());
            (name, flag.feature().to_owned(), flag.spec.into_namespaced(), None)
        }
    };
    (name, FlagPreview { feature, spec, cluster: None, namespaces, hashed_users: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<(Alerts, usize)> {
        let objects = manifests::documents(text).and_then(manifests::objects)?;
        let (alerts, flags) = told_apart(objects)?;
        Ok((alerts, manifests::of(flags)?.len()))
    }

    const LIST: &str = "
apiVersion: v1
kind: List
items:
- apiVersion: tollgate.dev/v1alpha1
  kind: FeatureFlag
  metadata: {name: chat, namespace: shop}
  spec: {enabled: false}
- apiVersion: tollgate.dev/v1alpha1
  kind: UsageAlert
  metadata: {name: daily, namespace: shop}
  spec: {window: {rolling: 1h}, limit: {metric: Cost, amount: \"1\"}, thresholds: [{above: 80%}]}
";

    #[test]
    fn flags_and_alerts_may_stand_in_one_list_as_kubectl_gives_them() {
        let (alerts, flags) = of(LIST).unwrap();
        assert_eq!((alerts.len(), flags), (1, 1));
        assert_eq!(alerts[0].1.name, "daily");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place_and_all_that_may_stand_there() {
        let wrong = of(&LIST.replace("above: 80%", "abov: 80%")).unwrap_err().to_string();
        assert!(wrong.starts_with("document 1, item 2 (UsageAlert \"daily\"): "), "{wrong}");
        let other = of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n").unwrap_err().to_string();
        assert!(
            other.contains("(ConfigMap \"x\")") && other.contains("UsageAlert or ClusterUsageAlert"),
            "{other}"
        );
    }
}
