//! xAI's chat completions: OpenAI's shapes, but thoughts stand beside `completion_tokens`, and the cost is said in ticks of 1e-10
//! USD. Source: docs.x.ai, and the usage of xai-sdk 1.21.0.

use super::{book::Tokens, openai::Manners};

pub const MANNERS: Manners = Manners { id: "", usage, always_says_usage: false };

/// What a token costs here, in ticks.
const INPUT: u64 = 20_000;
const OUTPUT: u64 = 100_000;

fn usage(tokens: &Tokens) -> String {
    let Tokens { input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, .. } = *tokens;
    format!(
        "{{\"prompt_tokens\":{input_tokens},\"completion_tokens\":{},\"total_tokens\":{},\
         \"prompt_tokens_details\":{{\"text_tokens\":{input_tokens},\"audio_tokens\":0,\"image_tokens\":0,\
         \"cached_tokens\":{cached_input_tokens}}},\
         \"completion_tokens_details\":{{\"reasoning_tokens\":{reasoning_tokens},\"audio_tokens\":0,\
         \"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}},\"num_sources_used\":0,\
         \"cost_in_usd_ticks\":{}}}",
        output_tokens - reasoning_tokens,
        input_tokens + output_tokens,
        cost_in_ticks(tokens),
    )
}

/// What the stand-in would have billed.
pub fn cost_in_ticks(tokens: &Tokens) -> u64 {
    tokens.input_tokens * INPUT + tokens.output_tokens * OUTPUT
}
