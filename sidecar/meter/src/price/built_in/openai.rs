//! Made by prices/generate.py from the catalogues; do not edit.

use super::{model, price, rate, unit};
use crate::{price::table::{Model, Price, Rate, Service as S}, usage::UnitKind as U};

pub(super) static OPENAI: &[Model] = &[
    model("ada", P0),
    model("babbage", P1),
    model("babbage-002", P2),
    model("chat-latest", P3),
    model("chatgpt-4o-latest", P4),
    model("chatgpt-image-latest", P5),
    model("codex-mini", P6),
    model("codex-mini-latest", P6),
    model("computer-use", P7),
    model("computer-use-preview", P8),
    model("computer-use-preview-2025-03-11", P8),
    model("curie", P9),
    model("davinci", P10),
    model("davinci-002", P11),
    model("daybreak-blue-latest", P12),
    model("daybreak-red-latest", P13),
    model("ft:babbage-002", P14),
    model("ft:davinci-002", P15),
    model("ft:gpt-3.5-turbo", P16),
    model("ft:gpt-3.5-turbo-0125", P16),
    model("ft:gpt-3.5-turbo-0613", P16),
    model("ft:gpt-3.5-turbo-1106", P16),
    model("ft:gpt-4-0613", P17),
    model("ft:gpt-4.1-2025-04-14", P18),
    model("ft:gpt-4.1-mini-2025-04-14", P19),
    model("ft:gpt-4.1-nano-2025-04-14", P20),
    model("ft:gpt-4o-2024-08-06", P21),
    model("ft:gpt-4o-2024-11-20", P22),
    model("ft:gpt-4o-mini-2024-07-18", P23),
    model("ft:o4-mini-2025-04-16", P24),
    model("gpt-3.5-0301", P25),
    model("gpt-3.5-turbo", P26),
    model("gpt-3.5-turbo-0125", P26),
    model("gpt-3.5-turbo-0301", P25),
    model("gpt-3.5-turbo-0613", P25),
    model("gpt-3.5-turbo-1106", P27),
    model("gpt-3.5-turbo-16k", P28),
    model("gpt-3.5-turbo-16k-0613", P29),
    model("gpt-3.5-turbo-instruct", P25),
    model("gpt-3.5-turbo-instruct-0914", P25),
    model("gpt-4", P17),
    model("gpt-4-0125-preview", P30),
    model("gpt-4-0314", P31),
    model("gpt-4-0613", P17),
    model("gpt-4-1106-preview", P32),
    model("gpt-4-1106-vision-preview", P33),
    model("gpt-4-32k", P34),
    model("gpt-4-32k-0314", P34),
    model("gpt-4-32k-0613", P34),
    model("gpt-4-turbo", P32),
    model("gpt-4-turbo-0125-preview", P30),
    model("gpt-4-turbo-2024-04-09", P32),
    model("gpt-4-turbo-preview", P30),
    model("gpt-4-vision-preview", P33),
    model("gpt-4.1", P35),
    model("gpt-4.1-2025-04-14", P35),
    model("gpt-4.1-mini", P36),
    model("gpt-4.1-mini-2025-04-14", P36),
    model("gpt-4.1-nano", P37),
    model("gpt-4.1-nano-2025-04-14", P37),
    model("gpt-4.5-preview", P38),
    model("gpt-4o", P39),
    model("gpt-4o-2024-05-13", P40),
    model("gpt-4o-2024-08-06", P39),
    model("gpt-4o-2024-11-20", P39),
    model("gpt-4o-audio-preview", P41),
    model("gpt-4o-audio-preview-2024-12-17", P42),
    model("gpt-4o-audio-preview-2025-06-03", P42),
    model("gpt-4o-mini", P43),
    model("gpt-4o-mini-2024-07-18", P43),
    model("gpt-4o-mini-audio-preview", P44),
    model("gpt-4o-mini-audio-preview-2024-12-17", P45),
    model("gpt-4o-mini-realtime-preview", P46),
    model("gpt-4o-mini-realtime-preview-2024-12-17", P46),
    model("gpt-4o-mini-search-preview", P47),
    model("gpt-4o-mini-search-preview-2025-03-11", P47),
    model("gpt-4o-mini-transcribe", P48),
    model("gpt-4o-mini-transcribe-2025-03-20", P49),
    model("gpt-4o-mini-transcribe-2025-12-15", P49),
    model("gpt-4o-mini-tts", P50),
    model("gpt-4o-mini-tts-2025-03-20", P51),
    model("gpt-4o-mini-tts-2025-12-15", P51),
    model("gpt-4o-realtime-preview", P52),
    model("gpt-4o-search-preview", P53),
    model("gpt-4o-search-preview-2025-03-11", P53),
    model("gpt-4o-transcribe", P54),
    model("gpt-4o-transcribe-diarize", P54),
    model("gpt-5", P55),
    model("gpt-5-2025-08-07", P55),
    model("gpt-5-chat", P55),
    model("gpt-5-chat-latest", P55),
    model("gpt-5-codex", P55),
    model("gpt-5-image", P56),
    model("gpt-5-image-mini", P57),
    model("gpt-5-mini", P58),
    model("gpt-5-mini-2025-08-07", P58),
    model("gpt-5-nano", P59),
    model("gpt-5-nano-2025-08-07", P59),
    model("gpt-5-pro", P60),
    model("gpt-5-pro-2025-10-06", P60),
    model("gpt-5-search-api", P61),
    model("gpt-5-search-api-2025-10-14", P61),
    model("gpt-5.1", P55),
    model("gpt-5.1-2025-11-13", P55),
    model("gpt-5.1-chat", P62),
    model("gpt-5.1-chat-latest", P55),
    model("gpt-5.1-codex", P55),
    model("gpt-5.1-codex-max", P55),
    model("gpt-5.1-codex-mini", P63),
    model("gpt-5.1-mini", P64),
    model("gpt-5.2", P65),
    model("gpt-5.2-2025-12-11", P65),
    model("gpt-5.2-chat", P66),
    model("gpt-5.2-chat-latest", P65),
    model("gpt-5.2-codex", P65),
    model("gpt-5.2-pro", P67),
    model("gpt-5.2-pro-2025-12-11", P67),
    model("gpt-5.3", P68),
    model("gpt-5.3-chat", P68),
    model("gpt-5.3-chat-latest", P69),
    model("gpt-5.3-codex", P70),
    model("gpt-5.4", P71),
    model("gpt-5.4-2026-03-05", P71),
    model("gpt-5.4-image-2", P72),
    model("gpt-5.4-mini", P73),
    model("gpt-5.4-mini-2026-03-17", P73),
    model("gpt-5.4-nano", P74),
    model("gpt-5.4-nano-2026-03-17", P74),
    model("gpt-5.4-pro", P75),
    model("gpt-5.4-pro-2026-03-05", P75),
    model("gpt-5.5", P76),
    model("gpt-5.5-2026-04-23", P76),
    model("gpt-5.5-2026-04-24", P77),
    model("gpt-5.5-chat", P77),
    model("gpt-5.5-chat-latest", P77),
    model("gpt-5.5-codex", P77),
    model("gpt-5.5-cyber", P78),
    model("gpt-5.5-cyber-preview", P79),
    model("gpt-5.5-pro", P75),
    model("gpt-5.5-pro-2026-04-23", P75),
    model("gpt-5.6", P80),
    model("gpt-5.6-cyber", P81),
    model("gpt-5.6-luna", P82),
    model("gpt-5.6-sol", P83),
    model("gpt-5.6-terra", P84),
    model("gpt-6-astra", P85),
    model("gpt-6-astra-law", P86),
    model("gpt-6-cyber", P87),
    model("gpt-6-luna", P88),
    model("gpt-6-rosalind", P89),
    model("gpt-6-sol", P90),
    model("gpt-6.1-sol", P91),
    model("gpt-6.1-terra", P92),
    model("gpt-audio", P93),
    model("gpt-audio-1.5", P93),
    model("gpt-audio-2025-08-28", P93),
    model("gpt-audio-mini", P94),
    model("gpt-audio-mini-2025-10-06", P94),
    model("gpt-audio-mini-2025-12-15", P94),
    model("gpt-chat-latest", P95),
    model("gpt-daybreak-blue-latest", P12),
    model("gpt-daybreak-red-latest", P13),
    model("gpt-image-1", P96),
    model("gpt-image-1-mini", P97),
    model("gpt-image-1.5", P98),
    model("gpt-image-1.5-2025-12-16", P98),
    model("gpt-image-2", P99),
    model("gpt-image-2-2026-04-21", P99),
    model("gpt-image-2.5-flare", P99),
    model("gpt-image-2.5-flare-2026-09-08", P99),
    model("gpt-image-2.5-sunburst", P99),
    model("gpt-image-2.5-sunburst-2026-09-08", P99),
    model("gpt-image-2.6-flare", P100),
    model("gpt-image-2.6-sunburst", P100),
    model("gpt-live-1", P101),
    model("gpt-live-transcribe", P102),
    model("gpt-realtime", P103),
    model("gpt-realtime-1.5", P103),
    model("gpt-realtime-2", P104),
    model("gpt-realtime-2.1", P105),
    model("gpt-realtime-2.1-mini", P106),
    model("gpt-realtime-2025-08-28", P103),
    model("gpt-realtime-mini", P107),
    model("gpt-realtime-mini-2025-10-06", P107),
    model("gpt-realtime-mini-2025-12-15", P107),
    model("gpt-realtime-translate", P108),
    model("gpt-realtime-whisper", P102),
    model("gpt-rosalind-discovery", P109),
    model("gpt-rosalind-research", P109),
    model("gpt-transcribe", P110),
    model("o1", P111),
    model("o1-2024-12-17", P111),
    model("o1-mini", P112),
    model("o1-mini-2024-09-12", P112),
    model("o1-preview", P113),
    model("o1-preview-2024-09-12", P113),
    model("o1-pro", P114),
    model("o1-pro-2025-03-19", P114),
    model("o3", P115),
    model("o3-2025-04-16", P115),
    model("o3-deep-research", P116),
    model("o3-deep-research-2025-06-26", P116),
    model("o3-mini", P117),
    model("o3-mini-2025-01-31", P117),
    model("o3-mini-high", P118),
    model("o3-pro", P119),
    model("o3-pro-2025-06-10", P119),
    model("o4-mini", P120),
    model("o4-mini-2025-04-16", P120),
    model("o4-mini-deep-research", P121),
    model("o4-mini-deep-research-2025-06-26", P121),
    model("o4-mini-high", P122),
    model("sora-2", P123),
    model("sora-2-pro", P124),
    model("sora-2-pro-high-res", P125),
    model("text-ada-001", P0),
    model("text-curie-001", P9),
    model("text-davinci-001", P10),
    model("text-davinci-002", P10),
    model("text-davinci-003", P10),
    model("text-embedding-3-large", P126),
    model("text-embedding-3-small", P127),
    model("text-embedding-ada", P128),
    model("text-embedding-ada-002", P129),
    model("text-embedding-ada-002-v2", P130),
    model("tts-1", P131),
    model("tts-1-1106", P131),
    model("tts-1-hd", P132),
    model("tts-1-hd-1106", P132),
    model("whisper-1", P133),
];

static R0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 400_000_000_000)])];
static P0: &[Price] = &[price(None, [100, 100, 100], R0)];
static R1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 500_000_000_000)])];
static P1: &[Price] = &[price(None, [100, 100, 100], R1)];
static R2: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::Output, 400_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 200_000_000_000)])];
static P2: &[Price] = &[price(None, [100, 100, 100], R2)];
static R3: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P3: &[Price] = &[price(None, [100, 100, 110], R3)];
static R4: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P4: &[Price] = &[price(None, [100, 100, 100], R4)];
static R5: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::InputImage, 8_000_000_000_000), unit(U::InputImageCached, 2_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputImage, 32_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 630_000_000_000), unit(U::InputImage, 4_000_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::OutputImage, 16_000_000_000_000)])];
static P5: &[Price] = &[price(None, [100, 100, 100], R5)];
static R6: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 375_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P6: &[Price] = &[price(None, [100, 100, 100], R6)];
static R7: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P7: &[Price] = &[price(None, [100, 100, 100], R7)];
static R8: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 12_000_000_000_000)])];
static P8: &[Price] = &[price(None, [100, 100, 110], R8)];
static R9: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P9: &[Price] = &[price(None, [100, 100, 100], R9)];
static R10: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000_000), unit(U::Output, 20_000_000_000_000)])];
static P10: &[Price] = &[price(None, [100, 100, 100], R10)];
static R11: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P11: &[Price] = &[price(None, [100, 100, 100], R11)];
static R12: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P12: &[Price] = &[price(None, [100, 100, 110], R12)];
static R13: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::InputCacheWrite, 15_625_000_000_000), unit(U::Output, 75_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 25_000_000_000_000), unit(U::InputCached, 2_500_000_000_000), unit(U::InputCacheWrite, 31_250_000_000_000), unit(U::Output, 112_500_000_000_000)])];
static P13: &[Price] = &[price(None, [100, 100, 110], R13)];
static R14: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_600_000_000_000), unit(U::Output, 1_600_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::Output, 900_000_000_000)])];
static P14: &[Price] = &[price(None, [100, 100, 100], R14)];
static R15: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 12_000_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 6_000_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P15: &[Price] = &[price(None, [100, 100, 100], R15)];
static R16: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 3_000_000_000_000)])];
static P16: &[Price] = &[price(None, [100, 100, 110], R16)];
static R17: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P17: &[Price] = &[price(None, [100, 100, 110], R17)];
static R18: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::InputCached, 750_000_000_000), unit(U::Output, 12_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 6_000_000_000_000)])];
static P18: &[Price] = &[price(None, [100, 100, 110], R18)];
static R19: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::Output, 3_200_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 1_600_000_000_000)])];
static P19: &[Price] = &[price(None, [100, 100, 110], R19)];
static R20: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 800_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 400_000_000_000)])];
static P20: &[Price] = &[price(None, [100, 100, 110], R20)];
static R21: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_750_000_000_000), unit(U::InputCached, 1_875_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_225_000_000_000), unit(U::Output, 12_500_000_000_000)])];
static P21: &[Price] = &[price(None, [100, 100, 110], R21)];
static R22: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_750_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P22: &[Price] = &[price(None, [100, 100, 110], R22)];
static R23: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 300_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 1_200_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 600_000_000_000)])];
static P23: &[Price] = &[price(None, [100, 100, 110], R23)];
static R24: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 16_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P24: &[Price] = &[price(None, [100, 100, 110], R24)];
static R25: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P25: &[Price] = &[price(None, [100, 100, 100], R25)];
static R26: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::Output, 750_000_000_000)])];
static P26: &[Price] = &[price(None, [100, 100, 110], R26)];
static R27: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 2_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P27: &[Price] = &[price(None, [100, 100, 110], R27)];
static R28: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P28: &[Price] = &[price(None, [100, 100, 110], R28)];
static R29: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 3_000_000_000_000), unit(U::Output, 4_000_000_000_000)])];
static P29: &[Price] = &[price(None, [100, 100, 100], R29)];
static R30: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P30: &[Price] = &[price(None, [100, 100, 100], R30)];
static R31: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P31: &[Price] = &[price(None, [100, 100, 100], R31)];
static R32: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P32: &[Price] = &[price(None, [100, 100, 110], R32)];
static R33: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P33: &[Price] = &[price(None, [100, 100, 100], R33)];
static R34: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 60_000_000_000_000), unit(U::Output, 120_000_000_000_000)])];
static P34: &[Price] = &[price(None, [100, 100, 100], R34)];
static R35: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 0, "web_search_preview", &[unit(U::WebSearchCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 4_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 875_000_000_000), unit(U::Output, 14_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 875_000_000_000), unit(U::Output, 14_000_000_000_000)])];
static P35: &[Price] = &[price(None, [100, 100, 110], R35)];
static R36: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::Output, 1_600_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 0, "web_search_preview", &[unit(U::WebSearchCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::Output, 800_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 2_800_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 700_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 2_800_000_000_000)])];
static P36: &[Price] = &[price(None, [100, 100, 110], R36)];
static R37: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 400_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 800_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::Output, 800_000_000_000)])];
static P37: &[Price] = &[price(None, [100, 100, 110], R37)];
static R38: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 75_000_000_000_000), unit(U::InputCached, 37_500_000_000_000), unit(U::Output, 150_000_000_000_000)])];
static P38: &[Price] = &[price(None, [100, 100, 100], R38)];
static R39: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 0, "web_search_preview", &[unit(U::WebSearchCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 4_250_000_000_000), unit(U::InputCached, 2_125_000_000_000), unit(U::Output, 17_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 4_250_000_000_000), unit(U::InputCached, 2_125_000_000_000), unit(U::Output, 17_000_000_000_000)])];
static P39: &[Price] = &[price(None, [100, 100, 110], R39)];
static R40: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 0, "web_search_preview", &[unit(U::WebSearchCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 8_750_000_000_000), unit(U::Output, 26_250_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 8_750_000_000_000), unit(U::Output, 26_250_000_000_000)])];
static P40: &[Price] = &[price(None, [100, 100, 110], R40)];
static R41: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P41: &[Price] = &[price(None, [100, 100, 100], R41)];
static R42: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputAudio, 40_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputAudio, 80_000_000_000_000)])];
static P42: &[Price] = &[price(None, [100, 100, 100], R42)];
static R43: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 600_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 0, "web_search_preview", &[unit(U::WebSearchCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::Output, 300_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P43: &[Price] = &[price(None, [100, 100, 110], R43)];
static R44: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::Output, 600_000_000_000)])];
static P44: &[Price] = &[price(None, [100, 100, 100], R44)];
static R45: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputAudio, 10_000_000_000_000), unit(U::Output, 600_000_000_000), unit(U::OutputAudio, 20_000_000_000_000)])];
static P45: &[Price] = &[price(None, [100, 100, 100], R45)];
static R46: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 300_000_000_000), unit(U::InputAudio, 10_000_000_000_000), unit(U::InputAudioCached, 300_000_000_000), unit(U::Output, 2_400_000_000_000), unit(U::OutputAudio, 20_000_000_000_000)])];
static P46: &[Price] = &[price(None, [100, 100, 100], R46)];
static R47: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 600_000_000_000), unit(U::WebSearchCall, 25_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 75_000_000_000), unit(U::Output, 300_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 1_000_000_000_000)])];
static P47: &[Price] = &[price(None, [100, 100, 110], R47)];
static R48: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputAudio, 3_000_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::InputAudioSecond, 180_000_000_000)])];
static P48: &[Price] = &[price(None, [100, 100, 100], R48)];
static R49: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputAudio, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::InputAudioSecond, 180_000_000_000)])];
static P49: &[Price] = &[price(None, [100, 100, 100], R49)];
static R50: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::OutputAudio, 12_000_000_000_000)])];
static P50: &[Price] = &[price(None, [100, 100, 100], R50)];
static R51: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputAudio, 12_000_000_000_000)])];
static P51: &[Price] = &[price(None, [100, 100, 100], R51)];
static R52: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 2_500_000_000_000), unit(U::InputAudio, 40_000_000_000_000), unit(U::InputAudioCached, 2_500_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::OutputAudio, 80_000_000_000_000)])];
static P52: &[Price] = &[price(None, [100, 100, 100], R52)];
static R53: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 25_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::Output, 5_000_000_000_000)])];
static P53: &[Price] = &[price(None, [100, 100, 110], R53)];
static R54: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputAudio, 6_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::InputAudioSecond, 360_000_000_000)])];
static P54: &[Price] = &[price(None, [100, 100, 100], R54)];
static R55: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 20_000_000_000_000)])];
static P55: &[Price] = &[price(None, [100, 100, 110], R55)];
static R56: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 10_000_000_000_000)])];
static P56: &[Price] = &[price(None, [100, 100, 100], R56)];
static R57: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P57: &[Price] = &[price(None, [100, 100, 100], R57)];
static R58: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 2_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 125_000_000_000), unit(U::InputCached, 12_500_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::Output, 3_600_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 450_000_000_000), unit(U::InputCached, 45_000_000_000), unit(U::Output, 3_600_000_000_000)])];
static P58: &[Price] = &[price(None, [100, 100, 110], R58)];
static R59: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::Output, 400_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 25_000_000_000), unit(U::InputCached, 2_500_000_000), unit(U::Output, 200_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 25_000_000_000), unit(U::InputCached, 2_500_000_000), unit(U::Output, 200_000_000_000)])];
static P59: &[Price] = &[price(None, [100, 100, 110], R59)];
static R60: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 120_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 7_500_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P60: &[Price] = &[price(None, [100, 100, 110], R60)];
static R61: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)])];
static P61: &[Price] = &[price(None, [100, 100, 110], R61)];
static R62: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 125_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 625_000_000_000), unit(U::InputCached, 62_500_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 20_000_000_000_000)])];
static P62: &[Price] = &[price(None, [100, 100, 100], R62)];
static R63: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P63: &[Price] = &[price(None, [100, 100, 110], R63)];
static R64: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 250_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::Output, 2_000_000_000_000)])];
static P64: &[Price] = &[price(None, [100, 100, 100], R64)];
static R65: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_750_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 14_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 875_000_000_000), unit(U::InputCached, 87_500_000_000), unit(U::Output, 7_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 875_000_000_000), unit(U::InputCached, 87_500_000_000), unit(U::Output, 7_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)])];
static P65: &[Price] = &[price(None, [100, 100, 110], R65)];
static R66: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_750_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 14_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 875_000_000_000), unit(U::InputCached, 87_500_000_000), unit(U::Output, 7_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 875_000_000_000), unit(U::InputCached, 87_500_000_000), unit(U::Output, 7_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)])];
static P66: &[Price] = &[price(None, [100, 100, 100], R66)];
static R67: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 21_000_000_000_000), unit(U::Output, 168_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 10_500_000_000_000), unit(U::Output, 84_000_000_000_000)])];
static P67: &[Price] = &[price(None, [100, 100, 110], R67)];
static R68: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_750_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 14_000_000_000_000)])];
static P68: &[Price] = &[price(None, [100, 100, 100], R68)];
static R69: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_750_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 14_000_000_000_000)])];
static P69: &[Price] = &[price(None, [100, 100, 110], R69)];
static R70: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_750_000_000_000), unit(U::InputCached, 175_000_000_000), unit(U::Output, 14_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 350_000_000_000), unit(U::Output, 28_000_000_000_000)])];
static P70: &[Price] = &[price(None, [100, 100, 110], R70)];
static R71: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 130_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 11_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_250_000_000_000), unit(U::InputCached, 130_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 11_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P71: &[Price] = &[price(None, [100, 110, 110], R71)];
static R72: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P72: &[Price] = &[price(None, [100, 100, 100], R72)];
static R73: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 750_000_000_000), unit(U::InputCached, 75_000_000_000), unit(U::Output, 4_500_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 2_250_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 375_000_000_000), unit(U::InputCached, 37_500_000_000), unit(U::Output, 2_250_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 1_500_000_000_000), unit(U::InputCached, 150_000_000_000), unit(U::Output, 9_000_000_000_000)])];
static P73: &[Price] = &[price(None, [100, 110, 110], R73)];
static R74: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::Output, 1_250_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 625_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::Output, 625_000_000_000)])];
static P74: &[Price] = &[price(None, [100, 110, 110], R74)];
static R75: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 180_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 60_000_000_000_000), unit(U::Output, 270_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 90_000_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 135_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::Output, 90_000_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 30_000_000_000_000), unit(U::Output, 135_000_000_000_000)])];
static P75: &[Price] = &[price(None, [100, 110, 110], R75)];
static R76: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 45_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P76: &[Price] = &[price(None, [100, 110, 110], R76)];
static R77: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 45_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 22_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P77: &[Price] = &[price(None, [100, 100, 100], R77)];
static R78_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 12_500_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static R78_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P78: &[Price] = &[price(None, [100, 100, 110], R78_0), price(Some(1792368000), [100, 100, 110], R78_1)];
static R79: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P79: &[Price] = &[price(None, [100, 100, 110], R79)];
static R80_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::Output, 30_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::Output, 45_000_000_000_000)])];
static R80_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::InputCacheWrite12h, 20_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::InputCacheWrite12h, 20_000_000_000_000), unit(U::Output, 40_000_000_000_000)]), rate(S::Priority, 272_000, "", &[unit(U::Input, 16_000_000_000_000), unit(U::InputCached, 1_600_000_000_000), unit(U::InputCacheWrite, 20_000_000_000_000), unit(U::InputCacheWrite12h, 40_000_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 40_000_000_000_000)]), rate(S::Fast, 272_000, "", &[unit(U::Input, 16_000_000_000_000), unit(U::InputCached, 1_600_000_000_000), unit(U::InputCacheWrite, 20_000_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P80: &[Price] = &[price(None, [100, 110, 110], R80_0), price(Some(1787270400), [100, 110, 110], R80_1)];
static R81: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 12_500_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::InputCacheWrite, 15_625_000_000_000), unit(U::InputCacheWrite12h, 31_250_000_000_000), unit(U::Output, 75_000_000_000_000)])];
static P81: &[Price] = &[price(None, [100, 100, 110], R81)];
static R82_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::Output, 6_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 9_000_000_000_000)])];
static R82_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::InputCacheWrite12h, 500_000_000_000), unit(U::Output, 1_200_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::InputCacheWrite12h, 1_000_000_000_000), unit(U::Output, 1_800_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::InputCacheWrite12h, 250_000_000_000), unit(U::Output, 600_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::InputCacheWrite12h, 500_000_000_000), unit(U::Output, 900_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::InputCacheWrite12h, 250_000_000_000), unit(U::Output, 600_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::InputCacheWrite12h, 500_000_000_000), unit(U::Output, 900_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::InputCacheWrite12h, 1_000_000_000_000), unit(U::Output, 2_400_000_000_000)]), rate(S::Priority, 272_000, "", &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::InputCacheWrite, 1_000_000_000_000), unit(U::InputCacheWrite12h, 2_000_000_000_000), unit(U::Output, 3_600_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::Output, 2_400_000_000_000)]), rate(S::Fast, 272_000, "", &[unit(U::Input, 800_000_000_000), unit(U::InputCached, 80_000_000_000), unit(U::InputCacheWrite, 1_000_000_000_000), unit(U::Output, 3_600_000_000_000)])];
static P82: &[Price] = &[price(None, [100, 110, 110], R82_0), price(Some(1785369600), [100, 110, 110], R82_1)];
static R83_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::Output, 30_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::Output, 45_000_000_000_000)])];
static R83_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::InputCacheWrite12h, 20_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::InputCacheWrite12h, 20_000_000_000_000), unit(U::Output, 40_000_000_000_000)]), rate(S::Priority, 272_000, "", &[unit(U::Input, 16_000_000_000_000), unit(U::InputCached, 1_600_000_000_000), unit(U::InputCacheWrite, 20_000_000_000_000), unit(U::InputCacheWrite12h, 40_000_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 40_000_000_000_000)]), rate(S::Fast, 272_000, "", &[unit(U::Input, 16_000_000_000_000), unit(U::InputCached, 1_600_000_000_000), unit(U::InputCacheWrite, 20_000_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P83: &[Price] = &[price(None, [100, 110, 110], R83_0), price(Some(1787270400), [100, 110, 110], R83_1)];
static R84_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::InputCacheWrite, 3_125_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::Output, 22_500_000_000_000)])];
static R84_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 12_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 18_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::InputCacheWrite12h, 2_500_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::InputCacheWrite12h, 2_500_000_000_000), unit(U::Output, 6_000_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 9_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 24_000_000_000_000)]), rate(S::Priority, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::InputCacheWrite12h, 20_000_000_000_000), unit(U::Output, 36_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 24_000_000_000_000)]), rate(S::Fast, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 36_000_000_000_000)])];
static P84: &[Price] = &[price(None, [100, 110, 110], R84_0), price(Some(1785369600), [100, 110, 110], R84_1)];
static R85: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::InputCacheWrite12h, 25_000_000_000_000), unit(U::Output, 50_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 20_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::InputCacheWrite, 25_000_000_000_000), unit(U::InputCacheWrite12h, 50_000_000_000_000), unit(U::Output, 75_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::InputCacheWrite12h, 12_500_000_000_000), unit(U::Output, 25_000_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::InputCacheWrite12h, 25_000_000_000_000), unit(U::Output, 37_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::InputCacheWrite, 6_250_000_000_000), unit(U::InputCacheWrite12h, 12_500_000_000_000), unit(U::Output, 25_000_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::InputCacheWrite, 12_500_000_000_000), unit(U::InputCacheWrite12h, 25_000_000_000_000), unit(U::Output, 37_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 20_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::InputCacheWrite, 25_000_000_000_000), unit(U::InputCacheWrite12h, 50_000_000_000_000), unit(U::Output, 100_000_000_000_000)]), rate(S::Priority, 272_000, "", &[unit(U::Input, 40_000_000_000_000), unit(U::InputCached, 4_000_000_000_000), unit(U::InputCacheWrite, 50_000_000_000_000), unit(U::InputCacheWrite12h, 100_000_000_000_000), unit(U::Output, 150_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 20_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::InputCacheWrite, 25_000_000_000_000), unit(U::Output, 100_000_000_000_000)]), rate(S::Fast, 272_000, "", &[unit(U::Input, 40_000_000_000_000), unit(U::InputCached, 4_000_000_000_000), unit(U::InputCacheWrite, 50_000_000_000_000), unit(U::Output, 150_000_000_000_000)]), rate(S::Ultrafast, 0, "", &[unit(U::Input, 60_000_000_000_000), unit(U::InputCached, 6_000_000_000_000), unit(U::InputCacheWrite, 75_000_000_000_000), unit(U::InputCacheWrite12h, 150_000_000_000_000), unit(U::Output, 300_000_000_000_000)]), rate(S::Ultrafast, 272_000, "", &[unit(U::Input, 120_000_000_000_000), unit(U::InputCached, 12_000_000_000_000), unit(U::InputCacheWrite, 150_000_000_000_000), unit(U::InputCacheWrite12h, 300_000_000_000_000), unit(U::Output, 450_000_000_000_000)])];
static P85: &[Price] = &[price(None, [100, 110, 110], R85)];
static R86: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 1_000_000_000_000), unit(U::Output, 50_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)])];
static P86: &[Price] = &[price(None, [100, 110, 110], R86)];
static R87: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000_000), unit(U::InputCached, 2_000_000_000_000), unit(U::InputCacheWrite, 25_000_000_000_000), unit(U::InputCacheWrite12h, 50_000_000_000_000), unit(U::Output, 100_000_000_000_000)])];
static P87: &[Price] = &[price(None, [100, 100, 100], R87)];
static R88: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::InputCacheWrite12h, 250_000_000_000), unit(U::Output, 500_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::InputCacheWrite12h, 500_000_000_000), unit(U::Output, 750_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::InputCacheWrite, 62_500_000_000), unit(U::InputCacheWrite12h, 125_000_000_000), unit(U::Output, 250_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::InputCacheWrite12h, 250_000_000_000), unit(U::Output, 375_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::InputCached, 5_000_000_000), unit(U::InputCacheWrite, 62_500_000_000), unit(U::InputCacheWrite12h, 125_000_000_000), unit(U::Output, 250_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::InputCacheWrite12h, 250_000_000_000), unit(U::Output, 375_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::InputCacheWrite12h, 500_000_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Priority, 272_000, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::InputCacheWrite12h, 1_000_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 1_000_000_000_000)]), rate(S::Fast, 272_000, "", &[unit(U::Input, 400_000_000_000), unit(U::InputCached, 40_000_000_000), unit(U::InputCacheWrite, 500_000_000_000), unit(U::Output, 1_500_000_000_000)]), rate(S::Decisions, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::InputCached, 10_000_000_000), unit(U::InputCacheWrite, 125_000_000_000), unit(U::Output, 0)]), rate(S::Decisions, 272_000, "", &[unit(U::Input, 200_000_000_000), unit(U::InputCached, 20_000_000_000), unit(U::InputCacheWrite, 250_000_000_000), unit(U::Output, 0)])];
static P88: &[Price] = &[price(None, [100, 110, 110], R88)];
static R89: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 1_500_000_000_000), unit(U::InputCacheWrite, 18_750_000_000_000), unit(U::InputCacheWrite12h, 37_500_000_000_000), unit(U::Output, 75_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 30_000_000_000_000), unit(U::InputCached, 3_000_000_000_000), unit(U::InputCacheWrite, 37_500_000_000_000), unit(U::InputCacheWrite12h, 75_000_000_000_000), unit(U::Output, 112_500_000_000_000)])];
static P89: &[Price] = &[price(None, [100, 110, 100], R89)];
static R90: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::InputCacheWrite12h, 2_500_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::InputCacheWrite12h, 2_500_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Priority, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::InputCacheWrite12h, 20_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Fast, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 800_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P90: &[Price] = &[price(None, [100, 110, 110], R90)];
static R91: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::InputCacheWrite12h, 2_500_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::InputCacheWrite12h, 2_500_000_000_000), unit(U::Output, 5_000_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Priority, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::InputCacheWrite12h, 20_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 20_000_000_000_000)]), rate(S::Fast, 272_000, "", &[unit(U::Input, 8_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputCacheWrite, 10_000_000_000_000), unit(U::Output, 30_000_000_000_000)]), rate(S::Ultrafast, 0, "", &[unit(U::Input, 12_000_000_000_000), unit(U::InputCached, 600_000_000_000), unit(U::InputCacheWrite, 15_000_000_000_000), unit(U::InputCacheWrite12h, 30_000_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Ultrafast, 272_000, "", &[unit(U::Input, 24_000_000_000_000), unit(U::InputCached, 1_200_000_000_000), unit(U::InputCacheWrite, 30_000_000_000_000), unit(U::InputCacheWrite12h, 60_000_000_000_000), unit(U::Output, 90_000_000_000_000)])];
static P91: &[Price] = &[price(None, [100, 110, 110], R91)];
static R92: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::InputCacheWrite12h, 2_500_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Standard, 272_000, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 7_500_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputCacheWrite, 625_000_000_000), unit(U::InputCacheWrite12h, 1_250_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Batch, 272_000, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::InputCacheWrite12h, 2_500_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 500_000_000_000), unit(U::InputCached, 25_000_000_000), unit(U::InputCacheWrite, 625_000_000_000), unit(U::InputCacheWrite12h, 1_250_000_000_000), unit(U::Output, 2_500_000_000_000)]), rate(S::Flex, 272_000, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 50_000_000_000), unit(U::InputCacheWrite, 1_250_000_000_000), unit(U::InputCacheWrite12h, 2_500_000_000_000), unit(U::Output, 3_750_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::InputCacheWrite12h, 5_000_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Priority, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::InputCacheWrite12h, 10_000_000_000_000), unit(U::Output, 15_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputCacheWrite, 2_500_000_000_000), unit(U::Output, 10_000_000_000_000)]), rate(S::Fast, 272_000, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputCacheWrite, 5_000_000_000_000), unit(U::Output, 15_000_000_000_000)])];
static P92: &[Price] = &[price(None, [100, 110, 110], R92)];
static R93: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputAudio, 32_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputAudio, 64_000_000_000_000)])];
static P93: &[Price] = &[price(None, [100, 100, 100], R93)];
static R94: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputAudio, 10_000_000_000_000), unit(U::Output, 2_400_000_000_000), unit(U::OutputAudio, 20_000_000_000_000)])];
static P94: &[Price] = &[price(None, [100, 100, 100], R94)];
static R95: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P95: &[Price] = &[price(None, [100, 100, 100], R95)];
static R96: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::InputImage, 10_000_000_000_000), unit(U::InputImageCached, 2_500_000_000_000), unit(U::Output, 40_000_000_000_000), unit(U::OutputImage, 40_000_000_000_000)]), rate(S::Standard, 0, "high/1024x1024", &[unit(U::OutputPicture, 167_000_000_000_000_000)]), rate(S::Standard, 0, "high/1024x1536", &[unit(U::OutputPicture, 250_000_000_000_000_000)]), rate(S::Standard, 0, "high/1536x1024", &[unit(U::OutputPicture, 250_000_000_000_000_000)]), rate(S::Standard, 0, "low/1024x1024", &[unit(U::OutputPicture, 11_000_000_000_000_000)]), rate(S::Standard, 0, "low/1024x1536", &[unit(U::OutputPicture, 16_000_000_000_000_000)]), rate(S::Standard, 0, "low/1536x1024", &[unit(U::OutputPicture, 16_000_000_000_000_000)]), rate(S::Standard, 0, "medium/1024x1024", &[unit(U::OutputPicture, 42_000_000_000_000_000)]), rate(S::Standard, 0, "medium/1024x1536", &[unit(U::OutputPicture, 63_000_000_000_000_000)]), rate(S::Standard, 0, "medium/1536x1024", &[unit(U::OutputPicture, 63_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 630_000_000_000), unit(U::InputImage, 5_000_000_000_000), unit(U::InputImageCached, 1_250_000_000_000), unit(U::Output, 20_000_000_000_000), unit(U::OutputImage, 20_000_000_000_000)])];
static P96: &[Price] = &[price(None, [100, 100, 100], R96)];
static R97: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 200_000_000_000), unit(U::InputImage, 2_500_000_000_000), unit(U::InputImageCached, 250_000_000_000), unit(U::Output, 8_000_000_000_000), unit(U::OutputImage, 8_000_000_000_000)]), rate(S::Standard, 0, "low/1024x1024", &[unit(U::OutputPicture, 5_000_000_000_000_000)]), rate(S::Standard, 0, "low/1024x1536", &[unit(U::OutputPicture, 6_000_000_000_000_000)]), rate(S::Standard, 0, "low/1536x1024", &[unit(U::OutputPicture, 6_000_000_000_000_000)]), rate(S::Standard, 0, "medium/1024x1024", &[unit(U::OutputPicture, 11_000_000_000_000_000)]), rate(S::Standard, 0, "medium/1024x1536", &[unit(U::OutputPicture, 15_000_000_000_000_000)]), rate(S::Standard, 0, "medium/1536x1024", &[unit(U::OutputPicture, 15_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 100_000_000_000), unit(U::InputImage, 1_250_000_000_000), unit(U::InputImageCached, 130_000_000_000), unit(U::Output, 4_000_000_000_000), unit(U::OutputImage, 4_000_000_000_000)])];
static P97: &[Price] = &[price(None, [100, 100, 100], R97)];
static R98: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::InputImage, 8_000_000_000_000), unit(U::InputImageCached, 2_000_000_000_000), unit(U::Output, 10_000_000_000_000), unit(U::OutputImage, 32_000_000_000_000)]), rate(S::Standard, 0, "1024x1024", &[unit(U::OutputPicture, 9_000_000_000_000_000)]), rate(S::Standard, 0, "1024x1536", &[unit(U::OutputPicture, 13_000_000_000_000_000)]), rate(S::Standard, 0, "1536x1024", &[unit(U::OutputPicture, 13_000_000_000_000_000)]), rate(S::Standard, 0, "high/1024x1024", &[unit(U::OutputPicture, 133_000_000_000_000_000)]), rate(S::Standard, 0, "high/1024x1536", &[unit(U::OutputPicture, 200_000_000_000_000_000)]), rate(S::Standard, 0, "high/1536x1024", &[unit(U::OutputPicture, 200_000_000_000_000_000)]), rate(S::Standard, 0, "low/1024x1024", &[unit(U::OutputPicture, 9_000_000_000_000_000)]), rate(S::Standard, 0, "low/1024x1536", &[unit(U::OutputPicture, 13_000_000_000_000_000)]), rate(S::Standard, 0, "low/1536x1024", &[unit(U::OutputPicture, 13_000_000_000_000_000)]), rate(S::Standard, 0, "medium/1024x1024", &[unit(U::OutputPicture, 34_000_000_000_000_000)]), rate(S::Standard, 0, "medium/1024x1536", &[unit(U::OutputPicture, 50_000_000_000_000_000)]), rate(S::Standard, 0, "medium/1536x1024", &[unit(U::OutputPicture, 50_000_000_000_000_000)]), rate(S::Standard, 0, "standard/1024x1024", &[unit(U::OutputPicture, 9_000_000_000_000_000)]), rate(S::Standard, 0, "standard/1024x1536", &[unit(U::OutputPicture, 13_000_000_000_000_000)]), rate(S::Standard, 0, "standard/1536x1024", &[unit(U::OutputPicture, 13_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 630_000_000_000), unit(U::InputImage, 4_000_000_000_000), unit(U::InputImageCached, 1_000_000_000_000), unit(U::Output, 5_000_000_000_000), unit(U::OutputImage, 16_000_000_000_000)])];
static P98: &[Price] = &[price(None, [100, 100, 100], R98)];
static R99: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::InputImage, 8_000_000_000_000), unit(U::InputImageCached, 2_000_000_000_000), unit(U::Output, 30_000_000_000_000), unit(U::OutputImage, 30_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 2_500_000_000_000), unit(U::InputCached, 625_000_000_000), unit(U::InputImage, 4_000_000_000_000), unit(U::InputImageCached, 1_000_000_000_000), unit(U::Output, 15_000_000_000_000), unit(U::OutputImage, 15_000_000_000_000)])];
static P99: &[Price] = &[price(None, [100, 100, 100], R99)];
static R100: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 1_250_000_000_000), unit(U::InputImage, 8_000_000_000_000), unit(U::InputImageCached, 2_000_000_000_000), unit(U::OutputImage, 30_000_000_000_000)])];
static P100: &[Price] = &[price(None, [100, 100, 100], R100)];
static R101: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputAudioSecond, 3_000_000_000_000)])];
static P101: &[Price] = &[price(None, [100, 100, 100], R101)];
static R102: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputAudioSecond, 1_020_000_000_000), unit(U::OutputAudioSecond, 1_020_000_000_000)])];
static P102: &[Price] = &[price(None, [100, 100, 100], R102)];
static R103: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputAudio, 32_000_000_000_000), unit(U::InputAudioCached, 400_000_000_000), unit(U::InputImage, 5_000_000_000_000), unit(U::InputImageCached, 500_000_000_000), unit(U::Output, 16_000_000_000_000), unit(U::OutputAudio, 64_000_000_000_000)])];
static P103: &[Price] = &[price(None, [100, 100, 100], R103)];
static R104: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputAudio, 32_000_000_000_000), unit(U::InputAudioCached, 400_000_000_000), unit(U::InputImage, 5_000_000_000_000), unit(U::InputImageCached, 500_000_000_000), unit(U::Output, 24_000_000_000_000), unit(U::OutputAudio, 64_000_000_000_000)])];
static P104: &[Price] = &[price(None, [100, 100, 100], R104)];
static R105: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 4_000_000_000_000), unit(U::InputCached, 400_000_000_000), unit(U::InputAudio, 32_000_000_000_000), unit(U::InputAudioCached, 400_000_000_000), unit(U::InputImage, 5_000_000_000_000), unit(U::InputImageCached, 500_000_000_000), unit(U::Output, 24_000_000_000_000), unit(U::OutputAudio, 64_000_000_000_000)])];
static P105: &[Price] = &[price(None, [100, 110, 100], R105)];
static R106: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::InputAudio, 10_000_000_000_000), unit(U::InputAudioCached, 300_000_000_000), unit(U::InputImage, 800_000_000_000), unit(U::InputImageCached, 80_000_000_000), unit(U::Output, 2_400_000_000_000), unit(U::OutputAudio, 20_000_000_000_000)])];
static P106: &[Price] = &[price(None, [100, 110, 100], R106)];
static R107: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 600_000_000_000), unit(U::InputCached, 60_000_000_000), unit(U::InputAudio, 10_000_000_000_000), unit(U::InputAudioCached, 300_000_000_000), unit(U::InputImage, 800_000_000_000), unit(U::InputImageCached, 80_000_000_000), unit(U::Output, 2_400_000_000_000), unit(U::OutputAudio, 20_000_000_000_000)])];
static P107: &[Price] = &[price(None, [100, 100, 100], R107)];
static R108: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputAudioSecond, 2_040_000_000_000)])];
static P108: &[Price] = &[price(None, [100, 100, 100], R108)];
static R109: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 5_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 25_000_000_000_000)])];
static P109: &[Price] = &[price(None, [100, 100, 100], R109)];
static R110: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputAudioSecond, 270_000_000_000), unit(U::OutputAudioSecond, 270_000_000_000)])];
static P110: &[Price] = &[price(None, [100, 100, 100], R110)];
static R111: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 7_500_000_000_000), unit(U::Output, 60_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 7_500_000_000_000), unit(U::Output, 30_000_000_000_000)])];
static P111: &[Price] = &[price(None, [100, 100, 110], R111)];
static R112: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 550_000_000_000), unit(U::Output, 4_400_000_000_000)])];
static P112: &[Price] = &[price(None, [100, 100, 100], R112)];
static R113: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 15_000_000_000_000), unit(U::InputCached, 7_500_000_000_000), unit(U::Output, 60_000_000_000_000)])];
static P113: &[Price] = &[price(None, [100, 100, 100], R113)];
static R114: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 150_000_000_000_000), unit(U::Output, 600_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 75_000_000_000_000), unit(U::Output, 300_000_000_000_000)])];
static P114: &[Price] = &[price(None, [100, 100, 110], R114)];
static R115_0: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 40_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)])];
static R115_1: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::Output, 4_000_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 1_000_000_000_000), unit(U::InputCached, 250_000_000_000), unit(U::Output, 4_000_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 875_000_000_000), unit(U::Output, 14_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 3_500_000_000_000), unit(U::InputCached, 875_000_000_000), unit(U::Output, 14_000_000_000_000)])];
static P115: &[Price] = &[price(None, [100, 100, 110], R115_0), price(Some(1749513600), [100, 100, 110], R115_1)];
static R116: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::InputCached, 2_500_000_000_000), unit(U::Output, 40_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)])];
static P116: &[Price] = &[price(None, [100, 100, 110], R116)];
static R117: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 550_000_000_000), unit(U::Output, 4_400_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static P117: &[Price] = &[price(None, [100, 100, 110], R117)];
static R118: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 550_000_000_000), unit(U::Output, 4_400_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::Output, 2_200_000_000_000)])];
static P118: &[Price] = &[price(None, [100, 100, 100], R118)];
static R119: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000_000), unit(U::Output, 80_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 10_000_000_000_000), unit(U::Output, 40_000_000_000_000)])];
static P119: &[Price] = &[price(None, [100, 100, 110], R119)];
static R120: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 275_000_000_000), unit(U::Output, 4_400_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::Output, 2_200_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::InputCached, 138_000_000_000), unit(U::Output, 2_200_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P120: &[Price] = &[price(None, [100, 100, 110], R120)];
static R121: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)])];
static P121: &[Price] = &[price(None, [100, 100, 110], R121)];
static R122: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 1_100_000_000_000), unit(U::InputCached, 275_000_000_000), unit(U::Output, 4_400_000_000_000), unit(U::WebSearchCall, 10_000_000_000_000_000), unit(U::FileSearchCall, 2_500_000_000_000_000), unit(U::CodeSession, 30_000_000_000_000_000)]), rate(S::Batch, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::Output, 2_200_000_000_000)]), rate(S::Flex, 0, "", &[unit(U::Input, 550_000_000_000), unit(U::InputCached, 138_000_000_000), unit(U::Output, 2_200_000_000_000)]), rate(S::Priority, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)]), rate(S::Fast, 0, "", &[unit(U::Input, 2_000_000_000_000), unit(U::InputCached, 500_000_000_000), unit(U::Output, 8_000_000_000_000)])];
static P122: &[Price] = &[price(None, [100, 100, 100], R122)];
static R123: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 360_000_000_000_000)])];
static P123: &[Price] = &[price(None, [100, 100, 100], R123)];
static R124: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 1_080_000_000_000_000)]), rate(S::Standard, 0, "1024x1792", &[unit(U::OutputVideoSecond, 1_800_000_000_000_000)]), rate(S::Standard, 0, "1792x1024", &[unit(U::OutputVideoSecond, 1_800_000_000_000_000)])];
static P124: &[Price] = &[price(None, [100, 100, 100], R124)];
static R125: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::OutputVideoSecond, 1_800_000_000_000_000)])];
static P125: &[Price] = &[price(None, [100, 100, 100], R125)];
static R126: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 130_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, "", &[unit(U::Input, 65_000_000_000), unit(U::Output, 0)])];
static P126: &[Price] = &[price(None, [100, 100, 100], R126)];
static R127: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 20_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, "", &[unit(U::Input, 10_000_000_000), unit(U::Output, 0)])];
static P127: &[Price] = &[price(None, [100, 100, 100], R127)];
static R128: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000)])];
static P128: &[Price] = &[price(None, [100, 100, 100], R128)];
static R129: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 0)])];
static P129: &[Price] = &[price(None, [100, 100, 100], R129)];
static R130: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::Input, 100_000_000_000), unit(U::Output, 0)]), rate(S::Batch, 0, "", &[unit(U::Input, 50_000_000_000), unit(U::Output, 0)])];
static P130: &[Price] = &[price(None, [100, 100, 100], R130)];
static R131: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputCharacter, 15_000_000_000_000)])];
static P131: &[Price] = &[price(None, [100, 100, 100], R131)];
static R132: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputCharacter, 30_000_000_000_000)])];
static P132: &[Price] = &[price(None, [100, 100, 100], R132)];
static R133: &[Rate] = &[rate(S::Standard, 0, "", &[unit(U::InputAudioSecond, 360_000_000_000), unit(U::OutputAudioSecond, 360_000_000_000)])];
static P133: &[Price] = &[price(None, [100, 100, 100], R133)];
