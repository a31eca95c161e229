//! What a request says, read from its body as it passes, and the one edit that is ever made to one.

mod facts;
mod multipart;
mod reader;
mod splice;

pub use facts::{Asked, RequestFacts};
pub(crate) use reader::Field;
pub use reader::{RequestReader, may_stream};
pub use splice::Splice;
