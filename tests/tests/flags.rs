//! The flags file: every change counts, and one that cannot be taken changes nothing.

use serde_json::json;
use tollgate_tests::{
    harness::{
        wait,
        world::{Setup, World, chat},
    },
    standin::Provider::OpenAi,
};

fn flag(feature: &str, enabled: bool) -> String {
    format!(
        "apiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: {feature}}}\nspec: {{enabled: {enabled}}}\n"
    )
}

fn status(world: &World, feature: &str) -> u16 {
    world.through(OpenAi, &chat(json!({}), "").header("x-tollgate-feature", feature)).status()
}

fn becomes(world: &World, feature: &str, wanted: u16) {
    wait::eventually(&format!("{feature} to answer {wanted}"), || {
        let seen = status(world, feature);
        if seen == wanted { Ok(()) } else { Err(seen) }
    });
}

fn says(world: &World, words: &[&str]) {
    wait::eventually(&format!("{words:?} in the log"), || {
        let log = world.sidecar.log();
        if words.iter().all(|word| log.contains(word)) { Ok(()) } else { Err(log) }
    });
}

/// A world in which `chat` is off, by a file that is then replaced.
fn chat_off() -> World {
    let world = World::with(Setup { flags: Some("---\n"), ..Setup::default() });
    world.replace("flags.yaml", &flag("chat", false));
    becomes(&world, "chat", 403);
    world
}

/// The file is read by the time this returns: a second feature in it has gone off as well.
fn once_read(world: &World, text: &str) {
    world.replace("flags.yaml", &format!("{}---\n{text}", flag("probe", false)));
    becomes(world, "probe", 403);
}

#[test]
fn a_file_that_is_written_in_place_counts() {
    let world = World::with(Setup { flags: Some("---\n"), ..Setup::default() });
    std::fs::write(world.folder().join("flags.yaml"), flag("chat", false)).expect("written");
    becomes(&world, "chat", 403);
}

#[test]
fn a_file_that_comes_later_counts() {
    let world = World::start();
    assert_eq!(status(&world, "chat"), 200);
    world.replace("flags.yaml", &flag("chat", false));
    becomes(&world, "chat", 403);
}

#[test]
fn a_file_with_a_broken_document_changes_nothing_and_is_named_in_the_log() {
    let world = chat_off();
    let broken = format!(
        "{}---\napiVersion: tollgate.dev/v1alpha1\nkind: FeatureFlag\nmetadata: {{name: x}}\nspec: {{enabled: perhaps}}\n",
        flag("chat", true)
    );
    world.replace("flags.yaml", &broken);
    says(&world, &["flags.yaml", "enabled"]);
    assert_eq!(status(&world, "chat"), 403);
}

#[test]
fn a_file_that_is_no_yaml_changes_nothing() {
    let world = chat_off();
    world.replace("flags.yaml", "}{ no: yaml: at: all");
    says(&world, &["flags.yaml"]);
    assert_eq!(status(&world, "chat"), 403);
}

#[test]
fn an_empty_file_changes_nothing() {
    let world = chat_off();
    let before = world.sidecar.log().len();
    world.replace("flags.yaml", "");
    wait::eventually("a word on it in the log", || {
        let log = world.sidecar.log()[before..].to_owned();
        if log.contains("flags.yaml") { Ok(()) } else { Err(log) }
    });
    assert_eq!(status(&world, "chat"), 403);
}

#[test]
fn a_file_that_is_gone_changes_nothing() {
    let world = chat_off();
    let before = world.sidecar.log().len();
    std::fs::remove_file(world.folder().join("flags.yaml")).expect("removed");
    wait::eventually("a word on it in the log", || {
        let log = world.sidecar.log()[before..].to_owned();
        if log.contains("flags.yaml") { Ok(()) } else { Err(log) }
    });
    assert_eq!(status(&world, "chat"), 403);
    world.replace("flags.yaml", &flag("chat", true));
    becomes(&world, "chat", 200);
}

#[test]
fn a_file_of_comments_holds_no_flag() {
    let world = chat_off();
    world.replace("flags.yaml", "# nothing is off today\n---\n");
    becomes(&world, "chat", 200);
}

#[test]
fn flags_of_other_namespaces_are_left_out() {
    let world = chat_off();
    let other = flag("chat", false).replace("{name: chat}", "{name: chat, namespace: elsewhere}");
    once_read(&world, &other);
    assert_eq!(status(&world, "chat"), 200);
}

#[test]
fn the_strictest_of_several_flags_wins() {
    let world = World::start();
    let second = flag("another", true).replace("spec: {", "spec: {feature: chat, ");
    once_read(&world, &format!("{}---\n{second}", flag("chat", false)));
    assert_eq!(status(&world, "chat"), 403);
}

#[test]
fn a_flag_can_turn_off_the_calls_that_name_no_feature() {
    let world = World::start();
    world.replace("flags.yaml", &flag("unattributed", false));
    wait::eventually("a call without a feature to be refused", || {
        let seen = world.through(OpenAi, &chat(json!({}), "")).status();
        if seen == 403 { Ok(()) } else { Err(seen) }
    });
}
