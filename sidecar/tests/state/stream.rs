//! What is told holds, and what is older does not.

use std::time::Duration;

use tollgate_crds::stream::Report;
use tollgate_sidecar::state::StreamLimits;

use crate::operator::{Authority, Operator, Stream, ledger, state};
use crate::pod::{Pod, limits};
use crate::wait::within;

/// A pod whose stream has begun and said that `chat` is off, at version 10.
async fn chat_off() -> (Operator, Pod, Stream) {
    let authority = Authority::new();
    let mut operator = Operator::start(&authority).await;
    let pod = Pod::start(&operator, &authority);
    let mut stream = operator.stream().await;
    stream.line(&state(10, &[("chat", false)]));
    pod.comes_to_refuse("chat").await;
    (operator, pod, stream)
}

/// Everything said so far has been heard.
async fn heard(pod: &mut Pod, stream: &mut Stream) {
    stream.line(&ledger("marker"));
    while pod.ledger().await.token != "marker" {}
}

#[tokio::test]
async fn until_the_operator_has_spoken_only_what_is_denied_until_then_is_refused() {
    let authority = Authority::new();
    let mut operator = Operator::start(&authority).await;
    let pod = Pod::start(&operator, &authority);
    let mut stream = operator.stream().await;
    assert!(pod.refuses("payments") && !pod.refuses("chat"));
    stream.line(&state(1, &[]));
    pod.comes_to_pass("payments").await;
}

#[tokio::test]
async fn a_flag_is_turned_off_and_on_by_the_stream() {
    let (_operator, pod, mut stream) = chat_off().await;
    stream.line(&state(11, &[("chat", true), ("search", false)]));
    pod.comes_to_refuse("search").await;
    assert!(!pod.refuses("chat"));
}

#[tokio::test]
async fn a_state_counts_once_all_of_it_has_come_however_it_is_cut() {
    let (_operator, pod, mut stream) = chat_off().await;
    let line = format!("{}\n", state(11, &[("search", false)]));
    for byte in line.into_bytes() {
        stream.bytes(vec![byte]);
    }
    pod.comes_to_refuse("search").await;
}

#[tokio::test]
async fn a_replica_that_lags_turns_no_flag_back_and_brings_back_none_that_was_deleted() {
    let (_operator, mut pod, mut stream) = chat_off().await;
    stream.line(&state(9, &[("chat", true)]));
    heard(&mut pod, &mut stream).await;
    assert!(pod.refuses("chat"));

    stream.line(&state(12, &[]));
    pod.comes_to_pass("chat").await;
    stream.line(&state(11, &[("chat", false)]));
    heard(&mut pod, &mut stream).await;
    assert!(!pod.refuses("chat"));
}

#[tokio::test]
async fn an_older_state_is_taken_once_the_operator_stands_by_it() {
    let authority = Authority::new();
    let mut operator = Operator::start(&authority).await;
    let patient = StreamLimits { patience: Duration::from_millis(100), ..limits() };
    let pod = Pod::with(&[operator.url()], &authority, patient);
    let mut stream = operator.stream().await;
    stream.line(&state(10, &[("chat", false)]));
    pod.comes_to_refuse("chat").await;
    // As after a restore of etcd from a backup: the watch is fresh, and the numbers are lower.
    stream.line(&state(3, &[("chat", true)]));
    within("chat to pass", async {
        while pod.refuses("chat") {
            stream.heartbeat(0);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn another_namespaces_state_is_passed_over() {
    let (_operator, mut pod, mut stream) = chat_off().await;
    let mut other = state(11, &[("search", false)]);
    other["namespace"] = "bank".into();
    stream.line(&other);
    heard(&mut pod, &mut stream).await;
    assert!(pod.refuses("chat") && !pod.refuses("search"));
}

#[tokio::test]
async fn where_the_rows_go_is_told_and_told_anew() {
    let (_operator, mut pod, mut stream) = chat_off().await;
    for token in ["one", "two"] {
        stream.line(&ledger(token));
        assert_eq!(pod.ledger().await.token, token);
    }
}

#[tokio::test]
async fn it_reports_which_versions_it_holds_and_says_goodbye() {
    let (mut operator, pod, mut stream) = chat_off().await;
    let holds = |version: &'static str| {
        move |report: &Report| report.versions.get("FeatureFlag").is_some_and(|held| held == version)
    };
    let report = operator.report_that(holds("10")).await;
    assert_eq!((report.open_calls, report.closing), (3, false));
    stream.line(&state(11, &[("chat", false)]));
    operator.report_that(holds("11")).await;
    pod.stop().await;
    operator.report_that(|report| report.closing).await;
}

#[tokio::test]
async fn a_client_that_has_no_operator_ends_when_it_is_told() {
    let pod = Pod::with(&["https://127.0.0.1:1".to_owned()], &Authority::new(), limits());
    pod.stop().await;
}
