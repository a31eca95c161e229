//! What a call used, in disjoint units: no token is in two of them, so a price times a count is a cost and nothing is
//! billed twice.

/// One kind of billed unit. The names are the keys of `metadata.usage` in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum UnitKind {
    /// Input tokens of text that came from no cache and went into none.
    Input,
    /// Input tokens read from a cache.
    InputCached,
    /// Input tokens written to a cache whose lifetime the provider does not tell apart (OpenAI).
    InputCacheWrite,
    /// Input tokens written to a cache of five minutes (Anthropic).
    InputCacheWrite5m,
    /// Input tokens written to a cache of one hour (Anthropic).
    InputCacheWrite1h,
    InputAudio,
    InputImage,
    /// Output tokens of text.
    Output,
    /// Output tokens the model spent thinking.
    OutputReasoning,
    OutputAudio,
    OutputImage,
    /// Searches the provider ran for the model; calls, not tokens.
    WebSearchCall,
}

/// Counts by [`UnitKind`]; no heap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    pub const ALL: [Self; 12] = [
        Self::Input,
        Self::InputCached,
        Self::InputCacheWrite,
        Self::InputCacheWrite5m,
        Self::InputCacheWrite1h,
        Self::InputAudio,
        Self::InputImage,
        Self::Output,
        Self::OutputReasoning,
        Self::OutputAudio,
        Self::OutputImage,
        Self::WebSearchCall,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::InputCached => "input_cached",
            Self::InputCacheWrite => "input_cache_write",
            Self::InputCacheWrite5m => "input_cache_write_5m",
            Self::InputCacheWrite1h => "input_cache_write_1h",
            Self::InputAudio => "input_audio",
            Self::InputImage => "input_image",
            Self::Output => "output",
            Self::OutputReasoning => "output_reasoning",
            Self::OutputAudio => "output_audio",
            Self::OutputImage => "output_image",
            Self::WebSearchCall => "web_search_call",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Counted in tokens (and priced by the million), as opposed to by the call.
    pub const fn is_tokens(self) -> bool {
        !matches!(self, Self::WebSearchCall)
    }

    /// Part of what the model read; what long-context tiers are measured by.
    pub const fn is_input(self) -> bool {
        matches!(
            self,
            Self::Input
                | Self::InputCached
                | Self::InputCacheWrite
                | Self::InputCacheWrite5m
                | Self::InputCacheWrite1h
                | Self::InputAudio
                | Self::InputImage
        )
    }
}

// === impl Usage ===

impl Usage {
    pub fn get(&self, kind: UnitKind) -> u64 {
        self.counts[kind as usize]
    }

    pub fn set(&mut self, kind: UnitKind, count: u64) {
        self.counts[kind as usize] = count;
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
        tokens.cached_input = usage.get(UnitKind::InputCached);
        tokens.cache_write = usage
            .get(UnitKind::InputCacheWrite)
            .saturating_add(usage.get(UnitKind::InputCacheWrite5m))
            .saturating_add(usage.get(UnitKind::InputCacheWrite1h));
        tokens.reasoning = usage.get(UnitKind::OutputReasoning);
        tokens
    }
}
