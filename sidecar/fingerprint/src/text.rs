//! What of a text is looked at: runs of three words, without what changes from call to call inside of them.

mod dates;
mod sample;
mod uncased;
mod words;

pub(crate) use sample::{Bottom, Sample};
pub(crate) use words::{Begins, Words, hash_of, joined};
