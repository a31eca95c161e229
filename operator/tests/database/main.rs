//! What only a real Postgres can tell: the migrations, the one door, and records on their way through it.

mod door;
mod migrations;
mod shipping;
mod support;
