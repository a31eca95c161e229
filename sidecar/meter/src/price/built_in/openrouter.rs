//! Made by prices/generate.py from the catalogues; do not edit.

use super::{model, price, rate, unit};
use crate::{price::table::{Model, Price, Rate, Service as S}, usage::UnitKind as U};

pub(super) static OPENROUTER: &[Model] = &[
    model("01-ai/yi-large", P0),
    model("aetherwiing/mn-starcannon-12b", P1),
    model("ai21/jamba-1-5-large", P2),
    model("ai21/jamba-1-5-mini", P3),
    model("ai21/jamba-1.6-large", P2),
    model("ai21/jamba-1.6-mini", P3),
    model("ai21/jamba-instruct", P4),
    model("ai21/jamba-large-1.7", P2),
    model("aion-labs/aion-1.0", P5),
    model("aion-labs/aion-1.0-mini", P6),
    model("aion-labs/aion-2.0", P7),
    model("aion-labs/aion-2.0-20260223", P7),
    model("aion-labs/aion-3.0", P8),
    model("aion-labs/aion-3.0-20260707", P8),
    model("aion-labs/aion-3.0-mini", P9),
    model("aion-labs/aion-3.0-mini-20260707", P9),
    model("aion-labs/aion-3.5", P8),
    model("aion-labs/aion-3.5-20260923", P8),
    model("aion-labs/aion-3.5-mini", P9),
    model("aion-labs/aion-3.5-mini-20260923", P9),
    model("aion-labs/aion-rp-llama-3.1-8b", P10),
    model("alfredpros/codellama-7b-instruct-solidity", P1),
    model("all-hands/openhands-lm-32b-v0.1", P11),
    model("allenai/olmo-3-32b-think", P12),
    model("alpindale/goliath-120b", P13),
    model("alpindale/magnum-72b", P14),
    model("amazon/nova-2-lite-v1", P15),
    model("amazon/nova-lite-v1", P16),
    model("amazon/nova-micro-v1", P17),
    model("amazon/nova-premier-v1", P18),
    model("amazon/nova-pro-v1", P19),
    model("anthracite-org/magnum-v2-72b", P0),
    model("anthracite-org/magnum-v4-72b", P20),
    model("anthropic/claude-2", P21),
    model("anthropic/claude-2.0", P21),
    model("anthropic/claude-2.0:beta", P21),
    model("anthropic/claude-2.1", P21),
    model("anthropic/claude-2.1:beta", P21),
    model("anthropic/claude-2:beta", P21),
    model("anthropic/claude-3-haiku", P22),
    model("anthropic/claude-3-haiku:beta", P22),
    model("anthropic/claude-3-opus", P23),
    model("anthropic/claude-3-opus:beta", P23),
    model("anthropic/claude-3-sonnet", P24),
    model("anthropic/claude-3-sonnet:beta", P24),
    model("anthropic/claude-3.5-haiku", P25),
    model("anthropic/claude-3.5-haiku-20241022", P25),
    model("anthropic/claude-3.5-haiku-20241022:beta", P25),
    model("anthropic/claude-3.5-haiku:beta", P25),
    model("anthropic/claude-3.5-sonnet", P24),
    model("anthropic/claude-3.5-sonnet-20240620", P24),
    model("anthropic/claude-3.5-sonnet-20240620:beta", P24),
    model("anthropic/claude-3.5-sonnet:beta", P24),
    model("anthropic/claude-3.7-sonnet", P24),
    model("anthropic/claude-3.7-sonnet:beta", P24),
    model("anthropic/claude-3.7-sonnet:thinking", P24),
    model("anthropic/claude-4.1-opus-20250805", P26),
    model("anthropic/claude-4.5-haiku-20251001", P27),
    model("anthropic/claude-4.5-haiku-20251001:beta", P27),
    model("anthropic/claude-4.5-opus-20251124", P28),
    model("anthropic/claude-4.5-opus-20251124:beta", P28),
    model("anthropic/claude-4.5-sonnet-20250929", P29),
    model("anthropic/claude-4.5-sonnet-20250929:beta", P29),
    model("anthropic/claude-4.6-opus-20260205", P28),
    model("anthropic/claude-4.6-opus-20260205:beta", P28),
    model("anthropic/claude-4.6-sonnet-20260217", P30),
    model("anthropic/claude-4.6-sonnet-20260217:beta", P30),
    model("anthropic/claude-4.7-opus-20260416", P28),
    model("anthropic/claude-4.8-opus-20260528", P28),
    model("anthropic/claude-5-fable-20260609", P31),
    model("anthropic/claude-fable-5", P31),
    model("anthropic/claude-fable-5.1", P32),
    model("anthropic/claude-fable-5.1-20260831", P32),
    model("anthropic/claude-fable-5.1:batch", P33),
    model("anthropic/claude-fable-5.1:beta", P32),
    model("anthropic/claude-fable-5:batch", P28),
    model("anthropic/claude-fable-5:beta", P31),
    model("anthropic/claude-haiku-4.5", P27),
    model("anthropic/claude-haiku-4.5-20251001", P27),
    model("anthropic/claude-haiku-4.5-20251001:beta", P27),
    model("anthropic/claude-haiku-4.5:batch", P34),
    model("anthropic/claude-haiku-4.5:beta", P27),
    model("anthropic/claude-haiku-5.5", P35),
    model("anthropic/claude-haiku-5.5-20261007", P35),
    model("anthropic/claude-haiku-5.5:batch", P36),
    model("anthropic/claude-opus-4", P26),
    model("anthropic/claude-opus-4.1", P26),
    model("anthropic/claude-opus-4.1:batch", P37),
    model("anthropic/claude-opus-4.5", P28),
    model("anthropic/claude-opus-4.5-20251124", P28),
    model("anthropic/claude-opus-4.5-20251124:beta", P28),
    model("anthropic/claude-opus-4.5:batch", P38),
    model("anthropic/claude-opus-4.5:beta", P28),
    model("anthropic/claude-opus-4.6", P28),
    model("anthropic/claude-opus-4.6-20260205", P28),
    model("anthropic/claude-opus-4.6-20260205:beta", P28),
    model("anthropic/claude-opus-4.6-fast", P39),
    model("anthropic/claude-opus-4.6:batch", P38),
    model("anthropic/claude-opus-4.6:beta", P28),
    model("anthropic/claude-opus-4.7", P28),
    model("anthropic/claude-opus-4.7-fast", P39),
    model("anthropic/claude-opus-4.7:batch", P38),
    model("anthropic/claude-opus-4.7:beta", P28),
    model("anthropic/claude-opus-4.8", P28),
    model("anthropic/claude-opus-4.8-fast", P31),
    model("anthropic/claude-opus-4.8:batch", P38),
    model("anthropic/claude-opus-4.8:beta", P28),
    model("anthropic/claude-opus-5", P28),
    model("anthropic/claude-opus-5-20260723", P28),
    model("anthropic/claude-opus-5-fast", P31),
    model("anthropic/claude-opus-5.5", P40),
    model("anthropic/claude-opus-5.5-20260921", P40),
    model("anthropic/claude-opus-5.5:batch", P41),
    model("anthropic/claude-opus-5.5:beta", P40),
    model("anthropic/claude-opus-5:batch", P38),
    model("anthropic/claude-opus-5:beta", P28),
    model("anthropic/claude-sonnet-4", P30),
    model("anthropic/claude-sonnet-4.5", P29),
    model("anthropic/claude-sonnet-4.5-20250929", P29),
    model("anthropic/claude-sonnet-4.5-20250929:beta", P29),
    model("anthropic/claude-sonnet-4.5:batch", P42),
    model("anthropic/claude-sonnet-4.5:beta", P29),
    model("anthropic/claude-sonnet-4.6", P30),
    model("anthropic/claude-sonnet-4.6-20260217", P30),
    model("anthropic/claude-sonnet-4.6-20260217:beta", P30),
    model("anthropic/claude-sonnet-4.6:batch", P43),
    model("anthropic/claude-sonnet-4.6:beta", P30),
    model("anthropic/claude-sonnet-5", P44),
    model("anthropic/claude-sonnet-5-20260630", P44),
    model("anthropic/claude-sonnet-5.5", P41),
    model("anthropic/claude-sonnet-5.5-20260928", P41),
    model("anthropic/claude-sonnet-5.5:batch", P45),
    model("anthropic/claude-sonnet-5.5:beta", P41),
    model("anthropic/claude-sonnet-5:batch", P27),
    model("anthropic/claude-sonnet-5:beta", P44),
    model("anubis-pro-105b-v1", P46),
    model("arcee-ai/coder-large", P47),
    model("arcee-ai/trinity-large-thinking", P48),
    model("arcee-ai/trinity-mini", P49),
    model("arcee-ai/virtuoso-large", P50),
    model("arcee-blitz", P51),
    model("baidu/ernie-4.5-vl-424b-a47b", P52),
    model("bytedance-seed/seed-1.6", P53),
    model("bytedance-seed/seed-1.6-20250625", P53),
    model("bytedance-seed/seed-1.6-flash", P54),
    model("bytedance-seed/seed-1.6-flash-20250625", P54),
    model("bytedance-seed/seed-2-1-turbo", P55),
    model("bytedance-seed/seed-2-1-turbo-20260810", P55),
    model("bytedance-seed/seed-2.0-code", P56),
    model("bytedance-seed/seed-2.0-code-20260730", P56),
    model("bytedance-seed/seed-2.0-lite", P53),
    model("bytedance-seed/seed-2.0-lite-20260309", P53),
    model("bytedance-seed/seed-2.0-mini", P57),
    model("bytedance-seed/seed-2.0-mini-20260224", P57),
    model("bytedance/ui-tars-1.5-7b", P58),
    model("caller-large", P59),
    model("chatgpt-4o-latest", P60),
    model("claude-2", P21),
    model("claude-2.0", P21),
    model("claude-2.0:beta", P21),
    model("claude-2.1", P21),
    model("claude-2.1:beta", P21),
    model("claude-2:beta", P21),
    model("claude-3-opus", P26),
    model("claude-3-opus:beta", P26),
    model("claude-3-sonnet", P30),
    model("claude-3-sonnet:beta", P30),
    model("claude-3.5-sonnet", P30),
    model("claude-3.5-sonnet-20240620", P30),
    model("claude-3.5-sonnet-20240620:beta", P30),
    model("claude-3.5-sonnet:beta", P30),
    model("claude-3.7-sonnet", P30),
    model("claude-3.7-sonnet:beta", P30),
    model("claude-3.7-sonnet:thinking", P30),
    model("cloudflare/clef", P61),
    model("cloudflare/clef-flash", P62),
    model("codellama-7b-instruct-solidity", P1),
    model("codestral-2501", P63),
    model("codex-mini", P64),
    model("cognitivecomputations/dolphin-mistral-24b-venice-edition", P65),
    model("cognitivecomputations/dolphin-mixtral-8x22b", P66),
    model("cognitivecomputations/dolphin-mixtral-8x7b", P67),
    model("cohere/command", P68),
    model("cohere/command-a", P69),
    model("cohere/command-a-03-2025", P69),
    model("cohere/command-a-plus", P70),
    model("cohere/command-a-plus-05-2026", P70),
    model("cohere/command-r", P71),
    model("cohere/command-r-03-2024", P71),
    model("cohere/command-r-08-2024", P72),
    model("cohere/command-r-plus", P24),
    model("cohere/command-r-plus-04-2024", P24),
    model("cohere/command-r-plus-08-2024", P69),
    model("cohere/command-r7b-12-2024", P73),
    model("command", P68),
    model("command-r", P71),
    model("command-r-03-2024", P71),
    model("command-r-plus", P24),
    model("command-r-plus-04-2024", P24),
    model("deepcogito/cogito-v2.1-671b", P74),
    model("deepseek-prover-v2", P75),
    model("deepseek-r1-0528-qwen3-8b", P76),
    model("deepseek-r1-distill-llama-8b", P77),
    model("deepseek-r1-distill-qwen-1.5b", P78),
    model("deepseek-r1-distill-qwen-14b", P79),
    model("deepseek-r1-distill-qwen-7b", P58),
    model("deepseek/deepseek-chat", P80),
    model("deepseek/deepseek-chat-v3", P80),
    model("deepseek/deepseek-chat-v3-0324", P81),
    model("deepseek/deepseek-chat-v3.1", P82),
    model("deepseek/deepseek-r1", P83),
    model("deepseek/deepseek-r1-0528", P84),
    model("deepseek/deepseek-r1-distill-llama-70b", P85),
    model("deepseek/deepseek-r1-distill-llama-8b", P77),
    model("deepseek/deepseek-r1-distill-qwen-1.5b", P78),
    model("deepseek/deepseek-r1-distill-qwen-14b", P79),
    model("deepseek/deepseek-r1-distill-qwen-32b", P86),
    model("deepseek/deepseek-v3.1-terminus", P87),
    model("deepseek/deepseek-v3.2", P88),
    model("deepseek/deepseek-v3.2-20251201", P88),
    model("deepseek/deepseek-v3.2-exp", P89),
    model("deepseek/deepseek-v4-flash", P90),
    model("deepseek/deepseek-v4-flash-0731", P91),
    model("deepseek/deepseek-v4-flash-0731:batch", P92),
    model("deepseek/deepseek-v4-flash-20260423", P90),
    model("deepseek/deepseek-v4-flash-20260731", P91),
    model("deepseek/deepseek-v4-flash-vision-exp", P93),
    model("deepseek/deepseek-v4-flash-vision-exp-20260821", P93),
    model("deepseek/deepseek-v4-pro", P94),
    model("deepseek/deepseek-v4-pro-0813", P95),
    model("deepseek/deepseek-v4-pro-20260423", P94),
    model("deepseek/deepseek-v4-pro-20260813", P95),
    model("deepseek/deepseek-v4.1-flash", P96),
    model("deepseek/deepseek-v4.1-flash-1017:batch", P97),
    model("deepseek/deepseek-v4.1-flash-20260910", P96),
    model("deepseek/deepseek-v4.1-flash:batch", P98),
    model("devstral-small", P99),
    model("dobby-mini-unhinged-plus-llama-3.1-8b", P100),
    model("dolphin-mixtral-8x22b", P66),
    model("eleutherai/llemma_7b", P1),
    model("elorian/glimpse", P101),
    model("elorian/glimpse-20261016", P101),
    model("essentialai/rnj-1-instruct", P79),
    model("eva-llama-3.33-70b", P102),
    model("eva-qwen-2.5-32b", P11),
    model("eva-qwen-2.5-72b", P102),
    model("eva-unit-01/eva-llama-3.33-70b", P102),
    model("eva-unit-01/eva-qwen-2.5-32b", P11),
    model("eva-unit-01/eva-qwen-2.5-72b", P103),
    model("fimbulvetr-11b-v2", P1),
    model("fireworks/ember-1", P104),
    model("fireworks/ember-1-20260923", P104),
    model("gemini-2.0-flash-001", P105),
    model("gemini-2.0-flash-lite-001", P106),
    model("gemini-2.5-flash-lite-preview-06-17", P85),
    model("gemini-2.5-flash-preview", P107),
    model("gemini-2.5-flash-preview-05-20", P107),
    model("gemini-2.5-flash-preview-05-20:thinking", P108),
    model("gemini-2.5-flash-preview:thinking", P108),
    model("gemini-flash-1.5", P109),
    model("gemini-flash-1.5-8b", P110),
    model("gemini-pro-1.5", P111),
    model("gemma-2-9b-it", P100),
    model("glm-4-32b", P112),
    model("glm-5v-turbo", P113),
    model("glm-z1-32b", P112),
    model("glm-z1-rumination-32b", P112),
    model("goliath-120b", P114),
    model("google/gemini-2.0-flash-001", P85),
    model("google/gemini-2.0-flash-lite-001", P106),
    model("google/gemini-2.5-flash", P115),
    model("google/gemini-2.5-flash-image", P116),
    model("google/gemini-2.5-flash-lite", P117),
    model("google/gemini-2.5-flash-lite-preview-09-2025", P85),
    model("google/gemini-2.5-flash-lite:batch", P118),
    model("google/gemini-2.5-flash-preview", P72),
    model("google/gemini-2.5-flash-preview-09-2025", P119),
    model("google/gemini-2.5-flash-preview:thinking", P120),
    model("google/gemini-2.5-flash:batch", P121),
    model("google/gemini-2.5-pro", P122),
    model("google/gemini-2.5-pro-preview", P122),
    model("google/gemini-2.5-pro-preview-03-25", P123),
    model("google/gemini-2.5-pro-preview-05-06", P122),
    model("google/gemini-2.5-pro:batch", P124),
    model("google/gemini-3-flash-preview", P125),
    model("google/gemini-3-flash-preview-20251217", P125),
    model("google/gemini-3-flash-preview:batch", P126),
    model("google/gemini-3-pro-image", P127),
    model("google/gemini-3-pro-image-20260528", P127),
    model("google/gemini-3-pro-image-preview", P127),
    model("google/gemini-3-pro-image-preview-20251120", P127),
    model("google/gemini-3.1-flash-image", P128),
    model("google/gemini-3.1-flash-image-20260528", P128),
    model("google/gemini-3.1-flash-image-preview", P128),
    model("google/gemini-3.1-flash-image-preview-20260226", P128),
    model("google/gemini-3.1-flash-lite", P129),
    model("google/gemini-3.1-flash-lite-20260507", P129),
    model("google/gemini-3.1-flash-lite-image", P130),
    model("google/gemini-3.1-flash-lite-image-20260630", P130),
    model("google/gemini-3.1-flash-lite-preview", P129),
    model("google/gemini-3.1-flash-lite:batch", P131),
    model("google/gemini-3.1-pro-preview", P132),
    model("google/gemini-3.1-pro-preview-20260219", P132),
    model("google/gemini-3.1-pro-preview-customtools", P132),
    model("google/gemini-3.1-pro-preview:batch", P133),
    model("google/gemini-3.5-flash", P134),
    model("google/gemini-3.5-flash-20260519", P134),
    model("google/gemini-3.5-flash-lite", P116),
    model("google/gemini-3.5-flash-lite-20260721", P116),
    model("google/gemini-3.5-flash-lite:batch", P135),
    model("google/gemini-3.5-flash:batch", P136),
    model("google/gemini-3.6-flash", P137),
    model("google/gemini-3.6-flash-20260721", P137),
    model("google/gemini-3.6-flash:batch", P138),
    model("google/gemini-3.7-flash", P137),
    model("google/gemini-3.7-flash-20260813", P137),
    model("google/gemini-3.7-flash:batch", P138),
    model("google/gemini-3.8-flash", P139),
    model("google/gemini-3.8-flash-20260902", P139),
    model("google/gemini-3.8-flash:batch", P138),
    model("google/gemini-4-argon", P140),
    model("google/gemini-4-argon-20261013", P140),
    model("google/gemini-4-argon:batch", P141),
    model("google/gemini-flash-1.5", P106),
    model("google/gemini-flash-1.5-8b", P73),
    model("google/gemini-nano-banana-2.1", P142),
    model("google/gemini-nano-banana-2.1-20261006", P142),
    model("google/gemini-omni-1.1-flash", P143),
    model("google/gemini-omni-1.1-flash-20260911", P143),
    model("google/gemini-omni-1.2-flash", P143),
    model("google/gemini-omni-1.2-flash-20261105", P143),
    model("google/gemini-pro", P71),
    model("google/gemini-pro-1.5", P111),
    model("google/gemini-pro-vision", P71),
    model("google/gemma-2-27b-it", P144),
    model("google/gemma-2-9b-it", P145),
    model("google/gemma-3-12b-it", P146),
    model("google/gemma-3-27b-it", P147),
    model("google/gemma-3-4b-it", P148),
    model("google/gemma-3n-e4b-it", P99),
    model("google/gemma-4-26b-a4b-it", P149),
    model("google/gemma-4-26b-a4b-it-20260403", P149),
    model("google/gemma-4-31b-it", P150),
    model("google/gemma-4-31b-it-20260402", P150),
    model("google/palm-2-chat-bison", P68),
    model("google/palm-2-chat-bison-32k", P68),
    model("google/palm-2-codechat-bison", P68),
    model("google/palm-2-codechat-bison-32k", P68),
    model("gpt-3.5-turbo-0125", P71),
    model("gpt-3.5-turbo-1106", P68),
    model("gpt-4-0314", P151),
    model("gpt-4-1106-preview", P152),
    model("gpt-4.5-preview", P153),
    model("grok-2-1212", P154),
    model("grok-2-vision-1212", P154),
    model("grok-3", P155),
    model("grok-3-beta", P155),
    model("grok-3-mini", P156),
    model("grok-3-mini-beta", P156),
    model("grok-beta", P60),
    model("grok-vision-beta", P60),
    model("gryphe/mythomax-l2-13b", P157),
    model("hermes-2-pro-llama-3-8b", P158),
    model("ibm-granite/granite-4.0-h-micro", P159),
    model("ibm-granite/granite-4.1-8b", P76),
    model("ibm-granite/granite-4.2-8b", P160),
    model("ibm-granite/granite-4.2-8b-20260831", P160),
    model("inception/mercury-2", P161),
    model("inception/mercury-2-20260304", P161),
    model("inception/mercury-2.5", P162),
    model("inception/mercury-2.5-20260908", P162),
    model("inception/mercury-3", P163),
    model("inception/mercury-3-20261019", P163),
    model("inclusionai/ling-2.6-1t", P164),
    model("inclusionai/ling-2.6-flash", P165),
    model("inclusionai/ling-3.0-flash", P166),
    model("inclusionai/ling-3.0-flash-20260723", P166),
    model("inclusionai/ling-3.0-flash-vl", P167),
    model("inclusionai/ling-3.0-flash-vl-20260910", P167),
    model("inclusionai/ling-3.0-tiny", P168),
    model("inclusionai/ling-3.0-tiny-20260806", P168),
    model("inclusionai/ling-3.1-flash", P169),
    model("inclusionai/ling-3.1-flash-20261002", P169),
    model("inclusionai/ring-2.6-1t", P164),
    model("inference-net/schematron-v2-small", P170),
    model("inference-net/schematron-v2-small-20260902", P170),
    model("inference-net/schematron-v2-turbo", P171),
    model("inference-net/schematron-v2-turbo-20260902", P171),
    model("infermatic/mn-inferor-12b", P1),
    model("inflection/inflection-3-pi", P69),
    model("inflection/inflection-3-productivity", P69),
    model("jamba-1.6-large", P2),
    model("jamba-1.6-mini", P3),
    model("jondurbin/airoboros-l2-70b", P67),
    model("kwaipilot/kat-coder-pro-v2", P172),
    model("l3-euryale-70b", P173),
    model("latitudegames/wayfarer-large-70b-llama-3.3", P174),
    model("lfm-3b", P175),
    model("lfm-40b", P79),
    model("lfm-7b", P176),
    model("liquid/lfm-2-24b-a2b", P177),
    model("liquid/lfm-2.5-2.6b", P178),
    model("liquid/lfm-2.5-2.6b-20260811", P178),
    model("liquid/lfm-2.5-24b-a2b", P179),
    model("liquid/lfm-2.5-24b-a2b-20261012", P179),
    model("liquid/lfm-3-1.7b", P180),
    model("liquid/lfm-3-1.7b-20261106", P180),
    model("liquid/lfm-3b", P175),
    model("liquid/lfm-40b", P79),
    model("liquid/lfm-7b", P176),
    model("llama-3-lumimaid-70b", P102),
    model("llama-3-lumimaid-8b", P181),
    model("llama-3.1-405b", P182),
    model("llama-3.1-405b-instruct", P183),
    model("llama-3.1-lumimaid-70b", P184),
    model("llama-3.1-lumimaid-8b", P181),
    model("llama-3.1-nemotron-70b-instruct", P185),
    model("llama-3.1-nemotron-ultra-253b-v1", P186),
    model("llama-3.1-sonar-large-128k-online", P187),
    model("llama-3.1-sonar-small-128k-online", P100),
    model("llama-3.2-90b-vision-instruct", P188),
    model("llama-3.3-nemotron-super-49b-v1", P189),
    model("llama-guard-2-8b", P100),
    model("llama3.1-typhoon2-70b-instruct", P190),
    model("llemma_7b", P1),
    model("maestro-reasoning", P191),
    model("magistral-medium-2506", P192),
    model("magistral-medium-2506:thinking", P192),
    model("magistral-small-2506", P71),
    model("magnum-72b", P102),
    model("magnum-v2-72b", P0),
    model("mancer/weaver", P193),
    model("meituan/longcat-2.0", P194),
    model("meituan/longcat-2.0-20260720", P194),
    model("mercury-coder-small-beta", P195),
    model("meta-llama/llama-2-13b-chat", P196),
    model("meta-llama/llama-2-70b-chat", P66),
    model("meta-llama/llama-3-70b-instruct", P197),
    model("meta-llama/llama-3-8b-instruct", P198),
    model("meta-llama/llama-3.1-405b", P182),
    model("meta-llama/llama-3.1-405b-instruct", P183),
    model("meta-llama/llama-3.1-70b-instruct", P199),
    model("meta-llama/llama-3.1-8b-instruct", P200),
    model("meta-llama/llama-3.2-11b-vision-instruct", P201),
    model("meta-llama/llama-3.2-1b-instruct", P202),
    model("meta-llama/llama-3.2-3b-instruct", P203),
    model("meta-llama/llama-3.2-90b-vision-instruct", P66),
    model("meta-llama/llama-3.3-70b-instruct", P204),
    model("meta-llama/llama-4-maverick", P205),
    model("meta-llama/llama-4-maverick-17b-128e-instruct", P205),
    model("meta-llama/llama-4-scout", P206),
    model("meta-llama/llama-4-scout-17b-16e-instruct", P206),
    model("meta-llama/llama-guard-2-8b", P100),
    model("meta-llama/llama-guard-3-8b", P207),
    model("meta-llama/llama-guard-4-12b", P208),
    model("meta/muse-glimmer-30b", P209),
    model("meta/muse-glimmer-30b-20260810", P209),
    model("meta/muse-glimmer-30b:batch", P210),
    model("meta/muse-spark-1.1", P211),
    model("meta/muse-spark-1.1-20260709", P211),
    model("meta/muse-spark-1.2", P211),
    model("meta/muse-spark-1.2-20260805", P211),
    model("meta/muse-spark-1.2-contributor", P212),
    model("meta/muse-spark-1.2-contributor-20260805", P212),
    model("meta/muse-spark-1.3", P211),
    model("meta/muse-spark-1.3-20260902", P211),
    model("meta/muse-spark-1.3-contributor", P212),
    model("meta/muse-spark-1.3-contributor-20260902", P212),
    model("meta/muse-spark-open", P213),
    model("meta/muse-spark-open-20261015", P213),
    model("meta/muse-wonder", P214),
    model("meta/muse-wonder-20261012", P214),
    model("microsoft/phi-3-medium-128k-instruct", P187),
    model("microsoft/phi-3-mini-128k-instruct", P215),
    model("microsoft/phi-3.5-mini-128k-instruct", P215),
    model("microsoft/phi-4", P216),
    model("microsoft/phi-4-mini-instruct", P217),
    model("microsoft/phi-4-multimodal-instruct", P76),
    model("microsoft/wizardlm-2-7b", P145),
    model("microsoft/wizardlm-2-8x22b", P218),
    model("midnight-rose-70b", P183),
    model("minimax/minimax-01", P219),
    model("minimax/minimax-m1", P220),
    model("minimax/minimax-m2", P221),
    model("minimax/minimax-m2-her", P222),
    model("minimax/minimax-m2-her-20260123", P222),
    model("minimax/minimax-m2.1", P223),
    model("minimax/minimax-m2.5", P224),
    model("minimax/minimax-m2.5-20260211", P224),
    model("minimax/minimax-m2.7", P225),
    model("minimax/minimax-m2.7-20260318", P225),
    model("minimax/minimax-m3", P172),
    model("minimax/minimax-m3-20260531", P172),
    model("minimax/minimax-m3:batch", P226),
    model("ministral-3b", P77),
    model("ministral-8b", P215),
    model("mistral-7b-instruct", P227),
    model("mistral-7b-instruct-v0.1", P228),
    model("mistral-7b-instruct-v0.2", P100),
    model("mistral-7b-instruct-v0.3", P227),
    model("mistral-large-2411", P229),
    model("mistral-medium", P230),
    model("mistral-small", P231),
    model("mistral-tiny", P232),
    model("mistral/ministral-8b", P215),
    model("mistralai/codestral-2501", P63),
    model("mistralai/codestral-2508", P233),
    model("mistralai/codestral-2508:batch", P234),
    model("mistralai/codestral-mamba", P232),
    model("mistralai/devstral-2512", P235),
    model("mistralai/ministral-14b-2512", P236),
    model("mistralai/ministral-3b", P77),
    model("mistralai/ministral-3b-2512", P237),
    model("mistralai/ministral-8b", P215),
    model("mistralai/ministral-8b-2512", P238),
    model("mistralai/ministral-8b-2512:batch", P239),
    model("mistralai/mistral-7b-instruct", P240),
    model("mistralai/mistral-7b-instruct-v0.1", P100),
    model("mistralai/mistral-7b-instruct-v0.2", P100),
    model("mistralai/mistral-7b-instruct-v0.3", P240),
    model("mistralai/mistral-large", P229),
    model("mistralai/mistral-large-2407", P229),
    model("mistralai/mistral-large-2512", P241),
    model("mistralai/mistral-large-2512:batch", P161),
    model("mistralai/mistral-large-4-0", P242),
    model("mistralai/mistral-large-4-0-20261006", P242),
    model("mistralai/mistral-medium", P230),
    model("mistralai/mistral-medium-3", P243),
    model("mistralai/mistral-medium-3-5", P142),
    model("mistralai/mistral-medium-3-5:batch", P244),
    model("mistralai/mistral-medium-3.1", P235),
    model("mistralai/mistral-medium-3.1:batch", P245),
    model("mistralai/mistral-medium-3.5-20260430", P142),
    model("mistralai/mistral-nemo", P246),
    model("mistralai/mistral-saba", P247),
    model("mistralai/mistral-saba-2502", P247),
    model("mistralai/mistral-small", P231),
    model("mistralai/mistral-small-24b-instruct-2501", P248),
    model("mistralai/mistral-small-2603", P249),
    model("mistralai/mistral-small-2603:batch", P250),
    model("mistralai/mistral-small-3.1-24b-instruct", P251),
    model("mistralai/mistral-small-3.1-24b-instruct-2503", P251),
    model("mistralai/mistral-small-3.2-24b-instruct", P252),
    model("mistralai/mistral-small-3.2-24b-instruct-2506", P252),
    model("mistralai/mistral-tiny", P232),
    model("mistralai/mixtral-8x22b-instruct", P253),
    model("mistralai/mixtral-8x7b-instruct", P112),
    model("mistralai/pixtral-12b", P215),
    model("mistralai/pixtral-large-2411", P254),
    model("mistralai/voxtral-small-24b-2507", P255),
    model("mixtral-8x7b-instruct", P256),
    model("mn-celeste-12b", P1),
    model("mn-inferor-12b", P1),
    model("mn-starcannon-12b", P1),
    model("moondream/moondream3-preview", P15),
    model("moondream/moondream3-preview-20261013", P15),
    model("moondream/moondream3.1-9b-a2b", P15),
    model("moondream/moondream3.1-9b-a2b-20261013", P15),
    model("moonshotai/kimi-k2", P257),
    model("moonshotai/kimi-k2-0905", P258),
    model("moonshotai/kimi-k2-thinking", P259),
    model("moonshotai/kimi-k2-thinking-20251106", P259),
    model("moonshotai/kimi-k2.5", P260),
    model("moonshotai/kimi-k2.5-0127", P260),
    model("moonshotai/kimi-k2.6", P261),
    model("moonshotai/kimi-k2.6-20260420", P261),
    model("moonshotai/kimi-k2.7-code", P262),
    model("moonshotai/kimi-k2.7-code-20260612", P262),
    model("moonshotai/kimi-k3", P263),
    model("moonshotai/kimi-k3-20260715", P263),
    model("moonshotai/kimi-k3.1-pro", P264),
    model("moonshotai/kimi-k3.1-pro-20261023", P264),
    model("moonshotai/kimi-k3:batch", P265),
    model("morph/morph-v3-fast", P1),
    model("morph/morph-v3-fast:batch", P266),
    model("morph/morph-v3-large", P267),
    model("morph/morph-v3-large:batch", P268),
    model("mythalion-13b", P1),
    model("neversleep/llama-3-lumimaid-70b", P269),
    model("neversleep/llama-3-lumimaid-8b", P270),
    model("neversleep/llama-3-lumimaid-8b:extended", P270),
    model("neversleep/llama-3.1-lumimaid-70b", P14),
    model("neversleep/llama-3.1-lumimaid-8b", P270),
    model("neversleep/noromaid-20b", P271),
    model("nex-agi/nex-n2.5-mini", P272),
    model("nex-agi/nex-n2.5-mini-20260908", P272),
    model("nex-agi/nex-n2.5-pro", P273),
    model("nex-agi/nex-n2.5-pro-20260907", P273),
    model("noromaid-20b", P274),
    model("nothingiisreal/mn-celeste-12b", P1),
    model("nous-hermes-2-mixtral-8x7b-dpo", P275),
    model("nousresearch/hermes-2-pro-llama-3-8b", P158),
    model("nousresearch/hermes-3-llama-3.1-405b", P276),
    model("nousresearch/hermes-3-llama-3.1-70b", P277),
    model("nousresearch/hermes-4-405b", P278),
    model("nousresearch/hermes-4-70b", P189),
    model("nousresearch/nous-hermes-2-mixtral-8x7b-dpo", P275),
    model("nousresearch/nous-hermes-llama2-13b", P78),
    model("nvidia/llama-3.1-nemotron-70b-instruct", P185),
    model("nvidia/llama-3.3-nemotron-super-49b-v1.5", P279),
    model("nvidia/nemotron-3-nano-30b-a3b", P280),
    model("nvidia/nemotron-3-super-120b-a12b", P281),
    model("nvidia/nemotron-3-super-120b-a12b-20230311", P281),
    model("nvidia/nemotron-3-ultra-550b-a55b", P282),
    model("nvidia/nemotron-3-ultra-550b-a55b-20260604", P282),
    model("nvidia/nemotron-3.5-content-safety", P100),
    model("nvidia/nemotron-3.5-content-safety-20260604", P100),
    model("nvidia/nemotron-3.5-lightning", P283),
    model("nvidia/nemotron-3.5-lightning-20260807", P283),
    model("nvidia/nemotron-3.5-super-vl", P284),
    model("nvidia/nemotron-3.5-super-vl-20261015", P284),
    model("nvidia/nemotron-nano-9b-v2", P285),
    model("o1-mini", P286),
    model("o1-mini-2024-09-12", P286),
    model("o1-preview", P287),
    model("o1-preview-2024-09-12", P287),
    model("openai/chatgpt-4o-latest", P60),
    model("openai/codex-mini", P64),
    model("openai/gpt-3.5-turbo", P71),
    model("openai/gpt-3.5-turbo-0613", P68),
    model("openai/gpt-3.5-turbo-1106", P68),
    model("openai/gpt-3.5-turbo-16k", P288),
    model("openai/gpt-3.5-turbo-instruct", P289),
    model("openai/gpt-3.5-turbo:batch", P290),
    model("openai/gpt-4", P151),
    model("openai/gpt-4-1106-preview", P152),
    model("openai/gpt-4-32k", P291),
    model("openai/gpt-4-32k-0314", P291),
    model("openai/gpt-4-turbo", P152),
    model("openai/gpt-4-turbo-preview", P152),
    model("openai/gpt-4-turbo:batch", P60),
    model("openai/gpt-4.1", P292),
    model("openai/gpt-4.1-2025-04-14", P292),
    model("openai/gpt-4.1-mini", P293),
    model("openai/gpt-4.1-mini-2025-04-14", P293),
    model("openai/gpt-4.1-mini:batch", P294),
    model("openai/gpt-4.1-nano", P295),
    model("openai/gpt-4.1-nano-2025-04-14", P295),
    model("openai/gpt-4.1-nano:batch", P296),
    model("openai/gpt-4.1:batch", P297),
    model("openai/gpt-4.5-preview", P298),
    model("openai/gpt-4o", P299),
    model("openai/gpt-4o-2024-05-13", P60),
    model("openai/gpt-4o-2024-08-06", P299),
    model("openai/gpt-4o-2024-11-20", P299),
    model("openai/gpt-4o-audio-preview", P299),
    model("openai/gpt-4o-mini", P300),
    model("openai/gpt-4o-mini-2024-07-18", P300),
    model("openai/gpt-4o-mini-search-preview", P72),
    model("openai/gpt-4o-mini:batch", P301),
    model("openai/gpt-4o-search-preview", P69),
    model("openai/gpt-4o:batch", P302),
    model("openai/gpt-5", P303),
    model("openai/gpt-5-2025-08-07", P303),
    model("openai/gpt-5-chat", P303),
    model("openai/gpt-5-codex", P303),
    model("openai/gpt-5-image", P304),
    model("openai/gpt-5-image-mini", P305),
    model("openai/gpt-5-mini", P306),
    model("openai/gpt-5-mini-2025-08-07", P306),
    model("openai/gpt-5-mini:batch", P307),
    model("openai/gpt-5-nano", P308),
    model("openai/gpt-5-nano-2025-08-07", P308),
    model("openai/gpt-5-nano:batch", P309),
    model("openai/gpt-5-pro", P310),
    model("openai/gpt-5-pro-2025-10-06", P310),
    model("openai/gpt-5-pro:batch", P311),
    model("openai/gpt-5.1", P312),
    model("openai/gpt-5.1-20251113", P312),
    model("openai/gpt-5.1-chat", P312),
    model("openai/gpt-5.1-codex", P312),
    model("openai/gpt-5.1-codex-max", P303),
    model("openai/gpt-5.1-codex-mini", P313),
    model("openai/gpt-5.1-codex-mini-20251113", P313),
    model("openai/gpt-5.1:batch", P314),
    model("openai/gpt-5.2", P315),
    model("openai/gpt-5.2-20251211", P315),
    model("openai/gpt-5.2-chat", P315),
    model("openai/gpt-5.2-codex", P315),
    model("openai/gpt-5.2-pro", P316),
    model("openai/gpt-5.2-pro-20251211", P316),
    model("openai/gpt-5.2-pro:batch", P317),
    model("openai/gpt-5.2:batch", P318),
    model("openai/gpt-5.3-chat", P315),
    model("openai/gpt-5.3-codex", P315),
    model("openai/gpt-5.3-codex-20260224", P315),
    model("openai/gpt-5.4", P319),
    model("openai/gpt-5.4-20260305", P319),
    model("openai/gpt-5.4-image-2", P320),
    model("openai/gpt-5.4-image-2-20260421", P320),
    model("openai/gpt-5.4-mini", P321),
    model("openai/gpt-5.4-mini-20260317", P321),
    model("openai/gpt-5.4-mini:batch", P322),
    model("openai/gpt-5.4-nano", P323),
    model("openai/gpt-5.4-nano-20260317", P323),
    model("openai/gpt-5.4-nano:batch", P324),
    model("openai/gpt-5.4-pro", P325),
    model("openai/gpt-5.4-pro-20260305", P325),
    model("openai/gpt-5.4-pro:batch", P326),
    model("openai/gpt-5.4:batch", P327),
    model("openai/gpt-5.5", P328),
    model("openai/gpt-5.5-20260423", P328),
    model("openai/gpt-5.5-pro", P325),
    model("openai/gpt-5.5-pro-20260423", P325),
    model("openai/gpt-5.5-pro:batch", P326),
    model("openai/gpt-5.5:batch", P319),
    model("openai/gpt-5.6-luna", P329),
    model("openai/gpt-5.6-luna-20260709", P329),
    model("openai/gpt-5.6-luna-pro", P329),
    model("openai/gpt-5.6-luna-pro-20260709", P329),
    model("openai/gpt-5.6-luna-pro:batch", P330),
    model("openai/gpt-5.6-luna:batch", P330),
    model("openai/gpt-5.6-sol", P331),
    model("openai/gpt-5.6-sol-20260709", P331),
    model("openai/gpt-5.6-sol-pro", P332),
    model("openai/gpt-5.6-sol-pro-20260709", P332),
    model("openai/gpt-5.6-sol-pro:batch", P333),
    model("openai/gpt-5.6-sol:batch", P333),
    model("openai/gpt-5.6-terra", P334),
    model("openai/gpt-5.6-terra-20260709", P334),
    model("openai/gpt-5.6-terra-pro", P334),
    model("openai/gpt-5.6-terra-pro-20260709", P334),
    model("openai/gpt-5.6-terra-pro:batch", P335),
    model("openai/gpt-5.6-terra:batch", P335),
    model("openai/gpt-5:batch", P314),
    model("openai/gpt-6-astra", P336),
    model("openai/gpt-6-astra-20260903", P336),
    model("openai/gpt-6-astra-pro", P336),
    model("openai/gpt-6-astra-pro-20260903", P336),
    model("openai/gpt-6-astra-pro:batch", P337),
    model("openai/gpt-6-astra:batch", P337),
    model("openai/gpt-6-luna", P338),
    model("openai/gpt-6-luna-20260922", P338),
    model("openai/gpt-6-luna-pro", P338),
    model("openai/gpt-6-luna-pro:batch", P339),
    model("openai/gpt-6-luna:batch", P339),
    model("openai/gpt-6-sol", P340),
    model("openai/gpt-6-sol-20260922", P340),
    model("openai/gpt-6-sol-pro", P340),
    model("openai/gpt-6-sol-pro:batch", P341),
    model("openai/gpt-6-sol:batch", P341),
    model("openai/gpt-6.1-sol", P342),
    model("openai/gpt-6.1-sol-20260929", P342),
    model("openai/gpt-6.1-sol-pro", P342),
    model("openai/gpt-6.1-sol-pro:batch", P343),
    model("openai/gpt-6.1-sol:batch", P343),
    model("openai/gpt-6.1-terra", P344),
    model("openai/gpt-6.1-terra-20261026", P344),
    model("openai/gpt-6.1-terra-pro", P344),
    model("openai/gpt-6.1-terra-pro-20261026", P344),
    model("openai/gpt-6.1-terra-pro:batch", P345),
    model("openai/gpt-6.1-terra:batch", P345),
    model("openai/gpt-audio", P69),
    model("openai/gpt-audio-mini", P346),
    model("openai/gpt-chat-latest", P347),
    model("openai/gpt-chat-latest-20260505", P347),
    model("openai/gpt-oss-120b", P348),
    model("openai/gpt-oss-120b:batch", P349),
    model("openai/gpt-oss-20b", P350),
    model("openai/gpt-oss-20b:batch", P351),
    model("openai/gpt-oss-safeguard-20b", P352),
    model("openai/o1", P287),
    model("openai/o1-2024-12-17", P287),
    model("openai/o1-mini", P353),
    model("openai/o1-mini-2024-09-12", P353),
    model("openai/o1-pro", P354),
    model("openai/o3", P292),
    model("openai/o3-2025-04-16", P292),
    model("openai/o3-deep-research", P355),
    model("openai/o3-mini", P286),
    model("openai/o3-mini-2025-01-31", P286),
    model("openai/o3-mini-high", P286),
    model("openai/o3-mini:batch", P356),
    model("openai/o3-pro", P357),
    model("openai/o3-pro-2025-06-10", P357),
    model("openai/o3:batch", P297),
    model("openai/o4-mini", P358),
    model("openai/o4-mini-2025-04-16", P358),
    model("openai/o4-mini-deep-research", P292),
    model("openai/o4-mini-high", P358),
    model("openai/o4-mini:batch", P359),
    model("openchat/openchat-7b", P145),
    model("openhands-lm-32b-v0.1", P11),
    model("particle-ai/particle-1", P360),
    model("particle-ai/particle-1-20261027", P360),
    model("perceptron/perceptron-mk1", P361),
    model("perceptron/perceptron-mk1-20260512", P361),
    model("perceptron/perceptron-mk1.5", P361),
    model("perceptron/perceptron-mk1.5-20260925", P361),
    model("perplexity/llama-3.1-sonar-large-128k-online", P187),
    model("perplexity/llama-3.1-sonar-small-128k-online", P100),
    model("perplexity/pplx-decider-v1-27b", P362),
    model("perplexity/pplx-decider-v1.1-27b", P363),
    model("perplexity/r1-1776", P2),
    model("perplexity/sonar", P187),
    model("perplexity/sonar-deep-research", P364),
    model("perplexity/sonar-pro", P24),
    model("perplexity/sonar-pro-search", P24),
    model("perplexity/sonar-reasoning", P365),
    model("perplexity/sonar-reasoning-pro", P2),
    model("phi-3-medium-128k-instruct", P187),
    model("phi-3-mini-128k-instruct", P215),
    model("phi-3.5-mini-128k-instruct", P215),
    model("phi-4-multimodal-instruct", P76),
    model("phi-4-reasoning-plus", P366),
    model("pixtral-12b", P215),
    model("pixtral-large-2411", P254),
    model("poolside/laguna-s-2.1", P367),
    model("poolside/laguna-s-2.1-20260720", P367),
    model("poolside/laguna-xs-2.1", P368),
    model("poolside/laguna-xs-2.1-20260625", P368),
    model("prime-intellect/intellect-3", P219),
    model("prism-ml/ternary-bonsai-2-27b", P369),
    model("prism-ml/ternary-bonsai-2-27b-20260918", P369),
    model("prism-ml/ternary-bonsai-2-9b", P370),
    model("prism-ml/ternary-bonsai-2-9b-20261015", P370),
    model("pygmalionai/mythalion-13b", P371),
    model("qwen-2-72b-instruct", P66),
    model("qwen-2.5-vl-7b-instruct", P100),
    model("qwen-max", P372),
    model("qwen-turbo", P373),
    model("qwen-vl-max", P19),
    model("qwen-vl-plus", P374),
    model("qwen/qwen-2-72b-instruct", P66),
    model("qwen/qwen-2.5-72b-instruct", P375),
    model("qwen/qwen-2.5-7b-instruct", P376),
    model("qwen/qwen-2.5-coder-32b-instruct", P377),
    model("qwen/qwen-2.5-vl-72b-instruct", P275),
    model("qwen/qwen-2.5-vl-7b-instruct", P100),
    model("qwen/qwen-max", P378),
    model("qwen/qwen-plus", P379),
    model("qwen/qwen-plus-2025-01-25", P379),
    model("qwen/qwen-plus-2025-07-28", P380),
    model("qwen/qwen-plus-2025-07-28:thinking", P381),
    model("qwen/qwen-turbo", P382),
    model("qwen/qwen-vl-max", P19),
    model("qwen/qwen-vl-plus", P374),
    model("qwen/qwen2.5-coder-7b-instruct", P100),
    model("qwen/qwen2.5-vl-32b-instruct", P66),
    model("qwen/qwen2.5-vl-72b-instruct", P383),
    model("qwen/qwen3-14b", P384),
    model("qwen/qwen3-14b-04-28", P384),
    model("qwen/qwen3-235b-a22b", P385),
    model("qwen/qwen3-235b-a22b-07-25", P386),
    model("qwen/qwen3-235b-a22b-2507", P386),
    model("qwen/qwen3-235b-a22b-thinking-2507", P387),
    model("qwen/qwen3-30b-a3b", P388),
    model("qwen/qwen3-30b-a3b-04-28", P388),
    model("qwen/qwen3-30b-a3b-instruct-2507", P389),
    model("qwen/qwen3-30b-a3b-thinking-2507", P390),
    model("qwen/qwen3-32b", P391),
    model("qwen/qwen3-32b-04-28", P391),
    model("qwen/qwen3-8b", P392),
    model("qwen/qwen3-coder", P393),
    model("qwen/qwen3-coder-30b-a3b-instruct", P394),
    model("qwen/qwen3-coder-480b-a35b-07-25", P393),
    model("qwen/qwen3-coder-flash", P395),
    model("qwen/qwen3-coder-next", P396),
    model("qwen/qwen3-coder-next-2025-02-03", P396),
    model("qwen/qwen3-coder-plus", P397),
    model("qwen/qwen3-max", P398),
    model("qwen/qwen3-max-thinking", P399),
    model("qwen/qwen3-max-thinking-20260123", P399),
    model("qwen/qwen3-next-80b-a3b-instruct", P400),
    model("qwen/qwen3-next-80b-a3b-instruct-2509", P400),
    model("qwen/qwen3-next-80b-a3b-thinking", P401),
    model("qwen/qwen3-next-80b-a3b-thinking-2509", P401),
    model("qwen/qwen3-vl-235b-a22b-instruct", P402),
    model("qwen/qwen3-vl-235b-a22b-thinking", P403),
    model("qwen/qwen3-vl-30b-a3b-instruct", P404),
    model("qwen/qwen3-vl-30b-a3b-thinking", P405),
    model("qwen/qwen3-vl-32b-instruct", P406),
    model("qwen/qwen3-vl-8b-instruct", P407),
    model("qwen/qwen3-vl-8b-thinking", P408),
    model("qwen/qwen3.5-122b-a10b", P409),
    model("qwen/qwen3.5-122b-a10b-20260224", P409),
    model("qwen/qwen3.5-27b", P410),
    model("qwen/qwen3.5-27b-20260224", P410),
    model("qwen/qwen3.5-35b-a3b", P411),
    model("qwen/qwen3.5-35b-a3b-20260224", P411),
    model("qwen/qwen3.5-397b-a17b", P412),
    model("qwen/qwen3.5-397b-a17b-20260216", P412),
    model("qwen/qwen3.5-9b", P413),
    model("qwen/qwen3.5-9b-20260310", P413),
    model("qwen/qwen3.5-flash-02-23", P414),
    model("qwen/qwen3.5-flash-20260224", P414),
    model("qwen/qwen3.5-plus-02-15", P415),
    model("qwen/qwen3.5-plus-20260216", P415),
    model("qwen/qwen3.5-plus-20260420", P416),
    model("qwen/qwen3.6-27b", P417),
    model("qwen/qwen3.6-27b-20260422", P417),
    model("qwen/qwen3.6-35b-a3b", P418),
    model("qwen/qwen3.6-35b-a3b-20260415", P418),
    model("qwen/qwen3.6-flash", P419),
    model("qwen/qwen3.6-max-preview", P420),
    model("qwen/qwen3.6-max-preview-20260420", P420),
    model("qwen/qwen3.6-plus", P421),
    model("qwen/qwen3.6-plus-04-02", P421),
    model("qwen/qwen3.7-flash", P422),
    model("qwen/qwen3.7-flash-20260727", P422),
    model("qwen/qwen3.7-max", P423),
    model("qwen/qwen3.7-max-20260520", P423),
    model("qwen/qwen3.7-plus", P424),
    model("qwen/qwen3.7-plus-20260602", P424),
    model("qwen/qwen3.7-plus:batch", P425),
    model("qwen/qwen3.8-2.4t-a95b", P426),
    model("qwen/qwen3.8-2.4t-a95b-20260812", P426),
    model("qwen/qwen3.8-27b", P427),
    model("qwen/qwen3.8-27b-20260814", P427),
    model("qwen/qwen3.8-27b:batch", P428),
    model("qwen/qwen3.8-flash", P429),
    model("qwen/qwen3.8-flash-20260826", P429),
    model("qwen/qwen3.8-max-0902", P430),
    model("qwen/qwen3.8-max-20260902", P430),
    model("qwen/qwen3.8-max-prime", P431),
    model("qwen/qwen3.8-max-prime-20260923", P431),
    model("qwen/qwen3.8-omni-flash", P429),
    model("qwen/qwen3.8-omni-flash-20260918", P429),
    model("qwen/qwq-32b", P432),
    model("qwen/qwq-32b-preview", P100),
    model("qwen2.5-vl-32b-instruct", P66),
    model("qwq-32b", P432),
    model("qwq-32b-preview", P100),
    model("r1-1776", P2),
    model("raifle/sorcererlm-8x22b", P433),
    model("reflection/beam-1.0-501b-a23b", P434),
    model("reflection/beam-1.0-501b-a23b-20261016", P434),
    model("rekaai/reka-edge", P215),
    model("rekaai/reka-edge-2603", P215),
    model("rekaai/reka-flash-3", P58),
    model("relace/relace-apply-3", P435),
    model("relace/relace-search", P436),
    model("relace/relace-search-20251208", P436),
    model("ricursiveai/ripple-65b-preview", P437),
    model("ricursiveai/ripple-65b-preview-20261104", P437),
    model("sakana/fugu-max", P430),
    model("sakana/fugu-max-20260911", P430),
    model("sakana/fugu-ultra", P328),
    model("sakana/fugu-ultra-20260615", P328),
    model("sakana/fugu-ultra-v2", P328),
    model("sakana/fugu-ultra-v2-20260911", P328),
    model("sakana/namazu-20260811", P438),
    model("sakana/sakana-namazu", P438),
    model("sao10k/fimbulvetr-11b-v2", P1),
    model("sao10k/l3-euryale-70b", P173),
    model("sao10k/l3-lunaris-8b", P439),
    model("sao10k/l3.1-70b-hanami-x1", P0),
    model("sao10k/l3.1-euryale-70b", P440),
    model("sao10k/l3.3-euryale-70b", P441),
    model("sao10k/l3.3-euryale-70b-v2.3", P441),
    model("scaledown/extract", P362),
    model("scaledown/extract-20260928", P362),
    model("scaledown/summarize", P362),
    model("scaledown/summarize-20260928", P362),
    model("scb10x/llama3.1-typhoon2-70b-instruct", P190),
    model("scb10x/llama3.1-typhoon2-8b-instruct", P78),
    model("sonar-reasoning", P365),
    model("sophosympatheia/midnight-rose-70b", P183),
    model("sorcererlm-8x22b", P433),
    model("spotlight", P78),
    model("steelskull/l3.3-electra-r1-70b", P442),
    model("stepfun/step-3.5-flash", P443),
    model("stepfun/step-3.7-flash", P444),
    model("stepfun/step-3.7-flash-20260528", P444),
    model("stepfun/step-5-preview", P445),
    model("stepfun/step-5-preview-20261008", P445),
    model("switchpoint/router", P446),
    model("tencent/hunyuan-a13b-instruct", P447),
    model("tencent/hy-mt2-1.8b", P448),
    model("tencent/hy-mt2-1.8b-20260521", P448),
    model("tencent/hy-mt2-30b-a3b", P449),
    model("tencent/hy-mt2-30b-a3b-20260521", P449),
    model("tencent/hy-mt2-7b", P449),
    model("tencent/hy-mt2-7b-20260521", P449),
    model("tencent/hy3-preview", P450),
    model("tencent/hy3-preview-20260421", P450),
    model("tencent/hy4", P451),
    model("tencent/hy4-20261104", P451),
    model("thedrummer/anubis-pro-105b-v1", P46),
    model("thedrummer/cydonia-24b-v4.1", P452),
    model("thedrummer/rocinante-12b", P453),
    model("thedrummer/skyfall-36b-v2", P454),
    model("thedrummer/unslopnemo-12b", P455),
    model("thinkingmachines/inkling", P456),
    model("thinkingmachines/inkling-20260715", P456),
    model("thinkingmachines/inkling-small", P457),
    model("thinkingmachines/inkling-small-20260730", P457),
    model("thinkingmachines/inkling-small:batch", P458),
    model("toppy-m-7b", P1),
    model("typesafe/jev-1.13", P459),
    model("typesafe/jev-1.14", P459),
    model("unbiased/pareto-26.10", P460),
    model("unbiased/pareto-26.10-20261015", P460),
    model("unbiased/pareto-26.9", P461),
    model("unbiased/pareto-26.9-20260917", P461),
    model("undi95/remm-slerp-l2-13b", P462),
    model("undi95/toppy-m-7b", P145),
    model("upstage/solar-mini4", P463),
    model("upstage/solar-mini4-20260922", P463),
    model("upstage/solar-pro-3", P249),
    model("upstage/solar-pro4", P464),
    model("upstage/solar-pro4-20260810", P464),
    model("valkyrie-49b-v1", P47),
    model("venice/uncensored", P65),
    model("virtuoso-medium-v2", P47),
    model("writer/palmyra-x5", P465),
    model("writer/palmyra-x5-20250428", P465),
    model("x-ai/grok-2-1212", P154),
    model("x-ai/grok-2-vision-1212", P154),
    model("x-ai/grok-3-beta", P24),
    model("x-ai/grok-3-mini-beta", P466),
    model("x-ai/grok-4-fast", P467),
    model("x-ai/grok-4.20", P468),
    model("x-ai/grok-4.20-20260309", P468),
    model("x-ai/grok-4.20-multi-agent", P469),
    model("x-ai/grok-4.20-multi-agent-20260309", P469),
    model("x-ai/grok-4.3", P468),
    model("x-ai/grok-4.3-20260430", P468),
    model("x-ai/grok-4.3:batch", P470),
    model("x-ai/grok-4.5", P471),
    model("x-ai/grok-4.5-20260708", P471),
    model("x-ai/grok-4.6", P472),
    model("x-ai/grok-4.6-20260810", P472),
    model("x-ai/grok-4.6:batch", P473),
    model("x-ai/grok-4.7", P472),
    model("x-ai/grok-4.7-20260916", P472),
    model("x-ai/grok-4.7:batch", P473),
    model("x-ai/grok-beta", P60),
    model("x-ai/grok-build-0.1", P474),
    model("x-ai/grok-build-0.1-20260520", P474),
    model("x-ai/grok-code-fast-1", P475),
    model("x-ai/grok-vision-beta", P60),
    model("xiaomi/mimo-v2-flash", P255),
    model("xiaomi/mimo-v2.5", P476),
    model("xiaomi/mimo-v2.5-20260422", P476),
    model("xiaomi/mimo-v2.5-pro", P477),
    model("xiaomi/mimo-v2.5-pro-20260422", P477),
    model("xiaomi/mimo-v2.6-flash", P478),
    model("xiaomi/mimo-v2.6-flash-20260921", P478),
    model("xiaomi/mimo-v2.6-pro", P477),
    model("xiaomi/mimo-v2.6-pro-20260921", P477),
    model("xiaomi/mimo-v2.6-pro-ultraspeed", P479),
    model("xiaomi/mimo-v2.6-pro-ultraspeed-20260921", P479),
    model("xwin-lm/xwin-lm-70b", P480),
    model("yi-large", P0),
    model("z-ai/glm-4.5", P481),
    model("z-ai/glm-4.5-air", P482),
    model("z-ai/glm-4.5v", P483),
    model("z-ai/glm-4.6", P484),
    model("z-ai/glm-4.6-20251208", P485),
    model("z-ai/glm-4.6v", P485),
    model("z-ai/glm-4.7", P486),
    model("z-ai/glm-4.7-20251222", P486),
    model("z-ai/glm-4.7-flash", P487),
    model("z-ai/glm-4.7-flash-20260119", P487),
    model("z-ai/glm-5", P488),
    model("z-ai/glm-5-20260211", P488),
    model("z-ai/glm-5-turbo", P113),
    model("z-ai/glm-5-turbo-20260315", P113),
    model("z-ai/glm-5.1", P489),
    model("z-ai/glm-5.1-20260406", P489),
    model("z-ai/glm-5.2", P490),
    model("z-ai/glm-5.2-20260616", P490),
    model("z-ai/glm-5.2:batch", P491),
    model("z-ai/glm-5.3", P492),
    model("z-ai/glm-5.3-20260816", P492),
    model("z-ai/glm-5.3-flash", P493),
    model("z-ai/glm-5.3-flash-20260826", P493),
    model("z-ai/glm-5.3-flash:batch", P494),
    model("z-ai/glm-5.3-flashx", P495),
    model("z-ai/glm-5.3-flashx-20260918", P495),
    model("z-ai/glm-5.3-flashx-legal", P496),
    model("z-ai/glm-5.3-flashx-legal-20261102", P496),
    model("z-ai/glm-5.3-prime", P497),
    model("z-ai/glm-5.3-prime-20260921", P497),
    model("z-ai/glm-5.3:batch", P498),
    model("z-ai/glm-5v-turbo", P113),
    model("z-ai/glm-5v-turbo-20260401", P113),
    model("~anthropic/claude-fable-latest", P499),
    model("~anthropic/claude-haiku-latest", P500),
    model("~anthropic/claude-opus-latest", P501),
    model("~anthropic/claude-sonnet-latest", P502),
    model("~deepseek/deepseek-flash-latest", P503),
    model("~deepseek/deepseek-pro-latest", P504),
    model("~deepseek/deepseek-v4-flash-latest", P505),
    model("~google/gemini-flash-latest", P506),
    model("~google/gemini-pro-latest", P507),
    model("~moonshotai/kimi-latest", P508),
    model("~openai/gpt-astra-latest", P336),
    model("~openai/gpt-latest", P347),
    model("~openai/gpt-luna-latest", P509),
    model("~openai/gpt-mini-latest", P321),
    model("~openai/gpt-sol-latest", P510),
    model("~openai/gpt-terra-latest", P334),
    model("~typesafe/jev-latest", P459),
    model("~unbiased/pareto-latest", P460),
    model("~x-ai/grok-latest", P472),
    model("~z-ai/glm-flash-latest", P511),
    model("~z-ai/glm-latest", P512),
];

static R0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static P0: &[Price] = &[price(None, [100, 100, 100], R0)];
static R1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P1: &[Price] = &[price(None, [100, 100, 100], R1)];
static R2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P2: &[Price] = &[price(None, [100, 100, 100], R2)];
static R3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 400_000_000_000)])];
static P3: &[Price] = &[price(None, [100, 100, 100], R3)];
static R4: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 700_000_000_000)])];
static P4: &[Price] = &[price(None, [100, 100, 100], R4)];
static R5: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P5: &[Price] = &[price(None, [100, 100, 100], R5)];
static R6: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::Output, 1_400_000_000_000)])];
static P6: &[Price] = &[price(None, [100, 100, 100], R6)];
static R7: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 1_600_000_000_000)])];
static P7: &[Price] = &[price(None, [100, 100, 100], R7)];
static R8: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 750_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P8: &[Price] = &[price(None, [100, 100, 100], R8)];
static R9: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::InputCached, 180_000_000_000), unit(U::Output, 1_400_000_000_000)])];
static P9: &[Price] = &[price(None, [100, 100, 100], R9)];
static R10_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 200_000_000_000)])];
static R10_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 1_600_000_000_000)])];
static P10: &[Price] = &[price(None, [100, 100, 100], R10_0), price(Some(1792368000), [100, 100, 100], R10_1)];
static R11: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_600_000_000_000), unit(U::Output, 3_400_000_000_000)])];
static P11: &[Price] = &[price(None, [100, 100, 100], R11)];
static R12: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 500_000_000_000)])];
static P12: &[Price] = &[price(None, [100, 100, 100], R12)];
static R13: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 6_562_500_000_000), unit(U::Output, 9_375_000_000_000)])];
static P13: &[Price] = &[price(None, [100, 100, 100], R13)];
static R14: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 2_250_000_000_000)])];
static P14: &[Price] = &[price(None, [100, 100, 100], R14)];
static R15: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P15: &[Price] = &[price(None, [100, 100, 100], R15)];
static R16: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::Output, 240_000_000_000)])];
static P16: &[Price] = &[price(None, [100, 100, 100], R16)];
static R17: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 35_000_000_000), unit(U::Output, 140_000_000_000)])];
static P17: &[Price] = &[price(None, [100, 100, 100], R17)];
static R18: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 625_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P18: &[Price] = &[price(None, [100, 100, 100], R18)];
static R19: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 3_200_000_000_000)])];
static P19: &[Price] = &[price(None, [100, 100, 100], R19)];
static R20_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 2_250_000_000_000)])];
static R20_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P20: &[Price] = &[price(None, [100, 100, 100], R20_0), price(Some(1792368000), [100, 100, 100], R20_1)];
static R21: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::Output, 24_000_000_000_000)])];
static P21: &[Price] = &[price(None, [100, 100, 100], R21)];
static R22: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P22: &[Price] = &[price(None, [100, 100, 100], R22)];
static R23: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P23: &[Price] = &[price(None, [100, 100, 100], R23)];
static R24: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P24: &[Price] = &[price(None, [100, 100, 100], R24)];
static R25: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P25: &[Price] = &[price(None, [100, 100, 100], R25)];
static R26: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 1_500_000_000_000), unit(U::InputCacheWrite5m, 18_750_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P26: &[Price] = &[price(None, [100, 100, 100], R26)];
static R27: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P27: &[Price] = &[price(None, [100, 100, 100], R27)];
static R28: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P28: &[Price] = &[price(None, [100, 100, 100], R28)];
static R29: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 6_000_000_000_000), unit(U::InputCached, 600_000_000_000), unit(U::InputCacheWrite5m, 7_500_000_000_000), unit(U::Output, 22_500_000_000_000)])];
static P29: &[Price] = &[price(None, [100, 100, 100], R29)];
static R30: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P30: &[Price] = &[price(None, [100, 100, 100], R30)];
static R31: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::Output, 50_000_000_000_000)])];
static P31: &[Price] = &[price(None, [100, 100, 100], R31)];
static R32: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::Output, 50_000_000_000_000)])];
static P32: &[Price] = &[price(None, [100, 100, 100], R32)];
static R33: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P33: &[Price] = &[price(None, [100, 100, 100], R33)];
static R34: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 625_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P34: &[Price] = &[price(None, [100, 100, 100], R34)];
static R35: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite5m, 125_000_000_000), unit(U::InputCacheWrite1h, 200_000_000_000), unit(U::Output, 500_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 100_000, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 625_000_000_000), unit(U::InputCacheWrite1h, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P35: &[Price] = &[price(None, [100, 100, 100], R35)];
static R36: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::InputCacheWrite5m, 62_500_000_000), unit(U::InputCacheWrite1h, 100_000_000_000), unit(U::Output, 250_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 100_000, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputCacheWrite5m, 312_500_000_000), unit(U::InputCacheWrite1h, 500_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P36: &[Price] = &[price(None, [100, 100, 100], R36)];
static R37: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 7_500_000_000_000), unit(U::InputCached, 750_000_000_000), unit(U::InputCacheWrite5m, 9_375_000_000_000), unit(U::Output, 37_500_000_000_000)])];
static P37: &[Price] = &[price(None, [100, 100, 100], R37)];
static R38: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P38: &[Price] = &[price(None, [100, 100, 100], R38)];
static R39: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000_000), unit(U::InputCached, 3_000_000_000_000), unit(U::InputCacheWrite5m, 37_500_000_000_000), unit(U::Output, 150_000_000_000_000)])];
static P39: &[Price] = &[price(None, [100, 100, 100], R39)];
static R40: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)])];
static P40: &[Price] = &[price(None, [100, 100, 100], R40)];
static R41: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P41: &[Price] = &[price(None, [100, 100, 100], R41)];
static R42: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite5m, 1_875_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::Output, 11_250_000_000_000)])];
static P42: &[Price] = &[price(None, [100, 100, 100], R42)];
static R43: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite5m, 1_875_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P43: &[Price] = &[price(None, [100, 100, 100], R43)];
static R44: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P44: &[Price] = &[price(None, [100, 100, 100], R44)];
static R45: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P45: &[Price] = &[price(None, [100, 100, 100], R45)];
static R46: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P46: &[Price] = &[price(None, [100, 100, 100], R46)];
static R47: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 800_000_000_000)])];
static P47: &[Price] = &[price(None, [100, 100, 100], R47)];
static R48_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 220_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 850_000_000_000)])];
static R48_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 800_000_000_000)])];
static P48: &[Price] = &[price(None, [100, 100, 100], R48_0), price(Some(1792368000), [100, 100, 100], R48_1)];
static R49: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 45_000_000_000), unit(U::Output, 150_000_000_000)])];
static P49: &[Price] = &[price(None, [100, 100, 100], R49)];
static R50: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P50: &[Price] = &[price(None, [100, 100, 100], R50)];
static R51: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::Output, 750_000_000_000)])];
static P51: &[Price] = &[price(None, [100, 100, 100], R51)];
static R52: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 420_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P52: &[Price] = &[price(None, [100, 100, 100], R52)];
static R53_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static R53_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P53: &[Price] = &[price(None, [100, 100, 100], R53_0), price(Some(1792368000), [100, 100, 100], R53_1)];
static R54_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::Output, 300_000_000_000)])];
static R54_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::Output, 300_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 800_000_000_000)])];
static P54: &[Price] = &[price(None, [100, 100, 100], R54_0), price(Some(1792368000), [100, 100, 100], R54_1)];
static R55: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P55: &[Price] = &[price(None, [100, 100, 100], R55)];
static R56: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 3_000_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P56: &[Price] = &[price(None, [100, 100, 100], R56)];
static R57_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 400_000_000_000)])];
static R57_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 400_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 800_000_000_000)])];
static P57: &[Price] = &[price(None, [100, 100, 100], R57_0), price(Some(1792368000), [100, 100, 100], R57_1)];
static R58: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 200_000_000_000)])];
static P58: &[Price] = &[price(None, [100, 100, 100], R58)];
static R59: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::Output, 850_000_000_000)])];
static P59: &[Price] = &[price(None, [100, 100, 100], R59)];
static R60: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P60: &[Price] = &[price(None, [100, 100, 100], R60)];
static R61: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 240_000_000_000)])];
static P61: &[Price] = &[price(None, [100, 100, 100], R61)];
static R62: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000)])];
static P62: &[Price] = &[price(None, [100, 100, 100], R62)];
static R63: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 900_000_000_000)])];
static P63: &[Price] = &[price(None, [100, 100, 100], R63)];
static R64: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 375_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P64: &[Price] = &[price(None, [100, 100, 100], R64)];
static R65: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 900_000_000_000)])];
static P65: &[Price] = &[price(None, [100, 100, 100], R65)];
static R66: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::Output, 900_000_000_000)])];
static P66: &[Price] = &[price(None, [100, 100, 100], R66)];
static R67: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 500_000_000_000)])];
static P67: &[Price] = &[price(None, [100, 100, 100], R67)];
static R68: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P68: &[Price] = &[price(None, [100, 100, 100], R68)];
static R69: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P69: &[Price] = &[price(None, [100, 100, 100], R69)];
static R70: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 1_500_000_000_000)])];
static P70: &[Price] = &[price(None, [100, 100, 100], R70)];
static R71: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 1_500_000_000_000)])];
static P71: &[Price] = &[price(None, [100, 100, 100], R71)];
static R72: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 600_000_000_000)])];
static P72: &[Price] = &[price(None, [100, 100, 100], R72)];
static R73: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 37_500_000_000), unit(U::Output, 150_000_000_000)])];
static P73: &[Price] = &[price(None, [100, 100, 100], R73)];
static R74: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P74: &[Price] = &[price(None, [100, 100, 100], R74)];
static R75: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 2_180_000_000_000)])];
static P75: &[Price] = &[price(None, [100, 100, 100], R75)];
static R76: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 100_000_000_000)])];
static P76: &[Price] = &[price(None, [100, 100, 100], R76)];
static R77: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 40_000_000_000), unit(U::Output, 40_000_000_000)])];
static P77: &[Price] = &[price(None, [100, 100, 100], R77)];
static R78: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 180_000_000_000), unit(U::Output, 180_000_000_000)])];
static P78: &[Price] = &[price(None, [100, 100, 100], R78)];
static R79: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 150_000_000_000)])];
static P79: &[Price] = &[price(None, [100, 100, 100], R79)];
static R80_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 380_000_000_000), unit(U::Output, 890_000_000_000)])];
static R80_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 320_000_000_000), unit(U::Output, 890_000_000_000)])];
static R80_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 257_400_000_000), unit(U::Output, 1_028_700_000_000)])];
static P80: &[Price] = &[price(None, [100, 100, 100], R80_0), price(Some(1792368000), [100, 100, 100], R80_1), price(Some(1792454400), [100, 100, 100], R80_2)];
static R81_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 880_000_000_000)])];
static R81_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 290_000_000_000), unit(U::InputCached, 110_000_000_000), unit(U::Output, 1_140_000_000_000)])];
static R81_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 110_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P81: &[Price] = &[price(None, [100, 100, 100], R81_0), price(Some(1792368000), [100, 100, 100], R81_1), price(Some(1793664000), [100, 100, 100], R81_2)];
static R82_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 210_000_000_000), unit(U::InputCached, 130_000_000_000), unit(U::Output, 790_000_000_000)])];
static R82_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 130_000_000_000), unit(U::Output, 950_000_000_000)])];
static R82_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::Output, 1_650_000_000_000)])];
static R82_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 270_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P82: &[Price] = &[price(None, [100, 100, 100], R82_0), price(Some(1792368000), [100, 100, 100], R82_1), price(Some(1793664000), [100, 100, 100], R82_2), price(Some(1794182400), [100, 100, 100], R82_3)];
static R83_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::Output, 2_150_000_000_000)])];
static R83_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P83: &[Price] = &[price(None, [100, 100, 100], R83_0), price(Some(1792368000), [100, 100, 100], R83_1)];
static R84_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 2_150_000_000_000)])];
static R84_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 2_150_000_000_000)])];
static P84: &[Price] = &[price(None, [100, 100, 100], R84_0), price(Some(1792368000), [100, 100, 100], R84_1)];
static R85: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 400_000_000_000)])];
static P85: &[Price] = &[price(None, [100, 100, 100], R85)];
static R86: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 120_000_000_000), unit(U::Output, 180_000_000_000)])];
static P86: &[Price] = &[price(None, [100, 100, 100], R86)];
static R87_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 230_000_000_000), unit(U::Output, 900_000_000_000)])];
static R87_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 270_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P87: &[Price] = &[price(None, [100, 100, 100], R87_0), price(Some(1792368000), [100, 100, 100], R87_1)];
static R88_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 228_800_000_000), unit(U::Output, 343_200_000_000)])];
static R88_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 280_000_000_000), unit(U::InputCached, 28_000_000_000), unit(U::Output, 420_000_000_000)])];
static R88_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 260_000_000_000), unit(U::InputCached, 130_000_000_000), unit(U::Output, 380_000_000_000)])];
static P88: &[Price] = &[price(None, [100, 100, 100], R88_0), price(Some(1792368000), [100, 100, 100], R88_1), price(Some(1794182400), [100, 100, 100], R88_2)];
static R89: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 270_000_000_000), unit(U::Output, 410_000_000_000)])];
static P89: &[Price] = &[price(None, [100, 100, 100], R89)];
static R90_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 98_300_000_000), unit(U::InputCached, 19_700_000_000), unit(U::Output, 196_600_000_000)])];
static R90_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 91_000_000_000), unit(U::InputCached, 18_200_000_000), unit(U::Output, 182_000_000_000)])];
static R90_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 140_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 280_000_000_000)])];
static R90_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 105_000_000_000), unit(U::InputCached, 21_000_000_000), unit(U::Output, 210_000_000_000)])];
static P90: &[Price] = &[price(None, [100, 100, 100], R90_0), price(Some(1792368000), [100, 100, 100], R90_1), price(Some(1793664000), [100, 100, 100], R90_2), price(Some(1794182400), [100, 100, 100], R90_3)];
static R91_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 42_000_000_000), unit(U::Output, 150_000_000_000)])];
static R91_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 440_000_000_000), unit(U::InputCached, 14_000_000_000), unit(U::Output, 1_320_000_000_000)])];
static R91_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 140_000_000_000), unit(U::InputCached, 70_000_000_000), unit(U::Output, 280_000_000_000)])];
static R91_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 140_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 280_000_000_000)])];
static P91: &[Price] = &[price(None, [100, 100, 100], R91_0), price(Some(1792454400), [100, 100, 100], R91_1), price(Some(1793664000), [100, 100, 100], R91_2), price(Some(1794182400), [100, 100, 100], R91_3)];
static R92: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 48_000_000_000), unit(U::InputCached, 12_000_000_000), unit(U::Output, 144_000_000_000)])];
static P92: &[Price] = &[price(None, [100, 100, 100], R92)];
static R93: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 215_600_000_000), unit(U::InputCached, 6_860_000_000), unit(U::Output, 646_800_000_000)])];
static P93: &[Price] = &[price(None, [100, 100, 100], R93)];
static R94_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 435_000_000_000), unit(U::InputCached, 3_625_000_000), unit(U::Output, 870_000_000_000)])];
static R94_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 422_472_000_000), unit(U::InputCached, 35_206_000_000), unit(U::Output, 844_944_000_000)])];
static R94_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 955_260_000_000), unit(U::InputCached, 79_605_000_000), unit(U::Output, 1_910_520_000_000)])];
static R94_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_416_000_000_000), unit(U::InputCached, 118_000_000_000), unit(U::Output, 2_832_000_000_000)])];
static P94: &[Price] = &[price(None, [100, 100, 100], R94_0), price(Some(1792368000), [100, 100, 100], R94_1), price(Some(1792454400), [100, 100, 100], R94_2), price(Some(1793664000), [100, 100, 100], R94_3)];
static R95: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 660_000_000_000), unit(U::InputCached, 22_000_000_000), unit(U::Output, 1_980_000_000_000)])];
static P95: &[Price] = &[price(None, [100, 100, 100], R95)];
static R96_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 44_800_000_000), unit(U::InputCached, 1_600_000_000), unit(U::Output, 80_000_000_000)])];
static R96_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 34_400_000_000), unit(U::InputCached, 1_600_000_000), unit(U::Output, 80_000_000_000)])];
static R96_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 35_200_000_000), unit(U::InputCached, 1_600_000_000), unit(U::Output, 11_200_000_000)])];
static R96_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 210_000_000_000), unit(U::InputCached, 4_200_000_000), unit(U::Output, 840_000_000_000)])];
static P96: &[Price] = &[price(None, [100, 100, 100], R96_0), price(Some(1792368000), [100, 100, 100], R96_1), price(Some(1792454400), [100, 100, 100], R96_2), price(Some(1793664000), [100, 100, 100], R96_3)];
static R97: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 11_000_000_000), unit(U::InputCached, 2_000_000_000), unit(U::Output, 200_000_000_000)])];
static P97: &[Price] = &[price(None, [100, 100, 100], R97)];
static R98_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 4_000_000_000), unit(U::Output, 150_000_000_000)])];
static R98_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 11_000_000_000), unit(U::InputCached, 2_000_000_000), unit(U::Output, 200_000_000_000)])];
static P98: &[Price] = &[price(None, [100, 100, 100], R98_0), price(Some(1794182400), [100, 100, 100], R98_1)];
static R99: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::Output, 120_000_000_000)])];
static P99: &[Price] = &[price(None, [100, 100, 100], R99)];
static R100: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 200_000_000_000)])];
static P100: &[Price] = &[price(None, [100, 100, 100], R100)];
static R101: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static P101: &[Price] = &[price(None, [100, 100, 100], R101)];
static R102: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P102: &[Price] = &[price(None, [100, 100, 100], R102)];
static R103: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P103: &[Price] = &[price(None, [100, 100, 100], R103)];
static R104: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P104: &[Price] = &[price(None, [100, 100, 100], R104)];
static R105: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputCacheWrite, 183_300_000_000), unit(U::Output, 400_000_000_000)])];
static P105: &[Price] = &[price(None, [100, 100, 100], R105)];
static R106: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::Output, 300_000_000_000)])];
static P106: &[Price] = &[price(None, [100, 100, 100], R106)];
static R107: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::InputCacheWrite, 233_300_000_000), unit(U::Output, 600_000_000_000)])];
static P107: &[Price] = &[price(None, [100, 100, 100], R107)];
static R108: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::InputCacheWrite, 233_300_000_000), unit(U::Output, 3_500_000_000_000)])];
static P108: &[Price] = &[price(None, [100, 100, 100], R108)];
static R109: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 18_750_000_000), unit(U::InputCacheWrite, 158_300_000_000), unit(U::Output, 300_000_000_000)])];
static P109: &[Price] = &[price(None, [100, 100, 100], R109)];
static R110: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 37_500_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 58_300_000_000), unit(U::Output, 150_000_000_000)])];
static P110: &[Price] = &[price(None, [100, 100, 100], R110)];
static R111: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P111: &[Price] = &[price(None, [100, 100, 100], R111)];
static R112: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 240_000_000_000), unit(U::Output, 240_000_000_000)])];
static P112: &[Price] = &[price(None, [100, 100, 100], R112)];
static R113: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_200_000_000_000), unit(U::InputCached, 240_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P113: &[Price] = &[price(None, [100, 100, 100], R113)];
static R114: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P114: &[Price] = &[price(None, [100, 100, 100], R114)];
static R115_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::InputCacheWrite, 383_300_000_000), unit(U::Output, 2_500_000_000_000)])];
static R115_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputCacheWrite, 83_333_333_333), unit(U::Output, 2_500_000_000_000)])];
static P115: &[Price] = &[price(None, [100, 100, 100], R115_0), price(Some(1792368000), [100, 100, 100], R115_1)];
static R116: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputCacheWrite, 83_333_333_333), unit(U::Output, 2_500_000_000_000)])];
static P116: &[Price] = &[price(None, [100, 100, 100], R116)];
static R117: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 83_333_333_333), unit(U::Output, 400_000_000_000)])];
static P117: &[Price] = &[price(None, [100, 100, 100], R117)];
static R118: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 200_000_000_000)])];
static P118: &[Price] = &[price(None, [100, 100, 100], R118)];
static R119: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::InputCacheWrite, 383_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P119: &[Price] = &[price(None, [100, 100, 100], R119)];
static R120: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 3_500_000_000_000)])];
static P120: &[Price] = &[price(None, [100, 100, 100], R120)];
static R121: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 1_250_000_000_000)])];
static P121: &[Price] = &[price(None, [100, 100, 100], R121)];
static R122_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 310_000_000_000), unit(U::InputCacheWrite, 1_625_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static R122_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::InputCacheWrite, 375_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P122: &[Price] = &[price(None, [100, 100, 100], R122_0), price(Some(1792368000), [100, 100, 100], R122_1)];
static R123: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P123: &[Price] = &[price(None, [100, 100, 100], R123)];
static R124: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::InputCacheWrite, 187_500_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P124: &[Price] = &[price(None, [100, 100, 100], R124)];
static R125: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 83_333_333_333), unit(U::Output, 3_000_000_000_000)])];
static P125: &[Price] = &[price(None, [100, 100, 100], R125)];
static R126: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 1_500_000_000_000)])];
static P126: &[Price] = &[price(None, [100, 100, 100], R126)];
static R127: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 375_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P127: &[Price] = &[price(None, [100, 100, 100], R127)];
static R128: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static P128: &[Price] = &[price(None, [100, 100, 100], R128)];
static R129: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputCacheWrite, 83_333_333_333), unit(U::Output, 1_500_000_000_000)])];
static P129: &[Price] = &[price(None, [100, 100, 100], R129)];
static R130: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 1_500_000_000_000)])];
static P130: &[Price] = &[price(None, [100, 100, 100], R130)];
static R131: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 750_000_000_000)])];
static P131: &[Price] = &[price(None, [100, 100, 100], R131)];
static R132_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 375_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static R132_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 375_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static P132: &[Price] = &[price(None, [100, 100, 100], R132_0), price(Some(1792368000), [100, 100, 100], R132_1)];
static R133: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCacheWrite, 187_500_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 9_000_000_000_000)])];
static P133: &[Price] = &[price(None, [100, 100, 100], R133)];
static R134: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite, 83_333_333_333), unit(U::Output, 9_000_000_000_000)])];
static P134: &[Price] = &[price(None, [100, 100, 100], R134)];
static R135: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 1_250_000_000_000)])];
static P135: &[Price] = &[price(None, [100, 100, 100], R135)];
static R136: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 4_500_000_000_000)])];
static P136: &[Price] = &[price(None, [100, 100, 100], R136)];
static R137: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 3_750_000_000_000)])];
static P137: &[Price] = &[price(None, [100, 100, 100], R137)];
static R138: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 1_875_000_000_000)])];
static P138: &[Price] = &[price(None, [100, 100, 100], R138)];
static R139_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 3_750_000_000_000)])];
static R139_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 825_000_000_000), unit(U::InputCached, 82_500_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 4_125_000_000_000)])];
static R139_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 3_750_000_000_000)])];
static P139: &[Price] = &[price(None, [100, 100, 100], R139_0), price(Some(1792368000), [100, 100, 100], R139_1), price(Some(1793664000), [100, 100, 100], R139_2)];
static R140: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 187_500_000_000), unit(U::Output, 10_000_000_000_000)])];
static P140: &[Price] = &[price(None, [100, 100, 100], R140)];
static R141: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 187_500_000_000), unit(U::Output, 5_000_000_000_000)])];
static P141: &[Price] = &[price(None, [100, 100, 100], R141)];
static R142: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P142: &[Price] = &[price(None, [100, 100, 100], R142)];
static R143: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 9_000_000_000_000)])];
static P143: &[Price] = &[price(None, [100, 100, 100], R143)];
static R144_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 800_000_000_000)])];
static R144_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 650_000_000_000), unit(U::Output, 650_000_000_000)])];
static P144: &[Price] = &[price(None, [100, 100, 100], R144_0), price(Some(1792368000), [100, 100, 100], R144_1)];
static R145: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 70_000_000_000), unit(U::Output, 70_000_000_000)])];
static P145: &[Price] = &[price(None, [100, 100, 100], R145)];
static R146_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 100_000_000_000)])];
static R146_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 150_000_000_000)])];
static P146: &[Price] = &[price(None, [100, 100, 100], R146_0), price(Some(1792368000), [100, 100, 100], R146_1)];
static R147_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 200_000_000_000)])];
static R147_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 350_000_000_000)])];
static P147: &[Price] = &[price(None, [100, 100, 100], R147_0), price(Some(1792368000), [100, 100, 100], R147_1)];
static R148_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000), unit(U::Output, 40_000_000_000)])];
static R148_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 100_000_000_000)])];
static R148_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 40_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 50_000_000_000)])];
static P148: &[Price] = &[price(None, [100, 100, 100], R148_0), price(Some(1792368000), [100, 100, 100], R148_1), price(Some(1792454400), [100, 100, 100], R148_2)];
static R149_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::Output, 330_000_000_000)])];
static R149_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 300_000_000_000)])];
static R149_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 76_500_000_000), unit(U::InputCached, 42_500_000_000), unit(U::Output, 255_000_000_000)])];
static R149_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 42_500_000_000), unit(U::Output, 600_000_000_000)])];
static P149: &[Price] = &[price(None, [100, 100, 100], R149_0), price(Some(1792368000), [100, 100, 100], R149_1), price(Some(1792454400), [100, 100, 100], R149_2), price(Some(1793664000), [100, 100, 100], R149_3)];
static R150_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 120_000_000_000), unit(U::InputCached, 90_000_000_000), unit(U::Output, 360_000_000_000)])];
static R150_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 340_000_000_000)])];
static R150_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 400_000_000_000)])];
static R150_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 400_000_000_000)])];
static P150: &[Price] = &[price(None, [100, 100, 100], R150_0), price(Some(1787788800), [100, 100, 100], R150_1), price(Some(1792368000), [100, 100, 100], R150_2), price(Some(1793664000), [100, 100, 100], R150_3)];
static R151: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P151: &[Price] = &[price(None, [100, 100, 100], R151)];
static R152: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P152: &[Price] = &[price(None, [100, 100, 100], R152)];
static R153: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000_000), unit(U::InputCached, 37_500_000_000_000), unit(U::Output, 150_000_000_000_000)])];
static P153: &[Price] = &[price(None, [100, 100, 100], R153)];
static R154: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P154: &[Price] = &[price(None, [100, 100, 100], R154)];
static R155: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 750_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P155: &[Price] = &[price(None, [100, 100, 100], R155)];
static R156: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 500_000_000_000)])];
static P156: &[Price] = &[price(None, [100, 100, 100], R156)];
static R157_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 65_000_000_000), unit(U::Output, 65_000_000_000)])];
static R157_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 110_000_000_000)])];
static P157: &[Price] = &[price(None, [100, 100, 100], R157_0), price(Some(1792368000), [100, 100, 100], R157_1)];
static R158: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 25_000_000_000), unit(U::Output, 40_000_000_000)])];
static P158: &[Price] = &[price(None, [100, 100, 100], R158)];
static R159: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 17_000_000_000), unit(U::Output, 112_000_000_000)])];
static P159: &[Price] = &[price(None, [100, 100, 100], R159)];
static R160_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 250_000_000_000)])];
static R160_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 150_000_000_000)])];
static P160: &[Price] = &[price(None, [100, 100, 100], R160_0), price(Some(1793664000), [100, 100, 100], R160_1)];
static R161: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 750_000_000_000)])];
static P161: &[Price] = &[price(None, [100, 100, 100], R161)];
static R162: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 40_000_000_000), unit(U::InputCached, 4_000_000_000), unit(U::Output, 150_000_000_000)])];
static P162: &[Price] = &[price(None, [100, 100, 100], R162)];
static R163: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 350_000_000_000)])];
static P163: &[Price] = &[price(None, [100, 100, 100], R163)];
static R164: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 625_000_000_000)])];
static P164: &[Price] = &[price(None, [100, 100, 100], R164)];
static R165: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000), unit(U::InputCached, 2_000_000_000), unit(U::Output, 30_000_000_000)])];
static P165: &[Price] = &[price(None, [100, 100, 100], R165)];
static R166: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 21_000_000_000), unit(U::InputCached, 4_200_000_000), unit(U::Output, 63_000_000_000)])];
static P166: &[Price] = &[price(None, [100, 100, 100], R166)];
static R167: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::InputCached, 12_000_000_000), unit(U::Output, 180_000_000_000)])];
static P167: &[Price] = &[price(None, [100, 100, 100], R167)];
static R168: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000), unit(U::InputCached, 3_000_000_000), unit(U::Output, 45_000_000_000)])];
static P168: &[Price] = &[price(None, [100, 100, 100], R168)];
static R169_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 225_000_000_000)])];
static R169_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 45_000_000_000), unit(U::InputCached, 9_000_000_000), unit(U::Output, 135_000_000_000)])];
static P169: &[Price] = &[price(None, [100, 100, 100], R169_0), price(Some(1794182400), [100, 100, 100], R169_1)];
static R170: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 230_000_000_000)])];
static P170: &[Price] = &[price(None, [100, 100, 100], R170)];
static R171: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000), unit(U::Output, 150_000_000_000)])];
static P171: &[Price] = &[price(None, [100, 100, 100], R171)];
static R172: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P172: &[Price] = &[price(None, [100, 100, 100], R172)];
static R173: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_480_000_000_000), unit(U::Output, 1_480_000_000_000)])];
static P173: &[Price] = &[price(None, [100, 100, 100], R173)];
static R174: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 900_000_000_000)])];
static P174: &[Price] = &[price(None, [100, 100, 100], R174)];
static R175: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000), unit(U::Output, 20_000_000_000)])];
static P175: &[Price] = &[price(None, [100, 100, 100], R175)];
static R176: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000), unit(U::Output, 10_000_000_000)])];
static P176: &[Price] = &[price(None, [100, 100, 100], R176)];
static R177: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000), unit(U::Output, 120_000_000_000)])];
static P177: &[Price] = &[price(None, [100, 100, 100], R177)];
static R178: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 350_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 500_000_000_000)])];
static P178: &[Price] = &[price(None, [100, 100, 100], R178)];
static R179: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 700_000_000_000)])];
static P179: &[Price] = &[price(None, [100, 100, 100], R179)];
static R180: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 200_000_000_000)])];
static P180: &[Price] = &[price(None, [100, 100, 100], R180)];
static R181: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P181: &[Price] = &[price(None, [100, 100, 100], R181)];
static R182: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P182: &[Price] = &[price(None, [100, 100, 100], R182)];
static R183: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 800_000_000_000)])];
static P183: &[Price] = &[price(None, [100, 100, 100], R183)];
static R184: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static P184: &[Price] = &[price(None, [100, 100, 100], R184)];
static R185: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 120_000_000_000), unit(U::Output, 300_000_000_000)])];
static P185: &[Price] = &[price(None, [100, 100, 100], R185)];
static R186: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::Output, 1_800_000_000_000)])];
static P186: &[Price] = &[price(None, [100, 100, 100], R186)];
static R187: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P187: &[Price] = &[price(None, [100, 100, 100], R187)];
static R188: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_200_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P188: &[Price] = &[price(None, [100, 100, 100], R188)];
static R189: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 130_000_000_000), unit(U::Output, 400_000_000_000)])];
static P189: &[Price] = &[price(None, [100, 100, 100], R189)];
static R190: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 880_000_000_000), unit(U::Output, 880_000_000_000)])];
static P190: &[Price] = &[price(None, [100, 100, 100], R190)];
static R191: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::Output, 3_300_000_000_000)])];
static P191: &[Price] = &[price(None, [100, 100, 100], R191)];
static R192: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P192: &[Price] = &[price(None, [100, 100, 100], R192)];
static R193_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_125_000_000_000), unit(U::Output, 1_125_000_000_000)])];
static R193_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 750_000_000_000)])];
static P193: &[Price] = &[price(None, [100, 100, 100], R193_0), price(Some(1792368000), [100, 100, 100], R193_1)];
static R194: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 6_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P194: &[Price] = &[price(None, [100, 100, 100], R194)];
static R195: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P195: &[Price] = &[price(None, [100, 100, 100], R195)];
static R196: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 220_000_000_000), unit(U::Output, 220_000_000_000)])];
static P196: &[Price] = &[price(None, [100, 100, 100], R196)];
static R197: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 400_000_000_000)])];
static P197: &[Price] = &[price(None, [100, 100, 100], R197)];
static R198: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000), unit(U::Output, 60_000_000_000)])];
static P198: &[Price] = &[price(None, [100, 100, 100], R198)];
static R199_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 280_000_000_000)])];
static R199_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 400_000_000_000)])];
static R199_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 720_000_000_000), unit(U::Output, 720_000_000_000)])];
static P199: &[Price] = &[price(None, [100, 100, 100], R199_0), price(Some(1792368000), [100, 100, 100], R199_1), price(Some(1793664000), [100, 100, 100], R199_2)];
static R200_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000), unit(U::Output, 30_000_000_000)])];
static R200_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 80_000_000_000)])];
static P200: &[Price] = &[price(None, [100, 100, 100], R200_0), price(Some(1792368000), [100, 100, 100], R200_1)];
static R201: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 49_000_000_000), unit(U::Output, 49_000_000_000)])];
static P201: &[Price] = &[price(None, [100, 100, 100], R201)];
static R202_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000), unit(U::Output, 10_000_000_000)])];
static R202_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 27_000_000_000), unit(U::Output, 201_000_000_000)])];
static P202: &[Price] = &[price(None, [100, 100, 100], R202_0), price(Some(1792368000), [100, 100, 100], R202_1)];
static R203_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000), unit(U::Output, 20_000_000_000)])];
static R203_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_900_000_000), unit(U::Output, 335_000_000_000)])];
static P203: &[Price] = &[price(None, [100, 100, 100], R203_0), price(Some(1792368000), [100, 100, 100], R203_1)];
static R204_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 240_000_000_000)])];
static R204_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 320_000_000_000)])];
static R204_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::Output, 900_000_000_000)])];
static R204_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 590_000_000_000), unit(U::InputCached, 295_000_000_000), unit(U::Output, 790_000_000_000)])];
static P204: &[Price] = &[price(None, [100, 100, 100], R204_0), price(Some(1792368000), [100, 100, 100], R204_1), price(Some(1793664000), [100, 100, 100], R204_2), price(Some(1794182400), [100, 100, 100], R204_3)];
static R205_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 600_000_000_000)])];
static R205_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 187_500_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 652_500_000_000)])];
static R205_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 350_000_000_000), unit(U::InputCached, 170_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P205: &[Price] = &[price(None, [100, 100, 100], R205_0), price(Some(1792368000), [100, 100, 100], R205_1), price(Some(1793664000), [100, 100, 100], R205_2)];
static R206_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 300_000_000_000)])];
static R206_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 300_000_000_000)])];
static P206: &[Price] = &[price(None, [100, 100, 100], R206_0), price(Some(1792368000), [100, 100, 100], R206_1)];
static R207: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000), unit(U::Output, 60_000_000_000)])];
static P207: &[Price] = &[price(None, [100, 100, 100], R207)];
static R208_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 50_000_000_000)])];
static R208_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 180_000_000_000), unit(U::Output, 180_000_000_000)])];
static P208: &[Price] = &[price(None, [100, 100, 100], R208_0), price(Some(1792368000), [100, 100, 100], R208_1)];
static R209: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P209: &[Price] = &[price(None, [100, 100, 100], R209)];
static R210: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 240_000_000_000), unit(U::InputCached, 32_000_000_000), unit(U::Output, 960_000_000_000)])];
static P210: &[Price] = &[price(None, [100, 100, 100], R210)];
static R211: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 4_250_000_000_000), unit(U::WebSearchCall, 2_500_000_000_000_000)])];
static P211: &[Price] = &[price(None, [100, 100, 100], R211)];
static R212: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 2_000_000_000), unit(U::Output, 200_000_000_000), unit(U::WebSearchCall, 2_500_000_000_000_000)])];
static P212: &[Price] = &[price(None, [100, 100, 100], R212)];
static R213: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 4_250_000_000_000)])];
static P213: &[Price] = &[price(None, [100, 100, 100], R213)];
static R214: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::WebSearchCall, 2_500_000_000_000_000)])];
static P214: &[Price] = &[price(None, [100, 100, 100], R214)];
static R215: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 100_000_000_000)])];
static P215: &[Price] = &[price(None, [100, 100, 100], R215)];
static R216: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 70_000_000_000), unit(U::Output, 140_000_000_000)])];
static P216: &[Price] = &[price(None, [100, 100, 100], R216)];
static R217: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 350_000_000_000)])];
static P217: &[Price] = &[price(None, [100, 100, 100], R217)];
static R218_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 500_000_000_000)])];
static R218_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 620_000_000_000), unit(U::Output, 620_000_000_000)])];
static P218: &[Price] = &[price(None, [100, 100, 100], R218_0), price(Some(1792368000), [100, 100, 100], R218_1)];
static R219: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 1_100_000_000_000)])];
static P219: &[Price] = &[price(None, [100, 100, 100], R219)];
static R220_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 1_650_000_000_000)])];
static R220_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static R220_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static R220_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static P220: &[Price] = &[price(None, [100, 100, 100], R220_0), price(Some(1792368000), [100, 100, 100], R220_1), price(Some(1793664000), [100, 100, 100], R220_2), price(Some(1794182400), [100, 100, 100], R220_3)];
static R221_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 255_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static R221_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 255_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 1_020_000_000_000)])];
static P221: &[Price] = &[price(None, [100, 100, 100], R221_0), price(Some(1792368000), [100, 100, 100], R221_1)];
static R222: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P222: &[Price] = &[price(None, [100, 100, 100], R222)];
static R223_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 290_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 950_000_000_000)])];
static R223_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P223: &[Price] = &[price(None, [100, 100, 100], R223_0), price(Some(1792368000), [100, 100, 100], R223_1)];
static R224_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 900_000_000_000)])];
static R224_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 270_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 950_000_000_000)])];
static R224_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static R224_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 295_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P224: &[Price] = &[price(None, [100, 100, 100], R224_0), price(Some(1792368000), [100, 100, 100], R224_1), price(Some(1793664000), [100, 100, 100], R224_2), price(Some(1794182400), [100, 100, 100], R224_3)];
static R225_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 270_000_000_000), unit(U::InputCached, 54_000_000_000), unit(U::Output, 1_080_000_000_000)])];
static R225_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static R225_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 270_000_000_000), unit(U::InputCached, 54_000_000_000), unit(U::Output, 1_080_000_000_000)])];
static P225: &[Price] = &[price(None, [100, 100, 100], R225_0), price(Some(1792368000), [100, 100, 100], R225_1), price(Some(1794182400), [100, 100, 100], R225_2)];
static R226: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 224_000_000_000), unit(U::InputCached, 44_800_000_000), unit(U::Output, 880_000_000_000)])];
static P226: &[Price] = &[price(None, [100, 100, 100], R226)];
static R227: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 28_000_000_000), unit(U::Output, 54_000_000_000)])];
static P227: &[Price] = &[price(None, [100, 100, 100], R227)];
static R228: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 110_000_000_000), unit(U::Output, 190_000_000_000)])];
static P228: &[Price] = &[price(None, [100, 100, 100], R228)];
static R229_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static R229_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P229: &[Price] = &[price(None, [100, 100, 100], R229_0), price(Some(1792368000), [100, 100, 100], R229_1)];
static R230: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_750_000_000_000), unit(U::Output, 8_100_000_000_000)])];
static P230: &[Price] = &[price(None, [100, 100, 100], R230)];
static R231: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 600_000_000_000)])];
static P231: &[Price] = &[price(None, [100, 100, 100], R231)];
static R232: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 250_000_000_000)])];
static P232: &[Price] = &[price(None, [100, 100, 100], R232)];
static R233: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 900_000_000_000)])];
static P233: &[Price] = &[price(None, [100, 100, 100], R233)];
static R234: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 450_000_000_000)])];
static P234: &[Price] = &[price(None, [100, 100, 100], R234)];
static R235: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P235: &[Price] = &[price(None, [100, 100, 100], R235)];
static R236: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 200_000_000_000)])];
static P236: &[Price] = &[price(None, [100, 100, 100], R236)];
static R237: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 100_000_000_000)])];
static P237: &[Price] = &[price(None, [100, 100, 100], R237)];
static R238: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 150_000_000_000)])];
static P238: &[Price] = &[price(None, [100, 100, 100], R238)];
static R239: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 7_500_000_000), unit(U::Output, 75_000_000_000)])];
static P239: &[Price] = &[price(None, [100, 100, 100], R239)];
static R240: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 29_000_000_000), unit(U::Output, 59_000_000_000)])];
static P240: &[Price] = &[price(None, [100, 100, 100], R240)];
static R241: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 1_500_000_000_000)])];
static P241: &[Price] = &[price(None, [100, 100, 100], R241)];
static R242_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 680_000_000_000), unit(U::InputCached, 70_000_000_000), unit(U::Output, 2_090_000_000_000)])];
static R242_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::InputCached, 70_000_000_000), unit(U::Output, 2_100_000_000_000)])];
static P242: &[Price] = &[price(None, [100, 100, 100], R242_0), price(Some(1793664000), [100, 100, 100], R242_1)];
static R243_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static R243_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P243: &[Price] = &[price(None, [100, 100, 100], R243_0), price(Some(1792368000), [100, 100, 100], R243_1)];
static R244: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::Output, 3_750_000_000_000)])];
static P244: &[Price] = &[price(None, [100, 100, 100], R244)];
static R245: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P245: &[Price] = &[price(None, [100, 100, 100], R245)];
static R246_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000), unit(U::Output, 19_000_000_000)])];
static R246_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 29_000_000_000), unit(U::Output, 30_000_000_000)])];
static R246_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 150_000_000_000)])];
static P246: &[Price] = &[price(None, [100, 100, 100], R246_0), price(Some(1792368000), [100, 100, 100], R246_1), price(Some(1793664000), [100, 100, 100], R246_2)];
static R247_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 600_000_000_000)])];
static R247_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 600_000_000_000)])];
static P247: &[Price] = &[price(None, [100, 100, 100], R247_0), price(Some(1792368000), [100, 100, 100], R247_1)];
static R248_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 90_000_000_000)])];
static R248_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 80_000_000_000)])];
static P248: &[Price] = &[price(None, [100, 100, 100], R248_0), price(Some(1792368000), [100, 100, 100], R248_1)];
static R249: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 600_000_000_000)])];
static P249: &[Price] = &[price(None, [100, 100, 100], R249)];
static R250: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 7_500_000_000), unit(U::Output, 300_000_000_000)])];
static P250: &[Price] = &[price(None, [100, 100, 100], R250)];
static R251_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 150_000_000_000)])];
static R251_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 351_000_000_000), unit(U::Output, 555_000_000_000)])];
static P251: &[Price] = &[price(None, [100, 100, 100], R251_0), price(Some(1792368000), [100, 100, 100], R251_1)];
static R252_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::Output, 200_000_000_000)])];
static R252_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 93_750_000_000), unit(U::Output, 250_000_000_000)])];
static R252_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 300_000_000_000)])];
static P252: &[Price] = &[price(None, [100, 100, 100], R252_0), price(Some(1792368000), [100, 100, 100], R252_1), price(Some(1793664000), [100, 100, 100], R252_2)];
static R253_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::Output, 900_000_000_000)])];
static R253_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P253: &[Price] = &[price(None, [100, 100, 100], R253_0), price(Some(1792368000), [100, 100, 100], R253_1)];
static R254: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P254: &[Price] = &[price(None, [100, 100, 100], R254)];
static R255: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 300_000_000_000)])];
static P255: &[Price] = &[price(None, [100, 100, 100], R255)];
static R256: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 240_000_000_000)])];
static P256: &[Price] = &[price(None, [100, 100, 100], R256)];
static R257: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 570_000_000_000), unit(U::Output, 2_300_000_000_000)])];
static P257: &[Price] = &[price(None, [100, 100, 100], R257)];
static R258: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P258: &[Price] = &[price(None, [100, 100, 100], R258)];
static R259_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static R259_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P259: &[Price] = &[price(None, [100, 100, 100], R259_0), price(Some(1792368000), [100, 100, 100], R259_1)];
static R260_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 90_000_000_000), unit(U::Output, 1_900_000_000_000)])];
static R260_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static R260_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 532_000_000_000), unit(U::InputCached, 209_000_000_000), unit(U::Output, 3_325_000_000_000)])];
static P260: &[Price] = &[price(None, [100, 100, 100], R260_0), price(Some(1792368000), [100, 100, 100], R260_1), price(Some(1793664000), [100, 100, 100], R260_2)];
static R261_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 680_000_000_000), unit(U::InputCached, 340_000_000_000), unit(U::Output, 3_410_000_000_000)])];
static R261_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 650_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 3_410_000_000_000)])];
static R261_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 950_000_000_000), unit(U::InputCached, 160_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P261: &[Price] = &[price(None, [100, 100, 100], R261_0), price(Some(1792368000), [100, 100, 100], R261_1), price(Some(1793664000), [100, 100, 100], R261_2)];
static R262_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 160_000_000_000), unit(U::Output, 3_500_000_000_000)])];
static R262_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 671_200_000_000), unit(U::InputCached, 180_000_000_000), unit(U::Output, 3_350_000_000_000)])];
static R262_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 950_000_000_000), unit(U::InputCached, 190_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P262: &[Price] = &[price(None, [100, 100, 100], R262_0), price(Some(1792368000), [100, 100, 100], R262_1), price(Some(1793664000), [100, 100, 100], R262_2)];
static R263_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static R263_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 239_000_000_000), unit(U::InputCached, 210_000_000_000), unit(U::Output, 11_936_000_000_000)])];
static R263_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P263: &[Price] = &[price(None, [100, 100, 100], R263_0), price(Some(1792368000), [100, 100, 100], R263_1), price(Some(1793664000), [100, 100, 100], R263_2)];
static R264: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P264: &[Price] = &[price(None, [100, 100, 100], R264)];
static R265_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_280_000_000_000), unit(U::InputCached, 228_000_000_000), unit(U::Output, 11_400_000_000_000)])];
static R265_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 917_000_000_000), unit(U::InputCached, 226_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P265: &[Price] = &[price(None, [100, 100, 100], R265_0), price(Some(1794182400), [100, 100, 100], R265_1)];
static R266: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 600_000_000_000)])];
static P266: &[Price] = &[price(None, [100, 100, 100], R266)];
static R267: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::Output, 1_900_000_000_000)])];
static P267: &[Price] = &[price(None, [100, 100, 100], R267)];
static R268: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::Output, 950_000_000_000)])];
static P268: &[Price] = &[price(None, [100, 100, 100], R268)];
static R269: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_375_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P269: &[Price] = &[price(None, [100, 100, 100], R269)];
static R270: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 93_750_000_000), unit(U::Output, 750_000_000_000)])];
static P270: &[Price] = &[price(None, [100, 100, 100], R270)];
static R271: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::Output, 1_500_000_000_000)])];
static P271: &[Price] = &[price(None, [100, 100, 100], R271)];
static R272: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 25_000_000_000), unit(U::InputCached, 2_500_000_000), unit(U::Output, 100_000_000_000)])];
static P272: &[Price] = &[price(None, [100, 100, 100], R272)];
static R273: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 250_000_000_000)])];
static P273: &[Price] = &[price(None, [100, 100, 100], R273)];
static R274: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P274: &[Price] = &[price(None, [100, 100, 100], R274)];
static R275: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::Output, 600_000_000_000)])];
static P275: &[Price] = &[price(None, [100, 100, 100], R275)];
static R276_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::Output, 800_000_000_000)])];
static R276_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P276: &[Price] = &[price(None, [100, 100, 100], R276_0), price(Some(1792368000), [100, 100, 100], R276_1)];
static R277_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 120_000_000_000), unit(U::Output, 300_000_000_000)])];
static R277_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::Output, 700_000_000_000)])];
static P277: &[Price] = &[price(None, [100, 100, 100], R277_0), price(Some(1792368000), [100, 100, 100], R277_1)];
static R278_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static R278_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static P278: &[Price] = &[price(None, [100, 100, 100], R278_0), price(Some(1793664000), [100, 100, 100], R278_1)];
static R279: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 400_000_000_000)])];
static P279: &[Price] = &[price(None, [100, 100, 100], R279)];
static R280_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 200_000_000_000)])];
static R280_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::Output, 240_000_000_000)])];
static R280_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::InputCached, 12_000_000_000), unit(U::Output, 240_000_000_000)])];
static P280: &[Price] = &[price(None, [100, 100, 100], R280_0), price(Some(1792368000), [100, 100, 100], R280_1), price(Some(1793664000), [100, 100, 100], R280_2)];
static R281_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::Output, 450_000_000_000)])];
static R281_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 450_000_000_000)])];
static R281_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 85_000_000_000), unit(U::Output, 400_000_000_000)])];
static R281_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 450_000_000_000)])];
static P281: &[Price] = &[price(None, [100, 100, 100], R281_0), price(Some(1792368000), [100, 100, 100], R281_1), price(Some(1793664000), [100, 100, 100], R281_2), price(Some(1794182400), [100, 100, 100], R281_3)];
static R282_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static R282_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 120_000_000_000), unit(U::Output, 2_400_000_000_000)])];
static P282: &[Price] = &[price(None, [100, 100, 100], R282_0), price(Some(1792368000), [100, 100, 100], R282_1)];
static R283_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 70_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 200_000_000_000)])];
static R283_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 200_000_000_000)])];
static P283: &[Price] = &[price(None, [100, 100, 100], R283_0), price(Some(1793664000), [100, 100, 100], R283_1)];
static R284_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::Output, 400_000_000_000)])];
static R284_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 500_000_000_000)])];
static P284: &[Price] = &[price(None, [100, 100, 100], R284_0), price(Some(1792454400), [100, 100, 100], R284_1)];
static R285: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 40_000_000_000), unit(U::Output, 160_000_000_000)])];
static P285: &[Price] = &[price(None, [100, 100, 100], R285)];
static R286: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 550_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static P286: &[Price] = &[price(None, [100, 100, 100], R286)];
static R287: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 7_500_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P287: &[Price] = &[price(None, [100, 100, 100], R287)];
static R288: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P288: &[Price] = &[price(None, [100, 100, 100], R288)];
static R289: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P289: &[Price] = &[price(None, [100, 100, 100], R289)];
static R290: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 750_000_000_000)])];
static P290: &[Price] = &[price(None, [100, 100, 100], R290)];
static R291: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000_000), unit(U::Output, 120_000_000_000_000)])];
static P291: &[Price] = &[price(None, [100, 100, 100], R291)];
static R292: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P292: &[Price] = &[price(None, [100, 100, 100], R292)];
static R293: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 1_600_000_000_000)])];
static P293: &[Price] = &[price(None, [100, 100, 100], R293)];
static R294: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 800_000_000_000)])];
static P294: &[Price] = &[price(None, [100, 100, 100], R294)];
static R295_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 400_000_000_000)])];
static R295_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 400_000_000_000)])];
static P295: &[Price] = &[price(None, [100, 100, 100], R295_0), price(Some(1793664000), [100, 100, 100], R295_1)];
static R296: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 200_000_000_000)])];
static P296: &[Price] = &[price(None, [100, 100, 100], R296)];
static R297: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P297: &[Price] = &[price(None, [100, 100, 100], R297)];
static R298: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000_000), unit(U::Output, 150_000_000_000_000)])];
static P298: &[Price] = &[price(None, [100, 100, 100], R298)];
static R299_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static R299_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P299: &[Price] = &[price(None, [100, 100, 100], R299_0), price(Some(1792368000), [100, 100, 100], R299_1)];
static R300: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 600_000_000_000)])];
static P300: &[Price] = &[price(None, [100, 100, 100], R300)];
static R301: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 300_000_000_000)])];
static P301: &[Price] = &[price(None, [100, 100, 100], R301)];
static R302: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 625_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P302: &[Price] = &[price(None, [100, 100, 100], R302)];
static R303: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P303: &[Price] = &[price(None, [100, 100, 100], R303)];
static R304: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P304: &[Price] = &[price(None, [100, 100, 100], R304)];
static R305: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P305: &[Price] = &[price(None, [100, 100, 100], R305)];
static R306: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P306: &[Price] = &[price(None, [100, 100, 100], R306)];
static R307: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 1_000_000_000_000)])];
static P307: &[Price] = &[price(None, [100, 100, 100], R307)];
static R308_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 400_000_000_000)])];
static R308_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::Output, 400_000_000_000)])];
static P308: &[Price] = &[price(None, [100, 100, 100], R308_0), price(Some(1792368000), [100, 100, 100], R308_1)];
static R309: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 25_000_000_000), unit(U::InputCached, 2_500_000_000), unit(U::Output, 200_000_000_000)])];
static P309: &[Price] = &[price(None, [100, 100, 100], R309)];
static R310: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 120_000_000_000_000)])];
static P310: &[Price] = &[price(None, [100, 100, 100], R310)];
static R311: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 7_500_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P311: &[Price] = &[price(None, [100, 100, 100], R311)];
static R312_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 130_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static R312_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P312: &[Price] = &[price(None, [100, 100, 100], R312_0), price(Some(1792368000), [100, 100, 100], R312_1)];
static R313_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static R313_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P313: &[Price] = &[price(None, [100, 100, 100], R313_0), price(Some(1792368000), [100, 100, 100], R313_1)];
static R314: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 5_000_000_000_000)])];
static P314: &[Price] = &[price(None, [100, 100, 100], R314)];
static R315: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_750_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 14_000_000_000_000)])];
static P315: &[Price] = &[price(None, [100, 100, 100], R315)];
static R316: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 21_000_000_000_000), unit(U::Output, 168_000_000_000_000)])];
static P316: &[Price] = &[price(None, [100, 100, 100], R316)];
static R317: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_500_000_000_000), unit(U::Output, 84_000_000_000_000)])];
static P317: &[Price] = &[price(None, [100, 100, 100], R317)];
static R318: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 875_000_000_000), unit(U::InputCached, 87_500_000_000), unit(U::Output, 7_000_000_000_000)])];
static P318: &[Price] = &[price(None, [100, 100, 100], R318)];
static R319: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 22_500_000_000_000)])];
static P319: &[Price] = &[price(None, [100, 100, 100], R319)];
static R320: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P320: &[Price] = &[price(None, [100, 100, 100], R320)];
static R321: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P321: &[Price] = &[price(None, [100, 100, 100], R321)];
static R322: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 2_250_000_000_000)])];
static P322: &[Price] = &[price(None, [100, 100, 100], R322)];
static R323: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P323: &[Price] = &[price(None, [100, 100, 100], R323)];
static R324: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 625_000_000_000)])];
static P324: &[Price] = &[price(None, [100, 100, 100], R324)];
static R325: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 180_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 60_000_000_000_000), unit(U::Output, 270_000_000_000_000)])];
static P325: &[Price] = &[price(None, [100, 100, 100], R325)];
static R326: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 90_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 135_000_000_000_000)])];
static P326: &[Price] = &[price(None, [100, 100, 100], R326)];
static R327: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 11_250_000_000_000)])];
static P327: &[Price] = &[price(None, [100, 100, 100], R327)];
static R328: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 45_000_000_000_000)])];
static P328: &[Price] = &[price(None, [100, 100, 100], R328)];
static R329: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 1_200_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::Output, 1_800_000_000_000)])];
static P329: &[Price] = &[price(None, [100, 100, 100], R329)];
static R330: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 600_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 900_000_000_000)])];
static P330: &[Price] = &[price(None, [100, 100, 100], R330)];
static R331_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static R331_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P331: &[Price] = &[price(None, [100, 100, 100], R331_0), price(Some(1792368000), [100, 100, 100], R331_1)];
static R332: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P332: &[Price] = &[price(None, [100, 100, 100], R332)];
static R333: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P333: &[Price] = &[price(None, [100, 100, 100], R333)];
static R334: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static P334: &[Price] = &[price(None, [100, 100, 100], R334)];
static R335: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 9_000_000_000_000)])];
static P335: &[Price] = &[price(None, [100, 100, 100], R335)];
static R336: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::Output, 50_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 20_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::InputCacheWrite, 25_000_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P336: &[Price] = &[price(None, [100, 100, 100], R336)];
static R337: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::Output, 37_500_000_000_000)])];
static P337: &[Price] = &[price(None, [100, 100, 100], R337)];
static R338: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 500_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 750_000_000_000)])];
static P338: &[Price] = &[price(None, [100, 100, 100], R338)];
static R339: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::InputCacheWrite, 62_500_000_000), unit(U::Output, 250_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 375_000_000_000)])];
static P339: &[Price] = &[price(None, [100, 100, 100], R339)];
static R340: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P340: &[Price] = &[price(None, [100, 100, 100], R340)];
static R341: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P341: &[Price] = &[price(None, [100, 100, 100], R341)];
static R342: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P342: &[Price] = &[price(None, [100, 100, 100], R342)];
static R343: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P343: &[Price] = &[price(None, [100, 100, 100], R343)];
static R344: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P344: &[Price] = &[price(None, [100, 100, 100], R344)];
static R345: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputCacheWrite, 625_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 3_750_000_000_000)])];
static P345: &[Price] = &[price(None, [100, 100, 100], R345)];
static R346: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::Output, 2_400_000_000_000)])];
static P346: &[Price] = &[price(None, [100, 100, 100], R346)];
static R347: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P347: &[Price] = &[price(None, [100, 100, 100], R347)];
static R348_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 39_000_000_000), unit(U::Output, 180_000_000_000)])];
static R348_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 600_000_000_000)])];
static R348_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 500_000_000_000)])];
static P348: &[Price] = &[price(None, [100, 100, 100], R348_0), price(Some(1792368000), [100, 100, 100], R348_1), price(Some(1793664000), [100, 100, 100], R348_2)];
static R349: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 29_600_000_000), unit(U::Output, 136_000_000_000)])];
static P349: &[Price] = &[price(None, [100, 100, 100], R349)];
static R350_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 29_000_000_000), unit(U::Output, 140_000_000_000)])];
static R350_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 18_000_000_000), unit(U::InputCached, 9_000_000_000), unit(U::Output, 90_000_000_000)])];
static R350_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000), unit(U::InputCached, 9_000_000_000), unit(U::Output, 140_000_000_000)])];
static P350: &[Price] = &[price(None, [100, 100, 100], R350_0), price(Some(1792368000), [100, 100, 100], R350_1), price(Some(1793664000), [100, 100, 100], R350_2)];
static R351: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 24_000_000_000), unit(U::Output, 112_000_000_000)])];
static P351: &[Price] = &[price(None, [100, 100, 100], R351)];
static R352_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 37_000_000_000), unit(U::Output, 300_000_000_000)])];
static R352_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 300_000_000_000)])];
static P352: &[Price] = &[price(None, [100, 100, 100], R352_0), price(Some(1792368000), [100, 100, 100], R352_1)];
static R353: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_100_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static P353: &[Price] = &[price(None, [100, 100, 100], R353)];
static R354: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000_000), unit(U::Output, 600_000_000_000_000)])];
static P354: &[Price] = &[price(None, [100, 100, 100], R354)];
static R355: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 2_500_000_000_000), unit(U::Output, 40_000_000_000_000)])];
static P355: &[Price] = &[price(None, [100, 100, 100], R355)];
static R356: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::InputCached, 275_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static P356: &[Price] = &[price(None, [100, 100, 100], R356)];
static R357: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000_000), unit(U::Output, 80_000_000_000_000)])];
static P357: &[Price] = &[price(None, [100, 100, 100], R357)];
static R358: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 275_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static P358: &[Price] = &[price(None, [100, 100, 100], R358)];
static R359: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::InputCached, 137_500_000_000), unit(U::Output, 2_200_000_000_000)])];
static P359: &[Price] = &[price(None, [100, 100, 100], R359)];
static R360: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 3_000_000_000), unit(U::Output, 500_000_000_000)])];
static P360: &[Price] = &[price(None, [100, 100, 100], R360)];
static R361: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 1_500_000_000_000)])];
static P361: &[Price] = &[price(None, [100, 100, 100], R361)];
static R362: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 40_000_000_000)])];
static P362: &[Price] = &[price(None, [100, 100, 100], R362)];
static R363: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000)])];
static P363: &[Price] = &[price(None, [100, 100, 100], R363)];
static R364: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 8_000_000_000_000), unit(U::OutputReasoning, 3_000_000_000_000)])];
static P364: &[Price] = &[price(None, [100, 100, 100], R364)];
static R365: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P365: &[Price] = &[price(None, [100, 100, 100], R365)];
static R366: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 70_000_000_000), unit(U::Output, 350_000_000_000)])];
static P366: &[Price] = &[price(None, [100, 100, 100], R366)];
static R367: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::InputCached, 9_000_000_000), unit(U::Output, 180_000_000_000)])];
static P367: &[Price] = &[price(None, [100, 100, 100], R367)];
static R368: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 120_000_000_000)])];
static P368: &[Price] = &[price(None, [100, 100, 100], R368)];
static R369: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 500_000_000_000)])];
static P369: &[Price] = &[price(None, [100, 100, 100], R369)];
static R370: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 130_000_000_000)])];
static P370: &[Price] = &[price(None, [100, 100, 100], R370)];
static R371: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 562_500_000_000), unit(U::Output, 1_125_000_000_000)])];
static P371: &[Price] = &[price(None, [100, 100, 100], R371)];
static R372: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_600_000_000_000), unit(U::InputCached, 640_000_000_000), unit(U::Output, 6_400_000_000_000)])];
static P372: &[Price] = &[price(None, [100, 100, 100], R372)];
static R373: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 200_000_000_000)])];
static P373: &[Price] = &[price(None, [100, 100, 100], R373)];
static R374: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 210_000_000_000), unit(U::Output, 630_000_000_000)])];
static P374: &[Price] = &[price(None, [100, 100, 100], R374)];
static R375_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 120_000_000_000), unit(U::Output, 390_000_000_000)])];
static R375_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 360_000_000_000), unit(U::Output, 400_000_000_000)])];
static P375: &[Price] = &[price(None, [100, 100, 100], R375_0), price(Some(1792368000), [100, 100, 100], R375_1)];
static R376_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 40_000_000_000), unit(U::Output, 100_000_000_000)])];
static R376_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 200_000_000_000)])];
static P376: &[Price] = &[price(None, [100, 100, 100], R376_0), price(Some(1792368000), [100, 100, 100], R376_1)];
static R377_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::Output, 150_000_000_000)])];
static R377_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 660_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P377: &[Price] = &[price(None, [100, 100, 100], R377_0), price(Some(1792368000), [100, 100, 100], R377_1)];
static R378: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_600_000_000_000), unit(U::Output, 6_400_000_000_000)])];
static P378: &[Price] = &[price(None, [100, 100, 100], R378)];
static R379_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 160_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static R379_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 260_000_000_000), unit(U::InputCached, 52_000_000_000), unit(U::InputCacheWrite, 325_000_000_000), unit(U::Output, 780_000_000_000)]), rate(S::Standard, 256_000, "", &[unit(U::Input, 780_000_000_000), unit(U::InputCached, 156_000_000_000), unit(U::InputCacheWrite, 975_000_000_000), unit(U::Output, 2_340_000_000_000)])];
static P379: &[Price] = &[price(None, [100, 100, 100], R379_0), price(Some(1792368000), [100, 100, 100], R379_1)];
static R380: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 260_000_000_000), unit(U::Output, 780_000_000_000)])];
static P380: &[Price] = &[price(None, [100, 100, 100], R380)];
static R381: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 260_000_000_000), unit(U::InputCacheWrite, 325_000_000_000), unit(U::Output, 780_000_000_000)])];
static P381: &[Price] = &[price(None, [100, 100, 100], R381)];
static R382: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 200_000_000_000)])];
static P382: &[Price] = &[price(None, [100, 100, 100], R382)];
static R383_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::Output, 700_000_000_000)])];
static R383_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P383: &[Price] = &[price(None, [100, 100, 100], R383_0), price(Some(1792368000), [100, 100, 100], R383_1)];
static R384_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::Output, 240_000_000_000)])];
static R384_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 120_000_000_000), unit(U::Output, 240_000_000_000)])];
static R384_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 220_000_000_000)])];
static P384: &[Price] = &[price(None, [100, 100, 100], R384_0), price(Some(1792368000), [100, 100, 100], R384_1), price(Some(1793664000), [100, 100, 100], R384_2)];
static R385: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 130_000_000_000), unit(U::Output, 600_000_000_000)])];
static P385: &[Price] = &[price(None, [100, 100, 100], R385)];
static R386_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::Output, 100_000_000_000)])];
static R386_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::Output, 550_000_000_000)])];
static P386: &[Price] = &[price(None, [100, 100, 100], R386_0), price(Some(1792368000), [100, 100, 100], R386_1)];
static R387_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 100_000_000_000)])];
static R387_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::Output, 3_500_000_000_000)])];
static P387: &[Price] = &[price(None, [100, 100, 100], R387_0), price(Some(1792368000), [100, 100, 100], R387_1)];
static R388_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 290_000_000_000)])];
static R388_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 120_000_000_000), unit(U::Output, 500_000_000_000)])];
static P388: &[Price] = &[price(None, [100, 100, 100], R388_0), price(Some(1792368000), [100, 100, 100], R388_1)];
static R389_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 48_150_000_000), unit(U::Output, 193_050_000_000)])];
static R389_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::Output, 300_000_000_000)])];
static P389: &[Price] = &[price(None, [100, 100, 100], R389_0), price(Some(1792368000), [100, 100, 100], R389_1)];
static R390: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 400_000_000_000)])];
static P390: &[Price] = &[price(None, [100, 100, 100], R390)];
static R391_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 300_000_000_000)])];
static R391_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 280_000_000_000)])];
static R391_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 140_000_000_000), unit(U::InputCached, 90_000_000_000), unit(U::Output, 400_000_000_000)])];
static P391: &[Price] = &[price(None, [100, 100, 100], R391_0), price(Some(1792368000), [100, 100, 100], R391_1), price(Some(1793664000), [100, 100, 100], R391_2)];
static R392: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 35_000_000_000), unit(U::Output, 138_000_000_000)])];
static P392: &[Price] = &[price(None, [100, 100, 100], R392)];
static R393_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 220_000_000_000), unit(U::Output, 1_800_000_000_000)])];
static R393_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P393: &[Price] = &[price(None, [100, 100, 100], R393_0), price(Some(1792368000), [100, 100, 100], R393_1)];
static R394_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 70_000_000_000), unit(U::Output, 270_000_000_000)])];
static R394_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 70_000_000_000), unit(U::Output, 280_000_000_000)])];
static P394: &[Price] = &[price(None, [100, 100, 100], R394_0), price(Some(1792368000), [100, 100, 100], R394_1)];
static R395_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 195_000_000_000), unit(U::InputCached, 39_000_000_000), unit(U::InputCacheWrite, 243_750_000_000), unit(U::Output, 975_000_000_000)])];
static R395_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 195_000_000_000), unit(U::InputCached, 39_000_000_000), unit(U::InputCacheWrite, 243_750_000_000), unit(U::Output, 975_000_000_000)]), rate(S::Standard, 32_000, "", &[unit(U::Input, 325_000_000_000), unit(U::InputCached, 65_000_000_000), unit(U::InputCacheWrite, 406_250_000_000), unit(U::Output, 1_625_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 520_000_000_000), unit(U::InputCached, 104_000_000_000), unit(U::InputCacheWrite, 650_000_000_000), unit(U::Output, 2_600_000_000_000)])];
static P395: &[Price] = &[price(None, [100, 100, 100], R395_0), price(Some(1792368000), [100, 100, 100], R395_1)];
static R396_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 110_000_000_000), unit(U::InputCached, 70_000_000_000), unit(U::Output, 800_000_000_000)])];
static R396_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 120_000_000_000), unit(U::InputCached, 70_000_000_000), unit(U::Output, 800_000_000_000)])];
static P396: &[Price] = &[price(None, [100, 100, 100], R396_0), price(Some(1792368000), [100, 100, 100], R396_1)];
static R397: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 650_000_000_000), unit(U::InputCached, 130_000_000_000), unit(U::InputCacheWrite, 812_500_000_000), unit(U::Output, 3_250_000_000_000)])];
static P397: &[Price] = &[price(None, [100, 100, 100], R397)];
static R398: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_200_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P398: &[Price] = &[price(None, [100, 100, 100], R398)];
static R399: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 780_000_000_000), unit(U::Output, 3_900_000_000_000)])];
static P399: &[Price] = &[price(None, [100, 100, 100], R399)];
static R400: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::Output, 1_100_000_000_000)])];
static P400: &[Price] = &[price(None, [100, 100, 100], R400)];
static R401_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 97_500_000_000), unit(U::Output, 780_000_000_000)])];
static R401_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P401: &[Price] = &[price(None, [100, 100, 100], R401_0), price(Some(1792368000), [100, 100, 100], R401_1)];
static R402_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 110_000_000_000), unit(U::Output, 880_000_000_000)])];
static R402_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 210_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 1_900_000_000_000)])];
static P402: &[Price] = &[price(None, [100, 100, 100], R402_0), price(Some(1792368000), [100, 100, 100], R402_1)];
static R403: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 260_000_000_000), unit(U::Output, 2_600_000_000_000)])];
static P403: &[Price] = &[price(None, [100, 100, 100], R403)];
static R404_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 130_000_000_000), unit(U::Output, 520_000_000_000)])];
static R404_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 600_000_000_000)])];
static R404_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 700_000_000_000)])];
static P404: &[Price] = &[price(None, [100, 100, 100], R404_0), price(Some(1792368000), [100, 100, 100], R404_1), price(Some(1793664000), [100, 100, 100], R404_2)];
static R405_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 130_000_000_000), unit(U::Output, 1_560_000_000_000)])];
static R405_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 290_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P405: &[Price] = &[price(None, [100, 100, 100], R405_0), price(Some(1792368000), [100, 100, 100], R405_1)];
static R406: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 104_000_000_000), unit(U::Output, 416_000_000_000)])];
static P406: &[Price] = &[price(None, [100, 100, 100], R406)];
static R407_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 80_000_000_000), unit(U::Output, 500_000_000_000)])];
static R407_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 120_000_000_000), unit(U::Output, 750_000_000_000)])];
static P407: &[Price] = &[price(None, [100, 100, 100], R407_0), price(Some(1792368000), [100, 100, 100], R407_1)];
static R408: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 117_000_000_000), unit(U::Output, 1_365_000_000_000)])];
static P408: &[Price] = &[price(None, [100, 100, 100], R408)];
static R409: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 260_000_000_000), unit(U::Output, 2_080_000_000_000)])];
static P409: &[Price] = &[price(None, [100, 100, 100], R409)];
static R410_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 195_000_000_000), unit(U::Output, 1_560_000_000_000)])];
static R410_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 270_000_000_000), unit(U::Output, 2_160_000_000_000)])];
static R410_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 195_000_000_000), unit(U::Output, 1_560_000_000_000)])];
static P410: &[Price] = &[price(None, [100, 100, 100], R410_0), price(Some(1792368000), [100, 100, 100], R410_1), price(Some(1793664000), [100, 100, 100], R410_2)];
static R411_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 140_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static R411_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static R411_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 162_500_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 1_300_000_000_000)])];
static P411: &[Price] = &[price(None, [100, 100, 100], R411_0), price(Some(1792368000), [100, 100, 100], R411_1), price(Some(1793664000), [100, 100, 100], R411_2)];
static R412_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 390_000_000_000), unit(U::Output, 2_340_000_000_000)])];
static R412_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::Output, 3_600_000_000_000)])];
static R412_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 390_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::Output, 2_340_000_000_000)])];
static P412: &[Price] = &[price(None, [100, 100, 100], R412_0), price(Some(1792368000), [100, 100, 100], R412_1), price(Some(1792454400), [100, 100, 100], R412_2)];
static R413: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 150_000_000_000)])];
static P413: &[Price] = &[price(None, [100, 100, 100], R413)];
static R414: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 65_000_000_000), unit(U::Output, 260_000_000_000)])];
static P414: &[Price] = &[price(None, [100, 100, 100], R414)];
static R415_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 2_400_000_000_000)])];
static R415_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 260_000_000_000), unit(U::Output, 1_560_000_000_000)]), rate(S::Standard, 256_000, "", &[unit(U::Input, 325_000_000_000), unit(U::Output, 1_950_000_000_000)])];
static P415: &[Price] = &[price(None, [100, 100, 100], R415_0), price(Some(1792368000), [100, 100, 100], R415_1)];
static R416_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCacheWrite, 375_000_000_000), unit(U::Output, 1_800_000_000_000)])];
static R416_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCacheWrite, 375_000_000_000), unit(U::Output, 1_800_000_000_000)]), rate(S::Standard, 256_000, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCacheWrite, 468_750_000_000), unit(U::Output, 2_250_000_000_000)])];
static P416: &[Price] = &[price(None, [100, 100, 100], R416_0), price(Some(1792368000), [100, 100, 100], R416_1)];
static R417_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 289_000_000_000), unit(U::Output, 2_400_000_000_000)])];
static R417_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static R417_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 2_700_000_000_000)])];
static P417: &[Price] = &[price(None, [100, 100, 100], R417_0), price(Some(1792368000), [100, 100, 100], R417_1), price(Some(1793664000), [100, 100, 100], R417_2)];
static R418_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 140_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static R418_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static R418_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 950_000_000_000)])];
static R418_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 950_000_000_000)])];
static P418: &[Price] = &[price(None, [100, 100, 100], R418_0), price(Some(1792368000), [100, 100, 100], R418_1), price(Some(1792454400), [100, 100, 100], R418_2), price(Some(1794182400), [100, 100, 100], R418_3)];
static R419_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 187_500_000_000), unit(U::InputCacheWrite, 234_375_000_000), unit(U::Output, 1_125_000_000_000)])];
static R419_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 187_500_000_000), unit(U::InputCacheWrite, 234_375_000_000), unit(U::Output, 1_125_000_000_000)]), rate(S::Standard, 256_000, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCacheWrite, 937_500_000_000), unit(U::Output, 3_000_000_000_000)])];
static P419: &[Price] = &[price(None, [100, 100, 100], R419_0), price(Some(1792368000), [100, 100, 100], R419_1)];
static R420: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_040_000_000_000), unit(U::InputCacheWrite, 1_300_000_000_000), unit(U::Output, 6_240_000_000_000)])];
static P420: &[Price] = &[price(None, [100, 100, 100], R420)];
static R421_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 325_000_000_000), unit(U::InputCacheWrite, 406_250_000_000), unit(U::Output, 1_950_000_000_000)])];
static R421_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 325_000_000_000), unit(U::InputCacheWrite, 406_250_000_000), unit(U::Output, 1_950_000_000_000)]), rate(S::Standard, 256_000, "", &[unit(U::Input, 1_300_000_000_000), unit(U::InputCacheWrite, 1_625_000_000_000), unit(U::Output, 3_900_000_000_000)])];
static P421: &[Price] = &[price(None, [100, 100, 100], R421_0), price(Some(1792368000), [100, 100, 100], R421_1)];
static R422: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000), unit(U::InputCached, 6_000_000_000), unit(U::InputCacheWrite, 38_000_000_000), unit(U::Output, 130_000_000_000)]), rate(S::Standard, 32_000, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 400_000_000_000)]), rate(S::Standard, 256_000, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 800_000_000_000)])];
static P422: &[Price] = &[price(None, [100, 100, 100], R422)];
static R423_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite, 1_562_500_000_000), unit(U::Output, 3_750_000_000_000)])];
static R423_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_475_000_000_000), unit(U::InputCached, 295_000_000_000), unit(U::InputCacheWrite, 1_843_750_000_000), unit(U::Output, 4_425_000_000_000)])];
static P423: &[Price] = &[price(None, [100, 100, 100], R423_0), price(Some(1792368000), [100, 100, 100], R423_1)];
static R424_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::Output, 1_600_000_000_000)])];
static R424_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 320_000_000_000), unit(U::InputCached, 64_000_000_000), unit(U::InputCacheWrite, 400_000_000_000), unit(U::Output, 1_280_000_000_000)]), rate(S::Standard, 256_000, "", &[unit(U::Input, 960_000_000_000), unit(U::InputCached, 192_000_000_000), unit(U::InputCacheWrite, 1_200_000_000_000), unit(U::Output, 3_840_000_000_000)])];
static P424: &[Price] = &[price(None, [100, 100, 100], R424_0), price(Some(1792368000), [100, 100, 100], R424_1)];
static R425: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 230_000_000_000), unit(U::Output, 920_000_000_000)])];
static P425: &[Price] = &[price(None, [100, 100, 100], R425)];
static R426_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static R426_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P426: &[Price] = &[price(None, [100, 100, 100], R426_0), price(Some(1793664000), [100, 100, 100], R426_1)];
static R427_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 240_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static R427_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 425_000_000_000), unit(U::InputCached, 85_000_000_000), unit(U::InputCacheWrite, 531_250_000_000), unit(U::Output, 2_550_000_000_000)])];
static P427: &[Price] = &[price(None, [100, 100, 100], R427_0), price(Some(1793664000), [100, 100, 100], R427_1)];
static R428: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 160_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 200_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P428: &[Price] = &[price(None, [100, 100, 100], R428)];
static R429: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 16_000_000_000), unit(U::Output, 470_000_000_000)])];
static P429: &[Price] = &[price(None, [100, 100, 100], R429)];
static R430: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P430: &[Price] = &[price(None, [100, 100, 100], R430)];
static R431: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P431: &[Price] = &[price(None, [100, 100, 100], R431)];
static R432: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 200_000_000_000)])];
static P432: &[Price] = &[price(None, [100, 100, 100], R432)];
static R433: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_500_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P433: &[Price] = &[price(None, [100, 100, 100], R433)];
static R434_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static R434_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static R434_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P434: &[Price] = &[price(None, [100, 100, 100], R434_0), price(Some(1792454400), [100, 100, 100], R434_1), price(Some(1793664000), [100, 100, 100], R434_2)];
static R435: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 850_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P435: &[Price] = &[price(None, [100, 100, 100], R435)];
static R436: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static P436: &[Price] = &[price(None, [100, 100, 100], R436)];
static R437: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 600_000_000_000)])];
static P437: &[Price] = &[price(None, [100, 100, 100], R437)];
static R438: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 950_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P438: &[Price] = &[price(None, [100, 100, 100], R438)];
static R439_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000), unit(U::Output, 50_000_000_000)])];
static R439_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 40_000_000_000), unit(U::Output, 50_000_000_000)])];
static P439: &[Price] = &[price(None, [100, 100, 100], R439_0), price(Some(1792368000), [100, 100, 100], R439_1)];
static R440_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::Output, 800_000_000_000)])];
static R440_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 850_000_000_000), unit(U::Output, 850_000_000_000)])];
static P440: &[Price] = &[price(None, [100, 100, 100], R440_0), price(Some(1792368000), [100, 100, 100], R440_1)];
static R441_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::Output, 800_000_000_000)])];
static R441_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 650_000_000_000), unit(U::Output, 750_000_000_000)])];
static P441: &[Price] = &[price(None, [100, 100, 100], R441_0), price(Some(1792368000), [100, 100, 100], R441_1)];
static R442: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::Output, 950_000_000_000)])];
static P442: &[Price] = &[price(None, [100, 100, 100], R442)];
static R443_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 300_000_000_000)])];
static R443_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 300_000_000_000)])];
static P443: &[Price] = &[price(None, [100, 100, 100], R443_0), price(Some(1792368000), [100, 100, 100], R443_1)];
static R444: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::Output, 1_150_000_000_000)])];
static P444: &[Price] = &[price(None, [100, 100, 100], R444)];
static R445: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 2_700_000_000_000)])];
static P445: &[Price] = &[price(None, [100, 100, 100], R445)];
static R446: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 850_000_000_000), unit(U::Output, 3_400_000_000_000)])];
static P446: &[Price] = &[price(None, [100, 100, 100], R446)];
static R447: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 140_000_000_000), unit(U::Output, 570_000_000_000)])];
static P447: &[Price] = &[price(None, [100, 100, 100], R447)];
static R448: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 44_000_000_000), unit(U::Output, 177_000_000_000)])];
static P448: &[Price] = &[price(None, [100, 100, 100], R448)];
static R449: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 74_000_000_000), unit(U::Output, 295_000_000_000)])];
static P449: &[Price] = &[price(None, [100, 100, 100], R449)];
static R450_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 63_000_000_000), unit(U::InputCached, 21_000_000_000), unit(U::Output, 210_000_000_000)])];
static R450_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 180_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 600_000_000_000)])];
static P450: &[Price] = &[price(None, [100, 100, 100], R450_0), price(Some(1792368000), [100, 100, 100], R450_1)];
static R451: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 417_000_000_000), unit(U::InputCached, 21_000_000_000), unit(U::Output, 1_250_500_000_000)])];
static P451: &[Price] = &[price(None, [100, 100, 100], R451)];
static R452: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 500_000_000_000)])];
static P452: &[Price] = &[price(None, [100, 100, 100], R452)];
static R453: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 500_000_000_000)])];
static P453: &[Price] = &[price(None, [100, 100, 100], R453)];
static R454_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 800_000_000_000)])];
static R454_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 800_000_000_000)])];
static P454: &[Price] = &[price(None, [100, 100, 100], R454_0), price(Some(1792368000), [100, 100, 100], R454_1)];
static R455_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 500_000_000_000)])];
static R455_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 400_000_000_000)])];
static P455: &[Price] = &[price(None, [100, 100, 100], R455_0), price(Some(1792368000), [100, 100, 100], R455_1)];
static R456: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 170_000_000_000), unit(U::Output, 4_050_000_000_000)])];
static P456: &[Price] = &[price(None, [100, 100, 100], R456)];
static R457: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P457: &[Price] = &[price(None, [100, 100, 100], R457)];
static R458: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 360_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::Output, 960_000_000_000)])];
static P458: &[Price] = &[price(None, [100, 100, 100], R458)];
static R459: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 42_000_000_000)])];
static P459: &[Price] = &[price(None, [100, 100, 100], R459)];
static R460: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 3_200_000_000_000)])];
static P460: &[Price] = &[price(None, [100, 100, 100], R460)];
static R461: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P461: &[Price] = &[price(None, [100, 100, 100], R461)];
static R462_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static R462_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 350_000_000_000), unit(U::Output, 650_000_000_000)])];
static P462: &[Price] = &[price(None, [100, 100, 100], R462_0), price(Some(1792368000), [100, 100, 100], R462_1)];
static R463: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::Output, 200_000_000_000)])];
static P463: &[Price] = &[price(None, [100, 100, 100], R463)];
static R464_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::InputCached, 18_000_000_000), unit(U::Output, 360_000_000_000)])];
static R464_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 600_000_000_000)])];
static P464: &[Price] = &[price(None, [100, 100, 100], R464_0), price(Some(1792454400), [100, 100, 100], R464_1)];
static R465: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P465: &[Price] = &[price(None, [100, 100, 100], R465)];
static R466: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 500_000_000_000)])];
static P466: &[Price] = &[price(None, [100, 100, 100], R466)];
static R467: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 500_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P467: &[Price] = &[price(None, [100, 100, 100], R467)];
static R468_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static R468_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P468: &[Price] = &[price(None, [100, 100, 100], R468_0), price(Some(1792368000), [100, 100, 100], R468_1)];
static R469_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static R469_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P469: &[Price] = &[price(None, [100, 100, 100], R469_0), price(Some(1792368000), [100, 100, 100], R469_1)];
static R470: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 160_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 320_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P470: &[Price] = &[price(None, [100, 100, 100], R470)];
static R471: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 600_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P471: &[Price] = &[price(None, [100, 100, 100], R471)];
static R472: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P472: &[Price] = &[price(None, [100, 100, 100], R472)];
static R473: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_600_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 4_800_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 3_200_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::Output, 9_600_000_000_000)])];
static P473: &[Price] = &[price(None, [100, 100, 100], R473)];
static R474_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static R474_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P474: &[Price] = &[price(None, [100, 100, 100], R474_0), price(Some(1792368000), [100, 100, 100], R474_1)];
static R475: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_500_000_000_000)])];
static P475: &[Price] = &[price(None, [100, 100, 100], R475)];
static R476_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 140_000_000_000), unit(U::InputCached, 2_800_000_000), unit(U::Output, 280_000_000_000)])];
static R476_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 119_000_000_000), unit(U::InputCached, 2_550_000_000), unit(U::Output, 238_000_000_000)])];
static R476_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P476: &[Price] = &[price(None, [100, 100, 100], R476_0), price(Some(1793664000), [100, 100, 100], R476_1), price(Some(1794182400), [100, 100, 100], R476_2)];
static R477: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 435_000_000_000), unit(U::InputCached, 3_600_000_000), unit(U::Output, 870_000_000_000)])];
static P477: &[Price] = &[price(None, [100, 100, 100], R477)];
static R478: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 140_000_000_000), unit(U::InputCached, 2_800_000_000), unit(U::Output, 280_000_000_000)])];
static P478: &[Price] = &[price(None, [100, 100, 100], R478)];
static R479: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_350_000_000_000), unit(U::InputCached, 36_000_000_000), unit(U::Output, 8_700_000_000_000)])];
static P479: &[Price] = &[price(None, [100, 100, 100], R479)];
static R480: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_750_000_000_000), unit(U::Output, 3_750_000_000_000)])];
static P480: &[Price] = &[price(None, [100, 100, 100], R480)];
static R481: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 110_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static P481: &[Price] = &[price(None, [100, 100, 100], R481)];
static R482_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 850_000_000_000)])];
static R482_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 130_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 850_000_000_000)])];
static R482_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 1_100_000_000_000)])];
static P482: &[Price] = &[price(None, [100, 100, 100], R482_0), price(Some(1792368000), [100, 100, 100], R482_1), price(Some(1793664000), [100, 100, 100], R482_2)];
static R483: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 110_000_000_000), unit(U::Output, 1_800_000_000_000)])];
static P483: &[Price] = &[price(None, [100, 100, 100], R483)];
static R484_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 430_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::Output, 1_740_000_000_000)])];
static R484_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::InputCached, 110_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static R484_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 110_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static P484: &[Price] = &[price(None, [100, 100, 100], R484_0), price(Some(1792368000), [100, 100, 100], R484_1), price(Some(1793664000), [100, 100, 100], R484_2)];
static R485_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 900_000_000_000)])];
static R485_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 55_000_000_000), unit(U::Output, 900_000_000_000)])];
static R485_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 900_000_000_000)])];
static P485: &[Price] = &[price(None, [100, 100, 100], R485_0), price(Some(1792368000), [100, 100, 100], R485_1), price(Some(1793664000), [100, 100, 100], R485_2)];
static R486_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::Output, 1_750_000_000_000)])];
static R486_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::InputCached, 99_000_000_000), unit(U::Output, 1_980_000_000_000)])];
static R486_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 110_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static P486: &[Price] = &[price(None, [100, 100, 100], R486_0), price(Some(1792368000), [100, 100, 100], R486_1), price(Some(1793664000), [100, 100, 100], R486_2)];
static R487_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 400_000_000_000)])];
static R487_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_500_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 400_000_000_000)])];
static P487: &[Price] = &[price(None, [100, 100, 100], R487_0), price(Some(1792368000), [100, 100, 100], R487_1)];
static R488_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 120_000_000_000), unit(U::Output, 1_920_000_000_000)])];
static R488_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 3_200_000_000_000)])];
static R488_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 120_000_000_000), unit(U::Output, 1_920_000_000_000)])];
static R488_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 3_200_000_000_000)])];
static P488: &[Price] = &[price(None, [100, 100, 100], R488_0), price(Some(1792368000), [100, 100, 100], R488_1), price(Some(1792454400), [100, 100, 100], R488_2), price(Some(1793664000), [100, 100, 100], R488_3)];
static R489_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 980_000_000_000), unit(U::InputCached, 182_000_000_000), unit(U::Output, 3_080_000_000_000)])];
static R489_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 966_000_000_000), unit(U::InputCached, 179_400_000_000), unit(U::Output, 3_036_000_000_000)])];
static R489_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_400_000_000_000), unit(U::InputCached, 260_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static P489: &[Price] = &[price(None, [100, 100, 100], R489_0), price(Some(1792368000), [100, 100, 100], R489_1), price(Some(1793664000), [100, 100, 100], R489_2)];
static R490_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_400_000_000_000), unit(U::InputCached, 260_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static R490_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 620_000_000_000), unit(U::InputCached, 140_000_000_000), unit(U::Output, 2_420_000_000_000)])];
static R490_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_400_000_000_000), unit(U::InputCached, 260_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static P490: &[Price] = &[price(None, [100, 100, 100], R490_0), price(Some(1792368000), [100, 100, 100], R490_1), price(Some(1793664000), [100, 100, 100], R490_2)];
static R491: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 623_000_000_000), unit(U::InputCached, 210_000_000_000), unit(U::Output, 1_271_000_000_000)])];
static P491: &[Price] = &[price(None, [100, 100, 100], R491)];
static R492_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_400_000_000_000), unit(U::InputCached, 260_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static R492_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 79_000_000_000), unit(U::InputCached, 78_000_000_000), unit(U::Output, 1_400_000_000_000)])];
static R492_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_400_000_000_000), unit(U::InputCached, 260_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static P492: &[Price] = &[price(None, [100, 100, 100], R492_0), price(Some(1792368000), [100, 100, 100], R492_1), price(Some(1793664000), [100, 100, 100], R492_2)];
static R493_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 250_000_000_000)])];
static R493_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 500_000_000_000)])];
static R493_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 48_000_000_000), unit(U::InputCached, 6_000_000_000), unit(U::Output, 160_000_000_000)])];
static R493_3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 500_000_000_000)])];
static P493: &[Price] = &[price(None, [100, 100, 100], R493_0), price(Some(1788998400), [100, 100, 100], R493_1), price(Some(1792368000), [100, 100, 100], R493_2), price(Some(1792454400), [100, 100, 100], R493_3)];
static R494_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 180_000_000_000)])];
static R494_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 61_000_000_000), unit(U::InputCached, 26_000_000_000), unit(U::Output, 124_000_000_000)])];
static P494: &[Price] = &[price(None, [100, 100, 100], R494_0), price(Some(1794182400), [100, 100, 100], R494_1)];
static R495_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 370_000_000_000), unit(U::InputCached, 90_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static R495_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 370_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P495: &[Price] = &[price(None, [100, 100, 100], R495_0), price(Some(1793664000), [100, 100, 100], R495_1)];
static R496: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 370_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P496: &[Price] = &[price(None, [100, 100, 100], R496)];
static R497: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_800_000_000_000), unit(U::InputCached, 560_000_000_000), unit(U::Output, 8_800_000_000_000)])];
static P497: &[Price] = &[price(None, [100, 100, 100], R497)];
static R498: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P498: &[Price] = &[price(None, [100, 100, 100], R498)];
static R499_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::Output, 50_000_000_000_000)])];
static R499_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::Output, 50_000_000_000_000)])];
static P499: &[Price] = &[price(None, [100, 100, 100], R499_0), price(Some(1792368000), [100, 100, 100], R499_1)];
static R500_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static R500_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite5m, 125_000_000_000), unit(U::InputCacheWrite1h, 200_000_000_000), unit(U::Output, 500_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 100_000, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 625_000_000_000), unit(U::InputCacheWrite1h, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P500: &[Price] = &[price(None, [100, 100, 100], R500_0), price(Some(1791331200), [100, 100, 100], R500_1)];
static R501_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static R501_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)])];
static P501: &[Price] = &[price(None, [100, 100, 100], R501_0), price(Some(1790035200), [100, 100, 100], R501_1)];
static R502_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static R502_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static R502_2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P502: &[Price] = &[price(None, [100, 100, 100], R502_0), price(Some(1790553600), [100, 100, 100], R502_1), price(Some(1792368000), [100, 100, 100], R502_2)];
static R503: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 12_000_000_000), unit(U::Output, 150_000_000_000)])];
static P503: &[Price] = &[price(None, [100, 100, 100], R503)];
static R504: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 225_000_000_000), unit(U::InputCached, 230_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P504: &[Price] = &[price(None, [100, 100, 100], R504)];
static R505_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 6_500_000_000), unit(U::Output, 450_000_000_000)])];
static R505_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 6_880_000_000), unit(U::InputCached, 3_360_000_000), unit(U::Output, 120_000_000_000)])];
static P505: &[Price] = &[price(None, [100, 100, 100], R505_0), price(Some(1792368000), [100, 100, 100], R505_1)];
static R506_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite, 83_333_333_333), unit(U::Output, 9_000_000_000_000)])];
static R506_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::InputCacheWrite, 41_666_666_667), unit(U::Output, 3_750_000_000_000)])];
static P506: &[Price] = &[price(None, [100, 100, 100], R506_0), price(Some(1792368000), [100, 100, 100], R506_1)];
static R507_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 375_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static R507_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 187_500_000_000), unit(U::Output, 10_000_000_000_000)])];
static P507: &[Price] = &[price(None, [100, 100, 100], R507_0), price(Some(1792368000), [100, 100, 100], R507_1)];
static R508_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 680_000_000_000), unit(U::InputCached, 340_000_000_000), unit(U::Output, 3_410_000_000_000)])];
static R508_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 239_000_000_000), unit(U::InputCached, 210_000_000_000), unit(U::Output, 11_936_000_000_000)])];
static P508: &[Price] = &[price(None, [100, 100, 100], R508_0), price(Some(1792368000), [100, 100, 100], R508_1)];
static R509: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 500_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 750_000_000_000)])];
static P509: &[Price] = &[price(None, [100, 100, 100], R509)];
static R510: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P510: &[Price] = &[price(None, [100, 100, 100], R510)];
static R511_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 39_200_000_000), unit(U::InputCached, 6_000_000_000), unit(U::Output, 200_000_000_000)])];
static R511_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 48_000_000_000), unit(U::InputCached, 6_000_000_000), unit(U::Output, 200_000_000_000)])];
static P511: &[Price] = &[price(None, [100, 100, 100], R511_0), price(Some(1792368000), [100, 100, 100], R511_1)];
static R512_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 40_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static R512_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 42_000_000_000), unit(U::InputCached, 26_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P512: &[Price] = &[price(None, [100, 100, 100], R512_0), price(Some(1792368000), [100, 100, 100], R512_1)];
