//! The real thing: a process that appends and ships, killed at random moments, started again on the same folder.

#[path = "sigkill/child.rs"]
mod child;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

const NAME: &str = "a_process_killed_at_any_moment_loses_no_call_and_writes_none_twice";
/// Set in the process that is killed, which is this program once more: the folder.
const FOLDER: &str = "SIGKILL_TEST_FOLDER";
const DRAIN: &str = "SIGKILL_TEST_DRAIN";

fn again(folder: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", NAME, "--nocapture"]).env(FOLDER, folder).stdout(Stdio::null());
    command
}

/// Unlike from run to run, and enough alike that no run takes long.
fn moments() -> impl Iterator<Item = usize> {
    let seed = u64::from(std::process::id());
    (1..=25u64)
        .map(move |round| (seed.wrapping_mul(round).wrapping_mul(0x9e37_79b9_7f4a_7c15) % 3_000) as usize)
}

#[test]
fn a_process_killed_at_any_moment_loses_no_call_and_writes_none_twice() {
    if let Some(folder) = env::var_os(FOLDER) {
        let folder = Path::new(&folder);
        let drain = env::var_os(DRAIN).is_some();
        return child::run(&folder.join("spool"), &folder.join("usage.jsonl"), drain).unwrap();
    }
    let dir = tempfile::tempdir().unwrap();
    let mut begun = BTreeSet::new();
    let mut ended = BTreeSet::new();
    for moment in moments() {
        let mut child = again(dir.path()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        for (count, line) in lines.enumerate() {
            if count == moment {
                child.kill().unwrap(); // what it had said by then is still read
            }
            match line.unwrap().split_once(' ') {
                Some(("begun", id)) => begun.insert(id.to_owned()),
                Some(("ended", id)) => ended.insert(id.to_owned()),
                other => panic!("{other:?}"),
            };
        }
        child.wait().unwrap();
    }
    let drained = again(dir.path()).env(DRAIN, "yes").status().unwrap();
    assert!(drained.success());

    let text = fs::read_to_string(dir.path().join("usage.jsonl")).unwrap();
    assert!(text.ends_with('\n'));
    let mut outcomes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = |column: &str| row[column].as_str().unwrap().to_owned();
        outcomes.entry(text("id")).or_default().push(text("outcome"));
    }
    assert!(ended.len() > 1000, "only {} calls ended", ended.len());
    for (id, outcomes) in &outcomes {
        assert_eq!(outcomes.len(), 1, "{id}: {outcomes:?}");
    }
    for id in &ended {
        assert_eq!(
            outcomes.get(id).map(Vec::as_slice),
            Some(&["completed".to_owned()][..]),
            "{id} had ended"
        );
    }
    for id in &begun {
        assert!(outcomes.contains_key(id), "{id} had begun and has no row");
    }
}
