//! What a UsageAlert means: minutes of traffic in, changes of state out. No cluster, no database, no clock.
//!
//! - [`spec`]: an alert as a person writes it, the API's own types; [`plan`]: the same, checked and parsed once
//! - [`traffic`]: a minute of one kind of call
//! - [`window`]: over which minutes a value is summed; [`series`]: those minutes, of one group
//! - [`history`]: the past, coarser; [`temper`]: what one call may count for in it; [`models`]: models that hardly any row was of
//! - [`usual`]: what a time of day and week usually was; [`block`]: a stretch of it; [`chance`]: whether a value is beyond chance;
//!   [`sessions`]: what comes together now and then; [`clock`]: whose clocks a group goes by; [`outages`]: minutes of which nothing is known
//! - [`users`]: whether one user makes more calls than any does; [`newcomers`]: groups that nobody knew; [`spells`]: what
//!   groups do in one go, of all together
//! - [`forecast`]: what a window will hold at its end
//! - [`engine`]: groups, and which thresholds hold; [`replay`]: traffic from a file through alerts

pub mod amount;
pub mod block;
pub mod chance;
pub mod clock;
pub mod engine;
pub mod forecast;
pub mod history;
mod means;
pub mod models;
pub mod newcomers;
mod outages;
pub mod plan;
pub mod replay;
pub mod series;
pub mod sessions;
mod spans;
pub mod spec;
pub mod spells;
pub mod temper;
pub mod traffic;
pub mod users;
pub mod usual;
pub mod window;

#[cfg(test)]
mod tests;
