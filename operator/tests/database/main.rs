//! What only a real Postgres can tell: the migrations, the one door, records on their way through it, and the upkeep.

mod alerts;
mod audit;
mod budgets;
mod delivery;
mod door;
mod flags;
mod last_calls;
mod login;
mod migrations;
mod pages;
mod partitions;
mod pooler;
mod preview;
mod query;
mod readers;
mod reprice;
mod rollup;
mod shipping;
mod sums;
mod support;
mod upkeep;
mod users;
mod viewers;
