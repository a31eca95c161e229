//! What could come next: scripts for shells, and what kubectl's own completion asks of a plugin.

use std::io;

use anyhow::{Context, Result};
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use kube::{
    Api,
    api::{ApiResource, DynamicObject, ListParams},
};
use tollgate_crds::FeatureFlag;

use super::{Cli, access::Access};

/// Print a completion script for a shell
///
/// It completes `kubectl-tollgate …`. For `kubectl tollgate …` kubectl asks a program of the name
/// kubectl_complete-tollgate, which is two lines: see docs/kubectl.md.
#[derive(Debug, Args)]
pub(super) struct Completion {
    shell: Shell,
}

/// What kubectl's completion asks: candidates, a line each, then a directive.
#[derive(Debug, Args)]
pub(super) struct Complete {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

/// Cobra's directive: these are all, no files.
const NO_FILES: &str = ":4";

// === impl Completion ===

impl Completion {
    pub(super) fn run(self) -> Result<()> {
        generate(self.shell, &mut Cli::command(), "kubectl-tollgate", &mut io::stdout());
        Ok(())
    }
}

// === impl Complete ===

impl Complete {
    pub(super) async fn run(self, access: &Access) -> Result<()> {
        let mut candidates = candidates(&self.words);
        if let [switch, .., word] = &self.words[..]
            && ["on", "off"].contains(&switch.as_str())
            && !word.starts_with('-')
        {
            // without a cluster there is nothing to offer
            candidates.extend(features(access, namespace(&self.words), word).await.unwrap_or_default());
        }
        candidates.iter().for_each(|candidate| println!("{candidate}"));
        println!("{NO_FILES}");
        Ok(())
    }
}

/// Subcommands and options that begin as the last word does.
fn candidates(words: &[String]) -> Vec<String> {
    let command = Cli::command();
    let (last, before) = words.split_last().map_or(("", words), |(last, before)| (last.as_str(), before));
    let chosen = before.iter().find_map(|word| command.find_subcommand(word));
    let mut candidates: Vec<String> = Vec::new();
    if last.starts_with('-') {
        let globals = command.get_arguments().filter(|argument| argument.is_global_set());
        let own = chosen.into_iter().flat_map(clap::Command::get_arguments);
        let options = own.chain(globals).filter(|argument| !argument.is_hide_set());
        candidates.extend(options.filter_map(clap::Arg::get_long).map(|long| format!("--{long}")));
    } else if chosen.is_none() {
        let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
        candidates.extend(shown.map(|command| command.get_name().to_owned()));
    }
    candidates.retain(|candidate| candidate.starts_with(last));
    candidates
}

/// The namespace that the line names behind the command.
fn namespace(words: &[String]) -> Option<&str> {
    let joined = words.iter().find_map(|word| word.strip_prefix("--namespace=").or(word.strip_prefix("-n=")));
    let apart = words.windows(2).find(|pair| matches!(&*pair[0], "-n" | "--namespace"));
    joined.or(apart.map(|pair| &*pair[1])).filter(|name| !name.is_empty())
}

/// Features that have a flag in the namespace.
async fn features(access: &Access, namespace: Option<&str>, word: &str) -> Result<Vec<String>> {
    let cluster = access.connect().await?;
    let namespace = namespace.unwrap_or(&cluster.namespace);
    let kind = ApiResource::erase::<FeatureFlag>(&());
    let flags: Api<DynamicObject> = Api::namespaced_with(cluster.client, namespace, &kind);
    let flags = flags.list(&ListParams::default()).await.context("flags cannot be listed")?;
    let feature = |flag: DynamicObject| {
        let named = flag.data["spec"]["feature"].as_str().map(str::to_owned);
        named.or(flag.metadata.name)
    };
    let mut features: Vec<String> = flags.items.into_iter().filter_map(feature).collect();
    features.retain(|feature| feature.starts_with(word));
    features.sort();
    features.dedup();
    Ok(features)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(line: &str) -> Vec<String> {
        super::candidates(&line.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_word_is_completed_to_what_begins_so() {
        assert_eq!(candidates("o"), ["on", "off"]);
        assert_eq!(candidates("off --rea"), ["--reason"]);
        assert_eq!(candidates("off --names"), ["--namespace"]);
        assert_eq!(candidates("__"), Vec::<String>::new());
    }

    #[test]
    fn a_namespace_is_named_before_and_behind_the_feature() {
        let named = |line: &str| {
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            namespace(&words).map(str::to_owned)
        };
        for line in ["off -n shop c", "off c --namespace shop", "off --namespace=shop c"] {
            assert_eq!(named(line).as_deref(), Some("shop"), "{line}");
        }
        assert_eq!(named("off chat"), None);
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
