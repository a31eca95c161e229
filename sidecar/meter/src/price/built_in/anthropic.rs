//! Made by prices/generate.py from the catalogues; do not edit.

use super::{model, price, rate, unit};
use crate::{price::table::{Model, Price, Rate, Service as S}, usage::UnitKind as U};

pub(super) static ANTHROPIC: &[Model] = &[
    model("claude-2", P0),
    model("claude-2.0", P0),
    model("claude-2.1", P0),
    model("claude-3-5-haiku", P1),
    model("claude-3-5-haiku-latest", P1),
    model("claude-3-5-sonnet", P2),
    model("claude-3-5-sonnet-latest", P2),
    model("claude-3-7-sonnet", P2),
    model("claude-3-7-sonnet-latest", P2),
    model("claude-3-haiku", P3),
    model("claude-3-opus", P4),
    model("claude-3-opus-latest", P4),
    model("claude-3-sonnet", P5),
    model("claude-fable-5", P6),
    model("claude-fable-5-1", P7),
    model("claude-fable-5-2", P8),
    model("claude-haiku-4-5", P9),
    model("claude-haiku-4-5-20251001", P9),
    model("claude-haiku-5-5", P10),
    model("claude-mythos-5", P6),
    model("claude-mythos-5-1", P7),
    model("claude-mythos-5-2", P8),
    model("claude-mythos-preview", P11),
    model("claude-opus-4", P12),
    model("claude-opus-4-0", P12),
    model("claude-opus-4-1", P12),
    model("claude-opus-4-20250514", P12),
    model("claude-opus-4-5", P13),
    model("claude-opus-4-5-20251101", P13),
    model("claude-opus-4-6", P14),
    model("claude-opus-4-6-20260205", P14),
    model("claude-opus-4-7", P15),
    model("claude-opus-4-7-20260416", P15),
    model("claude-opus-4-8", P16),
    model("claude-opus-5", P16),
    model("claude-opus-5-5", P17),
    model("claude-opus-5-latest", P18),
    model("claude-sonnet-4", P2),
    model("claude-sonnet-4-0", P2),
    model("claude-sonnet-4-5", P19),
    model("claude-sonnet-4-5-20250929", P19),
    model("claude-sonnet-4-6", P20),
    model("claude-sonnet-5", P21),
    model("claude-sonnet-5-5", P22),
    model("claude-v1", P0),
];

static R0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::Output, 24_000_000_000_000)])];
static P0: &[Price] = &[price(None, [100, 100, 100], R0)];
static R1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::InputCacheWrite5m, 1_000_000_000_000), unit(U::InputCacheWrite1h, 1_600_000_000_000), unit(U::Output, 4_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)])];
static P1: &[Price] = &[price(None, [100, 100, 100], R1)];
static R2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)])];
static P2: &[Price] = &[price(None, [100, 100, 100], R2)];
static R3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 30_000_000_000), unit(U::InputCacheWrite5m, 300_000_000_000), unit(U::InputCacheWrite1h, 500_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P3: &[Price] = &[price(None, [100, 100, 100], R3)];
static R4: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 1_500_000_000_000), unit(U::InputCacheWrite5m, 18_750_000_000_000), unit(U::InputCacheWrite1h, 30_000_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P4: &[Price] = &[price(None, [100, 100, 100], R4)];
static R5: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P5: &[Price] = &[price(None, [100, 100, 100], R5)];
static R6: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 50_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P6: &[Price] = &[price(None, [110, 100, 100], R6)];
static R7: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 50_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P7: &[Price] = &[price(None, [110, 100, 100], R7)];
static R8: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 10_000_000_000_000), unit(U::InputCacheWrite1h, 16_000_000_000_000), unit(U::Output, 40_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 5_000_000_000_000), unit(U::InputCacheWrite1h, 8_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 16_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite5m, 20_000_000_000_000), unit(U::InputCacheWrite1h, 32_000_000_000_000), unit(U::Output, 80_000_000_000_000)])];
static P8: &[Price] = &[price(None, [100, 100, 100], R8)];
static R9: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::InputCacheWrite1h, 2_000_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 625_000_000_000), unit(U::InputCacheWrite1h, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000)])];
static P9: &[Price] = &[price(None, [100, 100, 100], R9)];
static R10: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite5m, 125_000_000_000), unit(U::InputCacheWrite1h, 200_000_000_000), unit(U::Output, 500_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 100_000, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 625_000_000_000), unit(U::InputCacheWrite1h, 1_000_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::InputCacheWrite5m, 62_500_000_000), unit(U::InputCacheWrite1h, 100_000_000_000), unit(U::Output, 250_000_000_000)]), rate(S::Batch, 100_000, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputCacheWrite5m, 312_500_000_000), unit(U::InputCacheWrite1h, 500_000_000_000), unit(U::Output, 1_250_000_000_000)])];
static P10: &[Price] = &[price(None, [110, 100, 100], R10)];
static R11: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 50_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)])];
static P11: &[Price] = &[price(None, [110, 100, 100], R11)];
static R12: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 1_500_000_000_000), unit(U::InputCacheWrite5m, 18_750_000_000_000), unit(U::InputCacheWrite1h, 30_000_000_000_000), unit(U::Output, 75_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)])];
static P12: &[Price] = &[price(None, [100, 100, 100], R12)];
static R13: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::InputCacheWrite1h, 5_000_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P13: &[Price] = &[price(None, [100, 100, 100], R13)];
static R14_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 37_500_000_000_000)])];
static R14_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::InputCacheWrite1h, 5_000_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P14: &[Price] = &[price(None, [110, 100, 100], R14_0), price(Some(1773360000), [110, 100, 100], R14_1)];
static R15: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::InputCacheWrite1h, 5_000_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P15: &[Price] = &[price(None, [110, 100, 100], R15)];
static R16: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::InputCacheWrite1h, 5_000_000_000_000), unit(U::Output, 12_500_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 50_000_000_000_000)])];
static P16: &[Price] = &[price(None, [110, 100, 100], R16)];
static R17: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 5_000_000_000_000), unit(U::InputCacheWrite1h, 8_000_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::InputCacheWrite1h, 4_000_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite5m, 10_000_000_000_000), unit(U::InputCacheWrite1h, 16_000_000_000_000), unit(U::Output, 40_000_000_000_000)])];
static P17: &[Price] = &[price(None, [110, 100, 100], R17)];
static R18: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite5m, 6_250_000_000_000), unit(U::InputCacheWrite1h, 10_000_000_000_000), unit(U::Output, 25_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite5m, 3_125_000_000_000), unit(U::InputCacheWrite1h, 5_000_000_000_000), unit(U::Output, 12_500_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite5m, 12_500_000_000_000), unit(U::InputCacheWrite1h, 20_000_000_000_000), unit(U::Output, 50_000_000_000_000)])];
static P18: &[Price] = &[price(None, [100, 100, 100], R18)];
static R19_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 6_000_000_000_000), unit(U::InputCached, 600_000_000_000), unit(U::InputCacheWrite5m, 7_500_000_000_000), unit(U::InputCacheWrite1h, 12_000_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite5m, 1_875_000_000_000), unit(U::InputCacheWrite1h, 3_000_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Batch, 200_000, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 11_250_000_000_000)])];
static R19_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite5m, 1_875_000_000_000), unit(U::InputCacheWrite1h, 3_000_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P19: &[Price] = &[price(None, [100, 100, 100], R19_0), price(Some(1777507200), [100, 100, 100], R19_1)];
static R20_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Standard, 200_000, "", &[unit(U::Input, 6_000_000_000_000), unit(U::InputCached, 600_000_000_000), unit(U::InputCacheWrite5m, 7_500_000_000_000), unit(U::InputCacheWrite1h, 12_000_000_000_000), unit(U::Output, 22_500_000_000_000)])];
static R20_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputCacheWrite5m, 3_750_000_000_000), unit(U::InputCacheWrite1h, 6_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::InputCacheWrite5m, 1_875_000_000_000), unit(U::InputCacheWrite1h, 3_000_000_000_000), unit(U::Output, 7_500_000_000_000)])];
static P20: &[Price] = &[price(None, [110, 100, 100], R20_0), price(Some(1773360000), [110, 100, 100], R20_1)];
static R21: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::InputCacheWrite1h, 4_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::InputCacheWrite1h, 2_000_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P21: &[Price] = &[price(None, [110, 100, 100], R21)];
static R22: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite5m, 2_500_000_000_000), unit(U::InputCacheWrite1h, 4_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite5m, 1_250_000_000_000), unit(U::InputCacheWrite1h, 2_000_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P22: &[Price] = &[price(None, [110, 100, 100], R22)];
