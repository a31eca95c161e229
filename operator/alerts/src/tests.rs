mod changes;
mod clocks;
mod habits;
mod lines;
mod outages;
mod own;
mod prices;
mod sessions;
mod spells;
mod temper;
mod users;

use serde_json::{Value, json};

use crate::{
    engine::{Engine, MOST_GROUPS},
    plan,
    replay::Replay,
    spec::Metric,
    traffic, window,
};

const ANOMALY: &str = "
apiVersion: tollgate.dev/v1alpha1
kind: UsageAlert
metadata: {name: odd}
spec:
  groupBy: [Feature]
  window: {rolling: 10m}
  thresholds: [{metric: Calls, anomaly: {factor: '3', baseline: 336h}}]
";

fn alert(window: &str, thresholds: &str) -> String {
    format!(
        "apiVersion: tollgate.dev/v1alpha1\nkind: UsageAlert\nmetadata: {{name: a}}\nspec:\n  window: {window}\n  \
         limit: {{metric: Cost, amount: '10'}}\n  thresholds: {thresholds}\n"
    )
}

fn replay(alerts: &str, rows: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let mut replay = Replay::new(plan::read(alerts).unwrap());
    let mut lines = Vec::new();
    for row in rows {
        lines.extend(replay.take(&traffic::read(&row.to_string()).unwrap()).unwrap());
    }
    lines.extend(replay.finish());
    lines
}

fn row(minute: i64, calls: u64) -> Value {
    let time = jiff::Timestamp::from_second(minute * 60).unwrap().to_string();
    json!({"time": time, "namespace": "shop", "feature": "chat", "calls": calls})
}

/// A minute's calls with a daily pattern and noise; the noise is a fixed sequence.
fn usual(minute: i64) -> u64 {
    let hour = minute / 60 % 24;
    let mixed = (minute as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let noise = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 60;
    (if (8..18).contains(&hour) { 24 } else { 2 }) + noise
}

fn why_not(alerts: &str) -> String {
    plan::read(alerts).unwrap_err().to_string()
}

#[test]
fn a_limit_fires_once_when_it_is_reached_exactly_and_resolves_when_the_day_is_over() {
    let alerts = alert("{calendar: Day, timeZone: UTC}", "[{above: '80%'}]");
    let cost = |time: &str, cost: Value| json!({"time": time, "calls": 1, "cost_usd": cost});
    let lines = replay(
        &alerts,
        [
            cost("2026-03-01T10:00:00Z", json!("7.999999999999")),
            cost("2026-03-01T10:01:00Z", json!("0.000000000001")),
            cost("2026-03-01T10:02:00Z", json!(0.1)),
            cost("2026-03-02T00:05:00Z", json!(null)),
        ],
    );
    let states: Vec<_> = lines.iter().map(|line| (&line["time"], &line["state"], &line["value"])).collect();
    assert_eq!(
        states,
        [
            (&json!("2026-03-01T10:02:00Z"), &json!("firing"), &json!("8")),
            (&json!("2026-03-02T00:01:00Z"), &json!("resolved"), &json!("0")),
        ]
    );
}

#[test]
fn alerts_may_stand_in_a_list_as_kubectl_gives_them() {
    let alert = |name: &str| {
        format!(
            "- {{apiVersion: tollgate.dev/v1alpha1, kind: UsageAlert, metadata: {{name: {name}, namespace: shop}}, spec: {{window: \
             {{rolling: 1h}}, thresholds: [{{metric: Calls, above: '5'}}]}}}}\n"
        )
    };
    for head in ["apiVersion: v1\nkind: List", "apiVersion: tollgate.dev/v1alpha1\nkind: UsageAlertList"] {
        let list = |second: &str| format!("{head}\nitems:\n{}{}", alert("daily"), alert(second));
        let names: Vec<String> =
            plan::read(&list("other")).unwrap().into_iter().map(|plan| plan.name).collect();
        assert_eq!(names, ["daily", "other"]);
        let twice = why_not(&list("daily"));
        assert!(twice.starts_with("document 1: item 2: daily: the same kind"), "{twice}");
    }
    let none = why_not("apiVersion: v1\nkind: List\nitems: 3");
    assert!(none.contains("expected a list of objects"), "{none}");
}

#[test]
fn a_rolling_window_forgets_what_is_older() {
    let alerts = ANOMALY
        .replace("{metric: Calls, anomaly: {factor: '3', baseline: 336h}}", "{metric: Calls, above: 5}");
    let lines = replay(&alerts, [row(0, 5), row(30, 0)]);
    let told: Vec<_> = lines.iter().map(|line| (&line["time"], &line["state"])).collect();
    assert_eq!(
        told,
        [
            (&json!("1970-01-01T00:01:00Z"), &json!("firing")),
            (&json!("1970-01-01T00:11:00Z"), &json!("resolved")),
        ]
    );
    assert_eq!(lines[0]["group"], json!({"feature": "chat"}));
}

#[test]
fn days_have_as_many_hours_as_their_zone_says() {
    let alerts = plan::read(&alert("{calendar: Day, timeZone: Europe/Berlin}", "[{above: 1}]")).unwrap();
    let at = |time: &str| time.parse::<jiff::Timestamp>().unwrap().as_second() / 60;
    let hours = |time: &str| {
        let (from, until) = alerts[0].window.bounds(at(time));
        (until - from) / 60
    };
    assert_eq!(hours("2026-03-29T12:00:00Z"), 23);
    assert_eq!(hours("2026-10-25T12:00:00Z"), 25);
    assert_eq!(hours("2026-06-01T12:00:00Z"), 24);
    assert!(window::zone("Europe/Atlantis").is_none());
}

#[test]
fn a_projection_fires_before_the_limit_is_reached() {
    let alerts =
        alert("{calendar: Day, timeZone: UTC}", "[{above: '100%', projected: true}, {above: '100%'}]");
    let rows = (0..1440).map(|minute| {
        let mut row = row(minute, 1);
        row["cost_usd"] = json!("0.01");
        row
    });
    let lines = replay(&alerts, rows);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!((&lines[0]["time"], &lines[0]["projected"]), (&json!("1970-01-01T01:12:00Z"), &json!("14.4")));
    assert_eq!(lines[1]["time"], json!("1970-01-01T16:40:00Z"));
}

#[test]
fn usual_traffic_wakes_nobody() {
    assert_eq!(replay(ANOMALY, (0..30 * 1440).map(|minute| row(minute, usual(minute)))), Vec::<Value>::new());
}

#[test]
fn a_burst_at_night_is_found_within_ten_minutes_also_after_an_earlier_one() {
    let bursts = [17 * 1440 + 180, 20 * 1440 + 180];
    let calls = |minute: i64| {
        let odd = bursts.iter().any(|burst| (*burst..burst + 40).contains(&minute));
        usual(minute) * if odd { 6 } else { 1 }
    };
    let lines = replay(ANOMALY, (0..22 * 1440).map(|minute| row(minute, calls(minute))));
    let fired: Vec<i64> = lines
        .iter()
        .filter(|line| line["state"] == "firing")
        .map(|line| line["time"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second() / 60)
        .collect();
    assert_eq!(fired.len(), 2, "{lines:?}");
    for (burst, fired) in bursts.iter().zip(fired) {
        assert!((1..=10).contains(&(fired - burst)), "{burst}: {fired}");
    }
}

#[test]
fn few_calls_at_night_are_chance() {
    let sparse = |minute: i64| u64::from(minute % 97 == 0) + u64::from(minute == 20 * 1440 + 200);
    assert_eq!(
        replay(ANOMALY, (0..22 * 1440).map(|minute| row(minute, sparse(minute)))),
        Vec::<Value>::new()
    );
}

#[test]
fn a_job_of_each_night_is_usual() {
    let job = |minute: i64| usual(minute) + if (120..135).contains(&(minute % 1440)) { 200 } else { 0 };
    let lines = replay(ANOMALY, (4 * 1440..20 * 1440).map(|minute| row(minute, job(minute))));
    assert_eq!(lines, Vec::<Value>::new());
}

/// Minutes at which something began to fire.
fn fired(lines: &[Value]) -> Vec<i64> {
    let firing = lines.iter().filter(|line| line["state"] == "firing");
    firing
        .map(|line| line["time"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_second() / 60)
        .collect()
}

#[test]
fn twenty_calls_at_night_are_found_where_none_come_then_and_three_are_not() {
    let by_day =
        |minute: i64| u64::from((480..1080).contains(&(minute % 1440)) && usual(minute).is_multiple_of(4));
    let (three, twenty) = (18 * 1440 + 120, 20 * 1440 + 150);
    let calls = |minute: i64| match minute {
        _ if (three..three + 3).contains(&minute) => 1,
        _ if (twenty..twenty + 10).contains(&minute) => 2,
        _ => by_day(minute),
    };
    let fired = fired(&replay(ANOMALY, (0..21 * 1440).map(|minute| row(minute, calls(minute)))));
    assert!(matches!(fired[..], [at] if (twenty + 1..=twenty + 10).contains(&at)), "{fired:?}");
}

#[test]
fn who_opens_in_two_hours_sleeps_now() {
    let by_day = |minute: i64| u64::from((480..1080).contains(&(minute % 1440)));
    let burst = 20 * 1440 + 400;
    let calls = |minute: i64| by_day(minute) + if (burst..burst + 15).contains(&minute) { 2 } else { 0 };
    let fired = fired(&replay(ANOMALY, (0..21 * 1440).map(|minute| row(minute, calls(minute)))));
    assert!(matches!(fired[..], [at] if (burst + 1..=burst + 10).contains(&at)), "{fired:?}");
}

#[test]
fn one_call_that_is_very_dear_is_chance_and_many_that_are_dearer_are_not() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let (one, many) = (18 * 1440 + 700, 20 * 1440 + 700);
    let rows = (0..21 * 1440).map(|minute| {
        let mut row = row(minute, if minute == one { 1 } else { 1 + usual(minute) % 3 });
        let each = match minute {
            _ if minute == one => 5.0,
            _ if (many..many + 30).contains(&minute) => 0.1,
            _ => 0.01 * (1 + usual(minute) % 2) as f64,
        };
        row["cost_usd"] = json!(format!("{:.3}", each * row["calls"].as_f64().unwrap()));
        row
    });
    let fired = fired(&replay(&alerts, rows));
    assert!(matches!(fired[..], [at] if (many + 1..=many + 10).contains(&at)), "{fired:?}");
}

#[test]
fn a_feature_younger_than_a_week_has_no_verdict() {
    let burst = |minute: i64| if minute > 6 * 1440 { 100 } else { 1 };
    assert_eq!(replay(ANOMALY, (0..7 * 1440).map(|minute| row(minute, burst(minute)))), Vec::<Value>::new());
}

#[test]
fn what_comes_each_monday_is_usual() {
    // 1970 began on a Thursday
    let report = |minute: i64| {
        let monday = (minute / 1440 + 3) % 7 == 0 && (540..600).contains(&(minute % 1440));
        usual(minute) + if monday { 300 } else { 0 }
    };
    let lines = replay(ANOMALY, (0..27 * 1440).map(|minute| row(minute, report(minute))));
    assert_eq!(fired(&lines).into_iter().filter(|at| *at > 12 * 1440).count(), 0, "{lines:?}");
}

#[test]
fn a_nightly_job_may_keep_the_hour_on_the_wall_when_clocks_change() {
    // Europe's summer began on 29 March 2026
    let first = 20_524 * 1440;
    let job = |minute: i64| {
        let at = minute % 1440 + if minute >= 20_541 * 1440 + 60 { 60 } else { 0 };
        usual(minute) + if (200..215).contains(&at) { 200 } else { 0 }
    };
    let lines = replay(ANOMALY, (first..first + 24 * 1440).map(|minute| row(minute, job(minute))));
    assert_eq!(lines, Vec::<Value>::new());
}

#[test]
fn a_forecast_knows_the_days_shape_and_says_how_sure_it_is() {
    let alerts = alert("{calendar: Day, timeZone: UTC}", "[{metric: Calls, above: 4000}]");
    let calls = |minute: i64| usual(minute) * [10, 11, 9, 12, 8][(minute / 1440 % 5) as usize] / 10;
    let lines = replay(&alerts, (0..21 * 1440).map(|minute| row(minute, calls(minute))));
    let last = lines.iter().rfind(|line| line["state"] == "firing").unwrap();
    let day: u64 = (20 * 1440..21 * 1440).map(calls).sum();
    let (low, high) =
        (last["projected_range"][0].as_f64().unwrap(), last["projected_range"][1].as_f64().unwrap());
    assert!(low < day as f64 && (day as f64) < high, "{last} of {day}");
    let off = last["projected"].as_f64().unwrap() / day as f64;
    assert!((0.85..1.15).contains(&off) && high / low < 2.0, "{last} of {day}");
}

#[test]
fn what_is_wrong_is_named() {
    assert!(
        why_not(&alert("{rolling: 900h}", "[{above: 1}]"))
            .contains("spec.window.rolling: calls are kept 840h")
    );
    assert!(
        why_not(&alert("{calendar: Day, timeZone: Mars/Base}", "[{above: 1}]")).contains("\"Mars/Base\"")
    );
    assert!(
        why_not(&alert("{rolling: 1h}", "[{above: 0}]"))
            .contains("spec.thresholds[0].above: expected more than 0")
    );
    assert!(why_not(&alert("{rolling: 1h}", "[{above: '-3'}]")).contains("expected more than 0"));
    assert!(why_not(&alert("{rolling: 1h}", "[{}]")).contains("exactly one of above and anomaly"));
    assert!(why_not(&alert("{rolling: 1h}", "[{above: 1, sevrity: x}]")).contains("sevrity"));
    assert!(why_not("# nothing\n").contains("expected a UsageAlert"));
    assert!(why_not("").contains("expected a UsageAlert"));
    let twice = alert("{rolling: 1h, rolling: 2h}", "[{above: 1}]");
    assert!(why_not(&twice).contains("\"rolling\" is there twice"), "{}", why_not(&twice));
    let once = alert("{rolling: 1h}", "[{above: 1}]");
    assert!(
        why_not(&format!("{once}---\n{once}")).contains("document 2: a: the same kind, namespace and name")
    );
}

#[test]
fn what_was_remembered_is_judged_as_if_each_minute_had_been() {
    let alerts = ANOMALY.to_owned()
        + "---\n"
        + &alert("{calendar: Week, timeZone: Europe/Berlin}", "[{above: '0.1'}]");
    let mut engines: Vec<Engine> = plan::read(&alerts).unwrap().into_iter().map(Engine::new).collect();
    let mut remembering: Vec<Engine> = plan::read(&alerts).unwrap().into_iter().map(Engine::new).collect();
    let burst = 20 * 1440 + 180;
    for minute in 0..=burst + 9 {
        let calls = if minute >= burst { 60 } else { usual(minute) * u64::from(minute % 7 == 0) };
        let mut row = row(minute, calls);
        row["cost_usd"] = json!("0.001");
        let row = traffic::read(&row.to_string()).unwrap();
        for (engine, other) in engines.iter_mut().zip(&mut remembering) {
            if calls > 0 {
                engine.add(&row);
                other.add(&row);
            }
            engine.close(minute, &mut Vec::new());
            if minute < burst + 9 {
                other.remember(minute);
            } else {
                other.close(minute, &mut Vec::new());
            }
        }
    }
    for (index, metric) in [Metric::Calls, Metric::Cost].into_iter().enumerate() {
        let told = |engine: &Engine| {
            let values: Vec<_> = engine.values(metric).map(|(key, value)| (key.clone(), value)).collect();
            let forecasts: Vec<_> = values.iter().map(|(key, _)| engine.forecast(key, metric)).collect();
            (values, forecasts, engine.firing(0).count())
        };
        assert_eq!(told(&engines[index]), told(&remembering[index]));
        assert_eq!(remembering[index].firing(0).count(), 1);
    }
}

#[test]
fn of_a_million_users_a_thousand_are_told_apart_and_the_others_are_counted() {
    let alerts = ANOMALY.replace("[Feature]", "[User]");
    let mut engine = Engine::new(plan::read(&alerts).unwrap().remove(0));
    for user in 0..1_000_000 {
        engine.add(&traffic::Row {
            user: Some(user.to_string()),
            calls: "1".parse().unwrap(),
            ..traffic::Row::default()
        });
    }
    engine.close(0, &mut Vec::new());
    assert_eq!(engine.values(Metric::Calls).count(), MOST_GROUPS);
    assert_eq!(engine.beyond, 1_000_000 - MOST_GROUPS as u64);
}

#[test]
fn a_smooth_features_calls_that_become_four_times_as_many_are_found_though_they_are_few() {
    // three calls in two minutes
    let smooth = |minute: i64| usual(minute) % 4;
    let burst = 20 * 1440 + 700;
    let calls = |minute: i64| {
        if (burst..burst + 60).contains(&minute) { 6 + minute as u64 % 2 } else { smooth(minute) }
    };
    let fired = fired(&replay(ANOMALY, (0..22 * 1440).map(|minute| row(minute, calls(minute)))));
    assert!(matches!(fired[..], [at] if (burst + 1..=burst + 10).contains(&at)), "{fired:?}");
}

/// 1970 began on a Thursday.
fn on_working_days(minute: i64) -> u64 {
    let weekend = (minute / 1440 + 3) % 7 >= 5;
    if weekend { 3 + usual(minute) % 4 } else { 14 + usual(minute) }
}

#[test]
fn four_times_a_saturdays_calls_are_found_though_each_working_day_has_as_many() {
    let saturday = 23 * 1440 + 700;
    let calls = |minute: i64| {
        on_working_days(minute) * if (saturday..saturday + 60).contains(&minute) { 5 } else { 1 }
    };
    let fired = fired(&replay(ANOMALY, (0..25 * 1440).map(|minute| row(minute, calls(minute)))));
    assert!(matches!(fired[..], [at] if (saturday + 1..=saturday + 10).contains(&at)), "{fired:?}");
}

#[test]
fn what_begins_when_a_punctual_weekend_begins_is_found() {
    let midnight = 23 * 1440 + 1;
    let calls = |minute: i64| {
        on_working_days(minute) * if (midnight..midnight + 60).contains(&minute) { 6 } else { 1 }
    };
    let fired = fired(&replay(ANOMALY, (0..25 * 1440).map(|minute| row(minute, calls(minute)))));
    assert!(matches!(fired[..], [at] if (midnight + 1..=midnight + 15).contains(&at)), "{fired:?}");
}

/// Of mean 0 and variance 1, about; a fixed sequence.
#[expect(clippy::float_arithmetic, reason = "prices that differ")]
fn normal(minute: i64) -> f64 {
    (1..=12).map(|part| (usual(minute * 13 + part * 1_000_003) % 16) as f64 / 16.0).sum::<f64>() - 5.6
}

#[test]
fn minutes_whose_calls_are_all_dear_now_and_then_wake_hardly_anybody() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let rows = (0..40 * 1440).map(|minute| {
        let mut row = row(minute, 4 * usual(minute));
        let cost = 0.004 * row["calls"].as_f64().unwrap() * (0.9 * normal(minute)).exp();
        row["cost_usd"] = json!(format!("{cost:.4}"));
        row
    });
    let fired = fired(&replay(&alerts, rows));
    assert!(fired.len() <= 2, "{fired:?}");
}

#[test]
fn a_few_calls_that_are_each_eight_times_as_dear_are_found_where_prices_hardly_differ() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let dear = 20 * 1440 + 730;
    let rows = (0..21 * 1440).map(|minute| {
        let mut row = row(minute, u64::from(!usual(minute).is_multiple_of(3)));
        let each = if (dear..dear + 60).contains(&minute) { 0.08 } else { 0.01 };
        let cost = each * row["calls"].as_f64().unwrap() * (0.1 * normal(minute)).exp();
        row["cost_usd"] = json!(format!("{cost:.5}"));
        row
    });
    let fired = fired(&replay(&alerts, rows));
    assert!(matches!(fired[..], [at] if (dear + 1..=dear + 10).contains(&at)), "{fired:?}");
}

#[test]
fn the_dear_calls_among_many_cheap_ones_are_found_when_they_are_twelve_times_as_dear() {
    let alerts = ANOMALY.replace("metric: Calls", "metric: Cost");
    let dearer = 20 * 1440 + 730;
    let rows = (0..21 * 1440).flat_map(|minute| {
        (0..9).map(move |call| {
            let mut row = row(minute, 1);
            let each = match call {
                0 if (dearer..dearer + 60).contains(&minute) => 0.6,
                0 => 0.05,
                _ => 0.001,
            };
            row["cost_usd"] = json!(format!("{:.6}", each * (0.5 * normal(minute * 9 + call)).exp()));
            row
        })
    });
    let fired = fired(&replay(&alerts, rows));
    assert!(matches!(fired[..], [at] if (dearer + 1..=dearer + 10).contains(&at)), "{fired:?}");
}

#[test]
fn a_part_of_the_smallest_limit_is_exact_and_never_nothing() {
    let alerts = |above: &str| {
        alert("{rolling: 10m}", &format!("[{{above: '{above}'}}]")).replace("'10'", "'0.0000019'")
    };
    let cost = |cost: &str| json!({"time": "2026-01-01T00:00:00Z", "cost_usd": cost});
    for (above, reached, not_yet) in [
        ("100%", "0.0000019", "0.0000018"),
        ("50%", "0.00000095", "0.00000094"),
        ("150%", "0.00000285", "0.00000284"),
    ] {
        let lines = replay(&alerts(above), [cost(reached)]);
        assert_eq!((lines.len(), &lines[0]["value"]), (1, &json!(reached)), "{above}");
        assert!(replay(&alerts(above), [cost(not_yet)]).is_empty(), "{above}");
    }
}

#[test]
fn a_pattern_of_many_stars_takes_no_longer_than_its_text() {
    let glob = plan::glob;
    assert!(!glob(&format!("{}b", "a*".repeat(120)), &"a".repeat(1_000)));
    for (pattern, text, is) in [
        ("gpt-*", "gpt-", true),
        ("*", "", true),
        ("a*a", "a", false),
        ("*b*b*", "abcb", true),
        ("*b*b*", "abc", false),
        ("a**b", "ab", true),
        ("ü*ü", "üü", true),
        ("", "x", false),
        ("gpt-5", "gpt-5-mini", false),
    ] {
        assert_eq!(glob(pattern, text), is, "{pattern} on {text}");
    }
}
