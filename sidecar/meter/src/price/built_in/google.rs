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
    model("deep-research-max-preview-04-2026", P19),
    model("deep-research-preview-04-2026", P19),
    model("deep-research-pro-preview-12-2025", P19),
    model("gemini-1.0-pro", P20),
    model("gemini-1.0-pro-vision-001", P20),
    model("gemini-1.5-flash", P21),
    model("gemini-1.5-pro", P22),
    model("gemini-2.0-flash", P23),
    model("gemini-2.0-flash-lite", P24),
    model("gemini-2.5-computer-use-preview-10-2025", P25),
    model("gemini-2.5-flash", P26),
    model("gemini-2.5-flash-image", P27),
    model("gemini-2.5-flash-image-preview", P28),
    model("gemini-2.5-flash-latest", P29),
    model("gemini-2.5-flash-lite", P30),
    model("gemini-2.5-flash-lite-preview-09-2025", P31),
    model("gemini-2.5-flash-lite-preview-tts", P32),
    model("gemini-2.5-flash-native-audio", P33),
    model("gemini-2.5-flash-native-audio-latest", P33),
    model("gemini-2.5-flash-native-audio-preview-09-2025", P33),
    model("gemini-2.5-flash-native-audio-preview-12-2025", P33),
    model("gemini-2.5-flash-preview", P34),
    model("gemini-2.5-flash-preview-05-20:thinking", P34),
    model("gemini-2.5-flash-preview-09-2025", P35),
    model("gemini-2.5-flash-preview-tts", P36),
    model("gemini-2.5-flash-preview:thinking", P34),
    model("gemini-2.5-flash-tts", P36),
    model("gemini-2.5-pro", P37),
    model("gemini-2.5-pro-preview-tts", P38),
    model("gemini-2.5-pro-tts", P39),
    model("gemini-3-flash-preview", P40),
    model("gemini-3-pro-image", P41),
    model("gemini-3-pro-image-preview", P41),
    model("gemini-3-pro-preview", P42),
    model("gemini-3-pro-text-preview", P43),
    model("gemini-3.1-flash-image", P44),
    model("gemini-3.1-flash-image-preview", P44),
    model("gemini-3.1-flash-lite", P45),
    model("gemini-3.1-flash-lite-image", P46),
    model("gemini-3.1-flash-lite-preview", P47),
    model("gemini-3.1-flash-live-preview", P48),
    model("gemini-3.1-flash-tts-preview", P39),
    model("gemini-3.1-pro-preview", P49),
    model("gemini-3.1-pro-preview-customtools", P49),
    model("gemini-3.5-flash", P50),
    model("gemini-3.5-flash-lite", P51),
    model("gemini-3.5-live-translate-preview", P52),
    model("gemini-3.5-transcribe", P53),
    model("gemini-3.5-transcribe-live", P54),
    model("gemini-3.5-transcribe-live-preview", P54),
    model("gemini-3.5-transcribe-preview", P53),
    model("gemini-3.6-flash", P55),
    model("gemini-3.7-flash", P56),
    model("gemini-3.8-flash", P55),
    model("gemini-3.8-flash-cyber", P57),
    model("gemini-3.8-flash-lite-tts", P58),
    model("gemini-3.8-flash-tts", P59),
    model("gemini-3.8-live", P48),
    model("gemini-3.8-live-extended-thinking", P48),
    model("gemini-4-argon", P60),
    model("gemini-4-argon-cyber-permissive", P61),
    model("gemini-4-hydrogen", P62),
    model("gemini-embedding-001", P63),
    model("gemini-embedding-2", P64),
    model("gemini-embedding-2-preview", P64),
    model("gemini-exp-1114", P65),
    model("gemini-exp-1206", P65),
    model("gemini-flash-1.5", P21),
    model("gemini-flash-1.5-8b", P66),
    model("gemini-flash-experimental", P67),
    model("gemini-flash-latest", P55),
    model("gemini-flash-lite-latest", P51),
    model("gemini-gemma-2-27b-it", P68),
    model("gemini-gemma-2-9b-it", P68),
    model("gemini-live-2.5-flash", P33),
    model("gemini-live-2.5-flash-native-audio", P69),
    model("gemini-live-2.5-flash-preview-native-audio-09-2025", P69),
    model("gemini-nano-banana-2.1", P70),
    model("gemini-omni-1.1-flash", P71),
    model("gemini-omni-1.1-flash-preview", P72),
    model("gemini-omni-1.2-flash", P73),
    model("gemini-omni-flash-preview", P71),
    model("gemini-pro", P20),
    model("gemini-pro-1.5", P74),
    model("gemini-pro-latest", P75),
    model("gemini-robotics-er-1.5-preview", P76),
    model("gemini-robotics-er-2-preview", P77),
    model("gemini-robotics-er-2-streaming-preview", P78),
    model("gemma-2-27b-it", P79),
    model("gemma-3-27b-it", P65),
    model("gemma-4-26b-a4b-it", P67),
    model("gemma-4-26b-a4b-it-maas", P80),
    model("gemma-4-31b-it", P67),
    model("imagen-3.0-fast-generate-001", P81),
    model("imagen-3.0-generate-001", P82),
    model("learnlm-1.5-pro-experimental", P65),
    model("lyria-3-clip-preview", P67),
    model("lyria-3-pro-preview", P67),
    model("lyria-3.5", P67),
    model("lyria-3.5-clip-preview", P67),
    model("lyria-3.5-pro-preview", P67),
    model("lyria-realtime-exp", P67),
    model("medlm-large", P83),
    model("medlm-medium", P84),
    model("multimodalembedding", P85),
    model("multimodalembedding@001", P85),
    model("nano-banana-pro-preview", P86),
    model("text-embedding-004", P87),
    model("text-embedding-005", P87),
    model("text-embedding-large-exp-03-07", P87),
    model("text-embedding-preview-0409", P88),
    model("text-multilingual-embedding-002", P87),
    model("veo-2.0-generate-001", P89),
    model("veo-3.0-fast-generate-001", P90),
    model("veo-3.0-generate-001", P91),
    model("veo-3.1-fast-generate-001", P92),
    model("veo-3.1-fast-generate-preview", P92),
    model("veo-3.1-generate-001", P93),
    model("veo-3.1-generate-preview", P93),
    model("veo-3.1-lite-generate-001", P94),
    model("veo-3.1-lite-generate-preview", P94),
    model("virtual-try-on-001", P95),
];

static R0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputCharacter, 30_000_000_000_000)])];
static P0: &[Price] = &[price(None, 100, 100, R0)];
static R1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputAudioSecond, 960_012_000_000)])];
static P1: &[Price] = &[price(None, 100, 100, R1)];
static R2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::InputCacheWrite5m, 1_000_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P2: &[Price] = &[price(None, 100, 100, R2)];
static R3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P3: &[Price] = &[price(None, 100, 100, R3)];
static R4: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputCacheWrite5m, 300_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P4: &[Price] = &[price(None, 100, 100, R4)];
static R5: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 1_500_000_000_000), unit(U::InputCacheWrite5m, 18_750_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P5: &[Price] = &[price(None, 100, 100, R5)];
static R6: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P6: &[Price] = &[price(None, 100, 100, R6)];
static R7: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 50_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P7: &[Price] = &[price(None, 100, 110, R7)];
static R8: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 50_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P8: &[Price] = &[price(None, 100, 110, R8)];
static R9: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 10_000_000_000_000), unit(U::InputCacheWrite1h, 16_000_000_000_000), unit(U::Output, 40_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 5_000_000_000_000), unit(U::InputCacheWrite1h, 8_000_000_000_000), unit(U::Output, 20_000_000_000_000)])];
static P9: &[Price] = &[price(None, 100, 100, R9)];
static R10: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::InputCacheWrite1h, 2_000_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 625_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P10: &[Price] = &[price(None, 100, 110, R10)];
static R11: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite5m, 125_000_000_000), unit(U::InputCacheWrite1h, 200_000_000_000), unit(U::Output, 500_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 100_000, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 625_000_000_000), unit(U::InputCacheWrite1h, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::InputCacheWrite5m, 62_500_000_000), unit(U::Output, 250_000_000_000)])];
static P11: &[Price] = &[price(None, 100, 110, R11)];
static R12: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P12: &[Price] = &[price(None, 100, 110, R12)];
static R13_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::Output, 37_500_000_000_000)])];
static R13_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P13: &[Price] = &[price(None, 100, 110, R13_0), price(Some(1773360000), 100, 110, R13_1)];
static R14: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 5_000_000_000_000), unit(U::InputCacheWrite1h, 8_000_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P14: &[Price] = &[price(None, 100, 110, R14)];
static R15: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 6_000_000_000_000), unit(U::InputCached, 600_000_000_000), unit(U::InputCacheWrite5m, 7_500_000_000_000), unit(U::InputCacheWrite1h, 12_000_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite5m, 1_880_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P15: &[Price] = &[price(None, 100, 110, R15)];
static R16: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite5m, 1_880_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P16: &[Price] = &[price(None, 100, 110, R16)];
static R17: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::InputCacheWrite1h, 4_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P17: &[Price] = &[price(None, 100, 110, R17)];
static R18: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::InputCacheWrite1h, 4_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P18: &[Price] = &[price(None, 100, 110, R18)];
static R19: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P19: &[Price] = &[price(None, 100, 100, R19)];
static R20: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::Output, 375_000_000_000)])];
static P20: &[Price] = &[price(None, 100, 100, R20)];
static R21: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 18_750_000_000), unit(U::Output, 300_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 600_000_000_000)])];
static P21: &[Price] = &[price(None, 100, 100, R21)];
static R22: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P22: &[Price] = &[price(None, 100, 100, R22)];
static R23: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputAudio, 700_000_000_000), unit(U::InputAudioCached, 175_000_000_000), unit(U::Output, 400_000_000_000), unit(U::InputCharacter, 37_500_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 300_000_000_000)])];
static P23: &[Price] = &[price(None, 100, 100, R23)];
static R24: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::InputAudio, 75_000_000_000), unit(U::Output, 300_000_000_000), unit(U::InputCharacter, 18_750_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 37_500_000_000), unit(U::InputAudio, 37_500_000_000), unit(U::Output, 150_000_000_000)])];
static P24: &[Price] = &[price(None, 100, 100, R24)];
static R25: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P25: &[Price] = &[price(None, 100, 100, R25)];
static R26: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::OutputReasoning, 2_500_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::InputCached, 54_000_000_000), unit(U::InputAudio, 1_800_000_000_000), unit(U::InputAudioCached, 180_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P26: &[Price] = &[price(None, 100, 100, R26)];
static R27: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::OutputReasoning, 2_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P27: &[Price] = &[price(None, 100, 100, R27)];
static R28: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)])];
static P28: &[Price] = &[price(None, 100, 100, R28)];
static R29: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P29: &[Price] = &[price(None, 100, 100, R29)];
static R30: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 300_000_000_000), unit(U::InputAudioCached, 30_000_000_000), unit(U::Output, 400_000_000_000), unit(U::OutputReasoning, 400_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 150_000_000_000), unit(U::InputAudioCached, 30_000_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 150_000_000_000), unit(U::InputAudioCached, 30_000_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 180_000_000_000), unit(U::InputCached, 18_000_000_000), unit(U::InputAudio, 540_000_000_000), unit(U::InputAudioCached, 54_000_000_000), unit(U::Output, 720_000_000_000)])];
static P30: &[Price] = &[price(None, 100, 100, R30)];
static R31: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputAudio, 300_000_000_000), unit(U::InputAudioCached, 30_000_000_000), unit(U::Output, 400_000_000_000), unit(U::OutputReasoning, 400_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputAudio, 150_000_000_000), unit(U::Output, 200_000_000_000)])];
static P31: &[Price] = &[price(None, 100, 100, R31)];
static R32: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P32: &[Price] = &[price(None, 100, 100, R32)];
static R33: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputAudio, 3_000_000_000_000), unit(U::InputImage, 3_000_000_000_000), unit(U::InputVideo, 3_000_000_000_000), unit(U::Output, 2_000_000_000_000), unit(U::OutputAudio, 12_000_000_000_000)])];
static P33: &[Price] = &[price(None, 100, 100, R33)];
static R34: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 600_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)])];
static P34: &[Price] = &[price(None, 100, 100, R34)];
static R35: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::OutputReasoning, 2_500_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P35: &[Price] = &[price(None, 100, 100, R35)];
static R36: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputAudio, 10_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P36: &[Price] = &[price(None, 100, 100, R36)];
static R37: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000), unit(U::MapsCall, 25_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_250_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 4_500_000_000_000), unit(U::InputCached, 450_000_000_000), unit(U::Output, 27_000_000_000_000)])];
static P37: &[Price] = &[price(None, 100, 100, R37)];
static R38: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::InputAudio, 700_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::OutputAudio, 20_000_000_000_000), unit(U::GroundedPrompt, 35_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P38: &[Price] = &[price(None, 100, 100, R38)];
static R39: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::OutputAudio, 20_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P39: &[Price] = &[price(None, 100, 100, R39)];
static R40_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static R40_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::OutputReasoning, 3_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 100_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::InputCached, 90_000_000_000), unit(U::InputAudio, 1_800_000_000_000), unit(U::InputAudioCached, 180_000_000_000), unit(U::Output, 5_400_000_000_000)])];
static P40: &[Price] = &[price(None, 100, 100, R40_0), price(Some(1767571200), 100, 100, R40_1)];
static R41_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000)])];
static R41_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::OutputImage, 60_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::Output, 21_600_000_000_000)])];
static P41: &[Price] = &[price(None, 100, 100, R41_0), price(Some(1767571200), 100, 100, R41_1)];
static R42_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static R42_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P42: &[Price] = &[price(None, 100, 100, R42_0), price(Some(1767571200), 100, 100, R42_1)];
static R43_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static R43_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static P43: &[Price] = &[price(None, 100, 100, R43_0), price(Some(1767571200), 100, 100, R43_1)];
static R44: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 3_000_000_000_000), unit(U::OutputImage, 60_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)])];
static P44: &[Price] = &[price(None, 100, 100, R44)];
static R45: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 50_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputReasoning, 1_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputAudio, 250_000_000_000), unit(U::InputAudioCached, 25_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputAudio, 250_000_000_000), unit(U::InputAudioCached, 25_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::InputAudio, 900_000_000_000), unit(U::InputAudioCached, 90_000_000_000), unit(U::Output, 2_700_000_000_000)])];
static P45: &[Price] = &[price(None, 100, 100, R45)];
static R46: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::Output, 750_000_000_000), unit(U::OutputImage, 15_000_000_000_000)])];
static P46: &[Price] = &[price(None, 100, 100, R46)];
static R47: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputAudio, 500_000_000_000), unit(U::InputAudioCached, 50_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::OutputReasoning, 1_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::InputAudio, 250_000_000_000), unit(U::InputAudioCached, 25_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::Output, 2_700_000_000_000)])];
static P47: &[Price] = &[price(None, 100, 100, R47)];
static R48: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputAudio, 3_000_000_000_000), unit(U::InputImage, 1_000_000_000_000), unit(U::InputVideo, 1_000_000_000_000), unit(U::Output, 4_500_000_000_000), unit(U::OutputAudio, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)])];
static P48: &[Price] = &[price(None, 100, 100, R48)];
static R49: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P49: &[Price] = &[price(None, 100, 100, R49)];
static R50: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputAudio, 1_500_000_000_000), unit(U::Output, 9_000_000_000_000), unit(U::OutputReasoning, 9_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 270_000_000_000), unit(U::InputAudio, 2_700_000_000_000), unit(U::Output, 16_200_000_000_000)])];
static P50: &[Price] = &[price(None, 100, 100, R50)];
static R51: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::OutputReasoning, 2_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 540_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 4_500_000_000_000)])];
static P51: &[Price] = &[price(None, 100, 100, R51)];
static R52: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputAudio, 3_500_000_000_000), unit(U::Output, 21_000_000_000_000), unit(U::OutputAudio, 21_000_000_000_000)])];
static P52: &[Price] = &[price(None, 100, 100, R52)];
static R53: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputAudio, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P53: &[Price] = &[price(None, 100, 100, R53)];
static R54: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputAudio, 3_500_000_000_000), unit(U::Output, 21_000_000_000_000)])];
static P54: &[Price] = &[price(None, 100, 100, R54)];
static R55_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000), unit(U::OutputReasoning, 3_750_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_350_000_000_000), unit(U::InputCached, 135_000_000_000), unit(U::Output, 6_750_000_000_000)])];
static R55_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::OutputReasoning, 3_750_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_350_000_000_000), unit(U::InputCached, 135_000_000_000), unit(U::Output, 6_750_000_000_000)])];
static P55: &[Price] = &[price(None, 100, 100, R55_0), price(Some(1798761600), 100, 100, R55_1)];
static R56_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000), unit(U::OutputReasoning, 3_750_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_350_000_000_000), unit(U::InputCached, 135_000_000_000), unit(U::Output, 6_750_000_000_000)])];
static R56_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::OutputReasoning, 3_750_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_350_000_000_000), unit(U::InputCached, 135_000_000_000), unit(U::Output, 6_750_000_000_000)])];
static P56: &[Price] = &[price(None, 100, 100, R56_0), price(Some(1798761600), 100, 100, R56_1)];
static R57_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000), unit(U::OutputReasoning, 7_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 1_875_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 270_000_000_000), unit(U::Output, 13_500_000_000_000)])];
static R57_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::OutputReasoning, 7_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 270_000_000_000), unit(U::Output, 13_500_000_000_000)])];
static P57: &[Price] = &[price(None, 100, 110, R57_0), price(Some(1798761600), 100, 110, R57_1)];
static R58_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::OutputAudio, 6_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 3_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 3_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 10_800_000_000_000)])];
static R58_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputAudio, 6_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_800_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 21_600_000_000_000)])];
static P58: &[Price] = &[price(None, 100, 100, R58_0), price(Some(1798761600), 100, 100, R58_1)];
static R59_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 9_000_000_000_000), unit(U::OutputAudio, 9_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 900_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 16_200_000_000_000)])];
static R59_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 18_000_000_000_000), unit(U::OutputAudio, 9_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_800_000_000_000), unit(U::InputCached, 225_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P59: &[Price] = &[price(None, 100, 100, R59_0), price(Some(1798761600), 100, 100, R59_1)];
static R60_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputReasoning, 10_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 180_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static R60_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::OutputReasoning, 10_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 180_000_000_000), unit(U::Output, 18_000_000_000_000)])];
static P60: &[Price] = &[price(None, 100, 100, R60_0), price(Some(1796083200), 100, 100, R60_1)];
static R61: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputAudio, 4_000_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::OutputReasoning, 20_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputAudio, 2_000_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::InputAudio, 7_200_000_000_000), unit(U::Output, 36_000_000_000_000)])];
static P61: &[Price] = &[price(None, 100, 110, R61)];
static R62: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::OutputReasoning, 7_500_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_700_000_000_000), unit(U::InputCached, 135_000_000_000), unit(U::Output, 13_500_000_000_000)])];
static P62: &[Price] = &[price(None, 100, 100, R62)];
static R63: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, "", &[unit(U::Input, 75_000_000_000)])];
static P63: &[Price] = &[price(None, 100, 100, R63)];
static R64: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputAudio, 6_500_000_000_000), unit(U::InputImage, 450_000_000_000), unit(U::InputVideo, 12_000_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputAudio, 3_250_000_000_000), unit(U::InputImage, 225_000_000_000), unit(U::InputVideo, 6_000_000_000_000)])];
static P64: &[Price] = &[price(None, 100, 100, R64)];
static R65: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 0), unit(U::Output, 0)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 0), unit(U::Output, 0)])];
static P65: &[Price] = &[price(None, 100, 100, R65)];
static R66: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 37_500_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 150_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 75_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 300_000_000_000)])];
static P66: &[Price] = &[price(None, 100, 100, R66)];
static R67: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 0), unit(U::Output, 0)])];
static P67: &[Price] = &[price(None, 100, 100, R67)];
static R68: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 350_000_000_000), unit(U::Output, 1_050_000_000_000)])];
static P68: &[Price] = &[price(None, 100, 100, R68)];
static R69: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputAudio, 3_000_000_000_000), unit(U::InputImage, 3_000_000_000_000), unit(U::InputVideo, 3_000_000_000_000), unit(U::Output, 2_000_000_000_000), unit(U::OutputAudio, 12_000_000_000_000), unit(U::WebSearchCall, 35_000_000_000_000_000)])];
static P69: &[Price] = &[price(None, 100, 100, R69)];
static R70: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 7_500_000_000_000), unit(U::OutputImage, 30_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::Output, 3_750_000_000_000), unit(U::OutputImage, 15_000_000_000_000)])];
static P70: &[Price] = &[price(None, 100, 100, R70)];
static R71: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputAudio, 1_500_000_000_000), unit(U::Output, 9_000_000_000_000), unit(U::OutputReasoning, 9_000_000_000_000), unit(U::OutputVideo, 17_500_000_000_000)])];
static P71: &[Price] = &[price(None, 100, 100, R71)];
static R72: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 9_000_000_000_000), unit(U::OutputReasoning, 9_000_000_000_000), unit(U::OutputVideo, 17_500_000_000_000)])];
static P72: &[Price] = &[price(None, 100, 100, R72)];
static R73: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputImage, 1_500_000_000_000), unit(U::InputVideo, 1_500_000_000_000), unit(U::Output, 9_000_000_000_000), unit(U::OutputReasoning, 9_000_000_000_000), unit(U::OutputVideo, 12_000_000_000_000)])];
static P73: &[Price] = &[price(None, 100, 100, R73)];
static R74: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 312_500_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Standard, 128_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 625_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P74: &[Price] = &[price(None, 100, 100, R74)];
static R75: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000), unit(U::MapsCall, 14_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::InputCached, 360_000_000_000), unit(U::Output, 21_600_000_000_000)]), rate(S::Priority, 200_000, "", &[unit(U::Input, 7_200_000_000_000), unit(U::InputCached, 720_000_000_000), unit(U::Output, 32_400_000_000_000)])];
static P75: &[Price] = &[price(None, 100, 100, R75)];
static R76: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::OutputReasoning, 2_500_000_000_000)])];
static P76: &[Price] = &[price(None, 100, 100, R76)];
static R77_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::OutputReasoning, 5_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static R77_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputReasoning, 5_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P77: &[Price] = &[price(None, 100, 100, R77_0), price(Some(1798761600), 100, 100, R77_1)];
static R78_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)])];
static R78_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputAudio, 1_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)])];
static P78: &[Price] = &[price(None, 100, 100, R78_0), price(Some(1798761600), 100, 100, R78_1)];
static R79: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 650_000_000_000), unit(U::Output, 650_000_000_000)])];
static P79: &[Price] = &[price(None, 100, 100, R79)];
static R80: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 15_000_000_000), unit(U::Output, 600_000_000_000)])];
static P80: &[Price] = &[price(None, 100, 100, R80)];
static R81: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputPicture, 20_000_000_000_000_000)])];
static P81: &[Price] = &[price(None, 100, 100, R81)];
static R82: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputPicture, 40_000_000_000_000_000)])];
static P82: &[Price] = &[price(None, 100, 100, R82)];
static R83: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputCharacter, 5_000_000_000_000)])];
static P83: &[Price] = &[price(None, 100, 100, R83)];
static R84: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputCharacter, 500_000_000_000)])];
static P84: &[Price] = &[price(None, 100, 100, R84)];
static R85: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 0), unit(U::InputCharacter, 200_000_000_000)])];
static P85: &[Price] = &[price(None, 100, 100, R85)];
static R86: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputImage, 120_000_000_000_000), unit(U::WebSearchCall, 14_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_600_000_000_000), unit(U::Output, 21_600_000_000_000)])];
static P86: &[Price] = &[price(None, 100, 100, R86)];
static R87: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 0), unit(U::InputCharacter, 25_000_000_000)])];
static P87: &[Price] = &[price(None, 100, 100, R87)];
static R88: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 6_250_000_000), unit(U::Output, 0)])];
static P88: &[Price] = &[price(None, 100, 100, R88)];
static R89: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 1_800_000_000_000_000)])];
static P89: &[Price] = &[price(None, 100, 100, R89)];
static R90: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 360_000_000_000_000)]), rate(S::Standard, 0, "1080p", &[unit(U::OutputVideoSecond, 432_000_000_000_000)])];
static P90: &[Price] = &[price(None, 100, 100, R90)];
static R91: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 1_440_000_000_000_000)])];
static P91: &[Price] = &[price(None, 100, 100, R91)];
static R92: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 360_000_000_000_000)]), rate(S::Standard, 0, "1080p", &[unit(U::OutputVideoSecond, 432_000_000_000_000)]), rate(S::Standard, 0, "4k", &[unit(U::OutputVideoSecond, 1_080_000_000_000_000)])];
static P92: &[Price] = &[price(None, 100, 100, R92)];
static R93: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 1_440_000_000_000_000)]), rate(S::Standard, 0, "4k", &[unit(U::OutputVideoSecond, 2_160_000_000_000_000)])];
static P93: &[Price] = &[price(None, 100, 100, R93)];
static R94: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 180_000_000_000_000)]), rate(S::Standard, 0, "1080p", &[unit(U::OutputVideoSecond, 288_000_000_000_000)])];
static P94: &[Price] = &[price(None, 100, 100, R94)];
static R95: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputPicture, 60_000_000_000_000_000)])];
static P95: &[Price] = &[price(None, 100, 100, R95)];
