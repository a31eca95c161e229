//! Whose call is it, when nobody said: `tollgate-sidecar fingerprint` over the exchanges of many apps, whose features
//! are known to the corpus alone.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tollgate_tests::harness::programs;

/// How well groups tell features apart.
#[derive(Debug)]
struct Score {
    /// Of a thousand calls, those in groups of a single feature.
    pure: usize,
    /// Groups that hold nine tenths of a feature's calls: of the middle feature, and of the worst.
    median: usize,
    worst: usize,
}

/// The exchanges of a family of apps, in any order.
fn exchanges(family: &str, seed: u32) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fingerprints");
    let made = Command::new("python3")
        .args(["-B", "corpus.py", family, &seed.to_string()])
        .current_dir(folder)
        .output()
        .expect("python3 runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The group of each id.
fn fingerprints(exchanges: &[String], spool: Option<&Path>) -> HashMap<String, String> {
    let mut command = Command::new(programs::sidecar());
    command.args(["fingerprint", "-"]);
    if let Some(spool) = spool {
        command.arg("--spool").arg(spool);
    }
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = running.stdin.take().unwrap();
    for exchange in exchanges {
        writeln!(input, "{exchange}").unwrap();
    }
    drop(input);
    let output = running.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            let text =
                |name: &str| row[name].as_str().unwrap_or_else(|| panic!("{name} of {row}")).to_owned();
            (text("id"), text("fingerprint"))
        })
        .collect()
}

fn score(fingerprints: &HashMap<String, String>) -> Score {
    let feature_of = |id: &str| id.rsplit_once('/').unwrap().0.to_owned();
    let mut groups: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut features: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for (id, group) in fingerprints {
        groups.entry(group).or_default().insert(feature_of(id));
        *features.entry(feature_of(id)).or_default().entry(group).or_default() += 1;
    }
    let pure = fingerprints.values().filter(|group| groups[group.as_str()].len() == 1).count();
    let mut needed: Vec<usize> = features
        .values()
        .map(|feature| {
            let mut sizes: Vec<usize> = feature.values().copied().collect();
            sizes.sort_unstable_by(|a, b| b.cmp(a));
            let (calls, mut held) = (sizes.iter().sum::<usize>(), 0);
            1 + sizes
                .iter()
                .take_while(|size| {
                    held += **size;
                    held * 10 < calls * 9
                })
                .count()
        })
        .collect();
    needed.sort_unstable();
    Score {
        pure: pure * 1000 / fingerprints.len(),
        median: needed[needed.len() / 2],
        worst: needed[needed.len() - 1],
    }
}

fn tells_apart(family: &str) {
    for seed in [1, 2] {
        let exchanges = exchanges(family, seed);
        assert!(exchanges.len() > 300, "{}", exchanges.len());
        let score = score(&fingerprints(&exchanges, None));
        println!("{family} {seed}: {score:?}");
        assert!(score.pure >= 950 && score.median <= 2 && score.worst <= 6, "{family} {seed}: {score:?}");
    }
}

#[test]
fn features_that_the_grouping_was_made_with_are_told_apart() {
    tells_apart("tuning");
}

#[test]
fn features_of_other_apps_are_told_apart() {
    tells_apart("held-out");
}

#[test]
fn features_that_the_grouping_was_never_changed_for_are_told_apart() {
    tells_apart("fresh");
}

#[test]
fn features_that_are_hard_to_tell_apart_are_told_apart() {
    tells_apart("traps");
}

#[test]
fn documents_out_of_a_shelf_hide_no_feature_and_make_none() {
    tells_apart("shelves");
}

/// Five companies of other hands, with all that is hard to tell apart for somebody who reads it, too.
#[test]
fn features_of_companies_that_others_made_are_told_apart() {
    for company in ["helpdesk", "agents", "marketplace", "frameworks", "clinic"] {
        let score = score(&fingerprints(&exchanges(company, 1), None));
        println!("{company}: {score:?}");
        assert!(score.pure >= 940 && score.median == 1 && score.worst <= 6, "{company}: {score:?}");
    }
}

/// Tasks between a handbook and documents, examples before each question, batches that only their job's name tells apart.
#[test]
fn features_of_two_more_companies_are_told_apart() {
    for company in ["insurer", "forge"] {
        let score = score(&fingerprints(&exchanges(company, 1), None));
        println!("{company}: {score:?}");
        assert!(score.pure >= 980 && score.median == 1 && score.worst <= 6, "{company}: {score:?}");
    }
}

#[test]
fn the_order_of_exchanges_changes_no_fingerprint() {
    let mut exchanges = exchanges("office", 5);
    let before = fingerprints(&exchanges, None);
    exchanges.sort_unstable();
    assert_eq!(fingerprints(&exchanges, None), before);
}

#[test]
fn with_a_sidecars_key_fingerprints_are_its_own() {
    let exchanges = exchanges("travel", 5);
    let spools: [PathBuf; 2] = std::array::from_fn(|_| tempfile::tempdir().unwrap().keep());
    let [one, other] = spools.each_ref().map(|spool| fingerprints(&exchanges, Some(spool)));
    assert_eq!(fingerprints(&exchanges, Some(&spools[0])), one);
    assert!(one.iter().all(|(id, fingerprint)| other[id] != *fingerprint));
    for spool in spools {
        std::fs::remove_dir_all(spool).unwrap();
    }
}

#[test]
fn a_line_that_is_no_exchange_says_so_and_the_rest_goes_on() {
    let mut running = Command::new(programs::sidecar())
        .args(["fingerprint", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let exchange = &exchanges("travel", 1)[0];
    writeln!(running.stdin.take().unwrap(), "{{\"id\":7}}\n{exchange}").unwrap();
    let output = String::from_utf8(running.wait_with_output().unwrap().stdout).unwrap();
    let rows: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&rows[0]["id"], rows[0]["error"].is_string()), (&Value::from(7), true), "{output}");
    assert!(rows[1]["fingerprint"].is_string(), "{output}");
}
