//! What an answer says, read from its bytes as they pass.
//!
//! ```text
//! wire bytes ─▶ Decoder ─▶ Sse ─▶ Scanner ─▶ AnswerSink ─▶ AnswerFacts
//!             (if coded)  (if a stream)   (walks the dialect's Grammar)
//! ```
//!
//! Nothing is kept on the way: a body of a gigabyte needs no more memory than one of a kilobyte. What cannot be read is
//! a [`Fault`], never a number.

mod counts;
mod document;
mod facts;
mod fault;
mod grammar;
mod reader;
mod sink;

pub(crate) use counts::{Count, Counts};
pub use facts::AnswerFacts;
pub use fault::Fault;
pub(crate) use grammar::{
    Answers, Apart, Field, Grammar, Grpc, Part, Reading, Said, Terminal, Usages, Whose,
};
pub use reader::{AnswerHead, AnswerReader};
