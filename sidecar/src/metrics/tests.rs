use std::time::Duration;

use tollgate_meter::{Bill, Outcome};

use super::*;

fn observed(features: usize) -> String {
    let metrics = Metrics::new(&Workload { namespace: Some("shop".into()), ..Workload::default() }, None, 0);
    let worker = metrics.worker();
    for number in 0..features {
        worker.opened();
        worker.closed(&Observation {
            feature: &format!("feature-{number}").as_str().into(),
            provider: Provider::OpenAi,
            model: Some("gpt-4o"),
            outcome: Outcome::Completed,
            bill: &Bill::of_nothing(),
            would_refuse: false,
            duration: Some(Duration::from_secs(3_600)),
        });
    }
    metrics.encode().unwrap()
}

#[test]
fn a_histograms_last_bucket_has_no_bound() {
    let text = observed(1);
    let last = text.lines().rfind(|line| line.starts_with("gen_ai_client_operation_duration_seconds_bucket"));
    assert!(last.is_some_and(|line| line.contains("le=\"+Inf\"") && line.ends_with(" 1")), "{text}");
}

#[test]
fn features_past_the_first_two_hundred_are_counted_as_other() {
    let text = observed(300);
    let calls = |feature: &str| {
        let label = format!("feature=\"{feature}\"");
        text.lines()
            .find(|line| line.starts_with("tollgate_calls_total") && line.contains(&label))
            .map(str::to_owned)
    };
    assert!(calls("feature-199").is_some_and(|line| line.ends_with(" 1")));
    assert!(calls("feature-200").is_none());
    assert!(calls("other").is_some_and(|line| line.ends_with(" 100")));
}

/// A counter's first sample is no increase.
#[test]
fn what_passes_unread_or_undecided_is_counted_from_nothing_on() {
    let text = observed(0);
    let begins = |counter: &str, labels: &[&str]| {
        text.lines().any(|line| {
            line.starts_with(counter)
                && labels.iter().all(|label| line.contains(label))
                && line.ends_with(" 0")
        })
    };
    for reason in
        ["ModelUndetermined", "UserUndetermined", "StateUnknown", "UsageUnreadable", "BudgetUnknown"]
    {
        assert!(begins("tollgate_fail_open_total", &[&format!("reason=\"{reason}\"")]), "{reason}");
    }
    for reason in ["Distrust", "ClosedInHandshake", "UnknownHost", "NoServerName"] {
        for provider in Provider::ALL {
            let labels = [format!("reason=\"{reason}\""), format!("host=\"{}\"", provider.host())];
            assert!(
                begins("tollgate_uncaptured_connections_total", &labels.each_ref().map(String::as_str)),
                "{labels:?}"
            );
        }
    }
}

#[test]
fn every_label_is_one_that_the_documentation_names() {
    const LABELS: [&str; 15] = [
        "namespace",
        "workload",
        "feature",
        "provider",
        "host",
        "model",
        "outcome",
        "usage_source",
        "gen_ai_token_type",
        "le",
        "reason",
        "field",
        "source",
        "version",
        "quantile",
    ];
    for line in observed(1).lines().filter(|line| !line.starts_with('#')) {
        let labels = line
            .split_once('{')
            .map_or("", |(_, rest)| rest.split_once('}').map_or("", |(labels, _)| labels));
        for label in labels.split("\",").filter_map(|pair| pair.split_once('=')) {
            assert!(LABELS.contains(&label.0), "{line}");
        }
    }
}
