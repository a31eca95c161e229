//! Made by prices/generate.py from the catalogues; do not edit.

use super::{model, price, rate, unit};
use crate::{price::table::{Model, Price, Rate, Service as S}, usage::UnitKind as U};

pub(super) static GOOGLE: &[Model] = &[
    model("chirp", P0),
    model("chirp_2", P1),
    model("chirp_3", P1),
    model("claude-3-5-haiku", P2),
    model("claude-3-5-haiku@20241022", P2),
    model("claude-3-5-sonnet", P3),
    model("claude-3-5-sonnet-latest", P3),
    model("claude-3-5-sonnet@20240620", P3),
    model("claude-3-7-sonnet", P3),
    model("claude-3-haiku", P4),
    model("claude-3-haiku@20240307", P4),
    model("claude-3-opus", P5),
    model("claude-3-sonnet", P6),
    model("claude-3-sonnet@20240229", P6),
    model("claude-4-opus", P5),
    model("claude-4-sonnet", P3),
    model("claude-fable-5", P7),
    model("claude-fable-5-1", P8),
    model("claude-fable-5-1@default", P8),
    model("claude-fable-5-2", P9),
    model("claude-fable-5@default", P7),
    model("claude-haiku-4-5", P10),
    model("claude-haiku-4-5@20251001", P10),
    model("claude-haiku-5-5", P11),
    model("claude-haiku-5-5@default", P11),
    model("claude-opus-4", P5),
    model("claude-opus-4-5", P12),
    model("claude-opus-4-5@20251101", P12),
    model("claude-opus-4-6", P13),
    model("claude-opus-4-6@default", P13),
    model("claude-opus-4-7", P12),
    model("claude-opus-4-7@default", P12),
    model("claude-opus-4-8", P12),
    model("claude-opus-4-8@default", P12),
    model("claude-opus-5", P12),
    model("claude-opus-5-5", P14),
    model("claude-opus-5-5@default", P14),
    model("claude-opus-5@default", P12),
    model("claude-sonnet-4", P3),
    model("claude-sonnet-4-5", P15),
    model("claude-sonnet-4-5@20250929", P15),
    model("claude-sonnet-4-6", P16),
    model("claude-sonnet-4-6@default", P16),
    model("claude-sonnet-5", P17),
    model("claude-sonnet-5-5", P18),
    model("claude-sonnet-5-5@default", P18),
    model("claude-sonnet-5@default", P17),
    model("codestral-2", P19),
    model("codestral-2501", P20),
    model("codestral-2@001", P19),
    model("codestral@2405", P20),
    model("codestral@latest", P20),
    model("deep-research-max-preview-04-2026", P21),
    model("deep-research-preview-04-2026", P21),
    model("deep-research-pro-preview-12-2025", P21),
    model("deepseek-r1-0528-maas", P22),
    model("deepseek-v3.1-maas", P23),
    model("deepseek-v3.2-maas", P24),
    model("deepseek-v4.1-flash-maas", P25),
    model("gemini-1.0-pro", P26),
    model("gemini-1.0-pro-vision-001", P26),
    model("gemini-1.5-flash", P27),
    model("gemini-1.5-pro", P28),
    model("gemini-2.0-flash", P29),
    model("gemini-2.0-flash-lite", P30),
    model("gemini-2.5-computer-use-preview-10-2025", P31),
    model("gemini-2.5-flash", P32),
    model("gemini-2.5-flash-image", P33),
    model("gemini-2.5-flash-image-preview", P34),
    model("gemini-2.5-flash-latest", P35),
    model("gemini-2.5-flash-lite", P36),
    model("gemini-2.5-flash-lite-preview-09-2025", P37),
    model("gemini-2.5-flash-lite-preview-tts", P38),
    model("gemini-2.5-flash-native-audio", P39),
    model("gemini-2.5-flash-native-audio-latest", P39),
    model("gemini-2.5-flash-native-audio-preview-09-2025", P39),
    model("gemini-2.5-flash-native-audio-preview-12-2025", P39),
    model("gemini-2.5-flash-preview", P40),
    model("gemini-2.5-flash-preview-05-20:thinking", P40),
    model("gemini-2.5-flash-preview-09-2025", P41),
    model("gemini-2.5-flash-preview-tts", P42),
    model("gemini-2.5-flash-preview:thinking", P40),
    model("gemini-2.5-flash-tts", P42),
    model("gemini-2.5-pro", P43),
    model("gemini-2.5-pro-preview-tts", P44),
    model("gemini-2.5-pro-tts", P45),
    model("gemini-3-flash-preview", P46),
    model("gemini-3-pro-image", P47),
    model("gemini-3-pro-image-preview", P47),
    model("gemini-3-pro-preview", P48),
    model("gemini-3-pro-text-preview", P49),
    model("gemini-3.1-flash-image", P50),
    model("gemini-3.1-flash-image-preview", P51),
    model("gemini-3.1-flash-lite", P52),
    model("gemini-3.1-flash-lite-image", P53),
    model("gemini-3.1-flash-lite-preview", P54),
    model("gemini-3.1-flash-live-preview", P55),
    model("gemini-3.1-flash-tts-preview", P45),
    model("gemini-3.1-pro-preview", P56),
    model("gemini-3.1-pro-preview-customtools", P56),
    model("gemini-3.5-flash", P57),
    model("gemini-3.5-flash-lite", P58),
    model("gemini-3.5-live-translate-preview", P59),
    model("gemini-3.5-transcribe", P60),
    model("gemini-3.5-transcribe-live", P59),
    model("gemini-3.5-transcribe-live-preview", P59),
    model("gemini-3.5-transcribe-preview", P60),
    model("gemini-3.6-flash", P61),
    model("gemini-3.7-flash", P61),
    model("gemini-3.8-flash", P61),
    model("gemini-3.8-flash-cyber", P62),
    model("gemini-3.8-flash-lite-tts", P63),
    model("gemini-3.8-flash-tts", P64),
    model("gemini-3.8-live", P55),
    model("gemini-3.8-live-extended-thinking", P55),
    model("gemini-4-argon", P65),
    model("gemini-4-argon-cyber-permissive", P66),
    model("gemini-4-hydrogen", P67),
    model("gemini-decision-1", P68),
    model("gemini-embedding-001", P69),
    model("gemini-embedding-2", P70),
    model("gemini-embedding-2-preview", P70),
    model("gemini-exp-1114", P71),
    model("gemini-exp-1206", P71),
    model("gemini-flash-1.5", P27),
    model("gemini-flash-1.5-8b", P72),
    model("gemini-flash-experimental", P73),
    model("gemini-flash-latest", P74),
    model("gemini-flash-lite-latest", P75),
    model("gemini-gemma-2-27b-it", P76),
    model("gemini-gemma-2-9b-it", P76),
    model("gemini-live-2.5-flash", P39),
    model("gemini-live-2.5-flash-native-audio", P77),
    model("gemini-live-2.5-flash-preview-native-audio-09-2025", P77),
    model("gemini-nano-banana-2.1", P78),
    model("gemini-omni-1.1-flash", P79),
    model("gemini-omni-1.1-flash-preview", P79),
    model("gemini-omni-1.2-flash", P80),
    model("gemini-omni-flash-preview", P79),
    model("gemini-pro", P26),
    model("gemini-pro-1.5", P81),
    model("gemini-pro-latest", P82),
    model("gemini-robotics-er-1.5-preview", P83),
    model("gemini-robotics-er-2-preview", P84),
    model("gemini-robotics-er-2-streaming-preview", P85),
    model("gemma-2-27b-it", P86),
    model("gemma-3-27b-it", P71),
    model("gemma-4-26b-a4b-it", P73),
    model("gemma-4-26b-a4b-it-maas", P87),
    model("gemma-4-31b-it", P73),
    model("glm-4.7-maas", P88),
    model("glm-5-maas", P89),
    model("glm-5.2-maas", P90),
    model("gpt-oss-120b-maas", P91),
    model("gpt-oss-20b-maas", P92),
    model("grok-4.1-fast-non-reasoning", P93),
    model("grok-4.1-fast-reasoning", P93),
    model("grok-4.20-non-reasoning", P94),
    model("grok-4.20-reasoning", P94),
    model("grok-4.3", P94),
    model("grok-4.6", P95),
    model("grok-4.7", P95),
    model("imagen-3.0-fast-generate-001", P96),
    model("imagen-3.0-generate-001", P97),
    model("jamba-1.5", P98),
    model("jamba-1.5-large", P99),
    model("jamba-1.5-large@001", P99),
    model("jamba-1.5-mini", P98),
    model("jamba-1.5-mini@001", P98),
    model("kimi-k2-thinking-maas", P100),
    model("learnlm-1.5-pro-experimental", P71),
    model("llama-3.1-405b-instruct-maas", P101),
    model("llama-3.1-70b-instruct-maas", P73),
    model("llama-3.1-8b-instruct-maas", P73),
    model("llama-3.2-90b-vision-instruct-maas", P73),
    model("llama-3.3-70b-instruct-maas", P102),
    model("llama-4-maverick-17b-128e-instruct-maas", P103),
    model("llama-4-maverick-17b-16e-instruct-maas", P103),
    model("llama-4-scout-17b-128e-instruct-maas", P104),
    model("llama-4-scout-17b-16e-instruct-maas", P104),
    model("llama3-405b-instruct-maas", P73),
    model("llama3-70b-instruct-maas", P73),
    model("llama3-8b-instruct-maas", P73),
    model("lyria-002", P105),
    model("medlm-large", P106),
    model("medlm-medium", P107),
    model("minimax-m2-maas", P25),
    model("mistral-large-2411", P108),
    model("mistral-large@2407", P108),
    model("mistral-large@2411-001", P108),
    model("mistral-large@latest", P108),
    model("mistral-medium-3", P109),
    model("mistral-medium-3@001", P109),
    model("mistral-nemo@2407", P110),
    model("mistral-nemo@latest", P111),
    model("mistral-small-2503", P112),
    model("mistral-small-2503@001", P112),
    model("multimodalembedding", P113),
    model("multimodalembedding@001", P113),
    model("nano-banana-pro-preview", P114),
    model("qwen3-235b-a22b-instruct-2507-maas", P115),
    model("qwen3-coder-480b-a35b-instruct-maas", P116),
    model("qwen3-next-80b-a3b-instruct-maas", P117),
    model("qwen3-next-80b-a3b-thinking-maas", P117),
    model("text-embedding-004", P118),
    model("text-embedding-005", P118),
    model("text-embedding-large-exp-03-07", P118),
    model("text-embedding-preview-0409", P119),
    model("text-multilingual-embedding-002", P118),
    model("text-unicorn", P120),
    model("text-unicorn@001", P120),
    model("veo-2.0-generate-001", P121),
    model("veo-3.0-fast-generate-001", P122),
    model("veo-3.0-generate-001", P123),
    model("veo-3.1-fast-generate-001", P124),
    model("veo-3.1-fast-generate-preview", P124),
    model("veo-3.1-generate-001", P125),
    model("veo-3.1-generate-preview", P125),
    model("veo-3.1-lite-generate-001", P126),
    model("veo-3.1-lite-generate-preview", P126),
    model("vertex/deep-research-pro-preview-12-2025", P127),
    model("vertex/gemini-2.0-flash", P128),
    model("vertex/gemini-2.5-flash", P129),
    model("vertex/gemini-2.5-flash-image", P130),
    model("vertex/gemini-2.5-flash-lite", P131),
    model("vertex/gemini-2.5-pro", P132),
    model("vertex/gemini-3-flash-preview", P133),
    model("vertex/gemini-3-pro-image", P134),
    model("vertex/gemini-3-pro-image-preview", P135),
    model("vertex/gemini-3.1-flash-image", P136),
    model("vertex/gemini-3.1-flash-image-preview", P137),
    model("vertex/gemini-3.1-flash-lite", P138),
    model("vertex/gemini-3.1-flash-lite-image", P139),
    model("vertex/gemini-3.1-flash-lite-preview", P140),
    model("vertex/gemini-3.1-pro-preview", P141),
    model("vertex/gemini-3.1-pro-preview-customtools", P142),
    model("vertex/gemini-3.5-flash", P143),
    model("vertex/gemini-3.5-flash-lite", P144),
    model("vertex/gemini-3.5-transcribe", P145),
    model("vertex/gemini-3.5-transcribe-live", P146),
    model("vertex/gemini-3.8-flash-lite-tts", P147),
    model("vertex/gemini-3.8-flash-tts", P148),
    model("vertex/gemini-3.8-live", P149),
    model("vertex/gemini-4-hydrogen", P150),
    model("vertex/gemini-embedding-001", P151),
    model("vertex/gemini-nano-banana-2.1", P152),
    model("vertex/gemini-robotics-er-2-preview", P153),
    model("vertex/gemma-4-26b-a4b-it", P87),
    model("virtual-try-on-001", P105),
];

static R0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputCharacter, 30_000_000_000_000)])];
static P0: &[Price] = &[price(None, [100, 100, 100], R0)];
static R1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputAudioSecond, 960_012_000_000)])];
static P1: &[Price] = &[price(None, [100, 100, 100], R1)];
static R2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::InputCacheWrite5m, 1_000_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P2: &[Price] = &[price(None, [100, 100, 100], R2)];
static R3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P3: &[Price] = &[price(None, [100, 100, 100], R3)];
static R4: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputCacheWrite5m, 300_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P4: &[Price] = &[price(None, [100, 100, 100], R4)];
static R5: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 1_500_000_000_000), unit(U::InputCacheWrite5m, 18_750_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P5: &[Price] = &[price(None, [100, 100, 100], R5)];
static R6: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P6: &[Price] = &[price(None, [100, 100, 100], R6)];
static R7: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 50_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P7: &[Price] = &[price(None, [100, 110, 100], R7)];
static R8: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 50_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P8: &[Price] = &[price(None, [100, 110, 100], R8)];
static R9: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 10_000_000_000_000), unit(U::InputCacheWrite1h, 16_000_000_000_000), unit(U::Output, 40_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 5_000_000_000_000), unit(U::InputCacheWrite1h, 8_000_000_000_000), unit(U::Output, 20_000_000_000_000)])];
static P9: &[Price] = &[price(None, [100, 100, 100], R9)];
static R10: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::InputCacheWrite1h, 2_000_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 625_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P10: &[Price] = &[price(None, [100, 110, 100], R10)];
static R11: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite5m, 125_000_000_000), unit(U::InputCacheWrite1h, 200_000_000_000), unit(U::Output, 500_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 100_000, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 625_000_000_000), unit(U::InputCacheWrite1h, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::InputCacheWrite5m, 62_500_000_000), unit(U::Output, 250_000_000_000)])];
static P11: &[Price] = &[price(None, [100, 110, 100], R11)];
static R12: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P12: &[Price] = &[price(None, [100, 110, 100], R12)];
static R13_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::Output, 37_500_000_000_000)])];
static R13_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P13: &[Price] = &[price(None, [100, 110, 100], R13_0), price(Some(1773360000), [100, 110, 100], R13_1)];
static R14: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 5_000_000_000_000), unit(U::InputCacheWrite1h, 8_000_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P14: &[Price] = &[price(None, [100, 110, 100], R14)];
static R15: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 6_000_000_000_000), unit(U::InputCached, 600_000_000_000), unit(U::InputCacheWrite5m, 7_500_000_000_000), unit(U::InputCacheWrite1h, 12_000_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite5m, 1_880_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P15: &[Price] = &[price(None, [100, 110, 100], R15)];
static R16: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite5m, 1_880_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P16: &[Price] = &[price(None, [100, 110, 100], R16)];
static R17: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::InputCacheWrite1h, 4_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P17: &[Price] = &[price(None, [100, 110, 100], R17)];
static R18: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::InputCacheWrite1h, 4_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P18: &[Price] = &[price(None, [100, 110, 100], R18)];
static R19: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 900_000_000_000)])];
static P19: &[Price] = &[price(None, [100, 100, 100], R19)];
static R20: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 600_000_000_000)])];
static P20: &[Price] = &[price(None, [100, 100, 100], R20)];
static R21: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P21: &[Price] = &[price(None, [100, 100, 100], R21)];
static R22: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_350_000_000_000), unit(U::Output, 5_400_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 675_000_000_000), unit(U::Output, 2_700_000_000_000)])];
static P22: &[Price] = &[price(None, [100, 100, 100], R22)];
static R23: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 1_700_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 850_000_000_000)])];
static P23: &[Price] = &[price(None, [100, 100, 100], R23)];
static R24: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 560_000_000_000), unit(U::InputCached, 56_000_000_000), unit(U::Output, 1_680_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 280_000_000_000), unit(U::Output, 840_000_000_000)])];
static P24: &[Price] = &[price(None, [100, 100, 100], R24)];
static R25: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P25: &[Price] = &[price(None, [100, 100, 100], R25)];
static R26: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::Output, 375_000_000_000)])];
static P26: &[Price] = &[price(None, [100, 100, 100], R26)];
static R27: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 18_750_000_000), unit(U::Output, 300_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 600_000_000_000)])];
static P27: &[Price] = &[price(None, [100, 100, 100], R27)];
static R28: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P28: &[Price] = &[price(None, [100, 100, 100], R28)];
static R29: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputAudio, 700_000_000_000), unit(U::InputAudioCached, 175_000_000_000), unit(U::Output, 400_000_000_000), unit(U::InputCharacter, 37_500_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 300_000_000_000)])];
static P29: &[Price] = &[price(None, [100, 100, 100], R29)];
static R30: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::Output, 300_000_000_000), unit(U::InputCharacter, 18_750_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 37_500_000_000), unit(U::Output, 150_000_000_000)])];
static P30: &[Price] = &[price(None, [100, 100, 100], R30)];
static R31: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P31: &[Price] = &[price(None, [100, 100, 100], R31)];
static R32: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::InputCached, 54_000_000_000), unit(U::InputAudio, 1_800_000_000_000), unit(U::InputAudioCached, 180_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P32: &[Price] = &[price(None, [100, 100, 100], R32)];
static R33: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P33: &[Price] = &[price(None, [100, 100, 100], R33)];
static R34: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)])];
static P34: &[Price] = &[price(None, [100, 100, 100], R34)];
static R35: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P35: &[Price] = &[price(None, [100, 100, 100], R35)];
static R36: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 300_000_000_000), unit(U::InputAudioCached, 30_000_000_000), unit(U::Output, 400_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 150_000_000_000), unit(U::InputAudioCached, 30_000_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 150_000_000_000), unit(U::InputAudioCached, 30_000_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 180_000_000_000), unit(U::InputCached, 18_000_000_000), unit(U::InputAudio, 540_000_000_000), unit(U::InputAudioCached, 54_000_000_000), unit(U::Output, 720_000_000_000)])];
static P36: &[Price] = &[price(None, [100, 100, 100], R36)];
static R37: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 300_000_000_000), unit(U::InputAudioCached, 30_000_000_000), unit(U::Output, 400_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputAudio, 150_000_000_000), unit(U::Output, 200_000_000_000)])];
static P37: &[Price] = &[price(None, [100, 100, 100], R37)];
static R38: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P38: &[Price] = &[price(None, [100, 100, 100], R38)];
static R39: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputAudio, 3_000_000_000_000), unit(U::InputImage, 3_000_000_000_000), unit(U::InputVideo, 3_000_000_000_000), unit(U::Output, 2_000_000_000_000), unit(U::OutputAudio, 12_000_000_000_000)])];
static P39: &[Price] = &[price(None, [100, 100, 100], R39)];
static R40: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 600_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)])];
static P40: &[Price] = &[price(None, [100, 100, 100], R40)];
static R41: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P41: &[Price] = &[price(None, [100, 100, 100], R41)];
static R42: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P42: &[Price] = &[price(None, [100, 100, 100], R42)];
static R43: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000), unit(U::CacheStorage, 4_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_250_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 4_500_000_000_000), unit(U::InputCached, 450_000_000_000), unit(U::Output, 27_000_000_000_000)])];
static P43: &[Price] = &[price(None, [100, 100, 100], R43)];
static R44: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::InputAudio, 700_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P44: &[Price] = &[price(None, [100, 100, 100], R44)];
static R45: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P45: &[Price] = &[price(None, [100, 100, 100], R45)];
static R46_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)])];
static R46_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::InputCached, 90_000_000_000), unit(U::InputAudio, 1_800_000_000_000), unit(U::InputAudioCached, 180_000_000_000), unit(U::Output, 5_400_000_000_000)])];
static P46: &[Price] = &[price(None, [100, 100, 100], R46_0), price(Some(1767571200), [100, 100, 100], R46_1)];
static R47_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000)])];
static R47_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::OutputImage, 60_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::Output, 21_600_000_000_000)])];
static P47: &[Price] = &[price(None, [100, 100, 100], R47_0), price(Some(1767571200), [100, 100, 100], R47_1)];
static R48_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::CacheStorage, 4_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static R48_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::CacheStorage, 4_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P48: &[Price] = &[price(None, [100, 100, 100], R48_0), price(Some(1767571200), [100, 100, 100], R48_1)];
static R49_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static R49_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static P49: &[Price] = &[price(None, [100, 100, 100], R49_0), price(Some(1767571200), [100, 100, 100], R49_1)];
static R50: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::OutputImage, 60_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)])];
static P50: &[Price] = &[price(None, [100, 110, 100], R50)];
static R51: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::OutputImage, 60_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)])];
static P51: &[Price] = &[price(None, [100, 100, 100], R51)];
static R52: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 50_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputAudio, 250_000_000_000), unit(U::InputAudioCached, 25_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputAudio, 250_000_000_000), unit(U::InputAudioCached, 25_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::InputAudio, 900_000_000_000), unit(U::InputAudioCached, 90_000_000_000), unit(U::Output, 2_700_000_000_000)])];
static P52: &[Price] = &[price(None, [100, 110, 100], R52)];
static R53: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::Output, 750_000_000_000), unit(U::OutputImage, 15_000_000_000_000)])];
static P53: &[Price] = &[price(None, [100, 100, 100], R53)];
static R54: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 50_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputAudio, 250_000_000_000), unit(U::InputAudioCached, 25_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::Output, 2_700_000_000_000)])];
static P54: &[Price] = &[price(None, [100, 100, 100], R54)];
static R55: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputAudio, 3_000_000_000_000), unit(U::InputImage, 1_000_000_000_000), unit(U::InputVideo, 1_000_000_000_000), unit(U::Output, 4_500_000_000_000), unit(U::OutputAudio, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)])];
static P55: &[Price] = &[price(None, [100, 100, 100], R55)];
static R56: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 4_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P56: &[Price] = &[price(None, [100, 100, 100], R56)];
static R57: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 9_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 270_000_000_000), unit(U::Output, 16_200_000_000_000)])];
static P57: &[Price] = &[price(None, [100, 110, 100], R57)];
static R58: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P58: &[Price] = &[price(None, [100, 110, 100], R58)];
static R59: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::Output, 21_000_000_000_000)])];
static P59: &[Price] = &[price(None, [100, 100, 100], R59)];
static R60: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P60: &[Price] = &[price(None, [100, 100, 100], R60)];
static R61_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_350_000_000_000), unit(U::InputCached, 135_000_000_000), unit(U::Output, 6_750_000_000_000)])];
static R61_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 270_000_000_000), unit(U::Output, 13_500_000_000_000)])];
static P61: &[Price] = &[price(None, [100, 110, 100], R61_0), price(Some(1798761600), [100, 110, 100], R61_1)];
static R62_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 270_000_000_000), unit(U::Output, 13_500_000_000_000)])];
static R62_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 5_400_000_000_000), unit(U::InputCached, 540_000_000_000), unit(U::Output, 27_000_000_000_000)])];
static P62: &[Price] = &[price(None, [100, 110, 100], R62_0), price(Some(1798761600), [100, 110, 100], R62_1)];
static R63_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 3_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 3_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 10_800_000_000_000)])];
static R63_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_800_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 21_600_000_000_000)])];
static P63: &[Price] = &[price(None, [100, 100, 100], R63_0), price(Some(1798761600), [100, 100, 100], R63_1)];
static R64_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 16_200_000_000_000)])];
static R64_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_800_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P64: &[Price] = &[price(None, [100, 100, 100], R64_0), price(Some(1798761600), [100, 100, 100], R64_1)];
static R65_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 180_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static R65_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 36_000_000_000_000)])];
static P65: &[Price] = &[price(None, [100, 110, 100], R65_0), price(Some(1796083200), [100, 110, 100], R65_1)];
static R66: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 36_000_000_000_000)])];
static P66: &[Price] = &[price(None, [100, 110, 100], R66)];
static R67: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 135_000_000_000), unit(U::Output, 13_500_000_000_000)])];
static P67: &[Price] = &[price(None, [100, 110, 100], R67)];
static R68: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 0)])];
static P68: &[Price] = &[price(None, [100, 100, 100], R68)];
static R69: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, "", &[unit(U::Input, 75_000_000_000)])];
static P69: &[Price] = &[price(None, [100, 100, 100], R69)];
static R70: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputAudio, 6_500_000_000_000), unit(U::InputImage, 450_000_000_000), unit(U::InputVideo, 12_000_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputAudio, 3_250_000_000_000), unit(U::InputImage, 225_000_000_000), unit(U::InputVideo, 6_000_000_000_000)])];
static P70: &[Price] = &[price(None, [100, 100, 100], R70)];
static R71: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 0), unit(U::Output, 0)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 0), unit(U::Output, 0)])];
static P71: &[Price] = &[price(None, [100, 100, 100], R71)];
static R72: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 37_500_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 150_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 300_000_000_000)])];
static P72: &[Price] = &[price(None, [100, 100, 100], R72)];
static R73: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 0), unit(U::Output, 0)])];
static P73: &[Price] = &[price(None, [100, 100, 100], R73)];
static R74_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_350_000_000_000), unit(U::InputCached, 135_000_000_000), unit(U::Output, 6_750_000_000_000)])];
static R74_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 270_000_000_000), unit(U::Output, 13_500_000_000_000)])];
static P74: &[Price] = &[price(None, [100, 100, 100], R74_0), price(Some(1798761600), [100, 100, 100], R74_1)];
static R75: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P75: &[Price] = &[price(None, [100, 100, 100], R75)];
static R76: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 350_000_000_000), unit(U::Output, 1_050_000_000_000)])];
static P76: &[Price] = &[price(None, [100, 100, 100], R76)];
static R77: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputAudio, 3_000_000_000_000), unit(U::InputImage, 3_000_000_000_000), unit(U::InputVideo, 3_000_000_000_000), unit(U::Output, 2_000_000_000_000), unit(U::OutputAudio, 12_000_000_000_000), unit(U::WebSearchCall, 35_000_000_000_000_000)])];
static P77: &[Price] = &[price(None, [100, 100, 100], R77)];
static R78: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::Output, 3_750_000_000_000), unit(U::OutputImage, 15_000_000_000_000)])];
static P78: &[Price] = &[price(None, [100, 100, 100], R78)];
static R79: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 9_000_000_000_000), unit(U::OutputVideo, 17_500_000_000_000)])];
static P79: &[Price] = &[price(None, [100, 100, 100], R79)];
static R80: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 9_000_000_000_000), unit(U::OutputVideo, 12_000_000_000_000)])];
static P80: &[Price] = &[price(None, [100, 100, 100], R80)];
static R81: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 312_500_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 625_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P81: &[Price] = &[price(None, [100, 100, 100], R81)];
static R82: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P82: &[Price] = &[price(None, [100, 100, 100], R82)];
static R83: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P83: &[Price] = &[price(None, [100, 100, 100], R83)];
static R84_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static R84_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P84: &[Price] = &[price(None, [100, 100, 100], R84_0), price(Some(1798761600), [100, 100, 100], R84_1)];
static R85_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)])];
static R85_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)])];
static P85: &[Price] = &[price(None, [100, 100, 100], R85_0), price(Some(1798761600), [100, 100, 100], R85_1)];
static R86: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 650_000_000_000), unit(U::Output, 650_000_000_000)])];
static P86: &[Price] = &[price(None, [100, 100, 100], R86)];
static R87: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 600_000_000_000)])];
static P87: &[Price] = &[price(None, [100, 100, 100], R87)];
static R88: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static P88: &[Price] = &[price(None, [100, 100, 100], R88)];
static R89: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 3_200_000_000_000)])];
static P89: &[Price] = &[price(None, [100, 100, 100], R89)];
static R90: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_400_000_000_000), unit(U::InputCached, 140_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static P90: &[Price] = &[price(None, [100, 100, 100], R90)];
static R91: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 90_000_000_000), unit(U::Output, 360_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 45_000_000_000), unit(U::Output, 180_000_000_000)])];
static P91: &[Price] = &[price(None, [100, 100, 100], R91)];
static R92: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 70_000_000_000), unit(U::InputCached, 7_000_000_000), unit(U::Output, 250_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 35_000_000_000), unit(U::Output, 125_000_000_000)])];
static P92: &[Price] = &[price(None, [100, 100, 100], R92)];
static R93: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 500_000_000_000)])];
static P93: &[Price] = &[price(None, [100, 100, 100], R93)];
static R94: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P94: &[Price] = &[price(None, [100, 100, 100], R94)];
static R95: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P95: &[Price] = &[price(None, [100, 100, 100], R95)];
static R96: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputPicture, 20_000_000_000_000_000)])];
static P96: &[Price] = &[price(None, [100, 100, 100], R96)];
static R97: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputPicture, 40_000_000_000_000_000)])];
static P97: &[Price] = &[price(None, [100, 100, 100], R97)];
static R98: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 400_000_000_000)])];
static P98: &[Price] = &[price(None, [100, 100, 100], R98)];
static R99: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P99: &[Price] = &[price(None, [100, 100, 100], R99)];
static R100: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P100: &[Price] = &[price(None, [100, 100, 100], R100)];
static R101: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::Output, 16_000_000_000_000)])];
static P101: &[Price] = &[price(None, [100, 100, 100], R101)];
static R102: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 720_000_000_000), unit(U::Output, 720_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 360_000_000_000), unit(U::Output, 360_000_000_000)])];
static P102: &[Price] = &[price(None, [100, 100, 100], R102)];
static R103: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 350_000_000_000), unit(U::Output, 1_150_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 175_000_000_000), unit(U::Output, 575_000_000_000)])];
static P103: &[Price] = &[price(None, [100, 100, 100], R103)];
static R104: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 700_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::Output, 350_000_000_000)])];
static P104: &[Price] = &[price(None, [100, 100, 100], R104)];
static R105: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputPicture, 60_000_000_000_000_000)])];
static P105: &[Price] = &[price(None, [100, 100, 100], R105)];
static R106: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputCharacter, 5_000_000_000_000)])];
static P106: &[Price] = &[price(None, [100, 100, 100], R106)];
static R107: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputCharacter, 500_000_000_000)])];
static P107: &[Price] = &[price(None, [100, 100, 100], R107)];
static R108: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P108: &[Price] = &[price(None, [100, 100, 100], R108)];
static R109: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P109: &[Price] = &[price(None, [100, 100, 100], R109)];
static R110: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static P110: &[Price] = &[price(None, [100, 100, 100], R110)];
static R111: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 150_000_000_000)])];
static P111: &[Price] = &[price(None, [100, 100, 100], R111)];
static R112: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 300_000_000_000)])];
static P112: &[Price] = &[price(None, [100, 100, 100], R112)];
static R113: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 0), unit(U::InputCharacter, 200_000_000_000), unit(U::InputPicture, 100_000_000_000_000)])];
static P113: &[Price] = &[price(None, [100, 100, 100], R113)];
static R114: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::Output, 21_600_000_000_000)])];
static P114: &[Price] = &[price(None, [100, 100, 100], R114)];
static R115: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 220_000_000_000), unit(U::Output, 880_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 110_000_000_000), unit(U::Output, 440_000_000_000)])];
static P115: &[Price] = &[price(None, [100, 100, 100], R115)];
static R116: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 220_000_000_000), unit(U::InputCached, 22_000_000_000), unit(U::Output, 1_800_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 110_000_000_000), unit(U::Output, 900_000_000_000)])];
static P116: &[Price] = &[price(None, [100, 100, 100], R116)];
static R117: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 1_200_000_000_000)])];
static P117: &[Price] = &[price(None, [100, 100, 100], R117)];
static R118: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 0), unit(U::InputCharacter, 25_000_000_000)])];
static P118: &[Price] = &[price(None, [100, 100, 100], R118)];
static R119: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 6_250_000_000), unit(U::Output, 0)])];
static P119: &[Price] = &[price(None, [100, 100, 100], R119)];
static R120: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 28_000_000_000_000)])];
static P120: &[Price] = &[price(None, [100, 100, 100], R120)];
static R121: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 1_800_000_000_000_000)])];
static P121: &[Price] = &[price(None, [100, 100, 100], R121)];
static R122: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 360_000_000_000_000)]), rate(S::Standard, 0, "1080p", &[unit(U::OutputVideoSecond, 432_000_000_000_000)])];
static P122: &[Price] = &[price(None, [100, 100, 100], R122)];
static R123: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 1_440_000_000_000_000)])];
static P123: &[Price] = &[price(None, [100, 100, 100], R123)];
static R124: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 360_000_000_000_000)]), rate(S::Standard, 0, "1080p", &[unit(U::OutputVideoSecond, 432_000_000_000_000)]), rate(S::Standard, 0, "4k", &[unit(U::OutputVideoSecond, 1_080_000_000_000_000)]), rate(S::Standard, 0, "silent", &[unit(U::OutputVideoSecond, 288_000_000_000_000)]), rate(S::Standard, 0, "silent/1080p", &[unit(U::OutputVideoSecond, 360_000_000_000_000)]), rate(S::Standard, 0, "silent/4k", &[unit(U::OutputVideoSecond, 900_000_000_000_000)]), rate(S::Standard, 0, "silent/720p", &[unit(U::OutputVideoSecond, 288_000_000_000_000)])];
static P124: &[Price] = &[price(None, [100, 100, 100], R124)];
static R125: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 1_440_000_000_000_000)]), rate(S::Standard, 0, "4k", &[unit(U::OutputVideoSecond, 2_160_000_000_000_000)]), rate(S::Standard, 0, "silent", &[unit(U::OutputVideoSecond, 720_000_000_000_000)]), rate(S::Standard, 0, "silent/1080p", &[unit(U::OutputVideoSecond, 720_000_000_000_000)]), rate(S::Standard, 0, "silent/4k", &[unit(U::OutputVideoSecond, 1_440_000_000_000_000)]), rate(S::Standard, 0, "silent/720p", &[unit(U::OutputVideoSecond, 720_000_000_000_000)])];
static P125: &[Price] = &[price(None, [100, 100, 100], R125)];
static R126: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 180_000_000_000_000)]), rate(S::Standard, 0, "1080p", &[unit(U::OutputVideoSecond, 288_000_000_000_000)]), rate(S::Standard, 0, "silent", &[unit(U::OutputVideoSecond, 108_000_000_000_000)]), rate(S::Standard, 0, "silent/1080p", &[unit(U::OutputVideoSecond, 180_000_000_000_000)]), rate(S::Standard, 0, "silent/720p", &[unit(U::OutputVideoSecond, 108_000_000_000_000)])];
static P126: &[Price] = &[price(None, [100, 100, 100], R126)];
static R127: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P127: &[Price] = &[price(None, [100, 100, 100], R127)];
static R128: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 175_000_000_000), unit(U::Output, 600_000_000_000), unit(U::InputCharacter, 37_500_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 300_000_000_000)])];
static P128: &[Price] = &[price(None, [100, 100, 100], R128)];
static R129: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::InputAudio, 500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::InputAudio, 500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::InputCached, 54_000_000_000), unit(U::InputAudio, 1_800_000_000_000), unit(U::InputAudioCached, 180_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::InputAudio, 1_800_000_000_000)])];
static P129: &[Price] = &[price(None, [100, 100, 100], R129)];
static R130: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 1_250_000_000_000), unit(U::OutputImage, 15_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P130: &[Price] = &[price(None, [100, 100, 100], R130)];
static R131: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 300_000_000_000), unit(U::InputAudioCached, 30_000_000_000), unit(U::Output, 400_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::InputAudio, 300_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputAudio, 150_000_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 150_000_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 180_000_000_000), unit(U::InputCached, 18_000_000_000), unit(U::InputAudio, 540_000_000_000), unit(U::InputAudioCached, 54_000_000_000), unit(U::Output, 720_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::InputAudio, 540_000_000_000)])];
static P131: &[Price] = &[price(None, [100, 100, 100], R131)];
static R132: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000), unit(U::CacheStorage, 4_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_250_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 4_500_000_000_000), unit(U::InputCached, 450_000_000_000), unit(U::Output, 27_000_000_000_000)])];
static P132: &[Price] = &[price(None, [100, 100, 100], R132)];
static R133_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)])];
static R133_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::InputAudio, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::InputAudio, 500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::InputAudio, 500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::InputCached, 90_000_000_000), unit(U::InputAudio, 1_800_000_000_000), unit(U::InputAudioCached, 180_000_000_000), unit(U::Output, 5_400_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::InputAudio, 1_800_000_000_000)])];
static P133: &[Price] = &[price(None, [100, 100, 100], R133_0), price(Some(1767571200), [100, 100, 100], R133_1)];
static R134_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000)])];
static R134_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::OutputImage, 60_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000), unit(U::OutputImage, 216_000_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P134: &[Price] = &[price(None, [100, 100, 100], R134_0), price(Some(1767571200), [100, 100, 100], R134_1)];
static R135_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000)])];
static R135_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::OutputImage, 60_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000), unit(U::OutputImage, 216_000_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P135: &[Price] = &[price(None, [100, 100, 100], R135_0), price(Some(1767571200), [100, 100, 100], R135_1)];
static R136: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::OutputImage, 60_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::InputCached, 90_000_000_000), unit(U::Output, 5_400_000_000_000), unit(U::OutputImage, 108_000_000_000_000)])];
static P136: &[Price] = &[price(None, [100, 110, 100], R136)];
static R137: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::OutputImage, 60_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::OutputImage, 108_000_000_000_000)])];
static P137: &[Price] = &[price(None, [100, 100, 100], R137)];
static R138: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 50_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::InputAudio, 500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputAudio, 250_000_000_000), unit(U::InputAudioCached, 25_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::InputAudio, 250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputAudio, 250_000_000_000), unit(U::InputAudioCached, 25_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::InputAudio, 250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::InputAudio, 900_000_000_000), unit(U::InputAudioCached, 90_000_000_000), unit(U::Output, 2_700_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::InputAudio, 900_000_000_000)])];
static P138: &[Price] = &[price(None, [100, 110, 100], R138)];
static R139: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 750_000_000_000), unit(U::OutputImage, 15_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::Output, 2_700_000_000_000), unit(U::OutputImage, 54_000_000_000_000)])];
static P139: &[Price] = &[price(None, [100, 100, 100], R139)];
static R140: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 50_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputAudio, 250_000_000_000), unit(U::InputAudioCached, 25_000_000_000), unit(U::Output, 750_000_000_000)])];
static P140: &[Price] = &[price(None, [100, 100, 100], R140)];
static R141: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 4_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P141: &[Price] = &[price(None, [100, 100, 100], R141)];
static R142: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 4_500_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P142: &[Price] = &[price(None, [100, 100, 100], R142)];
static R143: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 9_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 270_000_000_000), unit(U::Output, 16_200_000_000_000)])];
static P143: &[Price] = &[price(None, [100, 110, 100], R143)];
static R144: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000), unit(U::CacheStorage, 1_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::InputCached, 54_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P144: &[Price] = &[price(None, [100, 110, 100], R144)];
static R145: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputAudio, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::InputAudioSecond, 180_000_000_000)])];
static P145: &[Price] = &[price(None, [100, 100, 100], R145)];
static R146: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputAudio, 3_500_000_000_000), unit(U::Output, 21_000_000_000_000), unit(U::InputAudioSecond, 315_000_000_000)])];
static P146: &[Price] = &[price(None, [100, 100, 100], R146)];
static R147_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 3_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 3_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::Output, 10_800_000_000_000)])];
static R147_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_800_000_000_000), unit(U::Output, 21_600_000_000_000)])];
static P147: &[Price] = &[price(None, [100, 100, 100], R147_0), price(Some(1798761600), [100, 100, 100], R147_1)];
static R148_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::Output, 16_200_000_000_000)])];
static R148_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_800_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P148: &[Price] = &[price(None, [100, 100, 100], R148_0), price(Some(1798761600), [100, 100, 100], R148_1)];
static R149: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputAudio, 3_000_000_000_000), unit(U::InputImage, 1_000_000_000_000), unit(U::InputVideo, 1_000_000_000_000), unit(U::Output, 4_500_000_000_000), unit(U::OutputAudio, 12_000_000_000_000), unit(U::OutputVideo, 1_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)])];
static P149: &[Price] = &[price(None, [100, 100, 100], R149)];
static R150: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 135_000_000_000), unit(U::Output, 13_500_000_000_000)])];
static P150: &[Price] = &[price(None, [100, 110, 100], R150)];
static R151: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, "", &[unit(U::Input, 120_000_000_000)])];
static P151: &[Price] = &[price(None, [100, 100, 100], R151)];
static R152: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000), unit(U::OutputImage, 15_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 270_000_000_000), unit(U::Output, 13_500_000_000_000), unit(U::OutputImage, 54_000_000_000_000)])];
static P152: &[Price] = &[price(None, [100, 100, 100], R152)];
static R153_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)])];
static R153_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)])];
static P153: &[Price] = &[price(None, [100, 100, 100], R153_0), price(Some(1798761600), [100, 100, 100], R153_1)];
