//! What is kept about a call while it is open: as much as a row needs, should the process die before its end.
//!
//! In a slot this is a list of entries (tag u8, length u16, bytes) that only ever grows; an entry counts when the
//! slot's length says so, and a later one holds against an earlier one.

use tollgate_meter::{Provider, Ratio, TextMeasure};

use crate::{call_id::CallId, lost::LostCall};

/// What is known when a call begins, from its head.
#[derive(Clone, Copy, Debug)]
pub struct OpenFacts<'a> {
    pub provider: Provider,
    pub host: &'a str,
    pub endpoint: &'a str,
    pub feature: &'a str,
    pub user_id: Option<&'a str>,
    pub account: Option<&'a str>,
}

/// What its body tells.
#[derive(Clone, Copy, Debug)]
pub struct Learned<'a> {
    pub model: Option<&'a str>,
    /// The body's own user, where nothing else named one.
    pub user_id: Option<&'a str>,
    pub streamed: bool,
    pub prompt: TextMeasure,
    /// What completed calls of its model have shown so far.
    pub ratio: Ratio,
}

/// How far the answer has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub status: Option<u16>,
    pub delivered: TextMeasure,
}

/// A call that was begun and has no record yet. Give it back with its record.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a call that gets no record is taken for lost at the next start"]
pub struct OpenCall {
    pub(super) file: u16,
    pub(super) slot: u16,
}

/// A call that was open when the process died. Its row (outcome `lost`) goes to `writers[writer]`, with `call`, before the
/// shipper runs: from then on nobody finds it again.
#[derive(Debug)]
pub struct OrphanedCall {
    pub writer: usize,
    pub call: OpenCall,
    pub facts: LostCall,
}

/// The facts of a slot, as far as they could be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Recovered {
    pub(super) provider: Option<Provider>,
    pub(super) host: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) feature: Option<String>,
    pub(super) user_id: Option<String>,
    pub(super) account: Option<String>,
    pub(super) model: Option<String>,
    pub(super) streamed: bool,
    pub(super) prompt: TextMeasure,
    pub(super) ratio: Ratio,
}

/// A place that entries are written into, one after the other. What does not fit is left out.
pub(super) struct Entries<'a> {
    bytes: &'a mut [u8],
    len: usize,
}

pub(super) const MEASURE: usize = 7 * 8;

const PROVIDER: u8 = 1;
const HOST: u8 = 2;
const ENDPOINT: u8 = 3;
const FEATURE: u8 = 4;
const USER: u8 = 5;
const ACCOUNT: u8 = 6;
const MODEL: u8 = 7;
const STREAMED: u8 = 8;
const PROMPT: u8 = 9;
const RATIO: u8 = 10;

// === impl OpenFacts ===

impl OpenFacts<'_> {
    /// In the order of what a row needs most; the user comes last, for an id can be long.
    pub(super) fn write(&self, entries: &mut Entries<'_>) {
        let Self { provider, host, endpoint, feature, user_id, account } = self;
        entries.push(PROVIDER, provider.name().as_bytes());
        entries.push(FEATURE, feature.as_bytes());
        entries.push(ENDPOINT, endpoint.as_bytes());
        entries.push(HOST, host.as_bytes());
        entries.push_if(ACCOUNT, *account);
        entries.push_if(USER, *user_id);
    }
}

// === impl Learned ===

impl Learned<'_> {
    pub(super) fn write(&self, entries: &mut Entries<'_>) {
        let Self { model, user_id, streamed, prompt, ratio } = self;
        entries.push(PROMPT, &measure_to_bytes(prompt));
        entries.push(STREAMED, &[u8::from(*streamed)]);
        entries.push_if(MODEL, *model);
        entries.push_if(USER, *user_id);
        if !ratio.is_unknown() {
            entries.push(RATIO, ratio.sums().map(u64::to_le_bytes).as_flattened());
        }
    }
}

// === impl Entries ===

impl<'a> Entries<'a> {
    /// Goes on behind the first `len` bytes.
    pub(super) fn new(bytes: &'a mut [u8], len: usize) -> Self {
        Self { bytes, len }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    fn push(&mut self, tag: u8, value: &[u8]) {
        let Ok(value_len) = u16::try_from(value.len()) else { return };
        let end = self.len + 3 + value.len();
        let Some(entry) = self.bytes.get_mut(self.len..end) else { return };
        let [low, high] = value_len.to_le_bytes();
        entry[..3].copy_from_slice(&[tag, low, high]);
        entry[3..].copy_from_slice(value);
        self.len = end;
    }

    fn push_if(&mut self, tag: u8, value: Option<&str>) {
        if let Some(value) = value {
            self.push(tag, value.as_bytes());
        }
    }
}

// === impl Recovered ===

impl Recovered {
    /// The call, if enough of it could be read to make a row of.
    pub(super) fn into_lost(self, id: CallId, progress: Progress) -> Option<LostCall> {
        let Self { provider, host, endpoint, feature, user_id, account, model, streamed, prompt, ratio } =
            self;
        Some(LostCall {
            id,
            provider: provider?,
            host: host?,
            endpoint: endpoint?,
            feature: feature?,
            user_id,
            account,
            model,
            streamed,
            prompt,
            ratio,
            progress,
        })
    }

    /// Reads entries; ends at the first that is not whole, passes over tags it does not know.
    pub(super) fn read(mut bytes: &[u8]) -> Self {
        let mut facts = Self::default();
        while let [tag, low, high, rest @ ..] = bytes {
            let len = usize::from(u16::from_le_bytes([*low, *high]));
            let Some((value, rest)) = rest.split_at_checked(len) else { break };
            bytes = rest;
            let text = || String::from_utf8(value.to_vec()).ok();
            match *tag {
                PROVIDER => facts.provider = std::str::from_utf8(value).ok().and_then(Provider::from_name),
                HOST => facts.host = text(),
                ENDPOINT => facts.endpoint = text(),
                FEATURE => facts.feature = text(),
                USER => facts.user_id = text(),
                ACCOUNT => facts.account = text(),
                MODEL => facts.model = text(),
                STREAMED => facts.streamed = value == [1],
                PROMPT => facts.prompt = measure_from_bytes(value),
                RATIO => facts.ratio = Ratio::from_sums(counts_from_bytes(value)),
                _ => {}
            }
        }
        facts
    }
}

pub(super) fn measure_to_bytes(measure: &TextMeasure) -> [u8; MEASURE] {
    let mut bytes = [0; MEASURE];
    for (place, count) in bytes.chunks_exact_mut(8).zip(measure.counts()) {
        place.copy_from_slice(&count.to_le_bytes());
    }
    bytes
}

/// Counts that are missing are 0.
pub(super) fn measure_from_bytes(bytes: &[u8]) -> TextMeasure {
    TextMeasure::from_counts(counts_from_bytes(bytes))
}

fn counts_from_bytes<const N: usize>(bytes: &[u8]) -> [u64; N] {
    let mut counts = [0; N];
    for (count, bytes) in counts.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *count = u64::from_le_bytes(*bytes);
    }
    counts
}
