use serde_json::json;
use tollgate_crds::stream::StateFlag;

use super::*;

const PATIENCE: Duration = Duration::from_secs(10);

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
            spec: json!({"enabled": enabled}),
        }],
        ..NamespaceState::default()
    }
}

/// A state without any flag.
fn empty(version: &str) -> NamespaceState {
    NamespaceState { flags: Vec::new(), ..state(version, true) }
}

fn enabled(held: &Held) -> Option<bool> {
    held.state()?.flags.first().map(|flag| flag.enabled)
}

fn after(start: Instant, seconds: u64) -> Instant {
    start + Duration::from_secs(seconds)
}

#[test]
fn the_first_state_holds_wherever_it_comes_from() {
    for source in [Source::Stream, Source::Volume, Source::ConfigMap] {
        let mut held = Held::default();
        assert_eq!(held.offer(state("1", false), source, Instant::now()), Offer::Taken);
        assert_eq!((enabled(&held), held.source()), (Some(false), Some(source)));
    }
}

#[test]
fn a_config_map_that_tells_nothing_newer_takes_nothing_away() {
    let (mut held, now) = (Held::default(), Instant::now());
    held.offer(state("5", false), Source::Stream, now);
    assert_eq!(held.offer(empty("5"), Source::ConfigMap, now), Offer::Older);
    assert_eq!(enabled(&held), Some(false));
    assert_eq!(held.offer(empty("6"), Source::ConfigMap, now), Offer::Taken);
}

#[test]
fn a_newer_state_holds_and_an_older_one_changes_nothing() {
    let (mut held, now) = (Held::default(), Instant::now());
    held.offer(state("10", true), Source::Stream, now);
    assert_eq!(held.offer(state("11", false), Source::Stream, now), Offer::Taken);
    assert_eq!(held.offer(state("10", true), Source::Stream, now), Offer::Older);
    assert_eq!(enabled(&held), Some(false));
}

#[test]
fn a_lagging_source_does_not_bring_back_a_flag_that_was_deleted() {
    let (mut held, now) = (Held::default(), Instant::now());
    held.offer(state("10", false), Source::Stream, now);
    held.offer(empty("12"), Source::Stream, now);
    for source in [Source::Stream, Source::ConfigMap] {
        assert_eq!(held.offer(state("10", false), source, now), Offer::Older);
        assert_eq!(enabled(&held), None);
    }
}

#[test]
fn what_is_told_again_is_no_news_whenever_it_was_told() {
    let (mut held, now) = (Held::default(), Instant::now());
    held.offer(state("10", false), Source::Volume, now);
    let again = NamespaceState { changed_at: 5, ..state("10", false) };
    assert_eq!(held.offer(again, Source::Stream, now), Offer::Same);
    assert_eq!(held.source(), Some(Source::Stream));
}

#[test]
fn lower_versions_that_say_the_same_are_no_news_and_lower_nothing() {
    let (mut held, now) = (Held::default(), Instant::now());
    let same = |version: &str| NamespaceState { flags: state("4", false).flags, ..state(version, false) };
    held.offer(same("10"), Source::Stream, now);
    held.offer(state("9", true), Source::Stream, now);
    assert!(!held.agrees_with_stream());
    assert_eq!(held.offer(same("5"), Source::Stream, now), Offer::Same);
    assert!(held.agrees_with_stream());
    assert_eq!(held.offer(state("9", true), Source::ConfigMap, now), Offer::Older);
    assert_eq!(
        held.offer(same("11"), Source::Stream, now),
        Offer::Taken,
        "what is kept must outrank what is between"
    );
}

#[test]
fn the_same_versions_with_another_meaning_are_news() {
    let (mut held, now) = (Held::default(), Instant::now());
    held.offer(state("10", false), Source::Stream, now);
    let mut other = state("10", false);
    other.attribution.hashed_users = true;
    assert_eq!(held.offer(other, Source::Stream, now), Offer::Taken);
}

#[test]
fn an_older_state_is_taken_once_the_stream_stood_by_it_and_its_watch_was_complete_since() {
    let (mut held, start) = (Held::default(), Instant::now());
    held.offer(state("10", false), Source::Stream, start);
    held.offer(state("3", true), Source::Stream, after(start, 1));
    let table = [
        (after(start, 4), after(start, 5), "too early"),
        (start, after(start, 12), "a watch that is stuck since before"),
    ];
    for (complete, now, why) in table {
        assert!(!held.insist(complete, now, PATIENCE), "{why}");
        assert_eq!(enabled(&held), Some(false), "{why}");
    }
    assert!(!held.agrees_with_stream());
    assert!(held.insist(after(start, 9), after(start, 12), PATIENCE));
    assert_eq!(enabled(&held), Some(true));
    assert!(held.agrees_with_stream());
}

#[test]
fn the_time_runs_from_the_first_older_state_and_the_last_one_is_taken() {
    let (mut held, start) = (Held::default(), Instant::now());
    held.offer(state("10", false), Source::Stream, start);
    held.offer(state("3", false), Source::Stream, start);
    held.offer(state("4", true), Source::Stream, after(start, 9));
    assert!(held.insist(after(start, 10), after(start, 10), PATIENCE));
    assert_eq!(enabled(&held), Some(true));
}

#[test]
fn a_stream_that_catches_up_insists_no_more() {
    let (mut held, start) = (Held::default(), Instant::now());
    held.offer(state("10", false), Source::Stream, start);
    held.offer(state("3", true), Source::Stream, start);
    held.offer(state("10", false), Source::Stream, after(start, 3));
    assert!(!held.insist(after(start, 30), after(start, 30), PATIENCE));
    assert_eq!(enabled(&held), Some(false));
}

#[test]
fn a_stream_that_ended_insists_no_more() {
    let (mut held, start) = (Held::default(), Instant::now());
    held.offer(state("10", false), Source::Stream, start);
    held.offer(state("3", true), Source::Stream, start);
    held.stream_ended();
    held.offer(state("3", true), Source::Stream, after(start, 9));
    assert!(!held.insist(after(start, 12), after(start, 12), PATIENCE));
}

#[test]
fn an_older_config_map_is_never_taken() {
    let (mut held, start) = (Held::default(), Instant::now());
    held.offer(state("10", false), Source::Volume, start);
    held.offer(state("3", true), Source::ConfigMap, start);
    assert!(!held.insist(after(start, 60), after(start, 60), PATIENCE));
    assert_eq!(held.offer(state("11", true), Source::ConfigMap, after(start, 61)), Offer::Taken);
}
