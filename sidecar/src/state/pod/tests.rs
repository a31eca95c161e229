use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use serde_json::json;
use tollgate_crds::stream::StateFlag;

use super::*;
use crate::metrics::Metrics;

fn workload() -> Workload {
    Workload { namespace: Some("shop".to_owned()), ..Workload::default() }
}

fn state(version: &str, enabled: bool) -> NamespaceState {
    NamespaceState {
        namespace: "shop".to_owned(),
        versions: [("FeatureFlag".to_owned(), version.to_owned())].into(),
        flags: vec![StateFlag {
            namespace: Some("shop".to_owned()),
            name: "chat".to_owned(),
            uid: "u".to_owned(),
            resource_version: version.to_owned(),
            feature: "chat".to_owned(),
            enabled,
            spec: json!({}),
        }],
        ..NamespaceState::default()
    }
}

fn is_off(flags: &SharedFlags) -> bool {
    flags.load().feature("chat").is_off()
}

/// A state with metrics, which follow the stream.
fn measured() -> (PodState, Metrics) {
    let metrics = Metrics::new(&crate::config::Workload::default(), None, 0);
    metrics.state.follows(STREAM, Instant::now());
    let pod = PodState::alone(workload(), &[]).0.measured(Arc::clone(&metrics.state));
    (pod, metrics)
}

fn line(metrics: &Metrics, name: &str, labels: &str) -> Option<String> {
    let text = metrics.encode().unwrap();
    let found = text.lines().find(|line| line.starts_with(name) && line.contains(labels))?;
    found.rsplit_once(' ').map(|(_, value)| value.to_owned())
}

const VALID: &str = "tollgate_state_valid{";
const OF_STREAM: &str = "source=\"stream\"";

fn beat(pod: &PodState, watch_age: u64) {
    let time = u64::try_from(Timestamp::now().as_millisecond()).unwrap();
    pod.heartbeat(&Heartbeat { time, watch_age }, Instant::now(), Duration::MAX);
}

#[test]
fn a_state_that_is_taken_is_compiled_once_and_holds_when_the_offer_returns() {
    let compiled = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&compiled);
    let pod = PodState::new(workload(), move |_| {
        counted.fetch_add(1, Relaxed);
    });
    for (offered, expected) in
        [("1", Offer::Taken), ("1", Offer::Same), ("2", Offer::Taken), ("1", Offer::Older)]
    {
        assert_eq!(pod.offer(state(offered, offered == "1"), Source::Stream, Instant::now()), expected);
    }
    assert_eq!((compiled.load(Relaxed), pod.versions()["FeatureFlag"].as_str()), (2, "2"));
}

#[test]
fn another_namespaces_state_is_none_of_ours() {
    let (pod, flags) = PodState::alone(workload(), &[]);
    let other = NamespaceState { namespace: "bank".to_owned(), ..state("9", false) };
    assert_eq!(pod.offer(other, Source::ConfigMap, Instant::now()), Offer::Foreign);
    assert!(!flags.load().is_known() && !is_off(&flags) && pod.versions().is_empty());
}

#[test]
fn what_the_stream_tells_is_kept_for_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::new(folder.path().to_owned());
    let pod = PodState::alone(workload(), &[]).0.keeping(kept.clone());
    pod.offer(state("3", false), Source::Stream, Instant::now());
    assert_eq!(kept.state(), Some(state("3", false)));

    let (again, flags) = PodState::alone(workload(), &[]);
    again.offer(kept.state().unwrap(), Source::Volume, Instant::now());
    again.offer(state("2", true), Source::ConfigMap, Instant::now());
    assert!(is_off(&flags));
}

#[test]
fn the_age_counts_from_the_operators_watch_and_what_was_confirmed_later_counts() {
    let start = Instant::now();
    let metrics = Metrics::new(&crate::config::Workload::default(), None, 0);
    metrics.state.follows(STREAM, start - Duration::from_secs(100));
    let pod = PodState::alone(workload(), &[]).0.measured(Arc::clone(&metrics.state));
    let age = || -> f64 { line(&metrics, "tollgate_state_age_seconds", OF_STREAM).unwrap().parse().unwrap() };
    assert!(age() >= 100.0);
    pod.offer(state("3", false), Source::Stream, start);
    let beat = |watch_age| pod.heartbeat(&Heartbeat { time: 0, watch_age }, start, Duration::MAX);
    beat(50_000);
    let confirmed = age();
    assert!((50.0..100.0).contains(&confirmed), "{confirmed}");
    beat(80_000);
    assert!(
        (confirmed..80.0).contains(&age()),
        "a replica that knows less does not make what is known older"
    );
}

#[test]
fn a_stream_that_says_what_cannot_be_taken_is_not_valid_until_it_says_what_can() {
    let (pod, metrics) = measured();
    assert_eq!(line(&metrics, VALID, OF_STREAM), None, "nothing was heard yet");
    pod.offer(state("3", false), Source::Stream, Instant::now());
    pod.unreadable(Instant::now());
    beat(&pod, 0);
    assert_eq!(line(&metrics, VALID, OF_STREAM).as_deref(), Some("0"));
    pod.offer(state("3", false), Source::Stream, Instant::now());
    beat(&pod, 0);
    assert_eq!(line(&metrics, VALID, OF_STREAM).as_deref(), Some("1"));
    pod.offer(state("2", true), Source::Stream, Instant::now());
    beat(&pod, 0);
    assert_eq!(line(&metrics, VALID, OF_STREAM).as_deref(), Some("0"), "it stands by an older one");
}

#[test]
fn a_push_is_measured_by_the_operators_clock_and_only_where_the_stream_was_followed() {
    let (pod, metrics) = measured();
    let pushes = |metrics: &Metrics| line(metrics, "tollgate_state_push_seconds_count", "").unwrap();
    let far_ahead = u64::try_from(Timestamp::now().as_millisecond()).unwrap() + 3_600_000;
    let of = |version: &str| NamespaceState { changed_at: far_ahead, ..state(version, true) };
    pod.offer(of("3"), Source::Stream, Instant::now());
    pod.heartbeat(&Heartbeat { time: far_ahead, watch_age: 0 }, Instant::now(), Duration::MAX);
    assert_eq!(pushes(&metrics), "0", "the first one may have changed long ago");
    pod.offer(of("4"), Source::Stream, Instant::now());
    assert_eq!(pushes(&metrics), "1");
    assert_eq!(
        line(&metrics, "tollgate_state_push_seconds_sum", "").as_deref().map(|sum| sum < "60"),
        Some(true)
    );
}
