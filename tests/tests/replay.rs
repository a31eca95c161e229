//! `tollgate alert replay`, as somebody uses it who has a file of alerts and minutes of traffic.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
    thread,
};

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tollgate_tests::harness::{
    postgres::{self, Postgres},
    programs,
};

/// What a run said.
#[derive(Debug)]
struct Said {
    lines: Vec<Value>,
    complaints: String,
    code: i32,
}

// === impl Said ===

impl Said {
    /// Of each line: its time, alert, state and value.
    fn changes(&self) -> Vec<[String; 4]> {
        let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.lines
            .iter()
            .map(|line| ["time", "alert", "state", "value"].map(|field| word(&line[field])))
            .collect()
    }

    fn is(&self, expected: &[[&str; 4]]) {
        assert_eq!(self.changes(), expected, "{self:#?}");
    }
}

fn run(alerts: &str, more: &[&str], traffic: &str) -> Said {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("alerts.yaml");
    fs::write(&file, alerts).expect("a file");
    let mut command = Command::new(programs::operator());
    command.args(["alert", "replay", "-f"]).arg(file).args(more).env_remove("DATABASE_URL");
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("tollgate alert replay");
    let mut stdin = process.stdin.take().expect("its standard input");
    let traffic = traffic.to_owned();
    // one that refuses its alerts reads nothing
    let writer = thread::spawn(move || drop(stdin.write_all(traffic.as_bytes())));
    let output = process.wait_with_output().expect("an end");
    writer.join().expect("written");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    Said {
        lines: text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect(),
        complaints: String::from_utf8(output.stderr).expect("UTF-8"),
        code: output.status.code().expect("an exit code"),
    }
}

fn replay(alerts: &str, rows: &[Value]) -> Said {
    let traffic: String = rows.iter().map(|row| format!("{row}\n")).collect();
    run(alerts, &[], &traffic)
}

/// One alert, its spec in YAML's flow form.
fn alert(name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: tollgate.dev/v1alpha1\nkind: ClusterUsageAlert\nmetadata: {{name: {name}}}\nspec: {spec}\n"
    )
}

const DAILY: &str = "{window: {calendar: Day}, thresholds: [{metric: Cost, above: '0.3'}]}";
const TEN_MINUTES: &str = "{window: {rolling: 10m}, thresholds: [{metric: Calls, above: 2}]}";

#[test]
fn lines_that_cannot_be_taken_are_named_and_the_rest_goes_on() {
    let traffic = "{\"time\": \"2026-03-02T10:00:00Z\", \"calls\": 1}\n\
                   no JSON\n\
                   {\"calls\": 1}\n\
                   {\"time\": \"yesterday\", \"calls\": 1}\n\
                   {\"time\": \"2026-03-02T10:01:00Z\", \"calls\": -1}\n\
                   {\"time\": \"2026-03-02T10:01:00Z\", \"calls\": [1]}\n\
                   \n\
                   {\"time\": \"2026-03-02T10:01:00Z\", \"calls\": 1}\n\
                   {\"time\": \"2026-03-02T10:00:00Z\", \"calls\": 100}\n\
                   {\"time\": \"2027-12-02T10:00:00Z\", \"calls\": 100}\n\
                   {\"time\": \"2026-03-02T10:02:00Z\"";
    let said = run(&alert("ten", TEN_MINUTES), &[], traffic);
    said.is(&[["2026-03-02T10:02:00Z", "ten", "firing", "2"]]);
    let told: Vec<&str> = said.complaints.lines().filter(|line| line.starts_with("line ")).collect();
    for (line, why) in [
        (2, "expected"),
        (3, "missing field `time`"),
        (4, "time: expected a time such as 2026-11-28T09:30:00Z"),
        (5, "calls: expected a number such as 50 or 0.25, found \"-1\""),
        (6, "calls: expected a number"),
        (9, "sort the lines by time"),
        (10, "400 days"),
        (11, "EOF"),
    ] {
        let start = format!("line {line}: ");
        assert!(
            told.iter().any(|told| told.starts_with(&start) && told.contains(why)),
            "{start}{why} {told:#?}"
        );
    }
    assert_eq!((told.len(), said.code), (8, 1));
    assert!(said.complaints.contains("8 lines were left out"), "{}", said.complaints);
}

#[test]
fn no_traffic_changes_nothing_and_is_no_error() {
    for traffic in ["", "\n\n"] {
        let said = run(&alert("ten", TEN_MINUTES), &[], traffic);
        assert_eq!((said.lines.len(), said.complaints.as_str(), said.code), (0, "", 0));
    }
}

#[test]
fn what_is_over_in_a_gap_is_said_with_the_minute_in_which_it_was() {
    let said = replay(
        &alert("ten", TEN_MINUTES),
        &[
            json!({"time": "2026-03-02T10:00:00Z", "calls": 2}),
            json!({"time": "2026-03-09T10:00:00Z", "calls": 2}),
        ],
    );
    said.is(&[
        ["2026-03-02T10:01:00Z", "ten", "firing", "2"],
        ["2026-03-02T10:11:00Z", "ten", "resolved", "0"],
        ["2026-03-09T10:01:00Z", "ten", "firing", "2"],
    ]);
}

#[test]
fn money_is_exact_as_a_text_and_as_a_number() {
    let row = |minute: u32, cost: Value| json!({"time": format!("2026-03-02T10:{minute:02}:00Z"), "calls": 1, "cost_usd": cost});
    // in floating point 0.1 + 0.1 + 0.1 is more than 0.3, and 0.1 + 0.2 too
    replay(&alert("a", DAILY), &[row(0, json!(0.1)), row(1, json!("0.1")), row(2, json!(0.1))]).is(&[[
        "2026-03-02T10:03:00Z",
        "a",
        "firing",
        "0.3",
    ]]);
    replay(
        &alert("a", DAILY),
        &[row(0, json!("0.299999999998")), row(1, json!(1e-12)), row(2, json!("0.000000000001"))],
    )
    .is(&[["2026-03-02T10:03:00Z", "a", "firing", "0.3"]]);
}

#[test]
fn keys_that_are_missing_are_nothing_and_keys_that_nobody_knows_are_passed_over() {
    let by_feature =
        "{groupBy: [Feature, User], window: {calendar: Day}, thresholds: [{metric: Tokens, above: 5}]}";
    let said = replay(
        &alert("a", by_feature),
        &[
            json!({"time": "2026-03-02T10:00:00Z"}),
            json!({"time": "2026-03-02T10:00:00+00:00", "tokens": null, "feature": null, "calls": 3}),
            json!({"time": "2026-03-02T10:01:00.5Z", "tokens": 5.0, "colour": "blue", "region": {"name": "eu"}}),
            json!({"time": "2026-03-02T12:02:00+02:00", "tokens": "5", "feature": "chat", "user_id": "ada"}),
        ],
    );
    said.is(&[["2026-03-02T10:02:00Z", "a", "firing", "5"], ["2026-03-02T10:03:00Z", "a", "firing", "5"]]);
    assert_eq!(said.lines[0]["group"], json!({"feature": null, "user_id": null}));
    assert_eq!(said.lines[1]["group"], json!({"feature": "chat", "user_id": "ada"}));
    assert_eq!(said.lines[0]["projected"], Value::Null);
    assert_eq!(said.code, 0);
}

#[test]
fn a_day_of_23_hours_and_one_of_25_end_when_the_zones_midnight_is() {
    let spec = "{window: {calendar: Day, timeZone: Europe/Berlin}, thresholds: [{metric: Calls, above: 1}]}";
    let spring = [
        json!({"time": "2026-03-28T23:00:00Z", "calls": 1}), // Sunday's first minute
        json!({"time": "2026-03-29T22:30:00Z", "calls": 0}), // Monday, after a day of 23 hours
    ];
    replay(&alert("day", spec), &spring).is(&[
        ["2026-03-28T23:01:00Z", "day", "firing", "1"],
        ["2026-03-29T22:01:00Z", "day", "resolved", "0"],
    ]);
    let autumn = [
        json!({"time": "2026-10-24T22:00:00Z", "calls": 1}),
        json!({"time": "2026-10-25T23:30:00Z", "calls": 0}),
    ];
    replay(&alert("day", spec), &autumn).is(&[
        ["2026-10-24T22:01:00Z", "day", "firing", "1"],
        ["2026-10-25T23:01:00Z", "day", "resolved", "0"],
    ]);
}

#[test]
fn weeks_and_months_begin_where_they_are_said_to() {
    let week = "{window: {calendar: Week, weekStart: Sunday, timeZone: America/New_York}, thresholds: [{metric: Calls, above: 1}]}";
    let month = "{window: {calendar: Month}, thresholds: [{metric: Calls, above: 1}]}";
    let rows = [
        json!({"time": "2026-02-27T12:00:00Z", "calls": 1}),
        json!({"time": "2026-03-03T12:00:00Z", "calls": 0}),
    ];
    replay(&(alert("week", week) + &alert("month", month)), &rows).is(&[
        ["2026-02-27T12:01:00Z", "week", "firing", "1"],
        ["2026-02-27T12:01:00Z", "month", "firing", "1"],
        ["2026-03-01T00:01:00Z", "month", "resolved", "0"],
        ["2026-03-01T05:01:00Z", "week", "resolved", "0"],
    ]);
}

#[test]
fn a_file_may_have_alerts_of_both_kinds_and_each_sees_what_it_may() {
    let own = "---\napiVersion: tollgate.dev/v1alpha1\nkind: UsageAlert\nmetadata: {name: own, namespace: shop}\n\
               spec: {window: {calendar: Day}, thresholds: [{metric: Calls, above: 3}]}\n";
    let scoped =
        "{scope: {models: ['gpt-*']}, window: {calendar: Day}, thresholds: [{metric: Calls, above: 4}]}";
    let limits = "{window: {calendar: Day}, limit: {metric: Calls, amount: 8}, thresholds: [{above: '100%', projected: true}, {above: '50%'}]}";
    let alerts =
        own.to_owned() + "---\n# nothing here\n" + &alert("scoped", scoped) + &alert("limits", limits);
    let rows: Vec<Value> = (0..6)
        .map(|call| {
            let (hour, minute) = (call / 3, call % 3 * 20);
            let (namespace, model) = if call == 0 { ("bank", "claude-x") } else { ("shop", "gpt-x") };
            json!({"time": format!("2026-03-02T{hour:02}:{minute:02}:00Z"), "namespace": namespace, "model": model, "calls": 1})
        })
        .collect();
    replay(&alerts, &rows).is(&[
        ["2026-03-02T01:01:00Z", "own", "firing", "3"],
        ["2026-03-02T01:01:00Z", "limits", "firing", "4"],
        ["2026-03-02T01:12:00Z", "limits", "firing", "4"],
        ["2026-03-02T01:21:00Z", "scoped", "firing", "4"],
    ]);
}

#[test]
fn alerts_that_are_wrong_are_named_and_nothing_is_replayed() {
    let traffic = "{\"time\": \"2026-03-02T10:00:00Z\", \"calls\": 9}\n";
    let good = alert("good", TEN_MINUTES);
    for (bad, why) in [
        (
            alert(
                "zone",
                "{window: {calendar: Day, timeZone: Mars/Base}, thresholds: [{metric: Calls, above: 1}]}",
            ),
            "zone: spec.window.timeZone",
        ),
        (
            alert("both", "{window: {rolling: 1h, calendar: Day}, thresholds: [{metric: Calls, above: 1}]}"),
            "both: spec.window",
        ),
        (
            alert("zero", "{window: {rolling: 1h}, thresholds: [{metric: Calls, above: 0}]}"),
            "zero: spec.thresholds[0].above",
        ),
        (
            alert("long", "{window: {rolling: 2000h}, thresholds: [{metric: Calls, above: 1}]}"),
            "long: spec.window.rolling",
        ),
        (alert("typo", "{window: {rolling: 1h}, thresholds: [{metric: Calls, abvoe: 1}]}"), "abvoe"),
        (
            alert("part", "{window: {rolling: 1h}, thresholds: [{metric: Calls, above: '80%'}]}"),
            "part: spec.thresholds[0].above",
        ),
        (
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n".to_owned(),
            "expected UsageAlert or ClusterUsageAlert",
        ),
        ("---\n{not: [yaml\n".to_owned(), "document 2"),
    ] {
        let said = run(&(good.clone() + &bad), &[], traffic);
        assert_eq!((said.lines.len(), said.code), (0, 1), "{bad} {said:?}");
        assert!(
            said.complaints.contains("document 2") && said.complaints.contains(why),
            "{why}: {}",
            said.complaints
        );
    }
}

#[test]
fn groups_past_a_thousand_are_counted_and_said() {
    let spec = "{groupBy: [User], window: {calendar: Day}, thresholds: [{metric: Calls, above: 2}]}";
    let rows: Vec<Value> = (0..1_003)
        .map(|user| json!({"time": "2026-03-02T10:00:00Z", "user_id": format!("u{user}"), "calls": if user > 998 { 2 } else { 1 }}))
        .collect();
    let said = replay(&alert("users", spec), &rows);
    said.is(&[["2026-03-02T10:01:00Z", "users", "firing", "2"]]);
    assert_eq!(said.lines[0]["group"], json!({"user_id": "u999"}));
    assert!(
        said.complaints.contains("users: 1000 groups are told apart; 3 rows of further ones were left out"),
        "{}",
        said.complaints
    );
}

#[test]
fn the_ledgers_minutes_replayed_say_what_sql_counts() {
    let postgres = Postgres::start().expect("Postgres");
    postgres.migrated("ledger").expect("the schema");
    let url = postgres.url("ledger");
    let sql = |text: &str| postgres::query(&url, text).expect("an answer");
    sql(
        "select tollgate_ensure_partition((now() - n * interval '1 day')::date) from generate_series(0, 30) n",
    );
    // a call a minute for 29 days, in two namespaces by turns; ten dear ones four days ago; what is refused is no call
    let calls = "insert into provider_usage_logs (id, created_at, received_at, cluster, namespace, feature, provider, host, model, \
                 endpoint, outcome, status, streamed, tokens_used, input_tokens, output_tokens, cached_input_tokens, \
                 cache_write_tokens, reasoning_tokens, cost_usd, usage_source) \
                 select gen_random_uuid(), at, now(), cluster, case when n % 2 = 0 then 'shop' else 'bank' end, 'chat', 'openai', \
                 'api.openai.com', 'gpt-4o', '/v1/chat/completions', outcome, 200, false, 30, 10, 20, 0, 0, 0, cost, 'provider' from ";
    let of_days = "(select n, date_trunc('minute', now()) - n * interval '1 minute' as at, 'default' as cluster, 'completed' as outcome, \
                   0.000000000001 as cost from generate_series(1, 29 * 1440) n) c";
    let burst = "(select 0 as n, date_trunc('minute', now()) - interval '4 days' + interval '7 seconds' as at, cluster, outcome, cost \
                 from (values ('default', 'completed', 10, 1.5), ('default', 'refused', 99, 0), ('elsewhere', 'completed', 99, 1.5)) \
                 v (cluster, outcome, much, cost), generate_series(1, much)) c";
    sql(&format!("{calls}{of_days}"));
    sql(&format!("{calls}{burst}"));
    let spec = "{groupBy: [Namespace], window: {rolling: 10m}, thresholds: [{metric: Cost, above: 10}, {metric: Calls, anomaly: {factor: 3, baseline: 336h}}]}";
    let said = run(&alert("odd", spec), &["--last", "720h", "--database-url", &url], "");
    assert_eq!(said.code, 0, "{}", said.complaints);
    let minute = sql(
        "select (extract(epoch from date_trunc('minute', max(created_at))) / 60)::bigint + 1 from provider_usage_logs \
         where cost_usd > 1 and cluster = 'default'",
    );
    let at: i64 = minute.parse().expect("a number");
    let time = Timestamp::from_second(at * 60).expect("a time").to_string();
    let sum = sql(&format!(
        "select trim_scale(sum(cost_usd)) from provider_usage_logs where cluster = 'default' and namespace = 'shop' \
         and created_at < to_timestamp({at} * 60) and created_at >= to_timestamp(({at} - 10) * 60)"
    ));
    let first = &said.lines[0];
    assert_eq!((&first["time"], &first["metric"]), (&json!(time), &json!("Cost")), "{said:#?}");
    assert_eq!((&first["value"], &first["group"]), (&json!(sum), &json!({"namespace": "shop"})));
    let over =
        said.lines.iter().filter(|line| line["state"] == "resolved" && line["metric"] == "Cost").count();
    assert_eq!(over, 1, "{said:#?}");
}
