//! OpenRouter's chat completions: OpenAI's shapes, with the cost in each usage, which a stream always says.
//! Source: OpenRouter's "Usage accounting", and the types of its Python SDK 1.3.84.

use super::{book::Tokens, openai::Manners};

pub const MANNERS: Manners = Manners { id: "gen-1790000000-", usage, always_says_usage: true };

/// What a token costs here, in billionths of a USD.
const INPUT: u64 = 250;
const OUTPUT: u64 = 2_000;

fn usage(tokens: &Tokens) -> String {
    let Tokens { input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, .. } = *tokens;
    let total = input_tokens + output_tokens;
    let cost = cost(tokens);
    format!(
        "{{\"prompt_tokens\":{input_tokens},\"completion_tokens\":{output_tokens},\"total_tokens\":{total},\
         \"cost\":{cost},\"is_byok\":false,\
         \"prompt_tokens_details\":{{\"cached_tokens\":{cached_input_tokens},\"cache_write_tokens\":0,\"audio_tokens\":0,\
         \"video_tokens\":0}},\"cost_details\":{{\"upstream_inference_cost\":null,\
         \"upstream_inference_prompt_cost\":0,\"upstream_inference_completions_cost\":0}},\
         \"completion_tokens_details\":{{\"reasoning_tokens\":{reasoning_tokens},\"image_tokens\":0}}}}"
    )
}

/// What the stand-in would have billed, in USD: `0.000450000`.
pub fn cost(tokens: &Tokens) -> String {
    let billionths = tokens.input_tokens * INPUT + tokens.output_tokens * OUTPUT;
    format!("{}.{:09}", billionths / 1_000_000_000, billionths % 1_000_000_000)
}
