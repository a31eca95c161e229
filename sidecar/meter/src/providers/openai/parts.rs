//! What several of OpenAI's usages have in common.

use crate::answer::Fault;

/// What the parts leave of a total.
pub(crate) fn rest(total: u64, parts: &[u64]) -> Result<u64, Fault> {
    parts.iter().try_fold(total, |left, &part| left.checked_sub(part)).ok_or(Fault::PartsExceedTotal)
}

/// What of a prompt's pictures and sound came from no cache, where no detail says what the cached tokens are: see [`Parts::cached`].
pub(crate) struct Uncached {
    pub(crate) image: u64,
    pub(crate) audio: u64,
    /// Of the cached tokens, those that nothing is left for but sound.
    pub(crate) audio_cached: u64,
}

// === impl Uncached ===

impl Uncached {
    pub(crate) fn of(total: u64, cached: u64, written: u64, image: u64, audio: u64) -> Result<Self, Fault> {
        let cached = Parts::of(rest(total, &[written])?, audio, image)?.cached(cached, 0, 0)?;
        let (image, audio) = (rest(image, &[cached.image])?, rest(audio, &[cached.audio])?);
        Ok(Self { image, audio, audio_cached: cached.audio })
    }
}

/// Tokens by modality: of a prompt, or of what of it came from a cache.
pub(crate) struct Parts {
    pub(crate) text: u64,
    pub(crate) audio: u64,
    pub(crate) image: u64,
}

// === impl Parts ===

impl Parts {
    /// Text is what the details leave of a total.
    pub(crate) fn of(total: u64, audio: u64, image: u64) -> Result<Self, Fault> {
        Ok(Self { text: rest(total, &[audio, image])?, audio, image })
    }

    /// What of this prompt came from a cache. Cached tokens that no detail names are text as far as there is text, then pictures, then
    /// sound.
    pub(crate) fn cached(&self, total: u64, audio: u64, image: u64) -> Result<Self, Fault> {
        let mut unnamed = rest(total, &[audio, image])?;
        let mut take = |room: u64| {
            let taken = unnamed.min(room);
            unnamed -= taken;
            taken
        };
        let text = take(self.text);
        let image = image + take(rest(self.image, &[image])?);
        let audio = audio + take(rest(self.audio, &[audio])?);
        if unnamed > 0 { Err(Fault::PartsExceedTotal) } else { Ok(Self { text, audio, image }) }
    }
}
