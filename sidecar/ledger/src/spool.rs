//! The spool: a folder where records wait until the ledger has them.
//!
//! # What it promises
//!
//! - A record is in the page cache (one `write(2)`) before [`SpoolWriter::append`] returns. SIGKILL at any moment loses no
//!   appended record and hands none to the ledger twice. What a dying *node* had not written back is lost ([`Sync`] bounds
//!   it); what is damaged that way is skipped, counted, and holds up nothing.
//! - A call that was open when the process died is found at the next start ([`OrphanedCall`]), unless its record was there already.
//! - No append fails or waits. When the disk takes nothing (full, broken, the spool's own bound), records wait in
//!   memory, up to 8 MiB; beyond that they are added up with their like, and counted.
//! - Workers share no lock and no cache line on the way; an idle spool costs nothing.
//! - One process a folder.
//!
//! # What lies in the folder
//!
//! ```text
//! lock                       flock(2) of the process that uses the folder
//! account.key                see crate::account
//! cursor                     what the ledger has acknowledged
//! 000000000000002a-01.spool  segment 42, of lane 1: records
//! open-01.calls              the open calls of lane 1
//! quarantine.jsonl           rows the database failed on, one by one
//! ```
//!
//! A **lane** is what one worker writes (lane 63: the shipper's own, for records that had to wait in memory). Its **segments** are
//! numbered over all lanes and starts; a start never writes on in an old one. A segment begins with 16 bytes (`tollgate`, version,
//! zero); then frames follow, numbers in little endian:
//!
//! ```text
//! length u32 │ crc32 u32 │ appended at, Unix ms, u64 │ the row as JSON, `length` bytes
//!            └─ over all else of the frame
//! ```
//!
//! A writer puts a frame with one `pwrite` at the end and then publishes the new length; a piece of a frame is cut
//! off again, and would be written over. A segment is closed at 4 MiB and removed when all of it is acknowledged.
//!
//! The **cursor** has two slots of 2 KiB that are written in turn, so one is whole at any moment: generation, crc32,
//! the ledger file's identity and length after the last acknowledged batch, and for each lane the segment and offset up to
//! which all is acknowledged.
//!
//! **Open calls** are a mapped file of slots of 1 KiB. A slot notes where its call's record will stand before that is written, and
//! is freed after: whoever finds an open slot looks there, and knows.
//!
//! # How it runs
//!
//! Workers append; the [`Shipper`], on a thread of its own, wakes at most every 40 ms, reads what was published, hands
//! a batch to the sink, and moves the cursor when the sink has it.

mod batch;
mod cursor;
mod facts;
mod lane;
mod lock;
mod open;
mod overflow;
mod parts;
mod published;
mod reader;
mod segment;
mod shipper;
mod slots;
mod stats;
mod syncing;
mod witness;
mod worker;

pub(crate) use batch::{Batch, Limits};
pub use cursor::FileMark;

pub use facts::{Learned, OpenCall, OpenFacts, OrphanedCall, Progress};
pub use lane::Sync;
pub use open::{Opened, Spool, SpoolError, SpoolSettings};
pub use shipper::Shipper;
pub use stats::SpoolStats;
pub use witness::Witness;
pub use worker::SpoolWriter;

#[cfg(test)]
mod tests;
