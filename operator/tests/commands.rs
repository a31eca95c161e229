//! Commands as a shell runs them.

use std::{
    fs,
    io::{self, Read},
    process::{Command, Stdio},
};

/// How a command ends that says something, and what it complains of.
fn said_into(output: Stdio) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("prices.yaml");
    fs::write(&file, "openai: {our-model: {input: \"1\", output: \"2\"}}\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate"));
    command.args(["prices", "check"]).arg(&file).stdout(output).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

#[test]
fn a_reader_that_has_seen_enough_ends_a_command_without_a_word() {
    let (reader, nobody_reads) = io::pipe().unwrap();
    drop(reader);
    assert_eq!(said_into(nobody_reads.into()), (Some(141), String::new()));
    assert_eq!(said_into(Stdio::null()), (Some(0), String::new()));
}

#[test]
fn a_disk_without_room_ends_a_command_with_a_sentence() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let (code, said) = said_into(full.try_clone().unwrap().into());
    assert_eq!((code, said.lines().count()), (Some(1), 1), "{said}");
    assert!(said.contains("cannot write the output: No space left"), "{said}");

    // nor can it say what is wrong with the file
    let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate"));
    command.args(["prices", "check", "/dev/null"]).stdout(Stdio::null()).stderr(full);
    assert_eq!(command.status().unwrap().code(), Some(1));
}

/// What the command says of what it was told; it reaches no database.
fn refused(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate"));
    command.args(arguments).args(["--database-url", "postgres://nobody@127.0.0.1:1/none"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_head_that_is_no_hash_is_no_fault_of_the_audit() {
    for head in ["", "abc", &"g".repeat(64), &"a".repeat(63)] {
        let said = refused(&["audit", "verify", "--head", head]);
        assert!(said.contains("expected the 64 hex digits") && !said.contains("cut off"), "{said}");
    }
}

#[test]
fn no_token_is_made_that_is_over_or_of_nobody() {
    let said = refused(&["migrate", "--standalone", "--expires", "2020-01-01"]);
    assert!(said.contains("still to come"), "{said}");
    for whose in ["--cluster", "--namespace", "--pod"] {
        let said = refused(&["migrate", "--standalone", whose, ""]);
        assert!(said.contains(whose), "{said}");
    }
}

#[test]
fn the_audit_is_listed_from_a_date_on_as_everything_else_is() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate"));
    command.args([
        "audit",
        "list",
        "--since",
        "2026-11-29",
        "--database-url",
        "postgres://nobody@127.0.0.1:1/none",
    ]);
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), said.contains("cannot connect")), (Some(1), true), "{said}");
    let said = refused(&["audit", "list", "--since", "tomorrow"]);
    assert!(said.contains("expected a date such as"), "{said}");
}
