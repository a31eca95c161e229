//! The one way from the ledger to a figure: what a page, an export, the API and a command line say is asked for here, and so is
//! the same.
//!
//! - [`span`]: a stretch of time in a zone, and the buckets that it falls into; [`range`]: how people name one
//! - [`filter`]: which calls, and by what they are told apart; [`figures`]: what they come to
//! - [`Ask`] → [`Usage`]: sums, by group and by bucket ([`lookup`], [`fold`]); [`calls`]: single rows, a page at a time, and what one cost, line by line
//! - [`latency`]: how long calls took; [`proposed`]: what they would have cost by other prices
//! - [`compare`]: why one span cost more than another
//! - [`Ledger`], [`Reader`]: the way to the database, as the role of whoever asks; [`parted`]: a question about now as one about
//!   what is over and one about the rest; [`ranked`]: one about users as one about the few that are shown, which [`rank`] finds (asked by [`rank_ask`], mostly out of [`standings`])
//!
//! Sums come out of the rollups, and over months out of the sums of those ([`table`]). What the rollups do not have yet (hours with a mark) and hours that a bucket's edge cuts (days in
//! India begin at half past) come out of the rows, in the same snapshot: so a figure is exact as of its moment, and the sum
//! of the days is the sum of the range. Rows are kept for weeks only: of an older hour that is cut, all is counted where
//! the hour begins, which keeps the sums right ([`sources`]).

pub mod ask;
mod asked;
pub mod calls;
mod clock;
pub mod compare;
pub mod figures;
pub mod filter;
mod fold;
mod known;
pub mod latency;
mod lines;
mod lookup;
mod parted;
pub mod proposed;
pub mod range;
mod rank;
mod rank_ask;
mod ranked;
mod reader;
mod sources;
pub mod span;
mod standings;
mod statement;
mod table;
pub mod usage;

pub use ask::Ask;
pub use calls::{Call, CallPage, CallsAsk, Cursor, SingleFilter};
pub use compare::Why;
pub use figures::Figures;
pub use filter::{Dimension, Filter};
pub use latency::{Latency, LatencyAsk};
pub use proposed::Proposed;
pub use range::Range;
pub(crate) use reader::ONE_MOMENT;
pub use reader::{Ledger, QueryError, Reader};
pub use span::{Span, Step, Zone};
pub use usage::{COARSE, Group, Key, Usage};
