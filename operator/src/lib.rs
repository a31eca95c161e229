//! The operator and its command line.
//!
//! - [`cli`]: what `tollgate` can be told to do
//! - [`migrate`]: brings a database to the schema that this program knows
//! - [`token`]: the tokens that open the database's door, signed
//! - [`token_key`]: the key they are signed with, where it is kept

pub mod cli;
pub mod migrate;
pub mod token;
pub mod token_key;
