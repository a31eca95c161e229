//! What of a text is looked at: runs of three words, without what changes from call to call inside of them.

mod dates;
mod hash;
mod sample;
mod uncased;
mod words;

pub(crate) use hash::hash_of;
pub(crate) use sample::{Bottom, Sample};
pub(crate) use words::{Begins, Words, joined};
