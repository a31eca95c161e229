//! Official SDKs, which nobody configured, in a network that looks like a pod's: the table of
//! `docs/capture.md`, filled by what is seen.

use std::{fs, path::PathBuf, process::Command};

use serde_json::{Value, json};
use tollgate_tests::harness::{
    apart, capture_table, injected, programs, python, wait,
    world::{Setup, World},
};

const ON: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: true}
";

/// What runs a language's calls.
struct Language {
    name: &'static str,
    command: fn() -> (PathBuf, Vec<String>),
}

const PYTHON: Language = Language {
    name: "Python",
    command: || {
        let script = programs::root().join("tests/sdk/captured.py");
        (python::interpreter(), vec!["-W".into(), "ignore".into(), script.display().to_string()])
    },
};
const NODE: Language =
    Language { name: "Node", command: || (found("node"), vec![sdks("node/captured.mjs")]) };
const GO: Language = Language { name: "Go", command: || (PathBuf::from(sdks("go/captured")), Vec::new()) };
const JAVA: Language = Language {
    name: "Java",
    command: || (found("java"), vec!["-cp".into(), format!("{0}:{0}/*", sdks("java")), "Captured".into()]),
};

/// What `make setup-sdks` has put there.
fn sdks(file: &str) -> String {
    let path = programs::root().join(".cache/sdks").join(file);
    assert!(path.exists(), "{} is missing: `make setup-sdks` puts the official SDKs there", path.display());
    path.display().to_string()
}

fn found(program: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut all = std::env::split_paths(&path).map(|folder| folder.join(program));
    all.find(|path| path.exists())
        .unwrap_or_else(|| panic!("{program} is missing: `make setup-sdks` installs it"))
}

fn is_as_documented(language: &Language, mode: &str) {
    is_as_in_column(language, mode, mode);
}

/// What is seen of a way of capture is what this column of the table says.
fn is_as_in_column(language: &Language, mode: &str, column: &str) {
    apart::in_own_network(|| {
        let listen = match mode {
            "hosts" => json!({"hosts": ["127.0.0.1:443", "[::1]:443"]}),
            "proxy" => json!({"proxy": "127.0.0.1:7412"}),
            _ => json!({}),
        };
        let config = json!({
            "listen": listen,
            "workload": {"namespace": "shop", "name": "web", "pod": "web-0", "feature": "chat"},
            "proxyOthers": "Tunnel",
        });
        let world = World::with(Setup { flags: Some(ON), config: Some(config), ..Setup::default() });
        let hosts = world.folder().join("hosts");
        let aliases = if mode == "hosts" { injected::aliases() } else { String::new() };
        fs::write(&hosts, format!("127.0.0.1 localhost\n{aliases}")).unwrap();
        let calls = || {
            let (program, arguments) = (language.command)();
            let mut command: Command = apart::with_hosts_file(&hosts, &program);
            let trust = world.folder().join("spool/trust").display().to_string();
            let base = world.sidecar.base.to_string();
            let variables = injected::variables(mode, &trust).into_iter();
            command
                .args(arguments)
                .envs(variables.map(|(name, value)| (name, value.replace("127.0.0.1:7411", &base))));
            let output = command.env("OPENAI_API_KEY", "sk-standin").env("ANTHROPIC_API_KEY", "sk-standin");
            let output = output.env("GOOGLE_API_KEY", "standin").output().unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}\n{errors}", output.status);
            capture_table::outcomes(&String::from_utf8(output.stdout).unwrap())
        };

        let documented = capture_table::documented(language.name, column);
        let captured = documented.iter().filter(|cell| cell.refused_with.is_some()).count();
        let on = calls();
        world.rows(captured);
        world.replace("flags.yaml", &ON.replace("true", "false"));
        wait::eventually("the flag", || {
            match world.sidecar.metrics().sum("tollgate_flag_enabled", &[("feature", "chat")]) {
                0 => Ok(()),
                other => Err(other),
            }
        });
        let off = calls();
        let rows = world.rows(2 * captured);
        let text = |(place, row): (usize, &Value)| {
            let word = |column: &str| row[column].as_str().unwrap_or_default().to_owned();
            let asked = row["metadata"]["model_requested"].as_str().unwrap_or_default();
            let streamed = if row["streamed"] == true { "t" } else { "f" };
            let state = if place < captured { "on" } else { "off" };
            format!("{state}|{asked}|{streamed}|{}|{}", word("outcome"), word("usage_source"))
        };
        let rows: Vec<_> = rows.iter().enumerate().map(text).collect();
        assert_eq!(capture_table::seen(&on, &off, &rows), documented, "{}", world.sidecar.log());
    })
    .unwrap();
}

#[test]
fn by_hosts_pythons_sdks_are_metered_and_refused() {
    is_as_documented(&PYTHON, "hosts");
}

#[test]
fn by_proxy_pythons_sdks_are_metered_and_refused() {
    is_as_documented(&PYTHON, "proxy");
}

#[test]
fn by_base_url_pythons_sdks_are_metered_and_refused_where_they_read_one() {
    is_as_documented(&PYTHON, "base-url");
}

#[test]
fn by_hosts_nodes_sdks_are_metered_and_refused() {
    is_as_documented(&NODE, "hosts");
}

#[test]
fn by_proxy_nodes_sdks_go_past_us_where_node_is_too_old_for_the_variable() {
    let version = Command::new(found("node")).arg("--version").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    let mut numbers =
        version.trim().trim_start_matches('v').split('.').map(|word| word.parse::<u32>().unwrap());
    let release = (numbers.next().unwrap(), numbers.next().unwrap());
    let knows_it = release.0 == 22 && release.1 >= 21 || release >= (24, 5);
    is_as_in_column(&NODE, "proxy", if knows_it { "hosts" } else { "proxy" });
}

#[test]
fn by_base_url_nodes_sdks_are_metered_and_refused() {
    is_as_documented(&NODE, "base-url");
}

#[test]
fn by_hosts_gos_sdks_are_metered_and_refused() {
    is_as_documented(&GO, "hosts");
}

#[test]
fn by_proxy_gos_sdks_are_metered_and_refused() {
    is_as_documented(&GO, "proxy");
}

#[test]
fn by_base_url_gos_sdks_are_metered_and_refused() {
    is_as_documented(&GO, "base-url");
}

#[test]
fn by_hosts_javas_sdks_are_metered_and_refused() {
    is_as_documented(&JAVA, "hosts");
}

#[test]
fn by_proxy_javas_sdks_are_metered_and_refused() {
    is_as_documented(&JAVA, "proxy");
}

#[test]
fn by_base_url_javas_sdks_are_metered_and_refused() {
    is_as_documented(&JAVA, "base-url");
}
