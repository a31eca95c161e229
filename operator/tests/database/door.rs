//! The one door into the database: what it takes, what it refuses, what it does with the rest.

mod identity;
mod races;
mod rights;
mod rows;
mod times;
