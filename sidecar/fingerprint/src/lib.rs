//! Whose call is it, when nobody said? Calls of one feature have something in common, whatever changes between them;
//! here that is found, by pure functions: no IO, no clock, and no text that is kept.
//!
//! - [`SketchReader`]: a request, as it passes, to a [`Sketch`]: at most [`Sketch::MOST`] keyed hashes of what is there
//!   (parameters, headers, tools, runs of three words of the system prompt and of what is asked first)
//! - [`Grouping`]: many sketches to groups, the same ones in whatever order they come
//! - [`Group`]: what a group is, once and for all: what its calls have, and what they do not have
//! - [`KnownGroups`]: groups as they are found while calls go on coming, and known again
//!
//! A single sketch cannot tell a template from what is filled in; many can: what is filled in differs from call to
//! call, or differs across other differences (a date, a user, a document out of a shelf), while two features differ in
//! many things at once.

mod form;
mod group;
mod grouping;
mod json;
mod key;
mod known;
mod place;
mod reader;
mod sketch;
mod text;

pub use group::{Group, GroupId};
pub use grouping::Grouping;
pub use key::FingerprintKey;
pub use known::KnownGroups;
pub use reader::SketchReader;
pub use sketch::{Atom, Atoms, Dialogue, Sketch};
