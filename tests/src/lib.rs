//! What Tollgate is tried against: the stand-in providers, and the harness that starts programs and reads
//! what they left behind; [`chaos`] breaks them all. The end-to-end tests are in `tests/`, the bench kit in `bench/`, the demo in `demo/`.

pub mod chaos;
pub mod harness;
pub mod standin;
