//! Made by prices/generate.py from the catalogues; do not edit.

use super::{model, price, rate, unit};
use crate::{price::table::{Model, Price, Rate, Service as S}, usage::UnitKind as U};

pub(super) static OPENAI: &[Model] = &[
    model("ada", P0),
    model("babbage", P1),
    model("babbage-002", P0),
    model("chat-latest", P2),
    model("chatgpt-4o-latest", P3),
    model("codex-mini", P4),
    model("codex-mini-latest", P4),
    model("computer-use", P5),
    model("computer-use-preview", P5),
    model("computer-use-preview-2025-03-11", P5),
    model("curie", P6),
    model("davinci", P7),
    model("davinci-002", P6),
    model("daybreak-blue-latest", P8),
    model("daybreak-red-latest", P9),
    model("ft:gpt-3.5-turbo", P10),
    model("ft:gpt-3.5-turbo-0125", P10),
    model("ft:gpt-3.5-turbo-0613", P10),
    model("ft:gpt-3.5-turbo-1106", P10),
    model("ft:gpt-4-0613", P11),
    model("ft:gpt-4.1-2025-04-14", P12),
    model("ft:gpt-4.1-mini-2025-04-14", P13),
    model("ft:gpt-4.1-nano-2025-04-14", P14),
    model("ft:gpt-4o-2024-08-06", P15),
    model("ft:gpt-4o-2024-11-20", P16),
    model("ft:gpt-4o-mini-2024-07-18", P17),
    model("ft:o4-mini-2025-04-16", P18),
    model("gpt-3.5-0301", P19),
    model("gpt-3.5-turbo", P20),
    model("gpt-3.5-turbo-0125", P20),
    model("gpt-3.5-turbo-0301", P19),
    model("gpt-3.5-turbo-0613", P19),
    model("gpt-3.5-turbo-1106", P21),
    model("gpt-3.5-turbo-16k", P22),
    model("gpt-3.5-turbo-16k-0613", P22),
    model("gpt-3.5-turbo-instruct", P19),
    model("gpt-3.5-turbo-instruct-0914", P19),
    model("gpt-4", P11),
    model("gpt-4-0125-preview", P23),
    model("gpt-4-0314", P11),
    model("gpt-4-0613", P11),
    model("gpt-4-1106-preview", P23),
    model("gpt-4-1106-vision-preview", P24),
    model("gpt-4-32k", P25),
    model("gpt-4-32k-0314", P25),
    model("gpt-4-32k-0613", P25),
    model("gpt-4-turbo", P23),
    model("gpt-4-turbo-0125-preview", P23),
    model("gpt-4-turbo-2024-04-09", P23),
    model("gpt-4-turbo-preview", P23),
    model("gpt-4-vision-preview", P24),
    model("gpt-4.1", P26),
    model("gpt-4.1-2025-04-14", P26),
    model("gpt-4.1-mini", P27),
    model("gpt-4.1-mini-2025-04-14", P27),
    model("gpt-4.1-nano", P28),
    model("gpt-4.1-nano-2025-04-14", P28),
    model("gpt-4.5-preview", P29),
    model("gpt-4o", P30),
    model("gpt-4o-2024-05-13", P31),
    model("gpt-4o-2024-08-06", P30),
    model("gpt-4o-2024-11-20", P30),
    model("gpt-4o-audio-preview", P32),
    model("gpt-4o-audio-preview-2024-12-17", P33),
    model("gpt-4o-audio-preview-2025-06-03", P33),
    model("gpt-4o-mini", P34),
    model("gpt-4o-mini-2024-07-18", P34),
    model("gpt-4o-mini-audio-preview", P35),
    model("gpt-4o-mini-audio-preview-2024-12-17", P36),
    model("gpt-4o-mini-search-preview", P34),
    model("gpt-4o-mini-search-preview-2025-03-11", P34),
    model("gpt-4o-search-preview", P37),
    model("gpt-4o-search-preview-2025-03-11", P37),
    model("gpt-5", P38),
    model("gpt-5-2025-08-07", P38),
    model("gpt-5-chat", P38),
    model("gpt-5-chat-latest", P38),
    model("gpt-5-codex", P38),
    model("gpt-5-mini", P39),
    model("gpt-5-mini-2025-08-07", P39),
    model("gpt-5-nano", P40),
    model("gpt-5-nano-2025-08-07", P40),
    model("gpt-5-pro", P41),
    model("gpt-5-pro-2025-10-06", P41),
    model("gpt-5-search-api", P42),
    model("gpt-5-search-api-2025-10-14", P42),
    model("gpt-5.1", P38),
    model("gpt-5.1-2025-11-13", P38),
    model("gpt-5.1-chat", P38),
    model("gpt-5.1-chat-latest", P38),
    model("gpt-5.1-codex", P38),
    model("gpt-5.1-codex-max", P38),
    model("gpt-5.1-codex-mini", P43),
    model("gpt-5.1-mini", P43),
    model("gpt-5.2", P44),
    model("gpt-5.2-2025-12-11", P44),
    model("gpt-5.2-chat", P44),
    model("gpt-5.2-chat-latest", P44),
    model("gpt-5.2-codex", P44),
    model("gpt-5.2-pro", P45),
    model("gpt-5.2-pro-2025-12-11", P45),
    model("gpt-5.3", P46),
    model("gpt-5.3-chat", P46),
    model("gpt-5.3-chat-latest", P46),
    model("gpt-5.3-codex", P47),
    model("gpt-5.4", P48),
    model("gpt-5.4-2026-03-05", P48),
    model("gpt-5.4-mini", P49),
    model("gpt-5.4-mini-2026-03-17", P49),
    model("gpt-5.4-nano", P50),
    model("gpt-5.4-nano-2026-03-17", P50),
    model("gpt-5.4-pro", P51),
    model("gpt-5.4-pro-2026-03-05", P51),
    model("gpt-5.5", P52),
    model("gpt-5.5-2026-04-23", P52),
    model("gpt-5.5-2026-04-24", P52),
    model("gpt-5.5-chat", P52),
    model("gpt-5.5-chat-latest", P52),
    model("gpt-5.5-codex", P52),
    model("gpt-5.5-cyber", P53),
    model("gpt-5.5-cyber-preview", P54),
    model("gpt-5.5-pro", P55),
    model("gpt-5.5-pro-2026-04-23", P55),
    model("gpt-5.6", P56),
    model("gpt-5.6-cyber", P57),
    model("gpt-5.6-luna", P58),
    model("gpt-5.6-sol", P56),
    model("gpt-5.6-terra", P59),
    model("gpt-6-astra", P60),
    model("gpt-6-astra-law", P61),
    model("gpt-6-cyber", P62),
    model("gpt-6-luna", P63),
    model("gpt-6-rosalind", P64),
    model("gpt-6-sol", P65),
    model("gpt-6.1-sol", P66),
    model("gpt-6.1-terra", P67),
    model("gpt-audio", P68),
    model("gpt-audio-1.5", P68),
    model("gpt-audio-2025-08-28", P68),
    model("gpt-audio-mini", P69),
    model("gpt-audio-mini-2025-10-06", P69),
    model("gpt-audio-mini-2025-12-15", P69),
    model("gpt-chat-latest", P2),
    model("gpt-daybreak-blue-latest", P8),
    model("gpt-daybreak-red-latest", P9),
    model("gpt-rosalind-discovery", P70),
    model("gpt-rosalind-research", P70),
    model("o1", P71),
    model("o1-2024-12-17", P71),
    model("o1-mini", P72),
    model("o1-mini-2024-09-12", P72),
    model("o1-preview", P73),
    model("o1-preview-2024-09-12", P73),
    model("o1-pro", P74),
    model("o1-pro-2025-03-19", P74),
    model("o3", P75),
    model("o3-2025-04-16", P75),
    model("o3-deep-research", P76),
    model("o3-deep-research-2025-06-26", P76),
    model("o3-mini", P77),
    model("o3-mini-2025-01-31", P77),
    model("o3-mini-high", P77),
    model("o3-pro", P78),
    model("o3-pro-2025-06-10", P78),
    model("o4-mini", P79),
    model("o4-mini-2025-04-16", P79),
    model("o4-mini-deep-research", P80),
    model("o4-mini-deep-research-2025-06-26", P80),
    model("o4-mini-high", P79),
    model("text-ada-001", P0),
    model("text-curie-001", P6),
    model("text-davinci-001", P7),
    model("text-davinci-002", P7),
    model("text-davinci-003", P7),
    model("text-embedding-3-large", P81),
    model("text-embedding-3-small", P82),
    model("text-embedding-ada", P83),
    model("text-embedding-ada-002", P84),
    model("text-embedding-ada-002-v2", P85),
];

static R0: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 400_000_000_000), unit(U::Output, 400_000_000_000)])];
static P0: &[Price] = &[price(None, 100, R0)];
static R1: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 500_000_000_000), unit(U::Output, 500_000_000_000)])];
static P1: &[Price] = &[price(None, 100, R1)];
static R2: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P2: &[Price] = &[price(None, 100, R2)];
static R3: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P3: &[Price] = &[price(None, 100, R3)];
static R4: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 375_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P4: &[Price] = &[price(None, 100, R4)];
static R5: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P5: &[Price] = &[price(None, 100, R5)];
static R6: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P6: &[Price] = &[price(None, 100, R6)];
static R7: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 20_000_000_000_000), unit(U::Output, 20_000_000_000_000)])];
static P7: &[Price] = &[price(None, 100, R7)];
static R8: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P8: &[Price] = &[price(None, 100, R8)];
static R9: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::InputCacheWrite, 15_625_000_000_000), unit(U::Output, 75_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 25_000_000_000_000), unit(U::InputCached, 2_500_000_000_000), unit(U::InputCacheWrite, 31_250_000_000_000), unit(U::Output, 112_500_000_000_000)])];
static P9: &[Price] = &[price(None, 100, R9)];
static R10: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static P10: &[Price] = &[price(None, 100, R10)];
static R11: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P11: &[Price] = &[price(None, 100, R11)];
static R12: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 750_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P12: &[Price] = &[price(None, 100, R12)];
static R13: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 3_200_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 1_600_000_000_000)])];
static P13: &[Price] = &[price(None, 100, R13)];
static R14: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 800_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 400_000_000_000)])];
static P14: &[Price] = &[price(None, 100, R14)];
static R15: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 3_750_000_000_000), unit(U::InputCached, 1_875_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 2_225_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P15: &[Price] = &[price(None, 100, R15)];
static R16: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 3_750_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P16: &[Price] = &[price(None, 100, R16)];
static R17: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 1_200_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 600_000_000_000)])];
static P17: &[Price] = &[price(None, 100, R17)];
static R18: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 16_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P18: &[Price] = &[price(None, 100, R18)];
static R19: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P19: &[Price] = &[price(None, 100, R19)];
static R20: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 500_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 250_000_000_000), unit(U::Output, 750_000_000_000)])];
static P20: &[Price] = &[price(None, 100, R20)];
static R21: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P21: &[Price] = &[price(None, 100, R21)];
static R22: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P22: &[Price] = &[price(None, 100, R22)];
static R23: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P23: &[Price] = &[price(None, 100, R23)];
static R24: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P24: &[Price] = &[price(None, 100, R24)];
static R25: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 60_000_000_000_000), unit(U::Output, 120_000_000_000_000)])];
static P25: &[Price] = &[price(None, 100, R25)];
static R26: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 4_000_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 875_000_000_000), unit(U::Output, 14_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 875_000_000_000), unit(U::Output, 14_000_000_000_000)])];
static P26: &[Price] = &[price(None, 100, R26)];
static R27: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 1_600_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 200_000_000_000), unit(U::Output, 800_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 700_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 2_800_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 700_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 2_800_000_000_000)])];
static P27: &[Price] = &[price(None, 100, R27)];
static R28: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 400_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 50_000_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 800_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 800_000_000_000)])];
static P28: &[Price] = &[price(None, 100, R28)];
static R29: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 75_000_000_000_000), unit(U::InputCached, 37_500_000_000_000), unit(U::Output, 150_000_000_000_000)])];
static P29: &[Price] = &[price(None, 100, R29)];
static R30: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 4_250_000_000_000), unit(U::InputCached, 2_125_000_000_000), unit(U::Output, 17_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 4_250_000_000_000), unit(U::InputCached, 2_125_000_000_000), unit(U::Output, 17_000_000_000_000)])];
static P30: &[Price] = &[price(None, 100, R30)];
static R31: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 8_750_000_000_000), unit(U::Output, 26_250_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 8_750_000_000_000), unit(U::Output, 26_250_000_000_000)])];
static P31: &[Price] = &[price(None, 100, R31)];
static R32: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P32: &[Price] = &[price(None, 100, R32)];
static R33: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputAudio, 40_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputAudio, 80_000_000_000_000)])];
static P33: &[Price] = &[price(None, 100, R33)];
static R34: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 600_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 75_000_000_000), unit(U::Output, 300_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P34: &[Price] = &[price(None, 100, R34)];
static R35: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 150_000_000_000), unit(U::Output, 600_000_000_000)])];
static P35: &[Price] = &[price(None, 100, R35)];
static R36: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 150_000_000_000), unit(U::InputAudio, 10_000_000_000_000), unit(U::Output, 600_000_000_000), unit(U::OutputAudio, 20_000_000_000_000)])];
static P36: &[Price] = &[price(None, 100, R36)];
static R37: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P37: &[Price] = &[price(None, 100, R37)];
static R38: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 20_000_000_000_000)])];
static P38: &[Price] = &[price(None, 100, R38)];
static R39: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::Output, 3_600_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::Output, 3_600_000_000_000)])];
static P39: &[Price] = &[price(None, 100, R39)];
static R40: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::Output, 400_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 25_000_000_000), unit(U::InputCached, 2_500_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 25_000_000_000), unit(U::InputCached, 2_500_000_000), unit(U::Output, 200_000_000_000)])];
static P40: &[Price] = &[price(None, 100, R40)];
static R41: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 120_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 7_500_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P41: &[Price] = &[price(None, 100, R41)];
static R42: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P42: &[Price] = &[price(None, 100, R42)];
static R43: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P43: &[Price] = &[price(None, 100, R43)];
static R44: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_750_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 14_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 875_000_000_000), unit(U::InputCached, 87_500_000_000), unit(U::Output, 7_000_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 875_000_000_000), unit(U::InputCached, 87_500_000_000), unit(U::Output, 7_000_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)])];
static P44: &[Price] = &[price(None, 100, R44)];
static R45: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 21_000_000_000_000), unit(U::Output, 168_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 10_500_000_000_000), unit(U::Output, 84_000_000_000_000)])];
static P45: &[Price] = &[price(None, 100, R45)];
static R46: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_750_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 14_000_000_000_000)])];
static P46: &[Price] = &[price(None, 100, R46)];
static R47: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_750_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 14_000_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)])];
static P47: &[Price] = &[price(None, 100, R47)];
static R48: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 130_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 11_250_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 130_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 11_250_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P48: &[Price] = &[price(None, 100, R48)];
static R49: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 4_500_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 2_250_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 2_250_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 9_000_000_000_000)])];
static P49: &[Price] = &[price(None, 100, R49)];
static R50: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_250_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 625_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 625_000_000_000)])];
static P50: &[Price] = &[price(None, 100, R50)];
static R51: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 180_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 60_000_000_000_000), unit(U::Output, 270_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 90_000_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 135_000_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 90_000_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 135_000_000_000_000)])];
static P51: &[Price] = &[price(None, 100, R51)];
static R52: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 45_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P52: &[Price] = &[price(None, 100, R52)];
static R53_0: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 12_500_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static R53_1: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P53: &[Price] = &[price(None, 100, R53_0), price(Some(1792368000), 100, R53_1)];
static R54: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P54: &[Price] = &[price(None, 100, R54)];
static R55: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 180_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 60_000_000_000_000), unit(U::Output, 270_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 90_000_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 135_000_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 90_000_000_000_000)])];
static P55: &[Price] = &[price(None, 100, R55)];
static R56_0: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::Output, 45_000_000_000_000)])];
static R56_1: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 40_000_000_000_000)]), rate(S::Priority, 272_000, &[unit(U::Input, 16_000_000_000_000), unit(U::InputCached, 1_600_000_000_000), unit(U::InputCacheWrite, 20_000_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 40_000_000_000_000)]), rate(S::Fast, 272_000, &[unit(U::Input, 16_000_000_000_000), unit(U::InputCached, 1_600_000_000_000), unit(U::InputCacheWrite, 20_000_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P56: &[Price] = &[price(None, 100, R56_0), price(Some(1787270400), 100, R56_1)];
static R57: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::InputCacheWrite, 15_625_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P57: &[Price] = &[price(None, 100, R57)];
static R58_0: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 9_000_000_000_000)])];
static R58_1: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 1_200_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::Output, 1_800_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 600_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 900_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 600_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 900_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::Output, 2_400_000_000_000)]), rate(S::Priority, 272_000, &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::InputCacheWrite, 1_000_000_000_000), unit(U::Output, 3_600_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::Output, 2_400_000_000_000)]), rate(S::Fast, 272_000, &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::InputCacheWrite, 1_000_000_000_000), unit(U::Output, 3_600_000_000_000)])];
static P58: &[Price] = &[price(None, 100, R58_0), price(Some(1785369600), 100, R58_1)];
static R59_0: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite, 3_125_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::Output, 22_500_000_000_000)])];
static R59_1: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 24_000_000_000_000)]), rate(S::Priority, 272_000, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 36_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 24_000_000_000_000)]), rate(S::Fast, 272_000, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 36_000_000_000_000)])];
static P59: &[Price] = &[price(None, 100, R59_0), price(Some(1785369600), 100, R59_1)];
static R60: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::Output, 50_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 20_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::InputCacheWrite, 25_000_000_000_000), unit(U::Output, 75_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::Output, 37_500_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::Output, 25_000_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::Output, 37_500_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 20_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::InputCacheWrite, 25_000_000_000_000), unit(U::Output, 100_000_000_000_000)]), rate(S::Priority, 272_000, &[unit(U::Input, 40_000_000_000_000), unit(U::InputCached, 4_000_000_000_000), unit(U::InputCacheWrite, 50_000_000_000_000), unit(U::Output, 150_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 20_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::InputCacheWrite, 25_000_000_000_000), unit(U::Output, 100_000_000_000_000)]), rate(S::Fast, 272_000, &[unit(U::Input, 40_000_000_000_000), unit(U::InputCached, 4_000_000_000_000), unit(U::InputCacheWrite, 50_000_000_000_000), unit(U::Output, 150_000_000_000_000)]), rate(S::Ultrafast, 0, &[unit(U::Input, 60_000_000_000_000), unit(U::InputCached, 6_000_000_000_000), unit(U::InputCacheWrite, 75_000_000_000_000), unit(U::Output, 300_000_000_000_000)]), rate(S::Ultrafast, 272_000, &[unit(U::Input, 120_000_000_000_000), unit(U::InputCached, 12_000_000_000_000), unit(U::InputCacheWrite, 150_000_000_000_000), unit(U::Output, 450_000_000_000_000)])];
static P60: &[Price] = &[price(None, 100, R60)];
static R61: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 50_000_000_000_000)])];
static P61: &[Price] = &[price(None, 100, R61)];
static R62: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 20_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::InputCacheWrite, 25_000_000_000_000), unit(U::Output, 100_000_000_000_000)])];
static P62: &[Price] = &[price(None, 100, R62)];
static R63: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 500_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::InputCacheWrite, 62_500_000_000), unit(U::Output, 250_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 375_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::InputCacheWrite, 62_500_000_000), unit(U::Output, 250_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 375_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Priority, 272_000, &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Fast, 272_000, &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::Output, 1_500_000_000_000)])];
static P63: &[Price] = &[price(None, 100, R63)];
static R64: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 1_500_000_000_000), unit(U::InputCacheWrite, 18_750_000_000_000), unit(U::Output, 75_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 30_000_000_000_000), unit(U::InputCached, 3_000_000_000_000), unit(U::InputCacheWrite, 37_500_000_000_000), unit(U::Output, 112_500_000_000_000)])];
static P64: &[Price] = &[price(None, 100, R64)];
static R65: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Priority, 272_000, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Fast, 272_000, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P65: &[Price] = &[price(None, 100, R65)];
static R66: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Priority, 272_000, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Fast, 272_000, &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Ultrafast, 0, &[unit(U::Input, 12_000_000_000_000), unit(U::InputCached, 600_000_000_000), unit(U::InputCacheWrite, 15_000_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Ultrafast, 272_000, &[unit(U::Input, 24_000_000_000_000), unit(U::InputCached, 1_200_000_000_000), unit(U::InputCacheWrite, 30_000_000_000_000), unit(U::Output, 90_000_000_000_000)])];
static P66: &[Price] = &[price(None, 100, R66)];
static R67: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Standard, 272_000, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputCacheWrite, 625_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Batch, 272_000, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputCacheWrite, 625_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Flex, 272_000, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Priority, 272_000, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Fast, 272_000, &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P67: &[Price] = &[price(None, 100, R67)];
static R68: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_500_000_000_000), unit(U::InputAudio, 32_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputAudio, 64_000_000_000_000)])];
static P68: &[Price] = &[price(None, 100, R68)];
static R69: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 600_000_000_000), unit(U::InputAudio, 10_000_000_000_000), unit(U::Output, 2_400_000_000_000), unit(U::OutputAudio, 20_000_000_000_000)])];
static P69: &[Price] = &[price(None, 100, R69)];
static R70: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P70: &[Price] = &[price(None, 100, R70)];
static R71: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 7_500_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 7_500_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P71: &[Price] = &[price(None, 100, R71)];
static R72: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 550_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static P72: &[Price] = &[price(None, 100, R72)];
static R73: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 7_500_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P73: &[Price] = &[price(None, 100, R73)];
static R74: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 150_000_000_000_000), unit(U::Output, 600_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 75_000_000_000_000), unit(U::Output, 300_000_000_000_000)])];
static P74: &[Price] = &[price(None, 100, R74)];
static R75_0: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 40_000_000_000_000)])];
static R75_1: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 4_000_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 4_000_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 875_000_000_000), unit(U::Output, 14_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 875_000_000_000), unit(U::Output, 14_000_000_000_000)])];
static P75: &[Price] = &[price(None, 100, R75_0), price(Some(1749513600), 100, R75_1)];
static R76: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 2_500_000_000_000), unit(U::Output, 40_000_000_000_000)])];
static P76: &[Price] = &[price(None, 100, R76)];
static R77: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 550_000_000_000), unit(U::Output, 4_400_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 550_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static P77: &[Price] = &[price(None, 100, R77)];
static R78: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 20_000_000_000_000), unit(U::Output, 80_000_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 40_000_000_000_000)])];
static P78: &[Price] = &[price(None, 100, R78)];
static R79: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 275_000_000_000), unit(U::Output, 4_400_000_000_000)]), rate(S::Batch, 0, &[unit(U::Input, 550_000_000_000), unit(U::Output, 2_200_000_000_000)]), rate(S::Flex, 0, &[unit(U::Input, 550_000_000_000), unit(U::InputCached, 138_000_000_000), unit(U::Output, 2_200_000_000_000)]), rate(S::Priority, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)]), rate(S::Fast, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P79: &[Price] = &[price(None, 100, R79)];
static R80: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P80: &[Price] = &[price(None, 100, R80)];
static R81: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 130_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, &[unit(U::Input, 65_000_000_000), unit(U::Output, 0)])];
static P81: &[Price] = &[price(None, 100, R81)];
static R82: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 20_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, &[unit(U::Input, 10_000_000_000), unit(U::Output, 0)])];
static P82: &[Price] = &[price(None, 100, R82)];
static R83: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 100_000_000_000)])];
static P83: &[Price] = &[price(None, 100, R83)];
static R84: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 100_000_000_000), unit(U::Output, 0)])];
static P84: &[Price] = &[price(None, 100, R84)];
static R85: &[Rate] = &[rate(S::Standard, 0, &[unit(U::Input, 100_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, &[unit(U::Input, 50_000_000_000), unit(U::Output, 0)])];
static P85: &[Price] = &[price(None, 100, R85)];
