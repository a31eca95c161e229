//! `tollgate fingerprints`.

use anyhow::{Context, Result};
use clap::Args;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::PgPool;

use super::{
    arguments::{Output, connect_options, connected, parse_time},
    table,
};
use crate::fingerprints::list::{self, Filter, Unnamed};

/// Which groups make up what calls without a feature cost, and a manifest to name each
#[derive(Debug, Args)]
pub(super) struct Fingerprints {
    /// postgres://USER:PASSWORD@HOST:PORT/DATABASE, of somebody who may read provider_usage_logs and fingerprint_groups
    #[arg(long, value_name = "URL", env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,

    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,

    #[arg(long, short, value_name = "NAME")]
    namespace: Option<String>,

    /// From then on, such as 2027-01-31 or 2027-01-31T12:00:00Z [default: the last seven days]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    since: Option<Timestamp>,

    #[arg(long, short, value_name = "FORMAT", default_value = "text")]
    output: Output,

    /// Print nothing but the manifests, for a file
    #[arg(long)]
    manifests: bool,
}

const SINCE: SignedDuration = SignedDuration::from_hours(7 * 24);

// === impl Fingerprints ===

impl Fingerprints {
    pub(super) async fn run(self) -> Result<()> {
        let Self { database_url, cluster, namespace, since, output, manifests } = self;
        let pool = connect(&database_url).await?;
        let since = match since {
            Some(since) => since,
            None => Timestamp::now().checked_sub(SINCE)?,
        };
        let filter = Filter { cluster, namespace, since, until: None };
        let unnamed = list::unnamed(&pool, &filter).await.context("the ledger cannot be read")?;
        if manifests {
            unnamed.iter().filter_map(manifest).for_each(|manifest| print!("---\n{manifest}"));
            return Ok(());
        }
        match output {
            Output::Json => unnamed.iter().for_each(|group| println!("{}", object(group))),
            Output::Text => print!("{}", text(&unnamed)),
        }
        Ok(())
    }
}

async fn connect(database_url: &str) -> Result<PgPool> {
    let options = connect_options(database_url, "tollgate-fingerprints")?;
    connected(options, 1).await.context("cannot connect to the database")
}

pub(crate) fn object(group: &Unnamed) -> Value {
    let mut object = json!(group);
    object["manifest"] = json!(group.manifest());
    object
}

/// With a line of what it is about.
fn manifest(group: &Unnamed) -> Option<String> {
    let Unnamed { share, calls, workloads, models, .. } = group;
    let (of, to) = (workloads.join(", "), models.join(", "));
    let manifest = group.manifest()?;
    Some(format!(
        "# {share} % of what calls without a feature cost: {calls} calls of {of} to {to}\n{manifest}"
    ))
}

const HEADINGS: [&str; 11] = [
    "GROUP",
    "NAMESPACE",
    "SHARE",
    "COST",
    "ESTIMATED",
    "CALLS",
    "REFUSED",
    "UNPRICED",
    "WORKLOAD",
    "MODEL",
    "FIRST SEEN",
];

pub(crate) fn text(unnamed: &[Unnamed]) -> String {
    if unnamed.is_empty() {
        return "Every call named its feature, or a flag did.\n".to_owned();
    }
    let rows: Vec<Vec<String>> = unnamed.iter().map(row).collect();
    let mut text = table::text(&HEADINGS, &rows, HEADINGS.len(), 2);
    text.push_str("\nTo name a group, give the flag the feature's name and apply it (--manifests prints these alone):\n");
    for manifest in unnamed.iter().filter_map(manifest) {
        text.push_str("---\n");
        text.push_str(&manifest);
    }
    text
}

fn row(group: &Unnamed) -> Vec<String> {
    let Unnamed { namespace, fingerprint, share, cost, estimated_cost, calls, .. } = group;
    let Unnamed { refused_calls, unpriced_calls, workloads, models, first_seen, .. } = group;
    let first = |names: &[String]| match names {
        [] => "-".to_owned(),
        [one] => one.clone(),
        [one, others @ ..] => format!("{one} +{}", others.len()),
    };
    vec![
        fingerprint.clone().unwrap_or_else(|| "(none yet)".to_owned()),
        namespace.clone(),
        format!("{share} %"),
        format!("${cost}"),
        format!("${estimated_cost}"),
        calls.to_string(),
        refused_calls.to_string(),
        unpriced_calls.to_string(),
        first(workloads),
        first(models),
        first_seen.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group() -> Unnamed {
        Unnamed {
            cluster: "default".to_owned(),
            namespace: "shop".to_owned(),
            fingerprint: Some("fp-3f61c09b2ad4".to_owned()),
            share: "61.3".to_owned(),
            cost: "12.5".to_owned(),
            estimated_cost: "0.25".to_owned(),
            calls: 812,
            refused_calls: 4,
            unpriced_calls: 37,
            workloads: vec!["web".to_owned(), "jobs".to_owned()],
            models: vec!["gpt-5-mini".to_owned()],
            first_seen: "2026-11-28T10:00:00Z".to_owned(),
            last_seen: "2026-11-28T12:00:00Z".to_owned(),
        }
    }

    #[test]
    fn the_manifest_of_a_group_is_a_flag_that_is_right() {
        let manifest = manifest(&group()).unwrap();
        let flags = tollgate_crds::manifests::read(&manifest).unwrap();
        let [tollgate_crds::Manifest::FeatureFlag(flag)] = &flags[..] else { panic!("{flags:?}") };
        assert_eq!(flag.spec.matches[0].fingerprint.as_deref(), Some(&["fp-3f61c09b2ad4".to_owned()][..]));
        assert_eq!(flag.metadata.name.as_deref(), Some("web-3f61"));
    }

    #[test]
    fn a_namespace_that_looks_like_a_number_and_a_workload_that_is_no_name_make_a_flag_that_is_right() {
        for namespace in ["2026", "on"] {
            let odd = Unnamed {
                namespace: namespace.to_owned(),
                workloads: vec!["My: App #1".to_owned()],
                ..group()
            };
            let flags = tollgate_crds::manifests::read(&manifest(&odd).unwrap()).unwrap();
            let [tollgate_crds::Manifest::FeatureFlag(flag)] = &flags[..] else { panic!("{flags:?}") };
            assert_eq!(flag.metadata.namespace.as_deref(), Some(namespace));
            assert_eq!(flag.metadata.name.as_deref(), Some("feature-3f61"));
        }
    }

    #[test]
    fn the_table_says_what_share_is_whose() {
        let rest = Unnamed { fingerprint: None, share: "38.7".to_owned(), ..group() };
        let text = text(&[group(), rest]);
        assert!(
            text.contains("fp-3f61c09b2ad4  shop       61.3 %  $12.5  $0.25      812    4        37        web +1    gpt-5-mini  2026-"),
            "{text}"
        );
        assert!(text.contains("(none yet)       shop       38.7 %"), "{text}");
        assert_eq!(text.matches("kind: FeatureFlag").count(), 1);
    }
}
