//! What a limit leaves this pod to spend.
//!
//! A pod spends only from a share that the budget's judge granted to it: a [`Lease`]. Calls take from it and give back without a lock
//! and without waiting; one [`Keeper`] a lease talks to the judge. All amounts are whole numbers of the limit's smallest unit
//! (pico-USD, tokens, calls, errors); nothing here knows which.
//!
//! ```text
//! call → Lease::reserve → Reservation: cover (as its stream grows) … settle (what it cost)
//!                                │
//! Keeper: ask ──▶ judge          └ free = ceiling − used − reserved: the one number that calls fight over
//!         heard ◀── ceiling
//! ```

mod keeper;
mod lease;
#[cfg(test)]
mod tests;

pub use keeper::Keeper;
pub use lease::{Lease, Reservation, Short, Waiting};
