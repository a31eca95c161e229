//! Which containers' calls are sent to the sidecar.

use super::*;

fn app(member: &str, value: Value) -> Value {
    with(small(), &format!("/spec/containers/0/{member}"), value)
}

fn names(container: &Value) -> Vec<&str> {
    container["env"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|variable| variable["name"].as_str().unwrap())
        .collect()
}

#[test]
fn a_container_that_says_where_its_calls_go_is_left_alone_and_named() {
    for variable in ["OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "OPENAI_API_BASE", "AZURE_OPENAI_ENDPOINT"] {
        let env = json!([{ "name": variable, "value": "https://gateway.example.com" }]);
        let pod = app("env", env.clone());
        assert_eq!(injected(&pod)["spec"]["containers"][0]["env"], env);
        assert_eq!(
            remarks(&pod),
            [format!(
                "container app sets {variable} itself: its calls go there, past the sidecar. To meter them, take it out"
            )]
        );
    }
}

#[test]
fn a_variable_whose_value_comes_from_elsewhere_is_the_containers_own() {
    let env = json!([{ "name": "OPENAI_BASE_URL", "valueFrom": { "configMapKeyRef": { "name": "c", "key": "k" } } }]);
    let pod = app("env", env.clone());
    assert_eq!(injected(&pod)["spec"]["containers"][0]["env"], env);
}

#[test]
fn a_container_with_env_from_is_left_alone_and_named() {
    let pod = app("envFrom", json!([{ "secretRef": { "name": "keys" } }]));
    assert_eq!(injected(&pod)["spec"]["containers"][0].get("env"), None);
    assert_eq!(
        remarks(&pod),
        [
            "container app has envFrom, which may say where its calls go: it got no base URLs. To meter it, set them \
          yourself: OPENAI_BASE_URL=http://127.0.0.1:7411/openai/v1"
        ]
    );
}

#[test]
fn the_other_containers_of_such_a_pod_are_captured() {
    let pod = with(
        small(),
        "/spec/containers",
        json!([
            { "name": "gateway", "image": "g", "envFrom": [{ "configMapRef": { "name": "c" } }] },
            { "name": "app", "image": "a", "env": [] },
        ]),
    );
    let after = injected(&pod);
    assert_eq!(names(&after["spec"]["containers"][0]), Vec::<&str>::new());
    assert_eq!(
        names(&after["spec"]["containers"][1]),
        ["OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "GOOGLE_GEMINI_BASE_URL"]
    );
}

#[test]
fn a_container_that_points_to_the_sidecar_itself_gets_the_rest() {
    let pod = app("env", json!([{ "name": "OPENAI_BASE_URL", "value": "http://127.0.0.1:7411/openai/v1" }]));
    assert_eq!(
        names(&injected(&pod)["spec"]["containers"][0]),
        ["OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "GOOGLE_GEMINI_BASE_URL"]
    );
    assert_eq!(remarks(&pod), Vec::<String>::new());
}
