//! Whatever goes wrong with the stream, what is known holds, and the client finds its way back.

use std::time::Duration;

use tokio::net::TcpListener;
use tollgate_sidecar::state::StreamLimits;

use crate::operator::{Authority, Operator, Stream, state};
use crate::pod::{Pod, limits};

async fn begun(limits: StreamLimits) -> (Authority, Operator, Pod, Stream) {
    let authority = Authority::new();
    let mut operator = Operator::start(&authority).await;
    let pod = Pod::with(&[operator.url()], &authority, limits);
    let mut stream = operator.stream().await;
    stream.line(&state(10, &[("chat", false)]));
    pod.comes_to_refuse("chat").await;
    (authority, operator, pod, stream)
}

/// The client has connected again, still holds what it held, and takes what is told now.
async fn comes_back(operator: &mut Operator, pod: &Pod) -> Stream {
    let say = |mut stream: Stream| {
        assert!(pod.refuses("chat"));
        stream.line(&state(20, &[("chat", false), ("search", false)]));
        stream
    };
    let mut stream = say(operator.stream().await);
    loop {
        tokio::select! {
            () = pod.comes_to_refuse("search") => return stream,
            // On a slow machine a short patience may end once more before this is heard.
            again = operator.stream() => stream = say(again),
        }
    }
}

#[tokio::test]
async fn a_stream_that_the_operator_ends_is_begun_again() {
    let (_authority, mut operator, pod, stream) = begun(limits()).await;
    stream.end();
    comes_back(&mut operator, &pod).await;
}

#[tokio::test]
async fn what_was_said_last_before_the_end_is_heard() {
    let (_authority, _operator, pod, mut stream) = begun(limits()).await;
    stream.line(&state(11, &[("search", false)]));
    stream.end();
    pod.comes_to_refuse("search").await;
}

#[tokio::test]
async fn an_operator_that_dies_is_found_again_where_it_comes_up() {
    let (authority, operator, pod, _stream) = begun(limits()).await;
    let address = operator.address;
    operator.kill().await;
    let mut operator = Operator::on(TcpListener::bind(address).await.unwrap(), &authority);
    comes_back(&mut operator, &pod).await;
}

#[tokio::test]
async fn a_second_operator_takes_over_from_one_that_died() {
    let authority = Authority::new();
    let mut first = Operator::start(&authority).await;
    let mut second = Operator::start(&authority).await;
    let pod = Pod::with(&[first.url(), second.url()], &authority, limits());
    let mut stream = first.stream().await;
    stream.line(&state(10, &[("chat", false)]));
    pod.comes_to_refuse("chat").await;
    first.kill().await;
    comes_back(&mut second, &pod).await;
}

#[tokio::test]
async fn a_replica_whose_watch_is_stuck_is_left_for_another() {
    let (_authority, mut operator, pod, mut stream) = begun(limits()).await;
    stream.heartbeat(60_000);
    comes_back(&mut operator, &pod).await;
}

#[tokio::test]
async fn a_connection_on_which_nothing_comes_any_more_is_given_up() {
    let short = StreamLimits { silence: Duration::from_millis(300), ..limits() };
    let (_authority, mut operator, pod, _still_open) = begun(short).await;
    comes_back(&mut operator, &pod).await;
}

#[tokio::test]
async fn garbage_is_passed_over() {
    let (_authority, _operator, pod, mut stream) = begun(limits()).await;
    for line in ["{", "null", "[1]", "\u{1}\u{2}", r#"{"type":"state"}"#, r#"{"type":"grants","epoch":7}"#] {
        stream.bytes(format!("{line}\n"));
    }
    stream.bytes(&b"\xff\xfe\n\n"[..]);
    stream.line(&state(11, &[("chat", false), ("search", false)]));
    pod.comes_to_refuse("search").await;
    assert!(pod.refuses("chat"));
}

#[tokio::test]
async fn a_line_without_an_end_costs_the_connection_and_not_the_flags() {
    let (_authority, mut operator, pod, mut stream) = begun(limits()).await;
    stream.bytes(vec![b'x'; 9 << 20]);
    comes_back(&mut operator, &pod).await;
}

#[tokio::test]
async fn a_certificate_of_another_authority_is_trusted_once_the_file_has_it() {
    let (_authority, mut operator, pod, stream) = begun(limits()).await;
    let other = Authority::new();
    operator.present(&other);
    stream.end();
    pod.replace_certificates(&other.pem());
    comes_back(&mut operator, &pod).await;
}

#[tokio::test]
async fn an_operator_that_the_file_does_not_know_is_told_nothing() {
    let authority = Authority::new();
    let mut operator = Operator::start(&Authority::new()).await;
    let mut trusted = Operator::start(&authority).await;
    // In turn: by the time the second is reached, the first was tried.
    let pod = Pod::with(&[operator.url(), trusted.url()], &authority, limits());
    let mut stream = trusted.stream().await;
    stream.line(&state(10, &[("chat", false)]));
    pod.comes_to_refuse("chat").await;
    assert!(operator.no_stream());
}

#[tokio::test]
async fn a_token_that_is_renewed_is_shown_before_the_old_one_ends() {
    let (_authority, mut operator, pod, _old) = begun(limits()).await;
    operator.accept("token-2");
    pod.replace_token("token-2\n");
    let stream = comes_back(&mut operator, &pod).await;
    assert_eq!(stream.token, "token-2");
    while operator.report().await.0 != "token-2" {}
}

#[tokio::test]
async fn an_operator_that_refuses_the_token_is_asked_again() {
    let authority = Authority::new();
    let mut operator = Operator::start(&authority).await;
    operator.accept("token-2");
    let pod = Pod::start(&operator, &authority);
    pod.replace_token("token-2");
    let mut stream = operator.stream().await;
    assert_eq!(stream.token, "token-2");
    stream.line(&state(10, &[("chat", false)]));
    pod.comes_to_refuse("chat").await;
}
