//! The official Python SDKs, in the environment that `make` puts into `.cache/venv`.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value;

use super::programs;

/// The interpreter that has the SDKs.
///
/// # Panics
/// When it is not there: a test that cannot run fails.
pub fn interpreter() -> PathBuf {
    let python = programs::root().join(".cache/venv/bin/python");
    assert!(python.exists(), "{} is missing: `make setup` puts the official SDKs there", python.display());
    python
}

/// Runs a script of `tests/sdk` and reads the JSON it prints.
///
/// # Panics
/// When the script fails.
pub fn run(script: &str, env: &[(&str, &str)]) -> Value {
    let path = programs::root().join("tests/sdk").join(script);
    let mut command = Command::new(interpreter());
    command.arg(&path).stdin(Stdio::null());
    clean(&mut command);
    command.envs(env.iter().copied());
    let output = command.output().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {}\n{errors}", output.status);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{script} prints no JSON: {error}\n{}\n{errors}", String::from_utf8_lossy(&output.stdout))
    })
}

/// What Python makes of a key and a text: not by our code.
///
/// # Panics
/// When there is no Python.
pub fn hmac_sha256(key: &str, text: &str) -> String {
    const SCRIPT: &str =
        "import hmac, sys; print(hmac.new(sys.argv[1].encode(), sys.argv[2].encode(), 'sha256').hexdigest())";
    let output = Command::new(interpreter()).args(["-c", SCRIPT, key, text]).output().expect("Python");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Nothing of the machine's own settings may reach the SDKs.
pub fn clean(command: &mut Command) {
    for name in [
        "OPENAI_BASE_URL",
        "ANTHROPIC_BASE_URL",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "http_proxy",
        "https_proxy",
        "all_proxy",
    ] {
        command.env_remove(name);
    }
    command.env("PYTHONDONTWRITEBYTECODE", "1");
}
