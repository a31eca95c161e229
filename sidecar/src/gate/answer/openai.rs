//! OpenAI's shapes, which xAI and OpenRouter share.

use serde_json::{Value, json};
use tollgate_meter::Dialect;

use super::{Asked, Form, Last, typed};

pub(super) fn chat(asked: &Asked<'_>, text: &str) -> Form {
    let of = |object: &str, choices: Value| {
        json!({
            "id": format!("chatcmpl-{}", asked.call.simple()), "object": object, "created": asked.at,
            "model": asked.model, "choices": choices, "system_fingerprint": "tollgate",
        })
    };
    if !asked.stream {
        let message = json!({"role": "assistant", "content": text, "refusal": null});
        let choice = json!({"index": 0, "message": message, "logprobs": null, "finish_reason": "stop"});
        return Form::Json(with_usage(of("chat.completion", json!([choice]))));
    }
    let chunk = |delta: Value, finish_reason: Value| {
        let choice = json!({"index": 0, "delta": delta, "logprobs": null, "finish_reason": finish_reason});
        of("chat.completion.chunk", json!([choice]))
    };
    let said = chunk(json!({"role": "assistant", "content": text}), Value::Null);
    let stopped = chunk(json!({}), json!("stop"));
    ended(asked, vec![said], stopped, of("chat.completion.chunk", json!([])))
}

pub(super) fn completion(asked: &Asked<'_>, text: &str) -> Form {
    let of = |choices: Value| {
        json!({
            "id": format!("cmpl-{}", asked.call.simple()), "object": "text_completion", "created": asked.at,
            "model": asked.model, "choices": choices, "system_fingerprint": "tollgate",
        })
    };
    let whole = of(json!([{"text": text, "index": 0, "logprobs": null, "finish_reason": "stop"}]));
    match asked.stream {
        false => Form::Json(with_usage(whole)),
        true => ended(asked, Vec::new(), whole, of(json!([]))),
    }
}

/// The usage is said in a chunk of its own without a choice, and only where it is asked for: openai-java takes a chunk with a
/// usage for the last. OpenRouter says it always, beside a choice.
fn ended(asked: &Asked<'_>, said: Vec<Value>, stopped: Value, without_choice: Value) -> Form {
    let mut chunks = said;
    match asked.endpoint.dialect() {
        Some(Dialect::OpenRouterChat) => chunks.push(with_usage(stopped)),
        _ if asked.usage => chunks.extend([stopped, with_usage(without_choice)]),
        _ => chunks.push(stopped),
    }
    Form::Events(chunks.into_iter().map(|chunk| (None, chunk)).collect(), Last::Done)
}

fn with_usage(mut answer: Value) -> Value {
    answer["usage"] = json!({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0});
    answer
}

pub(super) fn response(asked: &Asked<'_>, text: &str) -> Form {
    let item_id = format!("msg_{}", asked.call.simple());
    let part = |text: &str| json!({"type": "output_text", "text": text, "annotations": [], "logprobs": []});
    let item = |status: &str, content: Value| json!({"id": item_id, "type": "message", "status": status, "role": "assistant", "content": content});
    let done = whole_response(asked, "completed", json!([item("completed", json!([part(text)]))]));
    if !asked.stream {
        return Form::Json(done);
    }
    let begun = whole_response(asked, "in_progress", json!([]));
    let of_item = |mut event: Value| {
        event["item_id"] = json!(item_id);
        event["output_index"] = json!(0);
        event["content_index"] = json!(0);
        event
    };
    let events = [
        ("response.created", json!({"response": begun})),
        ("response.in_progress", json!({"response": begun})),
        ("response.output_item.added", json!({"output_index": 0, "item": item("in_progress", json!([]))})),
        ("response.content_part.added", of_item(json!({"part": part("")}))),
        ("response.output_text.delta", of_item(json!({"delta": text, "logprobs": []}))),
        ("response.output_text.done", of_item(json!({"text": text, "logprobs": []}))),
        ("response.content_part.done", of_item(json!({"part": part(text)}))),
        (
            "response.output_item.done",
            json!({"output_index": 0, "item": item("completed", json!([part(text)]))}),
        ),
        ("response.completed", json!({"response": done})),
    ];
    let numbered = |(number, (name, mut event)): (usize, (&'static str, Value))| {
        event["sequence_number"] = json!(number);
        (Some(name), typed(event, name))
    };
    Form::Events(events.into_iter().enumerate().map(numbered).collect(), Last::Nothing)
}

/// Every member that the reference calls required, and those that OpenRouter's SDK insists on.
fn whole_response(asked: &Asked<'_>, status: &str, output: Value) -> Value {
    let is_done = status == "completed";
    let usage = json!({
        "input_tokens": 0, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 0,
        "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 0,
    });
    json!({
        "id": format!("resp_{}", asked.call.simple()), "object": "response", "created_at": asked.at,
        "completed_at": is_done.then_some(asked.at), "status": status, "background": false, "error": null,
        "incomplete_details": null, "instructions": null, "max_output_tokens": null, "metadata": {},
        "model": asked.model, "output": output, "parallel_tool_calls": true, "previous_response_id": null,
        "reasoning": {"effort": null, "summary": null}, "store": false, "temperature": 1.0, "top_p": 1.0,
        "frequency_penalty": 0.0, "presence_penalty": 0.0, "text": {"format": {"type": "text"}},
        "tool_choice": "auto", "tools": [], "truncation": "disabled",
        "usage": if is_done { usage } else { Value::Null }, "user": null,
    })
}
