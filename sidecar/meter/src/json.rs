//! JSON read as it passes by: in pieces of any size, in fixed memory, without recursion, and only what somebody asked
//! for.
//!
//! What is wanted of a document is a [`Shape`], a constant tree that reads like the document itself. The [`Scanner`]
//! walks it along with the bytes: members that the shape names are handed to a [`Sink`], texts that it wants measured
//! are counted where they stand, and everything else is stepped over. Nothing is kept but the value in hand.
//!
//! Of two members with one name the last wins, as with the providers' own parsers: the sink is told of both, in order.

mod scanner;
mod shape;
mod skip;
mod string;
#[cfg(test)]
mod tests;

pub(crate) use scanner::Scanner;
pub(crate) use shape::{Scalar, Shape, Sink, joined};
