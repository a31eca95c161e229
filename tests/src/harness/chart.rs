//! The Helm chart, rendered by Helm itself.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::{installation::NAMESPACE, node, programs};

/// The least that must be given.
pub fn least() -> Value {
    json!({"image": {"registry": "registry.example/platform"}})
}

/// Where the chart is.
pub fn folder() -> PathBuf {
    programs::root().join("charts/tollgate")
}

/// The manifests that an installation with these values consists of.
pub fn render(values: &Value) -> Result<Vec<Value>> {
    read(&text(values)?)
}

/// The same, as Helm prints them.
pub fn text(values: &Value) -> Result<String> {
    text_in(NAMESPACE, values)
}

/// The manifests of an installation in another namespace.
pub fn render_in(namespace: &str, values: &Value) -> Result<Vec<Value>> {
    read(&text_in(namespace, values)?)
}

/// What Helm says after an installation.
pub fn notes(values: &Value) -> Result<String> {
    let output = helm(&["install", "tollgate", "--dry-run=client"], NAMESPACE, values)?;
    ensure!(output.status.success(), "helm install: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout)?;
    Ok(said.split_once("\nNOTES:\n").context("there are no notes")?.1.to_owned())
}

fn text_in(namespace: &str, values: &Value) -> Result<String> {
    let output = helm(&["template", "tollgate"], namespace, values)?;
    ensure!(output.status.success(), "helm template: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// Why Helm does not render these values.
pub fn refusal(values: &Value) -> Result<String> {
    let output = helm(&["template", "tollgate"], NAMESPACE, values)?;
    ensure!(!output.status.success(), "helm template renders {values}");
    Ok(String::from_utf8(output.stderr)?)
}

/// What `helm lint` says, if it is content.
pub fn lint(values: &Value) -> Result<String> {
    let output = helm(&["lint"], NAMESPACE, values)?;
    let said = String::from_utf8(output.stdout)?;
    ensure!(output.status.success(), "helm lint: {said}");
    Ok(said)
}

/// The only manifest of this kind and name.
pub fn find<'a>(manifests: &'a [Value], kind: &str, name: &str) -> Result<&'a Value> {
    manifests
        .iter()
        .find(|manifest| manifest["kind"] == kind && manifest["metadata"]["name"] == name)
        .with_context(|| format!("no {kind} {name} is rendered"))
}

/// Each document of a YAML text that holds something.
pub fn read(text: &str) -> Result<Vec<Value>> {
    let documents = serde_yaml::Deserializer::from_str(text).map(Value::deserialize);
    let mut values = documents.collect::<Result<Vec<_>, _>>()?;
    values.retain(|value| !value.is_null());
    Ok(values)
}

/// The alerts of `files/rules.yaml`.
pub fn alerts() -> Result<Vec<Value>> {
    let text = fs::read_to_string(folder().join("files/rules.yaml"))?;
    let rules = read(&text)?.pop().context("files/rules.yaml is empty")?;
    let groups = rules["groups"].as_array().into_iter().flatten();
    Ok(groups.flat_map(|group| group["rules"].as_array().cloned().unwrap_or_default()).collect())
}

/// The words of a PromQL expression that begin as our metrics do.
pub fn metric_names(expr: &str) -> impl Iterator<Item = &str> {
    expr.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| word.starts_with("tollgate_") || word.starts_with("gen_ai_client_"))
}

fn helm(verb: &[&str], namespace: &str, values: &Value) -> Result<Output> {
    let file = NamedTempFile::new()?;
    fs::write(file.path(), values.to_string())?;
    let mut command = Command::new(node::helm()?);
    command.args(verb).arg(folder()).args(["--namespace", namespace, "--values"]).arg(file.path());
    command.output().with_context(|| format!("running helm {verb:?}"))
}
