//! What a call used, in disjoint units: no token is in two of them, so a price times a count is a cost and nothing is
//! billed twice.

use std::fmt;

/// One kind of billed unit. The names are the keys of `metadata.usage` in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum UnitKind {
    /// Input tokens of text that came from no cache and went into none.
    Input,
    /// Input tokens read from a cache, of whatever kind has no unit of its own there.
    InputCached,
    /// Input tokens written to a cache whose lifetime the provider does not tell apart (OpenAI).
    InputCacheWrite,
    /// Input tokens written to a cache of five minutes (Anthropic).
    InputCacheWrite5m,
    /// Input tokens written to a cache of one hour (Anthropic).
    InputCacheWrite1h,
    /// Input tokens written to a cache of twelve hours (OpenAI's longer retention).
    InputCacheWrite12h,
    InputAudio,
    InputAudioCached,
    InputImage,
    InputImageCached,
    InputVideo,
    /// Output tokens of text.
    Output,
    /// Output tokens the model spent thinking.
    OutputReasoning,
    OutputAudio,
    OutputImage,
    OutputVideo,
    /// Characters to be spoken.
    InputCharacter,
    /// Recordings that were listened to.
    InputAudioSecond,
    /// Films that were watched.
    InputVideoSecond,
    /// Speech or music that was made, and live sessions billed by their length.
    OutputAudioSecond,
    /// Films that were made.
    OutputVideoSecond,
    /// Pictures that were looked at, where they are billed by the piece.
    InputPicture,
    /// Pictures that were made, where they are billed by the piece.
    OutputPicture,
    /// Searches of the web that the provider ran for the model.
    WebSearchCall,
    /// Prompts that were grounded with searches, where those are billed by the prompt (Google, until Gemini 2.5).
    GroundedPrompt,
    /// Searches of X (xAI).
    XSearchCall,
    /// Sources that live search used (xAI).
    SearchSource,
    /// Searches of vector stores and document collections.
    FileSearchCall,
    /// Searches of files that came with the prompt (xAI).
    AttachmentSearchCall,
    /// Grounding with maps (Google).
    MapsCall,
    /// Containers that code of the model ran in.
    CodeSession,
    /// Text messages into a live voice session (xAI).
    TextMessage,
    /// Tokens kept in a cache, by the time they are kept (Google).
    CacheStorage,
}

/// What a unit is counted in, and what its price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Priced by the million.
    Tokens,
    /// Priced by the million.
    Characters,
    /// Each has its price.
    Pieces,
    /// Counted in microseconds, priced by the second.
    Seconds,
    /// Counted in token-seconds, priced by the million token-hours.
    TokenHours,
}

/// A count that displays as a JSON number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Whole(u64),
    Fraction { whole: u64, millionths: u64 },
}

/// Counts by [`UnitKind`]; no heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    counts: [u64; UnitKind::ALL.len()],
}

/// The ledger's token columns: sums over a [`Usage`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// All input: cached and cache writes included.
    pub input: u64,
    /// All output: reasoning included.
    pub output: u64,
    pub cached_input: u64,
    pub cache_write: u64,
    pub reasoning: u64,
}

// === impl UnitKind ===

impl UnitKind {
    pub const ALL: [Self; 33] = [
        Self::Input,
        Self::InputCached,
        Self::InputCacheWrite,
        Self::InputCacheWrite5m,
        Self::InputCacheWrite1h,
        Self::InputCacheWrite12h,
        Self::InputAudio,
        Self::InputAudioCached,
        Self::InputImage,
        Self::InputImageCached,
        Self::InputVideo,
        Self::Output,
        Self::OutputReasoning,
        Self::OutputAudio,
        Self::OutputImage,
        Self::OutputVideo,
        Self::InputCharacter,
        Self::InputAudioSecond,
        Self::InputVideoSecond,
        Self::OutputAudioSecond,
        Self::OutputVideoSecond,
        Self::InputPicture,
        Self::OutputPicture,
        Self::WebSearchCall,
        Self::GroundedPrompt,
        Self::XSearchCall,
        Self::SearchSource,
        Self::FileSearchCall,
        Self::AttachmentSearchCall,
        Self::MapsCall,
        Self::CodeSession,
        Self::TextMessage,
        Self::CacheStorage,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::InputCached => "input_cached",
            Self::InputCacheWrite => "input_cache_write",
            Self::InputCacheWrite5m => "input_cache_write_5m",
            Self::InputCacheWrite1h => "input_cache_write_1h",
            Self::InputCacheWrite12h => "input_cache_write_12h",
            Self::InputAudio => "input_audio",
            Self::InputAudioCached => "input_audio_cached",
            Self::InputImage => "input_image",
            Self::InputImageCached => "input_image_cached",
            Self::InputVideo => "input_video",
            Self::Output => "output",
            Self::OutputReasoning => "output_reasoning",
            Self::OutputAudio => "output_audio",
            Self::OutputImage => "output_image",
            Self::OutputVideo => "output_video",
            Self::InputCharacter => "input_character",
            Self::InputAudioSecond => "input_audio_second",
            Self::InputVideoSecond => "input_video_second",
            Self::OutputAudioSecond => "output_audio_second",
            Self::OutputVideoSecond => "output_video_second",
            Self::InputPicture => "input_picture",
            Self::OutputPicture => "output_picture",
            Self::WebSearchCall => "web_search_call",
            Self::GroundedPrompt => "grounded_prompt",
            Self::XSearchCall => "x_search_call",
            Self::SearchSource => "search_source",
            Self::FileSearchCall => "file_search_call",
            Self::AttachmentSearchCall => "attachment_search_call",
            Self::MapsCall => "maps_call",
            Self::CodeSession => "code_session",
            Self::TextMessage => "text_message",
            Self::CacheStorage => "cache_storage",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub const fn measure(self) -> Measure {
        match self {
            Self::Input
            | Self::InputCached
            | Self::InputCacheWrite
            | Self::InputCacheWrite5m
            | Self::InputCacheWrite1h
            | Self::InputCacheWrite12h
            | Self::InputAudio
            | Self::InputAudioCached
            | Self::InputImage
            | Self::InputImageCached
            | Self::InputVideo
            | Self::Output
            | Self::OutputReasoning
            | Self::OutputAudio
            | Self::OutputImage
            | Self::OutputVideo => Measure::Tokens,
            Self::InputCharacter => Measure::Characters,
            Self::InputAudioSecond
            | Self::InputVideoSecond
            | Self::OutputAudioSecond
            | Self::OutputVideoSecond => Measure::Seconds,
            Self::InputPicture
            | Self::OutputPicture
            | Self::WebSearchCall
            | Self::GroundedPrompt
            | Self::XSearchCall
            | Self::SearchSource
            | Self::FileSearchCall
            | Self::AttachmentSearchCall
            | Self::MapsCall
            | Self::CodeSession
            | Self::TextMessage => Measure::Pieces,
            Self::CacheStorage => Measure::TokenHours,
        }
    }

    /// A count as people write it: seconds with their fraction, token-hours likewise.
    pub fn shown(self, count: u64) -> Shown {
        match self.measure() {
            Measure::Tokens | Measure::Characters | Measure::Pieces => Shown::Whole(count),
            Measure::Seconds => Shown::Fraction { whole: count / 1_000_000, millionths: count % 1_000_000 },
            Measure::TokenHours => {
                Shown::Fraction { whole: count / 3_600, millionths: (count % 3_600) * 1_000_000 / 3_600 }
            }
        }
    }

    /// What [`UnitKind::shown`] displayed, as the count that it was.
    pub fn read(self, text: &str) -> Option<u64> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || fraction.len() > 6 || !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let (whole, millionths): (u64, u64) = (whole.parse().ok()?, format!("{fraction:0<6}").parse().ok()?);
        match self.measure() {
            Measure::Tokens | Measure::Characters | Measure::Pieces => (millionths == 0).then_some(whole),
            Measure::Seconds => whole.checked_mul(1_000_000)?.checked_add(millionths),
            Measure::TokenHours => {
                whole.checked_mul(3_600)?.checked_add((millionths * 3_600).div_ceil(1_000_000))
            }
        }
    }

    /// Counted in tokens (and in the ledger's token columns).
    pub const fn is_tokens(self) -> bool {
        matches!(self.measure(), Measure::Tokens)
    }

    /// Tokens that the model read: what long-context tiers are measured by.
    pub const fn is_input(self) -> bool {
        matches!(
            self,
            Self::Input
                | Self::InputCached
                | Self::InputCacheWrite
                | Self::InputCacheWrite5m
                | Self::InputCacheWrite1h
                | Self::InputCacheWrite12h
                | Self::InputAudio
                | Self::InputAudioCached
                | Self::InputImage
                | Self::InputImageCached
                | Self::InputVideo
        )
    }
}

// === impl Measure ===

impl Measure {
    /// Counted by the second, priced by the hour.
    pub(crate) const fn is_by_the_hour(self) -> bool {
        match self {
            Self::Tokens | Self::Characters | Self::Pieces => false,
            Self::Seconds | Self::TokenHours => true,
        }
    }
}

// === impl Shown ===

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(count) | Self::Fraction { whole: count, millionths: 0 } => write!(f, "{count}"),
            Self::Fraction { whole, millionths } => {
                let digits = format!("{millionths:06}");
                write!(f, "{whole}.{}", digits.trim_end_matches('0'))
            }
        }
    }
}

// === impl Usage ===

impl Default for Usage {
    fn default() -> Self {
        Self { counts: [0; UnitKind::ALL.len()] }
    }
}

impl Usage {
    pub fn get(&self, kind: UnitKind) -> u64 {
        self.counts[kind as usize]
    }

    pub fn set(&mut self, kind: UnitKind, count: u64) {
        self.counts[kind as usize] = count;
    }

    pub fn add(&mut self, kind: UnitKind, count: u64) {
        let sum = self.get(kind).saturating_add(count);
        self.set(kind, sum);
    }

    /// Both usages together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for (kind, count) in other.iter() {
            self.add(kind, count);
        }
        self
    }

    /// Of each kind the greater count.
    #[must_use]
    pub(crate) fn most(mut self, other: &Self) -> Self {
        for (kind, count) in other.iter() {
            self.set(kind, self.get(kind).max(count));
        }
        self
    }

    /// What is left when `other` is taken out.
    #[must_use]
    pub fn less(mut self, other: &Self) -> Self {
        for (kind, count) in other.iter() {
            self.set(kind, self.get(kind).saturating_sub(count));
        }
        self
    }

    /// The same usage with one count set: for literals.
    #[must_use]
    pub fn with(mut self, kind: UnitKind, count: u64) -> Self {
        self.set(kind, count);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.counts.iter().all(|&count| count == 0)
    }

    /// The kinds that were used, in the order of [`UnitKind::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (UnitKind, u64)> + '_ {
        UnitKind::ALL.into_iter().map(|kind| (kind, self.get(kind))).filter(|&(_, count)| count > 0)
    }

    pub fn tokens(&self) -> Tokens {
        Tokens::from(self)
    }
}

// === impl Tokens ===

impl Tokens {
    /// `tokens_used`: input and output together.
    pub fn used(&self) -> u64 {
        self.input.saturating_add(self.output)
    }
}

impl From<&Usage> for Tokens {
    fn from(usage: &Usage) -> Self {
        let mut tokens = Self::default();
        for (kind, count) in usage.iter().filter(|(kind, _)| kind.is_tokens()) {
            let side = if kind.is_input() { &mut tokens.input } else { &mut tokens.output };
            *side = side.saturating_add(count);
        }
        let sum =
            |kinds: &[UnitKind]| kinds.iter().fold(0u64, |sum, &kind| sum.saturating_add(usage.get(kind)));
        tokens.cached_input =
            sum(&[UnitKind::InputCached, UnitKind::InputAudioCached, UnitKind::InputImageCached]);
        tokens.cache_write = sum(&[
            UnitKind::InputCacheWrite,
            UnitKind::InputCacheWrite5m,
            UnitKind::InputCacheWrite1h,
            UnitKind::InputCacheWrite12h,
        ]);
        tokens.reasoning = usage.get(UnitKind::OutputReasoning);
        tokens
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_count_that_is_shown_can_be_read_again(count in 0u64..1 << 50, kind in 0usize..UnitKind::ALL.len()) {
            let kind = UnitKind::ALL[kind];
            prop_assert_eq!(kind.read(&kind.shown(count).to_string()), Some(count));
        }
    }

    #[test]
    fn what_is_no_count_is_not_read() {
        for text in ["", "-1", "1.5", ".5", "1e3", "1.0000001", "x"] {
            assert_eq!(UnitKind::Input.read(text), None, "{text:?}");
        }
    }
}
