//! What several of OpenAI's usages have in common.

use crate::answer::Fault;

/// What the parts leave of a total.
pub(crate) fn rest(total: u64, parts: &[u64]) -> Result<u64, Fault> {
    parts.iter().try_fold(total, |left, &part| left.checked_sub(part)).ok_or(Fault::PartsExceedTotal)
}

/// What of a prompt's pictures and sound came from no cache. Cached tokens may be of either, and no detail says how many: they are text
/// as far as there is text, then pictures, then sound.
pub(crate) struct Uncached {
    pub(crate) image: u64,
    pub(crate) audio: u64,
    /// Of the cached tokens, those that nothing is left for but sound.
    pub(crate) audio_cached: u64,
}

// === impl Uncached ===

impl Uncached {
    pub(crate) fn of(total: u64, cached: u64, written: u64, image: u64, audio: u64) -> Result<Self, Fault> {
        let text = rest(total, &[written, image, audio])?;
        let no_text = cached.saturating_sub(text);
        let image_cached = no_text.min(image);
        let audio_cached = no_text - image_cached;
        Ok(Self { image: image - image_cached, audio: rest(audio, &[audio_cached])?, audio_cached })
    }
}

/// A cached total, and how much of it each modality is: what no detail names is text.
pub(crate) struct Cached {
    pub(crate) text: u64,
    pub(crate) audio: u64,
    pub(crate) image: u64,
}

// === impl Cached ===

impl Cached {
    pub(crate) fn of(total: u64, audio: u64, image: u64) -> Result<Self, Fault> {
        Ok(Self { text: rest(total, &[audio, image])?, audio, image })
    }
}
