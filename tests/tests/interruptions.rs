//! Answers that end early: broken off for the other side too, never lost, and estimated where nobody said.

use serde_json::{Value, json};
use tollgate_tests::{
    harness::{
        http::{Call, Connection, ReplyEnding},
        world::{World, chat, message},
    },
    standin::{
        Provider::{Anthropic, OpenAi},
        book::Ending,
    },
};

/// A row whose usage nobody said is an estimate, is priced, and says how it was made.
fn is_estimated(row: &Value) {
    assert_eq!(row["usage_source"], "estimated", "{row:#}");
    assert!(row["cost_usd"].as_str().is_some_and(|cost| cost != "0"), "{row:#}");
    assert!(row["metadata"]["estimate"]["method"].is_string(), "{row:#}");
    assert!(row["metadata"]["estimate"]["fault"].is_string(), "{row:#}");
}

#[test]
fn a_stream_that_the_provider_cuts_is_cut_for_the_app_after_the_same_bytes() {
    for how in ["fin", "rst"] {
        for at in ["6", "700b", "0"] {
            let world = World::start();
            let call = chat(json!({"stream": true}), &format!("seed=7 chunks=20 cut={how}@{at}"));
            let reply = world.through(OpenAi, &call);
            let direct = world.direct(OpenAi, &call);
            assert_ne!(reply.ending, ReplyEnding::Whole, "{how}@{at}");
            // without usage in them, the events are the same; a last half event is handed on as it is
            if at != "700b" {
                assert_eq!(reply.text(), direct.text(), "{how}@{at}");
            }
            let row = world.row();
            assert_eq!(row["outcome"], "provider_closed", "{how}@{at}");
            is_estimated(&row);
        }
    }
}

#[test]
fn an_estimate_is_corrected_by_what_the_models_completed_calls_showed() {
    let world = World::start();
    // so many that each worker has had some
    for _ in 0..40 {
        world.through(OpenAi, &chat(json!({"stream": true}), "chunks=100"));
    }
    world.rows(40);
    world.through(OpenAi, &chat(json!({"stream": true}), "chunks=100 tag=cut cut=fin@60"));
    let truth = world.standin.entry_ended("cut", Ending::Cut).delivered_tokens;
    let rows = world.rows(41);
    let row = rows.iter().find(|row| row["outcome"] == "provider_closed").expect("the call that was cut");
    is_estimated(row);
    assert_eq!(
        row["metadata"]["estimate"]["method"],
        "bytes-v1, corrected by this model's completed calls: prompt and delivered output"
    );
    let estimate = row["output_tokens"].as_u64().expect("a count");
    assert!(estimate.abs_diff(truth) * 100 <= truth * 25, "{estimate} for {truth}: {row:#}");
}

#[test]
fn an_untouched_stream_is_cut_at_the_same_byte() {
    let world = World::start();
    let call = message(json!({"stream": true}), "seed=7 chunks=20 cut=fin@1000b");
    let reply = world.through(Anthropic, &call);
    assert_eq!(reply.body, world.direct(Anthropic, &call).body);
    assert_eq!(reply.ending, ReplyEnding::Closed);
    let row = world.row();
    assert_eq!(row["outcome"], "provider_closed");
    is_estimated(&row);
}

#[test]
fn what_anthropic_said_before_a_cut_is_exact_and_the_rest_is_estimated() {
    let world = World::start();
    world.through(Anthropic, &message(json!({"stream": true}), "input=1234 cached=100 chunks=40 cut=fin@20"));
    let row = world.row();
    is_estimated(&row);
    assert_eq!(row["input_tokens"], 1334);
    assert_eq!(row["cached_input_tokens"], 100);
    assert!(row["output_tokens"].as_u64().is_some_and(|tokens| tokens > 1), "{row:#}");
}

#[test]
fn a_json_answer_that_is_cut_is_cut_for_the_app() {
    let world = World::start();
    let call = chat(json!({}), "seed=7 cut=fin@200b");
    let reply = world.through(OpenAi, &call);
    assert_eq!(reply.ending, ReplyEnding::Closed);
    assert_eq!(reply.body, world.direct(OpenAi, &call).body);
    let row = world.row();
    assert_eq!(row["outcome"], "provider_closed");
    is_estimated(&row);
}

#[test]
fn a_stream_without_its_terminal_event_is_provider_closed() {
    let world = World::start();
    for (count, (provider, call)) in [
        (OpenAi, chat(json!({"stream": true}), "seed=7 no-end")),
        (Anthropic, message(json!({"stream": true}), "seed=7 no-end")),
    ]
    .into_iter()
    .enumerate()
    {
        let reply = world.through(provider, &call);
        assert_eq!(reply.ending, ReplyEnding::Whole);
        assert_eq!(reply.text(), world.direct(provider, &call).text());
        let row = &world.rows(count + 1)[count];
        assert_eq!(row["outcome"], "provider_closed");
        // both had said their usage before
        assert_eq!(row["usage_source"], "provider");
    }
}

#[test]
fn a_response_that_breaks_off_is_no_work_in_the_background() {
    let world = World::start();
    let asked = json!({"model": "gpt-5.4", "input": "Write a report.", "stream": true});
    let call = Call::post("/v1/responses", asked.to_string()).header("authorization", "Bearer sk-standin");
    world.through(OpenAi, &call.header("x-standin", "seed=7 chunks=20 cut=fin@9"));
    let row = world.row();
    assert_eq!(row["outcome"], "provider_closed", "{row:#}");
    is_estimated(&row);
}

#[test]
fn an_error_event_in_a_stream_is_handed_on_and_is_the_outcome() {
    let world = World::start();
    for (count, (provider, call)) in [
        (OpenAi, chat(json!({"stream": true}), "seed=7 chunks=20 error-event=5")),
        (Anthropic, message(json!({"stream": true}), "seed=7 chunks=20 error-event=9")),
    ]
    .into_iter()
    .enumerate()
    {
        let reply = world.through(provider, &call);
        assert_eq!(reply.text(), world.direct(provider, &call).text());
        let row = &world.rows(count + 1)[count];
        assert_eq!(row["outcome"], "provider_error");
        is_estimated(row);
    }
}

#[test]
fn an_app_that_breaks_off_ends_the_providers_stream_too() {
    for (provider, call) in [
        (OpenAi, chat(json!({"stream": true}), "tag=gone chunks=2000 delay=5ms")),
        (Anthropic, message(json!({"stream": true}), "tag=gone chunks=2000 delay=5ms")),
    ] {
        let world = World::start();
        let mut connection = Connection::open(world.sidecar.base).expect("a connection");
        connection.write(&world.prefixed(provider, &call).bytes(world.sidecar.base)).expect("written");
        connection.head().expect("the head");
        connection.read_until("data: ").expect("the first event");
        drop(connection);
        let entry = world.standin.entry_ended("gone", Ending::ClientGone);
        assert!(entry.delivered_tokens < 2000, "{entry:#?}");
        let row = world.row();
        assert_eq!(row["outcome"], "client_closed");
        is_estimated(&row);
    }
}

#[test]
fn an_app_that_leaves_before_the_answer_has_its_row() {
    let world = World::start();
    let call = world.prefixed(OpenAi, &chat(json!({}), "tag=early silence"));
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    connection.write(&call.bytes(world.sidecar.base)).expect("written");
    // the provider has the whole call
    world.standin.entry("early");
    drop(connection);
    let row = world.row();
    assert_eq!(row["outcome"], "client_closed");
    is_estimated(&row);
    world.standin.entry_ended("early", Ending::ClientGone);
}

#[test]
fn a_head_is_handed_on_before_there_is_a_body() {
    let world = World::start();
    let call = world.prefixed(OpenAi, &chat(json!({"stream": true}), "silence"));
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    connection.write(&call.bytes(world.sidecar.base)).expect("written");
    assert_eq!(connection.head().expect("the head").status, 200);
}

#[test]
fn a_trickle_is_handed_on_as_it_comes() {
    let world = World::start();
    // a byte each millisecond: the end is minutes away when the first word is there
    let call = world.prefixed(Anthropic, &message(json!({"stream": true}), "split=1 delay=1ms chunks=500"));
    let mut connection = Connection::open(world.sidecar.base).expect("a connection");
    connection.write(&call.bytes(world.sidecar.base)).expect("written");
    connection.head().expect("the head");
    connection.read_until("content_block_delta").expect("the first word");
}
