//! What is made now and read later: OpenAI's responses (also in the background) and results of batches, Anthropic's batches.
//! Nothing is remembered: ids say what was made, so any process answers alike.

use super::{
    answer::{Answer, EVENT_STREAM, JSON, Piece, Saying},
    ask::Ask,
    book::Tokens,
    text::quoted,
};

/// When batches were made: their results say no other time.
const BATCH_TIME: u64 = 1_795_800_000;
/// Each line of a batch's results.
const LINE_TOKENS: Tokens = Tokens {
    input_tokens: 1_000,
    cached_input_tokens: 200,
    cache_write_5m_tokens: 0,
    cache_write_1h_tokens: 0,
    output_tokens: 100,
    reasoning_tokens: 0,
};

/// `POST /v1/responses`.
pub fn respond(ask: &Ask, saying: &Saying) -> (Answer, Tokens) {
    let Tokens { input_tokens, output_tokens, .. } = saying.tokens;
    let id =
        format!("resp_{input_tokens}x{output_tokens}x{}x{}", saying.created, saying.seeded.clone().id(8));
    if ask.background {
        let body = response(&id, &saying.model, "queued", "null", "");
        let answer = Answer { status: 200, content_type: JSON, id, pieces: vec![Piece::new(body, 0)] };
        return (answer, Tokens::default());
    }
    let text = saying.words.concat();
    let whole = response(&id, &saying.model, "completed", &usage(&saying.tokens), text.trim_start());
    let pieces = match ask.stream {
        false => vec![Piece::new(whole, output_tokens)],
        true => {
            let event =
                |kind: &str, rest: &str| format!("event: {kind}\ndata: {{\"type\":\"{kind}\",{rest}}}\n\n");
            let begun = response(&id, &saying.model, "in_progress", "null", "");
            let mut pieces = vec![Piece::new(event("response.created", &format!("\"response\":{begun}")), 0)];
            for (index, word) in saying.words.iter().enumerate() {
                let delta = format!("\"item_id\":\"msg_1\",\"output_index\":0,\"delta\":{}", quoted(word));
                pieces.push(Piece::new(
                    event("response.output_text.delta", &delta),
                    saying.tokens_after(index + 1),
                ));
            }
            pieces.push(Piece::new(
                event("response.completed", &format!("\"response\":{whole}")),
                output_tokens,
            ));
            pieces
        }
    };
    let content_type = if ask.stream { EVENT_STREAM } else { JSON };
    (Answer { status: 200, content_type, id, pieces }, saying.tokens)
}

/// `GET /v1/responses/{id}`: done, unless the call says that nothing is to be said yet.
pub fn read_response(id: &str, is_done: bool) -> Option<String> {
    let mut said = id.strip_prefix("resp_")?.split('x');
    let (input, output) = (said.next()?.parse().ok()?, said.next()?.parse().ok()?);
    let tokens = Tokens { input_tokens: input, output_tokens: output, ..Tokens::default() };
    Some(match is_done {
        true => response(id, "gpt-5.4", "completed", &usage(&tokens), "Done."),
        false => response(id, "gpt-5.4", "in_progress", "null", ""),
    })
}

fn response(id: &str, model: &str, status: &str, usage: &str, text: &str) -> String {
    let created = id.split('x').nth(2).unwrap_or("0");
    let output = match text {
        "" => String::new(),
        text => format!(
            "{{\"type\":\"message\",\"id\":\"msg_1\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":\
             [{{\"type\":\"output_text\",\"text\":{},\"annotations\":[]}}]}}",
            quoted(text)
        ),
    };
    format!(
        "{{\"id\":\"{id}\",\"object\":\"response\",\"created_at\":{created},\"status\":\"{status}\",\"background\":true,\
         \"error\":null,\"incomplete_details\":null,\"instructions\":null,\"metadata\":{{}},\"model\":{},\
         \"output\":[{output}],\"parallel_tool_calls\":true,\"tool_choice\":\"auto\",\"tools\":[],\
         \"service_tier\":\"default\",\"usage\":{usage}}}",
        quoted(model)
    )
}

fn usage(tokens: &Tokens) -> String {
    let Tokens { input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, .. } = tokens;
    format!(
        "{{\"input_tokens\":{input_tokens},\"input_tokens_details\":{{\"cached_tokens\":{cached_input_tokens}}},\
         \"output_tokens\":{output_tokens},\"output_tokens_details\":{{\"reasoning_tokens\":{reasoning_tokens}}},\
         \"total_tokens\":{}}}",
        input_tokens + output_tokens
    )
}

/// `GET /v1/files/file-batch-N/content`: N answers of chat completions, a line each.
pub fn openai_results(file: &str) -> Option<String> {
    let lines: u32 = file.strip_prefix("file-batch-")?.parse().ok()?;
    let line = |n: u32| {
        let Tokens { input_tokens, cached_input_tokens, output_tokens, .. } = LINE_TOKENS;
        format!(
            "{{\"id\":\"batch_req_{n}\",\"custom_id\":\"call-{n}\",\"response\":{{\"status_code\":200,\"request_id\":\"req_{n}\",\
             \"body\":{{\"id\":\"chatcmpl-batch-{n}\",\"object\":\"chat.completion\",\"created\":{BATCH_TIME},\
             \"model\":\"gpt-5.4\",\"choices\":[{{\"index\":0,\"message\":{{\"role\":\"assistant\",\"content\":\"ok\"}},\
             \"finish_reason\":\"stop\"}}],\"usage\":{{\"prompt_tokens\":{input_tokens},\"completion_tokens\":{output_tokens},\
             \"total_tokens\":{},\"prompt_tokens_details\":{{\"cached_tokens\":{cached_input_tokens}}}}}}}}},\"error\":null}}\n",
            input_tokens + output_tokens
        )
    };
    Some((0..lines).map(line).collect())
}

/// `GET /v1/messages/batches/msgbatch_N`, and its `/results`: N messages, and one request that failed.
pub fn anthropic_batch(rest: &str) -> Option<String> {
    let (id, part) = rest.split_once('/').unwrap_or((rest, ""));
    let lines: u32 = id.strip_prefix("msgbatch_")?.parse().ok()?;
    let line = |n: u32| {
        format!(
            "{{\"custom_id\":\"call-{n}\",\"result\":{{\"type\":\"succeeded\",\"message\":{{\"id\":\"msg_batch_{n}\",\
             \"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-6\",\"content\":[{{\"type\":\"text\",\
             \"text\":\"ok\"}}],\"stop_reason\":\"end_turn\",\"usage\":{{\"input_tokens\":1000,\"output_tokens\":100,\
             \"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0,\"service_tier\":\"batch\"}}}}}}}}\n"
        )
    };
    Some(match part {
        "results" => {
            let failed =
                "{\"custom_id\":\"bad\",\"result\":{\"type\":\"errored\",\"error\":{\"type\":\"error\"}}}\n";
            (0..lines).map(line).chain([failed.to_owned()]).collect()
        }
        _ => format!(
            "{{\"id\":\"{id}\",\"type\":\"message_batch\",\"processing_status\":\"ended\",\
             \"created_at\":\"2026-11-27T21:20:00Z\",\"request_counts\":{{\"succeeded\":{lines},\"errored\":1}}}}"
        ),
    })
}
