//! What several of OpenAI's usages have in common.

use crate::answer::Fault;

/// What the parts leave of a total.
pub(crate) fn rest(total: u64, parts: &[u64]) -> Result<u64, Fault> {
    parts.iter().try_fold(total, |left, &part| left.checked_sub(part)).ok_or(Fault::PartsExceedTotal)
}

/// How much of a prompt's pictures came from no cache. Cached tokens may be of pictures, and no detail says how many: they are as
/// far as nothing else is left. `others` are what no picture can be.
pub(crate) fn pictures_left(pictures: u64, total: u64, cached: u64, others: &[u64]) -> Result<u64, Fault> {
    let room = rest(total, others)?;
    rest(room, &[pictures])?;
    Ok(pictures.min(rest(room, &[cached])?))
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
