use serde_json::json;

use crate::RefusalStatus;

use super::*;

/// What is wrong with a FeatureFlag of this spec, as text.
fn wrong(spec: Value) -> Vec<String> {
    let object = json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "FeatureFlag", "metadata": {"name": "chat"}, "spec": spec,
    });
    feature_flag(object).err().unwrap_or_default().iter().map(Violation::to_string).collect()
}

fn wrong_match(entry: Value) -> Vec<String> {
    wrong(json!({ "match": [entry] }))
}

#[test]
fn an_empty_spec_is_a_flag_that_is_on() {
    assert_eq!(wrong(json!({})), Vec::<String>::new());
}

#[test]
fn an_unknown_field_gets_an_error_that_says_what_was_meant() {
    assert_eq!(wrong(json!({"enabeld": true})), ["spec.enabeld: unknown field, did you mean enabled?"]);
    assert_eq!(wrong(json!({"Enabled": true})), ["spec.Enabled: unknown field, did you mean enabled?"]);
    assert_eq!(
        wrong(json!({"canary-share": {}})),
        [
            "spec.canary-share: unknown field, known here: feature, description, enabled, mode, schedule, rollout, users, \
          match, whenDisabled, onStateUnknown"
        ]
    );
    assert_eq!(
        wrong_match(json!({"models": ["x"], "colour": []})),
        [
            "spec.match[0].colour: unknown field, known here: authority, workload, container, providers, models, \
          path, header, fingerprint"
        ]
    );
}

#[test]
fn a_fingerprint_is_written_as_it_is_shown() {
    assert_eq!(wrong_match(json!({"fingerprint": ["fp-3f61c09b2ad4"]})), Vec::<String>::new());
    for other in ["fp-3F61C09B2AD4", "fp-3f61c09b2ad", "3f61c09b2ad4", "fp-*"] {
        let wrong = wrong_match(json!({"fingerprint": [other]}));
        assert!(
            wrong[0].starts_with("spec.match[0].fingerprint[0]: expected ids like fp-3f61c09b2ad4"),
            "{wrong:?}"
        );
    }
}

#[test]
fn a_field_without_a_value_is_not_absent() {
    assert_eq!(wrong(json!({"enabled": null})), ["spec.enabled: expected true or false, found nothing"]);
    assert_eq!(wrong(json!({"description": null})), ["spec.description: expected text, found nothing"]);
}

#[test]
fn a_status_that_makes_sdks_try_again_is_refused() {
    for status in [json!(500), json!(429), json!(200), json!("403"), json!(403.5), json!(-403), json!(65_939)]
    {
        let wrong = wrong(json!({"whenDisabled": {"status": status}}));
        assert_eq!(wrong.len(), 1, "{status}");
        assert!(
            wrong[0].starts_with(
                "spec.whenDisabled.status: expected one of 400, 402, 403, 404, 410, 451 (other codes make SDKs try \
                 again), found "
            ),
            "{wrong:?}"
        );
    }
    for status in RefusalStatus::ALL {
        assert_eq!(wrong(json!({"whenDisabled": {"status": status.code()}})), Vec::<String>::new());
    }
}

#[test]
fn a_feature_must_be_a_name_that_a_flag_can_have() {
    let wrong = wrong(json!({"feature": "Chat Bot"}));
    assert!(wrong[0].starts_with("spec.feature: expected a name like chat"), "{wrong:?}");
    assert!(wrong[0].ends_with("found \"Chat Bot\""), "{wrong:?}");
}

#[test]
fn bad_globs_are_named_by_their_place() {
    let wrong = wrong_match(json!({"models": ["gpt-5", "gpt-[45]"], "path": "v1/chat"}));
    assert!(wrong[0].starts_with("spec.match[0].models[1]: expected model names like gpt-5"), "{wrong:?}");
    assert!(
        wrong[1].starts_with("spec.match[0].path: expected a path like /v1/chat/completions"),
        "{wrong:?}"
    );
}

#[test]
fn a_match_without_a_condition_would_be_every_call_and_is_refused() {
    let wrong = wrong_match(json!({"authority": "Enforced"}));
    assert!(wrong[0].starts_with("spec.match[0]: expected at least one of workload"), "{wrong:?}");
    assert_eq!(wrong_match(json!({"workload": {}})), Vec::<String>::new());
}

#[test]
fn words_are_compared_in_their_case() {
    assert_eq!(
        wrong_match(json!({"providers": ["OpenAI"]})),
        [
            "spec.match[0].providers[0]: expected one of openai, anthropic, google, xai, openrouter, found \"OpenAI\""
        ]
    );
    assert_eq!(
        wrong(json!({"onStateUnknown": "deny"})),
        ["spec.onStateUnknown: expected Allow or Deny, found \"deny\""]
    );
    assert_eq!(
        wrong(json!({"whenDisabled": {"action": "respond"}})),
        ["spec.whenDisabled.action: expected one of Reject, Respond, Substitute, found \"respond\""]
    );
}

#[test]
fn an_operator_says_whether_there_are_values() {
    let expression = |operator: &str, values: Value| {
        wrong_match(
            json!({"workload": {"matchExpressions": [{"key": "a", "operator": operator, "values": values}]}}),
        )
    };
    assert_eq!(expression("In", json!(["x"])), Vec::<String>::new());
    assert_eq!(expression("Exists", json!([])), Vec::<String>::new());
    assert!(expression("In", json!([]))[0].contains("expected values with the operators In and NotIn"));
    assert!(expression("Exists", json!(["x"]))[0].contains("none with Exists and DoesNotExist"));
}

#[test]
fn a_cluster_flag_is_in_no_namespace() {
    let object = json!({
        "apiVersion": "tollgate.dev/v1alpha1", "kind": "ClusterFeatureFlag",
        "metadata": {"name": "chat", "namespace": "shop"}, "spec": {"namespaceSelector": {"matchlabels": {}}},
    });
    let wrong: Vec<_> = cluster_feature_flag(object).unwrap_err().iter().map(Violation::to_string).collect();
    assert!(wrong[0].starts_with("metadata.namespace: a ClusterFeatureFlag is in no namespace"), "{wrong:?}");
    assert_eq!(wrong[1], "spec.namespaceSelector.matchlabels: unknown field, did you mean matchLabels?");
}

#[test]
fn a_hostile_object_gets_few_messages() {
    let fields: serde_json::Map<_, _> = (0..10_000).map(|n| (format!("field-{n}"), json!(n))).collect();
    assert_eq!(wrong(Value::Object(fields)).len(), 16);
}

#[test]
fn a_long_wrong_value_is_shortened() {
    let wrong = wrong(json!({"enabled": "ä".repeat(10_000)}));
    assert!(wrong[0].len() < 200, "{wrong:?}");
}

#[test]
fn lengths_are_counted_in_characters() {
    assert_eq!(wrong(json!({"description": "ä".repeat(1024)})), Vec::<String>::new());
    assert_eq!(
        wrong(json!({"description": "ä".repeat(1025)})),
        ["spec.description: expected at most 1024 characters, found 1025"]
    );
}

#[test]
fn a_rollout_is_a_whole_number_of_percent() {
    for percent in [json!(-1), json!(101), json!(1.5), json!("50"), json!(null)] {
        let wrong = wrong(json!({"rollout": {"percent": percent}}));
        assert_eq!(wrong.len(), 1, "{percent}");
        assert!(
            wrong[0].starts_with("spec.rollout.percent: expected a whole number from 0 to 100"),
            "{wrong:?}"
        );
    }
    assert_eq!(wrong(json!({"rollout": {"percent": 0}})), Vec::<String>::new());
    assert_eq!(
        wrong(json!({"rollout": {"by": "User"}})),
        ["spec.rollout.percent: expected a whole number from 0 to 100, found nothing"]
    );
}

#[test]
fn an_empty_list_of_allowed_users_is_no_way_to_say_nobody() {
    assert_eq!(
        wrong(json!({"users": {"allow": []}})),
        ["spec.users.allow: expected at least 1 of users' ids, found an empty list"]
    );
    assert_eq!(
        wrong(json!({"users": {}})),
        ["spec.users: expected allow or deny, each a list of users' ids"]
    );
}

#[test]
fn a_time_says_where_its_clock_hangs() {
    let of = |from: &str| wrong(json!({"schedule": [{"from": from, "enabled": true}]}));
    for right in ["2026-12-01T08:00Z", "2026-12-01T08:00:00+01:00", "2026-02-28T08:00[America/New_York]"] {
        assert_eq!(of(right), Vec::<String>::new());
    }
    for unsaid in ["2026-12-01T08:00", "2026-12-01", "tomorrow", "08:00Z"] {
        let wrong = of(unsaid);
        assert!(
            wrong[0].starts_with("spec.schedule[0].from: expected a time like 2026-12-01T08:00:00Z"),
            "{wrong:?}"
        );
    }
}

#[test]
fn a_time_that_no_calendar_or_no_zone_has_is_refused() {
    for none in ["2026-02-30T08:00Z", "2026-12-01T25:00Z", "2026-12-01T08:00[Europe/Berlim]"] {
        let wrong = wrong(json!({"schedule": [{"from": none, "enabled": true}]}));
        assert!(wrong[0].contains(none), "{wrong:?}");
    }
}

#[test]
fn a_period_ends_after_it_began() {
    let wrong = wrong(json!({"schedule": [
        {"from": "2026-12-01T08:00[Europe/Berlin]", "until": "2026-12-01T07:00Z", "enabled": false},
        {"enabled": false},
    ]}));
    assert_eq!(
        wrong,
        [
            "spec.schedule[0]: expected an until after its from, found 2026-12-01T08:00[Europe/Berlin] and 2026-12-01T07:00Z",
            "spec.schedule[1]: expected from or until; for always write spec.enabled",
        ]
    );
}

#[test]
fn a_substitute_has_a_name_and_nothing_else_has() {
    let rule = "spec.whenDisabled: expected a model with the action Substitute, and none with others";
    assert_eq!(wrong(json!({"whenDisabled": {"action": "Substitute"}})), [rule]);
    assert_eq!(wrong(json!({"whenDisabled": {"model": "gpt-5-mini"}})), [rule]);
    assert_eq!(
        wrong(json!({"whenDisabled": {"action": "Substitute", "model": "gpt-5-*"}})),
        ["spec.whenDisabled.model: expected a model's name like gpt-5-mini, found \"gpt-5-*\""]
    );
}
