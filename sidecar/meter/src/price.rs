//! Exact, dated prices.
//!
//! The built-in book is data: `prices/*.yaml`, made from public catalogues by `prices/generate.py`, and compiled in as
//! constants. An admin's own prices have the same form, which `docs/prices.md` describes.
//!
//! A price is found by model and time (`book`), then by how the call was served (`served`); the rest is one exact sum
//! (`sum`) of disjoint counts, which `explain` shows line by line.

mod book;
mod built_in;
mod changes;
mod explain;
mod factor;
mod file;
mod own;
mod recorded;
mod served;
mod sum;
pub(crate) mod table;
#[cfg(test)]
mod tests;
mod unpriced;

pub use book::PriceBook;
pub use changes::Change;
pub use explain::Line;
pub use file::PriceError;
pub use recorded::Recorded;
pub(crate) use served::{Served, unknown_word};
pub use unpriced::Unpriced;
