//! Made by prices/generate.py from the catalogues; do not edit.

use super::{model, price, rate, unit};
use crate::{price::table::{Model, Price, Rate, Service as S}, usage::UnitKind as U};

pub(super) static XAI: &[Model] = &[
    model("grok-2", P0),
    model("grok-2-1212", P0),
    model("grok-2-latest", P0),
    model("grok-2-vision", P0),
    model("grok-2-vision-1212", P0),
    model("grok-2-vision-latest", P0),
    model("grok-3", P1),
    model("grok-3-beta", P1),
    model("grok-3-fast", P2),
    model("grok-3-fast-beta", P2),
    model("grok-3-fast-latest", P2),
    model("grok-3-latest", P1),
    model("grok-3-mini", P3),
    model("grok-3-mini-beta", P3),
    model("grok-3-mini-fast", P4),
    model("grok-3-mini-fast-beta", P4),
    model("grok-3-mini-fast-latest", P4),
    model("grok-3-mini-latest", P3),
    model("grok-4", P1),
    model("grok-4-0709", P1),
    model("grok-4-1-fast", P5),
    model("grok-4-1-fast-non-reasoning", P5),
    model("grok-4-1-fast-non-reasoning-latest", P5),
    model("grok-4-1-fast-reasoning", P5),
    model("grok-4-1-fast-reasoning-latest", P5),
    model("grok-4-fast", P5),
    model("grok-4-fast-non-reasoning", P5),
    model("grok-4-fast-non-reasoning-latest", P5),
    model("grok-4-fast-reasoning", P5),
    model("grok-4-fast-reasoning-latest", P5),
    model("grok-4-latest", P1),
    model("grok-4.20", P6),
    model("grok-4.20-0309", P7),
    model("grok-4.20-0309-non-reasoning", P6),
    model("grok-4.20-0309-reasoning", P6),
    model("grok-4.20-beta", P8),
    model("grok-4.20-beta-0309", P8),
    model("grok-4.20-beta-0309-non-reasoning", P8),
    model("grok-4.20-beta-0309-reasoning", P8),
    model("grok-4.20-beta-latest", P8),
    model("grok-4.20-beta-latest-non-reasoning", P8),
    model("grok-4.20-beta-latest-reasoning", P8),
    model("grok-4.20-beta-non-reasoning", P8),
    model("grok-4.20-beta-reasoning", P8),
    model("grok-4.20-experimental-beta-0304", P8),
    model("grok-4.20-experimental-beta-0304-non-reasoning", P8),
    model("grok-4.20-experimental-beta-0304-reasoning", P8),
    model("grok-4.20-experimental-beta-latest", P8),
    model("grok-4.20-experimental-beta-non-reasoning-latest", P8),
    model("grok-4.20-experimental-beta-reasoning-latest", P8),
    model("grok-4.20-multi-agent", P6),
    model("grok-4.20-multi-agent-0309", P6),
    model("grok-4.20-multi-agent-beta-0309", P6),
    model("grok-4.20-multi-agent-beta-latest", P6),
    model("grok-4.20-multi-agent-experimental-beta-0304", P8),
    model("grok-4.20-multi-agent-experimental-beta-latest", P8),
    model("grok-4.20-multi-agent-latest", P6),
    model("grok-4.20-non-reasoning", P7),
    model("grok-4.20-non-reasoning-gv2", P8),
    model("grok-4.20-non-reasoning-latest", P7),
    model("grok-4.20-reasoning", P7),
    model("grok-4.20-reasoning-gv2", P8),
    model("grok-4.20-reasoning-latest", P7),
    model("grok-4.3", P7),
    model("grok-4.3-latest", P7),
    model("grok-4.5", P9),
    model("grok-4.5-latest", P9),
    model("grok-4.6", P10),
    model("grok-4.6-latest", P10),
    model("grok-4.7", P11),
    model("grok-4.7-latest", P10),
    model("grok-build-0.1", P12),
    model("grok-build-latest", P9),
    model("grok-code-fast", P13),
    model("grok-code-fast-1", P13),
    model("grok-code-fast-1-0825", P13),
    model("grok-imagine-image", P14),
    model("grok-imagine-image-2.0", P15),
    model("grok-imagine-image-2026-03-02", P14),
    model("grok-imagine-image-pro", P16),
    model("grok-imagine-image-quality", P16),
    model("grok-imagine-image-quality-20260403", P16),
    model("grok-imagine-image-quality-latest", P16),
    model("grok-imagine-video", P17),
    model("grok-imagine-video-1.5", P18),
    model("grok-imagine-video-1.5-2026-05-30", P18),
    model("grok-imagine-video-1.5-lite", P19),
    model("grok-imagine-video-1.5-preview", P18),
    model("grok-latest", P9),
    model("grok-voice-2.0", P20),
    model("grok-voice-3.0", P21),
    model("grok-voice-latest", P21),
    model("grok-voice-think-fast-1.0", P22),
    model("grok-voice-think-fast-2.0", P20),
    model("grok-voice-transcribe-1.0", P23),
    model("grok-voice-transcribe-2.0", P23),
];

static R0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)])];
static P0: &[Price] = &[price(None, [100, 100, 100], R0)];
static R1_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 750_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)])];
static R1_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 160_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Batch, 199_999, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 320_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P1: &[Price] = &[price(None, [100, 100, 100], R1_0), price(Some(1778871600), [100, 100, 100], R1_1)];
static R2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)])];
static P2: &[Price] = &[price(None, [100, 100, 100], R2)];
static R3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 500_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)])];
static P3: &[Price] = &[price(None, [100, 100, 100], R3)];
static R4: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 4_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)])];
static P4: &[Price] = &[price(None, [100, 100, 100], R4)];
static R5_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 500_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)])];
static R5_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 160_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Batch, 199_999, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 320_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P5: &[Price] = &[price(None, [100, 100, 100], R5_0), price(Some(1778871600), [100, 100, 100], R5_1)];
static R6_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static R6_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 160_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Batch, 199_999, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 320_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P6: &[Price] = &[price(None, [100, 100, 100], R6_0), price(Some(1777507200), [100, 100, 100], R6_1)];
static R7: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 160_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Batch, 199_999, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 320_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P7: &[Price] = &[price(None, [100, 100, 100], R7)];
static R8: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_500_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P8: &[Price] = &[price(None, [100, 100, 100], R8)];
static R9: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 600_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P9: &[Price] = &[price(None, [100, 100, 100], R9)];
static R10: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P10: &[Price] = &[price(None, [100, 100, 100], R10)];
static R11: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_600_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 4_800_000_000_000)]), rate(S::Batch, 199_999, "", &[unit(U::Input, 3_200_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::Output, 9_600_000_000_000)])];
static P11: &[Price] = &[price(None, [100, 100, 100], R11)];
static R12: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P12: &[Price] = &[price(None, [100, 100, 100], R12)];
static R13_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_500_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)])];
static R13_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 2_000_000_000_000), unit(U::WebSearchCall, 5_000_000_000_000_000), unit(U::XSearchCall, 5_000_000_000_000_000), unit(U::SearchSource, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::AttachmentSearchCall, 10_000_000_000_000_000), unit(U::CodeSession, 5_000_000_000_000_000)]), rate(S::Standard, 199_999, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P13: &[Price] = &[price(None, [100, 100, 100], R13_0), price(Some(1778871600), [100, 100, 100], R13_1)];
static R14: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputPicture, 20_000_000_000_000_000)])];
static P14: &[Price] = &[price(None, [100, 100, 100], R14)];
static R15: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputPicture, 60_000_000_000_000_000)]), rate(S::Standard, 0, "1k", &[unit(U::OutputPicture, 40_000_000_000_000_000)]), rate(S::Standard, 0, "2k", &[unit(U::OutputPicture, 60_000_000_000_000_000)]), rate(S::Standard, 0, "low/1024x1024", &[unit(U::OutputPicture, 40_000_000_000_000_000)])];
static P15: &[Price] = &[price(None, [100, 100, 100], R15)];
static R16: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputPicture, 50_000_000_000_000_000)])];
static P16: &[Price] = &[price(None, [100, 100, 100], R16)];
static R17: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 180_000_000_000_000), unit(U::InputPicture, 2_000_000_000_000_000)]), rate(S::Standard, 0, "480p", &[unit(U::OutputVideoSecond, 180_000_000_000_000)]), rate(S::Standard, 0, "720p", &[unit(U::OutputVideoSecond, 252_000_000_000_000)])];
static P17: &[Price] = &[price(None, [100, 100, 100], R17)];
static R18: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 288_000_000_000_000), unit(U::InputPicture, 10_000_000_000_000_000)]), rate(S::Standard, 0, "1080p", &[unit(U::OutputVideoSecond, 900_000_000_000_000)]), rate(S::Standard, 0, "480p", &[unit(U::OutputVideoSecond, 288_000_000_000_000)]), rate(S::Standard, 0, "720p", &[unit(U::OutputVideoSecond, 504_000_000_000_000)])];
static P18: &[Price] = &[price(None, [100, 100, 100], R18)];
static R19: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 72_000_000_000_000), unit(U::InputPicture, 10_000_000_000_000_000)]), rate(S::Standard, 0, "1080p", &[unit(U::OutputVideoSecond, 504_000_000_000_000)]), rate(S::Standard, 0, "480p", &[unit(U::OutputVideoSecond, 72_000_000_000_000)]), rate(S::Standard, 0, "720p", &[unit(U::OutputVideoSecond, 108_000_000_000_000)])];
static P19: &[Price] = &[price(None, [100, 100, 100], R19)];
static R20: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputAudioSecond, 4_800_000_000_000), unit(U::TextMessage, 4_000_000_000_000_000)])];
static P20: &[Price] = &[price(None, [100, 100, 100], R20)];
static R21_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputAudioSecond, 3_000_000_000_000), unit(U::TextMessage, 4_000_000_000_000_000)])];
static R21_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputAudioSecond, 4_800_000_000_000), unit(U::TextMessage, 4_000_000_000_000_000)])];
static P21: &[Price] = &[price(None, [100, 100, 100], R21_0), price(Some(1785888000), [100, 100, 100], R21_1)];
static R22: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputAudioSecond, 3_000_000_000_000), unit(U::TextMessage, 4_000_000_000_000_000)])];
static P22: &[Price] = &[price(None, [100, 100, 100], R22)];
static R23: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputAudioSecond, 100_008_000_000)])];
static P23: &[Price] = &[price(None, [100, 100, 100], R23)];
