//! A journey through the console: a script of `tests/browser/journeys` in Debian's Chromium. What is to be done in the world around it
//! meanwhile, it asks of its test.

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::PathBuf,
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::programs;

/// Goes through with it. `world` is what the script is told; `hands` do what it asks for, by name, and say what came of it.
///
/// # Panics
/// When something on the way is not as the script says.
pub fn go(name: &str, world: &Value, mut hands: impl FnMut(&str, &Value) -> Result<Value>) {
    let folder = programs::root().join("tests/browser");
    let home = tempfile::Builder::new().prefix("tollgate-browser-").tempdir().expect("a folder");
    let mut browser = Command::new("node")
        .arg(folder.join("journey.mjs"))
        .arg(name)
        .env("BROWSER_MODULES", modules())
        .env("FONTCONFIG_FILE", folder.join("fonts.conf"))
        // nothing of whoever runs the test
        .env("HOME", home.path())
        .env("XDG_CACHE_HOME", home.path())
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node: `make setup-browser` installs it");
    let mut errors = browser.stderr.take().expect("stderr is a pipe");
    let errors = thread::spawn(move || {
        let mut text = String::new();
        let _partial = errors.read_to_string(&mut text);
        text
    });
    let mut tell = browser.stdin.take().expect("stdin is a pipe");
    let lines = BufReader::new(browser.stdout.take().expect("stdout is a pipe")).lines();
    let _gone = writeln!(tell, "{world}");
    for line in lines {
        let line = line.expect("a line");
        let done = act(&line, &mut hands).unwrap_or_else(|error| json!({"failed": format!("{error:#}")}));
        // one that has gone says below why
        let _gone = writeln!(tell, "{done}");
    }
    let status = browser.wait().expect("the end of node");
    let errors = errors.join().expect("its errors");
    assert!(status.success(), "the journey {name}: {status}\n{errors}");
}

fn act(line: &str, hands: &mut impl FnMut(&str, &Value) -> Result<Value>) -> Result<Value> {
    let asked: Value = serde_json::from_str(line).with_context(|| format!("a journey says {line:?}"))?;
    let what = asked["do"].as_str().context("what is to be done")?;
    Ok(json!({"done": hands(what, &asked["with"]).with_context(|| what.to_owned())?}))
}

/// Where playwright-core and axe are.
fn modules() -> PathBuf {
    let modules = programs::root().join(".cache/browser");
    assert!(modules.exists(), "{} is missing: `make setup-browser` makes it", modules.display());
    modules
}
