//! Exact, dated prices.
//!
//! The built-in book is data: `prices/*.yaml`, made from public catalogues by `prices/generate.py`, and compiled in as
//! constants. An admin's own prices have the same form:
//!
//! ```yaml
//! openai:
//!   my-model:                    # USD per million tokens or characters, per piece, per second (or "0.36/h", "0.006/min")
//!     input: "1.25"
//!     input_cached: "0.125"
//!     output: "10.00"
//!     above_272000:              # more input than this: the whole call at these prices
//!       input: "2.50"
//!     flex:                      # served as flex; what a tier or a service does not name costs as without it
//!       input: "0.625"
//!     variants:                  # of pictures and films, by quality and size, or size alone
//!       "high/1024x1536": {output_picture: "0.25"}
//!   my-model-2026-01-01:
//!     same_as: my-model
//!   another:                     # prices that changed, oldest first
//!     - input: "4"
//!       output: "8"
//!     - valid_from: 2026-06-01   # midnight UTC, or a time such as 2026-06-01T12:00:00Z
//!       input: "3"
//!       output: "6"
//! ```

mod book;
mod built_in;
mod file;
mod lookup;
pub(crate) mod table;
#[cfg(test)]
mod tests;

pub use book::PriceBook;
pub use file::PriceError;
pub(crate) use lookup::Served;
pub use lookup::Unpriced;
