//! Commands as a shell runs them.

use std::{
    fs,
    io::{self, Read},
    process::{Command, Stdio},
};

#[test]
fn a_reader_that_has_seen_enough_ends_a_command_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("prices.yaml");
    fs::write(&file, "openai: {our-model: {input: \"1\", output: \"2\"}}\n").unwrap();
    let check = |output: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate"));
        command.args(["prices", "check"]).arg(&file).stdout(output).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (child.wait().unwrap().code(), said)
    };
    let (reader, nobody_reads) = io::pipe().unwrap();
    drop(reader);
    assert_eq!(check(nobody_reads.into()), (Some(141), String::new()));
    assert_eq!(check(Stdio::null()), (Some(0), String::new()));
}
