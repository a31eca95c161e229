//! What Prometheus may ask: names and labels that are promises, values that stay bounded.

use std::collections::BTreeSet;

use serde_json::json;
use tollgate_tests::{
    harness::{
        http::Call,
        metrics::Samples,
        wait,
        world::{Setup, World, chat},
    },
    standin::Provider::OpenAi,
};

const FLAG: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: FeatureFlag
metadata: {name: chat}
spec: {enabled: true}
";

/// The labels of calls, and those that belong to one metric each.
const LABELS: [&str; 14] = [
    "namespace",
    "workload",
    "feature",
    "provider",
    "model",
    "outcome",
    "usage_source",
    "gen_ai_token_type",
    "le",
    "reason",
    "field",
    "version",
    "source",
    // a provider's own, or `other`
    "host",
];

const HOSTS: [&str; 6] = [
    "api.openai.com",
    "api.anthropic.com",
    "generativelanguage.googleapis.com",
    "api.x.ai",
    "openrouter.ai",
    "other",
];

#[test]
fn calls_tokens_and_durations_have_their_promised_names() {
    let world = World::with(Setup { flags: Some(FLAG), ..Setup::default() });
    for _ in 0..3 {
        let call = chat(json!({}), "input=10 output=5").header("x-tollgate-feature", "chat");
        world.through(OpenAi, &call);
    }
    world.rows(3);
    let samples = world.sidecar.metrics();
    let labels = [
        ("namespace", "shop"),
        ("workload", "web"),
        ("feature", "chat"),
        ("provider", "openai"),
        ("model", "gpt-4o-mini-2024-07-18"),
        ("outcome", "completed"),
    ];
    assert_eq!(samples.sum("tollgate_calls_total", &labels), 3);
    assert_eq!(
        samples.sum("gen_ai_client_token_usage_sum", &[("gen_ai_token_type", "input"), ("feature", "chat")]),
        30
    );
    assert_eq!(
        samples.sum("gen_ai_client_token_usage_sum", &[("gen_ai_token_type", "output"), ("feature", "chat")]),
        15
    );
    assert_eq!(samples.sum("gen_ai_client_operation_duration_seconds_count", &[("feature", "chat")]), 3);
    assert_eq!(samples.sum("tollgate_flag_enabled", &[("feature", "chat")]), 1);
    for name in [
        "tollgate_cost_usd_total",
        "tollgate_overhead_seconds_count",
        "tollgate_state_age_seconds",
        "tollgate_spool_records",
        "tollgate_ledger_lag_seconds",
        "tollgate_records_dropped_total",
        "tollgate_records_merged_total",
    ] {
        assert!(samples.named(name).next().is_some(), "no {name}");
    }
}

#[test]
fn a_known_feature_has_its_series_from_the_start() {
    let world = World::with(Setup { flags: Some(FLAG), ..Setup::default() });
    let samples = world.sidecar.metrics();
    let series = samples.named("tollgate_calls_total").find(|sample| {
        sample.label("feature") == Some("chat")
            && sample.label("model") == Some("other")
            && sample.label("outcome") == Some("completed")
    });
    assert_eq!(series.map(|sample| sample.value.as_str()), Some("0"));
}

#[test]
fn features_past_the_bound_and_models_without_a_price_are_other() {
    let world = World::start();
    for number in 0..230 {
        let call = chat(json!({"model": format!("model-{number}")}), "")
            .header("x-tollgate-feature", &format!("f-{number}"));
        assert_eq!(world.through(OpenAi, &call).status(), 200);
    }
    // the last is counted once its answer has gone
    let samples = wait::eventually("all calls are counted", || {
        let samples = world.sidecar.metrics();
        match samples.sum("tollgate_calls_total", &[]) {
            230 => Ok(samples),
            counted => Err(counted),
        }
    });
    let values = |label: &str| -> BTreeSet<_> {
        samples
            .named("tollgate_calls_total")
            .filter_map(|sample| sample.label(label))
            .map(str::to_owned)
            .collect()
    };
    let features = values("feature");
    assert!(features.len() <= 202, "{} features", features.len());
    assert!(features.contains("other"));
    assert_eq!(values("model"), BTreeSet::from(["other".to_owned()]));
}

#[test]
fn no_label_is_off_the_list_and_none_names_a_user() {
    let world = World::with(Setup { flags: Some(FLAG), ..Setup::default() });
    for play in ["", "status=500", "hangup", "no-usage"] {
        world.through(OpenAi, &chat(json!({"user": "ada-lovelace"}), play).header("x-tollgate-feature", "Ä"));
    }
    let text = Call::get("/metrics").send(world.sidecar.admin).text();
    assert!(!text.contains("ada-lovelace"));
    for sample in Samples::parse(&text).0 {
        for label in sample.labels.keys() {
            assert!(LABELS.contains(&label.as_str()), "{label} of {}", sample.name);
        }
        let host = sample.label("host");
        assert!(host.is_none_or(|host| HOSTS.contains(&host)), "{host:?}");
    }
}

#[test]
fn the_admin_port_serves_open_metrics_and_probes_and_nothing_else() {
    let world = World::start();
    let reply = Call::get("/metrics").send(world.sidecar.admin);
    assert!(
        reply.header("content-type").is_some_and(|kind| kind.starts_with("application/openmetrics-text"))
    );
    assert!(reply.text().ends_with("# EOF\n"));
    assert_eq!(Call::get("/healthz").send(world.sidecar.admin).status(), 200);
    assert_eq!(Call::get("/openai/v1/models").send(world.sidecar.admin).status(), 404);
}
