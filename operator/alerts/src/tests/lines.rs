//! What goes in a line, and what comes out in one.

use serde_json::{Value, json};

use super::{alert, replay};
use crate::traffic;

fn why_not(line: &str) -> String {
    traffic::read(line).unwrap_err()
}

#[test]
fn three_alerts_of_one_name_are_told_apart() {
    let of = |kind: &str, namespace: &str| {
        format!(
            "---\napiVersion: tollgate.dev/v1alpha1\nkind: {kind}\nmetadata: {{name: x{namespace}}}\nspec:\n  window: {{rolling: 10m}}\n  \
             thresholds: [{{metric: Calls, above: 1}}]\n"
        )
    };
    let alerts = of("UsageAlert", ", namespace: shop")
        + &of("UsageAlert", ", namespace: lab")
        + &of("ClusterUsageAlert", "");
    let row = |namespace: &str| json!({"time": "2026-03-01T10:00:00Z", "namespace": namespace, "calls": 1});
    let lines = replay(&alerts, [row("shop"), row("lab")]);
    let told: Vec<[Option<&str>; 3]> =
        lines.iter().map(|line| ["kind", "namespace", "alert"].map(|key| line[key].as_str())).collect();
    assert_eq!(
        told,
        [
            [Some("UsageAlert"), Some("shop"), Some("x")],
            [Some("UsageAlert"), Some("lab"), Some("x")],
            [Some("ClusterUsageAlert"), None, Some("x")],
        ]
    );
    assert!(lines[2].get("namespace").is_none());
}

#[test]
fn a_line_says_which_kind_of_threshold_it_is_about() {
    let alerts =
        alert("{calendar: Day, timeZone: UTC}", "[{above: '100%', projected: true}, {above: '100%'}]");
    let rows = (0..1440).map(|minute| {
        let time = jiff::Timestamp::from_second(minute * 60).unwrap().to_string();
        json!({"time": time, "calls": 1, "cost_usd": "0.01"})
    });
    let rules: Vec<Value> = replay(&alerts, rows).iter().map(|line| line["rule"].clone()).collect();
    assert_eq!(rules, [json!("projected"), json!("above")]);
}

#[test]
fn a_part_of_a_call_is_refused_and_says_why() {
    for field in ["calls", "tokens", "errors"] {
        let line = |value: &str| format!("{{\"time\": \"2026-03-01T10:00:00Z\", \"{field}\": {value}}}");
        assert_eq!(why_not(&line("1.5")), format!("{field}: expected a whole number, found \"1.5\""));
        assert_eq!(why_not(&line("\"0.25\"")), format!("{field}: expected a whole number, found \"0.25\""));
        assert!(traffic::read(&line("2.0")).is_ok() && traffic::read(&line("\"3\"")).is_ok());
    }
    assert!(traffic::read("{\"time\": \"2026-03-01T10:00:00Z\", \"cost_usd\": 1.5}").is_ok());
}

#[test]
fn what_is_wrong_with_a_line_is_told_by_its_column_alone() {
    assert_eq!(why_not("{\"time\": 5}"), "invalid type: integer `5`, expected a string, column 10");
    assert_eq!(why_not("no"), "expected ident, column 2");
}

#[test]
fn the_largest_counts_are_taken_and_summed() {
    let alerts = alert("{rolling: 10m}", "[{metric: Calls, above: 1}]");
    let row = json!({"time": "2026-03-01T10:00:00Z", "calls": i64::MAX, "tokens": i64::MAX});
    let lines = replay(&alerts, [row.clone(), row]);
    assert_eq!(lines[0]["value"].to_string(), "18446744073709551614");
}

#[test]
fn the_last_days_that_there_are_end() {
    let alerts =
        alert("{calendar: Month, timeZone: Europe/Berlin}", "[{above: '100%', projected: true}, {above: 1}]");
    let rows = (1..=30).map(|day| json!({"time": format!("9999-12-{day:02}T21:00:00Z"), "cost_usd": "0.2"}));
    assert_eq!(replay(&alerts, rows).iter().filter(|line| line["rule"] == "above").count(), 1);
}
