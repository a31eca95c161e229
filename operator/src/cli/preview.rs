//! `tollgate preview`.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    path::PathBuf,
};

use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;
use tollgate_crds::{Manifest, manifests};

use crate::{
    database::Database,
    preview::{FlagPreview, OpenNow, sentences},
};

/// Say what flags would have done over the last 24 hours, from the ledger
///
/// For pull requests: reads manifests and changes nothing. The same words as `kubectl apply --dry-run=server` gives as
/// warnings, without a cluster: a ClusterFeatureFlag is taken to hold in every namespace.
#[derive(Debug, Args)]
pub(super) struct Preview {
    /// Manifests, as YAML or JSON; - is standard input
    #[arg(short = 'f', long = "file", value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// postgres://USER:PASSWORD@HOST:PORT/DATABASE
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,

    /// The cluster that the flags are for; without it, all that the ledger has
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,

    /// The namespace of flags that name none; without it, all
    #[arg(short = 'n', long, value_name = "NAME")]
    namespace: Option<String>,

    /// The installation keeps users as hashes (attribution.users: Hashed)
    #[arg(long)]
    hashed_users: bool,
}

// === impl Preview ===

impl Preview {
    pub(super) async fn run(self) -> Result<()> {
        let Self { files, database_url, cluster, namespace, hashed_users } = self;
        let database = Database::new(&database_url, None).context("--database-url")?;
        let mut seen = BTreeSet::new();
        let mut out = std::io::stdout().lock();
        for file in files {
            let text = read(&file)?;
            let manifests = manifests::read(&text).with_context(|| format!("{}", file.display()))?;
            for manifest in manifests {
                let (name, mut preview) = asked(manifest, namespace.as_deref());
                if !seen.insert(name.clone()) {
                    anyhow::bail!("{}: {name} stands in another file, too", file.display());
                }
                preview.cluster.clone_from(&cluster);
                preview.hashed_users = hashed_users;
                let told = preview.ask(database.pool(), Timestamp::now()).await;
                let told = told.with_context(|| format!("{name}: the ledger cannot be asked"))?;
                for sentence in sentences(&told, OpenNow::default()) {
                    writeln!(out, "{name}: {sentence}")?;
                }
            }
        }
        Ok(())
    }
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
