//! What a limit leaves this pod to spend.
//!
//! A pod spends only from a share that the budget's judge granted to it: a [`Lease`]. Calls take from it and give back without a lock
//! and without waiting; one [`Keeper`] a lease talks to the judge. All amounts are whole numbers of the limit's smallest unit
//! (pico-USD, tokens, calls, errors); nothing here but [`spending`] knows which.
//!
//! ```text
//! call → Budget: is it about me, in which group? → Holder::admit → Lease::reserve → Reservation: cover … settle (what it cost)
//!                                                      │              │
//!              Budgets::talk: Keeper::ask ──▶ operator │              └ free = ceiling − used − reserved: the one number
//!                             Keeper::heard ◀── grant  └ waits, only where the share does not reach: Patience
//! ```
//!
//! - [`scope`]: which calls; [`holder`]: one share, window after window; [`patience`]: what becomes of a call that it does not reach for;
//!   [`book`]: all shares, and what is said to the judge; [`line`]: whether somebody answers
//! - [`spending`]: what one call has set aside; [`usual`]: what such calls usually cost

mod book;
mod holder;
mod keeper;
mod lease;
mod line;
mod patience;
mod scope;
mod spending;
#[cfg(test)]
mod tests;
mod usual;

pub(crate) use book::ANSWER_WITHIN;
pub use book::{Asked, Budgets, Refused};
pub use holder::{Admission, Holder};
pub use keeper::Keeper;
pub use lease::{Lease, Reservation, Short, Waiting};
pub use line::Line;
pub use scope::{Budget, Spender};
pub(crate) use spending::{Spending, Spent, Took, Unsaid};
pub(crate) use usual::Amounts;
#[cfg(test)]
pub(crate) use usual::Usual;
