//! `kubectl tollgate status`, where all that it looks at is there: pods of the operator behind the apiserver's proxy, too.

use serde_json::{Value, json};
use tollgate_tests::harness::{programs, wait};

use crate::tollgate::shared;

#[test]
fn a_status_sees_operator_sidecars_and_database_through_the_apiserver() {
    let tollgate = shared();
    let namespace = tollgate.labelled("kubectl-status");
    namespace.pod("web", &json!({}));
    let program = programs::built().join("kubectl-tollgate").display().to_string();

    let expected = [
        "2 replicas of the operator are ready",
        "leads",
        "the webhooks are there, and the apiserver trusts them",
        "the operator hears of changes",
        "asked, all know what holds",
        "sidecars are of the operator's release",
        "the operator works with its database",
        "no sidecar's rows wait for long",
    ];
    // other tests' pods come and go meanwhile
    wait::eventually("a status in which all of this is well", || {
        let output = tollgate
            .node
            .command(&program)
            .args(["status", "--output", "json", "--sidecars", "200"])
            .output();
        let output = output.map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let status: Value = serde_json::from_str(&text)
            .map_err(|_| format!("{text}{}", String::from_utf8_lossy(&output.stderr)))?;
        let checks = status["checks"].as_array().cloned().unwrap_or_default();
        let is_well = |words: &&str| {
            checks.iter().any(|check| {
                check["result"] == "ok" && check["said"].as_str().is_some_and(|said| said.contains(words))
            })
        };
        match expected.iter().find(|words| !is_well(words)) {
            None => Ok(()),
            Some(words) => Err(format!("{words}: {text}")),
        }
    });
}
