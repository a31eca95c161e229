//! The FinOps Foundation's own validator of FOCUS files, in the environment that `make` puts into `.cache/focus`.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use serde_json::Value;

use super::{programs, python};

/// What it says of a file: how many rules hold, and which do not.
///
/// # Panics
/// When it is not there, or says nothing.
pub fn validated(csv: &str) -> Value {
    let interpreter = programs::root().join(".cache/focus/bin/python");
    assert!(interpreter.exists(), "{} is missing: `make setup-focus` makes it", interpreter.display());
    let mut command = Command::new(interpreter);
    command.arg(programs::root().join("tests/focus/validate.py"));
    python::clean(&mut command);
    let mut run = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the validator");
    let mut stdin = run.stdin.take().expect("stdin is a pipe");
    stdin.write_all(csv.as_bytes()).expect("it reads the file");
    drop(stdin);
    let output = run.wait_with_output().expect("its end");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the validator: {}\n{errors}", output.status);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("no JSON: {error}\n{errors}"))
}
